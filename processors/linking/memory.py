"""What link remembers: the states of records and subjects, and which records carry which identifier.

A `Memory` holds the part of it that a chunk needs; who fills it and what may be forgotten is the caller's affair
(`streams.link_memory`). Changes are journalled, so a chunk that fails leaves the memory as it was before. What was not
met for a while is packed: it takes a fifth of the room, and is at hand as before.
"""

from collections.abc import Iterable, Iterator
from operator import itemgetter

from processors.linking.at_hand import CaseAtHand
from processors.linking.entries import (
    ENTRY_DECODER,
    ENTRY_ENCODER,
    RANKS,
    DecisionState,
    RecordState,
    SubjectState,
    rank,
)
from processors.linking.nodes import FEW, Node, Tie, tie_of
from processors.standardise.identifiers.kinds import EXCLUDE, INCLUDE
from schemas.flow import Key


class NotAtHandError(LookupError):
    """Something that link needs is not at hand: the caller loads what the heads lead to (`needs`) and tries again."""


class Memory:
    """The records, subjects and identifiers at hand. An identifier that is in `ties` is there with all its records;
    of some of them no more may be known than the id.
    Decisions are all at hand, always, since people make them: `decided` has those in force by the records that they
    name. `absent`: ids that were looked for and name nothing, until something is put under them. `cases`: some of the
    cases, to spare a walk.

    Records, identifiers and cases refer to one another in circles. What is forgotten is taken out of them, and so is
    all when the memory itself goes: nothing waits for the garbage collector."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        """Also of records of which no more is known than an identifier's saying so. The packed ones are in the order in
        which they were packed."""
        self.ties: dict[Key, Tie] = {}
        self.decisions: dict[str, DecisionState] = {}
        self.decided: dict[str, dict[str, DecisionState]] = {}
        self.absent: set[str] = set()
        self.cases: set[CaseAtHand] = set()
        self._ready: list[Node] = []
        """Those that are not packed, nearly in the order in which they were met."""
        self._packed = 0
        self._left_over = 0
        """So many nodes without a state were left when they were last looked through: not until there are many more is
        it worth doing again."""
        self._cases_changed: list[CaseAtHand] = []
        self._states_before: list[tuple[Node, RecordState | SubjectState | None, tuple[Tie, ...] | None]] = []
        self._carried_before: list[tuple[Tie, Node, bool]] = []
        self._decisions_before: list[tuple[str, DecisionState | None]] = []

    def __del__(self) -> None:
        for tie in self.ties.values():
            tie.nodes = []
        for case in self.cases:
            case.dissolve()
        for node in self.nodes.values():
            node.led = None

    def know(self, decisions: Iterable[DecisionState]) -> None:
        """All decisions that there are, before anything is applied."""
        self.give_up_all()
        for decision in decisions:
            self._hold(decision)

    def node(self, entry_id: str) -> Node:
        """A record or subject, be no more known of it than its id."""
        node = self.nodes.get(entry_id)
        if node is None:
            node = self.nodes[entry_id] = Node(entry_id)
        return node

    def found(self, record_id: str) -> Node | None:
        """A record that is at hand, or None."""
        node = self.nodes.get(record_id)
        return node if node is not None and isinstance(self.state(node), RecordState) else None

    def state(self, node: Node) -> RecordState | SubjectState | None:
        """The state of a record or subject, or None where it is not at hand; it is ready from now on."""
        state = node.state
        if not isinstance(state, bytes):
            return state
        unpacked = ENTRY_DECODER.decode(state)
        assert not isinstance(unpacked, DecisionState)
        node.state = unpacked
        self._packed -= 1
        self._ready.append(node)
        return unpacked

    def known(self, node: Node) -> RecordState | None:
        """The state of a record, or None where there is none."""
        state = self.state(node)
        return state if isinstance(state, RecordState) else None

    def record_of(self, node: Node) -> RecordState:
        """The state of a record that exists; NotAtHandError when it is not at hand."""
        state = self.state(node)
        if not isinstance(state, RecordState):
            raise NotAtHandError(node.record_id)
        return state

    def ties_of(self, node: Node) -> tuple[Tie, ...]:
        """The identifiers of a record that exists; NotAtHandError when it is not at hand, or one of them."""
        ties = node.ties
        if ties is None:
            ties = node.ties = tuple([self.tie(key) for key in self.record_of(node).keys])
        return ties

    def entry(self, entry_id: str) -> RecordState | SubjectState | None:
        """A record or subject, or None where none is at hand."""
        node = self.nodes.get(entry_id)
        return self.state(node) if node is not None else None

    def at_hand(self, entry_id: str) -> bool:
        """Whether a record or subject is at hand."""
        node = self.nodes.get(entry_id)
        return node is not None and node.state is not None

    def record(self, record_id: str) -> RecordState | None:
        """A record, or None where there is none."""
        entry = self.entry(record_id)
        return entry if isinstance(entry, RecordState) else None

    def held(self, record_id: str) -> RecordState:
        """A record that exists; NotAtHandError when it is not at hand."""
        entry = self.entry(record_id)
        if not isinstance(entry, RecordState):
            raise NotAtHandError(record_id)
        return entry

    def subject(self, subject_id: str) -> SubjectState | None:
        """A subject with parts, or None where there is none."""
        entry = self.entry(subject_id)
        return entry if isinstance(entry, SubjectState) else None

    def tie(self, key: Key) -> Tie:
        """An identifier with the records that carry it; NotAtHandError when they are not at hand."""
        tie = self.ties.get(key)
        if tie is None:
            raise NotAtHandError(key)
        return tie

    def know_entry(self, entry_id: str, entry: RecordState | SubjectState) -> None:
        """Bring a record or subject to hand, as it is."""
        node = self.node(entry_id)
        if node.state is None:
            self._ready.append(node)
        elif isinstance(node.state, bytes):
            self._packed -= 1
            self._ready.append(node)
        node.state, node.ties, node.member = entry, None, None
        if isinstance(entry, RecordState):
            node.rank = RANKS[entry.kind]

    def know_tie(self, key: Key, record_ids: Iterable[str] = ()) -> None:
        """Bring an identifier to hand, with all records that carry it."""
        tie = self.ties.get(key)
        if tie is None:
            tie = self.ties[key] = tie_of(key)
        tie.know(map(self.node, record_ids))

    def put(self, node: Node, state: RecordState | SubjectState, ties: tuple[Tie, ...] | None) -> None:
        """Remember a new state of a record or subject, with its identifiers."""
        before = self.state(node) if isinstance(node.state, bytes) else node.state
        self._states_before.append((node, before, node.ties))
        node.state, node.ties = state, ties
        node.member = None
        node.met = True
        if before is None:
            self._ready.append(node)
            if self.absent:
                self.absent.discard(node.record_id)

    def replace(self, node: Node, state: RecordState) -> None:
        """Remember a new state of a record that is ready, with the same identifiers."""
        before = node.state
        assert isinstance(before, RecordState)
        self._states_before.append((node, before, node.ties))
        node.state, node.member, node.met = state, None, True

    def decide(self, decision: DecisionState) -> None:
        """Remember a new state of a decision."""
        self.give_up_all()  # decisions are few
        self._decisions_before.append((decision.record_id, self.decisions.get(decision.record_id)))
        self._let_go(decision.record_id)
        self._hold(decision)

    def case_changes(self, case: CaseAtHand) -> None:
        """A case at hand is to be changed in place."""
        self._cases_changed.append(case)

    def put_case(self, case: CaseAtHand) -> None:
        """Keep a case at hand."""
        self._cases_changed.append(case)
        self.cases.add(case)

    def give_up(self, case: CaseAtHand) -> None:
        """Have a case at hand no longer."""
        case.dissolve()
        self.cases.discard(case)

    def give_up_all(self) -> None:
        """Have no case at hand."""
        for case in self.cases:
            case.dissolve()
        self.cases.clear()

    def _hold(self, decision: DecisionState) -> None:
        self.decisions[decision.record_id] = decision
        for record_id in decision.named:
            self.decided.setdefault(record_id, {})[decision.record_id] = decision

    def _let_go(self, decision_id: str) -> None:
        before = self.decisions.pop(decision_id, None)
        for record_id in before.named if before is not None else ():
            of_record = self.decided[record_id]
            del of_record[decision_id]
            if not of_record:
                del self.decided[record_id]

    def exclusions(self, record_id: str) -> Iterator[DecisionState]:
        """The decisions that keep a record apart from another."""
        return (one for one in self.decided.get(record_id, {}).values() if one.verdict == EXCLUDE)

    def inclusions(self, record_id: str) -> list[DecisionState]:
        """The decisions that put a record together with another, by their ids: the order is part of the reasons."""
        found = [one for one in self.decided.get(record_id, {}).values() if one.verdict == INCLUDE]
        return sorted(found, key=lambda one: one.record_id)

    def gain(self, node: Node, tie: Tie) -> None:
        """A record carries an identifier which it did not carry."""
        self._carried_before.append((tie, node, False))
        nodes = tie.nodes
        if len(nodes) < FEW and isinstance(nodes, list):
            nodes.append(node)
        else:
            tie.gain(node)

    def lose(self, node: Node, tie: Tie) -> None:
        """A record carries an identifier no longer."""
        self._carried_before.append((tie, node, True))
        tie.lose(node)

    def commit(self) -> None:
        """What was changed is durable: it cannot be undone any more."""
        self._states_before.clear()
        self._carried_before.clear()
        self._decisions_before.clear()
        self._cases_changed.clear()

    def rollback(self) -> None:
        """Undo all changes since the last commit."""
        for case in self._cases_changed:
            self.give_up(case)
        for node, state, ties in reversed(self._states_before):
            node.state, node.ties = state, ties
            node.member = None
        for tie, node, was_carried in reversed(self._carried_before):
            if was_carried:
                tie.gain(node)
            else:
                tie.lose(node)
        for decision_id, decision in reversed(self._decisions_before):
            self._let_go(decision_id)
            if decision is not None:
                self._hold(decision)
        self.commit()

    def forget(self, keep: int, keep_packed: int) -> None:
        """Between chunks: pack the entries that were met longest ago until `keep` are left as they are, and forget the
        packed ones over `keep_packed`, the longest packed first, with all identifiers that they carried."""
        if len(self._ready) > keep * 1.2:
            self._pack_over(keep)
        over = self._packed - keep_packed
        if over > 0:
            for node in [node for node in self.nodes.values() if isinstance(node.state, bytes)][:over]:
                self._forget(node)
        at_hand = len(self._ready) + self._packed
        if len(self.ties) > 2 * at_hand:
            for tie in [tie for tie in self.ties.values() if all(node.state is None for node in tie.nodes)]:
                self.forget_tie(tie)
        if len(self.nodes) > 2 * max(at_hand, self._left_over):
            carriers = {node for tie in self.ties.values() for node in tie.nodes}
            for node in [node for node in self.nodes.values() if node.state is None and node not in carriers]:
                del self.nodes[node.record_id]
            self._left_over = len(self.nodes) - at_hand

    def _pack_over(self, keep: int) -> None:
        """Pack what is ready over a number, first what was met longest ago; what changed since the last time comes
        once more at the end."""
        queue = self._ready
        over = len(queue) - keep
        while over > 0:
            again: list[Node] = []
            for at, node in enumerate(queue):
                if over <= 0:
                    again = [*queue[at:], *again]
                    break
                if node.met:
                    node.met = False
                    again.append(node)
                else:
                    self._pack(node)
                    over -= 1
            queue = again
        self._ready = queue

    def _pack(self, node: Node) -> None:
        if node.case is not None:
            self.give_up(node.case)  # only cases whose records are all ready are kept at hand
        if node.state is None or isinstance(node.state, bytes):
            return  # it was rolled back since it was ready
        node.state = ENTRY_ENCODER.encode(node.state)
        for tie in node.ties or ():
            if isinstance(tie.nodes, list):
                tie.nodes = tie.nodes.copy()  # without the room to grow in
        node.ties = node.led = node.member = None
        self.nodes[node.record_id] = self.nodes.pop(node.record_id)  # the one packed last is the last
        self._packed += 1

    def _forget(self, node: Node) -> None:
        assert isinstance(node.state, bytes)
        state = ENTRY_DECODER.decode(node.state)
        self._packed -= 1
        for key in state.keys if isinstance(state, RecordState) else ():
            tie = self.ties.get(key)
            if tie is not None:
                self.forget_tie(tie)
        node.state = node.ties = None
        del self.nodes[node.record_id]

    def forget_tie(self, tie: Tie) -> None:
        """Have an identifier at hand no longer; its records will look for it."""
        del self.ties[tie.key]
        for node in tie.nodes:
            node.ties = None
        tie.nodes = []

    def included(self, record: RecordState) -> Iterator[tuple[Key, set[str]]]:
        """The records that people put together with one, as far as they are there."""
        for decision in self.inclusions(record.record_id):
            other = decision.other(record.record_id)
            found = self.entry(other)
            if found is None and other not in self.absent and other not in self.decisions:
                raise NotAtHandError(other)
            if isinstance(found, RecordState) and found.current:
                yield decision.key, {record.record_id, other}

    def attached(self, node: Node, tie: Tie) -> set[Node]:
        """Over an attaching identifier: records with no other identifier belong to the least record that has one."""
        states = [(self.record_of(one), one) for one in tie.nodes]
        anchors = [(rank(state), one) for state, one in states if state.is_anchor()]
        followers = {one for state, one in states if not state.is_anchor()}
        if not anchors:
            return followers
        owner = min(anchors, key=itemgetter(0))[1]
        if node is owner:
            return followers
        return {owner} if node in followers else set()
