"""Data quality: what is counted, on the real engine."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casestream.commands.quality import SECTIONS, section
from clickhouse.store import Endpoint, Store
from tests.clickhouse.talk import Talk
from tests.grafana.drawn_cases import draw_cases
from tests.measures.test_once import AT, DAY, crime, put

pytestmark = pytest.mark.integration

CAME = datetime(2025, 3, 2, 12, tzinfo=UTC)


def message(store: Store, offset: int, event_id: str, late: timedelta | None, **more: Any) -> None:
    row = {
        "topic": "feeds.police", "epoch": 1, "partition": 0, "offset": offset, "received_at": CAME, "agency": "police",
        "type": "police.crime", "source": "/test", "event_id": event_id, "time": None if late is None else CAME - late,
    }  # fmt: skip
    store.insert("events", {name: [value] for name, value in {**row, **more}.items()})


def of(store: Store, name: str, agency: str = "", force: str = "", **wanted: str) -> list[dict[str, object]]:
    return [row for row in section(store, name, agency, force) if all(row[key] == wanted[key] for key in wanted)]


def test_completeness_counts_the_rows_that_say_a_field_by_agency_and_force(tables: Store) -> None:
    put(tables, "case_crimes", [
        crime(1, offence_code="TH68010"), crime(2), crime(3, "63", offence_code="TH68010", reported_at=AT),
    ])  # fmt: skip
    (code,) = of(tables, "completeness", field="offence_code")
    assert (code["agency"], code["things"], code["complete"], code["share"]) == ("police", 3, 2, 0.6667)
    (code,) = of(tables, "completeness", force="20", field="offence_code")
    assert (code["things"], code["complete"]) == (2, 1)
    assert of(tables, "completeness", agency="cps") == []


def test_late_timeless_and_early_messages_are_counted(tables: Store) -> None:
    for offset, late in enumerate(
        (timedelta(minutes=5), timedelta(hours=2), timedelta(days=3), None, -timedelta(hours=1))
    ):
        message(tables, offset, f"e{offset}", late)
    (told,) = of(tables, "timeliness")
    assert told == {
        "agency": "police", "messages": 5, "without_time": 1, "later_than_hour": 2, "later_than_day": 1,
        "from_the_future": 1,
    }  # fmt: skip


def test_a_message_that_came_twice_is_one_repeat(tables: Store) -> None:
    for offset, event_id in enumerate(("a", "a", "b", "a")):
        message(tables, offset, event_id, timedelta(0))
    (told,) = of(tables, "uniqueness")
    assert (told["messages"], told["repeated"], told["share"]) == (4, 2, 0.5)


def test_broken_rules_and_unknown_codes_are_counted_and_kept(tables: Store) -> None:
    message(tables, 1, "a", None, findings=["no-event-time"])
    put(tables, "case_crimes", [crime(1), crime(2, "98"), crime(3, offence_group="", category="")])
    assert [(row["thing"], row["rule"], row["found"]) for row in of(tables, "validity")] == [
        ("crime", "class or offence code without a known group", 1),
        ("crime", "force that is no force of England and Wales", 1),
        ("police.crime", "no-event-time", 1),
    ]


def test_facts_that_contradict_each_other_are_counted(tables: Store) -> None:
    put(tables, "case_crimes", [
        crime(1, first_arrest_at=AT, arrest_before_report=1), crime(2, first_arrest_at=AT, arrest_before_report=0),
        crime(3, outcome_type="1", offences=0), crime(4, outcome_type="1", offences=1, charge_link="asn"),
        crime(5, outcome_type="16", offences=1, charge_link="asn"),
    ])  # fmt: skip
    defendant = {"court_case_id": "k", "force": "20", "first_hearing_on": DAY}
    put(tables, "case_defendants", [
        {**defendant, "case_id": "c1", "defendant_id": "d1", "completed_on": DAY - 1},
        {**defendant, "case_id": "c2", "defendant_id": "d2", "completed_on": DAY + 1, "sentence_type": "custody"},
    ])  # fmt: skip
    found = {str(row["rule"]): (row["things"], row["inconsistent"]) for row in of(tables, "consistency")}
    assert found == {
        "arrested before it was reported": (2, 1),
        "outcome charged, but no charge is told by the CPS or a court": (2, 1),
        "charged at court, but the outcome is none or another": (2, 1),
        "completed before the first hearing": (2, 1),
        "sentenced but not convicted": (1, 1),
        "custodial sentence, but no record of prisons or probation": (1, 1),
    }


def test_links_are_counted_between_each_two_agencies(tables: Store) -> None:
    both = ["police", "cps"]
    put(tables, "case_agencies", [
        {"case_id": "c1", "agency": "police", "linked": 1, "force": "20", "records": 1, "agencies": both},
        {"case_id": "c1", "agency": "cps", "linked": 1, "force": "20", "records": 1, "agencies": both},
        {"case_id": "c2", "agency": "police", "linked": 1, "force": "63", "records": 1, "agencies": ["police"]},
        {"case_id": "c3", "agency": "police", "linked": 0, "records": 5, "agencies": ["police"]},
    ])  # fmt: skip
    found = {(row["agency"], row["other"]): (row["records"], row["linked"]) for row in of(tables, "links")}
    assert found["police", "cps"] == (2, 1)
    assert found["cps", "police"] == (1, 1)
    assert found["police", "hmcts"] == (2, 0)
    (only,) = of(tables, "links", "police", "20", other="cps")
    assert only["share"] == 1


def test_a_simulated_history_fills_every_section_and_boards_may_read_all(
    tables: Store, clickhouse_endpoint: Endpoint
) -> None:
    draw_cases(tables)
    for name in ("completeness", "consistency", "links", "uniqueness", "timeliness"):
        rows = section(tables, name, "", "")
        assert rows, name
        assert all(0 <= float(str(row.get("share") or 0)) <= 1 for row in rows), name
    board = Talk(clickhouse_endpoint, user="board")
    for name in SECTIONS:
        assert board(f"SELECT * FROM casestream.v_quality_{name}").status == 200
