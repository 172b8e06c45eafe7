"""The rows that readers count and see: one row type a serving table (the tables are in `schemas.tables`).

One table, one counting grain: a crime, a suspect of a crime, a proceeding at the CPS, a court case, a defendant in a
court case, an offence, a listing, a result ... are never mixed. Conventions:

- `case_id` is the first column and, with the table's key, the row's identity. Records that open no case (incidents,
  stops, capacity, unlinked custody) are held under the id of their own component, so that they move with it; in
  tables that hold both, `linked` is 0 for those.
- Instants (`At`) are milliseconds since 1970 UTC; days (`On`) are days since 1970, of Europe/London. Both are plain
  integers, which pyarrow turns into columns without a Python object a value; None is unknown. Where the source may
  know only a day or a month, `*_precision` says so (`time`, `day`, `month`, empty).
- A day that is part of a key (`KeyDay`) is never empty.
- Text that is missing is empty. 0 and 1 are no and yes; a nullable one is None where nobody said.
- `force` is that of the originating crime (else of the suspect, CPS record or URN), the filter that every board has;
  `flags` are those of the row itself (decisions, section 7).
- The courts' opaque ids stand as they are, all other ids of agencies are pseudonyms (`processors.cases.ids`); no
  name, birth date, address or identifier of a person is here. A `birth_month` is `1990-05`.
- `person_key` names the person record under which people linking knows who is meant (`people_members` says which person
  that is now); empty where the row's records name none.
- No column has arrival or the clock of a machine in it: rows are a function of the accepted states (decisions, 1).
- `version` and `is_deleted` are added by the step that stores the rows.
"""

from typing import Annotated, NamedTuple

At = Annotated[int | None, "Nullable(DateTime64(3, 'UTC'))"]
On = Annotated[int | None, "Nullable(Date32)"]
KeyDay = Annotated[int, "Date32"]
Key = Annotated[str, "String"]
Word = Annotated[str, "LowCardinality(String)"]
Words = Annotated[tuple[str, ...], "Array(LowCardinality(String))"]
Keys = Annotated[tuple[str, ...], "Array(String)"]
Small = Annotated[int, "UInt16"]
Count = Annotated[int, "UInt32"]
MaybeCount = Annotated[int | None, "Nullable(Int32)"]
Yes = Annotated[int, "UInt8"]
Maybe = Annotated[int | None, "Nullable(UInt8)"]
Number = Annotated[float | None, "Nullable(Float64)"]


class CaseRow(NamedTuple):
    """A linked case. `stage` is the furthest that any of its crimes or defendants reached; `holder` the agency that
    acts next; `live` until everything in it is finished."""

    case_id: Key
    force: Word
    opened_at: At
    reported_at: At
    recorded_at: At
    first_arrest_at: At
    referred_at: At
    charged_at: At
    first_hearing_on: On
    sent_at: At
    convicted_on: On
    sentenced_on: On
    completed_at: At
    next_hearing_on: On
    stage: Word
    stage_at: At
    holder: Word
    live: Yes
    outcome: Word
    offence_group: Word
    offence_subgroup: Word
    ho_code: Word
    offence_code: Word
    court_ou: Word
    cps_area: Word
    youth: Yes
    custody: Yes
    flags: Words
    agencies: Words
    crimes: Count
    victims: Count
    suspects: Count
    proceedings: Count
    court_cases: Count
    defendants: Count
    offences: Count
    hearings: Count
    records: Count
    last_event_at: At


class CaseEventRow(NamedTuple):
    """One event of the case's story, as a state of a record tells it first. `state` counts the record's states from
    0, `n` the events of a state. `known_at` is the state's source time; `current` is 1 when it is the record's
    current state."""

    case_id: Key
    record_id: Key
    state: Small
    n: Small
    force: Word
    at: At
    at_precision: Word
    known_at: At
    agency: Word
    kind: Word
    what: Word
    detail: Key
    current: Yes


class CrimeRow(NamedTuple):
    """A recorded crime. `stage` is the furthest that it reached (decisions, section 5), `fate` what became of it
    there: progressed (convicted), lost, diverted, transferred or open, with `exit_reason` and `exit_at`.
    `report_to_arrest_*` as decisions, section 6: `clock` says which start was used."""

    case_id: Key
    crime_id: Key
    force: Word
    reported_at: At
    reported_precision: Word
    recorded_at: At
    recorded_precision: Word
    occurred_from: At
    occurred_to: At
    ho_code: Word
    offence_code: Word
    category: Word
    offence_group: Word
    offence_subgroup: Word
    victim_based: Maybe
    cancelled_at: At
    transferred_at: At
    outcome_type: Word
    outcome_text: Word
    outcome_group: Word
    outcome_at: At
    outcome_precision: Word
    outcome_changes: Small
    charge_outcome_at: At
    suspect_identified_at: At
    first_arrest_at: At
    arrest_precision: Word
    interviewed_at: At
    referred_at: At
    charged_at: At
    first_hearing_on: On
    convicted_on: On
    custody_on: On
    completed_on: On
    stage: Word
    stage_rank: Small
    fate: Word
    exit_reason: Word
    exit_at: At
    clock: Word
    report_to_arrest_hours: Number
    report_to_arrest_days: Number
    report_to_arrest_precision: Word
    arrest_before_report: Yes
    charge_link: Word
    suspects: Small
    victims: Small
    offences: Small
    flags: Words
    sources: Words


class OutcomeRow(NamedTuple):
    """An outcome that a crime has, or had: the history of its changes. `until_known_at` is the source time from which
    another held; empty for the one that holds now."""

    case_id: Key
    crime_id: Key
    seq: Small
    force: Word
    outcome_type: Word
    outcome_text: Word
    outcome_group: Word
    outcome_at: At
    known_at: At
    until_known_at: At
    current: Yes


class VictimRow(NamedTuple):
    """A victim of a crime. `support` is the last known status, `withdrew_*` the moment and stage at which support
    ended (it is taken back if the victim supports again)."""

    case_id: Key
    crime_id: Key
    victim_id: Key
    force: Word
    kind: Word
    sex: Word
    age: MaybeCount
    birth_month: Word
    ethnicity_self: Word
    ethnicity_observed: Word
    vulnerable: Maybe
    relationship: Word
    support: Word
    withdrew_at: At
    withdrew_stage: Word
    withdrew_reason: Word
    reported_at: At
    recorded_at: At
    completed_on: On
    stage: Word
    outcome_type: Word
    ho_code: Word
    offence_group: Word
    offence_subgroup: Word
    flags: Words
    person_key: Key


class VictimServiceRow(NamedTuple):
    """Something owed to a victim: when due, when done."""

    case_id: Key
    record_id: Key
    victim_id: Key
    crime_id: Key
    force: Word
    kind: Word
    due_at: At
    done_at: At
    offence_group: Word
    flags: Words


class SuspectRow(NamedTuple):
    """A suspect of a crime. A suspect of two crimes has two rows; `suspect_id` counts people. `crime_id` is empty
    while the crime is unknown."""

    case_id: Key
    crime_id: Key
    suspect_id: Key
    force: Word
    identified_at: At
    interviewed_at: At
    first_arrest_at: At
    arrest_precision: Word
    arrests: Small
    release_status: Word
    referred_at: At
    charged_at: At
    defendant_id: Key
    sex: Word
    birth_month: Word
    age: MaybeCount
    youth: Maybe
    ethnicity_self: Word
    ethnicity_observed: Word
    ho_code: Word
    offence_group: Word
    offence_subgroup: Word
    flags: Words
    sources: Words
    person_key: Key


class ArrestRow(NamedTuple):
    """An arrest, the event."""

    case_id: Key
    arrest_id: Key
    suspect_id: Key
    force: Word
    arrest_at: At
    arrest_precision: Word
    released_at: At
    release_status: Word
    crimes: Small
    offence_group: Word
    flags: Words
    person_key: Key


class ProceedingRow(NamedTuple):
    """One suspect, later defendant, in one set of proceedings at the CPS. `receipt_at` is the completion of the first
    consultation with a charging test; `decision` the latest legal decision (charge, no further action, out of court
    disposal), with `pending` only while there is none; `live` before charge, until a legal decision."""

    case_id: Key
    proceeding_id: Key
    force: Word
    cps_area: Word
    cps_unit: Word
    first_referral_at: At
    referral_precision: Word
    referral_kind: Word
    receipt_at: At
    decision: Word
    decision_at: At
    legal: Yes
    nfa_reason: Word
    code_test: Word
    charge_authorised_at: At
    charge_decision_at: At
    charge_decision_precision: Word
    first_hearing_registered_at: At
    charged_volume: Yes
    consultations: Small
    consultations_completed: Small
    returned_to_police: Small
    with_party: Word
    live: Yes
    anticipated_plea: Word
    first_hearing_plea: Word
    first_hearing_on: On
    completed_at: At
    final_result: Word
    convicted: Maybe
    stop_reason: Word
    nonconviction_reason: Word
    principal_offence_category: Word
    suspect_id: Key
    defendant_id: Key
    sex: Word
    birth_month: Word
    ethnicity_self: Word
    ethnicity_observed: Word
    ho_code: Word
    offence_group: Word
    offence_subgroup: Word
    flags: Words
    person_key: Key


class ConsultationRow(NamedTuple):
    """A pre-charge consultation. `days` are calendar days from receipt to completion; `after_charge` is 1 when it was
    received after the decision to charge."""

    case_id: Key
    consultation_id: Key
    proceeding_id: Key
    force: Word
    cps_area: Word
    kind: Word
    received_at: At
    completed_at: At
    days: MaybeCount
    custody: Maybe
    charging_pilot: Maybe
    with_party: Word
    after_charge: Yes
    offence_group: Word
    flags: Words


class DecisionRow(NamedTuple):
    """A decision of the prosecutor. `legal` is 0 for a pending response."""

    case_id: Key
    decision_id: Key
    proceeding_id: Key
    force: Word
    cps_area: Word
    decision: Word
    decision_at: At
    legal: Yes
    nfa_reason: Word
    code_test: Word
    code_test_met: Maybe
    charge_authorised_at: At
    first_hearing_registered_at: At
    proposed_charges: Small
    authorised_charges: Small
    offence_group: Word
    flags: Words


class FileReviewRow(NamedTuple):
    """An assessment of a police file."""

    case_id: Key
    review_id: Key
    proceeding_id: Key
    force: Word
    cps_area: Word
    reviewed_at: At
    dg6_compliant: Yes
    anticipated_plea: Word
    failures: Words
    offence_group: Word
    flags: Words


class CourtCaseRow(NamedTuple):
    """A prosecution case at court, never merged with another (decisions, section 4). `outstanding` is 1 while an
    offence is incomplete and the case is neither disposed nor transferred out; a live bench warrant is told apart in
    `warrant_live` and, with its dates, in case_warrants. `custody` is that of the principal defendant."""

    case_id: Key
    court_case_id: Key
    force: Word
    jurisdiction: Word
    case_type: Word
    status: Word
    initiation: Word
    court_ou: Word
    court_name: Word
    received_at: At
    received_precision: Word
    sent_at: At
    received_cc_at: At
    disposed_at: At
    transferred_out_at: At
    outstanding: Yes
    warrant_live: Yes
    warrant_issued_at: At
    custody: Yes
    remand_status: Word
    first_hearing_on: On
    next_hearing_on: On
    convicted_on: On
    completed_on: On
    defendants: Small
    offences: Small
    offences_open: Small
    hearings: Small
    adjournments: Small
    trial_listings: Small
    ho_code: Word
    offence_code: Word
    offence_group: Word
    offence_subgroup: Word
    markers: Words
    flags: Words
    sources: Words


class DefendantRow(NamedTuple):
    """A defendant in one court case, whichever agencies told it (`sources`). `plea_result` is guilty, not_guilty,
    dropped or no_plea (measure T09); `plea_stage` before_trial, cracked_trial or after_trial_start;
    `excluded` the reasons why the defendant is outside the durations from charge to completion (T12 to T14);
    `principal_*` the most serious offence at receipt, and that with the heaviest penalty at disposal."""

    case_id: Key
    court_case_id: Key
    defendant_id: Key
    force: Word
    jurisdiction: Word
    case_type: Word
    court_ou: Word
    youth: Yes
    organisation: Yes
    sex: Word
    birth_month: Word
    age: MaybeCount
    ethnicity_self: Word
    ethnicity_observed: Word
    occurred_from: At
    charge_on: On
    first_hearing_on: On
    sent_at: At
    received_cc_at: At
    convicted_on: On
    sentenced_on: On
    completed_on: On
    live: Yes
    plea_result: Word
    plea_on: On
    plea_stage: Word
    jury_sworn: Yes
    first_hearing_plea: Word
    result: Word
    bail_status: Word
    remand_status: Word
    remanded_days: MaybeCount
    ctl_on: On
    ctl_extended: Maybe
    warrant_live: Yes
    attendance: Word
    sentence_type: Word
    sentence_days: Number
    excluded: Words
    offences: Small
    offences_open: Small
    principal_offence_receipt: Word
    principal_offence_disposal: Word
    ho_code: Word
    offence_group: Word
    offence_subgroup: Word
    final_result: Word
    stop_reason: Word
    nonconviction_reason: Word
    suspect_id: Key
    proceeding_id: Key
    flags: Words
    sources: Words
    person_key: Key


class OffenceRow(NamedTuple):
    """A charged offence before the court. `result` is how it ended: convicted, acquitted, dropped, other, or empty
    while it is open. `crime_link` says how its crime was found: crime_ref, asn_subgroup or case_level."""

    case_id: Key
    court_case_id: Key
    defendant_id: Key
    offence_id: Key
    force: Word
    crime_id: Key
    crime_link: Word
    offence_code: Word
    title: Word
    category: Word
    mode_of_trial: Word
    ho_code: Word
    offence_group: Word
    offence_subgroup: Word
    victim_based: Maybe
    occurred_from: At
    occurred_to: At
    arrest_on: On
    charge_on: On
    laid_on: On
    plea: Word
    plea_on: On
    indicated_plea: Word
    allocation: Word
    verdict: Word
    verdict_on: On
    alternative_offence: Word
    convicted_on: On
    jury_sworn_at: At
    completed_on: On
    concluded: Yes
    result: Word
    ctl_on: On
    ctl_extended: Maybe
    flags: Words
    sources: Words
    person_key: Key


class HearingRow(NamedTuple):
    """A sitting day of a hearing in one court case, held or still to come (`listed`: no snapshot of it yet).
    `hearing_class` is first, plea, trial, sentence, mention or other; `adjournment` is 1 when it ended in one."""

    case_id: Key
    court_case_id: Key
    hearing_id: Key
    hearing_day: KeyDay
    force: Word
    jurisdiction: Word
    hearing_type: Word
    hearing_class: Word
    court_ou: Word
    court_name: Word
    listed: Yes
    seq: Small
    first_hearing: Yes
    vacated: Yes
    adjournment: Yes
    box_hearing: Yes
    defendants: Small
    offence_group: Word
    flags: Words


class TrialListingRow(NamedTuple):
    """A trial listed for a day: one a hearing and first sitting day of the fixture (decisions, section 4).
    `listing_id` is the same in every case that the hearing joins: count distinct ones. `status` is effective,
    cracked, ineffective, vacated, or `listed` when nothing was recorded, which a reader calls not recorded once the
    day is past."""

    case_id: Key
    listing_id: Key
    hearing_id: Key
    listed_on: On
    force: Word
    jurisdiction: Word
    court_ou: Word
    court_name: Word
    status: Word
    reason_code: Word
    reason_id: Word
    reason: Word
    reason_group: Word
    victim_related: Yes
    prosecution_ended: Yes
    vacated_at: At
    section_28: Maybe
    sitting_days: Small
    seq: Small
    court_cases: Small
    defendants: Small
    offence_group: Word
    offence_subgroup: Word
    flags: Words
    sources: Words


class ResultRow(NamedTuple):
    """A current result of a court, on an offence, a defendant or an application. `code` is the CJS code, or the label
    of a result that has none; `n` counts results of one code in the order of their days."""

    case_id: Key
    court_case_id: Key
    defendant_id: Key
    offence_id: Key
    application_id: Key
    code: Word
    n: Small
    label: Word
    ordered_on: On
    force: Word
    level: Word
    category: Word
    final: Yes
    convicted: Maybe
    adjournment: Yes
    custody_status: Word
    duration_days: Number
    indeterminate: Maybe
    amount_pounds: Number
    hearing_id: Key
    hearing_day: On
    offence_code: Word
    offence_group: Word
    flags: Words
    sources: Words


class RemandRow(NamedTuple):
    """A spell of one remand status: from the courts' remand decisions, else from the statuses at hearings. `stage`
    is the one at which it was decided."""

    case_id: Key
    court_case_id: Key
    defendant_id: Key
    seq: Small
    status: Word
    force: Word
    stage: Word
    from_at: At
    until_at: At
    ctl_on: On
    ctl_extended: Maybe
    court_ou: Word
    offence_group: Word
    flags: Words
    sources: Words


class SentenceRow(NamedTuple):
    """A sentence imposed on an offence: custody, suspended, community, fine, discharge or other. `length_days` as
    imposed, not served. `principal` is 1 for the heaviest of the defendant's."""

    case_id: Key
    court_case_id: Key
    defendant_id: Key
    offence_id: Key
    code: Word
    n: Small
    force: Word
    sentence_type: Word
    label: Word
    sentenced_on: On
    length_days: Number
    indeterminate: Yes
    amount_pounds: Number
    principal: Yes
    jurisdiction: Word
    court_ou: Word
    youth: Yes
    offence_code: Word
    ho_code: Word
    offence_group: Word
    offence_subgroup: Word
    flags: Words
    person_key: Key


class WarrantRow(NamedTuple):
    """A warrant; live from issue until it is executed or withdrawn."""

    case_id: Key
    warrant_id: Key
    court_case_id: Key
    defendant_id: Key
    force: Word
    kind: Word
    issued_at: At
    executed_at: At
    withdrawn_at: At
    live: Yes
    court_ou: Word


class FlagRow(NamedTuple):
    """A priority flag on a crime, offence, proceeding, defendant or the case. `set_at` is the source time at which it
    was first known; `cleared_at` that at which it ceased, for flags that do not stick. `rule` and `evidence` say how
    it came."""

    case_id: Key
    flag: Word
    scope: Word
    scope_id: Key
    force: Word
    set_at: At
    cleared_at: At
    current: Yes
    rule: Word
    evidence: Words


class CustodyRow(NamedTuple):
    """A movement into, out of or between prisons, whichever services told it (`sources`). `prisoner_key` is a
    pseudonym of the prison number, the same in every case; `linked` is 1 when the movement belongs to a case."""

    case_id: Key
    movement_id: Key
    linked: Yes
    force: Word
    prisoner_key: Key
    booking_key: Key
    movement: Word
    at: At
    at_precision: Word
    prison_id: Word
    reason: Word
    movement_code: Word
    custody_type: Word
    sentenced_on: On
    offence_group: Word
    flags: Words
    sources: Words
    person_key: Key


class RecallRow(NamedTuple):
    """A recall from licence, with its several reasons."""

    case_id: Key
    recall_id: Key
    linked: Yes
    force: Word
    prisoner_key: Key
    crn_key: Key
    recalled_at: At
    returned_at: At
    kind: Word
    reasons: Words
    offence_group: Word
    flags: Words
    person_key: Key


class SupervisionRow(NamedTuple):
    """A spell of probation supervision, its start and its end in one row."""

    case_id: Key
    supervision_id: Key
    linked: Yes
    force: Word
    crn_key: Key
    kind: Word
    region: Word
    started_at: At
    expected_end_on: On
    ended_at: At
    termination_reason: Word
    sentenced_on: On
    offence_group: Word
    flags: Words
    person_key: Key


class IncidentRow(NamedTuple):
    """A report to the police; no crime and no case by itself."""

    case_id: Key
    incident_id: Key
    linked: Yes
    force: Word
    reported_at: At
    reported_precision: Word
    category: Word
    crimes: Small


class StopSearchRow(NamedTuple):
    """A stop and search."""

    case_id: Key
    stop_id: Key
    force: Word
    stopped_at: At
    stopped_precision: Word
    kind: Word
    sex: Word
    age_range: Word
    ethnicity_self: Word
    ethnicity_observed: Word
    legislation: Word
    object_of_search: Word
    outcome: Word
    outcome_linked_to_object: Maybe
    more_than_outer_clothing: Maybe
    part_of_operation: Maybe


class PrisonCapacityRow(NamedTuple):
    """What a prison can hold on a day. Numbers of people."""

    case_id: Key
    prison_id: Key
    capacity_on: KeyDay
    operational_capacity: Count
    certified_accommodation: MaybeCount
    operating_margin: MaybeCount


class CourtSessionRow(NamedTuple):
    """A court room's sitting day."""

    case_id: Key
    court_ou: Key
    court_room: Key
    session_on: KeyDay
    minutes_planned: MaybeCount
    minutes_sat: MaybeCount


class AgencyRow(NamedTuple):
    """An agency in a case: its current `records` that can belong to one, and the `agencies` that have any in the case.
    Records that open no case count under the id of their own component (`linked` is 0): they are what is not linked."""

    case_id: Key
    agency: Word
    linked: Yes
    force: Word
    offence_group: Word
    records: Count
    agencies: Words
    flags: Words


Row = (
    CaseRow | CaseEventRow | CrimeRow | OutcomeRow | VictimRow | VictimServiceRow | SuspectRow | ArrestRow
    | ProceedingRow | ConsultationRow | DecisionRow | FileReviewRow | CourtCaseRow | DefendantRow | OffenceRow
    | HearingRow | TrialListingRow | ResultRow | RemandRow | SentenceRow | WarrantRow | FlagRow | CustodyRow
    | RecallRow | SupervisionRow | IncidentRow | StopSearchRow | PrisonCapacityRow | CourtSessionRow
    | AgencyRow
)

STAGES: tuple[str, ...] = (
    "recorded", "suspect_identified", "arrested", "referred", "charged", "first_hearing", "convicted", "custody",
)
"""The stages of attrition in their order (decisions, section 5). `arrested` covers a voluntary interview."""
