"""A case as link keeps it between messages, so that a record which joins or leaves it touches a few others, not all.

A walk outwards from the record that names the case gives the reasons (`walk`). A record that leads to no other in this
walk may come and go without it: what the walk would find for it is seen from the few that share an identifier.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter

from processors.linking.entries import Reasons, RecordState, rank
from schemas.flow import Key, Member, Reason, State

_RECORD_ID = attrgetter("record_id")

Ties = Sequence[tuple[Key, Collection[str]]]
"""The identifiers of a record that tie it to others, in their order, with all that carry them."""

Bodies = dict[str, dict[str, bytes]]
"""Bodies that travel along: by record, by digest."""


class CaseAtHand:
    """A case whose records are all ready in the memory, and none of which people decided anything about. `why`: the
    reason of each record; `first`: the rank of the record that names it."""

    __slots__ = ("_members", "case_id", "first", "why")

    def __init__(self, case_id: str, first: RecordState, members: list[Member], why: Reasons) -> None:
        """`members`: all of the case, by their ids. `why`: the same reasons, by record id."""
        self.case_id = case_id
        self.first = rank(first)
        self.why = why
        self._members = members

    def leave(self, record_id: str) -> None:
        """Take a record out that leads to no other, and does not name the case."""
        del self.why[record_id]
        del self._members[bisect_left(self._members, record_id, key=_RECORD_ID)]

    def join(self, record: RecordState) -> None:
        """Put a record to the case that is placed in it for the reason that `meets` gave."""
        record_id = record.record_id
        self.why[record_id] = record.reason
        self._members.insert(bisect_left(self._members, record_id, key=_RECORD_ID), member_of(record))

    def stay(self, record: RecordState) -> None:
        """A record of the case says something else, for the same reason."""
        self._members[bisect_left(self._members, record.record_id, key=_RECORD_ID)] = member_of(record)

    def led_by(self, record_id: str) -> list[str]:
        """The records that the walk meets from one."""
        return [other for other, reason in self.why.items() if reason.with_record == record_id]

    def meets(self, record_id: str, ties: Ties) -> tuple[Reason | None, list[str]]:
        """Why a record belongs to the case, from what ties it: it is met from the first of those that share an
        identifier which the walk meets; and the records that the walk would meet from it. None where nothing ties it.
        """
        why = self.why
        depths: dict[str, int] = {}
        depth = len(why)  # more than any has
        near_id = ""
        for _key, carriers in ties:
            for other in carriers:
                if other in why and other not in depths:
                    at = depths[other] = self._depth(other)
                    if at < depth or (at == depth and self._is_met_before(other, why[other], near_id)):
                        near_id, depth = other, at
        if not near_id:
            return None, []
        by = next(key for key, carriers in ties if near_id in carriers)
        reason = Reason(by.kind, by.value, near_id)
        depth += 2
        others = [
            other
            for other, at in depths.items()
            if at > depth or (at == depth and self._is_met_before(record_id, reason, why[other].with_record))
        ]
        others.sort()
        return reason, others

    def _depth(self, record_id: str) -> int:
        """How many steps the walk takes to a record."""
        why = self.why
        depth = 0
        while record_id := why[record_id].with_record:
            depth += 1
        return depth

    def _is_met_before(self, record_id: str, reason: Reason, other: str) -> bool:
        """Whether the walk meets a record, for a reason, before another one that is as far away and not the same."""
        why = self.why
        of_other = why[other]
        while reason.with_record != of_other.with_record:
            record_id, other = reason.with_record, of_other.with_record
            reason, of_other = why[record_id], why[other]
        return (reason, record_id) < (of_other, other)

    def told(self, fresh: Iterable[str], bodies: Bodies) -> tuple[Member, ...]:
        """What readers are told of the records, by their ids; with those that are `fresh` travel the bodies that came
        with this message, by their digests."""
        members = self._members.copy()
        for record_id in fresh:
            at = bisect_left(members, record_id, key=_RECORD_ID)
            of, with_it = members[at], bodies[record_id]
            states = tuple([State(one.order, one.deleted, with_it.get(one.order.digest)) for one in of.states])
            members[at] = Member(of.record_id, of.kind, of.source, of.subject, of.part, states, of.reason)
        return tuple(members)


def member_of(record: RecordState) -> Member:
    """What readers are told of a record."""
    return Member(
        record.record_id, record.kind, record.source, record.subject, record.part, record.states, record.reason
    )
