"""What people decide wins over identifiers: `include` puts two records together, `exclude` keeps two apart."""

from processors.linking.entries import HeldOut
from processors.linking.link import link
from processors.standardise.identifiers.kinds import ATTACHING_KINDS, CASE_KINDS, INCLUDE, STRENGTH
from schemas.flow import Head, Key, case_id_of
from tests.processors.linking.heads import LIMIT, cases_of, changes_of, complete_memory, decision, head, linked

CRIME = head("police.crime", "crime", ("crime_ref", "C1"))
SUSPECT = head("police.suspect", "suspect", ("crime_ref", "C1"), ("asn", "A1"))
CPS = head("cps.decision", "decision", ("asn", "A1"), ("urn", "U1"))
COURT = head("court.case", "court", ("urn", "U1"), ("court_case_id", "K1"))
CHAIN = (CRIME, SUSPECT, CPS, COURT)
STRANGER = head("police.crime", "stranger", ("crime_ref", "C2"))


def test_an_include_puts_two_records_together_that_share_nothing() -> None:
    both = {frozenset({"crime", "stranger"})}
    assert linked(CRIME, STRANGER, decision("include", CRIME, STRANGER)) == both
    assert linked(decision("include", CRIME, STRANGER), STRANGER, CRIME) == both


def test_an_include_says_so_as_the_reason() -> None:
    together = decision("include", CRIME, STRANGER)
    memory = complete_memory(CRIME, STRANGER, together)
    (case,) = changes_of(memory, CRIME, STRANGER, together).values()
    reasons = {member.reason.key_kind: member.reason for member in case.members}
    assert set(reasons) == {"", INCLUDE}
    assert reasons[INCLUDE].key_value == together.subject_id


def test_a_withdrawn_include_parts_what_shares_nothing() -> None:
    gone = decision("include", CRIME, STRANGER, time=2, deleted=True)
    apart = {frozenset({"crime"}), frozenset({"stranger"})}
    assert linked(CRIME, STRANGER, decision("include", CRIME, STRANGER), gone) == apart
    assert linked(CRIME, gone, STRANGER, decision("include", CRIME, STRANGER)) == apart, "a late older state"


def test_an_exclude_cuts_the_chain_at_its_weakest_link() -> None:
    """Of crime reference, ASN and URN the crime reference is least trusted, and the suspect ranks after the crime."""
    assert linked(*CHAIN, decision("exclude", CRIME, COURT)) == {
        frozenset({"crime"}), frozenset({"suspect", "decision", "court"}),
    }  # fmt: skip
    assert linked(SUSPECT, CPS, COURT, decision("exclude", SUSPECT, COURT)) == {
        frozenset({"suspect", "decision"}), frozenset({"court"}),
    }  # fmt: skip


def test_an_exclude_holds_whatever_came_first() -> None:
    expected = linked(*CHAIN, decision("exclude", CRIME, COURT))
    for at in range(5):
        events = [*CHAIN[::-1]]
        events.insert(at, decision("exclude", CRIME, COURT))
        assert linked(*events) == expected


def test_what_an_exclude_holds_out_is_reported_and_let_in_again() -> None:
    apart = decision("exclude", CRIME, COURT)
    memory = complete_memory(*CHAIN, apart)
    link(memory, CHAIN, LIMIT)
    held = HeldOut(SUSPECT.subject_id, Key("crime_ref", "C1"))
    assert link(memory, [apart], LIMIT).held_links == {(apart.subject_id, held): True}
    gone = decision("exclude", CRIME, COURT, time=2, deleted=True)
    assert link(memory, [gone], LIMIT).held_links == {(apart.subject_id, held): False}
    assert cases_of(memory) == {frozenset({"crime", "suspect", "decision", "court"})}


def test_what_is_held_out_is_let_in_when_the_chain_breaks_by_itself() -> None:
    apart = decision("exclude", CRIME, COURT)
    corrected = head("cps.decision", "decision", ("asn", "A1"), time=2)
    memory = complete_memory(*CHAIN, apart)
    link(memory, [*CHAIN, apart], LIMIT)
    assert list(link(memory, [corrected], LIMIT).held_links.values()) == [False]
    assert cases_of(memory) == {frozenset({"crime", "suspect", "decision"}), frozenset({"court"})}


def test_an_exclude_between_records_that_nothing_ties_holds_nothing_out() -> None:
    memory = complete_memory(CRIME, STRANGER)
    step = link(memory, [CRIME, STRANGER, decision("exclude", CRIME, STRANGER)], LIMIT)
    assert not step.held_links


def test_exclude_wins_over_include() -> None:
    apart = {frozenset({"crime"}), frozenset({"stranger"})}
    both = (decision("include", CRIME, STRANGER), decision("exclude", CRIME, STRANGER, subject="another desk"))
    assert linked(CRIME, STRANGER, *both) == linked(CRIME, STRANGER, *both[::-1]) == apart


def test_an_include_that_would_join_an_excluded_pair_is_the_last_to_be_held_out() -> None:
    """An include is trusted more than any identifier: the chain is cut elsewhere while it can be."""
    events: tuple[Head, ...] = (*CHAIN, STRANGER, decision("include", COURT, STRANGER))
    assert linked(*events, decision("exclude", CRIME, STRANGER)) == {
        frozenset({"crime"}), frozenset({"suspect", "decision", "court", "stranger"}),
    }  # fmt: skip


def test_a_decision_is_no_member_of_a_case() -> None:
    memory = complete_memory(CRIME, STRANGER, decision("include", CRIME, STRANGER))
    told = changes_of(memory, CRIME, STRANGER, decision("include", CRIME, STRANGER))
    assert set(told) == {case_id_of(min(CRIME.subject_id, STRANGER.subject_id))}


def test_every_identifier_that_may_tie_records_has_its_place_in_the_order_of_trust() -> None:
    assert set(STRENGTH) == {INCLUDE} | CASE_KINDS | ATTACHING_KINDS
    assert len(set(STRENGTH)) == len(STRENGTH)
