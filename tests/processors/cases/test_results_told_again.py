"""Results that the courts share again, amended or withdrawn: the latest share counts, and the feed of most weight."""

from itertools import permutations
from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from tests.builders import defendant, hearing_data, history, offence, person, result, states

DAY, EVENING, AGAIN = "2025-06-02", "2025-06-02T18:00:00Z", "2025-06-04T18:00:00Z"
ANN = person()
FINE = result("1015", "Fine", ordered_on=DAY)
ORDER = result("1141", "Community order", ordered_on=DAY)
IDS = {"urn": "20AA1", "court_case_id": "CC1"}


def police(
    session: str, at: str, *results: dict[str, Any], day: str = DAY, who: int = 1, number: int = 1, **more: Any
) -> RecordHistory:
    """The results of one defendant, as the police get them in one session."""
    told = {"asn": f"2500{who}", "defendant_id": f"D{who}", "person": ANN,
            "offences": (offence(number=number, results=results),)}
    return history("court.resulted_case", {
        "resulted_case_id": f"{session}/CC1/D{who}", "ids": IDS, "route": "police_result", "hearing_day": day,
        "defendants": (told,)} | more, at=at)


def spi(at: str, *codes: str, day: str = DAY) -> RecordHistory:
    told = {"asn": "25001", "offences": ({"offence_code": "TH68036", "sequence": 1, "results": tuple(
        {"result_id": f"place-{place}", "cjs_code": code} for place, code in enumerate(codes))},)}
    return history("court.resulted_case", {
        "resulted_case_id": f"20AA1/{day}", "ids": {"urn": "20AA1"}, "route": "spi", "hearing_day": day,
        "defendants": (told,)}, at=at)


def heard(*shares: tuple[str, tuple[dict[str, Any], ...]]) -> RecordHistory:
    """A sitting day, as it was shared: when, and with which results on the offence."""
    return states("court.hearing", *((at, hearing_data(
        "H1", DAY, defendant(1, offence(results=results), person=ANN), urn="20AA1", hearing_type="Sentence",
    )) for at, results in shares))


def told(*records: RecordHistory) -> list[tuple[str, float | None, tuple[str, ...]]]:
    """Code, amount and feeds of each result; the same in any order of records."""
    found = project_case("c1", list(records))
    for order in permutations(records):
        assert project_case("c1", list(order)) == found
    rows: Any = found.get("case_results", [])
    return [(row.code, row.amount_pounds, row.sources) for row in rows]


@pytest.mark.parametrize("number", range(20))
def test_a_result_shared_again_as_another_session_has_the_new_amount(number: int) -> None:
    first = police(f"S{number}a", EVENING, FINE | {"amount_pounds": 100})
    again = police(f"S{number}b", AGAIN, FINE | {"amount_pounds": 200})
    assert told(first, again) == [("1015", 200.0, ("police_result",))]


@pytest.mark.parametrize("number", range(5))
def test_a_share_replaces_the_whole_of_the_share_before(number: int) -> None:
    first = police(f"S{number}a", EVENING, FINE)
    assert told(first, police(f"S{number}b", AGAIN, ORDER)) == [("1141", None, ("police_result",))]
    assert told(first, police(f"S{number}b", AGAIN)) == [], "the result was withdrawn"
    amended = police(f"S{number}b", AGAIN, ORDER, number=2)
    rows: Any = project_case("c1", [first, amended])["case_offences"]
    assert [row.offence_id for row in rows] == ["O2"], "the offence was replaced by another"


def test_a_share_replaces_only_that_of_its_defendant_and_day() -> None:
    first = police("S1", EVENING, FINE)
    later = police("S2", "2025-07-01T18:00:00Z", ORDER | {"ordered_on": "2025-07-01"}, day="2025-07-01")
    assert [code for code, _, _ in told(first, later)] == ["1015", "1141"]
    assert [code for code, _, _ in told(first, police("S1", AGAIN, ORDER, who=2, number=2))] == ["1015", "1141"]
    sheet = police("sending-sheet", AGAIN, sent_on=DAY)
    assert told(first, sheet) == [("1015", None, ("police_result",))], "a sending sheet tells no results"


def test_a_share_that_names_the_defendant_otherwise_is_of_the_same_defendant() -> None:
    amended = history("court.resulted_case", {
        "resulted_case_id": "S2", "ids": IDS, "route": "police_result", "hearing_day": DAY,
        "defendants": ({"asn": "25001", "person": ANN, "offences": (offence(results=(ORDER,)),)},)}, at=AGAIN)
    assert told(police("S1", EVENING, FINE), amended) == [("1141", None, ("police_result",))]


def test_what_a_hearing_amended_no_other_feed_brings_back() -> None:
    amended = heard((EVENING, (FINE,)), (AGAIN, (ORDER,)))
    first, again = police("S1", "2025-06-02T19:00:00Z", FINE), police("S2", "2025-06-04T19:00:00Z", ORDER)
    assert told(amended) == [("1141", None, ("court.hearing",))]
    assert told(amended, first) == [("1141", None, ("court.hearing",))]
    assert told(amended, first, again) == [("1141", None, ("court.hearing", "police_result"))]
    assert told(amended, spi("2025-06-02T19:00:00Z", "1015", "3012")) == [("1141", None, ("court.hearing",))]


def test_a_result_that_a_hearing_took_back_is_gone() -> None:
    withdrawn = heard((EVENING, (FINE,)), (AGAIN, ()))
    assert told(withdrawn, police("S1", "2025-06-02T19:00:00Z", FINE), spi("2025-06-02T20:00:00Z", "1015")) == []


def test_a_hearing_shared_before_it_had_results_leaves_them_to_the_others() -> None:
    listed = heard(("2025-06-02T09:00:00Z", ()))
    assert told(listed, spi(EVENING, "1015")) == [("1015", None, ("spi",))]
    assert told(listed, police("S1", EVENING, FINE)) == [("1015", None, ("police_result",))]


def test_spi_alone_gives_its_results_and_after_police_results_only_those_of_other_days() -> None:
    assert [code for code, _, _ in told(spi(EVENING, "1015", "3012"))] == ["1015", "3012"]
    first = police("S1", EVENING, FINE)
    assert told(first, spi(EVENING, "1015", "3012")) == [("1015", None, ("police_result", "spi"))]
    assert [code for code, _, _ in told(first, spi(AGAIN, "1015", day="2025-06-04"))] == ["1015", "1015"]


def test_what_is_said_of_the_offence_is_that_of_the_latest_share() -> None:
    def coded(session: str, at: str, code: str) -> RecordHistory:
        told = {"defendant_id": "D1", "offences": (offence(code, results=(FINE,)),)}
        return history("court.resulted_case", {
            "resulted_case_id": session, "ids": IDS, "route": "police_result", "hearing_day": at[:10],
            "defendants": (told,)}, at=at)

    for number in range(5):
        shares = [coded(f"{number}a", EVENING, "TH68036"), coded(f"{number}b", AGAIN, "TH68010")]
        rows: Any = project_case("c1", shares)["case_offences"]
        assert [row.offence_code for row in rows] == ["TH68010"]
