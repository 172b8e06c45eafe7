"""Movements into, out of or between prisons: what several services tell of one movement is one movement.

HMPPS tell a reception or release more than once: prisoner search at once, prison-offender-events 45 minutes later if
it was not undone, and a service may repeat itself. They agree on who, which movement and where, and nearly on when;
each has details that the others lack.
"""

from collections.abc import Sequence
from typing import NamedTuple

from processors.cases.histories import RecordHistory, RecordState
from processors.standardise.moments import Instant, instant
from schemas import hmpps

SAME_MOVEMENT_MS = 10 * 60 * 1000
"""Tellings this near in time are of one movement: nobody is received, or released, twice within ten minutes. The
services were seen 65 seconds apart."""

Current = Sequence[tuple[RecordHistory, RecordState]]
_SURER = ("hmpps/prison-offender-events",)
"""Sources whose word on a detail goes first: told after the time in which a movement may be undone."""


class Movement(NamedTuple):
    """A movement with the tellings of it, the surest first."""

    movement_id: str
    at: Instant
    told: tuple[hmpps.CustodyMovement, ...]
    sources: tuple[str, ...]

    def first(self, field: str) -> str:
        """The first telling's word that there is on a detail; empty where none has it."""
        for data in self.told:
            if value := getattr(data, field):
                return str(value)
        return ""


def movements(told: Current) -> list[Movement]:
    """The movements that records tell, in the order of their time."""
    if len(told) == 1:
        return [_movement(told)]
    groups: list[list[tuple[RecordHistory, RecordState]]] = []
    for one in sorted(told, key=_place):
        group = next((held for held in groups if all(_same(other[1].data, one[1].data) for other in held)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return [_movement(group) for group in groups]


def _place(one: tuple[RecordHistory, RecordState]) -> tuple[int, str]:
    return instant(one[1].data.at).ms, one[0].record_id


def _same(one: hmpps.CustodyMovement, two: hmpps.CustodyMovement) -> bool:
    """Whether two tellings may be of one movement. Sentences of different cases keep movements apart: each case has
    its own."""
    if one.movement != two.movement or one.prison_number.upper() != two.prison_number.upper():
        return False
    if any(a and b and a != b for a, b in ((one.prison_id, two.prison_id), (one.booking_id, two.booking_id))):
        return False
    if one.sentence is not None and two.sentence is not None and one.sentence != two.sentence:
        return False
    a, b = instant(one.at), instant(two.at)
    return a == b or (a.precision == b.precision == "time" and abs(a.ms - b.ms) <= SAME_MOVEMENT_MS)


def _movement(group: Current) -> Movement:
    """Called after its earliest telling; the details are those of the surest that has them."""
    surest = sorted(group, key=lambda one: (one[1].data.sentence is None, one[0].source not in _SURER, *_place(one)))
    return Movement(
        group[0][0].record_id, instant(surest[0][1].data.at), tuple(state.data for _, state in surest),
        tuple(sorted({history.source for history, _ in group})),
    )
