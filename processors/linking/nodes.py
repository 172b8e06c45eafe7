"""Records and identifiers as link's memory has them at hand: objects that refer to one another.

A record leads to its identifiers, an identifier to the records that carry it, a record to its case. So following them
looks nothing up by its name, which is most of what link would spend its time on: with many records at hand each look-up
waits for several lines of memory.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

import msgspec

from processors.linking.entries import RecordState, SubjectState
from processors.standardise.identifiers.kinds import ATTACHING_KINDS
from schemas.flow import Key, Member, Reason

if TYPE_CHECKING:
    from processors.linking.at_hand import CaseAtHand


FEW = 500
"""On up to so many records an identifier has them in a list: mostly they are few, and it takes less room than a set. To
find one among many more takes too long."""


class Tie(msgspec.Struct, eq=False, gc=False):
    """An identifier. `nodes`: all records that carry it, in an order that says nothing."""

    key: Key
    nodes: "list[Node] | set[Node]"
    attaches: ClassVar[bool] = False

    def know(self, nodes: "Iterable[Node]") -> None:
        """These are the records that carry it."""
        known = list(dict.fromkeys(nodes))
        self.nodes = known if len(known) <= FEW else set(known)

    def gain(self, node: "Node") -> None:
        """A record carries it that did not."""
        nodes = self.nodes
        if isinstance(nodes, list):
            nodes.append(node)
            if len(nodes) > FEW:
                self.nodes = set(nodes)
        else:
            nodes.add(node)

    def lose(self, node: "Node") -> None:
        """A record that carried it does no longer."""
        self.nodes.remove(node)


class AttachingTie(Tie, eq=False, gc=False):
    """An identifier over which records are only attached to others (`Memory.attached`)."""

    attaches: ClassVar[bool] = True


def tie_of(key: Key) -> Tie:
    """An identifier that no record carries."""
    return AttachingTie(key, []) if key.kind in ATTACHING_KINDS else Tie(key, [])


class Led(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Where a walk of a case meets records: why, from which one (none for the record that names the case), after how
    many steps, and over which identifier (where no decision is the reason)."""

    reason: Reason
    near: "Node | None"
    depth: int
    tie: Tie | None


class Node(msgspec.Struct, eq=False, gc=False):
    """A record, or a subject with parts. `state`: packed when it was not met for long, and None while the id alone is
    known, from an identifier. `rank`: that of its kind, by which a case is named. `ties`: the identifiers of the state,
    in its order; None until they are asked for. `case`: its case, where that is at hand, and `led`: how a walk meets it
    there. `member`: what readers are told of it, once they were. `met`: whether it changed since the memory last looked
    for what to pack."""

    record_id: str
    state: RecordState | SubjectState | bytes | None = None
    rank: int = 0
    ties: tuple[Tie, ...] | None = None
    case: "CaseAtHand | None" = None
    led: Led | None = None
    member: Member | None = None
    met: bool = False


RANK = attrgetter("rank", "record_id")
"""The fixed order by which the least record of a component names its case (`entries.rank`)."""
