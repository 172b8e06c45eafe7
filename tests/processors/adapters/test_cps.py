"""CPS charging reviews become decisions, one a suspect."""

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.cps import cps
from schemas.events import CpsDecisionEvent, Event
from tests.processors.adapters.expected_samples import expected, seen

AT = "2024-01-02T03:04:05Z"
REVIEW: dict[str, Any] = {
    "_metadata": {"id": "m1", "name": "charging.query.reviews-response"},
    "reviews": [{
        "caseId": "case-1", "reviewId": "review-1", "version": 2,
        "suspects": [{
            "id": "row-1", "suspectId": "suspect-1",
            "codeTestAnalysis": {"codeTestLevel": "FULL_CODE_TEST", "codeTestOutcome": "FULL_CODE_TEST_MET"},
            "proposedCharges": [{"id": "p1", "cjsCode": "TH68010", "description": "Theft", "category": "Either Way",
                                 "fromDate": "2015-10-10", "toDate": "2015-10-11", "particulars": {}, "status": "x"}],
            "authorisedCharges": [{"id": "a1", "cjsCode": "TH68010", "fromDate": "2015-10-10", "proposedChargeId": "p1",
                                   "anticipatedPlea": "GUILTY"}],
        }],
    }],
}


def read(document: object, at: str | None = None) -> list[Event | Refusal]:
    return list(cps(SourceFile("review.json", orjson.dumps(document), at)))


def changed(**suspect: object) -> dict[str, Any]:
    document = copy.deepcopy(REVIEW)
    document["reviews"][0]["suspects"][0].update(suspect)
    return document


def decision(document: object, at: str | None = None) -> CpsDecisionEvent:
    (event,) = read(document, at)
    assert isinstance(event, CpsDecisionEvent)
    return event


def test_authorised_charges_are_a_decision_to_charge() -> None:
    event = decision(REVIEW, AT)
    assert (event.source, event.subject, event.sequence, event.time) == (
        "cps/charging-review", "review-1/suspect-1", "2", AT
    )
    data = event.data
    assert (data.decision, data.code_test, data.code_test_met, data.anticipated_plea) == (
        "charge", "full_code", True, "guilty"
    )
    assert (data.proceeding.cps_case_id, data.proceeding.suspect_id) == ("case-1", "suspect-1")
    assert (data.proposed_charges[0].offence_code, data.proposed_charges[0].occurred_to) == ("TH68010", "2015-10-11")
    assert data.authorised_charges[0].charge_id == "a1"


@pytest.mark.parametrize(
    ("outcome", "expected_decision", "met"),
    [
        ("FULL_CODE_TEST_NOT_MET", "no_further_action", False),
        ("FULL_CODE_TEST_MET", "pending", True),
        ("", "pending", None),
        ("AWAITED", "pending", None),
    ],
)
def test_code_test_decides_where_no_charge_is_authorised(
    outcome: str, expected_decision: str, met: bool | None
) -> None:
    analysis = {"codeTestLevel": "THRESHOLD_TEST", "codeTestOutcome": outcome}
    data = decision(changed(authorisedCharges=[], codeTestAnalysis=analysis)).data
    assert (data.decision, data.code_test, data.code_test_met) == (expected_decision, "threshold", met)


def test_pleas_that_differ_are_not_known() -> None:
    charges = [{"cjsCode": "TH68010", "anticipatedPlea": plea} for plea in ("GUILTY", "NOT_GUILTY")]
    assert decision(changed(authorisedCharges=charges)).data.anticipated_plea == "not_known"


def test_later_version_is_a_later_state_of_the_same_record() -> None:
    later = copy.deepcopy(REVIEW)
    later["reviews"][0]["version"] = 3
    first, second = decision(REVIEW), decision(later)
    assert (first.subject, first.sequence) == (second.subject, "2")
    assert (second.sequence, second.id != first.id) == ("3", True)
    assert decision(REVIEW) == first


def test_time_of_the_envelope_comes_before_that_of_the_source() -> None:
    document = REVIEW | {"_metadata": {"createdAt": "2023-01-01T00:00:00.1234567Z"}}
    assert decision(document, AT).time == "2023-01-01T00:00:00.123456Z"


def test_suspect_that_cannot_be_used_is_refused_alone() -> None:
    document = changed()
    document["reviews"][0]["suspects"] += [{"suspectId": "suspect-2", "proposedCharges": [{"id": "p"}]}, {}, None]
    event, charge, nobody, nothing = read(document)
    assert isinstance(event, CpsDecisionEvent)
    assert isinstance(charge, Refusal)
    assert (charge.rule, charge.field) == ("invalid-offence-code", "proposed_charges.0.offence_code")
    assert isinstance(nobody, Refusal)
    assert isinstance(nothing, Refusal)
    assert (nobody.rule, nothing.rule) == ("invalid-suspectId", "wrong-shape")


@pytest.mark.parametrize(
    ("reviews", "rule", "field"),
    [
        ([], "invalid-reviews", "reviews"), ([{}], "missing-field", "suspects"), (["x"], "wrong-shape", "reviews"),
        ([{"reviewId": "r", "suspects": []}], "missing-field", "suspects"),
        ([{"reviewId": "r", "suspects": {"suspectId": "s"}}], "wrong-shape", "suspects"),
        ([{"suspects": [{"suspectId": "s"}]}], "invalid-reviewId", "reviewId"),
    ],
)
def test_review_of_nobody_is_refused(reviews: list[object], rule: str, field: str) -> None:
    (refusal,) = read({"reviews": reviews})
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field) == (rule, field)


@pytest.mark.parametrize("charges", ["TH68010", ["TH68010"], {"id": "a1", "cjsCode": "TH68010"}])
@pytest.mark.parametrize("name", ["authorisedCharges", "proposedCharges"])
def test_charges_of_a_wrong_shape_are_no_pending_decision(name: str, charges: object) -> None:
    (refusal,) = read(changed(**{name: charges}))
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field) == ("wrong-shape", name)


def test_analysis_of_a_wrong_shape_is_refused() -> None:
    (refusal,) = read(changed(codeTestAnalysis="FULL_CODE_TEST_NOT_MET"))
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field) == ("wrong-shape", "codeTestAnalysis")


def test_suspect_who_is_told_twice_in_one_version_of_a_review_is_one_or_refused() -> None:
    document = copy.deepcopy(REVIEW)
    suspects = document["reviews"][0]["suspects"]
    suspects.append(copy.deepcopy(suspects[0]))
    first, again = read(document)
    assert first == again
    suspects[1]["authorisedCharges"] = []
    first, refusal = read(document)
    assert isinstance(first, CpsDecisionEvent)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field, refusal.value) == ("told-twice", "suspectId", "suspect-1")


def test_anything_else_is_an_unknown_message() -> None:
    (from_json,) = read({"a": 1})
    (from_csv,) = cps(SourceFile("liveCourtsFile.csv", b"CourtCentre,CourtRoom\nB45MH,02\n"))
    assert isinstance(from_json, Refusal)
    assert isinstance(from_csv, Refusal)
    assert from_json.rule == from_csv.rule == "unknown-message-type"


def test_real_samples_become_what_the_table_says() -> None:
    assert seen(cps, "spi/cps") == expected("cps")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([
        "reviews", "suspects", "reviewId", "suspectId", "version", "codeTestAnalysis", "authorisedCharges", "cjsCode",
        "proposedCharges", "fromDate", "_metadata", "createdAt",
    ]), inner, max_size=5),
    max_leaves=20,
)


@given(JSON)
def test_arbitrary_json_never_raises(document: object) -> None:
    assert read({"reviews": document})


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(content: bytes) -> None:
    assert list(cps(SourceFile("m.json", content)))
