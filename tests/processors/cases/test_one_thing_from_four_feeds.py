"""One defendant, offence or result that several agencies tell is one row with its sources (decisions, section 3)."""

from typing import Any

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from tests.builders import crime, defendant, hearing, history, offence, person, result

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
