"""Hearings and trials that only the courts' lists have told so far: where they are listed, and what became of them."""

import itertools
import random
from datetime import date
from typing import Any

import orjson
import pytest

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from processors.standardise.moments import date_of
from schemas.events import Event
from tests.in_process import heads_of, rows_of

CASE, HEARING = "bbbbbbbb-0000-0000-0000-000000000001", "aaaaaaaa-0000-0000-0000-000000000001"


def told(name: str, at: str, **payload: Any) -> list[Event]:
    message = {"_metadata": {"id": f"{name} {at}", "name": name, "createdAt": at}, **payload}
    found = list(common_platform(SourceFile("message.json", orjson.dumps(message))))
    assert not any(isinstance(one, Refusal) for one in found), found
    return [one for one in found if not isinstance(one, Refusal)]


def days(*listed: str) -> list[dict[str, str]]:
    return [{"sittingDay": f"{day}T10:00:00.000Z"} for day in listed]


def prosecution(case: str = CASE, urn: str = "16BH9999026") -> dict[str, Any]:
    offence = {"id": f"o-{case}", "offenceCode": "TH68010"}
    defendant = {"id": f"d-{case}", "prosecutionCaseId": case, "offences": [offence],
                 "personDefendant": {"personDetails": {"lastName": "Testname"}}}  # fmt: skip
    return {"id": case, "prosecutionCaseIdentifier": {"caseURN": urn}, "defendants": [defendant]}


CREATED = told("public.progression.prosecution-case-created", "2025-01-01T10:00:00Z", prosecutionCase=prosecution())


def confirmed(
    *listed: str, at: str = "2025-01-02T10:00:00Z", kind: str = "Trial", how: str = "confirmed"
) -> list[Event]:
    hearing = {
        "id": HEARING, "type": {"description": kind}, "jurisdictionType": "CROWN", "courtCentre": {"code": "C01SW00"},
        "hearingDays": days(*listed), "prosecutionCases": [{"id": CASE}],
    }
    return told(f"public.listing.hearing-{how}", at, **{f"{how}Hearing": hearing})


def moved(*listed: str, at: str) -> list[Event]:
    return told("public.listing.hearing-days-changed-for-hearing", at, hearingId=HEARING, hearingDays=days(*listed))


def moved_next(day: str, at: str) -> list[Event]:
    return told(
        "public.events.listing.next-hearing-day-changed", at, hearingId=HEARING, hearingStartDate=f"{day}T10:00:00Z"
    )


def cancelled(day: str, at: str) -> list[Event]:
    return told("public.hearing.hearing-days-cancelled", at, hearingId=HEARING, cancelledHearingDays=days(day))


def vacated(at: str, reason: str | None = "r1") -> list[Event]:
    reasons = {} if reason is None else {"vacatedTrialReasonId": reason}
    return told("public.listing.vacated-trial-updated", at, hearingId=HEARING, **reasons)


def became(kind: str, at: str) -> list[Event]:
    return told("hearing.hearing-trial-type-set", at, hearingId=HEARING, trialTypeId="x", code="A", type=kind)


def shared(day: str, at: str, **more: Any) -> list[Event]:
    hearing = {
        "id": HEARING, "type": {"description": "Trial"}, "jurisdictionType": "CROWN", "hearingDays": days(day),
        "courtCentre": {"code": "C01SW00"}, "prosecutionCases": [prosecution()], **more,
    }
    return told("public.events.hearing.hearing-resulted", at, hearing=hearing, hearingDay=day, sharedTime=at)


def rows(*some: list[Event]) -> dict[str, list[Any]]:
    """The rows, which are the same in any order of arrival."""
    events = [one for of_message in (CREATED, *some) for one in of_message]
    expected = rows_of(heads_of(events))
    for seed in range(3):
        random.Random(seed).shuffle(events)
        assert rows_of(heads_of(events)) == expected
    return expected


def trials(*some: list[Event]) -> list[tuple[str, str]]:
    found = sorted(rows(*some).get("case_trial_listings", []), key=lambda row: row.listed_on)
    return [(date_of(row.listed_on).isoformat(), row.status) for row in found]


def listed_days(*some: list[Event]) -> list[str]:
    found = sorted(rows(*some).get("case_hearings", []), key=lambda row: row.hearing_day)
    return [date_of(row.hearing_day).isoformat() for row in found if row.listed]


def test_a_hearing_that_is_moved_is_listed_where_it_is_now() -> None:
    messages = (
        confirmed("2027-02-01"), moved_next("2027-02-05", "2025-01-03T10:00:00Z"),
        moved("2027-02-09", at="2025-01-04T10:00:00Z"),
    )
    assert listed_days(*messages) == ["2027-02-09"]
    assert trials(*messages) == [("2027-02-09", "listed")]
    (case,) = rows(*messages)["cases"]
    assert date_of(case.next_hearing_on) == date(2027, 2, 9)


def test_a_message_without_days_moves_nothing() -> None:
    asked = told("public.listing.hearing-listed", "2025-01-05T10:00:00Z", hearingId=HEARING)
    assert listed_days(confirmed("2027-02-01"), asked) == ["2027-02-01"]


def test_a_day_that_is_cancelled_may_be_listed_again() -> None:
    both = confirmed("2027-02-01", "2027-02-02")
    gone = cancelled("2027-02-01", "2025-01-03T10:00:00Z")
    assert listed_days(both, gone) == ["2027-02-02"]
    back = moved("2027-02-01", "2027-02-02", at="2025-01-04T10:00:00Z")
    assert listed_days(both, gone, back) == ["2027-02-01", "2027-02-02"]


def test_a_hearing_that_is_deleted_may_be_listed_again() -> None:
    gone = told("public.events.listing.hearing-deleted", "2025-01-03T10:00:00Z", hearingId=HEARING)
    assert listed_days(confirmed("2027-02-01"), gone) == []
    assert trials(confirmed("2027-02-01"), gone) == []
    again = confirmed("2027-03-01", at="2025-01-04T10:00:00Z", how="updated")
    assert listed_days(confirmed("2027-02-01"), gone, again) == ["2027-03-01"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ([], "listed"), (became("Cracked", "2025-02-03T12:00:00Z"), "cracked"),
        (became("InEffective", "2025-02-03T12:00:00Z"), "ineffective"),
        (vacated("2025-01-10T10:00:00Z"), "vacated"),
        ([*vacated("2025-01-10T10:00:00Z"), *vacated("2025-01-11T10:00:00Z", None)], "listed"),
    ],
)
def test_a_trial_that_only_the_lists_know_is_a_listing(more: list[Event], status: str) -> None:
    assert trials(confirmed("2025-02-03"), more) == [("2025-02-03", status)]


def test_a_list_and_the_hearing_of_its_day_are_one_listing() -> None:
    assert trials(confirmed("2025-02-03", "2025-02-04"), shared("2025-02-03", "2025-02-03T16:00:00Z")) == [
        ("2025-02-03", "listed"),
    ]


def test_a_trial_of_several_days_in_the_list_is_one() -> None:
    (row,) = rows(confirmed("2025-02-03", "2025-02-04"))["case_trial_listings"]
    assert row.sitting_days == 2


def test_moved_on_its_day_or_later_it_is_two_listings() -> None:
    first = confirmed("2025-02-03")
    again = moved("2025-05-01", at="2025-02-04T10:00:00Z")
    assert trials(first, again) == [("2025-02-03", "listed"), ("2025-05-01", "listed")]
    assert trials(
        first, became("InEffective", "2025-02-03T12:00:00Z"), again, became("Cracked", "2025-05-01T12:00:00Z"),
    ) == [("2025-02-03", "ineffective"), ("2025-05-01", "cracked")]
    assert trials(
        first, became("InEffective", "2025-02-03T12:00:00Z"), again,
        shared("2025-05-01", "2025-05-01T16:00:00Z", isEffectiveTrial=True),
    ) == [("2025-02-03", "ineffective"), ("2025-05-01", "effective")]


def test_vacated_before_its_day_and_listed_again_it_is_two() -> None:
    assert trials(
        confirmed("2025-02-03"), vacated("2025-01-10T10:00:00Z"), moved("2025-05-01", at="2025-01-12T10:00:00Z"),
    ) == [("2025-02-03", "vacated"), ("2025-05-01", "listed")]


def test_a_hearing_shared_later_on_another_day_was_moved() -> None:
    assert trials(confirmed("2025-02-03"), shared("2025-02-10", "2025-02-10T16:00:00Z", isEffectiveTrial=True)) == [
        ("2025-02-10", "effective"),
    ]


def test_a_hearing_that_is_no_trial_any_more_is_no_listing() -> None:
    assert trials(confirmed("2025-02-03", kind="Sentence")) == []
    assert trials(
        confirmed("2025-02-03"), confirmed("2025-02-03", at="2025-01-03T10:00:00Z", kind="Sentence", how="updated")
    ) == []


def test_one_hearing_id_in_two_spellings_is_one_listing() -> None:
    upper = shared("2025-02-03", "2025-02-03T16:00:00Z", id=HEARING.upper(), isEffectiveTrial=True)
    assert trials(confirmed("2025-02-03"), upper) == [("2025-02-03", "effective")]


def test_two_cases_in_one_trial_are_one_listing_id() -> None:
    """One row where they are one linked case; else a row in each case, and T05 counts listing ids."""
    other = prosecution("bbbbbbbb-0000-0000-0000-000000000002", "16BH9999126")
    apart = shared(
        "2025-02-03", "2025-02-03T16:00:00Z", isEffectiveTrial=True, prosecutionCases=[prosecution(), other]
    )
    found = rows(apart)["case_trial_listings"]
    assert len(found) == 2
    assert len({row.listing_id for row in found}) == 1
    other["prosecutionCaseIdentifier"] = {"caseURN": "16BH9999026"}
    joined = shared(
        "2025-02-03", "2025-02-03T16:00:00Z", isEffectiveTrial=True, prosecutionCases=[prosecution(), other]
    )
    (row,) = rows(joined)["case_trial_listings"]
    assert row.court_cases == 2


def test_every_order_of_a_short_story_ends_in_the_same_rows() -> None:
    story = (confirmed("2025-02-03"), became("InEffective", "2025-02-03T12:00:00Z"), moved(
        "2025-05-01", at="2025-02-04T10:00:00Z"), vacated("2025-04-01T10:00:00Z"))
    found = {tuple(trials(*order)) for order in itertools.permutations(story)}
    assert found == {(("2025-02-03", "ineffective"), ("2025-05-01", "vacated"))}
