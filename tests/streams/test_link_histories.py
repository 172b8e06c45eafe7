"""The linker over the real ClickHouse ends as the plain batch computation: whatever the chunk borders, the cache, the
steps at which it fails, and the take-overs by a linker that remembers nothing."""

import itertools
import random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clickhouse.store import Store
from schemas.flow import HEADS_ENCODER, CaseChanges, Head, Heads, Key
from streams.link_agent import Linker
from streams.offsets import Record
from streams.topics import CASES, RECORDS
from tests.linked import Chunk, Kept
from tests.processors.linking.heads import decision, head, hearing
from tests.processors.linking.plain import cases_of_all

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1200)]

LIMIT = 4
DECODER = msgspec.msgpack.Decoder(CaseChanges)
_runs = itertools.count()
_offsets = itertools.count()


class BrokenError(RuntimeError):
    """The failure that a test injects."""


def history(run: int, pick: random.Random, length: int) -> list[Head]:
    """Few records, many states; identifiers and subjects of this run alone, since all runs share the tables."""

    def key() -> tuple[str, str]:
        kind = pick.choice(("crime_ref", "asn", "urn", "court_case_id", "hearing_id"))
        return kind, f"{run}-{pick.randrange(2)}"

    heads: list[Head] = []
    for _ in range(length):
        time, deleted = pick.randrange(1, 5), pick.randrange(6) == 0
        match pick.randrange(5):
            case 0:
                cases = [f"{run}-{n}" for n in pick.sample(range(4), pick.randrange(4))]
                heads.append(hearing(f"{run}-{pick.randrange(2)}/day", *cases, time=time))
            case 1 if heads:
                records = [one for one in heads if one.kind != "casestream.link_decision"]
                named = [part.record_id for one in records for part in one.parts]
                named.append(head("police.crime", f"{run}-never told").subject_id)
                if len(set(named)) > 1:
                    first, second = pick.sample(sorted(set(named)), 2)
                    verdict = pick.choice(("include", "exclude", "exclude"))
                    heads.append(decision(verdict, first, second, time=time, deleted=deleted))
            case _:
                kind = pick.choice(("police.crime", "police.suspect", "cps.decision", "court.case", "court.patch"))
                keys = {key() for _ in range(pick.randrange(1, 4))}
                heads.append(head(kind, f"{run}-{pick.randrange(4)}", *keys, time=time, deleted=deleted))
    unique = {(one.subject_id, one.order): one for one in heads}
    return [unique[one.subject_id, one.order] for one in heads]


def run_linker(store: Store, heads: list[Head], pick: random.Random) -> Kept:
    """Feed the linker, in chunks, with failures and take-overs, until all is done."""
    sent = Kept(CASES)
    start = next(_offsets)
    messages, at = [], 0
    while at < len(heads):
        size = pick.randrange(1, 5)
        offset = start + len(messages)
        messages.append(Record(offset, None, HEADS_ENCODER.encode(Heads(tuple(heads[at : at + size]))), 0, ()))
        at += size
    for _ in messages[1:]:
        next(_offsets)

    def fail(step: str) -> None:
        if pick.random() < 0.1:
            raise BrokenError(step)

    def linker() -> Linker:
        return Linker(
            store, sent, 1, case_partitions=2, key_record_limit=LIMIT, cached_records=pick.choice((0, 3, 50)),
            on_step=fail,
        )  # fmt: skip

    one, done = linker(), 0
    while done < len(messages):
        size = pick.randrange(1, 6)
        try:
            one.process(Chunk(RECORDS, 0, messages[done : done + size]))
        except BrokenError:
            if pick.randrange(2):
                one = linker()
            continue
        done += size
        if pick.randrange(6) == 0:
            one = linker()
    return sent


def check(store: Store, length: int, seed: int) -> None:
    run, pick = next(_runs), random.Random(seed)
    heads = history(run, pick, length)
    if not heads:
        return
    sent = run_linker(store, heads, pick)
    expected = cases_of_all(heads, LIMIT)
    told: dict[str, tuple[int, frozenset[str]]] = {}
    for message in map(DECODER.decode, sent.messages):
        for change in message.changes:
            if message.version >= told.get(change.case_id, (-1, frozenset()))[0]:
                told[change.case_id] = message.version, frozenset(one.record_id for one in change.members)
    by_case: dict[str, set[str]] = {}
    for record_id, least in expected.cases.items():
        by_case.setdefault("c" + least[1:], set()).add(record_id)
    assert {case: members for case, (_version, members) in told.items() if members} == by_case
    ids = sorted({part.record_id for one in heads for part in one.parts} | {one.subject_id for one in heads})
    members = store.lookup(
        "SELECT record_id, case_id, toString(reason_kind) AS kind, reason_value, reason_record"
        " FROM casestream.case_members FINAL WHERE record_id IN {keys:Array(String)}", ids, {},
    )  # fmt: skip
    assert set(zip(*members.values(), strict=True)) == {
        (record_id, "c" + least[1:], *expected.reasons[record_id]) for record_id, least in expected.cases.items()
    }
    held = store.lookup(
        "SELECT decision_id, record_id, toString(key_kind) AS kind, key_value FROM casestream.held_out_links FINAL"
        " WHERE record_id IN {keys:Array(String)}", ids, {},
    )  # fmt: skip
    found = {
        (one, record_id, Key(kind, value))
        for one, record_id, kind, value in zip(
            held["decision_id"], held["record_id"], held["kind"], held["key_value"], strict=True
        )
    }
    assert found == expected.held_out
    over = store.lookup(
        "SELECT toString(key_kind) AS kind, key_value, records FROM casestream.held_out_keys FINAL WHERE"
        " substring(key_value, 1, position(key_value, '-') - 1) IN {keys:Array(String)}", [str(run)], {},
    )  # fmt: skip
    assert set(zip(*over.values(), strict=True)) == {(*key, records) for key, records in expected.crowded.items()}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(1, 40), st.integers(0, 1_000_000))
def test_a_linker_that_fails_and_is_replaced_ends_as_the_batch(store: Store, length: int, seed: int) -> None:
    check(store, length, seed)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(1, 120), st.integers(0, 1_000_000))
def test_a_great_many_histories_over_clickhouse_end_as_the_batch(store: Store, length: int, seed: int) -> None:
    check(store, length, seed)


@pytest.mark.parametrize("seed", [3, 11])
def test_a_decision_and_a_later_state_in_one_chunk_about_a_record_that_is_not_there(store: Store, seed: int) -> None:
    run = next(_runs)
    crime = head("police.crime", f"{run}-a", ("crime_ref", f"{run}-0"))
    again = head("police.crime", f"{run}-a", ("crime_ref", f"{run}-1"), time=2)
    nobody = head("police.crime", f"{run}-never told").subject_id
    heads = [crime, decision("include", crime, nobody), again]
    sent = run_linker(store, heads, random.Random(seed))
    (case_id,) = {c.case_id for m in map(DECODER.decode, sent.messages) for c in m.changes}
    assert case_id == "c" + crime.subject_id[1:]
