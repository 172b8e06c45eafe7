"""Made-up people as four agencies know them, with the simulator's dirt but without its events. Whose each record is, is
known.

Probation also takes the prison number of the next person for theirs, as often as a PNC id. The same seed gives the same
people, and another draw of a record the same record with other mistakes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

import pyarrow as pa

from bench.people.collections import Row, Rows
from processors.people.cleaning import PersonRecord, Role, clean, is_linkable
from schemas.people import Person as Told
from simulator import Dirt, identifiers
from simulator.dirt import written
from simulator.people import Person

_TEXT = ("name_1_std", "name_2_std", "name_3_std", "last_name_std", "first_and_last_name_std", "pnc_single",
         "cro_single", "override_marker", "master_defendant_id")  # fmt: skip
_TEXTS = ("forename_std_arr", "last_name_std_arr", "postcode_arr", "postcode_outcode_arr", "override_scopes")
TYPES: Mapping[str, pa.DataType] = {
    **dict.fromkeys(_TEXT, pa.string()), **dict.fromkeys(_TEXTS, pa.list_(pa.string())),
    "date_of_birth": pa.date32(), "date_of_birth_arr": pa.list_(pa.date32()),
    "sentence_date_arr": pa.list_(pa.date32()),
}  # fmt: skip
"""The columns of a record of a person, as Arrow has them."""

PROBATION_RECORDS = (*(0,) * 10, *(1,) * 9, 2)
"""Half of the people have one, one in twenty a second one by mistake. Assumed."""

_ROLES: Mapping[str, Role] = {"police": "suspect", "court": "defendant", "prison": "offender", "probation": "offender"}
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
        person=_person(seed, number, dirt, rng),
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


def _person(seed: int, number: int, dirt: Dirt, rng: Random) -> Person:
    """The simulator's person; some are twins of the one before."""
    person = Person(seed, number)
    if number > 0 and rng.random() < dirt.twins:
        person.become_twin(Person(seed, number - 1), rng)
    return person


def _record(record_id: str, kind: str, at: int, facts: _Facts, dirt: Dirt, rng: Random) -> PersonRecord:
    person = facts.person
    known = {"police": person.at_police, "court": person.at_court, "prison": person.at_prison,
             "probation": {**person.at_probation, "address": person.at_police["address"]}}[kind]  # fmt: skip
    told = Told.model_validate(written(known, person, facts.following, dirt, rng))
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
