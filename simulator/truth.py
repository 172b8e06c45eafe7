"""The truth of a history: for each record, its case and people. One JSON object a line."""

from typing import NamedTuple

import orjson

from schemas.flow import part_id
from simulator.story import Part, Persons


class TruthLine(NamedTuple):
    """A record: its id as the flow makes it, what it is, its case (none for what belongs to no case), its people."""

    record: str
    kind: str
    source: str
    subject: str
    part: str
    case: str | None
    persons: Persons
    deleted: bool = False

    def json(self) -> bytes:
        """The line, without its end."""
        told: dict[str, object] = {
            "record": self.record, "kind": self.kind, "source": self.source, "subject": self.subject,
            "part": self.part, "case": self.case, "persons": self.persons,
        }  # fmt: skip
        if self.deleted:
            told["deleted"] = True
        return orjson.dumps(told)


def lines_of(subject_record: str, kind: str, source: str, subject: str, parts: tuple[Part, ...]) -> list[TruthLine]:
    """The truth about the records that a state of a subject tells: one a part."""
    return [
        TruthLine(
            part_id(subject_record, part.part) if part.part else subject_record,
            kind, source, subject, part.part, part.case, part.persons,
        )
        for part in parts
    ]  # fmt: skip
