"""What HMCTS notify the CPS of, and ejected cases: patches with the identifiers by which they meet their case."""

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.cps import cps
from processors.adapters.libra import libra
from processors.adapters.spi import spi
from schemas.court import CourtDefendant
from schemas.events import CourtPatchEvent, Event
from tests.in_process import heads_of, rows_of
from tests.processors.adapters.test_libra import changed as item
from tests.processors.adapters.test_libra import sns
from tests.processors.adapters.test_spi import NEW_CASE

AT = "2024-01-02T03:04:05Z"
TYPE = "defence-requested-to-notify-cps-of-material"
SUBJECT: dict[str, Any] = {
    "asn": "2401AB0000000000001A", "prosecutorDefendantId": "P1", "cpsDefendantId": "C1",
    "cpsPersonDefendantDetails": {"forename": "Made", "surname": "Uppington", "dateOfBirth": "01-02-1990"},
}
NOTIFIED: dict[str, Any] = {
    "businessEventType": TYPE, "subjectBusinessObjectId": "o-1", "notificationType": "court-now-created",
    "notificationDate": "2024-07-10T19:27:25.815Z",
    "subjectDetails": {
        "fileName": "Uppington.docx", "material": "m-1", "materialType": "Expert Reports", "materialName": "Uppington",
        "courtApplicationSubject": {"courtApplicationId": "a-1"},
        "prosecutionCaseSubject": {"caseUrn": "01AB0000124", "prosecutingAuthority": "0450000",
                                   "defendantSubject": SUBJECT},
    },
}  # fmt: skip
EJECTED = {"CaseId": "c-1", "ProsecutorCode": "G01FT01AB", "InitiationCode": "J", "CaseReference": "TVL12345"}
AZURE = {"id": "e-1", "subject": "CaseEjected", "eventType": "CaseEjected", "eventTime": "2024-03-01T15:16:02.35Z",
         "data": orjson.dumps(EJECTED).decode()}  # fmt: skip


def read(document: object, at: str | None = AT) -> list[Event | Refusal]:
    return list(cps(SourceFile("message.json", orjson.dumps(document), at)))


def patch(document: object, at: str | None = AT) -> CourtPatchEvent:
    (event,) = read(document, at)
    assert isinstance(event, CourtPatchEvent)
    return event


def changed(*path: str, **fields: object) -> dict[str, Any]:
    """The notification with other fields in the object at a path; None leaves one out."""
    document = copy.deepcopy(NOTIFIED)
    place = document
    for name in path:
        place = place[name]
    place.update(fields)
    for name in [name for name, value in fields.items() if value is None]:
        del place[name]
    return document


CASE = ("subjectDetails", "prosecutionCaseSubject")


def test_a_notification_is_a_patch_of_its_case_and_defendant() -> None:
    event = patch(NOTIFIED)
    assert (event.source, event.subject, event.time) == (
        "hmcts/notify-cps", f"cps_notified/{TYPE}/o-1", "2024-07-10T19:27:25.815Z"
    )  # fmt: skip
    data = event.data
    assert (data.patch, data.message, data.at, data.reason) == (
        "cps_notified", TYPE, "2024-07-10T19:27:25.815Z", "Expert Reports"
    )  # fmt: skip
    assert (data.ids.urn, data.ids.prosecutor, data.application_id) == ("01AB0000124", "0450000", "a-1")
    assert data.defendants == (
        CourtDefendant(asn="2401AB0000000000001A", prosecutor_reference="P1", cps_defendant_id="C1"),
    )
    assert data.detail == '{"material":"m-1","notificationType":"court-now-created"}'


def test_names_of_people_and_files_are_not_kept() -> None:
    assert b"Uppington" not in patch(NOTIFIED).model_dump_json().encode()


def test_a_notice_of_an_order_names_the_authority_otherwise() -> None:
    document = changed(*CASE, prosecutingAuthority=None, ouCode="0450000", defendantSubject={"asn": "TFL"})
    document["businessEventType"] = "now-generated-for-cps-subscription"
    data = patch(document).data
    assert (data.ids.prosecutor, data.defendants) == ("0450000", (CourtDefendant(asn="TFL"),))


def test_the_lists_of_a_message_take_the_place_of_its_one_subject() -> None:
    more = {"asn": "2401AB0000000000002B", "cpsOrganisationDefendantDetails": {"cpsDefendantId": "C2"}}
    data = patch(changed(cases=[{"caseUrn": "16BH0037004"}], additionalDefendantSubject=[SUBJECT, more])).data
    assert data.ids.urn == "16BH0037004"
    assert [one.cps_defendant_id for one in data.defendants] == ["C1", "C2"]
    assert patch(changed(cases=[], additionalDefendantSubject=[])) == patch(NOTIFIED)


def test_a_notification_about_several_cases_makes_none_of_them_one() -> None:
    urns = ("01AB0000124", "16BH0037004")
    told = read(changed(cases=[{"caseUrn": urn} for urn in urns], additionalDefendantSubject=[SUBJECT]))
    for urn, one in zip(urns, told, strict=True):
        assert isinstance(one, CourtPatchEvent)
        assert (one.subject, one.data.ids.urn) == (f"cps_notified/{TYPE}/o-1/{urn}", urn)
        assert one.data.defendants == ()


def test_the_envelopes_time_counts_where_the_message_tells_none() -> None:
    untimed = changed(notificationDate=None)
    assert (patch(untimed).time, patch(untimed, None).time) == (AT, None)
    assert patch(sns(untimed)).time == "2024-06-02T20:00:00.5Z"


@pytest.mark.parametrize("document", [EJECTED, AZURE, AZURE | {"data": EJECTED}])
def test_an_ejected_case_is_a_patch_whose_reference_counts_within_its_prosecutor(document: dict[str, Any]) -> None:
    event = patch(document)
    assert (event.source, event.subject, event.data.patch) == ("hmcts/case-filter", "case_ejected/c-1", "case_ejected")
    assert event.time == (AT if document is EJECTED else "2024-03-01T15:16:02.35Z")
    ids = event.data.ids
    assert (ids.court_case_id, ids.prosecutor_reference, ids.prosecutor) == ("c-1", "TVL12345", "G01FT01AB")
    assert event.data.detail == '{"initiationCode":"J"}'


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in EJECTED.items() if name not in names}


@pytest.mark.parametrize(
    ("document", "rule", "field", "value"),
    [
        (changed(businessEventType="case-closed"), "unknown-message-type", "businessEventType", "case-closed"),
        (AZURE | {"eventType": "CaseFiltered"}, "unknown-message-type", "eventType", "CaseFiltered"),
        ({"a": 1}, "unknown-message-type", "reviews", ""),
        (changed(subjectBusinessObjectId=""), "missing-field", "subjectBusinessObjectId", ""),
        (changed("subjectDetails", material=None), "missing-field", "material", ""),
        (changed("subjectDetails", materialType=None), "missing-field", "materialType", ""),
        (changed("subjectDetails", courtApplicationSubject=None, prosecutionCaseSubject={}), "missing-field",
         "prosecutionCaseSubject", ""),
        (changed(subjectDetails=[]), "wrong-shape", "subjectDetails", ""),
        (changed(cases=["01AB0000124"]), "wrong-shape", "cases", "01AB0000124"),
        (changed(notificationDate="today"), "invalid-at", "at", "today"),
        (without("CaseReference"), "missing-field", "CaseReference", ""),
        (without("ProsecutorCode"), "missing-field", "ProsecutorCode", ""),
        (AZURE | {"data": "[]"}, "wrong-shape", "data", ""),
        (AZURE | {"data": "{"}, "malformed-json", "document", ""),
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_rule_field_and_value(document: object, rule: str, field: str, value: str) -> None:
    (refusal,) = read(document)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field) == (rule, field)
    assert value in refusal.value
    assert refusal.reason


def told(*events: Event | Refusal) -> list[Event]:
    return [one for one in events if not isinstance(one, Refusal)]


def test_a_notification_meets_the_charge_file_of_its_urn_and_is_on_the_timeline() -> None:
    charged = told(*spi(SourceFile("case.xml", NEW_CASE.encode(), AT)))
    rows: dict[str, list[Any]] = rows_of(heads_of([*told(*read(NOTIFIED)), *charged]))
    assert [len(rows[table]) for table in ("cases", "case_court_cases", "case_defendants")] == [1, 1, 1]
    assert "Court: cps notified" in {row.what for row in rows["case_events"]}


def test_a_notification_of_a_defendants_asn_alone_meets_them_too_and_opens_no_case() -> None:
    alone = told(*read(changed(*CASE, caseUrn=None)))
    assert rows_of(heads_of(alone)).get("cases", []) == []
    charged = told(*spi(SourceFile("case.xml", NEW_CASE.encode(), AT)))
    assert len(rows_of(heads_of([*alone, *charged]))["cases"]) == 1


def test_a_notification_meets_the_list_of_libra_by_its_urn() -> None:
    listed = told(*libra(SourceFile("i.json", orjson.dumps(item(urn="01AB0000124")), AT)))
    rows: dict[str, list[Any]] = rows_of(heads_of([*listed, *told(*read(NOTIFIED))]))
    assert len(rows["cases"]) == 1
    assert "Court: cps notified" in {row.what for row in rows["case_events"]}


VALUES = st.none() | st.integers(-9, 9) | st.text(max_size=6) | st.just({}) | st.just([{}]) | st.just([1])
FIELDS = st.dictionaries(st.sampled_from([*NOTIFIED, *EJECTED, "eventType", "data", "cases"]), VALUES, max_size=5)


@given(FIELDS, FIELDS, FIELDS)
def test_any_values_make_events_or_a_refusal(top: Any, details: Any, subject: Any) -> None:
    document = NOTIFIED | {"subjectDetails": NOTIFIED["subjectDetails"] | details | {
        "prosecutionCaseSubject": NOTIFIED["subjectDetails"]["prosecutionCaseSubject"] | subject}} | top  # fmt: skip
    assert read(document)
    assert read(document) == read(document)
