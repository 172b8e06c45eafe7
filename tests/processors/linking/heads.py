"""Builders: heads as standardise would send them, in few words."""

from processors.linking.entries import RecordState, SubjectState
from processors.linking.link import link
from processors.linking.memory import Memory
from schemas.flow import CaseChange, EventRef, Head, Key, Order, Part, part_id, subject_id
from schemas.linking import LINK_DECISION

LIMIT = 20


def order(time: int, tie: str = "e") -> Order:
    return Order("", time, f"{tie}{time}", f"d{time}{tie}")


def head(
    kind: str, subject: str, *keys: tuple[str, str], time: int = 1, deleted: bool = False, tie: str = "e"
) -> Head:
    """One state of a record of a kind without parts."""
    at = subject_id("s", kind, subject)
    parts = () if deleted else (Part(at, "", tuple(sorted(Key(*key) for key in keys)), b"{}"),)
    return Head(at, kind, "s", subject, order(time, tie), deleted, parts, EventRef("feeds.police", 1, 0, 0))


def hearing(subject: str, *cases: str, time: int = 1, deleted: bool = False, tie: str = "e") -> Head:
    """One share of a hearing day with its cases."""
    at = subject_id("s", "court.hearing", subject)
    parts = tuple(
        Part(
            part_id(at, case), case,
            tuple(sorted((Key("court_case_id", case), Key("hearing_id", subject.split("/")[0])))), b"{}",
        )
        for case in cases
    )  # fmt: skip
    return Head(at, "court.hearing", "s", subject, order(time, tie), deleted, parts, EventRef("feeds.hmcts", 1, 0, 0))


def decision(
    verdict: str, first: Head | str, second: Head | str, *, time: int = 1, deleted: bool = False, subject: str = "",
    tie: str = "e",
) -> Head:
    """A person's decision about two records, by their heads or record ids."""
    named = sorted(one if isinstance(one, str) else one.subject_id for one in (first, second))
    subject = subject or "/".join(named)
    at = subject_id("s", LINK_DECISION, subject)
    parts = () if deleted else (Part(at, "", tuple(Key(verdict, one) for one in named), b"{}"),)
    event = EventRef("feeds.casestream", 1, 0, 0)
    return Head(at, LINK_DECISION, "s", subject, order(time, tie), deleted, parts, event)


def complete_memory(*heads: Head) -> Memory:
    """A memory that knows all identifiers of the heads, and that no record exists: that of an empty system."""
    memory = Memory()
    for one in heads:
        for part in one.parts:
            for key in part.keys:
                if one.kind == LINK_DECISION:
                    memory.absent.add(key.value)
                else:
                    memory.know_tie(key)
    return memory


def entries_of(memory: Memory) -> dict[str, RecordState | SubjectState]:
    """The records and subjects at hand."""
    found = ((entry_id, memory.entry(entry_id)) for entry_id in list(memory.nodes))
    return {entry_id: entry for entry_id, entry in found if entry is not None}


def current_of(memory: Memory) -> list[RecordState]:
    """The current records at hand."""
    return [entry for entry in entries_of(memory).values() if isinstance(entry, RecordState) and entry.current]


def carriers_of(memory: Memory) -> dict[Key, set[str]]:
    """The identifiers at hand, with the ids of the records that carry them."""
    return {key: {node.record_id for node in tie.nodes} for key, tie in memory.ties.items()}


def cases_of(memory: Memory) -> set[frozenset[str]]:
    """The cases as sets of subjects (with the part, for hearings)."""
    members: dict[str, set[str]] = {}
    for record in current_of(memory):
        members.setdefault(record.case_id, set()).add(f"{record.subject}{'#' if record.part else ''}{record.part}")
    return {frozenset(subjects) for subjects in members.values()}


def linked(*heads: Head, limit: int = LIMIT) -> set[frozenset[str]]:
    """The cases after one head a message."""
    memory = complete_memory(*heads)
    for one in heads:
        link(memory, [one], limit)
    return cases_of(memory)


def changes_of(memory: Memory, *heads: Head) -> dict[str, CaseChange]:
    """What one message changes, by case id."""
    return {change.case_id: change for change in link(memory, heads, LIMIT).cases}
