"""Cases are connected components over shared identifiers: they merge when one arrives and split when one goes."""

from processors.linking.link import link
from schemas.flow import case_id_of, record_id_of, subject_id
from tests.processors.linking.heads import LIMIT, changes_of, complete_memory, head, hearing, linked

CRIME = head("police.crime", "crime", ("crime_ref", "C1"))
SUSPECT = head("police.suspect", "suspect", ("crime_ref", "C1"), ("asn", "A1"))
DECISION = head("cps.decision", "decision", ("asn", "A1"), ("urn", "U1"))
COURT = head("court.case", "court", ("urn", "U1"), ("court_case_id", "K1"))


def test_a_chain_of_three_identifiers_is_one_case() -> None:
    assert linked(CRIME, SUSPECT, DECISION, COURT) == {frozenset({"crime", "suspect", "decision", "court"})}


def test_a_late_record_merges_two_cases() -> None:
    assert linked(CRIME, DECISION, COURT) == {frozenset({"crime"}), frozenset({"decision", "court"})}
    assert linked(CRIME, DECISION, COURT, SUSPECT) == {frozenset({"crime", "suspect", "decision", "court"})}


def test_corrected_urn_splits_the_case() -> None:
    corrected = head("cps.decision", "decision", ("asn", "A1"), ("urn", "U2"), time=2)
    assert linked(CRIME, SUSPECT, DECISION, COURT, corrected) == {
        frozenset({"crime", "suspect", "decision"}),
        frozenset({"court"}),
    }


def test_deleted_record_splits_the_case_and_leaves_it() -> None:
    gone = head("police.suspect", "suspect", time=2, deleted=True)
    assert linked(CRIME, SUSPECT, DECISION, COURT, gone) == {frozenset({"crime"}), frozenset({"decision", "court"})}


def test_a_late_older_state_does_not_undo_a_deletion() -> None:
    gone = head("police.suspect", "suspect", time=2, deleted=True)
    assert linked(CRIME, gone, SUSPECT) == {frozenset({"crime"})}


def test_the_case_is_called_after_its_least_record_and_an_old_id_names_a_record() -> None:
    memory = complete_memory(CRIME, SUSPECT, DECISION, COURT)
    before = changes_of(memory, COURT)
    assert list(before) == [case_id_of(subject_id("s", "court.case", "court"))]
    after = changes_of(memory, CRIME, SUSPECT, DECISION)
    named_after_crime = case_id_of(subject_id("s", "police.crime", "crime"))
    assert set(after) == {named_after_crime, *before}
    (old,) = before
    assert after[old].members == ()
    assert record_id_of(old) in {member.record_id for member in after[named_after_crime].members}


def test_every_member_says_why_it_is_there() -> None:
    memory = complete_memory(CRIME, SUSPECT)
    (change,) = changes_of(memory, CRIME, SUSPECT).values()
    why = {member.subject: member.reason for member in change.members}
    assert why["crime"] == ("", "", "")
    assert why["suspect"] == ("crime_ref", "C1", subject_id("s", "police.crime", "crime"))


def test_a_repeat_changes_nothing() -> None:
    memory = complete_memory(CRIME)
    link(memory, [CRIME], LIMIT)
    again = link(memory, [CRIME], LIMIT)
    assert not again.entries
    assert not again.keys
    assert not again.cases


def test_an_identifier_on_too_many_records_is_held_out_and_let_in_again() -> None:
    suspects = [head("police.suspect", f"s{n}", ("asn", "A1")) for n in range(4)]
    assert linked(*suspects, limit=4) == {frozenset({"s0", "s1", "s2", "s3"})}
    assert linked(*suspects, limit=3) == {frozenset({f"s{n}"}) for n in range(4)}
    gone = head("police.suspect", "s3", time=2, deleted=True)
    assert linked(*suspects, gone, limit=3) == {frozenset({"s0", "s1", "s2"})}


def test_a_hearing_of_two_cases_joins_neither() -> None:
    assert linked(hearing("h/2024-01-02", "K1", "K2")) == {
        frozenset({"h/2024-01-02#K1"}),
        frozenset({"h/2024-01-02#K2"}),
    }


def test_a_case_that_leaves_the_hearing_is_no_longer_there() -> None:
    first, second = hearing("h/d", "K1", "K2", time=1), hearing("h/d", "K1", time=2)
    assert linked(first, second) == linked(second, first) == {frozenset({"h/d#K1"})}


def test_an_emptied_hearing_has_no_parts_whichever_came_first() -> None:
    first, empty = hearing("h/d", "K1", time=1), hearing("h/d", time=2)
    assert linked(first, empty) == linked(empty, first) == set()


def test_a_patch_that_names_only_its_hearing_is_attached_to_it() -> None:
    patch = head("court.patch", "vacated/h", ("hearing_id", "h"))
    both = {frozenset({"h/d#K1", "vacated/h"})}
    assert linked(hearing("h/d", "K1"), patch) == linked(patch, hearing("h/d", "K1")) == both


def test_a_patch_of_a_hearing_of_two_cases_is_attached_to_one_of_them_whatever_the_order() -> None:
    patch = head("court.patch", "vacated/h", ("hearing_id", "h"))
    one_way = linked(hearing("h/d", "K1", "K2"), patch)
    assert len(one_way) == 2
    assert linked(patch, hearing("h/d", "K1", "K2")) == one_way
