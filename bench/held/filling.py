"""Link's tables in ClickHouse with copies of a history: the rows that the Linker wrote, changed by SQL."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.held.copies import MONTH_US, Copies, mark
from bench.held.history import Columns, History
from bench.held.pieces import MARK_LENGTH, pieces
from clickhouse.store import Store
from processors.standardise.identifiers import key_hash

_SQL = Path(__file__).parent / "sql"
_TOGETHER = 400_000
"""Records in one statement, about."""


def fill(store: Store, history: History, held: int) -> Copies:
    """As many whole copies as come nearest to so many records, at least one."""
    copies = Copies(max(1, round(held / history.records)), history.messages, history.groups)
    statements = [one for one in re.split(r";\n", _read("tables")) if "CREATE" in one]
    for statement in statements:
        store.command(statement)
    keys: dict[tuple[str, str], int] = {}
    for table, columns in _tables(history, keys):
        store.insert(table, columns)
    step = max(1, _TOGETHER // history.records)
    for first in range(0, copies.count, step):
        number = min(step, copies.count - first)
        settled = {
            "messages": copies.messages, "copies": copies.count, "step_us": copies.step_us, "last_us": MONTH_US,
            "digits": MARK_LENGTH - 1, "first": first, "number": number,
        }  # fmt: skip
        _hashes(store, keys, first, number)
        for table in ("link_records", "link_keys", "linked_records", "record_states"):
            store.command(_read(table), settled)
    for statement in statements:
        store.command("DROP TABLE " + re.findall(r"casestream\.\w+", statement)[0])
    return copies


def _read(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _hashes(store: Store, keys: Mapping[tuple[str, str], int], first: int, number: int) -> None:
    """ClickHouse cannot make the hashes of identifiers: it is given them."""
    store.command("TRUNCATE TABLE casestream.held_hashes")
    for copy in range(first, first + number):
        store.insert(
            "held_hashes",
            {
                "copy": [copy] * len(keys),
                "key": list(keys.values()),
                "key_hash": [key_hash(kind, mark(copy) + value) for kind, value in keys],
            },
        )


def _tables(history: History, keys: dict[tuple[str, str], int]) -> Iterator[tuple[str, Columns]]:
    """The history's rows as the SQL wants them; `keys` is given its identifiers, numbered."""
    rows, groups = history.rows, history.groups
    states = rows["link_records"]
    yield "held_states", {
        **_named(states, groups),
        "version": states["version"],
        **_transposed(
            ("texts", "puts", "times"),
            [
                pieces(state, groups[record_id[1:]])
                for record_id, state in zip(states["record_id"], states["state"], strict=True)
            ],
        ),
    }
    carried = rows["link_keys"]
    values = list(zip(carried["key_kind"], carried["key_value"], strict=True))
    yield "held_keys", {
        **_named(carried, groups),
        **{name: carried[name] for name in ("version", "present", "key_kind", "key_value")},
        "key": [keys.setdefault(one, len(keys)) for one in values],
    }
    records = rows["linked_records"]
    same = (
        "kind", "agency", "source", "subject", "part", "current", "deleted", "states", "known_at", "digest",
        "reason_kind", "reason_value", "version",
    )  # fmt: skip
    yield "held_records", {
        **_named(records, groups),
        "of_case": _places(records, "case_id", groups),
        "other": _places(records, "reason_record", groups),
        **{name: records[name] for name in same},
    }
    bodies = rows["record_states"]
    yield "held_bodies", {
        **_named(bodies, groups),
        **{name: bodies[name] for name in ("digest", "sequence", "time_us", "tie", "kind", "body")},
    }


def _transposed(names: tuple[str, ...], rows: list[tuple[object, ...]]) -> Columns:
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _named(columns: Columns, groups: Mapping[str, tuple[str, ...]]) -> Columns:
    ids = columns["record_id"]
    return {"ids": [groups[one[1:]] for one in ids], "record": _places(columns, "record_id", groups)}


def _places(columns: Columns, name: str, groups: Mapping[str, tuple[str, ...]]) -> list[int]:
    """Where in its group the record or case of a column is, from 1 upwards; 0 where the column is empty."""
    return [groups[one[1:]].index(one[1:]) + 1 if one else 0 for one in columns[name]]
