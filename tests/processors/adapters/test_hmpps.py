"""HMPPS messages and records become events; what is unknown is refused by its name."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.adapters.base import Adapter, Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from processors.adapters.cps import cps
from processors.adapters.documents import MESSAGE_LIMIT
from processors.adapters.hmpps import hmpps
from processors.adapters.libra import libra
from processors.adapters.sns import unwrap_sns
from processors.adapters.spi import spi
from schemas.events import (
    EVENT,
    CourtHearingEvent,
    Event,
    HmppsCustodyMovementEvent,
    HmppsMergeEvent,
    HmppsNoticeEvent,
    HmppsPrisonerEvent,
    HmppsProbationCaseEvent,
    HmppsUnmergeEvent,
    RecordDeletedEvent,
)
from schemas.flow import Head
from tests.in_process import heads_of
from tests.processors.adapters.expected_samples import expected, seen

AT = "2024-01-02T03:04:05Z"


def domain_event(
    event_type: str, occurred_at: str | None = "2023-08-04T08:09:36.649098+01:00", **more: object
) -> dict[str, object]:
    event: dict[str, object] = {
        "eventType": event_type, "version": 1, "publishedAt": "2023-08-04T09:06:46.65281576+01:00",
        "additionalInformation": more,
    }
    return event if occurred_at is None else event | {"occurredAt": occurred_at}


def sns(payload: object, **attributes: str) -> dict[str, object]:
    return {
        "Type": "Notification", "MessageId": "1", "Message": orjson.dumps(payload).decode(),
        "Timestamp": "2023-08-04T10:00:00.123Z",
        "MessageAttributes": {name: {"Type": "String", "Value": value} for name, value in attributes.items()},
    }


def read(document: object, at: str | None = None) -> list[Event | Refusal]:
    return list(hmpps(SourceFile("message.json", orjson.dumps(document), at)))


def one(document: object, at: str | None = None) -> Event | Refusal:
    (only,) = read(document, at)
    return only


@pytest.mark.parametrize(
    ("event_type", "reason", "movement"),
    [
        ("prison-offender-events.prisoner.received", "ADMISSION", "received"),
        ("prison-offender-events.prisoner.received", "RETURN_FROM_COURT", "from_court"),
        ("prison-offender-events.prisoner.received", "TEMPORARY_ABSENCE_RETURN", "temporary_absence"),
        ("prisoner-offender-search.prisoner.received", "NEW_ADMISSION", "received"),
        ("prisoner-offender-search.prisoner.received", "READMISSION_SWITCH_BOOKING", "received"),
        ("prisoner-offender-search.prisoner.received", "TRANSFERRED", "transferred"),
        ("prisoner-offender-search.prisoner.released", "SENT_TO_COURT", "to_court"),
        ("prison-offender-events.prisoner.released", "RELEASED_TO_HOSPITAL", "released"),
        ("prison-offender-events.prisoner.released", "UNKNOWN", "released"),
    ],
)
def test_received_and_released_are_movements(event_type: str, reason: str, movement: str) -> None:
    event = one(domain_event(event_type, nomsNumber="A0004AA", reason=reason, prisonId="WSI"))
    assert isinstance(event, HmppsCustodyMovementEvent)
    assert (event.data.movement, event.data.reason, event.data.prison_id) == (movement, reason, "WSI")
    assert event.time == event.data.at == "2023-08-04T07:09:36.649098Z"


def test_the_two_feeds_tell_a_movement_as_two_records() -> None:
    told = [
        one(domain_event(f"{feed}.prisoner.released", nomsNumber="A0004AA", reason="RELEASED"))
        for feed in ("prison-offender-events", "prisoner-offender-search")
    ]
    assert [event.source for event in told if not isinstance(event, Refusal)] == [
        "hmpps/prison-offender-events", "hmpps/prisoner-offender-search",
    ]


def test_movement_told_again_is_the_same_record_and_event() -> None:
    event_type = "prison-offender-events.prisoner.released"
    first = domain_event(event_type, nomsNumber="A0004AA", reason="RELEASED")
    again = first | {"publishedAt": "2023-08-04T11:00:00Z"}
    assert one(first) == one(again)


def test_recall_movement_code_makes_the_custody_a_recall() -> None:
    event = one(domain_event(
        "prison-offender-events.prisoner.received", nomsNumber="A0004AA", nomisMovementReasonCode="24"
    ))
    assert isinstance(event, HmppsCustodyMovementEvent)
    assert (event.data.movement_code, event.data.custody_type) == ("24", "recall")


def test_prison_merge() -> None:
    event = one(domain_event(
        "prison-offender-events.prisoner.merged", nomsNumber="A0001AA", removedNomsNumber="A0002AA", reason="MERGE"
    ))
    assert isinstance(event, HmppsMergeEvent)
    assert (event.subject, event.data.id_kind, event.data.kept_id) == ("A0002AA", "prison_number", "A0001AA")


def test_probation_merge_and_unmerge() -> None:
    merge = one(domain_event("probation-case.merge.completed", sourceCRN="X000001", targetCRN="X000002"))
    assert isinstance(merge, HmppsMergeEvent)
    assert (merge.subject, merge.data.id_kind, merge.data.kept_id) == ("X000001", "crn", "X000002")
    unmerge = one(domain_event("probation-case.unmerge.completed", reactivatedCRN="X000001", unmergedCRN="X000002"))
    assert isinstance(unmerge, HmppsUnmergeEvent)
    assert (unmerge.subject, unmerge.data.unmerged_from_id) == ("X000001", "X000002")


@pytest.mark.parametrize(
    "event_type",
    [
        "prisoner-offender-search.prisoner.convicted-status-changed", "person.court-appearance.scheduled",
        "probation-case.risk-scores.ogrs.manual-calculation", "release-date-adjustments.adjustment.inserted",
        "BOOKING_NUMBER-CHANGED", "CONVICTION_CHANGED", "tier.calculation.complete",
    ],
)
def test_documented_thin_events_are_notices(event_type: str) -> None:
    event = one(domain_event(event_type, nomsNumber="A0004AA", bookingId=12, calculationId="c1"))
    assert isinstance(event, HmppsNoticeEvent)
    assert event.subject == f"{event_type}/{event.id}"
    assert (event.data.notice, event.data.prison_number, event.data.booking_id) == (event_type, "A0004AA", "12")
    assert event.data.detail == '{"calculationId":"c1"}'


PROBATION_CASE = {"identifiers": {"crn": "X000001"}, "name": {"forename": "Ann", "surname": "Testname"}}
PRISONER = {"prisonerNumber": "A0004AA", "firstName": "ANN", "lastName": "TESTNAME"}
GDPR = {
    "eventType": "probation-case.deleted.gdpr", "version": 1, "occurredAt": "2024-02-01T10:00:00Z",
    "personReference": {"identifiers": [{"type": "CRN", "value": "X000001"}]},
}


def left_of(*told: object) -> set[tuple[str, str]]:
    """Kind and subject of the records that are current after messages."""
    heads = heads_of(one for document in told for one in read(document, AT) if not isinstance(one, Refusal))
    highest: dict[str, Head] = {}
    for head in heads:
        held = highest.setdefault(head.subject_id, head)
        if held.order < head.order:
            highest[head.subject_id] = head
    return {(head.kind, head.subject) for head in highest.values() if not head.deleted}


def test_a_deletion_under_data_protection_deletes_every_record_of_the_crn() -> None:
    merge = domain_event("probation-case.merge.completed", sourceCRN="X000001", targetCRN="X000002")
    unmerge = domain_event("probation-case.unmerge.completed", reactivatedCRN="X000001", unmergedCRN="X000002")
    *deleted, notice = read(GDPR)
    assert isinstance(notice, HmppsNoticeEvent) and notice.data.crn == "X000001"
    assert all(isinstance(one, RecordDeletedEvent) for one in deleted)
    before = {("hmpps.probation_case", "X000001"), ("hmpps.merge", "X000001"), ("hmpps.unmerge", "X000001")}
    assert left_of(PROBATION_CASE, merge, unmerge) == before
    for told in ((PROBATION_CASE, merge, unmerge, GDPR), (GDPR, unmerge, merge, PROBATION_CASE)):
        assert left_of(*told) == {("hmpps.notice", notice.subject)}


@pytest.mark.parametrize("event_type", ["prisoner-offender-search.prisoner.removed", "OFFENDER-DELETED"])
def test_a_prisoner_who_is_removed_is_deleted_and_a_merge_into_another_stays(event_type: str) -> None:
    removed = domain_event(event_type, "2024-02-01T10:00:00Z", nomsNumber="A0004AA")
    merged = domain_event(
        "prison-offender-events.prisoner.merged", nomsNumber="A0001AA", removedNomsNumber="A0004AA", reason="MERGE"
    )
    kinds = {kind for kind, _ in left_of(PRISONER, merged, removed)}
    assert kinds == {"hmpps.merge", "hmpps.notice"}


def test_a_deletion_that_names_nobody_is_refused() -> None:
    refusal = one({**GDPR, "personReference": {}})
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field) == ("invalid-crn", "crn")


@pytest.mark.parametrize("event_type", ["prison-offender-events.prisoner.beamed-up", "SOMETHING_CHANGED"])
def test_unknown_event_type_is_refused_by_name(event_type: str) -> None:
    refusal = one(domain_event(event_type, nomsNumber="A0004AA"))
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field, refusal.value) == ("unknown-message-type", "eventType", event_type)


def test_time_is_the_messages_own_then_the_envelopes_then_the_sources() -> None:
    own = domain_event("tier.calculation.complete")
    none = domain_event("tier.calculation.complete", occurred_at=None)
    zoned = domain_event("tier.calculation.complete", occurred_at="2023-06-19T18:35:59.442+01:00[Europe/London]")
    times = [
        event.time
        for event in (one(sns(own), AT), one(zoned), one(sns(none), AT), one(none, AT), one(none))
        if not isinstance(event, Refusal)
    ]
    assert times == ["2023-08-04T07:09:36.649098Z", "2023-06-19T17:35:59.442Z", "2023-08-04T10:00:00.123Z", AT, None]


def test_time_that_cannot_be_read_is_refused() -> None:
    refusal = one(domain_event("tier.calculation.complete", occurred_at="last week"))
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.value) == ("invalid-occurredAt", "last week")


def test_movement_without_any_time_or_prisoner_is_refused() -> None:
    event_type = "prison-offender-events.prisoner.received"
    for document in (domain_event(event_type, occurred_at=None, nomsNumber="A0004AA"), domain_event(event_type)):
        refusal = one(document)
        assert isinstance(refusal, Refusal)
        assert refusal.rule in {"invalid-occurredAt", "invalid-prison-number"}


PRISONER = {
    "prisonerNumber": "A0004AA", "pncNumber": "", "croNumber": "29906/12J", "bookingId": 1900836,
    "firstName": "Made", "middleNames": "Up", "lastName": "Person", "dateOfBirth": "1980-12-31", "gender": "Female",
    "ethnicity": "White: Irish", "recall": False,
    "aliases": [{"firstName": "Other", "lastName": "Name", "dateOfBirth": "1981-12-31"}],
    "indeterminateSentence": True, "receptionDate": "2022-10-28", "status": "ACTIVE IN", "category": "C",
}


def test_prisoner_record() -> None:
    event = one(PRISONER, AT)
    assert isinstance(event, HmppsPrisonerEvent)
    assert (event.subject, event.source, event.time) == ("A0004AA", "hmpps/prisoner-search", AT)
    person = event.data.person
    assert (person.name.first, person.name.middle, person.name.last) == ("Made", "Up", "Person")
    assert (person.sex, person.ethnicity_self, person.pnc, person.cro) == ("female", "W2", None, "29906/12J")
    assert (person.aliases[0].last, person.aliases[0].date_of_birth) == ("Name", "1981-12-31")
    assert (event.data.booking_id, event.data.recall, event.data.indeterminate) == ("1900836", False, True)
    assert event.data.received_on == "2022-10-28"


def test_record_that_returns_to_an_earlier_state_is_a_new_event() -> None:
    earlier, later = one(PRISONER, AT), one(PRISONER, "2024-02-02T03:04:05Z")
    assert not isinstance(earlier, Refusal)
    assert not isinstance(later, Refusal)
    assert earlier.id != later.id


def test_bad_date_of_a_prisoner_is_refused_with_its_field() -> None:
    refusal = one(PRISONER | {"receptionDate": "soon"})
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field, refusal.value) == ("invalid-received-on", "received_on", "soon")


def test_probation_case() -> None:
    event = one({
        "identifiers": {"crn": "X000001", "pnc": "2012/394773H", "prisonerNumber": "A0004AA", "ni": "QQ123456C"},
        "title": {"value": "Ms"}, "name": {"forename": "Made", "middleName": "Up", "surname": "Person"},
        "dateOfBirth": "1980-12-31", "gender": {"code": "F", "description": "Female"}, "ethnicity": {"code": "W1"},
        "aliases": [{"name": {"forename": "Other", "surname": "Name"}, "dateOfBirth": "1981-12-31"}],
        "addresses": [{"postcode": "ZZ1 1ZZ", "endDate": "2020-01-01"}, {"postcode": "ZZ2 2ZZ", "townCity": "Town"}],
        "sentences": [{"sentenceDate": "2022-02-03"}],
    })
    assert isinstance(event, HmppsProbationCaseEvent)
    assert (event.subject, event.data.prison_number) == ("X000001", "A0004AA")
    assert event.data.sentence_dates == ("2022-02-03",)
    person = event.data.person
    assert (person.name.last, person.sex, person.ethnicity_self, person.nino) == ("Person", "female", "W1", "QQ123456C")
    assert (person.aliases[0].last, person.aliases[0].date_of_birth) == ("Name", "1981-12-31")
    assert person.address is not None
    assert (person.address.postcode, person.address.lines) == ("ZZ2 2ZZ", ("Town",))


def test_court_hearing_goes_to_the_adapter_of_the_courts() -> None:
    hearing = {"hearing": {
        "id": "h1", "jurisdictionType": "CROWN", "courtCentre": {"code": "B10JQ00"},
        "hearingDays": [{"sittingDay": "2021-09-08T09:00:00.000Z"}],
        "prosecutionCases": [{
            "id": "c1", "prosecutionCaseIdentifier": {"caseURN": "25GD34377719"}, "defendants": [{"id": "d1"}],
        }],
    }}
    wrapped = sns(hearing, messageType="COMMON_PLATFORM_HEARING", hearingEventType="ConfirmedOrUpdated")
    documents = [domain_event("tier.calculation.complete"), hearing, wrapped]
    notice, bare, in_envelope = hmpps(SourceFile("m.jsonl", b"\n".join(map(orjson.dumps, documents)), AT))
    assert isinstance(notice, HmppsNoticeEvent)
    assert isinstance(bare, CourtHearingEvent)
    assert isinstance(in_envelope, CourtHearingEvent)
    assert (bare.time, in_envelope.time) == (AT, "2023-08-04T10:00:00.123Z")


def test_court_hearing_that_is_refused_keeps_its_line() -> None:
    notice, refusal = hmpps(SourceFile("m.jsonl", orjson.dumps(PRISONER) + b'\n{"hearing": {}}'))
    assert isinstance(notice, HmppsPrisonerEvent)
    assert isinstance(refusal, Refusal)
    assert refusal.line == 2


def test_pointer_to_a_court_message_that_is_kept_elsewhere_is_refused_by_name() -> None:
    pointer = ["software.amazon.payloadoffloading.PayloadS3Pointer", {"s3BucketName": "b", "s3Key": "k"}]
    refusal = one(sns(pointer, eventType="commonplatform.large.case.received"))
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.value) == ("no-record-content", "commonplatform.large.case.received")


POINTER = ["software.amazon.payloadoffloading.PayloadS3Pointer", {"s3BucketName": "b", "s3Key": "secret-key"}]


@pytest.mark.parametrize("adapter", [hmpps, common_platform, libra, cps, spi])
@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ({"messageType": "COMMON_PLATFORM_HEARING", "eventType": "commonplatform.large.case.received"},
         "commonplatform.large.case.received"),
        ({"messageType": "LIBRA_COURT_CASE"}, "LIBRA_COURT_CASE"),
        ({}, "PayloadS3Pointer"),
        (None, "PayloadS3Pointer"),
    ],
)
def test_pointer_is_refused_by_name_by_whichever_adapter(
    adapter: Adapter, attributes: dict[str, str] | None, value: str
) -> None:
    message = POINTER if attributes is None else sns(POINTER, **attributes)
    (refusal,) = adapter(SourceFile("m.json", orjson.dumps(message)))
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.value) == ("no-record-content", value)
    assert "secret-key" not in refusal.value + refusal.reason


def test_unwrapping_gives_payload_attributes_and_time() -> None:
    message = orjson.dumps(sns({"a": 1}, messageType="X", hearingEventType="Resulted"))
    assert unwrap_sns(message) == (
        {"a": 1}, {"messageType": "X", "hearingEventType": "Resulted"}, "2023-08-04T10:00:00.123Z"
    )
    assert unwrap_sns(b'{"a": 1}') == ({"a": 1}, {}, None)


def test_array_and_lines_are_read_one_by_one() -> None:
    good, bad = domain_event("tier.calculation.complete"), domain_event("what.is.this")
    lines = orjson.dumps(good) + b"\n\n" + orjson.dumps(bad) + b"\n{broken}\n"
    rules = [each.rule if isinstance(each, Refusal) else each.type for each in hmpps(SourceFile("m.jsonl", lines))]
    assert rules == ["hmpps.notice", "unknown-message-type", "malformed-json"]
    array = read([good, bad])
    assert isinstance(array[0], HmppsNoticeEvent)
    assert isinstance(array[1], Refusal)
    assert array[1].line == 2


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "malformed-json"), (b"{", "malformed-json"), (b"\xff\xfe", "malformed-json"), (b"[]", "empty-file"),
        (b"[" * 100_000, "malformed-json"), (b"7", "unknown-message-type"), (b"{}", "unknown-message-type"),
        (b'{"eventType":"tier.calculation.complete","a":' + b"[" * 500 + b"]" * 500 + b"}", "too-deep"),
        (b'"' + b"x" * MESSAGE_LIMIT + b'"', "too-large"),
    ],
)
def test_content_that_is_no_message_is_refused(content: bytes, rule: str) -> None:
    (refusal,) = hmpps(SourceFile("m.json", content))
    assert isinstance(refusal, Refusal)
    assert refusal.rule == rule


def test_malformed_json_says_where() -> None:
    (refusal,) = hmpps(SourceFile("m.json", b'{"eventType": oops}'))
    assert isinstance(refusal, Refusal)
    assert "line 1, column 15" in refusal.reason


def test_real_samples_become_what_the_table_says() -> None:
    assert seen(hmpps, "hmpps") == expected("hmpps")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([
        "eventType", "prisonerNumber", "identifiers", "crn", "additionalInformation", "personReference", "name",
        "Message", "MessageAttributes", "messageType", "nomsNumber", "reason", "aliases", "dateOfBirth", "bookingId",
    ]), inner, max_size=5),
    max_leaves=20,
)


@given(JSON, st.sampled_from(["", "prison-offender-events.prisoner.received", "tier.calculation.complete"]))
def test_arbitrary_json_never_raises(document: object, event_type: str) -> None:
    if isinstance(document, dict) and event_type:
        document = document | {"eventType": event_type}
    for each in read(document):
        assert isinstance(each, Refusal) or EVENT.validate_json(each.model_dump_json()) == each


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(content: bytes) -> None:
    assert list(hmpps(SourceFile("m.json", content)))
