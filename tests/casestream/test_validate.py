"""`casestream validate`: tells an agency, line by line, what is wrong, why, and what would be right."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casestream.checking import Finding, check
from processors.standardise.standardise import Rejected, standardise
from schemas.flow import EventRef
from schemas.generate import EVENT_MODELS, example
from tests.casestream.conftest import Told

Cli = Callable[..., Told]


def crime(**changes: Any) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(example("police.crime"))
    data = {**event["data"], **changes.pop("data", {})}
    event.update(changes)
    return {**event, "data": data}


def without(event: dict[str, Any], *path: str) -> dict[str, Any]:
    if len(path) == 1:
        return {name: value for name, value in event.items() if name != path[0]}
    return {**event, path[0]: without(event[path[0]], *path[1:])}


def findings(event: object) -> list[Finding]:
    raw = event if isinstance(event, bytes) else json.dumps(event).encode()
    return list(check(1, raw))


BROKEN: dict[str, tuple[object, str, str, str]] = {
    "a missing field": (without(crime(), "data", "recorded_at"), "data.recorded_at", "missing-field", ""),
    "a misspelt field": (crime(data={"crime_reff": "1"}), "data.crime_reff", "unknown-field", "crime_ref?"),
    "a field of no contract": (
        crime(data={"qqqq": 1}), "data.qqqq", "unknown-field", "nothing: the contract has no such field",
    ),
    "a day that does not exist": (crime(data={"recorded_at": "2026-02-30"}), "data.recorded_at", "invalid-value", ""),
    "a time without a zone": (crime(time="2026-02-03T10:00:00"), "time", "invalid-value", ""),
    "a misspelt type": (crime(type="police.crimes"), "type", "unknown-event-type", "police.crime?"),
    "no type": (without(crime(), "type"), "type", "no-event-type", ""),
    "a time of no system": (crime(time="9999-12-31T00:00:00Z"), "time", "implausible-time", ""),
    "no id": (without(crime(), "id"), "id", "missing-field", ""),
    "no JSON": (b'{"type": ', "event", "malformed-json", ""),
    "a list": (b"[]", "event", "batch-of-events", ""),
    "a text": (b'"event"', "event", "", ""),
    "broken base64": (
        {**without(crime(), "data"), "data_base64": "no"}, "data_base64", "malformed-base64", "",
    ),
    "an unknown code": (
        crime(data={"victims": [{"victim_id": "1", "sex": "w"}]}), "data.victims.0.sex", "unknown-code",
        "one of male, female, other, not_known",
    ),
    "a number that is too large": (crime(id=10**40), "id", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_with_field_rule_and_help(name: str) -> None:
    event, field, rule, expected = BROKEN[name]
    first = findings(event)[0]
    assert first.level == "error"
    assert first.field == field
    assert first.reason
    if rule:
        assert first.rule == rule
    if expected:
        assert first.expected == expected


@pytest.mark.parametrize("name", BROKEN)
def test_the_first_finding_is_what_the_worker_rejects_by(name: str) -> None:
    event = BROKEN[name][0]
    raw = event if isinstance(event, bytes) else json.dumps(event).encode()
    verdict = standardise(raw, EventRef("", 0, 0, 0))
    assert isinstance(verdict, Rejected)
    first = findings(event)[0]
    assert (first.rule, first.field, first.value, first.reason) == verdict[:4]


def test_every_fault_of_a_line_is_told_not_only_the_first() -> None:
    event = without(crime(data={"recorded_at": "yesterday", "qqqq": 1}), "data", "force")
    assert {one.field for one in findings(event)} == {"data.recorded_at", "data.qqqq", "data.force"}


def test_a_deletion_names_a_kind() -> None:
    event = json.loads(example("record.deleted"))
    event["data"]["kind"] = "police.crimes"
    first = findings(event)[0]
    assert (first.rule, first.expected) == ("unknown-kind", "police.crime?")


def test_a_placeholder_is_a_finding_about_quality() -> None:
    event = json.loads(example("police.suspect"))
    event["data"]["asn"] = "0" * 20
    event.pop("time")
    found = findings(event)
    assert {one.level for one in found} == {"quality"}
    assert {one.field for one in found} == {"asn", "time"}


def test_a_date_that_cannot_be_is_a_finding_about_quality_with_its_field() -> None:
    (found,) = findings(crime(data={"occurred_from": "0001-01-01T00:00:00Z"}))
    assert (found.level, found.rule, found.field) == ("quality", "implausible-date", "data.occurred_from")


@pytest.mark.parametrize("event_type", EVENT_MODELS)
def test_examples_have_no_findings(event_type: str) -> None:
    assert findings(example(event_type).encode()) == []


def test_a_right_file_is_success(casestream: Cli, tmp_path: Path) -> None:
    file = tmp_path / "right.jsonl"
    file.write_text("\n".join(json.dumps(json.loads(example(one))) for one in EVENT_MODELS))
    told = casestream("validate", str(file))
    assert (told.code, told.out) == (0, f"{len(EVENT_MODELS)} events checked, 0 errors\n")


def test_a_wrong_file_is_a_finding_with_its_line(casestream: Cli, tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text(f"{json.dumps(crime())}\n\n{json.dumps(crime(type='police.crimes'))}\n{{\n")
    told = casestream("validate", str(file))
    assert told.code == 1
    lines = told.out.splitlines()
    assert lines[0].startswith("wrong.jsonl:3: error unknown-event-type: type='police.crimes'")
    assert lines[0].endswith("expected police.crime?")
    assert lines[1].startswith("wrong.jsonl:4: error malformed-json")
    assert lines[-1] == "3 events checked, 2 errors"


def test_an_item_of_an_array_is_told_as_one(casestream: Cli, tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps([crime(), crime(type="police.crimes")], indent=1), encoding="utf-8-sig")
    told = casestream("validate", str(file))
    assert told.out.splitlines()[0].startswith("wrong.json: item 2: error unknown-event-type")


def test_findings_can_be_read_by_machines(casestream: Cli, tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text("{\n")
    told = casestream("validate", "--json", str(file))
    assert told.code == 1
    answer = json.loads(told.out)
    assert (answer["events"], answer["errors"]) == (1, 1)
    assert set(answer["findings"][0]) == {
        "file", "line", "unit", "level", "field", "value", "rule", "reason", "expected",
    }  # fmt: skip


def test_a_real_format_is_checked_through_its_adapter(casestream: Cli, tmp_path: Path) -> None:
    file = tmp_path / "2022-05-bedfordshire-street.csv"
    file.write_text("Crime ID,Month,Reported by,Falls within,Crime type\nonly,two\n")
    told = casestream("validate", "--format", "police-uk", str(file))
    assert told.code == 1
    assert "2022-05-bedfordshire-street.csv:2: error wrong-number-of-columns" in told.out


def test_a_libra_file_is_told_what_is_refused_and_what_links_nothing(casestream: Cli, tmp_path: Path) -> None:
    items = [{"caseNo": "1600", "courtCode": "B10JQ", "cId": "CID1"}, {"caseNo": "1600000001"}]
    file = tmp_path / "items.jsonl"
    file.write_text("\n".join(map(json.dumps, items)))
    told = casestream("validate", "--format", "libra", str(file))
    assert told.code == 1
    assert "quality libra-case-number-format: " in told.out
    assert "items.jsonl:2: error missing-field: courtCode" in told.out


def test_every_fault_of_a_message_of_a_real_format_is_told_with_its_path(casestream: Cli, tmp_path: Path) -> None:
    offences = [{"id": "o-1", "offenceCode": "TH68010", "chargeDate": "soon", "orderIndex": "first"}, {"id": "o-2"}]
    person = {"personDetails": {"lastName": "Up", "dateOfBirth": "1990-02-31"}}
    hearing = {
        "id": "h-1", "hearingDay": "2024-03-01", "crackedIneffectiveTrial": {"date": "then"},
        "prosecutionCases": [
            {"id": "c-1", "defendants": [{"id": "d-1", "personDefendant": person, "offences": offences}]},
            {"id": "c-2", "defendants": "none"},
        ],
    }
    file = tmp_path / "hearing.json"
    file.write_text(json.dumps({"hearing": hearing, "sharedTime": "2024-03-01T17:00:00Z"}))
    told = casestream("validate", "--json", "--format", "common-platform", str(file))
    assert told.code == 1
    found = {one["field"]: one["rule"] for one in json.loads(told.out)["findings"]}
    of = "prosecutionCases.0.defendants.0"
    assert found == {
        "crackedIneffectiveTrial.on": "invalid-on",
        f"{of}.date_of_birth": "invalid-date-of-birth",
        f"{of}.offences.0.charge_on": "invalid-charge-on",
        f"{of}.offences.0.order_index": "invalid-order-index",
        f"{of}.offences.1.offenceCode": "missing-field",
        "prosecutionCases.1.defendants": "wrong-shape",
    }


@pytest.mark.parametrize(
    ("format_", "name", "content"),
    [
        ("cloudevents", "empty.jsonl", ""), ("cloudevents", "blank.jsonl", "\n\n"), ("cloudevents", "none.json", "[]"),
        ("common-platform", "empty.json", ""), ("hmpps", "none.json", "[]"), ("spi", "empty.xml", ""),
        ("police-uk", "empty.csv", ""),
        ("police-uk", "2022-05-bedfordshire-street.csv", "Crime ID,Month,Reported by,Falls within,Crime type\n"),
    ],
)
def test_a_file_without_events_is_an_error(
    casestream: Cli, tmp_path: Path, format_: str, name: str, content: str
) -> None:
    file = tmp_path / name
    file.write_text(content)
    told = casestream("validate", "--format", format_, str(file))
    assert told.code == 1
    assert told.out.startswith(f"{name}: error ")
