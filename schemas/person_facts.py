"""What one record of an agency says of people: person facts, on their way from standardise over link to people linking.

    standardise  --Part.people-->  link  --PeopleChanges-->  the agent people
    casestream people model use  --PeopleChanges.use-->  the agent people

A *person record* is what one system knows of one person under its own id for them: a prison's prisoner, a probation
case, a defendant, a suspect, a proceeding, a victim. Several records of the system may tell of it (every hearing of a
defendant does). Source of the shape: hmpps-person-record, where a record's key is the prison number, the CRN, the
defendant id or Libra's cId.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple

import msgspec

Role = Literal["suspect", "defendant", "offender", "victim", "witness"]


class NameFacts(NamedTuple):
    """One name of a person."""

    first: str | None
    middle: str | None
    last: str | None


class PersonFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a record says of one person. `names`: the main one first, then aliases. Days in ISO 8601; identifiers as
    they came; `youth` is the courts' mark. `defendant_id` is the courts' own id. `master_told_us`: when the master
    defendant was told, in microseconds since 1970 UTC, NO_TIME for an event without a time; None where none was.
    `other_births` are dates of birth that were given with aliases."""

    person_record_id: str
    role: Role
    names: tuple[NameFacts, ...]
    date_of_birth: str | None = None
    postcode: str | None = None
    pnc: str | None = None
    cro: str | None = None
    master_defendant_id: str | None = None
    prison_number: str | None = None
    crn: str | None = None
    sentence_dates: tuple[str, ...] = ()
    youth: bool = False
    master_told_us: int | None = None
    defendant_id: str | None = None
    other_births: tuple[str, ...] = ()


class DecisionFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a service decided about two of its person records, and when (microseconds since 1970 UTC)."""

    kind: Literal["include", "exclude", "merge", "unmerge"]
    first: str
    second: str
    time_us: int


class MatchFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the courts decided about a defendant's master, and when (microseconds since 1970 UTC): that they are of that
    master, or are not any more. `others`: whether another defendant is named, of whom a decision tells."""

    person_record_id: str
    matched: bool
    master_defendant_id: str | None
    others: bool
    time_us: int


class PeopleFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that one state of a record says: of people, or a decision about two of them, or a match of the courts."""

    persons: tuple[PersonFacts, ...] = ()
    decision: DecisionFacts | None = None
    match: MatchFacts | None = None


class PeopleChange(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a record says of people from now on: PeopleFacts in MessagePack; empty when it says nothing any more.
    `past`: it does not say so now; another of its states counts, and this one belongs to the history."""

    record_id: str
    kind: str
    facts: bytes
    past: bool = False


class UseScoring(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """From here on people are scored by the scoring of that number and digest (table people_scorings)."""

    number: int
    digest: str


class PeopleChanges(msgspec.Struct, frozen=True, array_like=True):
    """One message of the topic `people`: all that one offset of `records` changes of person facts; or, under version 0,
    by what people are scored from here on."""

    version: int
    changes: tuple[PeopleChange, ...]
    use: UseScoring | None = None


FACTS_ENCODER = msgspec.msgpack.Encoder()
FACTS_DECODER = msgspec.msgpack.Decoder(PeopleFacts)
CHANGES_ENCODER = msgspec.msgpack.Encoder()
CHANGES_DECODER = msgspec.msgpack.Decoder(PeopleChanges)


NATIONAL = frozenset({"prison_number", "crn"})
"""Numbers that mean one person whichever service of HMPPS tells them: prisoner search tells the record of a prisoner,
prison offender events that two of them were merged."""


def named_defendant(defendant_id: str | None, libra_defendant_id: str | None) -> tuple[str, str | None]:
    """What a court's system calls a defendant, and its own id for them, None where it tells none."""
    if defendant_id is None and libra_defendant_id is not None:
        return "libra_defendant", libra_defendant_id
    return "defendant", defendant_id


@lru_cache(1 << 16)
def person_record_id(source: str, what: str, own_id: str) -> str:
    """The id of a person record: a function of the system, what it calls a person (prisoner, defendant ...) and its
    own id for them; of the number alone for one that is national."""
    system, named = ("", own_id.upper()) if what in NATIONAL else (source, own_id)
    return "i" + blake2b("\x1f".join((system, what, named)).encode(), digest_size=12).hexdigest()
