"""A case as link keeps it between messages, so that a record which joins or leaves it touches a few others, not all.

A walk outwards from the record that names the case gives the reasons (`walk`). A record that leads to no other in this
walk may come and go without it: what the walk would find for it is seen from the few that share an identifier.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from processors.linking.entries import RecordState
from processors.linking.nodes import Led, Node, Tie
from schemas.flow import Member, Reason, State

RECORD_ID = attrgetter("record_id")

Bodies = dict[str, dict[str, bytes]]
"""Bodies that travel along: by record, by digest."""


class CaseAtHand:
    """A case whose records are all ready in the memory, and none of which people decided anything about. `first`: the
    record that names it; `nodes`: all of them, by their ids; `members`: what readers are told of each."""

    __slots__ = ("case_id", "first", "ids", "members", "nodes")

    def __init__(self, case_id: str, first: Node, nodes: list[Node], members: list[Member]) -> None:
        """`nodes`, `members`: all of the case, by their ids. Each node says how the walk meets it."""
        self.case_id = case_id
        self.first = first
        self.nodes = nodes
        self.ids = [node.record_id for node in nodes]
        self.members = members
        for node in nodes:
            node.case = self

    def dissolve(self) -> None:
        """It is at hand no longer: its records refer to it no more."""
        for node in self.nodes:
            if node.case is self:
                node.case = None

    def has(self, node: Node) -> bool:
        """Whether a record is of the case, also when it is at hand no longer."""
        return node.case is self or node in self.nodes

    def leave(self, node: Node) -> None:
        """Take a record out that leads to no other, and does not name the case."""
        node.case = None
        at = bisect_left(self.ids, node.record_id)
        del self.ids[at], self.nodes[at], self.members[at]

    def join(self, node: Node, led: Led) -> None:
        """Put a record to the case, which `meets` says how the walk meets."""
        node.case = self
        node.led = led
        at = bisect_left(self.ids, node.record_id)
        self.ids.insert(at, node.record_id)
        self.nodes.insert(at, node)
        self.members.insert(at, member_of(node))

    def stay(self, node: Node) -> None:
        """A record of the case says something else, for the same reason."""
        self.members[bisect_left(self.ids, node.record_id)] = member_of(node)

    def led_by(self, node: Node, ties: Iterable[Tie]) -> list[Node]:
        """The records that the walk meets from one, by their ids; what tied it."""
        led = {
            other for tie in ties for other in tie.nodes if other.case is self and other.led and other.led.near is node
        }
        return sorted(led, key=RECORD_ID) if led else []

    def meets(self, node: Node, ties: Sequence[Tie]) -> tuple[Led | None, list[Node]]:
        """How the walk meets a record, from what ties it: from the first of those that share an identifier which the
        walk meets; and the records that the walk would meet from it. None where nothing ties it."""
        near: Node | None = None
        nearest: Led | None = None
        depth = furthest = 0
        for tie in ties:
            for other in tie.nodes:
                if other.case is not self:
                    continue
                led = other.led
                assert led is not None
                if nearest is None or near is None:
                    near, nearest, depth = other, led, led.depth
                elif led is nearest:
                    if other.record_id < near.record_id:
                        near = other
                elif led.depth < depth or (led.depth == depth and _is_met_before(other, led, near)):
                    furthest = max(furthest, depth)
                    near, nearest, depth = other, led, led.depth
                elif led.depth > furthest:
                    furthest = led.depth
        if near is None:
            return None, []
        for by in ties:
            if near in by.nodes:
                break
        own = led_over(by, near, depth + 1, by.nodes)
        if furthest < depth + 2:
            return own, []
        return own, self._met_from(node, own, ties)

    def _met_from(self, node: Node, own: Led, ties: Sequence[Tie]) -> list[Node]:
        """The records that the walk would meet from one, by their ids."""
        depth = own.depth + 1
        others = set()
        judged: Led | None = None  # mostly several are met in one way
        meets = False
        for tie in ties:
            for other in tie.nodes:
                led = other.led
                if other.case is not self or led is None or led.depth < depth:
                    continue
                if led is not judged:
                    judged = led
                    meets = led.depth > depth or _is_met_before(node, own, led.near)
                if meets:
                    others.add(other)
        return sorted(others, key=RECORD_ID)

    def told(self, fresh: Iterable[Node], bodies: Bodies) -> tuple[Member, ...]:
        """What readers are told of the records, by their ids; with those that are `fresh` travel the bodies that came
        with this message, by their digests."""
        return told_of(self.members, [bisect_left(self.ids, node.record_id) for node in fresh], bodies)


def led_over(tie: Tie, near: Node, depth: int, others: Iterable[Node]) -> Led:
    """How a walk meets records over an identifier from one. Where it is known of one of the others, that is it."""
    for other in others:
        led = other.led
        if led is not None and led.near is near and led.tie is tie and led.depth == depth:
            return led
    kind, value = tie.key
    return Led(Reason(kind, value, near.record_id), near, depth, tie)


def told_of(members: list[Member], fresh: Sequence[int], bodies: Bodies) -> tuple[Member, ...]:
    """What readers are told of the records of a case, `fresh` of them with bodies (`CaseAtHand.told`)."""
    if fresh:
        members = members.copy()
    for at in fresh:
        of = members[at]
        with_it = bodies[of.record_id]
        states = tuple([State(one.order, one.deleted, with_it.get(one.order.digest)) for one in of.states])
        members[at] = Member(of.record_id, of.kind, of.source, of.subject, of.part, states, of.reason)
    return tuple(members)


def member_of(node: Node) -> Member:
    """What readers are told of a record that is ready; once made it is kept."""
    member = node.member
    if member is None:
        state = node.state
        assert isinstance(state, RecordState)
        member = node.member = Member(
            state.record_id, state.kind, state.source, state.subject, state.part, state.states, state.reason
        )
    return member


def _is_met_before(node: Node, led: Led, other: Node | None) -> bool:
    """Whether the walk meets a record, in a way, before another one that is as far away and not the same."""
    assert other is not None and other.led is not None
    of_other = other.led
    while led.near is not of_other.near:
        assert led.near is not None and of_other.near is not None
        node, other = led.near, of_other.near
        assert node.led is not None and other.led is not None
        led, of_other = node.led, other.led
    return (led.reason, node.record_id) < (of_other.reason, other.record_id)
