"""What holds of every projection: rows fit their tables, keys are unique, order and repetition change nothing."""

import random
from datetime import date
from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from schemas.flow import case_id_of
from schemas.tables import TABLES
from tests.builders import crime, defendant, hearing, history, offence, person, result, trial

PROCEEDING = {"proceeding_id": "P1", "suspect_id": "S1", "crime_refs": ("C1",), "cps_area": "CPS West Midlands"}
SENTENCE = {"urn": "20AA1", "asn": "25001", "sentenced_on": "2025-06-02"}


def full_case() -> list[RecordHistory]:
    """One case with a record of every kind that a case can have, and with what is only counted."""
    prison = result("1002", "Imprisonment", duration_days=365.0, ordered_on="2025-06-02")
    return [
        crime(reported_at="2025-02-28T10:00:00Z", flags=("domestic_abuse",), victims=(
            {"victim_id": "V1", "sex": "female", "person": person("Othername")},)),
        history("police.incident", {"incident_ref": "I1", "force": "20", "reported_at": "2025-02-28T09:00:00Z",
                                    "crime_refs": ("C1",)}),
        history("police.crime_outcome", {"crime_ref": "C1", "force": "20", "outcome_at": "2025-04-01",
                                         "outcome_type": "1"}),
        history("police.suspect", {"suspect_id": "S1", "force": "20", "crime_refs": ("C1",), "asn": "25001",
                                   "person": person(), "identified_at": "2025-03-02"}),
        history("police.arrest", {"arrest_ref": "A1", "force": "20", "arrest_at": "2025-03-03T10:00:00Z",
                                  "suspect_id": "S1", "crime_refs": ("C1",), "release_status": "bail"}),
        history("police.victim_support", {"crime_ref": "C1", "victim_id": "V1", "status": "supports",
                                          "at": "2025-03-04"}),
        history("police.victim_service", {"service_ref": "VS1", "victim_id": "V1", "kind": "needs_assessment",
                                          "crime_ref": "C1", "due_at": "2025-03-10", "done_at": "2025-03-09"}),
        history("police.prosecution", {"urn": "20AA1", "initiation": "C", "defendants": (
            {"asn": "25001", "offences": ({"sequence": 1, "offence_code": "TH68036", "charge_on": "2025-03-26"},)},)}),
        history("cps.consultation", {"consultation_id": "K1", "proceeding": PROCEEDING, "kind": "charging_decision",
                                     "received_at": "2025-03-05T10:00:00Z", "completed_at": "2025-03-20"}),
        history("cps.decision", {"decision_id": "X1", "proceeding": PROCEEDING, "decision": "charge",
                                 "decision_at": "2025-03-25", "code_test": "full_code", "code_test_met": True}),
        history("cps.file_review", {"review_id": "FR1", "proceeding": PROCEEDING, "reviewed_at": "2025-03-21",
                                    "dg6_compliant": False, "failures": ("no statement",)}),
        history("cps.defendant_outcome", {"outcome_id": "DO1", "proceeding": PROCEEDING, "completed_at": "2025-06-02",
                                          "final_result": "guilty_plea"}),
        history("court.case", {"ids": {"court_case_id": "CC1", "urn": "20AA1"}, "jurisdiction": "crown",
                               "case_type": "for_trial", "received_at": "2025-03-28", "sent_at": "2025-04-20",
                               "court_ou": "C20BM00", "defendants": (defendant(person=person()),)}),
        hearing("H1", "2025-06-02", defendant(
            1, offence(plea="GUILTY", plea_on="2025-06-02", conviction_on="2025-06-02", results=(prison,)),
            bail_status="C", results=(result("3047", "Restraining order", category="ancillary"),)),
            urn="20AA1", court_ou="C20BM00", court_name="Birmingham", **trial("cracked", "A")),
        history("court.trial_listing", {"hearing_id": "H1", "listed_for": "2025-06-02",
                                        "cases": ({"court_case_id": "CC1"},), "section_28": False}),
        history("court.resulted_case", {"resulted_case_id": "RC1", "ids": {"urn": "20AA1"}, "route": "spi",
                                        "hearing_day": "2025-06-02", "defendants": (
                                            {"asn": "25001", "offences": (
                                                {"offence_code": "TH68036", "sequence": 1, "results": (
                                                    {"result_id": "S1", "cjs_code": "1002"},)},)},)}),
        history("court.remand", {"remand_id": "RM1", "defendant": {"defendant_id": "D1"}, "status": "custody",
                                 "from_at": "2025-03-28T10:00:00Z", "until_at": "2025-06-02T15:00:00Z",
                                 "custody_time_limit_on": "2025-09-01"}),
        history("court.warrant", {"warrant_id": "W1", "defendant": {"defendant_id": "D1"}, "kind": "arrest",
                                  "issued_at": "2025-04-01T10:00:00Z", "executed_at": "2025-04-02T10:00:00Z"}),
        history("court.patch", {"patch": "case_markers", "ids": {"court_case_id": "CC1"}, "markers": ("DV",)}),
        history("hmpps.custody_movement", {"movement_id": "M1", "prison_number": "A0001AA", "movement": "received",
                                           "at": "2025-06-02T17:00:00Z", "prison_id": "BMI",
                                           "custody_type": "sentenced", "sentence": SENTENCE}),
        history("hmpps.recall", {"recall_id": "RE1", "prison_number": "A0001AA", "recalled_at": "2025-12-20",
                                 "reasons": ("further_charge",), "sentence": SENTENCE}),
        history("hmpps.supervision", {"supervision_id": "SV1", "crn": "X000001", "kind": "licence",
                                      "started_at": "2025-12-01", "sentence": SENTENCE}),
        history("hmpps.supervision_end", {"supervision_id": "SV1", "crn": "X000001", "ended_at": "2025-12-20",
                                          "termination_reason": "recalled"}),
    ]


ALONE = [
    history("police.incident", {"incident_ref": "I9", "force": "40", "reported_at": "2022-05", "category": "ASB"}),
    history("police.stop_search", {"stop_ref": "SS1", "force": "40", "stopped_at": "2022-05-02T10:00:00Z"}),
    history("hmpps.prison_capacity", {"prison_id": "BMI", "on": "2025-01-01", "operational_capacity": 900}),
    history("court.session", {"court_ou": "C20BM00", "court_room": "1", "session_on": "2025-06-02"}),
    history("hmpps.custody_movement", {"movement_id": "M9", "prison_number": "A0002AA", "movement": "received",
                                       "at": "2025-06-02T17:00:00Z"}),
    history("police.crime_outcome", {"crime_ref": "C9", "force": "40", "outcome_at": "2022-05"}),
]


def fits(value: object, kind: str) -> bool:
    if value is None:
        return kind.startswith("Nullable")
    if kind.startswith("Array"):
        return isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    if "String" in kind:
        return isinstance(value, str)
    if "Float64" in kind:
        return isinstance(value, float | int)
    if kind in ("UInt8", "Nullable(UInt8)"):
        return type(value) is int and value in (0, 1)
    if "Date32" in kind:
        return type(value) is int and date(1970, 1, 1).toordinal() + value < date(2200, 1, 1).toordinal()
    if "DateTime64" in kind:
        return type(value) is int and abs(value) > 10**10  # milliseconds, never days
    return type(value) is int and value >= 0


def check(rows: dict[str, Any]) -> None:
    for name, made in rows.items():
        table = TABLES[name]
        for row in made:
            assert isinstance(row, table.row)
            for value, column in zip(row, table.columns, strict=True):
                assert fits(value, column.type), (name, column, value)
        keys = [tuple(getattr(row, field) for field in ("case_id", *table.key)) for row in made]
        assert len(set(keys)) == len(keys), name


def test_every_row_fits_its_table() -> None:
    rows = project_case("c1", full_case())
    check(rows)
    for alone in ALONE:
        check(project_case("c2", [alone]))
    made = set(rows) | {table for one in ALONE for table in project_case("c2", [one])}
    assert made == set(TABLES)


def test_the_order_of_the_records_changes_nothing() -> None:
    expected = project_case("c1", full_case())
    for seed in range(20):
        records = full_case()
        random.Random(seed).shuffle(records)
        assert project_case("c1", records) == expected


def test_what_a_record_remembers_changes_nothing() -> None:
    records = full_case()
    first = project_case("c1", records)
    assert project_case("c1", records) == first
    assert {row.case_id for row in project_case("c2", records)["case_events"]} == {"c2"}


@pytest.mark.parametrize(
    ("record", "tables"),
    list(zip(
        ALONE,
        (
            ["incidents", "case_agencies"], ["stop_searches"], ["prison_capacity"], ["court_sessions"],
            ["case_custody", "case_agencies"], ["case_agencies"],
        ),
        strict=True,
    )),
)
def test_records_that_open_no_case_are_only_counted(record: RecordHistory, tables: list[str]) -> None:
    rows: dict[str, Any] = project_case(case_id_of(record.record_id), [record])
    assert list(rows) == tables
    if "case_agencies" in tables:
        assert {rows[table][0].linked for table in tables} == {0}


def test_a_case_of_deleted_records_has_no_rows() -> None:
    told = crime()
    gone = RecordHistory(
        told.record_id, told.kind, told.source, told.subject, "",
        (told.states[0], told.states[0]._replace(deleted=True, data=None)),
    )
    assert project_case("c1", [gone]) == {}


def test_the_case_row_tells_the_journey() -> None:
    rows: dict[str, Any] = project_case("c1", full_case())
    row = rows["cases"][0]
    assert (row.stage, row.outcome, row.live, row.holder, row.force) == ("custody", "convicted", 0, "hmpps", "20")
    assert row.agencies == ("police", "cps", "hmcts", "hmpps")
    assert (row.crimes, row.victims, row.suspects, row.court_cases, row.defendants, row.offences) == (1,) * 6
    assert [row.status for row in rows["case_remand"]] == ["custody"]
    assert rows["case_defendants"][0].remanded_days == 66
    assert rows["case_defendants"][0].plea_stage == "cracked_trial"


def test_no_name_birth_date_or_identifier_is_in_any_row() -> None:
    text = repr(project_case("c1", full_case()))
    for secret in ("Testname", "Othername", "1990-04-02", "20AA1", "25001", "A0001AA", "X000001"):
        assert secret not in text


def test_the_timeline_tells_each_thing_once_with_when_it_was_known() -> None:
    told = full_case()
    rows: dict[str, Any] = project_case("c1", told)
    kinds = {row.kind for row in rows["case_events"]}
    assert {"incident", "recorded", "arrest", "referral", "decision", "hearing", "plea", "result", "custody"} <= kinds
