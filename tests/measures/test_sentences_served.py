"""Custody, recalls and supervision are put to the sentence that they are served under: by the warrant that they name,
or by whose they are."""

from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from schemas.person_facts import person_record_id
from tests.builders import SOURCE, defendant, hearing, history, offence, person, result
from tests.measures.counted import Counted
from tests.measures.test_reoffending import are_one

pytestmark = pytest.mark.integration

PRISON = "1002", "Imprisonment"
COMMUNITY = "1116", "Community order"
NUMBER = "A0001AA"
CRN = "X000001"


def sentenced(case: str, name: str, on: str, sort: tuple[str, str] = PRISON, days: int | None = None) -> RecordHistory:
    """Somebody's sentence at court."""
    told = offence(conviction_on=on, results=(result(*sort, ordered_on=on, convicted=True, duration_days=days),))
    return hearing(f"H-{case}", on, defendant(1, told, defendant_id=name, person=person()), case=case)


def moved(movement: str, at: str, custody_type: str | None = None, **more: Any) -> RecordHistory:
    told = {"prison_number": NUMBER, "movement_id": f"M-{at}", "movement": movement, "at": at} | more
    return history("hmpps.custody_movement", told | {"custody_type": custody_type})


def supervised(kind: str, at: str) -> RecordHistory:
    return history("hmpps.supervision", {"supervision_id": f"S-{at}", "crn": CRN, "kind": kind, "started_at": at})


def are_the_same(counted: Counted, *defendants: str) -> None:
    """These defendants are who prison and probation have under their numbers."""
    are_one(
        counted, "p1", person_record_id("", "prison_number", NUMBER), person_record_id("", "crn", CRN),
        *(person_record_id(SOURCE, "defendant", name) for name in defendants),
    )  # fmt: skip


def served(counted: Counted) -> list[tuple[object, ...]]:
    """What, of which case, found by what, from the earliest."""
    return counted.store.query(
        "SELECT what, case_id, found_by FROM casestream.v_sentences_served ORDER BY began_at", {}
    )


def test_movements_and_supervision_without_a_warrant_are_of_the_persons_sentence(counted: Counted) -> None:
    counted.case(sentenced("CC1", "D-one", "2024-02-01"), name="c1")
    counted.case(sentenced("CC2", "D-two", "2024-02-01"), name="c2")
    counted.case(moved("received", "2024-02-01T17:00:00Z"), name="u1")
    counted.case(moved("released", "2024-06-01T09:00:00Z"), name="u2")
    counted.case(supervised("licence", "2024-06-01T12:00:00Z"), name="u3")
    are_the_same(counted, "D-one")
    assert served(counted) == [("received", "c1", "person"), ("released", "c1", "person"), ("licence", "c1", "person")]
    (detail,) = counted.store.query(
        "SELECT DISTINCT person_id, court_case_id, defendant_id, sentence_type, toString(sentenced_on)"
        " FROM casestream.v_sentences_served", {},
    )  # fmt: skip
    assert detail == ("p1", "CC1", "D-one", "custody", "2024-02-01")


def test_the_latest_sentence_of_the_sort_that_leads_to_it(counted: Counted) -> None:
    counted.case(sentenced("CC1", "D-one", "2023-02-01"), name="prison")
    counted.case(sentenced("CC2", "D-two", "2023-03-01", COMMUNITY), name="community")
    counted.case(sentenced("CC3", "D-three", "2024-02-01"), name="prison again")
    counted.case(moved("received", "2023-02-01T17:00:00Z"), name="u1")
    counted.case(supervised("community_order", "2023-03-02T10:00:00Z"), name="u2")
    counted.case(moved("received", "2024-02-02T17:00:00Z"), name="u3")
    are_the_same(counted, "D-one", "D-two", "D-three")
    assert [case for _what, case, _by in served(counted)] == ["prison", "community", "prison again"]


def test_what_began_before_or_after_the_sentence_is_not_served_under_it(counted: Counted) -> None:
    counted.case(sentenced("CC1", "D-one", "2024-02-01", days=100), name="c1")
    counted.case(moved("received", "2024-01-31T17:00:00Z"), name="before")
    counted.case(moved("released", "2024-05-11T09:00:00Z"), name="its last day")
    counted.case(moved("received", "2024-05-12T17:00:00Z"), name="after")
    counted.case(supervised("post_sentence", "2024-05-13T12:00:00Z"), name="supervised after it")
    are_the_same(counted, "D-one")
    assert served(counted) == [
        ("received", "", ""), ("released", "c1", "person"), ("received", "", ""), ("post_sentence", "c1", "person"),
    ]  # fmt: skip


def test_the_day_that_the_warrant_tells_decides(counted: Counted) -> None:
    counted.case(sentenced("CC1", "D-one", "2024-02-01"), name="first")
    counted.case(sentenced("CC2", "D-two", "2024-03-01"), name="second")
    counted.case(moved("released", "2024-06-01T09:00:00Z", sentence={"sentenced_on": "2024-02-01"}), name="u1")
    are_the_same(counted, "D-one", "D-two")
    assert served(counted) == [("released", "first", "person")]


def test_a_warrant_names_the_case_whoever_else_was_sentenced(counted: Counted) -> None:
    warrant = {"court_case_id": "CC1"}
    counted.case(
        sentenced("CC1", "D-one", "2024-02-01"), moved("received", "2024-02-01T17:00:00Z", sentence=warrant), name="c1"
    )
    counted.case(sentenced("CC2", "D-two", "2024-02-01"), name="c2")
    are_the_same(counted, "D-one", "D-two")
    assert served(counted) == [("received", "c1", "warrant")]


def test_remand_and_people_who_are_not_linked_serve_no_sentence(counted: Counted) -> None:
    counted.case(sentenced("CC1", "D-one", "2024-02-01"), name="c1")
    counted.case(moved("received", "2024-03-01T17:00:00Z", "remand_untried"), name="u1")
    are_the_same(counted, "D-one")
    counted.case(supervised("other", "2024-02-03T12:00:00Z"), name="u2")
    assert served(counted) == [("other", "c1", "person"), ("received", "", "")]


def test_nobodys_sentence_is_taken_for_somebody_elses(counted: Counted) -> None:
    counted.case(sentenced("CC1", "D-one", "2024-02-01"), name="c1")
    counted.case(moved("received", "2024-02-01T17:00:00Z"), name="u1")
    assert served(counted) == [("received", "", "")]


def test_a_warrant_finds_the_only_sentence_of_its_case_though_nobody_links_the_people(counted: Counted) -> None:
    """As with youths, whom courts and prisons are not known to speak of as one person."""
    warrant = {"court_case_id": "CC1"}
    counted.case(
        sentenced("CC1", "D-one", "2024-02-01"), moved("received", "2024-02-01T17:00:00Z", sentence=warrant), name="c1"
    )
    assert counted.store.query(
        "SELECT case_id, found_by, defendant_id, sentence_type FROM casestream.v_sentences_served", {}
    ) == [("c1", "warrant", "D-one", "custody")]


def test_a_named_warrant_is_believed_also_after_its_sentence_would_be_over(counted: Counted) -> None:
    warrant = {"court_case_id": "CC1", "sentenced_on": "2024-02-01"}
    counted.case(
        sentenced("CC1", "D-one", "2024-02-01", days=30),
        moved("received", "2024-04-01T17:00:00Z", "recall", sentence=warrant), name="c1",
    )
    assert counted.store.query("SELECT toString(sentenced_on) FROM casestream.v_sentences_served", {}) == [
        ("2024-02-01",)
    ]


def test_of_two_who_were_sentenced_a_warrant_means_the_one_whose_it_is_or_none(counted: Counted) -> None:
    warrant = {"court_case_id": "CC1"}
    told = [
        offence(conviction_on="2024-02-01", results=(
            result(*PRISON, ordered_on="2024-02-01", convicted=True, result_id=f"R{n}"),
        )) for n in (1, 2)
    ]  # fmt: skip
    both = hearing(
        "H1", "2024-02-01", *(defendant(1, one, defendant_id=name, person=person())
                              for name, one in zip(("D-one", "D-two"), told, strict=True)), case="CC1",
    )  # fmt: skip
    counted.case(both, moved("received", "2024-02-01T17:00:00Z", sentence=warrant), name="c1")
    served_by = "SELECT case_id, defendant_id FROM casestream.v_sentences_served"
    assert counted.store.query(served_by, {}) == [("c1", "")]
    are_the_same(counted, "D-two")
    assert counted.store.query(served_by, {}) == [("c1", "D-two")]
