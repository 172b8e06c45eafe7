"""How a copy of a history is told from the others, so that it is of cases of its own: other names of records, a mark
before subjects and identifiers, earlier times, other versions. `filling` does in SQL what is said here in Python.

The names of a group are those of the copy in the same order, since the least record names a case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5

from bench.held.pieces import MARK_LENGTH, marked_keys
from schemas.flow import NO_TIME, Head, Order, Part

_DAY_US = 86_400_000_000
MONTH_US = 30 * _DAY_US
_YEAR_US = 365 * _DAY_US
_CORRECTED_US = 45 * _DAY_US


def mark(copy: int) -> str:
    """What subjects and identifiers of a copy begin with."""
    return f"{copy:0{MARK_LENGTH - 1}}."


@dataclass(frozen=True, slots=True)
class Copies:
    """So many copies of a history of `messages` messages. The last one ended a month before what is measured, the first
    one a year; those between are spread evenly."""

    count: int
    messages: int
    groups: Mapping[str, tuple[str, ...]]

    @property
    def step_us(self) -> int:
        """How much earlier each copy ended than the next."""
        return (_YEAR_US - MONTH_US) // max(1, self.count - 1)

    @property
    def end_offset(self) -> int:
        """The offset of `records` behind all copies."""
        return self.count * self.messages

    def earlier_us(self, copy: int) -> int:
        """By how much the times of a copy are earlier than the history's."""
        return MONTH_US + (self.count - 1 - copy) * self.step_us

    def a_month_ago(self) -> Sequence[int]:
        """The copies that ended a month to six weeks ago."""
        return [copy for copy in range(self.count) if self.earlier_us(copy) <= _CORRECTED_US]

    def names(self, group: Sequence[str], copy: int) -> list[str]:
        """The names of a group, 24 hexadecimal digits each."""
        return sorted(md5(f"{one}{copy}".encode()).hexdigest()[:24] for one in group)

    def id_of(self, one: str, copy: int) -> str:
        """The id of a record, subject or case in a copy."""
        group = self.groups[one[1:]]
        return one[0] + self.names(group, copy)[group.index(one[1:])]

    def head(self, head: Head, copy: int, later_us: int = 0) -> Head:
        """What standardise says of an event of a copy; `later_us`: so much later than in the copy's own time."""
        order = head.order
        time_us = order.time_us if order.time_us == NO_TIME else order.time_us - self.earlier_us(copy) + later_us
        parts = tuple(
            Part(self.id_of(one.record_id, copy), one.part, marked_keys(one.keys, mark(copy)), one.body, one.people)
            for one in head.parts
        )
        return Head(
            self.id_of(head.subject_id, copy), head.kind, head.source, mark(copy) + head.subject,
            Order(order.sequence, time_us, order.tie, order.digest), head.deleted, parts, head.event,
        )  # fmt: skip
