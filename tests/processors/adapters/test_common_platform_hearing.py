"""What is read of a resulted hearing: its day, results at every level, durations, amounts, trials, applications, and
the defects of real feeds."""

import copy
from typing import Any

import pytest

from processors.adapters.common_platform_codes import days_in, days_of, plea, pounds, spi_finding, spi_plea
from schemas import court
from tests.processors.adapters.test_common_platform import HEARING, named, one, refused


def hearing(**changes: object) -> dict[str, Any]:
    """The example hearing with other fields in its `hearing` object."""
    message = copy.deepcopy(HEARING)
    message["hearing"].update(changes)
    return message


def data(message: object) -> court.Hearing:
    event = one(message)
    assert isinstance(event.data, court.Hearing)
    return event.data


def with_result(**fields: object) -> court.Result:
    """The example's one result with these fields."""
    message = copy.deepcopy(HEARING)
    message["hearing"]["prosecutionCases"][0]["defendants"][0]["offences"][0]["judicialResults"][0].update(fields)
    return data(message).cases[0].defendants[0].offences[0].results[0]


def test_without_a_hearing_day_it_is_the_earliest_sitting_day_that_was_not_cancelled() -> None:
    message = hearing()
    del message["hearingDay"]
    assert data(message).hearing_day == "2024-03-01"
    message["hearing"]["hearingDays"][1]["isCancelled"] = True
    assert data(message).hearing_day == "2024-03-02"


def test_a_sitting_day_is_a_day_in_london() -> None:
    message = hearing(hearingDays=[{"sittingDay": "2024-07-01T23:30:00Z"}])
    del message["hearingDay"]
    assert data(message).hearing_day == "2024-07-02"


def test_a_bare_hearing_is_a_hearing() -> None:
    bare = copy.deepcopy(HEARING["hearing"])
    assert data(bare).cases == data(HEARING).cases


def test_no_day_at_all_is_refused() -> None:
    message = hearing(hearingDays=[])
    del message["hearingDay"], message["sharedTime"]
    assert refused(message).field == "hearingDay"


def test_deleted_results_are_left_out() -> None:
    message = copy.deepcopy(HEARING)
    offence = message["hearing"]["prosecutionCases"][0]["defendants"][0]["offences"][0]
    offence["judicialResults"].append({"judicialResultId": "r-2", "isDeleted": True, "cjsCode": "1015"})
    assert [one.result_id for one in data(message).cases[0].defendants[0].offences[0].results] == ["r-1"]


def test_a_child_result_names_its_parent() -> None:
    assert with_result(parentJudicialResultId="r-0").parent_id == "r-0"


def test_results_on_a_case_and_on_a_person_stand_on_the_defendant() -> None:
    message = hearing(defendantJudicialResults=[
        {"masterDefendantId": "m-1", "judicialResult": {"judicialResultId": "r-3", "level": "D"}}
    ])
    defendant = message["hearing"]["prosecutionCases"][0]["defendants"][0]
    defendant["defendantCaseJudicialResults"] = [{"judicialResultId": "r-2", "level": "C"}]
    found = data(message).cases[0].defendants[0].results
    assert [(one.result_id, one.level) for one in found] == [("r-2", "case"), ("r-3", "defendant")]


def test_a_person_in_two_cases_gets_a_result_once_where_its_offence_is() -> None:
    message = copy.deepcopy(HEARING)
    cases = message["hearing"]["prosecutionCases"]
    second = copy.deepcopy(cases[0])
    second["id"] = "c-2"
    second["defendants"][0]["id"] = "d-2"
    second["defendants"][0]["offences"][0]["id"] = "o-2"
    cases.append(second)
    message["hearing"]["defendantJudicialResults"] = [
        {"masterDefendantId": "m-1", "judicialResult": {"judicialResultId": "r-9", "offenceId": "o-2"}}
    ]
    assert [len(case.defendants[0].results) for case in data(message).cases] == [0, 1]


def test_a_result_on_a_person_whom_nobody_names_is_kept() -> None:
    message = hearing(defendantJudicialResults=[
        {"masterDefendantId": "m-9", "judicialResult": {"judicialResultId": "r-9"}}
    ])
    stranger = data(message).cases[0].defendants[1]
    assert (stranger.master_defendant_id, stranger.results[0].result_id) == ("m-9", "r-9")


@pytest.mark.parametrize(
    ("fields", "days", "life"),
    [
        ({"durationElement": {"primaryDurationUnit": "M", "primaryDurationValue": 18}}, 547.875, None),
        ({"durationElement": {"primaryDurationUnit": "Y", "primaryDurationValue": 1, "secondaryDurationUnit": "Y",
                              "secondaryDurationValue": 2}}, 365.25, None),
        ({"durationElement": {"primaryDurationUnit": "L", "primaryDurationValue": 1}}, None, True),
        ({"lifeDuration": True}, None, True),
        ({"isLifeDuration": True}, None, True),
        ({"judicialResultPrompts": [{"promptReference": "totalCustodialPeriod", "value": "4 Years"},
                                    {"promptReference": "suspendedPeriod", "value": "1 Years"}]}, 1461.0, None),
        ({"judicialResultPrompts": [{"promptReference": "HEST", "value": "20 MINUTES"}]}, None, None),
        ({"durationElement": {"durationEndDate": "31/03/2024"}}, 30.0, None),
    ],
)
def test_durations(fields: dict[str, object], days: float | None, life: bool | None) -> None:
    found = with_result(**fields)
    assert (found.duration_days, found.indeterminate) == (days, life)


def test_the_amount_is_what_was_imposed_and_not_an_instalment() -> None:
    fine = {"promptReference": "AOF", "value": "£1,250.00", "isFinancialImposition": True}
    instalment = {"promptReference": "IAMT", "value": "£50.00", "isFinancialImposition": False}
    assert with_result(judicialResultPrompts=[instalment, fine]).amount_pounds == 1250.0
    assert with_result(judicialResultPrompts=[instalment]).amount_pounds is None


def test_the_next_hearing_of_a_result() -> None:
    found = with_result(nextHearing={
        "type": {"description": "Sentence"}, "jurisdictionType": "CROWN", "listedStartDateTime": "2024-04-01T09:00:00Z",
        "courtCentre": {"courtHearingLocation": "C01SW01"},
    })
    assert found.next_hearing == court.NextHearing(
        court_ou="C01SW01", hearing_type="Sentence", listed_for="2024-04-01T09:00:00Z", jurisdiction="crown",
    )


@pytest.mark.parametrize("written", ["InEffective", "Ineffective", "INEFFECTIVE"])
def test_trial_effectiveness_in_any_spelling(written: str) -> None:
    trial = data(hearing(crackedIneffectiveTrial={"id": "i", "code": "N1", "type": written})).trial
    assert trial == court.TrialEffectiveness(status="ineffective", reason_code="N1", reason_id="i")


def test_attendance_is_that_of_the_day() -> None:
    days = [{"day": "2024-03-01", "attendanceType": "BY_VIDEO"}, {"day": "2024-03-02", "attendanceType": "IN_PERSON"}]
    message = hearing(defendantAttendance=[{"defendantId": "d-1", "attendanceDays": days}])
    assert data(message).cases[0].defendants[0].attendance == "by_video"


def test_a_breach_comes_as_an_application_without_a_case() -> None:
    message = hearing(prosecutionCases=[], courtApplications=[{
        "id": "a-1",
        "type": {"type": "Breach of a community order"},
        "applicationStatus": "FINALISED",
        "subject": {"masterDefendant": {
            "masterDefendantId": "m-1", "defendantCase": [{"caseId": "c-7", "defendantId": "d-7"}],
            "personDefendant": {"personDetails": {"lastName": "Example", "gender": "MALE"}},
        }},
        "courtOrder": {"courtOrderOffences": [{
            "prosecutionCaseId": "c-7", "prosecutionCaseIdentifier": {"caseURN": "01AB0000723"},
            "offence": {"id": "o-7", "offenceCode": "TH68010", "judicialResults": [{"judicialResultId": "r-7"}]},
        }]},
        "judicialResults": [{"judicialResultId": "r-8", "level": "O"}],
    }])
    (application,) = data(message).applications
    assert (application.court_case_ids, application.urns) == (("c-7",), ("01AB0000723",))
    assert (application.subject_defendant_id, application.subject_master_defendant_id) == ("d-7", "m-1")
    assert application.subject is not None and application.subject.person is not None
    assert [(one.result_id, one.level, one.offence_id) for one in application.results] == [
        ("r-8", "application", None), ("r-7", "offence", "o-7"),
    ]
    assert [(one.offence_id, one.offence_code, one.results) for one in application.offences] == [("o-7", "TH68010", ())]


def test_a_case_that_is_told_twice_has_the_defendants_of_both_tellings() -> None:
    message = copy.deepcopy(HEARING)
    cases = message["hearing"]["prosecutionCases"]
    cases.append(copy.deepcopy(cases[0]))
    assert data(message) == data(HEARING)
    cases[1]["defendants"][0]["id"] = "d-other"
    assert [one.defendant_id for case in data(message).cases for one in case.defendants] == ["d-1", "d-other"]


def test_a_case_that_is_told_twice_and_differently_is_refused() -> None:
    message = copy.deepcopy(HEARING)
    cases = message["hearing"]["prosecutionCases"]
    cases.append(copy.deepcopy(cases[0]))
    cases[1]["defendants"][0]["offences"] = []
    refusal = refused(message)
    assert (refusal.rule, refusal.field, refusal.value) == ("told-twice", "prosecutionCases.defendants.id", "d-1")
    cases[1] = {**copy.deepcopy(cases[0]), "caseStatus": "CLOSED"}
    cases[0]["caseStatus"] = "ACTIVE"
    refusal = refused(message)
    assert (refusal.rule, refusal.field, refusal.value) == ("told-twice", "prosecutionCases.caseStatus", "CLOSED")


def test_misspelt_keys_are_read() -> None:
    message = copy.deepcopy(HEARING)
    message["hearing"]["prosectionCases"] = [message["hearing"].pop("prosecutionCases")]
    message["hearing"]["prosectionCases"][0][0]["defendants"][0]["offences"][0]["aquittalDate"] = "2024-03-01"
    assert data(message).cases[0].defendants[0].offences[0].acquittal_on == "2024-03-01"


def test_the_older_form_puts_result_lines_on_their_offence_and_keeps_those_of_others() -> None:
    old = {
        "hearing": {
            "id": "h-1",
            "courtCentre": {"courtCentreName": "Cardiff"},
            "defendants": [{"id": "d-1", "person": {"lastName": "Example"}, "cases": [{
                "id": "c-1", "urn": "01AB0000124", "bailStatus": "IN_CUSTODY",
                "offences": [{"id": "o-1", "code": "TH68010", "plea": {"value": "NOT_GUILTY", "date": "2024-01-01"}}],
            }]}],
            "sharedResultLines": [
                {"id": "l-1", "caseId": "c-1", "defendantId": "d-1", "offenceId": "o-1", "level": "OFFENCE",
                 "label": "Imprisonment", "prompts": [{"label": "Imprisonment duration", "value": "1 year 6 months"}]},
                {"id": "l-2", "caseId": "c-9", "defendantId": "d-9", "level": "DEFENDANT_CASE"},
            ],
        },
        "variants": [],
        "sharedTime": "2024-03-01T23:30:00Z",
    }
    event = one(old)
    assert event.subject == "h-1/2024-03-01"
    assert isinstance(event.data, court.Hearing)
    ours, other = event.data.cases
    offence = ours.defendants[0].offences[0]
    assert (offence.plea, offence.results[0].duration_days) == ("not_guilty", 547.875)
    assert ours.defendants[0].bail_status == "C"
    assert (other.ids.court_case_id, other.defendants[0].results[0].result_id) == ("c-9", "l-2")


def test_the_older_form_that_tells_differently_of_one_defendant_in_a_case_is_refused() -> None:
    told = {"id": "d-1", "person": {"lastName": "Example"}, "cases": [{"id": "c-1", "offences": []}]}
    old: dict[str, Any] = {"hearing": {"id": "h-1", "defendants": [told, copy.deepcopy(told)]},
                           "sharedTime": "2024-03-01T23:30:00Z"}
    assert len(data(old).cases[0].defendants) == 1
    old["hearing"]["defendants"][1]["cases"][0]["bailStatus"] = "IN_CUSTODY"
    refusal = refused(old)
    assert (refusal.rule, refusal.field, refusal.value) == ("told-twice", "defendants.id", "d-1")


@pytest.mark.parametrize(
    ("text", "days"),
    [("18 Months", 547.875), ("2 Years", 730.5), ("1 year 6 months", 547.875), ("6 Days", 6.0), ("10:00", None),
     ("20 MINUTES", None), ("2 Years, consecutive", None), ("", None), (None, None)],
)
def test_periods_in_words(text: str | None, days: float | None) -> None:
    assert days_in(text) == days


def test_codes_of_both_interfaces_are_one_vocabulary() -> None:
    assert [spi_plea(digit) for digit in ("1", "2", "3", "6", "7", "05")] == [
        "guilty", "not_guilty", "no_plea", "guilty_single_justice_procedure", "admits", "opposes",
    ]
    assert plea("GUILTY_SINGLE_JUSTICE_PROCEDURE") == spi_plea("6")
    assert plea("ADMITS_MAGISTRATES") == spi_plea("7")
    assert plea("SOMETHING_NEW") == "something_new"
    assert [spi_finding(letter) for letter in "GNAOC"] == [
        "guilty", "not_guilty", "guilty_of_alternative", "no_conviction", "caution",
    ]
    assert (pounds("£0.50"), pounds("50"), days_of("3", "W"), days_of(1, "S")) == (0.5, None, 21.0, None)


VERDICT_CATEGORIES = (
    "GUILTY", "NOT_GUILTY", "NO_VERDICT", "GUILTY_CONVICTED", "GUILTY_BY_JURY_CONVICTED",
    "GUILTY_BUT_OF_LESSER_OFFENCE", "GUILTY_BUT_OF_LESSER_OFFENCE_CONVICTED",
    "GUILTY_BUT_OF_LESSER_OFFENCE_BY_JURY_CONVICTED", "GUILTY_BUT_OF_ALTERNATIVE_OFFENCE_BY_JURY_CONVICTED",
)


@pytest.mark.parametrize("category", VERDICT_CATEGORIES)
def test_every_known_category_of_verdict_is_kept_whole(category: str) -> None:
    told = {"verdictDate": "2024-03-01", "verdictType": {"categoryType": category, "category": "Guilty"}}
    message = copy.deepcopy(HEARING)
    message["hearing"]["prosecutionCases"][0]["defendants"][0]["offences"][0]["verdict"] = told
    verdict = data(message).cases[0].defendants[0].offences[0].verdict
    assert verdict is not None and verdict.category == category.lower()
    patch = one(named("public.hearing.hearing-offence-verdict-updated", hearingId="h", verdict={
        "offenceId": "o-1", **told,
    }))
    assert isinstance(patch.data, court.Patch) and patch.data.verdict == verdict


def test_a_long_text_where_a_code_stands_costs_no_hearing() -> None:
    words = "Application for legal aid was refused on means"
    message = copy.deepcopy(HEARING)
    defendant = message["hearing"]["prosecutionCases"][0]["defendants"][0]
    defendant["legalAidStatus"] = words
    defendant["personDefendant"]["personDetails"] |= {
        "nationalityCode": words, "ethnicity": {"selfDefinedEthnicityCode": words, "observedEthnicityCode": words},
    }
    defendant["offences"][0] |= {"modeOfTrial": words, "offenceCategory": words}
    told = data(message).cases[0].defendants[0]
    cut = words[:40]
    assert told.person is not None
    assert (told.legal_aid, told.person.nationality, told.person.ethnicity_self) == (cut, cut, cut)
    assert (told.offences[0].mode_of_trial, told.offences[0].category) == (cut, cut)
