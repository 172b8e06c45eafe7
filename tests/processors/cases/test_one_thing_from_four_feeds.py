"""One defendant, offence or result that several agencies tell is one row with its sources (decisions, section 3)."""

from itertools import combinations
from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from tests.builders import crime, defendant, hearing, hearing_data, history, offence, person, result, states

PERSON = person()
SPI = history("police.prosecution", {
    "urn": "20AA1", "initiation": "C",
    "defendants": ({"asn": "2500/1", "person": PERSON, "cps_defendant_id": "P9", "offences": (
        {"sequence": 1, "offence_code": "TH68036", "charge_on": "2025-03-10", "crime_ref": "C1"},)},),
})
SUSPECT = history("police.suspect", {
    "suspect_id": "S1", "force": "20", "crime_refs": ("C1",), "asn": "25001", "person": PERSON})
CPS = history("cps.decision", {
    "decision_id": "X1", "decision": "charge", "decision_at": "2025-03-09T10:00:00Z",
    "proceeding": {"proceeding_id": "P1", "cps_defendant_id": "P9", "crime_refs": ("C1",), "person": PERSON}})
FINE = result("1015", "Fine", ordered_on="2025-06-02")
HEARING = hearing(
    "H1", "2025-06-02", defendant(1, offence(results=(FINE,)), person=PERSON), urn="20AA1", hearing_type="Sentence"
)


def resulted(route: str) -> RecordHistory:
    told = {"asn": "25001", "person": PERSON, "offences": (
        {"offence_code": "TH68036", "sequence": 1,
         "results": ({"result_id": f"{route}1", "cjs_code": "1015", "label": "Fine"},)},)}
    return history("court.resulted_case", {
        "resulted_case_id": f"RC-{route}", "ids": {"urn": "20AA1"}, "route": route, "hearing_day": "2025-06-02",
        "defendants": (told,)})


def counts(rows: dict[str, Any]) -> dict[str, int]:
    tables = ("case_court_cases", "case_defendants", "case_offences", "case_results", "case_sentences")
    return {table: len(rows.get(table, ())) for table in tables}


def test_defendants_from_four_feeds_are_one_row() -> None:
    rows: dict[str, Any] = project_case("c1", [crime(), SPI, SUSPECT, CPS, HEARING, resulted("spi")])
    assert [row.sources for row in rows["case_defendants"]] == [
        ("court.hearing", "court.resulted_case", "cps.decision", "police.prosecution", "police.suspect")
    ]
    assert len(rows["case_suspects"]) == 1
    assert rows["case_suspects"][0].defendant_id == rows["case_defendants"][0].defendant_id
    assert rows["case_proceedings"][0].defendant_id == rows["case_defendants"][0].defendant_id


def test_all_feeds_give_the_same_counts_as_one() -> None:
    one = project_case("c1", [HEARING])
    assert counts(one) == dict.fromkeys(counts(one), 1)
    assert counts(project_case("c1", [SPI, HEARING, resulted("police_result"), resulted("spi")])) == counts(one)
    assert counts(project_case("c1", [resulted("spi")])) == counts(one)


def police_result(session: str, time: str) -> RecordHistory:
    """The results as the police get them; a court that shares them again may do so as another session's, but a result
    keeps its id."""
    told = {"asn": "25001", "defendant_id": "D1", "person": PERSON, "offences": (
        {"offence_id": "O1", "offence_code": "TH68036", "sequence": 1, "results": (FINE,)},)}
    return history("court.resulted_case", {
        "resulted_case_id": f"{session}/20AA1/D1", "ids": {"urn": "20AA1", "court_case_id": "CC1"},
        "route": "police_result", "hearing_day": "2025-06-02", "defendants": (told,)}, at=time)


def spi_result() -> RecordHistory:
    """The results by SPI, sent twice: its messages have no ids, so the second is a later state of the same record."""
    def told(text: str) -> dict[str, Any]:
        return {"resulted_case_id": "20AA1/2025-06-02/B20AA00/25001", "ids": {"urn": "20AA1"}, "route": "spi",
                "hearing_day": "2025-06-02", "defendants": ({"asn": "25001", "person": PERSON, "offences": (
                    {"offence_code": "TH68036", "sequence": 1,
                     "results": ({"result_id": "of-its-place", "cjs_code": "1015", "text": text},)},)},)}
    return states("court.resulted_case", ("2025-06-02T19:00:00Z", told("Fined")),
                  ("2025-06-04T19:00:00Z", told("Fined, amended")))


def shared_again() -> RecordHistory:
    """The hearing day, shared in the evening and once more, amended, two days later."""
    amended = result("1015", "Fine", ordered_on="2025-06-02", amended_at="2025-06-04")
    told = (hearing_data("H1", "2025-06-02", defendant(1, offence(results=(fine,)), person=PERSON), urn="20AA1",
                         hearing_type="Sentence") for fine in (FINE, amended))
    return states("court.hearing", *zip(("2025-06-02T18:00:00Z", "2025-06-04T18:00:00Z"), told, strict=True))


NEXT_DAY = hearing(
    "H1", "2025-06-03", defendant(1, offence(results=(FINE,)), person=PERSON), urn="20AA1", hearing_type="Sentence"
)
COURT_FEEDS = {
    "hearing": (shared_again(),), "hearing, and its results again on the next day": (HEARING, NEXT_DAY),
    "police results": (police_result("S1", "2025-06-02T19:00:00Z"),),
    "police results, shared again as another session": (
        police_result("S1", "2025-06-02T19:00:00Z"), police_result("S2", "2025-06-05T19:00:00Z")),
    "SPI": (spi_result(),),
}  # fmt: skip
OTHER_FEEDS = {"police": (SUSPECT, crime()), "charge file": (SPI,), "CPS": (CPS,)}


@pytest.mark.parametrize("others", range(len(OTHER_FEEDS) + 1))
def test_whatever_feeds_tell_a_history_the_counts_are_those_of_one_and_in_any_order(others: int) -> None:
    wanted = dict.fromkeys(counts({}), 1)
    for size in range(1, len(COURT_FEEDS) + 1):
        for courts in combinations(COURT_FEEDS.values(), size):
            for more in combinations(OTHER_FEEDS.values(), others):
                told = {one.record_id: one for feed in (*courts, *more) for one in feed}
                rows = project_case("c1", list(told.values()))
                assert counts(rows) == wanted, list(told)
                assert rows == project_case("c1", list(told.values())[::-1])


def test_results_that_the_courts_share_again_are_the_latest() -> None:
    police = police_result("S1", "2025-06-02T19:00:00Z")
    rows: dict[str, Any] = project_case("c1", [shared_again(), police, spi_result()])
    (row,) = rows["case_results"]
    assert (row.sources, row.code) == (("court.hearing", "police_result", "spi"), "1015")


def test_a_result_of_several_feeds_is_the_hearings() -> None:
    rows: dict[str, Any] = project_case("c1", [resulted("spi"), resulted("police_result"), HEARING])
    assert [row.sources for row in rows["case_results"]] == [("court.hearing", "police_result", "spi")]


def test_two_equal_orders_on_one_offence_are_two() -> None:
    pay = [result("3012", "Compensation", number, ordered_on="2025-06-02") for number in (1, 2)]
    rows: dict[str, Any] = project_case("c1", [hearing("H1", "2025-06-02", defendant(1, offence(results=pay)))])
    assert [(row.code, row.n) for row in rows["case_results"]] == [("3012", 0), ("3012", 1)]


def test_two_defendants_of_one_name_are_not_merged_by_name() -> None:
    twins = [defendant(number, offence(number=number), person=PERSON, asn=None) for number in (1, 2)]
    told = history("police.prosecution", {"urn": "20AA1", "initiation": "C", "defendants": (
        {"asn": "99", "person": PERSON, "offences": ({"offence_code": "TH68036"},)},)})
    rows: dict[str, Any] = project_case("c1", [told, hearing("H1", "2025-06-02", *twins, urn="20AA1")])
    assert len(rows["case_defendants"]) == 3


def test_court_cases_are_never_merged() -> None:
    rows: dict[str, Any] = project_case("c1", [
        hearing("H1", "2025-06-02", defendant(1), case="CC1", urn="20AA1"),
        hearing("H1", "2025-06-02", defendant(2, offence(number=2)), case="CC2", urn="20AA1"),
        resulted("spi"),
    ])
    assert len(rows["case_court_cases"]) == 2
    assert len(rows["case_defendants"]) == 2


def test_a_charge_finds_its_crime_by_reference_else_by_subgroup_and_asn_else_by_case() -> None:
    def link(*records: RecordHistory) -> str:
        rows: dict[str, Any] = project_case("c1", records)
        return str(rows["case_crimes"][0].charge_link)

    assert link(crime(), hearing("H1", "2025-06-02", defendant(1, offence(crime_ref="C1")))) == "crime_ref"
    assert link(crime(), SUSPECT, hearing("H1", "2025-06-02")) == "asn_subgroup"
    assert link(crime(ho_code="105A"), hearing("H1", "2025-06-02")) == "case_level"
