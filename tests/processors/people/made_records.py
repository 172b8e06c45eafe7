"""Invented records in the columns of the Ministry of Justice's model, and pairs of them that differ in few things: a
name retyped, a date slipped, an identifier lost. Seeded, so that every run sees the same ones."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa

Record = dict[str, Any]

_FIRST = ("JON", "JOHN", "JOHNNY", "AMARA", "AMÉLIE", "AMELIE", "OLU", "OLUWASEUN", "ZOË", "ZOE", "MARK", "MARC")
_LAST = ("FLINTWICK", "FLINTWICH", "FLYNTWICK", "COMBE", "COOMBE", "OBRIEN", "OBRIAN", "MCALLEN", "ÅSH", "ASH", "MARK")
_POSTCODES = ("ZZ11AA", "ZZ11AB", "ZZ12AA", "ZY99ZZ", "ZX10QQ")
_FREQUENCIES = (2e-6, 5e-5, 5e-4, 0.02, 1.0)
_LETTERS = "ABCDEÉ"

TYPES: dict[str, pa.DataType | str] = {
    "name_1_std": pa.string(), "name_2_std": pa.string(), "last_name_std": pa.string(),
    "first_and_last_name_std": pa.string(), "forename_std_arr": pa.list_(pa.string()),
    "last_name_std_arr": pa.list_(pa.string()), "date_of_birth": pa.date32(),
    "date_of_birth_arr": pa.list_(pa.date32()), "postcode_arr": pa.list_(pa.string()),
    "postcode_arr_with_freq": pa.list_(pa.struct([("value", pa.string()), ("rel_freq", pa.float64())])),
    "postcode_outcode_arr": pa.list_(pa.string()), "pnc_single": pa.string(), "cro_single": pa.string(),
    "sentence_date_arr": pa.list_(pa.date32()), "override_marker": pa.string(),
    "override_scopes": pa.list_(pa.string()), "master_defendant_id": pa.string(),
    "tf_name_1_std": pa.float64(), "tf_name_2_std": pa.float64(), "tf_last_name_std": pa.float64(),
    "tf_first_and_last_name_std": pa.float64(), "tf_date_of_birth": pa.float64(), "tf_pnc_single": pa.float64(),
    "tf_cro_single": pa.float64(),
}  # fmt: skip
"""The columns of the Ministry's model, with the types that they have in DuckDB."""


def _maybe(rng: Random, value: Any, chance: float = 0.85) -> Any:
    return value if rng.random() < chance else None


def _day(rng: Random) -> date:
    return date(1990, 1, 1) + timedelta(rng.randrange(-3000, 3000))


def _some(rng: Random, values: Any, most: int = 4) -> list[Any] | None:
    chosen = sorted({rng.choice(values) for _ in range(rng.randint(1, most))})
    return _maybe(rng, chosen)


def record(rng: Random) -> Record:
    """One record, any field of which may be missing."""
    first, last = rng.choice(_FIRST), rng.choice(_LAST)
    days = [_day(rng) for _ in range(12)]
    made: Record = {
        "name_1_std": _maybe(rng, first), "name_2_std": _maybe(rng, rng.choice(_FIRST), 0.5),
        "last_name_std": _maybe(rng, last), "date_of_birth": _maybe(rng, days[0]),
        "pnc_single": _maybe(rng, _pnc(rng), 0.5), "cro_single": _maybe(rng, _cro(rng), 0.5),
        "postcode_arr": _some(rng, _POSTCODES, 3), "sentence_date_arr": _some(rng, days, 9),
        "override_marker": _maybe(rng, rng.choice("ab"), 0.1), "override_scopes": _some(rng, "pq", 2),
        "master_defendant_id": _maybe(rng, rng.choice("xyz"), 0.2),
    }  # fmt: skip
    made["forename_std_arr"] = _some(rng, (first, *_FIRST))
    made["last_name_std_arr"] = _some(rng, (last, *_LAST))
    made["date_of_birth_arr"] = _some(rng, days[:4], 5)
    return _derived(rng, made)


def _derived(rng: Random, made: Record) -> Record:
    names = [made["name_1_std"], made["last_name_std"]]
    made["first_and_last_name_std"] = " ".join(name for name in names if name) or None
    postcodes = made["postcode_arr"]
    made["postcode_arr_with_freq"] = (
        None if postcodes is None else [{"value": one, "rel_freq": rng.choice(_FREQUENCIES)} for one in postcodes]
    )
    made["postcode_outcode_arr"] = None if postcodes is None else sorted({one[:-3] for one in postcodes})
    for column in TYPES:
        if column.startswith("tf_"):
            made[column] = _maybe(rng, rng.choice((1e-6, 1e-4, 0.003, 0.2)), 0.6)
    return made


def _pnc(rng: Random) -> str:
    return f"{rng.choice((1999, 2004))}/0{rng.randrange(3):06d}{rng.choice('AB')}"


def _cro(rng: Random) -> str:
    return f"{rng.randrange(3):06d}/{rng.choice((99, 4)):02d}{rng.choice('AB')}"


def typo(rng: Random, text: str) -> str:
    """A text with one or two slips."""
    letters = list(text)
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(len(letters) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            letters.insert(at, rng.choice(_LETTERS))
        elif kind == 1 and at < len(letters):
            letters[at] = rng.choice(_LETTERS)
        elif kind == 2 and at < len(letters):
            del letters[at]
        elif at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def like(rng: Random, of: Record) -> Record:
    """Another record of the same person, or of one much like them: up to four things differ."""
    made = dict(of)
    other = record(rng)
    for _ in range(rng.randint(0, 4)):
        kind = rng.randrange(9)
        if kind == 0 and made["name_1_std"]:
            made["name_1_std"] = typo(rng, made["name_1_std"]) or None
        elif kind == 1 and made["last_name_std"]:
            made["last_name_std"] = typo(rng, made["last_name_std"]) or None
        elif kind == 2:
            made["name_1_std"], made["last_name_std"] = made["last_name_std"], made["name_1_std"]
        elif kind == 3 and made["date_of_birth"]:
            made["date_of_birth"] += timedelta(rng.choice((1, 9, 10, 31, 300, 3652, 5000)))
        elif kind == 4 and made["name_2_std"]:
            made["name_2_std"] = typo(rng, made["name_2_std"]) or None
        elif kind == 5 and made["sentence_date_arr"]:
            made["sentence_date_arr"] = [day + timedelta(rng.choice((0, 5, 40))) for day in made["sentence_date_arr"]]
        else:
            column = rng.choice([name for name in TYPES if not name.startswith("tf_")])
            made[column] = other[column]
    return _derived(rng, made)


def pairs(seed: int, number: int) -> list[tuple[Record, Record]]:
    """Pairs of records: most alike, some of strangers."""
    rng = Random(f"pairs {seed}")
    made = []
    for _ in range(number):
        one = record(rng)
        made.append((one, like(rng, one) if rng.random() < 0.8 else record(rng)))
    return made
