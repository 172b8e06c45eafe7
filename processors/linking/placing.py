"""Changed records are placed one by one: each leaves its case and joins another, where that is all that happens.

A case is searched as a whole, once at the end of the message (`search`), where a change might name it anew, make two of
one or one of two, or touches what is more than a tie between two records: an identifier that attaches or crosses the
limit, and what people decided. Until then it is not at hand. A record that left its case, or is new, is of none until
all of the message is known; then it joins one, or is searched around.
"""

from collections.abc import Collection

from processors.linking.at_hand import CaseAtHand, Ties
from processors.linking.entries import NO_REASON, RecordState, rank
from processors.linking.touched import Touched
from processors.standardise.identifiers.kinds import ATTACHING_KINDS
from schemas.flow import Key

SMALL = 4
"""A case of fewer records is searched anew rather than changed in place: from 4 to 8 there is no difference in
`bench.linking_speed` that can be told from chance; with 14 changes took a tenth longer."""


class Placing:
    """The places of one message's records. `told`: the cases that changed, by their ids; `put`: the changed records
    that were put to them. `seeds`: the records that are of no case yet, and those around which cases are to be
    searched: every part of a case that may have come apart holds one of them."""

    def __init__(self, touched: Touched) -> None:
        self.told: dict[str, CaseAtHand] = {}
        self.put: dict[str, list[str]] = {}
        self.seeds: dict[str, None] = {}
        self._touched = touched
        self._memory = touched.memory
        self._limit = touched.limit

    def settle(self) -> None:
        """Place the records that changed since the last call."""
        touched, memory = self._touched, self._memory
        for key in touched.crossing:
            self._search_all(memory.carriers[key])
        touched.crossing.clear()
        if touched.decides:
            for case in list(self.told.values()):  # decisions are few, and leave no case at hand (`Memory.decide`)
                self._give_up(case)
            self._search_all(touched.decided)
            touched.decided.clear()
            touched.decides = False
        for record, had in touched.changed:
            self._settle(record, had)
        touched.changed.clear()

    def _settle(self, record: RecordState, had: tuple[Key, ...]) -> None:
        memory, case_id = self._memory, record.case_id
        case = memory.case_changes(case_id) if case_id else None
        if case_id and record.current and had == record.keys:
            if case is None:
                self.seeds[record.record_id] = None
            else:
                case.stay(record)
                self._tell(case, record.record_id)
        elif not self._may_move(record, had) or (case_id and (case is None or not self._leave(case, record))):
            self._search(record, had)
        elif record.current:
            if case_id:  # it is of no case until all of the message is known
                self._touched.place(record, "", NO_REASON)
            self.seeds[record.record_id] = None

    def _may_move(self, record: RecordState, had: tuple[Key, ...]) -> bool:
        """Whether only ties between two records change: nothing that people decided, and nothing that attaches."""
        return record.record_id not in self._memory.decided and not self._attaches(had, record.keys)

    def _attaches(self, had: tuple[Key, ...], keys: tuple[Key, ...]) -> bool:
        """Whether any of the identifiers attaches, and is on another record too."""
        for of in (had, keys):
            for key in of:
                if key.kind in ATTACHING_KINDS and len(self._memory.carriers_of(key)) > (key in keys):
                    return True
        return False

    def _leave(self, case: CaseAtHand, record: RecordState) -> bool:
        """Take a record out of its case, and put in again those that it led to; False where that is not all."""
        record_id = record.record_id
        if case.first[1] == record_id:
            return False
        led = case.led_by(record_id)
        case.leave(record_id)
        self.told[case.case_id] = case
        if not record.current:
            self._touched.place(record, "", NO_REASON)
        loose: list[tuple[RecordState, Ties]] = []
        if self._loosen(case, led, loose):
            self._put(case, loose)
        return True

    def _loosen(self, case: CaseAtHand, record_ids: list[str], loose: list[tuple[RecordState, Ties]]) -> bool:
        """Take records out that are to be put in again, with what ties them; where they lead to others themselves, or
        attach, the case is to be searched."""
        for record_id in record_ids:
            record = self._memory.held(record_id)
            if case.led_by(record_id) or self._attaches((), record.keys):
                self._give_up(case)
                self.seeds.update({one.record_id: None for one, _ties in loose})
                return False
            case.leave(record_id)
            loose.append((record, self._ties(record)))
        return True

    def joined(self, record: RecordState) -> bool:
        """Once all of the message is known, put a record of no case to that of the records that share an identifier
        with it. False where a search is needed, since they are of several cases, or of none yet, or where it would name
        the case; and where the case is small, for then the search costs less."""
        ties = self._ties(record)
        case_id = self._case_of(record.record_id, ties)
        case = self._memory.case_changes(case_id) if case_id else None
        if case is None or len(case.why) < SMALL or rank(record) < case.first or self._attaches((), record.keys):
            return False
        self._tell(case, record.record_id)
        return self._put(case, [(record, ties)])

    def _case_of(self, record_id: str, ties: Ties) -> str:
        """The case of all that share an identifier with a record; empty where there is none, or more than one."""
        entries = self._memory.entries
        case_id = ""
        for _key, carriers in ties:
            for other in carriers:
                if other != record_id:
                    entry = entries.get(other)
                    of = (entry if isinstance(entry, RecordState) else self._memory.held(other)).case_id
                    if not of or (case_id and of != case_id):
                        return ""
                    case_id = of
                    break  # those that share an identifier are of one case
        return case_id

    def _ties(self, record: RecordState) -> Ties:
        ties = []
        for key in record.keys:
            carriers = self._memory.carriers_of(key)
            if 2 <= len(carriers) <= self._limit:
                ties.append((key, carriers))
        return ties

    def _put(self, case: CaseAtHand, records: list[tuple[RecordState, Ties]]) -> bool:
        """Put records to a case, with what ties them, and to it anew those that they lead to; where that is not all,
        the case is to be searched."""
        touched, case_id = self._touched, case.case_id
        for record, ties in records:
            reason, others = case.meets(record.record_id, ties)
            if reason is None:
                self._give_up(case)
                self.seeds.update({one.record_id: None for one, _ties in records})
                return False
            if others and not self._loosen(case, others, records):
                return False
            if record.case_id != case_id or record.reason != reason:
                record = touched.place(record, case_id, reason)
            case.join(record)
        return True

    def _search(self, record: RecordState, had: tuple[Key, ...]) -> None:
        """Search around a record, and all that it was with: who shares an identifier that it lost, or that attaches,
        may be of another case now, also where the record leads there no more."""
        self._search_all((record.record_id,))
        for key in dict.fromkeys((*had, *record.keys)):
            if key not in record.keys or key.kind in ATTACHING_KINDS:
                carriers = self._memory.carriers_of(key)
                if len(carriers) <= self._limit:
                    self._search_all(carriers)

    def _search_all(self, record_ids: Collection[str]) -> None:
        """Search around some records, and all that they are with."""
        memory = self._memory
        for record_id in sorted(record_ids):
            if record_id in self.seeds:
                continue
            self.seeds[record_id] = None
            record = memory.record(record_id)
            case = memory.case_changes(record.case_id) if record is not None and record.case_id else None
            if case is not None:
                self._give_up(case)
            if memory.decided:
                self.seeds.update({one.other(record_id): None for one in memory.inclusions(record_id)})

    def _tell(self, case: CaseAtHand, record_id: str) -> None:
        """A changed record is put to a case."""
        self.told[case.case_id] = case
        self.put.setdefault(case.case_id, []).append(record_id)

    def _give_up(self, case: CaseAtHand) -> None:
        """Have a case searched as a whole."""
        self.told.pop(case.case_id, None)
        self._memory.cases.pop(case.case_id, None)
        self.seeds.update(dict.fromkeys(case.why))
