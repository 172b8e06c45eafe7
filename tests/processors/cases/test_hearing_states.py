"""Which state of a hearing says what (decisions, section 2)."""

from typing import Any

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from tests.builders import defendant, hearing, hearing_data, history, offence, result, states


def project(*records: RecordHistory) -> dict[str, Any]:
    return project_case("c1", records)


def day(number: str, *, plea: str, at: str, **more: Any) -> RecordHistory:
    return hearing("H1", number, defendant(1, offence(plea=plea, **more)), at=at)


def test_an_amendment_of_day_1_shared_after_day_2_does_not_overwrite_day_2() -> None:
    first = states(
        "court.hearing",
        ("2025-06-02T18:00:00Z", hearing_data("H1", "2025-06-02", defendant(1, offence(plea="NOT_GUILTY")))),
        ("2025-06-09T18:00:00Z", hearing_data("H1", "2025-06-02", defendant(1, offence(plea="NOT_GUILTY")))),
    )
    second = day("2025-06-03", plea="GUILTY", at="2025-06-03T18:00:00Z")
    for records in ((first, second), (second, first)):
        assert [row.plea for row in project(*records)["case_offences"]] == ["guilty"]


def test_within_a_day_the_highest_share_replaces_the_whole_snapshot() -> None:
    fine, costs = result("1015", "Fine"), result("3012", "Compensation")
    told = states(
        "court.hearing",
        ("2025-06-02T18:00:00Z", hearing_data("H1", "2025-06-02", defendant(1, offence(results=(fine, costs))))),
        ("2025-06-05T18:00:00Z", hearing_data("H1", "2025-06-02", defendant(1, offence(results=(fine,))))),
    )
    assert [row.label for row in project(told)["case_results"]] == ["Fine"]


def test_results_are_the_union_over_the_days() -> None:
    rows = project(
        hearing("H1", "2025-06-02", defendant(1, offence(results=(result("1015", "Fine"),)))),
        hearing("H2", "2025-07-02", defendant(1, offence(results=(result("1116", "Community order"),)))),
    )
    assert [row.code for row in rows["case_results"]] == ["1015", "1116"]


def test_a_snapshot_shared_after_a_patch_supersedes_it() -> None:
    patch = history(
        "court.patch",
        {"patch": "plea", "hearing_id": "H1", "offence_id": "O1", "defendant_id": "D1", "plea": "GUILTY",
         "at": "2025-06-02T11:00:00Z"},
        at="2025-06-02T11:00:00Z",
    )
    before = day("2025-06-02", plea="NOT_GUILTY", at="2025-06-02T09:00:00Z")
    after = day("2025-06-02", plea="NOT_GUILTY", at="2025-06-02T18:00:00Z")
    assert project(before, patch)["case_offences"][0].plea == "guilty"
    assert project(after, patch)["case_offences"][0].plea == "not_guilty"


def test_a_deleted_day_is_gone() -> None:
    data = hearing_data("H1", "2025-06-02", defendant(1, offence(plea="GUILTY")))
    gone = states("court.hearing", ("2025-06-02T18:00:00Z", data), ("2025-06-03T18:00:00Z", None))
    other = day("2025-07-01", plea="NOT_GUILTY", at="2025-07-01T18:00:00Z")
    assert [row.plea for row in project(gone, other)["case_offences"]] == ["not_guilty"]
    assert len(project(gone, other)["case_hearings"]) == 1


def test_an_application_of_no_case_keeps_its_results() -> None:
    told = states("court.hearing", ("2025-06-02T18:00:00Z", {
        "hearing_id": "H1", "hearing_day": "2025-06-02", "hearing_type": "Application",
        "applications": ({"application_id": "AP1", "kind": "Breach", "results": (result("1087", "No action"),)},),
    }))
    row = project(told)["case_results"][0]
    assert (row.level, row.code, row.application_id != "") == ("application", "1087", True)


def test_hearings_to_come_are_listed_until_they_are_held() -> None:
    nxt = {"result_id": "R9", "label": "Adjourned", "adjournment": True,
           "next_hearing": {"listed_for": "2025-09-01T10:00:00Z", "hearing_id": "H2", "hearing_type": "Trial"}}
    first = hearing("H1", "2025-06-02", defendant(1, offence(results=(nxt,))), hearing_type="First hearing")
    rows = project(first)
    assert [(row.listed, row.hearing_class) for row in rows["case_hearings"]] == [(0, "first"), (1, "trial")]
    assert rows["case_court_cases"][0].adjournments == 1
    assert rows["cases"][0].next_hearing_on is not None
    held = project(first, hearing("H2", "2025-09-01"))
    assert [row.listed for row in held["case_hearings"]] == [0, 0]


def test_a_state_without_a_time_comes_before_every_timed_one() -> None:
    told = states(
        "court.hearing",
        (None, hearing_data("H1", "2025-06-02", defendant(1, offence(plea="GUILTY")))),
        ("2025-06-02T18:00:00Z", hearing_data("H1", "2025-06-02", defendant(1, offence(plea="NOT_GUILTY")))),
    )
    assert project(told)["case_offences"][0].plea == "not_guilty"


def test_a_hearing_marked_as_duplicate_is_gone_unless_it_is_shared_again() -> None:
    patch = history(
        "court.patch", {"patch": "duplicate_hearing", "hearing_id": "H1"}, at="2025-06-02T12:00:00Z"
    )
    other = hearing("H2", "2025-06-02", at="2025-06-02T09:00:00Z")
    before = day("2025-06-02", plea="GUILTY", at="2025-06-02T09:00:00Z")
    after = day("2025-06-02", plea="GUILTY", at="2025-06-02T18:00:00Z")
    assert len(project(other, before, patch)["case_hearings"]) == 1
    assert len(project(other, after, patch)["case_hearings"]) == 2
