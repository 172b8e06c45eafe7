"""Trial listings by hand (decisions, section 4)."""

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from schemas.rows import TrialListingRow
from tests.builders import defendant, hearing, history, offence, trial


def listings(*records: RecordHistory) -> list[TrialListingRow]:
    return project_case("c1", records).get("case_trial_listings", [])  # type: ignore[return-value]


def counted(*records: RecordHistory) -> list[str]:
    return [row.status for row in listings(*records) if row.status in ("effective", "cracked", "ineffective")]


def test_a_cracked_trial_of_two_days_is_one() -> None:
    days = ("2025-06-02T09:00:00Z", "2025-06-03T09:00:00Z")
    assert counted(
        hearing("H1", "2025-06-02", sitting_days=days, **trial("cracked", "A")),
        hearing("H1", "2025-06-03", sitting_days=days, **trial("cracked", "A")),
    ) == ["cracked"]


def test_two_joined_cases_are_one() -> None:
    found = listings(
        hearing("H1", "2025-06-02", defendant(1), case="CC1", urn="20AA1", **trial("effective")),
        hearing("H1", "2025-06-02", defendant(2, offence(number=2)), case="CC2", urn="20AA2", **trial("effective")),
    )
    assert [(row.status, row.court_cases, row.defendants) for row in found] == [("effective", 2, 2)]


def test_ineffective_then_effective_is_two() -> None:
    assert counted(
        hearing("H1", "2025-06-02", **trial("ineffective", "W1")),
        hearing("H2", "2025-09-01", **trial("effective")),
    ) == ["ineffective", "effective"]


def test_relisting_of_the_same_hearing_is_two_also_when_both_days_are_declared() -> None:
    days = ("2025-06-02T09:00:00Z", "2025-09-01T09:00:00Z")
    found = listings(
        hearing("H1", "2025-06-02", sitting_days=days, **trial("ineffective", "N3")),
        hearing("H1", "2025-09-01", sitting_days=days, **trial("effective")),
    )
    assert [(row.status, row.seq) for row in found] == [("ineffective", 1), ("effective", 2)]
    assert (found[0].reason_group, found[0].victim_related) == ("prosecution", 1)


def test_vacated_is_not_counted_as_listed() -> None:
    assert counted(hearing("H1", "2025-06-02", vacated_trial=True)) == []
    assert [row.status for row in listings(hearing("H1", "2025-06-02", vacated_trial=True))] == ["vacated"]


def test_vacated_before_the_day_by_the_list() -> None:
    listed = {"hearing_id": "H1", "listed_for": "2025-06-02", "cases": ({"court_case_id": "CC1"},)}
    told = hearing("H0", "2025-03-01", hearing_type="Plea and Trial Preparation")
    row = listings(told, history("court.trial_listing", listed | {"vacated_at": "2025-05-20T10:00:00Z"}))[0]
    assert (row.status, row.court_cases) == ("vacated", 1)


def test_a_vacated_trial_without_a_reason_is_one_no_more() -> None:
    listed = hearing("H1", "2025-06-02", at="2025-05-01T09:00:00Z")
    vacated = {"patch": "trial_vacated", "hearing_id": "H1", "at": "2025-05-20T10:00:00Z"}
    gone = history("court.patch", vacated | {"reason": "no court time"}, at="2025-05-20T10:00:00Z")
    back = history("court.patch", vacated, at="2025-05-21T10:00:00Z")
    assert [row.status for row in listings(listed, gone)] == ["vacated"]
    assert [row.status for row in listings(listed, back)] == ["listed"]


def test_a_trial_without_a_word_about_it_stays_listed() -> None:
    assert [row.status for row in listings(hearing("H1", "2025-06-02"))] == ["listed"]


def test_effective_where_the_court_says_only_that() -> None:
    assert counted(hearing("H1", "2025-06-02", effective_trial=True)) == ["effective"]


def test_listings_from_two_feeds_are_one() -> None:
    listed = {
        "hearing_id": "H1", "listed_for": "2025-06-02", "cases": ({"court_case_id": "CC1"},),
        "trial": {"status": "effective"},
    }
    found = listings(
        hearing("H1", "2025-06-02", **trial("effective")), history("court.trial_listing", listed)
    )
    assert [row.sources for row in found] == [("court.hearing", "court.trial_listing")]


def test_a_plea_and_trial_preparation_hearing_is_no_trial() -> None:
    assert listings(hearing("H1", "2025-06-02", hearing_type="Plea & Trial Preparation")) == []
