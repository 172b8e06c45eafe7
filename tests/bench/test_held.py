"""The bench of records held: its copies are what the Linker would have written, and it notices what is not found."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from bench.held.checking import NotFoundError, check
from bench.held.copies import MONTH_US, Copies, mark
from bench.held.filling import fill
from bench.held.history import EPOCH, History, history, link_once
from bench.held.mix import Correction
from bench.held.pieces import MARK, TIME, pieces
from bench.held.run import Plan, measure
from clickhouse.store import Store
from schemas.flow import NO_TIME
from streams.topics import version
from tests.tables import empty

COPY = 1


@pytest.fixture(scope="module")
def told() -> History:
    return history(700, seed=3)


@pytest.fixture
def copies(store: Store, told: History) -> Iterator[Copies]:
    """Three copies in the tables."""
    empty(store)
    yield fill(store, told, 3 * told.records)
    empty(store)


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return sorted(store.query(sql, {}), key=repr)


@pytest.mark.integration
def test_a_copy_is_what_the_linker_writes_of_its_heads(store: Store, told: History, copies: Copies) -> None:
    assert copies.count == 3
    written, messages = link_once([copies.head(head, COPY) for head in told.heads])
    assert messages == told.messages

    def expected(table: str, *names: str) -> list[tuple[Any, ...]]:
        columns = {name: list(values) for name, values in written.columns[table].items()}
        columns["version"] = [at + COPY * messages for at in columns["version"]]
        for name, values in columns.items():
            columns[name] = [one.decode("latin-1") if isinstance(one, bytes) else one for one in values]
        return sorted(zip(*(columns[name] for name in names), strict=True), key=repr)

    first, end = version(EPOCH, COPY * messages), version(EPOCH, (COPY + 1) * messages)
    where = f"WHERE version >= {first} AND version < {end}"
    wanted = "SELECT record_id, version, hex(state) AS state FROM casestream.link_records"
    states = store.query_columns(f"{wanted} {where}", {})
    found = [
        (record_id, at, bytes.fromhex(state).decode("latin-1"))
        for record_id, at, state in zip(states["record_id"], states["version"], states["state"], strict=True)
    ]
    assert sorted(found, key=repr) == expected("link_records", "record_id", "version", "state")
    keys = ("key_hash", "record_id", "version", "present", "key_kind", "key_value")
    assert rows(store, f"SELECT {', '.join(keys)} FROM casestream.link_keys {where}") == expected("link_keys", *keys)
    readers = ("record_id", "kind", "source", "subject", "part", "current", "deleted", "states", "digest", "version")
    assert rows(store, f"SELECT {', '.join(readers)} FROM casestream.records FINAL {where}") == last(
        expected("linked_records", *readers)
    )
    members = ("record_id", "case_id", "reason_kind", "reason_value", "reason_record", "version")
    assert rows(
        store, f"SELECT {', '.join(members)} FROM casestream.case_members FINAL {where}"
    ) == last(row for row in expected("linked_records", *members) if row[1])
    known = "SELECT record_id, toUnixTimestamp64Micro(known_at), version FROM casestream.records FINAL"
    assert rows(store, f"{known} {where}") == last(expected("linked_records", "record_id", "known_at", "version"))


def last(found: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The row of the highest version of each record."""
    latest: dict[str, tuple[Any, ...]] = {}
    for row in found:
        if row[0] not in latest or latest[row[0]][-1] < row[-1]:
            latest[row[0]] = row
    return sorted(latest.values(), key=repr)


@pytest.mark.integration
def test_bodies_are_there_and_copies_share_nothing(store: Store, told: History, copies: Copies) -> None:
    ((states, records, ids),) = store.query(
        "SELECT count(), uniqExact(record_id), (SELECT uniqExact(record_id) FROM casestream.records)"
        " FROM casestream.record_states FINAL", {}
    )  # fmt: skip
    assert states == 3 * len(set(zip(*told.rows["record_states"].values(), strict=True)))
    assert ids == 3 * told.records
    assert records == 3 * len(set(told.rows["record_states"]["record_id"]))
    ((shared,),) = store.query(
        "SELECT count() FROM (SELECT key_hash FROM casestream.link_keys"
        " GROUP BY key_hash HAVING uniqExact(substring(key_value, 1, 7)) > 1)", {}
    )  # fmt: skip
    assert shared == 0


@pytest.mark.integration
def test_a_correction_that_was_not_linked_is_noticed(store: Store, told: History, copies: Copies) -> None:
    head = told.corrections[0]
    missed = Correction(COPY, head.subject_id, copies.head(head, COPY, later_us=MONTH_US))
    with pytest.raises(NotFoundError, match="1 of 1"):
        check(store, told, copies, [missed])


@pytest.mark.integration
def test_a_small_size_is_measured() -> None:
    found = measure(Plan(held=1_000, new=100, together=25, cached=100, history=700, seed=3))
    assert found.corrections == 10
    assert found.held == pytest.approx(1_000, rel=0.5)
    assert found.lookups > 0
    assert found.looked_up >= 2 * found.corrections  # each with its identifiers
    assert 0 <= found.false < found.absent
    assert min(found.alone.worker, found.mixed.worker, found.mixed.wall) > 0


def test_corrections_say_something_else_of_the_same_cases(told: History) -> None:
    before = {head.subject_id: head for head in told.heads}
    assert len(told.corrections) > 20
    for head in told.corrections:
        was = before[head.subject_id]
        assert head.parts[0].keys == was.parts[0].keys
        assert head.order.digest != was.order.digest
    groups = [told.groups[head.subject_id[1:]] for head in told.corrections]
    assert len(set(groups)) == len(groups)


def test_pieces_put_together_with_what_was_cut_are_the_state(told: History) -> None:
    states = told.rows["link_records"]
    times = 0
    for record_id, state in zip(states["record_id"], states["state"], strict=True):
        group = told.groups[record_id[1:]]
        cut = pieces(state, group)
        whole = b"".join(
            text + (b"" if put in (0, MARK) else time.to_bytes(8, "big") if put == TIME else group[put - 1].encode())
            for text, put, time in zip(*cut, strict=True)
        )
        times += cut.puts.count(TIME)
        # subjects and identifiers say that they are longer; whatever has none is the state itself
        assert whole == state or MARK in cut.puts
        assert len(state) <= len(whole) <= len(state) + 2 * cut.puts.count(MARK)
    assert times > len(states["record_id"]) // 2


def test_copies_end_between_a_year_and_a_month_ago() -> None:
    copies = Copies(5, 10, {})
    assert [round(copies.earlier_us(copy) / MONTH_US, 1) for copy in range(5)] == [12.2, 9.4, 6.6, 3.8, 1.0]
    assert copies.a_month_ago() == [4]
    assert copies.end_offset == 50
    assert Copies(1, 10, {}).a_month_ago() == [0]


def test_a_copy_of_a_head_is_of_another_record(told: History) -> None:
    copies = Copies(2, told.messages, told.groups)
    head = next(head for head in told.heads if head.parts and head.parts[0].keys)
    copied = copies.head(head, 0)
    assert copied.subject_id != head.subject_id
    assert copied.subject == mark(0) + head.subject
    assert copied.parts[0].keys != head.parts[0].keys
    assert copied.order.time_us < head.order.time_us or head.order.time_us == NO_TIME
