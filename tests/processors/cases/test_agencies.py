"""How many records each agency has in a case."""

from typing import Any

from processors.cases.agencies import agency_rows
from processors.cases.project import project_case
from tests.builders import history, states

CRIME = {"crime_ref": "C1", "force": "20", "recorded_at": "2025-03-01"}
ARREST = {"arrest_ref": "A1", "force": "20", "arrest_at": "2025-03-02T10:00:00Z"}


def test_each_agency_has_a_row_that_names_all_agencies_of_the_case() -> None:
    told = {
        "court.case": [1], "police.crime": [1, 2], "police.arrest": [1], "hmpps.recall": [1],
        # these tell of a person, a place or linking itself
        "hmpps.prisoner": [1], "police.stop_search": [1], "casestream.link_decision": [1],
    }
    rows = agency_rows("c1", 1, "20", "Theft", ("rape",), told)
    agencies = ("police", "hmcts", "hmpps")
    assert [(row.agency, row.records, row.agencies) for row in rows] == [
        ("police", 3, agencies), ("hmcts", 1, agencies), ("hmpps", 1, agencies),
    ]
    assert {row[2:5] + row[7:] for row in rows} == {(1, "20", "Theft", ("rape",))}


def test_a_deleted_record_does_not_count() -> None:
    gone = states("police.arrest", ("2025-03-02T11:00:00Z", ARREST), ("2025-03-03T11:00:00Z", None))
    rows: dict[str, Any] = project_case("c1", [history("police.crime", CRIME, at="2025-03-01T09:00:00Z"), gone])
    assert [(row.agency, row.records) for row in rows["case_agencies"]] == [("police", 1)]


def test_what_cannot_belong_to_a_case_has_no_row() -> None:
    assert agency_rows("c1", 0, "", "", (), {"hmpps.notice": [1]}) == []
