"""What comes out of the simulation: an event as its agency sends it, when it arrives, and the truth that it adds."""

from typing import NamedTuple

import orjson

from schemas.events import KINDS, Agency
from schemas.flow import part_id, subject_id
from simulator.days import moment
from simulator.telling import PersonTruth, Told


class Truth(NamedTuple):
    """The truth about one record. part: "" for most kinds, the court case id for a hearing day. case: the number of
    the true case, None where the record belongs to none. persons: the record's own id of each, the role (offender,
    victim), the true person. deleted: its source deletes the record within the run."""

    kind: str
    source: str
    subject: str
    part: str
    case: str | None
    persons: tuple[PersonTruth, ...]
    deleted: bool

    @property
    def record_id(self) -> str:
        """The record's id in the tables."""
        subject = subject_id(self.source, self.kind, self.subject)
        return part_id(subject, self.part) if self.part else subject

    def line(self) -> bytes:
        """One line of a truth file, JSON with a newline."""
        return orjson.dumps({
            "record": self.record_id, "kind": self.kind, "source": self.source, "subject": self.subject,
            "part": self.part, "case": self.case, "deleted": self.deleted,
            "persons": [{"ref": ref, "role": role, "person": person} for ref, role, person in self.persons],
        }, option=orjson.OPT_APPEND_NEWLINE)


class Happening(NamedTuple):
    """One event. arrival and time: seconds since 1970 UTC, when it comes and when its source says that it came to be;
    event: CloudEvents 1.0, JSON; truth: of the records that nothing was told of before."""

    arrival: int
    time: int
    agency: Agency
    subject: str
    event: bytes
    truth: tuple[Truth, ...]


_AGENCIES: dict[str, Agency] = {name: kind.agency for name, kind in KINDS.items()}


def agency_of(told: Told) -> Agency:
    """Whose feed a state comes on."""
    return _AGENCIES[told.kind]


def encode(told: Told, event_id: str) -> bytes:
    """A state as a CloudEvent."""
    event: dict[str, object] = {
        "specversion": "1.0", "id": event_id, "source": told.source,
        "type": told.kind if told.data is not None else "record.deleted",
        "subject": told.subject, "time": moment(told.time),
        "datacontenttype": "application/json",
        "data": told.data if told.data is not None else {"kind": told.kind, "reason": "entered in error"},
    }
    if told.version is not None:
        event["sequence"] = str(told.version)
    return orjson.dumps(event)
