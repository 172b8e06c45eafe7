"""The agent project: the changed cases -> their rows, for whatever partitions of `cases` it has.

Of a chunk it projects each case as of its last message and writes, under that message's version, the rows that differ
from what was written before, and a tombstone for every row that was there and is not now. It does so in batches of
cases: a chunk may be far larger than what its rows may take at once, and the larger it is the fewer cases come twice.
The keys of all rows that may exist are written first, so a take-over knows what to bury. Where another worker may have
begun (`streams.fence`), every message is projected in turn, and every row that existed at any of them is written again
or buried. So a repeat, other chunk borders or a stale worker end in the same rows.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from clickhouse.queries import read
from clickhouse.store import Store, StoreRefused, UnfitValueError
from processors.cases.histories import RecordHistory, RecordState, parse_body
from processors.cases.offences import BUILT_IN
from processors.cases.project import project_case
from schemas.flow import CaseChange, Member
from streams.case_messages import Bodies, Message, batches, read_changes, to_project, told_by_case
from streams.case_rows import BatchCases, BatchRows, Columns, Projected, RowKey, stored_key
from streams.chunks import Lru, Run, Step, no_step
from streams.existing import ExistingKeys
from streams.fence import Fence
from streams.flag_rules import NONE_KEPT, in_force
from streams.inserting import Inserts
from streams.set_apart import set_apart

logger = logging.getLogger(__name__)

_CASES_OF_A_LOOKUP = 500
"""So many cases are looked up in all tables at once."""

_ENCODER = msgspec.msgpack.Encoder()
_KEYS_DECODER = msgspec.msgpack.Decoder(list[RowKey])
_WRITTEN_DECODER = msgspec.msgpack.Decoder(list[tuple[RowKey, int]])


class Projector:
    """One assignment's agent."""

    def __init__(
        self, store: Store, *, cached_records: int = 30_000, cached_cases: int = 30_000, batch_bytes: int = 4_000_000,
        on_step: Step = no_step,
    ) -> None:
        """`cached_records`: records whose bodies are kept, a few hundred bytes each; a sixteenth of them is kept ready
        for projection, some 9 KB each. `batch_bytes`: so large are the last messages of the cases that are projected
        and written together, about; their rows take ten times as much."""
        self._store = store
        self._on_step = on_step
        self._batch_bytes = batch_bytes
        self._fence = Fence(store)
        self._histories: Lru[str, RecordHistory] = Lru(cached_records // 16)
        self._bodies: Lru[tuple[str, str], bytes] = Lru(cached_records)
        self._known: Lru[str, tuple[int, bool, bytes]] = Lru(cached_cases)
        self._inserts = Inserts(store, "project")
        self.known_cases = ExistingKeys("cases", expected=5_000_000)
        self._faulted: set[str] | None = None
        self._rules = NONE_KEPT

    def fill_filters(self) -> None:
        """Start to read which cases exist; until that is done ClickHouse is asked for all. Waits for nothing."""
        self.known_cases.fill(lambda: self._store.batches(read("all_cases")))

    def process(self, runs: Sequence[Run]) -> None:
        """Project every case that the runs name and make its rows durable; the caller commits afterwards."""
        if self._faulted is None:
            self._faulted = {str(case_id) for (case_id,) in self._store.query(read("faulted_cases"), {})}
        self._rules = in_force(self._store, self._rules)
        ends = {run.partition: run.records[-1].offset + 1 for run in runs}
        others_end = self._fence.enter(ends)
        try:
            self._on_step("project.fence")
            for batch in batches(told_by_case(runs, others_end), self._batch_bytes):
                self._project_batch(batch, self._faulted)
        except BaseException:
            self._fence.failed(ends)
            self._known.clear()  # the attempt may have announced more than is remembered: a repeat asks what is stored
            raise

    def _project_batch(self, told: Mapping[str, Sequence[Message]], faulted: set[str]) -> None:
        before = self._load_before(told)
        changes: list[tuple[int, CaseChange]] = []
        bodies: Bodies = {}
        for case_id, messages in told.items():
            changes.extend(to_project(read_changes(messages, bodies), before[case_id]))
        self._find_stored(before, [change.case_id for _version, change in changes if change.anew], faulted)
        self._add_bodies(changes, bodies)
        batch = BatchCases()
        for version, change in changes:
            self._project(batch, version, change, bodies)
        del changes, bodies
        after = self._flush(batch, before, faulted)
        faulted.update(case_id for case_id, case in batch.cases.items() if case.error)
        faulted.difference_update(case_id for case_id, case in batch.cases.items() if not case.error)
        for case_id, state in after.items():
            self._known.put(case_id, (state.version, state.ours, _ENCODER.encode(list(state.written.items()))))
        self._known.trim()
        self._histories.trim()
        self._bodies.trim()

    def _project(self, batch: BatchCases, version: int, change: CaseChange, bodies: Bodies) -> None:
        case_id = change.case_id
        batch.of(case_id, version).anew |= change.anew
        try:
            histories = [self._history(member, bodies) for member in change.members]
            rows = project_case(case_id, histories, BUILT_IN, self._rules.rules)
        except Exception as error:
            logger.exception("case %s could not be projected at version %d", case_id, version)
            batch.of(case_id, version).fault(version, f"{type(error).__name__}: {error}")
            return
        batch.of(case_id, version).step(version, rows)

    def _history(self, member: Member, bodies: Bodies) -> RecordHistory:
        """A record with its states parsed. The object is kept while the record stays as it is: projection remembers in
        it what it works out from the record alone."""
        held = self._histories.get(member.record_id)
        if held is not None and _same(held, member):
            return held
        known = {state.order: state for state in held.states} if held is not None else {}
        states = tuple(
            known.get(order)
            or RecordState(
                order, deleted, None if deleted else parse_body(member.kind, bodies[member.record_id, order.digest])
            )
            for order, deleted, _body in ((state.order, state.deleted, state.body) for state in member.states)
        )
        history = RecordHistory(
            member.record_id, member.kind, member.source, member.subject, member.part, states, member.reason
        )
        if held is None or len(states) >= len(held.states):  # a repeated message knows fewer: the states only grow
            self._histories.put(member.record_id, history)
        return history

    def _add_bodies(self, changes: Iterable[tuple[int, CaseChange]], bodies: Bodies) -> None:
        """To the bodies that came along with the messages those of states that are not ready: those that are kept, the
        others from `record_states`."""
        wanted: set[tuple[str, str]] = set()
        for _version, change in changes:
            for member in change.members:
                held = self._histories.get(member.record_id)
                if held is not None and _same_states(held, member):
                    continue
                known = {state.order for state in held.states} if held is not None else ()
                for state in member.states:
                    if not state.deleted and state.order not in known:
                        wanted.add((member.record_id, state.order.digest))
        for body_of, body in bodies.items():
            self._bodies.put(body_of, body)
        for body_of in wanted - bodies.keys():
            kept = self._bodies.get(body_of)
            if kept is not None:
                bodies[body_of] = kept
        lacking = wanted - bodies.keys()
        if lacking:
            found = self._store.lookup(
                read("states_of_records"), sorted({record_id for record_id, _digest in lacking}), {}
            )
            for record_id, digest, body in zip(found["record_id"], found["digest"], found["body"], strict=True):
                bodies[record_id, digest] = body
                self._bodies.put((record_id, digest), body)
            lacking -= bodies.keys()
        if lacking:
            raise LookupError(f"no body in record_states for {sorted(lacking)[:3]} and {len(lacking)} in all")

    def _load_before(self, case_ids: Iterable[str]) -> dict[str, Projected]:
        """What is known of each case: from this assignment, else what may be stored."""
        before: dict[str, Projected] = {}
        unknown: list[str] = []
        for case_id in case_ids:
            at_hand = self._known.get(case_id)
            if at_hand is None:
                unknown.append(case_id)
                before[case_id] = Projected(0, False, {})
            else:
                version, ours, written = at_hand
                before[case_id] = Projected(version, ours, dict(_WRITTEN_DECODER.decode(written)))
        stored = [str(case_id) for case_id in self.known_cases.may_hold(unknown)]
        if stored:
            found = self._store.lookup(read("row_keys_of_cases"), stored, {})
            for case_id, keys, version in zip(found["case_id"], found["row_keys"], found["latest"], strict=True):
                before[case_id] = Projected(version, False, dict.fromkeys(_KEYS_DECODER.decode(keys), 0))
        return before

    def _find_stored(self, before: Mapping[str, Projected], anew: Sequence[str], faulted: set[str]) -> None:
        """Add the keys of the rows that the tables really hold to what is known of cases that are projected anew: also
        a row that nobody announced is then buried. So it is with faults."""
        wanted = sorted(set(anew))
        if wanted:
            faulted.update(str(case_id) for (case_id,) in self._store.query(read("faulted_cases"), {}))
        for at in range(0, len(wanted), _CASES_OF_A_LOOKUP):
            found = self._store.lookup(read("rows_of_cases"), wanted[at : at + _CASES_OF_A_LOOKUP], {})
            for case_id, table, key in zip(found["case_id"], found["table"], found["row_key"], strict=True):
                before[case_id].written.setdefault(stored_key(table, key), 0)

    def _flush(self, batch: BatchCases, before: Mapping[str, Projected], faulted: set[str]) -> Mapping[str, Projected]:
        """Write the rows of a batch; gives what is known of its cases then."""
        rows, after = _rows(batch, before)
        try:
            fitted = self._inserts.fitted(rows.columns())
        except UnfitValueError:
            self._set_apart(batch, before, written=False)  # before a key of theirs is announced
            rows, after = _rows(batch, before)
            fitted = self._inserts.fitted(rows.columns())
        self.known_cases.add(after)
        may_exist: Columns = {
            "case_id": list(after),
            "row_keys": [_ENCODER.encode(list(rows.may_exist[case_id])) for case_id in after],
            "version": [batch.cases[case_id].seen_at for case_id in after],
        }
        self._store.insert("case_projections", may_exist)
        self._on_step("project.keys")
        try:
            self._inserts.insert(fitted)
        except StoreRefused as refused:
            if not refused.of_data:
                raise
            self._set_apart(batch, before, written=True)
            _, after = _rows(batch, before)
        self._inserts.together([("case_faults", batch.fault_columns(faulted))])
        self._on_step("project.rows")
        return after

    def _set_apart(self, batch: BatchCases, before: Mapping[str, Projected], *, written: bool) -> None:
        """Mark the cases whose rows do not fit, so that the others go on; or write the others, where the server refuses
        what fits (`written`): some of the rows of those that it refuses may then be there."""

        def attempt(case_ids: Sequence[str]) -> None:
            rows, _ = _rows(batch, before, case_ids)
            fitted = self._inserts.fitted(rows.columns())
            if written:
                self._inserts.insert(fitted)

        for case_id, error in set_apart(list(batch.cases), attempt).items():
            case = batch.cases[case_id]
            logger.error("case %s could not be written at version %d: %s", case_id, case.seen_at, error)
            case.unwritten(f"{type(error).__name__}: {error}", may_exist=written)


def _rows(
    batch: BatchCases, before: Mapping[str, Projected], case_ids: Iterable[str] | None = None
) -> tuple[BatchRows, dict[str, Projected]]:
    """The rows to write of the cases of a batch, of all or of some, and what is known of each then."""
    rows = BatchRows()
    chosen = batch.cases if case_ids is None else case_ids
    return rows, {case_id: rows.take(case_id, batch.cases[case_id], before[case_id]) for case_id in chosen}


def _same(held: RecordHistory, member: Member) -> bool:
    return held.reason == member.reason and _same_states(held, member)


def _same_states(held: RecordHistory, member: Member) -> bool:
    return len(held.states) == len(member.states) and all(
        one.order == other.order for one, other in zip(held.states, member.states, strict=True)
    )
