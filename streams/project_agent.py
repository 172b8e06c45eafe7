"""The agent project: the changed cases -> their rows, for whatever partitions of `cases` it has.

Of a chunk it projects each case as of its last message and writes, under that message's version, the rows that differ
from what was written before, and a tombstone for every row that was there and is not now. It does so in batches of
cases: a chunk may be far larger than what its rows may take at once, and the larger it is the fewer cases come twice.
The keys of all rows that may exist are written first, so a take-over knows what to bury. Where another worker may have
begun (`streams.fence`), every message is projected in turn, and every row that existed at any of them is written again
or buried. So a repeat, other chunk borders or a stale worker end in the same rows.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import msgspec

from clickhouse.queries import read
from clickhouse.store import Store
from processors.cases.histories import RecordHistory, RecordState, parse_body
from processors.cases.offences import BUILT_IN
from processors.cases.project import project_case
from schemas.flow import CaseChange, CaseChanges, Member
from schemas.rows import TABLES, Row
from streams.chunks import Lru, Run, Step, no_step
from streams.existing import ExistingKeys
from streams.fence import Fence
from streams.flag_rules import NONE_KEPT, in_force

logger = logging.getLogger(__name__)

RowKey = tuple[int, tuple[str | int, ...]]
"""A row's table, by its number in `TABLES`, and its key after the case id."""

Columns = dict[str, Sequence[object]]

_TABLES = tuple(TABLES.values())
_NUMBER = {table.name: number for number, table in enumerate(_TABLES)}
_KEY_AT = tuple(tuple(table.row._fields.index(field) for field in table.key) for table in _TABLES)

_KEY_IS_NUMBER = tuple(
    tuple(table.columns[at].type in ("UInt16", "Date32") for at in key_at)
    for table, key_at in zip(_TABLES, _KEY_AT, strict=True)
)
_CASES_OF_A_LOOKUP = 500
"""So many cases are looked up in all tables at once."""

Written = dict[RowKey, int]
"""The rows of a case that are live or may be: key -> hash of the row as written by this process, 0 when unknown."""

class Projected(NamedTuple):
    """What is known of a case: the version it was last projected at, whether by this assignment (then nothing below is
    of interest any more), and its rows."""

    version: int
    ours: bool
    written: Written


Bodies = dict[tuple[str, str], bytes]
"""Bodies by record and digest."""

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
        self._inserts = ThreadPoolExecutor(max_workers=4, thread_name_prefix="project-insert")
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
            for batch in _batches(_told(runs, others_end), self._batch_bytes):
                self._project_batch(batch, self._faulted)
        except BaseException:
            self._fence.failed(ends)
            self._known.clear()  # the attempt may have announced more than is remembered: a repeat asks what is stored
            raise

    def _project_batch(self, told: Mapping[str, Sequence["_Message"]], faulted: set[str]) -> None:
        before = self._load_before(told)
        changes: list[tuple[int, CaseChange]] = []
        bodies: Bodies = {}
        for case_id, messages in told.items():
            changes.extend(_to_project(_read(messages, bodies), before[case_id]))
        self._find_stored(before, [change.case_id for _version, change in changes if change.anew], faulted)
        self._add_bodies(changes, bodies)
        chunk = _Chunk()
        for version, change in changes:
            self._project(chunk, version, change, bodies)
        del changes, bodies
        rows = _ChunkRows()
        after = {case_id: rows.take(case_id, case, before[case_id]) for case_id, case in chunk.cases.items()}
        self._flush(rows, chunk, after, faulted)
        faulted.update(case_id for case_id, case in chunk.cases.items() if case.error)
        faulted.difference_update(case_id for case_id, case in chunk.cases.items() if not case.error)
        for case_id, state in after.items():
            self._known.put(case_id, (state.version, state.ours, _ENCODER.encode(list(state.written.items()))))
        self._known.trim()
        self._histories.trim()
        self._bodies.trim()

    def _project(self, chunk: "_Chunk", version: int, change: CaseChange, bodies: "Bodies") -> None:
        case_id = change.case_id
        chunk.of(case_id, version).anew |= change.anew
        try:
            histories = [self._history(member, bodies) for member in change.members]
            rows = project_case(case_id, histories, BUILT_IN, self._rules.rules)
        except Exception as error:
            logger.exception("case %s could not be projected at version %d", case_id, version)
            chunk.of(case_id, version).fault(version, f"{type(error).__name__}: {error}")
            return
        chunk.of(case_id, version).step(version, rows)

    def _history(self, member: Member, bodies: "Bodies") -> RecordHistory:
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

    def _add_bodies(self, changes: Iterable[tuple[int, CaseChange]], bodies: "Bodies") -> None:
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

    def _load_before(self, case_ids: Iterable[str]) -> dict[str, "Projected"]:
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

    def _find_stored(self, before: Mapping[str, "Projected"], anew: Sequence[str], faulted: set[str]) -> None:
        """Add the keys of the rows that the tables really hold to what is known of cases that are projected anew: also
        a row that nobody announced is then buried. So it is with faults."""
        wanted = sorted(set(anew))
        if wanted:
            faulted.update(str(case_id) for (case_id,) in self._store.query(read("faulted_cases"), {}))
        for at in range(0, len(wanted), _CASES_OF_A_LOOKUP):
            found = self._store.lookup(read("rows_of_cases"), wanted[at : at + _CASES_OF_A_LOOKUP], {})
            for case_id, table, key in zip(found["case_id"], found["table"], found["row_key"], strict=True):
                before[case_id].written.setdefault(_stored_key(table, key), 0)

    def _flush(
        self, rows: "_ChunkRows", chunk: "_Chunk", after: Mapping[str, Projected], faulted: set[str]
    ) -> None:
        self.known_cases.add(after)
        may_exist: Columns = {
            "case_id": list(after),
            "row_keys": [_ENCODER.encode(list(rows.may_exist[case_id])) for case_id in after],
            "version": [chunk.cases[case_id].seen_at for case_id in after],
        }
        self._store.insert("case_projections", may_exist)
        self._on_step("project.keys")
        inserts = [
            self._inserts.submit(self._store.insert, table, columns) for table, columns in rows.columns()
        ]
        faults = chunk.fault_columns(faulted)
        if faults["case_id"]:
            inserts.append(self._inserts.submit(self._store.insert, "case_faults", faults))
        for insert in inserts:
            insert.result()
        self._on_step("project.rows")


def _same(held: RecordHistory, member: Member) -> bool:
    return held.reason == member.reason and _same_states(held, member)


def _same_states(held: RecordHistory, member: Member) -> bool:
    return len(held.states) == len(member.states) and all(
        one.order == other.order for one, other in zip(held.states, member.states, strict=True)
    )


class _Message(NamedTuple):
    """A change of a case, not read yet. `exact`: another worker may have written rows as of it."""

    version: int
    exact: bool
    change: msgspec.Raw


class _Change(NamedTuple):
    """A change of a case that was read."""

    version: int
    exact: bool
    change: CaseChange


class _Named(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of a CaseChange only which case it is."""

    case_id: str


_MESSAGE_DECODER = msgspec.msgpack.Decoder(tuple[int, tuple[msgspec.Raw, ...]])
_NAMED_DECODER = msgspec.msgpack.Decoder(_Named)
_CHANGE_DECODER = msgspec.msgpack.Decoder(CaseChange)


def _told(runs: Sequence[Run], others_end: Mapping[int, int]) -> dict[str, list[_Message]]:
    """The messages of each case."""
    told: dict[str, list[_Message]] = {}
    for run in runs:
        for message in run.records:
            version, changes = _MESSAGE_DECODER.decode(message.value)
            exact = message.offset < others_end[run.partition]
            for change in changes:
                told.setdefault(_NAMED_DECODER.decode(change).case_id, []).append(_Message(version, exact, change))
    return told


def _batches(told: Mapping[str, list[_Message]], size: int) -> Iterator[dict[str, list[_Message]]]:
    """The cases, in parts whose last messages have about so many bytes."""
    batch: dict[str, list[_Message]] = {}
    held = 0
    for case_id, messages in told.items():
        batch[case_id] = messages
        held += len(messages[-1].change)
        if held >= size:
            yield batch
            batch, held = {}, 0
    if batch:
        yield batch


def _read(messages: Iterable[_Message], bodies: Bodies) -> list[_Change]:
    """The changes of one case. The bodies that travel along are put to the others: also with a message that is not
    projected itself comes what a later one needs."""
    changes = []
    for version, exact, told in messages:
        change = _CHANGE_DECODER.decode(told)
        changes.append(_Change(version, exact, change))
        for member in change.members:
            for state in member.states:
                if state.body is not None:
                    bodies[member.record_id, state.order.digest] = state.body
    return changes


def _to_project(messages: list[_Change], before: Projected) -> list[tuple[int, CaseChange]]:
    """The messages of one case that have to be projected, in the order of their versions: the last, and before it every
    one as of which another worker may have written, so that no row of a step in between is missed. A linker that
    woke up late sends old versions again: what this assignment is past is left out."""
    done = before.version if before.ours else -1
    if len(messages) == 1:
        (only,) = messages
        return [(only.version, only.change)] if only.version > done else []
    by_version = sorted({message.version: message for message in messages if message.version > done}.items())
    chosen = [
        (version, message.change)
        for at, (version, message) in enumerate(by_version, start=1)
        if message.exact or at == len(by_version)
    ]
    if any(message.change.anew for _version, message in by_version):  # also when one that is passed over asked for it
        chosen = [(version, CaseChange(change.case_id, change.members, True)) for version, change in chosen]
    return chosen


class _Case:
    """A case in a chunk: its rows as of the last message that could be projected, the keys of the rows at every
    message, and the last error. `rows` is None while no message of the chunk could be projected. `anew`: a message asks
    for all rows."""

    __slots__ = ("anew", "error", "messages", "rows", "seen_at", "steps", "version")

    def __init__(self, version: int) -> None:
        self.version = version
        self.seen_at = version
        self.rows: dict[RowKey, Row] | None = None
        self.steps: set[RowKey] = set()
        self.messages = 0
        self.anew = False
        self.error = ""

    def step(self, version: int, rows: Mapping[str, Sequence[Row]]) -> None:
        """The case as of one message."""
        keyed: dict[RowKey, Row] = {}
        for name, of_table in rows.items():
            number = _NUMBER[name]
            key_at = _KEY_AT[number]
            for row in of_table:
                keyed[number, tuple([row[at] for at in key_at])] = row  # type: ignore[misc]
        self.version = self.seen_at = version
        self.rows = keyed
        self.steps.update(keyed)
        self.messages += 1
        self.error = ""

    def fault(self, version: int, error: str) -> None:
        """The case could not be projected: it keeps the rows that it has."""
        self.seen_at = version
        self.messages += 1
        self.error = error


class _Chunk:
    """The cases of a chunk."""

    def __init__(self) -> None:
        self.cases: dict[str, _Case] = {}

    def of(self, case_id: str, version: int) -> _Case:
        """A case of the chunk, from its first message on."""
        case = self.cases.get(case_id)
        if case is None:
            case = self.cases[case_id] = _Case(version)
        return case

    def fault_columns(self, faulted: set[str]) -> dict[str, list[object]]:
        """Rows of case_faults: one for each case with an error, and a tombstone for each that is well again."""
        told = {case_id: case for case_id, case in self.cases.items() if case.error or case_id in faulted}
        return {
            "case_id": list(told),
            "error": [case.error for case in told.values()],
            "version": [case.seen_at for case in told.values()],
            "is_deleted": [int(not case.error) for case in told.values()],
        }


class _ChunkRows:
    """What a chunk writes, by table."""

    def __init__(self) -> None:
        self.may_exist: dict[str, set[RowKey]] = {}
        self._rows: list[list[tuple[object, ...]]] = [[] for _ in _TABLES]

    def take(self, case_id: str, case: _Case, before: Projected) -> Projected:
        """The rows of one case that must be written, and what is known then. After several messages all are written: an
        attempt that saw fewer of them may have left any row as it was in between. Where others went further than this
        chunk, their rows stand; a row of a step in between that they did not announce, because they passed over it, is
        buried under their version, or an old message that comes again would leave it."""
        may_exist = self.may_exist[case_id] = before.written.keys() | case.steps
        if case.rows is None:
            return Projected(before.version, before.ours, dict.fromkeys(may_exist, 0))
        if case.version < before.version:
            for key in case.steps - before.written.keys():
                self._rows[key[0]].append((*_tombstone(case_id, key), before.version, 1))
            return Projected(before.version, False, dict.fromkeys(may_exist, 0))
        written: Written = {}
        for key, row in case.rows.items():
            hashed = hash(row)
            written[key] = hashed
            if case.messages > 1 or case.anew or before.written.get(key) != hashed:
                self._rows[key[0]].append((*row, case.version, 0))
        for key in may_exist:
            if key not in case.rows:
                self._rows[key[0]].append((*_tombstone(case_id, key), case.version, 1))
        return Projected(case.version, True, written)

    def columns(self) -> Iterable[tuple[str, Columns]]:
        """The rows by column, of each table that has any."""
        for table, rows in zip(_TABLES, self._rows, strict=True):
            if rows:
                names = (*table.row._fields, "version", "is_deleted")
                yield table.name, dict(zip(names, zip(*rows, strict=True), strict=True))


def _stored_key(table: str, fields: Sequence[bytes]) -> RowKey:
    """The key of a stored row, of its fields as text."""
    number = _NUMBER[table]
    numeric = _KEY_IS_NUMBER[number]
    return number, tuple(
        int(field) if is_number else field.decode() for field, is_number in zip(fields, numeric, strict=True)
    )


_EMPTY = {"String": "", "LowCardinality(String)": "", "Array(LowCardinality(String))": (), "Array(String)": ()}
_BLANK: tuple[list[object], ...] = tuple(
    [None if column.type.startswith("Nullable") else _EMPTY.get(column.type, 0) for column in table.columns]
    for table in _TABLES
)
"""A row of each table that says nothing."""


def _tombstone(case_id: str, key: RowKey) -> list[object]:
    """A row that holds only its key."""
    number, fields = key
    values = _BLANK[number].copy()
    values[0] = case_id
    for at, value in zip(_KEY_AT[number], fields, strict=True):
        values[at] = value
    return values


assert CaseChanges.__struct_fields__ == ("version", "changes"), "project reads CaseChanges field by field"
assert CaseChange.__struct_fields__[0] == "case_id"
