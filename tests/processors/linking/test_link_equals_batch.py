"""For any history, order, duplication and message borders the cases equal those of a plain batch computation over the
final records (`plain`), which shares no code with the live one: with corrections, deletions, hearing days of several
cases, identifiers on too many records, and people's decisions."""


import itertools
import random
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processors.linking.entries import DecisionState, RecordState
from processors.linking.link import link
from processors.linking.memory import Memory
from schemas.flow import Head, Key, part_id, subject_id
from schemas.linking import LINK_DECISION
from tests.processors.linking.heads import (
    carriers_of,
    complete_memory,
    current_of,
    decision,
    entries_of,
    head,
    hearing,
)
from tests.processors.linking.plain import cases_of_all
from tests.processors.linking.regressions import HISTORIES

LIMIT = 4
KIND_NAMES = ("police.crime", "police.suspect", "cps.decision", "court.case", "court.patch")
KEYS = [(kind, str(n)) for kind in ("crime_ref", "asn", "urn", "court_case_id", "hearing_id") for n in range(2)]
RECORDS = [subject_id("s", kind, subject) for kind in KIND_NAMES[:4] for subject in "ab"]
RECORDS += [part_id(subject_id("s", "court.hearing", "0/day"), case) for case in "01"]


@st.composite
def plain_head(draw: st.DrawFn) -> Head:
    kind = draw(st.sampled_from(KIND_NAMES))
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True))
    return head(
        kind, draw(st.sampled_from("abcd")), *keys,
        time=draw(st.integers(1, 4)), deleted=draw(st.integers(0, 5)) == 0, tie=draw(st.sampled_from("xy")),
    )  # fmt: skip


@st.composite
def hearing_head(draw: st.DrawFn) -> Head:
    cases = draw(st.lists(st.sampled_from("0123"), max_size=3, unique=True))
    return hearing(
        f"{draw(st.sampled_from('01'))}/day", *cases, time=draw(st.integers(1, 4)), tie=draw(st.sampled_from("xy"))
    )


@st.composite
def decided(draw: st.DrawFn) -> Head:
    first, second = draw(st.lists(st.sampled_from(RECORDS), min_size=2, max_size=2, unique=True))
    return decision(
        draw(st.sampled_from(("include", "exclude", "exclude"))), first, second, time=draw(st.integers(1, 4)),
        deleted=draw(st.integers(0, 5)) == 0, subject=draw(st.sampled_from(("", "", "x", "y"))),
        tie=draw(st.sampled_from("xy")),
    )  # fmt: skip


HISTORY = st.lists(st.one_of(plain_head(), plain_head(), hearing_head(), decided()), max_size=30)


class Told(NamedTuple):
    """What the messages told in the end: the cases, the links that decisions hold out, the identifiers on too many
    records."""

    cases: dict[str, frozenset[str]]
    held_out: set[tuple[str, str, Key]]
    crowded: dict[Key, int]


def applied(history: list[Head], size: int) -> tuple[Memory, Told]:
    """The memory, and what was told."""
    memory = complete_memory(*history)
    told = Told({}, set(), {})
    for start in range(0, len(history), size):
        step = link(memory, history[start : start + size], LIMIT)
        for change in step.cases:
            told.cases[change.case_id] = frozenset(member.record_id for member in change.members)
        for (decision_id, held), out in step.held_links.items():
            (told.held_out.add if out else told.held_out.discard)((decision_id, held.record_id, held.key))
        told.crowded.update(step.held_out)
    return memory, told


def check(heads: list[Head], size: int) -> None:
    unique = {(one.subject_id, one.order): one for one in heads}  # the same order is the same state
    history = [unique[one.subject_id, one.order] for one in heads]
    memory, told = applied(history, size)
    current = current_of(memory)
    expected = cases_of_all(history, LIMIT)
    assert {entry.record_id: "r" + entry.case_id[1:] for entry in current} == expected.cases
    assert {entry.record_id: entry.reason for entry in current} == expected.reasons
    by_case: dict[str, set[str]] = {}
    for record_id, least_id in expected.cases.items():
        by_case.setdefault("c" + least_id[1:], set()).add(record_id)
    assert {case: members for case, members in told.cases.items() if members} == by_case
    assert told.held_out == expected.held_out
    assert {key: records for key, records in told.crowded.items() if records} == expected.crowded
    for key, carriers in carriers_of(memory).items():
        assert all(key in memory.held(record_id).keys for record_id in carriers)
    reasons_lead_to_the_name(memory)


def reasons_lead_to_the_name(memory: Memory) -> None:
    """Each record's reason is an identifier of its own, or a decision, and a record nearer to the case's name."""
    for entry in current_of(memory):
        at, steps = entry, 0
        while at.reason.with_record:
            kind, value, near = at.reason
            if kind == "include":
                assert set(memory.decisions[value].named) == {at.record_id, near}
            else:
                assert (kind, value) in at.keys and (kind, value) in memory.held(near).keys
            at, steps = memory.held(near), steps + 1
            assert steps < 100
        assert at.case_id == entry.case_id == "c" + at.record_id[1:]




@settings(max_examples=300, deadline=None)
@given(HISTORY, st.integers(1, 5))
def test_any_history_in_any_order_ends_as_the_batch(heads: list[Head], size: int) -> None:
    check(heads, size)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@settings(max_examples=4_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(HISTORY, st.integers(1, 5))
def test_a_great_many_histories_end_as_the_batch(heads: list[Head], size: int) -> None:
    check(heads, size)


@settings(max_examples=200, deadline=None)
@given(HISTORY, st.integers(1, 5), st.integers(0, 1_000))
def test_order_and_repeats_change_nothing(heads: list[Head], size: int, seed: int) -> None:
    unique = {(one.subject_id, one.order): one for one in heads}
    history = list(unique.values())
    pick = random.Random(seed)
    again = [*history, *pick.sample(history, len(history) // 2)]
    pick.shuffle(again)
    one, other = applied(history, size)[0], applied(again, 1)[0]
    assert state_of(one) == state_of(other)


def state_of(memory: Memory) -> dict[str, object]:
    """Records and decisions as they are remembered in the end, without the empty ones of hearings."""
    entries = {name: entry for name, entry in entries_of(memory).items() if isinstance(entry, RecordState)}
    return {**entries, **memory.decisions}


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_that_once_failed_ends_as_the_batch(name: str) -> None:
    history = HISTORIES[name]
    for size in (1, 2, 5):
        check(history, size)
    ended = state_of(applied(history, 1)[0])
    for other in itertools.islice(itertools.permutations(history), 0, 5_000, 7):
        assert state_of(applied(list(other), 1)[0]) == ended


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(plain_head(), hearing_head(), decided()), min_size=1, max_size=12))
def test_a_failed_chunk_leaves_the_memory_as_it_was(heads: list[Head]) -> None:
    memory = complete_memory(*heads)
    half = len(heads) // 2
    link(memory, heads[:half], LIMIT)
    memory.commit()
    entries, decisions = entries_of(memory), dict(memory.decisions)
    decided_before = {record_id: dict(of) for record_id, of in memory.decided.items()}
    carriers = carriers_of(memory)
    link(memory, heads[half:], LIMIT)
    memory.rollback()
    assert entries_of(memory) == entries
    assert carriers_of(memory) == carriers
    assert memory.decisions == decisions
    assert memory.decided == decided_before


def test_decisions_are_kept_apart_from_records() -> None:
    memory = complete_memory()
    link(memory, [decision("exclude", RECORDS[0], RECORDS[1])], LIMIT)
    (one,) = memory.decisions.values()
    assert isinstance(one, DecisionState) and one.kind == LINK_DECISION
    assert not entries_of(memory)
