"""What is known of one person record now: what its agency says of the person, and in which role."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from schemas.people import Person
from schemas.person_facts import Role

Group = Literal["accused", "victims_and_witnesses"]
"""Records are clustered within a group and never joined across (decisions, section 3)."""

_GROUPS: dict[Role, Group] = {
    "suspect": "accused", "defendant": "accused", "offender": "accused",
    "victim": "victims_and_witnesses", "witness": "victims_and_witnesses",
}  # fmt: skip


class MasterDecision(NamedTuple):
    """What the courts decided of a defendant, and when (microseconds since 1970 UTC): to be one person with the other
    defendants of some masters and with some other records, or not to be. `decision_id`: the record of the match or
    unmatch."""

    decision_id: str
    time_us: int
    matched: bool
    masters: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One record of a person. `prison_number` and `crn` are as their agencies write them, `sentence_dates` and
    `other_births` (further dates of birth) days in ISO 8601, `other_postcodes` those beside the address; `youth` is the
    courts' mark; `court_name` is the name by which the courts' matches find a defendant (`masters`)."""

    record_id: str
    role: Role
    person: Person
    master_defendant_id: str | None = None
    prison_number: str | None = None
    crn: str | None = None
    sentence_dates: tuple[str, ...] = ()
    youth: bool = False
    other_births: tuple[str, ...] = ()
    other_postcodes: tuple[str, ...] = ()
    court_name: str | None = None
    master_decision: MasterDecision | None = None

    @property
    def group(self) -> Group:
        """The records that it may be joined with."""
        return _GROUPS[self.role]


def is_linkable(record: PersonRecord) -> bool:
    """Whether a record says enough of a person to be linked: a last name, and a first or middle name or a date of
    birth. Youths at court are never linked. Source: hmpps-person-record, Person.isPerson and its court listeners."""
    name = record.person.name
    told = name.first or name.middle or record.person.date_of_birth
    return bool(name.last and told) and not record.youth
