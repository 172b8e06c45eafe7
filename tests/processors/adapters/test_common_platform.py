"""How a Common Platform message is known and what it becomes: its name, its envelope, its time, its refusal."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from processors.adapters.common_platform_names import FAMILIES, NAMES, handling_of
from schemas import court, thin
from schemas.events import EVENT, Event

HEARING: dict[str, Any] = {
    "hearing": {
        "id": "h-1",
        "jurisdictionType": "CROWN",
        "type": {"description": "Trial"},
        "courtCentre": {"code": "C01SW00", "name": "Southwark Crown Court"},
        "hearingDays": [{"sittingDay": "2024-03-02T10:00:00Z"}, {"sittingDay": "2024-03-01T10:00:00Z"}],
        "prosecutionCases": [{
            "id": "c-1",
            "initiationCode": "C",
            "caseStatus": "SJP Referral",
            "prosecutionCaseIdentifier": {"caseURN": "01AB0000124", "prosecutionAuthorityCode": "METPF"},
            "defendants": [{
                "id": "d-1",
                "masterDefendantId": "m-1",
                "pncId": "",
                "personDefendant": {
                    "arrestSummonsNumber": "2401AB0000000000001A",
                    "bailStatus": {"code": "C"},
                    "personDetails": {"lastName": "Example", "gender": "FEMALE", "dateOfBirth": "1990-02-01"},
                },
                "offences": [{
                    "id": "o-1",
                    "offenceCode": "TH68010",
                    "plea": {"pleaValue": "NOT_GUILTY", "pleaDate": "2024-03-01"},
                    "judicialResults": [
                        {"judicialResultId": "r-1", "cjsCode": "1002", "category": "FINAL", "orderedDate": "2024-03-01"}
                    ],
                }],
            }],
        }],
    },
    "hearingDay": "2024-03-01",
    "sharedTime": "2024-03-01T16:00:00.1234567+00:00",
    "isReshare": False,
}


def read(message: object, name: str = "message.json", at: str | None = None) -> list[Event | Refusal]:
    return list(common_platform(SourceFile(name, json.dumps(message).encode(), at)))


def one(message: object, name: str = "message.json", at: str | None = None) -> Event:
    (event,) = read(message, name, at)
    assert not isinstance(event, Refusal), event
    return event


def refused(message: object, name: str = "message.json") -> Refusal:
    (refusal,) = read(message, name)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def named(name: str, **payload: object) -> dict[str, object]:
    return {"_metadata": {"id": "x", "name": name, "createdAt": "2024-03-05T09:00:00Z"}, **payload}


def test_hearing_resulted_is_the_snapshot_of_its_day() -> None:
    event = one(HEARING)
    assert (event.type, event.subject, event.time) == ("court.hearing", "h-1/2024-03-01", "2024-03-01T16:00:00.123456Z")
    assert isinstance(event.data, court.Hearing)
    case = event.data.cases[0]
    assert (case.ids.urn, case.ids.court_case_id, case.status) == ("01AB0000124", "c-1", "SJP_REFERRAL")
    defendant = case.defendants[0]
    assert defendant.person is not None
    assert (defendant.person.sex, defendant.person.pnc, defendant.bail_status) == ("female", None, "C")
    assert (defendant.offences[0].plea, defendant.offences[0].results[0].cjs_code) == ("not_guilty", "1002")


def test_event_ids_are_functions_of_the_content() -> None:
    again = json.loads(json.dumps(HEARING, sort_keys=True))
    assert one(HEARING).id == one(again).id
    again["hearing"]["prosecutionCases"][0]["defendants"][0]["offences"][0]["plea"]["pleaValue"] = "GUILTY"
    assert one(again).id != one(HEARING).id


def test_a_plea_that_returns_to_what_it_was_is_another_event() -> None:
    model = {"offenceId": "o-1", "plea": {"pleaValue": "GUILTY"}}
    first = named("public.hearing.hearing-offence-plea-updated", hearingId="h-1", pleaModel=model)
    later = copy.deepcopy(first)
    later["_metadata"]["createdAt"] = "2024-03-09T09:00:00Z"  # type: ignore[index]
    assert one(first).subject == one(later).subject == "plea/o-1"
    assert one(first).id != one(later).id
    assert one(first).id == one(first).id


@pytest.mark.parametrize("name", NAMES)
def test_every_documented_name_is_known(name: str) -> None:
    assert handling_of(name) is not None


@pytest.mark.parametrize("start", FAMILIES)
def test_every_documented_family_is_known(start: str) -> None:
    assert handling_of(f"{start}anything") is not None


def test_private_and_public_form_of_a_name_are_one_message() -> None:
    assert handling_of("hearing.trial-vacated") == handling_of("public.hearing.trial-vacated")
    private, public = "progression.event.case-markers-updated", "public.progression.case-markers-updated"
    assert handling_of(private) == handling_of(public)


def test_unknown_name_is_refused_by_name() -> None:
    refusal = refused(named("public.progression.tea-served", caseId="c-1"))
    assert (refusal.rule, refusal.value) == ("unknown-message-type", "public.progression.tea-served")
    assert "tea-served" in refusal.reason


def test_unknown_shape_without_a_name_is_refused() -> None:
    assert refused({"tea": "served"}).rule == "unknown-message-type"


def test_the_name_comes_from_the_metadata_before_the_file_and_the_shape() -> None:
    payload = {"hearingId": "h-1", "vacatedTrialReasonId": "v-1"}
    file_name = "public.listing.vacated-trial-updated-0001.json"
    by_file = one(payload, file_name)
    by_shape = one(payload)
    by_name = one(named("public.hearing.hearing-days-cancelled", **payload), file_name)
    assert isinstance(by_file.data, court.Patch) and isinstance(by_shape.data, court.Patch)
    assert (by_file.data.message, by_shape.data.message) == (
        "public.listing.vacated-trial-updated", "public.hearing.trial-vacated",
    )
    assert isinstance(by_name.data, court.Patch) and by_name.data.patch == "hearing_day_cancelled"


def test_an_sns_notification_is_unwrapped_and_gives_its_time() -> None:
    bare = {name: value for name, value in HEARING.items() if name != "sharedTime"}
    wrapped = {
        "Type": "Notification",
        "Message": json.dumps(bare),
        "Timestamp": "2024-03-01T17:00:00.000Z",
        "MessageAttributes": {"messageType": {"Type": "String", "Value": "COMMON_PLATFORM_HEARING"}},
    }
    event = one(wrapped)
    assert (event.type, event.time) == ("court.hearing", "2024-03-01T17:00:00Z")


def test_a_pointer_to_a_large_message_has_no_record() -> None:
    pointer = {
        "Message": json.dumps(["software.amazon.payloadoffloading.PayloadS3Pointer", {"s3Key": "k"}]),
        "MessageAttributes": {"eventType": {"Type": "String", "Value": "commonplatform.large.case.received"}},
    }
    assert refused(pointer).rule == "no-record-content"


def test_time_is_the_message_then_the_envelope_then_at_then_none() -> None:
    payload = {"hearingId": "h-1", "vacatedTrialReasonId": "v-1"}
    assert one(named("public.hearing.trial-vacated", **payload)).time == "2024-03-05T09:00:00Z"
    assert one(payload, at="2024-01-01T00:00:00+00:00").time == "2024-01-01T00:00:00Z"
    assert one(payload).time is None
    assert one(HEARING, at="2020-01-01T00:00:00Z").time == "2024-03-01T16:00:00.123456Z"


def test_a_file_of_lines_goes_on_after_a_bad_one() -> None:
    lines = json.dumps(HEARING).encode() + b'\n{broken\n{"hearingId": "h", "trialTypeId": "t"}'
    events = list(common_platform(SourceFile("feed.jsonl", lines)))
    assert [isinstance(event, Refusal) for event in events] == [False, True, False]
    assert isinstance(events[1], Refusal) and (events[1].rule, events[1].line) == ("malformed-json", 2)


def test_an_array_is_its_messages() -> None:
    assert len(read([HEARING, HEARING])) == 2


def test_a_hearing_without_an_id_is_refused() -> None:
    broken = copy.deepcopy(HEARING)
    del broken["hearing"]["id"]
    assert (refused(broken, "public.hearing.resulted.json").rule) == "missing-field"


def test_an_offence_without_a_code_is_refused() -> None:
    broken = copy.deepcopy(HEARING)
    del broken["hearing"]["prosecutionCases"][0]["defendants"][0]["offences"][0]["offenceCode"]
    assert (refused(broken).rule, refused(broken).field) == (
        "missing-field", "prosecutionCases.0.defendants.0.offences.0.offenceCode",
    )


def test_a_list_that_is_something_else_is_refused_rather_than_left_out() -> None:
    broken = copy.deepcopy(HEARING)
    broken["hearing"]["prosecutionCases"][0]["defendants"] = "none"
    assert (refused(broken).rule, refused(broken).field) == ("wrong-shape", "prosecutionCases.0.defendants")


def test_a_wrong_date_is_refused_by_the_field() -> None:
    broken = copy.deepcopy(HEARING)
    details = broken["hearing"]["prosecutionCases"][0]["defendants"][0]["personDefendant"]["personDetails"]
    details["dateOfBirth"] = "31 February"
    assert (refused(broken).rule, refused(broken).value) == ("invalid-date-of-birth", "31 February")


def test_case_created_is_a_case_received_when_proceedings_began() -> None:
    case = copy.deepcopy(HEARING["hearing"]["prosecutionCases"][0])
    event = one(named("public.progression.prosecution-case-created", prosecutionCase=case))
    assert isinstance(event.data, court.CourtCase)
    assert (event.type, event.subject, event.data.received_at) == ("court.case", "c-1", "2024-03-05T09:00:00Z")
    case["defendants"][0]["courtProceedingsInitiated"] = "2024-03-04T08:00:00Z"
    event = one(named("public.progression.prosecution-case-created", prosecutionCase=case))
    assert isinstance(event.data, court.CourtCase) and event.data.received_at == "2024-03-04T08:00:00Z"


def test_a_referral_to_court_may_name_offences_by_definition_only() -> None:
    case = copy.deepcopy(HEARING["hearing"]["prosecutionCases"][0])
    case["defendants"][0]["offences"] = [{"id": "o-1", "offenceDefinitionId": "def-1"}]
    event = one({"courtReferral": {"prosecutionCases": [case]}})
    assert isinstance(event.data, court.CourtCase)
    assert event.data.defendants[0].offences == ()


def test_defendants_matched_and_unmatched() -> None:
    ids = {"defendantId": "d-1", "masterDefendantId": "m-1", "prosecutionCaseId": "c-1"}
    event = one(named("public.progression.defendant-matched", **ids))
    assert event.data == thin.Match(matched=True, defendant_id="d-1", master_defendant_id="m-1", court_case_id="c-1")
    event = one(named("public.progression.defendant-unmatched", **ids))
    assert isinstance(event.data, thin.Match) and not event.data.matched


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(content: bytes) -> None:
    for event in common_platform(SourceFile("any.json", content)):
        assert isinstance(event, Refusal) or event.id


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "code", "offences"]), inner),
    max_leaves=4,
)
SMALL: list[dict[str, Any]] = [
    HEARING,
    {"prosecutionCase": HEARING["hearing"]["prosecutionCases"][0]},
    named("public.hearing.hearing-offence-plea-updated", hearingId="h", pleaModel={"offenceId": "o", "plea": {}}),
    named("public.hearing.hearing-offence-verdict-updated", hearingId="h", verdicts={"offenceId": "o"}),
    named("public.progression.defendant-offences-changed", addedOffences=[{"defendantId": "d", "offences": ["o"]}]),
    named("public.listing.hearing-confirmed", confirmedHearing=HEARING["hearing"]),
    named("public.hearing.adjourned", caseId="c", hearings=[{"id": "h", "startDate": "2024-01-01"}]),
    named("public.progression.events.hearing-extended", hearingRequest={"id": "h"}),
    named("public.hearing.live-status-published", id="x", courts=[{"caseId": "c"}]),
    {"id": "s", "caseId": "c", "courtCentreWithLJA": {"psaCode": 1}, "defendant": {"defendantId": "d", "offences": []}},
]


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, item in value.items():
            found += _paths(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found += _paths(item, (*path, number))
    return found


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_message_gives_events_or_a_refusal(data: st.DataObject) -> None:
    message = copy.deepcopy(data.draw(st.sampled_from(SMALL)))
    for _ in range(data.draw(st.integers(1, 3))):
        paths = _paths(message)
        *way, last = data.draw(st.sampled_from(paths))
        holder: Any = message
        for step in way:
            holder = holder[step]
        if data.draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = data.draw(JSON)
        if not _paths(message):
            break
    for event in read(message):
        if not isinstance(event, Refusal):
            assert EVENT.validate_json(event.model_dump_json()) == event
        else:
            assert event.rule and event.reason and event.raw
