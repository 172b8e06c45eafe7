"""Changed records are placed one by one: each leaves its case and joins another, where that is all that happens.

A case is searched as a whole, once at the end of the message (`search`), where a change might name it anew, make two of
one or one of two, or touches what is more than a tie between two records: an identifier that attaches or crosses the
limit, and what people decided. Until then it is not at hand. A record that left its case, or is new, is of none until
all of the message is known; then it joins one, or is searched around.
"""

from collections.abc import Collection, Iterable, Sequence

from processors.linking.at_hand import RECORD_ID, CaseAtHand
from processors.linking.entries import NO_REASON, RecordState
from processors.linking.nodes import Node, Tie
from processors.linking.touched import Touched


class Placing:
    """The places of one message's records. `told`: the cases that changed, by their ids; `put`: the changed records
    that were put to them. `seeds`: the records that are of no case yet, and those around which cases are to be
    searched: every part of a case that may have come apart holds one of them."""

    def __init__(self, touched: Touched) -> None:
        self.told: dict[str, CaseAtHand] = {}
        self.put: dict[str, dict[Node, None]] = {}
        self.seeds: dict[Node, None] = {}
        self._touched = touched
        self._memory = touched.memory
        self._limit = touched.limit

    def settle(self) -> None:
        """Place the records that changed since the last call."""
        touched = self._touched
        if touched.crossing:
            for tie in touched.crossing:
                self._search_all(tie.nodes)
            touched.crossing.clear()
        if touched.decides:
            for case in list(self.told.values()):  # decisions are few, and leave no case at hand (`Memory.decide`)
                self._give_up(case)
            self._search_named(touched.decided)
            touched.decided.clear()
            touched.decides = False
        if touched.changed:
            for node, had in touched.changed:
                self._settle(node, had)
            touched.changed.clear()

    def _settle(self, node: Node, had: tuple[Tie, ...]) -> None:
        memory, case, record, ties = self._memory, node.case, node.state, node.ties
        if not isinstance(record, RecordState) or ties is None:
            record, ties = memory.record_of(node), memory.ties_of(node)
        if case is not None:
            memory.case_changes(case)
        if record.case_id and record.current and had == ties:
            if case is None:
                self.seeds[node] = None
            else:
                case.stay(node)
                self._tell(case, node)
        elif not self._may_move(node, had, ties) or (
            record.case_id and (case is None or not self._leave(case, node, record, had))
        ):
            self._search(node, had)
        elif record.current:
            if record.case_id:  # it is of no case until all of the message is known
                self._touched.place(node, "", NO_REASON)
            self.seeds[node] = None

    def _may_move(self, node: Node, had: tuple[Tie, ...], ties: tuple[Tie, ...]) -> bool:
        """Whether only ties between two records change: nothing that people decided, and nothing that attaches."""
        return node.record_id not in self._memory.decided and not self._attaches(had, ties)

    def _attaches(self, had: tuple[Tie, ...], ties: tuple[Tie, ...]) -> bool:
        """Whether any of the identifiers attaches, and is on another record too."""
        for tie in ties:
            if tie.attaches and len(tie.nodes) > 1:
                return True
        return bool(had) and any(tie.attaches and len(tie.nodes) > (tie in ties) for tie in had)

    def _leave(self, case: CaseAtHand, node: Node, record: RecordState, had: Sequence[Tie]) -> bool:
        """Take a record out of its case, and put in again those that it led to; False where that is not all. `had`:
        what tied it."""
        if case.first is node:
            return False
        led = case.led_by(node, had)
        case.leave(node)
        self.told[case.case_id] = case
        if not record.current:
            self._touched.place(node, "", NO_REASON)
        loose: list[tuple[Node, Sequence[Tie]]] = []
        if self._loosen(case, led, loose):
            self._put(case, loose)
        return True

    def _loosen(
        self, case: CaseAtHand, nodes: Iterable[Node], loose: list[tuple[Node, Sequence[Tie]]]
    ) -> bool:
        """Take records out that are to be put in again, with what ties them; where they lead to others themselves, or
        attach, the case is to be searched."""
        for node in nodes:
            ties = self._memory.ties_of(node)
            if case.led_by(node, ties) or self._attaches((), ties):
                self._give_up(case)
                self.seeds.update({one: None for one, _ties in loose})
                return False
            case.leave(node)
            loose.append((node, self._ties(node)))
        return True

    def joined(self, node: Node) -> bool:
        """Once all of the message is known, put a record of no case to that of the records that share an identifier
        with it. False where a search is needed, since they are of several cases, or of none yet, or where it would name
        the case."""
        ties = self._ties(node)
        case = self._case_of(node, ties)
        if case is None:
            return False
        first = case.first
        if node.rank < first.rank or (node.rank == first.rank and node.record_id < first.record_id):
            return False
        self._memory.case_changes(case)
        self._tell(case, node)
        led, others = case.meets(node, ties)
        if led is None or others:
            return self._put(case, [(node, ties)])
        self._touched.place(node, case.case_id, led.reason)
        case.join(node, led)
        return True

    def _case_of(self, node: Node, ties: Sequence[Tie]) -> CaseAtHand | None:
        """The case of all that share an identifier with a record; None where there is none, or more than one, or it is
        not at hand, or the identifier attaches."""
        case = None
        for tie in ties:
            if tie.attaches:
                return None
            for other in tie.nodes:
                if other is not node:
                    of = other.case
                    if of is None or (case is not None and of is not case):
                        return None
                    case = of
                    break  # those that share an identifier are of one case
        return case

    def _ties(self, node: Node) -> Sequence[Tie]:
        """The identifiers that tie a record to others."""
        limit = self._limit
        return [tie for tie in node.ties or self._memory.ties_of(node) if 2 <= len(tie.nodes) <= limit]

    def _put(self, case: CaseAtHand, nodes: list[tuple[Node, Sequence[Tie]]]) -> bool:
        """Put records to a case, with what ties them, and to it anew those that they lead to; where that is not all,
        the case is to be searched."""
        case_id = case.case_id
        for node, ties in nodes:
            led, others = case.meets(node, ties)
            if led is None:
                self._give_up(case)
                self.seeds.update({one: None for one, _ties in nodes})
                return False
            if others and not self._loosen(case, others, nodes):
                return False
            record = node.state
            assert isinstance(record, RecordState), "what joins is ready"
            if record.case_id != case_id or record.reason != led.reason:
                self._touched.place(node, case_id, led.reason)
            case.join(node, led)
        return True

    def _search(self, node: Node, had: tuple[Tie, ...]) -> None:
        """Search around a record, and all that it was with: who shares an identifier that it lost, or that attaches,
        may be of another case now, also where the record leads there no more."""
        self._search_all((node,))
        ties = self._memory.ties_of(node)
        for tie in dict.fromkeys((*had, *ties)):
            if (tie not in ties or tie.attaches) and len(tie.nodes) <= self._limit:
                self._search_all(tie.nodes)

    def _search_named(self, record_ids: Iterable[str]) -> None:
        """Search around the records of some ids, as far as there are any."""
        self._search_all([node for one in record_ids if (node := self._memory.found(one)) is not None])

    def _search_all(self, nodes: Collection[Node]) -> None:
        """Search around some records, and all that they are with."""
        memory = self._memory
        for node in sorted(nodes, key=RECORD_ID):
            if node in self.seeds:
                continue
            self.seeds[node] = None
            if node.case is not None:
                self._give_up(node.case)
            if memory.decided:
                others = (memory.found(one.other(node.record_id)) for one in memory.inclusions(node.record_id))
                self.seeds.update({other: None for other in others if other is not None})

    def _tell(self, case: CaseAtHand, node: Node) -> None:
        """A changed record is put to a case."""
        self.told[case.case_id] = case
        put = self.put.get(case.case_id)
        if put is None:
            self.put[case.case_id] = {node: None}
        else:
            put[node] = None

    def _give_up(self, case: CaseAtHand) -> None:
        """Have a case searched as a whole."""
        self.told.pop(case.case_id, None)
        self.seeds.update(dict.fromkeys(case.nodes))
        self._memory.give_up(case)
