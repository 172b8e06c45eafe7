"""Made-up people as four agencies know them, at three levels of dirt. Whose each record is, is known.

Who there is, and how each agency writes them down, is the simulator's; what goes wrong between a person and their
records beyond a misspelling is made here, since a history needs none of it. The rates are assumed: no agency publishes
its own. The same seed gives the same people, and another draw of a record the same record with other mistakes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import pyarrow as pa

from bench.people.collections import Row, Rows
from processors.people.cleaning import PersonRecord, Role, clean, is_linkable
from schemas.people import Person as Told
from simulator import identifiers
from simulator.people import Person, random_name

_TEXT = ("name_1_std", "name_2_std", "name_3_std", "last_name_std", "first_and_last_name_std", "pnc_single",
         "cro_single", "override_marker", "master_defendant_id")  # fmt: skip
_TEXTS = ("forename_std_arr", "last_name_std_arr", "postcode_arr", "postcode_outcode_arr", "override_scopes")
TYPES: Mapping[str, pa.DataType] = {
    **dict.fromkeys(_TEXT, pa.string()), **dict.fromkeys(_TEXTS, pa.list_(pa.string())),
    "date_of_birth": pa.date32(), "date_of_birth_arr": pa.list_(pa.date32()),
    "sentence_date_arr": pa.list_(pa.date32()),
}  # fmt: skip
"""The columns of a record of a person, as Arrow has them."""

TWINS_SHARE = 0.02
"""People who are twins of the one before, of the same sex and address. Assumed."""

PROBATION_RECORDS = (*(0,) * 10, *(1,) * 9, 2)
"""Half of the people have one, one in twenty a second one by mistake. Assumed."""

_PLACEHOLDERS = ("1970-01-01", "1900-01-01")
_ROLES: Mapping[str, Role] = {"police": "suspect", "court": "defendant", "prison": "offender", "probation": "offender"}
_SOMEONE_ELSE = 3_000_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Dirt:
    """What goes wrong, each with its chance for a record that says it at all. `misspelt`: a letter of the first or last
    name; `alias`: another name is given, the own one is an alias or (half of them) not known; `moved`: another
    postcode; `placeholder_birth`: the first of January 1970 or 1900; `another_number`: a PNC, or at probation a
    prison number, of the next person."""

    name: str
    misspelt: float
    swapped: float
    alias: float
    birth_mistyped: float
    placeholder_birth: float
    moved: float
    no_postcode: float
    no_identifiers: float
    another_number: float


LEVELS = (
    Dirt("light", misspelt=0.01, swapped=0.001, alias=0.01, birth_mistyped=0.005, placeholder_birth=0.002, moved=0.05,
         no_postcode=0.02, no_identifiers=0.05, another_number=0.0002),
    Dirt("middling", misspelt=0.03, swapped=0.003, alias=0.03, birth_mistyped=0.015, placeholder_birth=0.01, moved=0.12,
         no_postcode=0.06, no_identifiers=0.15, another_number=0.001),
    Dirt("heavy", misspelt=0.08, swapped=0.01, alias=0.06, birth_mistyped=0.03, placeholder_birth=0.02, moved=0.25,
         no_postcode=0.15, no_identifiers=0.3, another_number=0.003),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """Records of people by their ids, and whose each is."""

    records: Mapping[str, PersonRecord]
    truth: Mapping[str, str]

    def rows(self) -> Rows:
        """As Splink takes them: cleaned as ours are. Those that may not be linked are in neither."""
        rows: dict[str, Row] = {}
        for record_id, record in sorted(self.records.items()):
            columns = clean(record).columns()
            rows[record_id] = {name: list(v) if isinstance(v, tuple) else v for name, v in columns.items()}
        return Rows(rows, self.truth, TYPES)


def made_people(seed: int, people: int, dirt: Dirt, draw: int = 0) -> Made:
    """So many people, with all their records."""
    records: dict[str, PersonRecord] = {}
    truth: dict[str, str] = {}
    for number in range(people):
        for record in records_of(seed, number, dirt, draw):
            if is_linkable(record):
                records[record.record_id] = record
                truth[record.record_id] = f"p{number}"
    return Made(records, truth)


def records_of(seed: int, number: int, dirt: Dirt, draw: int = 0) -> list[PersonRecord]:
    """The records of one person: police and court at least, prison and probation for some; a second number at probation
    now and then."""
    rng = Random(f"records {seed} {number}")
    facts = _Facts(
        person=_person(seed, number, rng),
        following=Person(seed, number + 1),
        sentenced=f"20{rng.randrange(16, 26)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
        master_defendant_id=f"m{seed}-{number}",
    )
    kinds = ["police"] * rng.choice((1, 1, 1, 2, 3)) + ["court"] * rng.choice((1, 1, 2, 3))
    kinds += ["prison"] * rng.choice((0, 0, 0, 1, 1)) + ["probation"] * rng.choice(PROBATION_RECORDS)
    return [
        _record(f"i{seed}-{number:06d}-{at}", kind, at, facts, dirt, Random(f"{seed} {number} {at} {draw} {dirt.name}"))
        for at, kind in enumerate(kinds)
    ]


@dataclass(frozen=True, slots=True)
class _Facts:
    """A person, the next one (whose numbers are mistaken for theirs), a day on which they were sentenced."""

    person: Person
    following: Person
    sentenced: str
    master_defendant_id: str


def _person(seed: int, number: int, rng: Random) -> Person:
    """The simulator's person; some are twins of the one before."""
    person = Person(seed, number)
    if number == 0 or rng.random() >= TWINS_SHARE:
        return person
    other = Person(seed, number - 1)
    first = other.at_police["name"]["first"]
    while first == other.at_police["name"]["first"]:
        first = random_name(rng, other.female)["first"]
    for own, of in ((person.at_police, other.at_police), (person.at_court, other.at_court),
                    (person.at_prison, other.at_prison), (person.at_probation, other.at_probation)):  # fmt: skip
        own["name"] = {"first": first, "last": of["name"]["last"]}
        own["date_of_birth"], own["sex"] = of["date_of_birth"], of["sex"]
        if "address" in of:
            own["address"] = of["address"]
    return person


def _record(record_id: str, kind: str, at: int, facts: _Facts, dirt: Dirt, rng: Random) -> PersonRecord:
    person = facts.person
    known = {"police": person.at_police, "court": person.at_court, "prison": person.at_prison,
             "probation": {**person.at_probation, "address": person.at_police["address"]}}[kind]  # fmt: skip
    told = Told.model_validate(_dirty(known, facts, dirt, rng))
    says_more = rng.random() < 0.6 * (1 - dirt.no_identifiers)
    mistaken = kind == "probation" and rng.random() < dirt.another_number
    numbered = facts.following if mistaken else person
    return PersonRecord(
        record_id, _ROLES[kind], told,
        master_defendant_id=facts.master_defendant_id if kind == "court" and says_more else None,
        prison_number=numbered.prison_number if kind == "prison" or (kind == "probation" and says_more) else None,
        crn=identifiers.crn(person.number * 8 + at) if kind == "probation" else None,
        sentence_dates=(facts.sentenced,) if kind != "police" and rng.random() < 0.7 else (),
    )  # fmt: skip


def _dirty(known: Mapping[str, Any], facts: _Facts, dirt: Dirt, rng: Random) -> dict[str, Any]:
    made = {**known, "name": dict(known["name"])}
    name = made["name"]
    if rng.random() < dirt.alias:
        made["aliases"] = [dict(name)] if rng.random() < 0.5 else []
        made["name"] = name = random_name(rng, facts.person.female)
    if rng.random() < dirt.misspelt:
        part = rng.choice(("first", "last"))
        name[part] = _misspelt(name[part], rng)
    if rng.random() < dirt.swapped:
        name["first"], name["last"] = name["last"], name["first"]
    if rng.random() < dirt.placeholder_birth:
        made["date_of_birth"] = rng.choice(_PLACEHOLDERS)
    elif rng.random() < dirt.birth_mistyped:
        year, month, day = made["date_of_birth"].split("-")
        made["date_of_birth"] = rng.choice(
            (f"{int(year) - rng.choice((1, 10))}-{month}-{day}", f"{year}-{rng.randrange(1, 13):02d}-{day}",
             f"{year}-{month}-{rng.randrange(1, 29):02d}")
        )  # fmt: skip
    if "address" in made:
        if rng.random() < dirt.no_postcode:
            del made["address"]
        elif rng.random() < dirt.moved:
            made["address"] = Person(facts.person.number, rng.randrange(_SOMEONE_ELSE)).at_police["address"]
    for column in ("pnc", "cro"):
        if column in made and rng.random() < dirt.no_identifiers:
            del made[column]
    if "pnc" in made and rng.random() < dirt.another_number:
        made["pnc"] = facts.following.at_police["pnc"]
    return made


def _misspelt(text: str, rng: Random) -> str:
    at = rng.randrange(1, len(text))
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + rng.choice(_LETTERS) + text[at:]
    return text[:at] + rng.choice(_LETTERS) + text[at + 1 :]
