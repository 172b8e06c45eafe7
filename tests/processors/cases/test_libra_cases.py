"""Cases of Libra: known by their number within their court, told one defendant a record, filling what others leave."""

from itertools import permutations
from typing import Any

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from schemas.person_facts import person_record_id
from tests.builders import SOURCE, hearing, history, offence, person, states

NUMBER = {"libra_case_number": "1600000001", "libra_court": "B10JQ"}
ANN, BOB = person(), person("Otherone", "Bob")
THEFT = {"offence_code": "TH68010", "order_index": 1, "title": "Theft from a shop"}
BY_WORDS = {"order_index": 1, "title": "Theft from a shop", "act": "Contrary to the Theft Act 1968."}


def item(
    cid: str, who: dict[str, Any], ids: dict[str, Any] = NUMBER, source: str = SOURCE, **more: Any
) -> RecordHistory:
    """A defendant's record of a case, as the adapter makes it of an item of a list."""
    told = {"libra_defendant_id": cid, "person": who, "uncoded_offences": (BY_WORDS,)} | more
    data = {"ids": ids, "jurisdiction": "magistrates", "court_ou": "B10JQ00", "defendants": (told,)}
    return states("court.case", ("2025-03-01T00:00:00Z", data), source=source, subject=cid)


def listed(day: str) -> RecordHistory:
    hearing_id = f"libra/B10JQ/1600000001/{day}"
    return history("court.patch", {"patch": "hearing_listed", "ids": NUMBER, "hearing_id": hearing_id,
                                   "listed_for": (f"{day}T09:00:00Z",)})  # fmt: skip


SPI = history("police.prosecution", {
    "urn": "20AA1", "initiation": "C", "first_hearing_on": "2025-04-01", "defendants": ({
        "asn": "2500/1", "person": ANN, "offences": (
            {"sequence": 1, "offence_code": "TH68010", "occurred_from": "2025-02-28", "charge_on": "2025-03-01"},)},),
})  # fmt: skip


def test_the_defendants_of_a_number_are_one_court_case_with_their_own_person_records() -> None:
    rows: dict[str, Any] = project_case("c1", [item("CID1", ANN), item("CID2", BOB), listed("2025-04-01")])
    (case,) = rows["case_court_cases"]
    assert (case.jurisdiction, case.court_ou, case.defendants, case.offences) == ("magistrates", "B10JQ00", 2, 2)
    assert case.outstanding == 1
    assert {row.person_key for row in rows["case_defendants"]} == {
        person_record_id(SOURCE, "libra_defendant", cid) for cid in ("CID1", "CID2")
    }
    (listing,) = rows["case_hearings"]
    assert (listing.court_case_id, listing.listed) == (case.court_case_id, 1)


def test_an_offence_that_is_known_by_its_words_has_no_code_and_no_group() -> None:
    rows: dict[str, Any] = project_case("c1", [item("CID1", ANN)])
    (row,) = rows["case_offences"]
    assert (row.title, row.offence_code, row.offence_group, row.completed_on) == ("Theft from a shop", "", "", None)


def test_results_that_only_an_item_tells_are_those_of_the_case() -> None:
    fined = {"result_id": "R1", "cjs_code": "1015", "ordered_on": "2025-03-02"}
    told = item("CID1", ANN, results=(fined,), offences=(THEFT | {"results": [fined]},))
    rows: dict[str, Any] = project_case("c1", [told])
    assert [(row.code, row.sources) for row in rows["case_results"]] == [("1015", ("court.case",))] * 2


def test_two_courts_number_for_themselves() -> None:
    other = item("CID2", BOB, {**NUMBER, "libra_court": "B01LY"})
    rows: dict[str, Any] = project_case("c1", [item("CID1", ANN), other])
    assert len(rows["case_court_cases"]) == 2


def test_a_charge_file_of_the_same_urn_is_the_same_case_defendant_and_offence_in_any_order() -> None:
    coded = item("CID1", ANN, {**NUMBER, "urn": "20AA1"}, offences=(THEFT,))
    expected: dict[str, Any] = project_case("c1", [SPI, coded, listed("2025-04-01")])
    for table in ("case_court_cases", "case_defendants", "case_offences", "case_hearings"):
        assert len(expected[table]) == 1, table
    (row,) = expected["case_offences"]
    assert (row.offence_code, row.occurred_from, row.sources) == (
        "TH68010", 1_740_700_800_000, ("court.case", "police.prosecution")
    )  # fmt: skip
    for order in permutations([SPI, coded, listed("2025-04-01")]):
        assert project_case("c1", order) == expected


def test_offences_by_their_words_do_not_count_beside_the_coded_ones() -> None:
    rows: dict[str, Any] = project_case("c1", [SPI, item("CID1", ANN, {**NUMBER, "urn": "20AA1"})])
    assert [row.offence_code for row in rows["case_offences"]] == ["TH68010"]


def test_an_item_that_knows_only_some_codes_has_all_its_offences() -> None:
    rows: dict[str, Any] = project_case("c1", [item("CID1", ANN, offences=({**THEFT, "order_index": 2},))])
    assert sorted(row.offence_code for row in rows["case_offences"]) == ["", "TH68010"]


def test_an_organisation_is_one_defendant_by_its_name() -> None:
    charged = history("police.prosecution", {
        "urn": "20AA1", "initiation": "S", "defendants": ({"asn": "TFL", "organisation": "Made-up Trading Ltd"},)})
    told = {"libra_defendant_id": "CID1", "organisation": "MADE UP TRADING LTD"}
    listed_too = states("court.case", ("2025-03-01T00:00:00Z", {
        "ids": {**NUMBER, "urn": "20AA1"}, "defendants": (told,)}), subject="CID1")  # fmt: skip
    rows: dict[str, Any] = project_case("c1", [charged, listed_too])
    assert [row.sources for row in rows["case_defendants"]] == [("court.case", "police.prosecution")]


def test_the_courts_own_record_counts_before_an_item_of_a_list() -> None:
    told = {"defendant_id": "D1", "person": ANN, "youth": True, "offences": (offence(),)}
    ours = history("court.case", {"ids": {"court_case_id": "CC1", "urn": "20AA1"}, "jurisdiction": "crown",
                                  "received_at": "2025-03-02", "defendants": (told,)})  # fmt: skip
    heard = hearing("H1", "2025-06-02", told, urn="20AA1")
    alone = item("CID1", ANN, offences=(THEFT | {"offence_code": "TH68036"},))
    with_urn = item("CID1", ANN, {**NUMBER, "urn": "20AA1"}, source="/another")
    rows: dict[str, Any] = project_case("c1", [alone, with_urn, ours, heard])
    (case,) = rows["case_court_cases"]
    (who,) = rows["case_defendants"]
    assert (case.court_case_id, case.jurisdiction, case.received_precision) == ("CC1", "crown", "day")
    assert (who.defendant_id, who.youth, who.offences) == ("D1", 1, 1)
