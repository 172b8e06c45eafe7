"""Messages that change one thing: which patch of what they are, and how a message about several becomes several."""

from typing import Any

import pytest

from processors.adapters.base import Refusal
from schemas import court
from tests.processors.adapters.test_common_platform import HEARING, named, one, read, refused


def patches(name: str, **payload: object) -> list[court.Patch]:
    found = []
    for event in read(named(name, **payload)):
        assert not isinstance(event, Refusal), event
        assert isinstance(event.data, court.Patch)
        found.append(event.data)
    return found


@pytest.mark.parametrize(
    ("name", "payload", "subject", "field", "value"),
    [
        ("public.hearing.hearing-offence-plea-updated",
         {"hearingId": "h", "pleaModel": {"offenceId": "o", "plea": {"pleaValue": "GUILTY"}}},
         "plea/o", "plea", "guilty"),
        ("public.hearing.offence-conviction-date-changed",
         {"caseId": "c", "offenceId": "o", "convictionDate": "2024-01-02"},
         "conviction_date/o", "conviction_on", "2024-01-02"),
        ("public.hearing.offence-conviction-date-removed",
         {"caseId": "c", "offenceId": "o"}, "conviction_date/o", "conviction_on", None),
        ("public.progression.case-markers-updated",
         {"prosecutionCaseId": "c", "caseMarkers": [{"markerTypeCode": "WP"}]}, "case_markers/c", "markers", ("WP",)),
        ("public.hearing.defendant-attendance-updated",
         {"hearingId": "h", "defendantId": "d", "attendanceDay": {"day": "2024-01-02", "attendanceType": "IN_PERSON"}},
         "attendance/h/d/2024-01-02", "attendance", "in_person"),
        ("public.progression.defendant-legalaid-status-updated",
         {"caseId": "c", "defendantId": "d", "legalAidStatus": "Granted"}, "legal_aid/d", "reason", "Granted"),
        ("public.progression.events.case-or-application-ejected",
         {"prosecutionCaseId": "c", "removalReason": "Legal"}, "case_ejected/c", "reason", "Legal"),
        ("public.events.progression.custody-time-limit-extended",
         {"hearingIds": ["h"], "offenceId": "o", "extendedTimeLimit": "2024-05-01"},
         "custody_time_limit/o", "custody_time_limit_on", "2024-05-01"),
        ("public.progression.court-application-created",
         {"courtApplication": {"id": "a", "type": {"type": "Appeal"}}}, "application/a", "reason", "Appeal"),
        ("public.events.listing.hearing-deleted", {"hearingId": "h"}, "hearing_deleted/h", "hearing_id", "h"),
        ("public.hearing.event-logged",
         {"case": {"caseUrn": "01AB0000124"}, "hearingEvent": {
             "hearingEventId": "e", "recordedLabel": "Hearing Started", "eventTime": "2024-01-02T10:00:00Z"}},
         "hearing_event/e", "reason", "Hearing Started"),
    ],
)
def test_one_thing_changes(name: str, payload: dict[str, Any], subject: str, field: str, value: object) -> None:
    event = one(named(name, **payload))
    assert event.subject == subject
    assert getattr(event.data, field) == value


def test_a_vacated_trial_and_its_undoing_are_states_of_one_record() -> None:
    vacated = one(named("public.hearing.trial-vacated", hearingId="h", vacatedTrialReasonId="v"))
    undone = one(named("public.hearing.trial-vacated", hearingId="h", vacatedTrialReasonId=""))
    assert vacated.subject == undone.subject == "trial_vacated/h"
    assert isinstance(vacated.data, court.Patch) and isinstance(undone.data, court.Patch)
    assert vacated.data.trial is not None and vacated.data.trial.status == "vacated"
    assert undone.data.trial is None


def test_a_trial_type_or_that_the_trial_was_effective() -> None:
    (cracked,) = patches("hearing.hearing-trial-type-set", hearingId="h", trialTypeId="t", code="A", type="Cracked")
    assert cracked.trial == court.TrialEffectiveness(status="cracked", reason_code="A", reason_id="t")
    (effective,) = patches("hearing.hearing-trial-type-set", hearingId="h", isEffectiveTrial=True)
    assert effective.effective_trial and effective.trial is not None and effective.trial.status == "effective"


def test_a_confirmed_hearing_names_its_days_and_joins_several_cases_to_nothing() -> None:
    whole = {**HEARING["hearing"], "prosecutionCases": [{"id": "c-1"}, {"id": "c-2"}]}
    (patch,) = patches("public.listing.hearing-confirmed", confirmedHearing=whole)
    assert patch.hearing_id == "h-1"
    assert patch.listed_for == ("2024-03-02T10:00:00Z", "2024-03-01T10:00:00Z")
    assert (patch.court_case_ids, patch.ids.court_case_id) == (("c-1", "c-2"), None)
    assert patch.jurisdiction == "crown"


def test_a_listing_that_says_less_does_not_replace_the_whole_one() -> None:
    whole = one(named("public.listing.hearing-confirmed", confirmedHearing=HEARING["hearing"]))
    less = one(named("public.listing.hearing-listed", hearingId="h-1", caseUrns=[{"caseURN": "01AB0000124"}]))
    assert whole.subject == "hearing_listed/h-1"
    assert less.subject == "hearing_listed/h-1/hearing-listed"
    assert isinstance(less.data, court.Patch) and less.data.urns == ("01AB0000124",)


def test_an_adjournment_lists_each_next_hearing_at_its_london_time() -> None:
    (first, second) = patches("public.hearing.adjourned", caseId="c", urn="01AB0000124", hearings=[
        {"id": "h-2", "type": "PTP", "startDate": "2024-07-01", "startTime": "10:30"}, {"id": "h-3"},
    ])
    assert (first.hearing_id, first.listed_for, first.hearing_type) == ("h-2", ("2024-07-01T09:30:00Z",), "PTP")
    assert second.hearing_id == "h-3"


def test_offences_changed_is_a_patch_for_each_offence() -> None:
    offence = {"id": "o-1", "offenceCode": "TH68010"}
    found = patches(
        "public.progression.defendant-offences-changed",
        addedOffences=[{"defendantId": "d", "prosecutionCaseId": "c", "offences": [offence]}],
        deletedDefendantCaseOffences=[{"defendantId": "d", "prosecutionCaseId": "c", "offences": ["o-2"]}],
    )
    assert [(one.offence_id, one.reason, one.court_case_ids) for one in found] == [
        ("o-1", "added", ("c",)), ("o-2", "deleted", ("c",)),
    ]
    assert found[0].defendants[0].offences[0].offence_code == "TH68010"


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("public.hearing.hearing-offence-verdict-updated", {"hearingId": "h", "verdicts": []}),
        ("public.progression.defendant-offences-changed", {"modifiedDate": "2024-01-01"}),
        ("public.progression.defendant-offences-changed", {"offences": [{"id": "o-1"}]}),
        ("public.progression.defendant-offences-changed", {"addedOffences": [{"defendantId": "d", "offences": []}]}),
    ],
)
def test_message_that_names_nothing_that_changed_is_refused_and_not_dropped(name: str, payload: dict[str, Any]) -> None:
    refusal = refused(named(name, **payload))
    assert (refusal.rule, refusal.field) == ("no-record-content", "message")
    assert refusal.value == ", ".join(sorted(payload))
    assert name in refusal.reason


def test_offences_that_are_no_list_are_refused() -> None:
    changed = {"addedOffences": [{"defendantId": "d", "offences": {"id": "o-1", "offenceCode": "TH68010"}}]}
    refusal = refused(named("public.progression.defendant-offences-changed", **changed))
    assert (refusal.rule, refusal.field) == ("wrong-shape", "addedOffences.offences")


def test_defendants_added_are_a_patch_each_with_all_that_is_said_of_them() -> None:
    defendants = [
        {**HEARING["hearing"]["prosecutionCases"][0]["defendants"][0], "id": name, "prosecutionCaseId": "c-1"}
        for name in ("d-1", "d-2")
    ]
    found = patches("public.progression.defendants-added-to-court-proceedings", defendants=defendants)
    assert [(one.defendant_id, one.court_case_ids) for one in found] == [("d-1", ("c-1",)), ("d-2", ("c-1",))]
    assert found[0].defendants[0].offences[0].offence_code == "TH68010"


def test_withdrawn_or_dismissed_is_said_of_each_offence() -> None:
    found = patches(
        "public.hearing.defendant-case-withdrawn-or-dismissed", caseId="c", defendantId="d",
        resultedOffences={"o-1": "DISMISSED", "o-2": "GUILTY"},
    )
    assert [(one.offence_id, one.reason) for one in found] == [("o-1", "dismissed"), ("o-2", "guilty")]


def test_linked_cases_are_told_but_not_joined() -> None:
    (patch,) = patches("public.progression.case-linked", linkActionType="LINK", cases=[
        {"caseId": "c-1", "caseUrn": "01AB0000124", "linkedToCases": [{"caseId": "c-2", "caseUrn": "01AB0000224"}]}
    ])
    assert (patch.court_case_ids, patch.urns, patch.ids.court_case_id) == (("c-1",), ("01AB0000124",), "c-1")
    assert patch.detail == "with 01AB0000224"


def test_a_message_that_measures_do_not_need_is_kept_with_its_ids() -> None:
    (patch,) = patches("public.progression.cotr-created", cotrId="x", caseId="c", hearingId="h")
    assert (patch.patch, patch.hearing_id, patch.court_case_ids) == ("other", "h", ("c",))
    assert patch.detail is not None and "cotrId" in patch.detail


def test_names_of_counsel_are_not_kept() -> None:
    (patch,) = patches(
        "public.hearing.prosecution-counsel-added", hearingId="h",
        prosecutionCounsel={"id": "k", "firstName": "Made", "lastName": "Up", "prosecutionCases": ["c-1"]},
    )
    assert (patch.reason, patch.court_case_ids) == ("prosecution", ("c-1",))
    assert "Made" not in patch.model_dump_json()


def test_a_patch_of_nothing_is_refused() -> None:
    refusal = refused(named("public.hearing.offence-conviction-date-changed", convictionDate="2024-01-02"))
    assert (refusal.rule, refusal.field) == ("missing-field", "offenceId")
