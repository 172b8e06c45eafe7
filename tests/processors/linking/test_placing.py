"""Records that are moved one by one end in the same cases, for the same reasons, as when all is searched anew."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processors.linking.at_hand import RECORD_ID, member_of
from processors.linking.link import link
from processors.linking.memory import Memory, NotAtHandError
from processors.linking.nodes import Node
from processors.linking.walk import case_around
from schemas.flow import CaseChange, Head, Key, record_id_of
from tests.processors.linking.heads import cases_of, complete_memory, decision, head
from tests.processors.linking.plain import cases_of_all
from tests.processors.linking.test_link_equals_batch import decided, hearing_head, plain_head, state_of

LIMIT = 6
KINDS = ("police.crime", "police.suspect", "cps.decision", "court.case")


@st.composite
def chained_head(draw: st.DrawFn) -> Head:
    """A record with up to two neighbouring identifiers of a chain, so that cases are long and come apart."""
    at = draw(st.integers(0, 7))
    further = [("urn", str(at + 1)), ("asn", str(at // 3))]
    keys = [("urn", str(at)), *draw(st.lists(st.sampled_from(further), unique=True))]
    return head(
        draw(st.sampled_from(KINDS)), draw(st.sampled_from("abcdef")), *keys,
        time=draw(st.integers(1, 9)), deleted=draw(st.integers(0, 6)) == 0,
    )  # fmt: skip


CHAINS = st.lists(chained_head(), min_size=4, max_size=60)
MIXED = st.lists(st.one_of(chained_head(), chained_head(), plain_head(), hearing_head(), decided()), max_size=60)


def in_messages(history: list[Head], size: int) -> list[list[Head]]:
    unique = {(one.subject_id, one.order): one for one in history}
    once = [unique[one.subject_id, one.order] for one in history]
    return [once[at : at + size] for at in range(0, len(once), size)]


def check(history: list[Head], size: int) -> None:
    kept, forgetful = complete_memory(*history), complete_memory(*history)
    told: dict[str, CaseChange] = {}
    for message in in_messages(history, size):
        forgetful.give_up_all()
        step, other = link(kept, message, LIMIT), link(forgetful, message, LIMIT)
        assert step == other, "what is at hand must change nothing"
        told.update({case.case_id: case for case in step.cases})
        cases_at_hand_are_true(kept)
    assert state_of(kept) == state_of(forgetful)
    expected = cases_of_all([one for message in in_messages(history, size) for one in message], LIMIT).cases
    by_case: dict[str, set[str]] = {}
    for record_id, least_id in expected.items():
        by_case.setdefault("c" + least_id[1:], set()).add(record_id)
    members = {case_id: {one.record_id for one in case.members} for case_id, case in told.items() if case.members}
    assert members == by_case
    for case_id, case in told.items():
        assert [one.record_id for one in case.members] == sorted(one.record_id for one in case.members)
        for member in case.members:
            record = kept.held(member.record_id)
            assert (record.case_id, record.reason) == (case_id, member.reason)


def cases_at_hand_are_true(memory: Memory) -> None:
    for case in memory.cases:
        assert case.first is memory.nodes[record_id_of(case.case_id)]
        named_after, met = case_around(memory, case.first, LIMIT)
        assert named_after is case.first
        assert case.nodes == sorted(met, key=RECORD_ID)
        for node, led in met.items():
            assert node.case is case
            assert node.led is not None
            assert (node.led.reason, node.led.near, node.led.depth) == (led.reason, led.near, led.depth)
        told = [(one.record_id, one.states, one.reason) for one in case.told((), {})]
        records = [memory.record_of(node) for node in case.nodes]
        assert told == [(one.record_id, one.states, one.reason) for one in records]
        assert told == [(node.record_id, memory.record_of(node).states, met[node].reason) for node in case.nodes]
    for node in memory.nodes.values():
        assert node.case is None or (node.case in memory.cases and node in node.case.nodes)
        assert not (node.ties and node.member) or node.member == member_of(Node(node.record_id, node.state))


@settings(max_examples=200, deadline=None)
@given(CHAINS, st.integers(1, 30))
def test_chains_that_grow_and_come_apart(history: list[Head], size: int) -> None:
    check(history, size)


@settings(max_examples=200, deadline=None)
@given(MIXED, st.integers(1, 30))
def test_chains_among_hearings_and_decisions(history: list[Head], size: int) -> None:
    check(history, size)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@settings(max_examples=4_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(CHAINS, MIXED), st.integers(1, 30))
def test_a_great_many_chains(history: list[Head], size: int) -> None:
    check(history, size)


NEWCOMER = head("police.suspect", "new", ("urn", "01"))
CHAIN = [
    head("police.crime", "first", ("urn", "00")),
    *[
        head("court.case", f"{name}{at}", ("urn", f"{at:02}"), ("urn", f"{at + 1:02}"))
        for at in range(6)
        for name in "ab"
    ],
]
"""A case of thirteen records, the one that names it at one end."""


@pytest.mark.parametrize(
    ("before", "change", "members"),
    [
        (CHAIN, NEWCOMER, 14),
        (CHAIN, head("court.case", "a0", ("urn", "00"), ("urn", "01"), time=2), 13),
        ([*CHAIN, NEWCOMER], head("police.suspect", "new", time=2, deleted=True), 13),
    ],
    ids=["joins", "stays", "leaves"],
)
def test_a_record_that_moves_needs_nothing_of_the_far_end_of_its_case(
    before: list[Head], change: Head, members: int
) -> None:
    memory = without_the_far_end(before, change)
    (told,) = link(memory, [change], LIMIT).cases
    assert len(told.members) == members


def test_the_whole_case_is_searched_where_a_record_leaves_that_led_to_it() -> None:
    leaves = min((one for one in CHAIN if one.subject in ("a0", "b0")), key=lambda one: one.subject_id)
    with pytest.raises(NotAtHandError):
        link(without_the_far_end(CHAIN), [head("court.case", leaves.subject, time=2, deleted=True)], LIMIT)


def test_a_record_whose_reason_is_again_what_it_was_is_not_changed() -> None:
    suspects = [head("police.suspect", name, ("urn", "01"), ("asn", "x")) for name in "pq"]
    near = sorted(suspects, key=lambda one: one.subject_id)
    led = head("police.arrest", "led", ("asn", "x"))
    memory = complete_memory(*CHAIN)
    corrected = head("police.suspect", near[0].subject, ("urn", "01"), ("asn", "x"), ("asn", "y"), time=2)
    memory.know_tie(Key("asn", "x"))
    memory.know_tie(Key("asn", "y"))
    link(memory, [*CHAIN, *near, led], LIMIT + 2)
    assert memory.held(led.subject_id).reason.with_record == near[0].subject_id
    assert set(link(memory, [corrected], LIMIT + 2).entries) == {near[0].subject_id}


def without_the_far_end(linked: list[Head], *later: Head) -> Memory:
    """A memory with some heads linked, in which a search of the whole chain would lack something."""
    memory = complete_memory(*linked, *later)
    link(memory, linked, LIMIT)
    memory.commit()
    memory.forget_tie(memory.ties[Key("urn", "06")])
    return memory


@pytest.mark.parametrize("seed", range(24))
def test_long_histories(seed: int) -> None:
    pick = random.Random(seed)
    history = []
    length, subjects = pick.choice((12, 40, 99)), "abcdefghijklmnopqrstuvwxyz"[: pick.choice((8, 26))]
    for time in range(600):
        at = pick.randrange(length)
        keys = [("urn", f"{at:02}"), ("urn", f"{at + 1:02}")][: pick.choice((1, 2, 2))]
        history.append(
            head(pick.choice(KINDS), pick.choice(subjects), *keys, time=time, deleted=pick.random() < 0.15)
        )
    check(history, pick.choice((1, 3, 10, 100, 300)))


def test_a_repeat_beside_a_late_state_brings_no_body_whatever_is_at_hand() -> None:
    crime, charge = head("police.crime", "b", ("urn", "0"), time=2), head("cps.decision", "b", ("urn", "0"))
    late = head("police.crime", "b", deleted=True)
    kept, forgetful = complete_memory(crime, charge), complete_memory(crime, charge)
    for message in ([crime, charge], [charge, late]):
        forgetful.give_up_all()
        assert link(kept, message, LIMIT) == link(forgetful, message, LIMIT)


def test_a_decision_that_names_nobody_leaves_no_case_told_as_it_was() -> None:
    first, other = head("police.crime", "a", ("urn", "3")), head("police.crime", "b", ("urn", "3"))
    again = head("police.crime", "a", ("urn", "3"), time=2)
    memory = complete_memory(first, other)
    link(memory, [first], LIMIT)
    told = link(memory, [again, other, decision("include", first, other, deleted=True)], LIMIT).cases
    assert [len(case.members) for case in told if case.members] == [2]


def test_a_case_at_hand_is_searched_when_a_decision_about_a_newcomer_waited_for_it() -> None:
    members = [head("police.suspect", name, ("urn", "1")) for name in "abcdefg"]
    newcomer = head("police.suspect", "h", ("urn", "1"))
    exclude = decision("exclude", members[0], newcomer)
    memory = complete_memory(*members, newcomer, exclude)
    link(memory, [exclude], LIMIT + 2)
    for one in members:
        link(memory, [one], LIMIT + 2)
    link(memory, [newcomer], LIMIT + 2)
    assert sorted(map(len, cases_of(memory))) == [1, 7]
    assert not any("r" + case_id[1:] in memory.decided for case_id in (case.case_id for case in memory.cases))


@settings(max_examples=100, deadline=None)
@given(MIXED, st.integers(1, 30))
def test_what_is_at_hand_is_true_after_a_chunk_that_failed(history: list[Head], size: int) -> None:
    failed, undisturbed = complete_memory(*history), complete_memory(*history)
    for message in in_messages(history, size):
        link(failed, message, LIMIT)
        failed.rollback()
        cases_at_hand_are_true(failed)
        assert link(failed, message, LIMIT) == link(undisturbed, message, LIMIT)
        failed.commit()
