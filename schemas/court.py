"""The courts' contracts: case, hearing (the snapshot of one sitting day), trial listing, patches, results to
police, remand and warrant. Shapes follow HMCTS Common Platform; names are ours."""

from typing import Literal

from pydantic import Field

from schemas.people import Person, Victim
from schemas.values import (
    Code,
    Contract,
    Day,
    Days,
    Id,
    LongCode,
    Minutes,
    Moment,
    OrderIndex,
    Pounds,
    SequenceNumber,
    Text,
)

Jurisdiction = Literal["magistrates", "crown"]


class NextHearing(Contract):
    """Where and when the case goes next, as a result says it."""

    court_ou: Code | None = None
    court_name: Text | None = None
    hearing_type: Text | None = None
    listed_for: Moment | None = None
    week_commencing: Day | None = None
    hearing_id: Id | None = None
    jurisdiction: Jurisdiction | None = None


class Result(Contract):
    """One judicial result. `cjs_code` is the four-digit CJS result code, absent for results that have none.
    `duration_days` is what was imposed, in days (a month 30.4375, a year 365.25)."""

    result_id: Id
    type_id: Id | None = None
    parent_id: Id | None = Field(None, description="the result of which this one is a part: together one order")
    offence_id: Id | None = Field(None, description="the offence that it is on, where it does not stand under it")
    cjs_code: Code | None = None
    label: Text | None = None
    text: Text | None = None
    category: Literal["final", "intermediary", "ancillary"] | None = None
    level: Literal["offence", "defendant", "case", "application"] | None = None
    ordered_on: Day | None = None
    convicted: bool | None = None
    adjournment: bool | None = None
    financial: bool | None = None
    terminates: bool | None = None
    custody_status: Code | None = Field(None, description="custody status after the hearing: A, B, C, L, P, R, U ...")
    duration_days: Days | None = None
    indeterminate: bool | None = None
    amount_pounds: Pounds | None = None
    next_hearing: NextHearing | None = None
    amended_at: Moment | None = None


class Verdict(Contract):
    """A verdict on one offence; an alternative offence when guilty of another than charged."""

    category: LongCode | None = Field(None, description="guilty, not_guilty, no_verdict ...; an unknown one as it came")
    code: Code | None = None
    on: Day | None = None
    alternative_offence_code: Code | None = None


class CourtOffence(Contract):
    """One offence before the court. `sequence` is the CJS offence sequence number where a feed has it, `order_index`
    the court's own order."""

    offence_id: Id | None = None
    offence_code: Code
    sequence: SequenceNumber | None = None
    order_index: OrderIndex | None = None
    title: Text | None = None
    wording: Text | None = None
    category: Code | None = None
    mode_of_trial: Code | None = None
    occurred_from: Moment | None = None
    occurred_to: Moment | None = None
    arrest_on: Moment | None = None
    charge_on: Moment | None = None
    laid_on: Moment | None = None
    crime_ref: Id | None = None
    plea: Code | None = Field(None, description="guilty, not_guilty, ...; see schemas.vocabulary")
    plea_on: Day | None = None
    indicated_plea: Code | None = None
    allocation: Code | None = None
    allocation_on: Day | None = None
    verdict: Verdict | None = None
    conviction_on: Day | None = None
    acquittal_on: Day | None = None
    jury_sworn_at: Moment | None = None
    introduced_later: bool | None = None
    discontinued: bool | None = None
    concluded: bool | None = None
    custody_time_limit_on: Day | None = None
    custody_time_limit_extended: bool | None = None
    victims: tuple[Victim, ...] = ()
    results: tuple[Result, ...] = ()


class UncodedOffence(Contract):
    """An offence that a system knows by its words alone, as Libra's lists do: without a code it is of no group, and it
    counts only where no feed tells the defendant's offences with their codes."""

    order_index: OrderIndex | None = None
    title: Text | None = None
    wording: Text | None = None
    act: Text | None = Field(None, description="the law that was broken: contrary to section ... of the ... Act")


class CourtDefendant(Contract):
    """A defendant in one prosecution case. `defendant_id` is per case, `master_defendant_id` and `libra_defendant_id`
    per person."""

    defendant_id: Id | None = None
    master_defendant_id: Id | None = None
    libra_defendant_id: Id | None = Field(None, description="Libra's cId: its own id of the person")
    asn: Id | None = None
    prosecutor_reference: Id | None = None
    cps_defendant_id: Id | None = None
    person: Person | None = None
    organisation: Text | None = None
    youth: bool | None = None
    proceedings_initiated_at: Moment | None = None
    bail_status: Code | None = None
    custody_time_limit_on: Day | None = None
    prison: Text | None = None
    attendance: Code | None = Field(None, description="in_person, by_video, not_present on the sitting day")
    legal_aid: Code | None = None
    concluded: bool | None = None
    offences: tuple[CourtOffence, ...] = ()
    uncoded_offences: tuple[UncodedOffence, ...] = ()
    results: tuple[Result, ...] = Field((), description="results on the defendant rather than on an offence")


class Application(Contract):
    """A court application: breach, appeal, re-opening. It may come with no prosecution case at all."""

    application_id: Id
    reference: Text | None = None
    kind: Text | None = None
    status: Code | None = None
    received_on: Moment | None = None
    parent_id: Id | None = None
    court_case_ids: tuple[Id, ...] = ()
    urns: tuple[Id, ...] = ()
    subject_defendant_id: Id | None = None
    subject_master_defendant_id: Id | None = None
    plea: Code | None = None
    conviction_on: Day | None = None
    concluded: bool | None = None
    results: tuple[Result, ...] = ()
    subject: CourtDefendant | None = Field(None, description="the person or organisation that it is about")
    offences: tuple[CourtOffence, ...] = Field((), description="offences of its cases or order; their results: above")


class CaseIds(Contract):
    """What a prosecution case is called: `urn` for police and CPS cases, `prosecutor_reference` for others."""

    court_case_id: Id | None = None
    urn: Id | None = None
    prosecutor_reference: Id | None = None
    prosecutor: Code | None = Field(None, description="the prosecuting authority's code or OU code")
    crown_case_number: Id | None = None
    pnc_court_reference: Id | None = None
    libra_case_number: Id | None = None
    libra_court: Code | None = Field(None, description="the OU code of the court whose number that is")


class CourtCase(Contract):
    """A prosecution case at court, the unit of court measures (T01 to T04, T12 to T15)."""

    ids: CaseIds
    jurisdiction: Jurisdiction | None = None
    case_type: Literal["for_trial", "for_sentence", "appeal", "summary", "other"] | None = None
    status: Code | None = None
    initiation: Code | None = None
    originating_organisation: Code | None = None
    cps_organisation: Code | None = None
    court_ou: Code | None = None
    court_name: Text | None = None
    received_at: Moment | None = None
    sent_at: Moment | None = Field(None, description="sent from the magistrates' court to the Crown Court")
    received_at_crown_court: Moment | None = None
    disposed_at: Moment | None = None
    transferred_out_at: Moment | None = None
    markers: tuple[Code, ...] = ()
    defendants: tuple[CourtDefendant, ...] = ()


class HearingCase(Contract):
    """A prosecution case as it was heard on one day."""

    ids: CaseIds
    status: Code | None = None
    initiation: Code | None = None
    originating_organisation: Code | None = None
    cps_organisation: Code | None = None
    markers: tuple[Code, ...] = ()
    defendants: tuple[CourtDefendant, ...] = ()


class TrialEffectiveness(Contract):
    """What the court recorded about a trial on its day (measures T05 to T08). The reason list's key is `reason_id`;
    letters repeat across types and jurisdictions."""

    status: Literal["effective", "cracked", "ineffective", "vacated"] | None = None
    reason_code: Code | None = None
    reason_id: Id | None = None
    description: Text | None = None
    on: Day | None = None


class Hearing(Contract):
    """The snapshot of one sitting day of a hearing: every share carries the whole of it and replaces the share
    before. Its parts are the cases, and the applications that belong to no case in it."""

    hearing_id: Id
    hearing_day: Day
    jurisdiction: Jurisdiction | None = None
    hearing_type: Text | None = None
    court_ou: Code | None = None
    court_name: Text | None = None
    sitting_days: tuple[Moment, ...] = ()
    reshare: bool | None = None
    box_hearing: bool | None = None
    single_justice: bool | None = None
    trial: TrialEffectiveness | None = None
    effective_trial: bool | None = None
    vacated_trial: bool | None = None
    cases: tuple[HearingCase, ...] = ()
    applications: tuple[Application, ...] = ()


class ResultedCase(Contract):
    """The results of a case as the courts send them to the police: `police-result-generated` and SPI results. A
    result that came in a hearing's snapshot too is the same result (decisions, section 3)."""

    resulted_case_id: Id
    ids: CaseIds
    route: Literal["police_result", "spi"]
    court_ou: Code | None = None
    court_name: Text | None = None
    psa_code: Code | None = None
    hearing_day: Day | None = None
    sent_on: Day | None = Field(None, description="sent to the Crown Court on this day, from a sending sheet")
    next_hearing: NextHearing | None = None
    defendants: tuple[CourtDefendant, ...] = ()


class TrialListing(Contract):
    """A trial in the list of one day (decisions, section 4): one a hearing and first sitting day."""

    hearing_id: Id
    listed_for: Day
    jurisdiction: Jurisdiction | None = None
    court_ou: Code | None = None
    court_name: Text | None = None
    cases: tuple[CaseIds, ...] = ()
    trial: TrialEffectiveness | None = None
    effective_trial: bool | None = None
    vacated_at: Moment | None = None
    section_28: bool | None = Field(None, description="pre-recorded cross-examination of a witness (measure T17)")


class Patch(Contract):
    """A message that changes one thing: plea, verdict, conviction date, markers, attendance, trial type, vacated
    trial, listing ... It is a record of its own (patch and target); a snapshot of its hearing that is shared later
    supersedes it. `detail` keeps what the message says beyond the fields that measures use."""

    patch: Literal[
        "plea", "verdict", "conviction_date", "case_markers", "attendance", "trial_type", "trial_vacated",
        "hearing_listed", "hearing_day_cancelled", "hearing_deleted", "hearing_extended", "hearing_event",
        "adjourned", "counsel", "offences_changed", "defendant_changed", "defendant_added", "case_ejected",
        "case_linked", "prosecutor_changed", "legal_aid", "withdrawn_or_dismissed", "duplicate_hearing",
        "custody_time_limit", "application", "case_retention", "cps_notified", "other",
    ]
    message: LongCode | None = Field(None, description="the message's own name")
    ids: CaseIds = CaseIds()
    urns: tuple[Id, ...] = ()
    court_case_ids: tuple[Id, ...] = ()
    hearing_id: Id | None = None
    hearing_ids: tuple[Id, ...] = ()
    defendant_id: Id | None = None
    master_defendant_id: Id | None = None
    offence_id: Id | None = None
    application_id: Id | None = None
    hearing_type: Text | None = None
    jurisdiction: Jurisdiction | None = None
    court_ou: Code | None = None
    court_name: Text | None = None
    listed_for: tuple[Moment, ...] = ()
    at: Moment | None = None
    plea: Code | None = None
    plea_on: Day | None = None
    indicated_plea: Code | None = None
    verdict: Verdict | None = None
    conviction_on: Day | None = None
    markers: tuple[Code, ...] = ()
    attendance: Code | None = None
    trial: TrialEffectiveness | None = None
    effective_trial: bool | None = None
    custody_time_limit_on: Day | None = None
    reason: Text | None = None
    defendants: tuple[CourtDefendant, ...] = ()
    detail: Text | None = None


class DefendantRef(Contract):
    """Which defendant of which case."""

    defendant_id: Id | None = None
    asn: Id | None = None
    court_case_id: Id | None = None
    urn: Id | None = None


class Remand(Contract):
    """A remand decision (measures S05, S06): custody or bail from a stage on."""

    remand_id: Id
    defendant: DefendantRef
    status: Literal["custody", "conditional_bail", "unconditional_bail", "local_authority", "not_applicable"]
    stage: Literal["first_hearing", "sending", "trial", "sentence", "other"] | None = None
    from_at: Moment
    until_at: Moment | None = None
    custody_time_limit_on: Day | None = None
    custody_time_limit_extended: bool | None = None
    court_ou: Code | None = None


class Warrant(Contract):
    """A warrant. A live bench warrant takes its case out of the outstanding caseload (measure T02)."""

    warrant_id: Id
    defendant: DefendantRef
    kind: Literal["bench", "arrest", "commitment"]
    issued_at: Moment
    executed_at: Moment | None = None
    withdrawn_at: Moment | None = None
    court_ou: Code | None = None


class CourtSession(Contract):
    """A court room's sitting day (measure T18), where the courts supply it. It opens no case."""

    court_ou: Code
    court_room: Code
    session_on: Day
    minutes_planned: Minutes | None = None
    minutes_sat: Minutes | None = None
