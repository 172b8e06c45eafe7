"""One message of a feed -> accepted with its head, or rejected with the field, the value, the rule and the reason."""

from base64 import b64encode
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.hearing_days import hearing_parts
from processors.standardise.standardise import Accepted, Rejected, errors_of, standardise
from schemas.court import Hearing
from schemas.flow import NO_TIME, EventRef, Key, part_id, subject_id
from schemas.refusal import refusal_event

REF = EventRef("feeds.police", 1, 0, 7)
CRIME = {"crime_ref": "40/1/26", "force": "40", "recorded_at": "2026-01-02T09:00:00Z"}


def event(kind: str = "police.crime", data: Any = CRIME, **attributes: Any) -> bytes:
    told = {"specversion": "1.0", "id": "e1", "source": "rms", "subject": "s1", "type": kind, "data": data,
            "time": "2026-01-02T09:05:00Z", **attributes}  # fmt: skip
    return orjson.dumps({name: value for name, value in told.items() if value is not None})


def accepted(body: bytes, attributes: dict[str, str] | None = None) -> Accepted:
    found = standardise(body, REF, attributes)
    assert isinstance(found, Accepted), found
    return found


def rejected(body: bytes) -> Rejected:
    found = standardise(body, REF)
    assert isinstance(found, Rejected), found
    return found


def test_an_event_becomes_a_head_with_canonical_keys() -> None:
    found = accepted(event())
    (part,) = found.head.parts
    assert found.head.subject_id == part.record_id == subject_id("rms", "police.crime", "s1")
    assert part.keys == (Key("crime_ref", "40/1/26"),)
    assert found.head.event == REF
    assert found.findings == ()


def test_binary_mode_is_the_same_event() -> None:
    attributes = {"specversion": "1.0", "id": "e1", "source": "rms", "subject": "s1", "type": "police.crime",
                  "time": "2026-01-02T09:05:00Z"}  # fmt: skip
    assert accepted(orjson.dumps(CRIME), attributes).head == accepted(event()).head


def test_extension_attributes_are_accepted() -> None:
    assert accepted(event(traceparent="00-abc")).head == accepted(event()).head


@pytest.mark.parametrize(
    ("body", "rule", "field", "value"),
    [
        (b"{not json", "malformed-json", "event", ""),
        (event(kind="police.weather"), "unknown-event-type", "type", "police.weather"),
        (event(data={**CRIME, "force": None}), "invalid-string-type", "data.force", "null"),
        (event(data={"force": "40", "recorded_at": "2026-01-02"}), "missing-field", "data.crime_ref", ""),
        (event(data={**CRIME, "forse": "40"}), "unknown-field", "data.forse", "40"),
        (event(data={**CRIME, "recorded_at": "2026-02-30"}), "invalid-value", "data.recorded_at", "2026-02-30"),
        (event(specversion="0.3"), "unknown-code", "specversion", "0.3"),
        (event("record.deleted", {"kind": "police.weather"}), "unknown-kind", "data.kind", "police.weather"),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value else "",
)
def test_a_rejected_event_names_rule_field_and_value(body: bytes, rule: str, field: str, value: str) -> None:
    found = rejected(body)
    assert (found.rule, found.field) == (rule, field)
    assert value in found.value
    assert found.reason


NAMED = {"suspect_id": "S", "force": "40", "crime_refs": ["40/1/26"],
         "person": {"name": {"first": "Ann", "last": "Testname"}, "date_of_birth": "1990-04-02"}}  # fmt: skip


@pytest.mark.parametrize("body", [
    event("police.suspect", {**NAMED, "force": None}),
    event("police.suspect", {name: value for name, value in NAMED.items() if name != "force"}),
    event("police.suspect", NAMED, subject=None),
    event("police.suspect", [NAMED]),
    event("police.suspect", NAMED, type=None),
    event("police.suspects", NAMED),
    event("police.suspect", {**NAMED, "person": [NAMED["person"]]}),
    event("police.suspect", {**NAMED, "persons": NAMED["person"]}),
    event("police.suspect", NAMED)[:-2],
    b"[" + event("police.suspect", NAMED) + b"]",
    orjson.dumps(event("police.suspect", NAMED).decode()),
    orjson.dumps({**orjson.loads(event("police.suspect", None)), "data_base64": "QW5uIFRlc3RuYW1l"}),
])
def test_a_reject_shows_the_named_field_and_nothing_beside_it(body: bytes) -> None:
    found = rejected(body)
    for secret in ("Ann", "Testname", "1990"):
        assert secret not in found.value + found.reason
    for word in ("discriminator", "Value error", "Input should", "dictionary", "tag"):
        assert word not in found.reason


def test_data_in_base64_is_the_same_event() -> None:
    told = orjson.loads(event())
    told["data_base64"] = b64encode(orjson.dumps(told.pop("data"))).decode()
    assert accepted(orjson.dumps(told)).head == accepted(event()).head
    told["data_base64"] = b64encode(orjson.dumps({**CRIME, "force": None})).decode()
    assert rejected(orjson.dumps(told))[:2] == ("invalid-string-type", "data.force")
    for broken in ("no base64", "bm8ganNvbg==", 7):
        told["data_base64"] = broken
        assert rejected(orjson.dumps(told))[:2] == ("malformed-base64", "data_base64")


def test_a_time_in_small_letters_is_the_same_time() -> None:
    told = orjson.loads(event())
    body = orjson.dumps({**told, "time": told["time"].lower()})
    assert told["time"] != told["time"].lower()
    assert accepted(body).head == accepted(event()).head
    assert errors_of(body) == []
    attributes = {name: value for name, value in told.items() if isinstance(value, str)}
    binary = standardise(orjson.dumps(told["data"]), REF, {**attributes, "time": told["time"].lower()})
    assert isinstance(binary, Accepted) and binary.head == accepted(event()).head
    assert rejected(orjson.dumps({**told, "time": "2024-13-01t10:00:00z"})).field == "time"
    assert rejected(orjson.dumps({**told, "time": "2024-01-01 10:00:00Z"})).field == "time"


def test_a_batch_is_rejected_by_its_name() -> None:
    found = rejected(b"[" + event() + b"]")
    assert (found.rule, found.field) == ("batch-of-events", "event")


def test_a_refusal_of_the_publisher_is_rejected_with_its_own_reason() -> None:
    told = refusal_event(
        format_="police-uk", file="street.csv", line=3, rule="invalid-month", field="Month", value="13",
        reason="a month is YYYY-MM", raw=b"row",
    )  # fmt: skip
    found = rejected(told.model_dump_json().encode())
    assert found[:4] == ("invalid-month", "Month", "13", "a month is YYYY-MM")


def test_what_is_no_identifier_is_a_finding_and_links_nothing() -> None:
    suspect = {"suspect_id": "S", "force": "40", "crime_refs": ["40/1/26"], "asn": "TFL"}
    found = accepted(event("police.suspect", suspect))
    assert found.findings == ("asn-format",)
    assert found.head.parts[0].keys == (Key("crime_ref", "40/1/26"),)


def test_a_state_without_a_time_comes_before_every_timed_one_and_is_counted() -> None:
    untimed, timed = accepted(event(time=None)), accepted(event(time="1971-01-01"))
    assert untimed.head.order.time_us == NO_TIME
    assert untimed.head.order < timed.head.order
    assert untimed.findings == ("no-event-time",)


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59Z", "0001-01-01", "1969-12-31", "2101-01-01T00:00:00Z"])
def test_an_event_at_a_time_that_cannot_be_is_rejected_or_it_would_win_for_good(time: str) -> None:
    found = rejected(event(time=time))
    assert (found.rule, found.field, found.value) == ("implausible-time", "time", time)
    assert (found.type, found.event_id) == ("police.crime", "e1")
    accepted(event(time="2100-12-31"))


HELD = {"suspect_id": "S", "force": "40", "crime_refs": ["0001-01-01"]}


@pytest.mark.parametrize(
    ("data", "findings"),
    [
        ({**HELD, "person": {"date_of_birth": "1899-12-31"}}, ("implausible-date",)),
        ({**HELD, "identified_at": "2101-01-01T00:00:00Z"}, ("implausible-date",)),
        ({**HELD, "identified_at": "9999-12"}, ("implausible-date",)),
        ({**HELD, "identified_at": "2100-12-31", "person": {"date_of_birth": "1900-01-01"}}, ()),
        (HELD, ()),  # an identifier is no date
    ],
)
def test_a_date_that_cannot_be_is_a_finding_and_the_record_is_kept(data: Any, findings: tuple[str, ...]) -> None:
    found = accepted(event("police.suspect", data)).findings
    assert tuple(name for name in found if name == "implausible-date") == findings


def test_dates_in_lists_and_in_every_part_of_a_hearing_are_looked_at() -> None:
    told = {**HEARING, "sitting_days": ["2026-03-02", "0001-01-01T00:00:00Z"]}
    assert "implausible-date" in accepted(event("court.hearing", told)).findings


def test_the_sequence_decides_before_the_time_and_as_a_number() -> None:
    ninth = accepted(event(sequence="9", time="2026-03-01T00:00:00Z")).head.order
    tenth = accepted(event(sequence="10", time="2026-02-01T00:00:00Z")).head.order
    assert ninth < tenth


def test_equal_times_are_decided_by_the_event_id_never_by_arrival() -> None:
    assert accepted(event(id="a")).head.order < accepted(event(id="b")).head.order


def test_the_same_event_twice_is_the_same_state() -> None:
    assert accepted(event()).head == accepted(event()).head


def test_a_deletion_has_no_parts() -> None:
    found = accepted(event("record.deleted", {"kind": "police.crime"}))
    assert found.head.deleted
    assert found.head.parts == ()
    assert found.head.subject_id == accepted(event()).head.subject_id


HEARING: dict[str, Any] = {
    "hearing_id": "h", "hearing_day": "2026-03-02",
    "cases": [{"ids": {"court_case_id": "K1", "urn": "01ZD0300108"}}, {"ids": {"court_case_id": "K2"}}],
    "applications": [
        {"application_id": "a1", "court_case_ids": ["K1"]}, {"application_id": "a2", "urns": ["16BH0037004"]},
    ],
}  # fmt: skip


def test_a_hearing_day_is_one_subject_with_a_part_for_each_case() -> None:
    head = accepted(event("court.hearing", HEARING, subject="h/2026-03-02")).head
    assert [part.part for part in head.parts] == ["K1", "K2", "application:a2"]
    assert head.parts[0].record_id == part_id(head.subject_id, "K1")
    assert Key("court_case_id", "K2") not in head.parts[0].keys
    assert all(Key("hearing_id", "h") in part.keys for part in head.parts)


@pytest.mark.parametrize("again", [
    {"ids": {"court_case_id": "K1"}, "status": "closed"}, {"ids": {"court_case_id": "K1", "urn": "01ZD0300999"}},
])
def test_a_case_or_application_that_a_hearing_tells_twice_is_one_or_rejected(again: dict[str, Any]) -> None:
    cases, applications = HEARING["cases"], HEARING["applications"]
    same = {**HEARING, "cases": [*cases, cases[0]], "applications": [*applications, applications[0]]}
    assert accepted(event("court.hearing", same)).head.parts == accepted(event("court.hearing", HEARING)).head.parts
    found = rejected(event("court.hearing", {**HEARING, "cases": [*cases, again]}))
    assert (found.rule, found.field, found.value) == ("told-twice", "data.cases.2", "K1")
    other = {"application_id": "a1", "court_case_ids": ["K2"]}
    found = rejected(event("court.hearing", {**HEARING, "applications": [*applications, other]}))
    assert (found.rule, found.field, found.value) == ("told-twice", "data.applications.2", "a1")


def test_an_application_goes_with_the_case_that_it_concerns() -> None:
    parts = dict(hearing_parts(Hearing.model_validate(HEARING)))
    assert [one.application_id for one in parts["K1"].applications] == ["a1"]
    assert parts["K2"].applications == ()
    assert parts["application:a2"].cases == ()


def test_cases_of_a_hearing_that_are_known_by_libra_numbers_are_parts_of_their_own() -> None:
    ids = [{"libra_case_number": number, "libra_court": "B10JQ"} for number in ("1600000001", "1600000002")]
    hearing = {**HEARING, "cases": [{"ids": one} for one in ids], "applications": []}
    head = accepted(event("court.hearing", hearing, subject="h/2026-03-02")).head
    assert [part.part for part in head.parts] == ["B10JQ/1600000001", "B10JQ/1600000002"]
    assert Key("libra_case_number", "B10JQ/1600000002") in head.parts[1].keys


def test_a_libra_number_without_its_court_links_nothing_and_is_a_finding() -> None:
    found = accepted(event("court.case", {"ids": {"libra_case_number": "1600000001"}}))
    assert found.head.parts[0].keys == ()
    assert found.findings == ("libra-case-number-no-court",)


@given(st.binary(max_size=200))
def test_any_bytes_are_accepted_or_rejected(body: bytes) -> None:
    assert isinstance(standardise(body, REF), Accepted | Rejected)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
                    max_leaves=8))  # fmt: skip
def test_any_data_is_accepted_or_rejected(data: Any) -> None:
    import json

    told = {"specversion": "1.0", "id": "e", "source": "s", "subject": "s", "type": "police.crime", "data": data}
    assert isinstance(standardise(json.dumps(told).encode(), REF), Rejected)
