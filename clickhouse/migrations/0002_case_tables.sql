-- The serving tables: the rows of cases as boards read them. One table, one counting grain; what the columns mean is
-- said in schemas/rows.py, and a test holds the two together. A row is replaced by the one with the higher version;
-- a tombstone (is_deleted = 1) stays. Not partitioned: a column that changes would keep the old row for ever.

CREATE TABLE IF NOT EXISTS casestream.cases
(
    case_id          String,
    force            LowCardinality(String),
    opened_at        Nullable(DateTime64(3, 'UTC')),
    reported_at      Nullable(DateTime64(3, 'UTC')),
    recorded_at      Nullable(DateTime64(3, 'UTC')),
    first_arrest_at  Nullable(DateTime64(3, 'UTC')),
    referred_at      Nullable(DateTime64(3, 'UTC')),
    charged_at       Nullable(DateTime64(3, 'UTC')),
    first_hearing_on Nullable(Date32),
    sent_at          Nullable(DateTime64(3, 'UTC')),
    convicted_on     Nullable(Date32),
    sentenced_on     Nullable(Date32),
    completed_at     Nullable(DateTime64(3, 'UTC')),
    next_hearing_on  Nullable(Date32),
    stage            LowCardinality(String),
    stage_at         Nullable(DateTime64(3, 'UTC')),
    holder           LowCardinality(String),
    live             UInt8,
    outcome          LowCardinality(String),
    offence_group    LowCardinality(String),
    offence_subgroup LowCardinality(String),
    ho_code          LowCardinality(String),
    offence_code     LowCardinality(String),
    court_ou         LowCardinality(String),
    cps_area         LowCardinality(String),
    youth            UInt8,
    custody          UInt8,
    flags            Array(LowCardinality(String)),
    agencies         Array(LowCardinality(String)),
    crimes           UInt32,
    victims          UInt32,
    suspects         UInt32,
    proceedings      UInt32,
    court_cases      UInt32,
    defendants       UInt32,
    offences         UInt32,
    hearings         UInt32,
    records          UInt32,
    last_event_at    Nullable(DateTime64(3, 'UTC')),
    version          UInt64,
    is_deleted       UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_events
(
    case_id      String,
    record_id    String,
    state        UInt16,
    n            UInt16,
    force        LowCardinality(String),
    at           Nullable(DateTime64(3, 'UTC')),
    at_precision LowCardinality(String),
    known_at     Nullable(DateTime64(3, 'UTC')),
    agency       LowCardinality(String),
    kind         LowCardinality(String),
    what         LowCardinality(String),
    detail       String,
    current      UInt8,
    version      UInt64,
    is_deleted   UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, record_id, state, n)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_crimes
(
    case_id                    String,
    crime_id                   String,
    force                      LowCardinality(String),
    reported_at                Nullable(DateTime64(3, 'UTC')),
    reported_precision         LowCardinality(String),
    recorded_at                Nullable(DateTime64(3, 'UTC')),
    recorded_precision         LowCardinality(String),
    occurred_from              Nullable(DateTime64(3, 'UTC')),
    occurred_to                Nullable(DateTime64(3, 'UTC')),
    ho_code                    LowCardinality(String),
    offence_code               LowCardinality(String),
    category                   LowCardinality(String),
    offence_group              LowCardinality(String),
    offence_subgroup           LowCardinality(String),
    victim_based               Nullable(UInt8),
    cancelled_at               Nullable(DateTime64(3, 'UTC')),
    transferred_at             Nullable(DateTime64(3, 'UTC')),
    outcome_type               LowCardinality(String),
    outcome_text               LowCardinality(String),
    outcome_group              LowCardinality(String),
    outcome_at                 Nullable(DateTime64(3, 'UTC')),
    outcome_precision          LowCardinality(String),
    outcome_changes            UInt16,
    charge_outcome_at          Nullable(DateTime64(3, 'UTC')),
    suspect_identified_at      Nullable(DateTime64(3, 'UTC')),
    first_arrest_at            Nullable(DateTime64(3, 'UTC')),
    arrest_precision           LowCardinality(String),
    interviewed_at             Nullable(DateTime64(3, 'UTC')),
    referred_at                Nullable(DateTime64(3, 'UTC')),
    charged_at                 Nullable(DateTime64(3, 'UTC')),
    first_hearing_on           Nullable(Date32),
    convicted_on               Nullable(Date32),
    custody_on                 Nullable(Date32),
    completed_on               Nullable(Date32),
    stage                      LowCardinality(String),
    stage_rank                 UInt16,
    fate                       LowCardinality(String),
    exit_reason                LowCardinality(String),
    exit_at                    Nullable(DateTime64(3, 'UTC')),
    clock                      LowCardinality(String),
    report_to_arrest_hours     Nullable(Float64),
    report_to_arrest_days      Nullable(Float64),
    report_to_arrest_precision LowCardinality(String),
    arrest_before_report       UInt8,
    charge_link                LowCardinality(String),
    suspects                   UInt16,
    victims                    UInt16,
    offences                   UInt16,
    flags                      Array(LowCardinality(String)),
    sources                    Array(LowCardinality(String)),
    version                    UInt64,
    is_deleted                 UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, crime_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_outcomes
(
    case_id        String,
    crime_id       String,
    seq            UInt16,
    force          LowCardinality(String),
    outcome_type   LowCardinality(String),
    outcome_text   LowCardinality(String),
    outcome_group  LowCardinality(String),
    outcome_at     Nullable(DateTime64(3, 'UTC')),
    known_at       Nullable(DateTime64(3, 'UTC')),
    until_known_at Nullable(DateTime64(3, 'UTC')),
    current        UInt8,
    version        UInt64,
    is_deleted     UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, crime_id, seq)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_victims
(
    case_id            String,
    crime_id           String,
    victim_id          String,
    force              LowCardinality(String),
    kind               LowCardinality(String),
    sex                LowCardinality(String),
    age                Nullable(Int32),
    birth_month        LowCardinality(String),
    ethnicity_self     LowCardinality(String),
    ethnicity_observed LowCardinality(String),
    vulnerable         Nullable(UInt8),
    relationship       LowCardinality(String),
    support            LowCardinality(String),
    withdrew_at        Nullable(DateTime64(3, 'UTC')),
    withdrew_stage     LowCardinality(String),
    withdrew_reason    LowCardinality(String),
    reported_at        Nullable(DateTime64(3, 'UTC')),
    recorded_at        Nullable(DateTime64(3, 'UTC')),
    completed_on       Nullable(Date32),
    stage              LowCardinality(String),
    outcome_type       LowCardinality(String),
    ho_code            LowCardinality(String),
    offence_group      LowCardinality(String),
    offence_subgroup   LowCardinality(String),
    flags              Array(LowCardinality(String)),
    person_key         String,
    version            UInt64,
    is_deleted         UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, crime_id, victim_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_victim_services
(
    case_id       String,
    record_id     String,
    victim_id     String,
    crime_id      String,
    force         LowCardinality(String),
    kind          LowCardinality(String),
    due_at        Nullable(DateTime64(3, 'UTC')),
    done_at       Nullable(DateTime64(3, 'UTC')),
    offence_group LowCardinality(String),
    flags         Array(LowCardinality(String)),
    version       UInt64,
    is_deleted    UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, record_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_suspects
(
    case_id            String,
    crime_id           String,
    suspect_id         String,
    force              LowCardinality(String),
    identified_at      Nullable(DateTime64(3, 'UTC')),
    interviewed_at     Nullable(DateTime64(3, 'UTC')),
    first_arrest_at    Nullable(DateTime64(3, 'UTC')),
    arrest_precision   LowCardinality(String),
    arrests            UInt16,
    release_status     LowCardinality(String),
    referred_at        Nullable(DateTime64(3, 'UTC')),
    charged_at         Nullable(DateTime64(3, 'UTC')),
    defendant_id       String,
    sex                LowCardinality(String),
    birth_month        LowCardinality(String),
    age                Nullable(Int32),
    youth              Nullable(UInt8),
    ethnicity_self     LowCardinality(String),
    ethnicity_observed LowCardinality(String),
    ho_code            LowCardinality(String),
    offence_group      LowCardinality(String),
    offence_subgroup   LowCardinality(String),
    flags              Array(LowCardinality(String)),
    sources            Array(LowCardinality(String)),
    person_key         String,
    version            UInt64,
    is_deleted         UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, crime_id, suspect_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_arrests
(
    case_id          String,
    arrest_id        String,
    suspect_id       String,
    force            LowCardinality(String),
    arrest_at        Nullable(DateTime64(3, 'UTC')),
    arrest_precision LowCardinality(String),
    released_at      Nullable(DateTime64(3, 'UTC')),
    release_status   LowCardinality(String),
    crimes           UInt16,
    offence_group    LowCardinality(String),
    flags            Array(LowCardinality(String)),
    person_key       String,
    version          UInt64,
    is_deleted       UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, arrest_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_proceedings
(
    case_id                     String,
    proceeding_id               String,
    force                       LowCardinality(String),
    cps_area                    LowCardinality(String),
    cps_unit                    LowCardinality(String),
    first_referral_at           Nullable(DateTime64(3, 'UTC')),
    referral_precision          LowCardinality(String),
    referral_kind               LowCardinality(String),
    receipt_at                  Nullable(DateTime64(3, 'UTC')),
    decision                    LowCardinality(String),
    decision_at                 Nullable(DateTime64(3, 'UTC')),
    legal                       UInt8,
    nfa_reason                  LowCardinality(String),
    code_test                   LowCardinality(String),
    charge_authorised_at        Nullable(DateTime64(3, 'UTC')),
    charge_decision_at          Nullable(DateTime64(3, 'UTC')),
    charge_decision_precision   LowCardinality(String),
    first_hearing_registered_at Nullable(DateTime64(3, 'UTC')),
    charged_volume              UInt8,
    consultations               UInt16,
    consultations_completed     UInt16,
    returned_to_police          UInt16,
    with_party                  LowCardinality(String),
    live                        UInt8,
    anticipated_plea            LowCardinality(String),
    first_hearing_plea          LowCardinality(String),
    first_hearing_on            Nullable(Date32),
    completed_at                Nullable(DateTime64(3, 'UTC')),
    final_result                LowCardinality(String),
    convicted                   Nullable(UInt8),
    stop_reason                 LowCardinality(String),
    nonconviction_reason        LowCardinality(String),
    principal_offence_category  LowCardinality(String),
    suspect_id                  String,
    defendant_id                String,
    sex                         LowCardinality(String),
    birth_month                 LowCardinality(String),
    ethnicity_self              LowCardinality(String),
    ethnicity_observed          LowCardinality(String),
    ho_code                     LowCardinality(String),
    offence_group               LowCardinality(String),
    offence_subgroup            LowCardinality(String),
    flags                       Array(LowCardinality(String)),
    person_key                  String,
    version                     UInt64,
    is_deleted                  UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, proceeding_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_consultations
(
    case_id         String,
    consultation_id String,
    proceeding_id   String,
    force           LowCardinality(String),
    cps_area        LowCardinality(String),
    kind            LowCardinality(String),
    received_at     Nullable(DateTime64(3, 'UTC')),
    completed_at    Nullable(DateTime64(3, 'UTC')),
    days            Nullable(Int32),
    custody         Nullable(UInt8),
    charging_pilot  Nullable(UInt8),
    with_party      LowCardinality(String),
    after_charge    UInt8,
    offence_group   LowCardinality(String),
    flags           Array(LowCardinality(String)),
    version         UInt64,
    is_deleted      UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, consultation_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_decisions
(
    case_id                     String,
    decision_id                 String,
    proceeding_id               String,
    force                       LowCardinality(String),
    cps_area                    LowCardinality(String),
    decision                    LowCardinality(String),
    decision_at                 Nullable(DateTime64(3, 'UTC')),
    legal                       UInt8,
    nfa_reason                  LowCardinality(String),
    code_test                   LowCardinality(String),
    code_test_met               Nullable(UInt8),
    charge_authorised_at        Nullable(DateTime64(3, 'UTC')),
    first_hearing_registered_at Nullable(DateTime64(3, 'UTC')),
    proposed_charges            UInt16,
    authorised_charges          UInt16,
    offence_group               LowCardinality(String),
    flags                       Array(LowCardinality(String)),
    version                     UInt64,
    is_deleted                  UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, decision_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_file_reviews
(
    case_id          String,
    review_id        String,
    proceeding_id    String,
    force            LowCardinality(String),
    cps_area         LowCardinality(String),
    reviewed_at      Nullable(DateTime64(3, 'UTC')),
    dg6_compliant    UInt8,
    anticipated_plea LowCardinality(String),
    failures         Array(LowCardinality(String)),
    offence_group    LowCardinality(String),
    flags            Array(LowCardinality(String)),
    version          UInt64,
    is_deleted       UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, review_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_court_cases
(
    case_id            String,
    court_case_id      String,
    force              LowCardinality(String),
    jurisdiction       LowCardinality(String),
    case_type          LowCardinality(String),
    status             LowCardinality(String),
    initiation         LowCardinality(String),
    court_ou           LowCardinality(String),
    court_name         LowCardinality(String),
    received_at        Nullable(DateTime64(3, 'UTC')),
    received_precision LowCardinality(String),
    sent_at            Nullable(DateTime64(3, 'UTC')),
    received_cc_at     Nullable(DateTime64(3, 'UTC')),
    disposed_at        Nullable(DateTime64(3, 'UTC')),
    transferred_out_at Nullable(DateTime64(3, 'UTC')),
    outstanding        UInt8,
    warrant_live       UInt8,
    warrant_issued_at  Nullable(DateTime64(3, 'UTC')),
    custody            UInt8,
    remand_status      LowCardinality(String),
    first_hearing_on   Nullable(Date32),
    next_hearing_on    Nullable(Date32),
    convicted_on       Nullable(Date32),
    completed_on       Nullable(Date32),
    defendants         UInt16,
    offences           UInt16,
    offences_open      UInt16,
    hearings           UInt16,
    adjournments       UInt16,
    trial_listings     UInt16,
    ho_code            LowCardinality(String),
    offence_code       LowCardinality(String),
    offence_group      LowCardinality(String),
    offence_subgroup   LowCardinality(String),
    markers            Array(LowCardinality(String)),
    flags              Array(LowCardinality(String)),
    sources            Array(LowCardinality(String)),
    version            UInt64,
    is_deleted         UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, court_case_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_defendants
(
    case_id                    String,
    court_case_id              String,
    defendant_id               String,
    force                      LowCardinality(String),
    jurisdiction               LowCardinality(String),
    case_type                  LowCardinality(String),
    court_ou                   LowCardinality(String),
    youth                      UInt8,
    organisation               UInt8,
    sex                        LowCardinality(String),
    birth_month                LowCardinality(String),
    age                        Nullable(Int32),
    ethnicity_self             LowCardinality(String),
    ethnicity_observed         LowCardinality(String),
    occurred_from              Nullable(DateTime64(3, 'UTC')),
    charge_on                  Nullable(Date32),
    first_hearing_on           Nullable(Date32),
    sent_at                    Nullable(DateTime64(3, 'UTC')),
    received_cc_at             Nullable(DateTime64(3, 'UTC')),
    convicted_on               Nullable(Date32),
    sentenced_on               Nullable(Date32),
    completed_on               Nullable(Date32),
    live                       UInt8,
    plea_result                LowCardinality(String),
    plea_on                    Nullable(Date32),
    plea_stage                 LowCardinality(String),
    jury_sworn                 UInt8,
    first_hearing_plea         LowCardinality(String),
    result                     LowCardinality(String),
    bail_status                LowCardinality(String),
    remand_status              LowCardinality(String),
    remanded_days              Nullable(Int32),
    ctl_on                     Nullable(Date32),
    ctl_extended               Nullable(UInt8),
    warrant_live               UInt8,
    attendance                 LowCardinality(String),
    sentence_type              LowCardinality(String),
    sentence_days              Nullable(Float64),
    excluded                   Array(LowCardinality(String)),
    offences                   UInt16,
    offences_open              UInt16,
    principal_offence_receipt  LowCardinality(String),
    principal_offence_disposal LowCardinality(String),
    ho_code                    LowCardinality(String),
    offence_group              LowCardinality(String),
    offence_subgroup           LowCardinality(String),
    final_result               LowCardinality(String),
    stop_reason                LowCardinality(String),
    nonconviction_reason       LowCardinality(String),
    suspect_id                 String,
    proceeding_id              String,
    flags                      Array(LowCardinality(String)),
    sources                    Array(LowCardinality(String)),
    person_key                 String,
    version                    UInt64,
    is_deleted                 UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, court_case_id, defendant_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_offences
(
    case_id             String,
    court_case_id       String,
    defendant_id        String,
    offence_id          String,
    force               LowCardinality(String),
    crime_id            String,
    crime_link          LowCardinality(String),
    offence_code        LowCardinality(String),
    title               LowCardinality(String),
    category            LowCardinality(String),
    mode_of_trial       LowCardinality(String),
    ho_code             LowCardinality(String),
    offence_group       LowCardinality(String),
    offence_subgroup    LowCardinality(String),
    victim_based        Nullable(UInt8),
    occurred_from       Nullable(DateTime64(3, 'UTC')),
    occurred_to         Nullable(DateTime64(3, 'UTC')),
    arrest_on           Nullable(Date32),
    charge_on           Nullable(Date32),
    laid_on             Nullable(Date32),
    plea                LowCardinality(String),
    plea_on             Nullable(Date32),
    indicated_plea      LowCardinality(String),
    allocation          LowCardinality(String),
    verdict             LowCardinality(String),
    verdict_on          Nullable(Date32),
    alternative_offence LowCardinality(String),
    convicted_on        Nullable(Date32),
    jury_sworn_at       Nullable(DateTime64(3, 'UTC')),
    completed_on        Nullable(Date32),
    concluded           UInt8,
    result              LowCardinality(String),
    ctl_on              Nullable(Date32),
    ctl_extended        Nullable(UInt8),
    flags               Array(LowCardinality(String)),
    sources             Array(LowCardinality(String)),
    person_key          String,
    version             UInt64,
    is_deleted          UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, court_case_id, defendant_id, offence_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_hearings
(
    case_id       String,
    court_case_id String,
    hearing_id    String,
    hearing_day   Date32,
    force         LowCardinality(String),
    jurisdiction  LowCardinality(String),
    hearing_type  LowCardinality(String),
    hearing_class LowCardinality(String),
    court_ou      LowCardinality(String),
    court_name    LowCardinality(String),
    listed        UInt8,
    seq           UInt16,
    first_hearing UInt8,
    vacated       UInt8,
    adjournment   UInt8,
    box_hearing   UInt8,
    defendants    UInt16,
    offence_group LowCardinality(String),
    flags         Array(LowCardinality(String)),
    version       UInt64,
    is_deleted    UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, court_case_id, hearing_id, hearing_day)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_trial_listings
(
    case_id           String,
    listing_id        String,
    hearing_id        String,
    listed_on         Nullable(Date32),
    force             LowCardinality(String),
    jurisdiction      LowCardinality(String),
    court_ou          LowCardinality(String),
    court_name        LowCardinality(String),
    status            LowCardinality(String),
    reason_code       LowCardinality(String),
    reason_id         LowCardinality(String),
    reason            LowCardinality(String),
    reason_group      LowCardinality(String),
    victim_related    UInt8,
    prosecution_ended UInt8,
    vacated_at        Nullable(DateTime64(3, 'UTC')),
    section_28        Nullable(UInt8),
    sitting_days      UInt16,
    seq               UInt16,
    court_cases       UInt16,
    defendants        UInt16,
    offence_group     LowCardinality(String),
    offence_subgroup  LowCardinality(String),
    flags             Array(LowCardinality(String)),
    sources           Array(LowCardinality(String)),
    version           UInt64,
    is_deleted        UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, listing_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_results
(
    case_id        String,
    court_case_id  String,
    defendant_id   String,
    offence_id     String,
    application_id String,
    code           LowCardinality(String),
    n              UInt16,
    label          LowCardinality(String),
    ordered_on     Nullable(Date32),
    force          LowCardinality(String),
    level          LowCardinality(String),
    category       LowCardinality(String),
    final          UInt8,
    convicted      Nullable(UInt8),
    adjournment    UInt8,
    custody_status LowCardinality(String),
    duration_days  Nullable(Float64),
    indeterminate  Nullable(UInt8),
    amount_pounds  Nullable(Float64),
    hearing_id     String,
    hearing_day    Nullable(Date32),
    offence_code   LowCardinality(String),
    offence_group  LowCardinality(String),
    flags          Array(LowCardinality(String)),
    sources        Array(LowCardinality(String)),
    version        UInt64,
    is_deleted     UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, court_case_id, defendant_id, offence_id, application_id, code, n)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_remand
(
    case_id       String,
    court_case_id String,
    defendant_id  String,
    seq           UInt16,
    status        LowCardinality(String),
    force         LowCardinality(String),
    stage         LowCardinality(String),
    from_at       Nullable(DateTime64(3, 'UTC')),
    until_at      Nullable(DateTime64(3, 'UTC')),
    ctl_on        Nullable(Date32),
    ctl_extended  Nullable(UInt8),
    court_ou      LowCardinality(String),
    offence_group LowCardinality(String),
    flags         Array(LowCardinality(String)),
    sources       Array(LowCardinality(String)),
    version       UInt64,
    is_deleted    UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, court_case_id, defendant_id, seq)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_sentences
(
    case_id          String,
    court_case_id    String,
    defendant_id     String,
    offence_id       String,
    code             LowCardinality(String),
    n                UInt16,
    force            LowCardinality(String),
    sentence_type    LowCardinality(String),
    label            LowCardinality(String),
    sentenced_on     Nullable(Date32),
    length_days      Nullable(Float64),
    indeterminate    UInt8,
    amount_pounds    Nullable(Float64),
    principal        UInt8,
    jurisdiction     LowCardinality(String),
    court_ou         LowCardinality(String),
    youth            UInt8,
    offence_code     LowCardinality(String),
    ho_code          LowCardinality(String),
    offence_group    LowCardinality(String),
    offence_subgroup LowCardinality(String),
    flags            Array(LowCardinality(String)),
    person_key       String,
    version          UInt64,
    is_deleted       UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, court_case_id, defendant_id, offence_id, code, n)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_warrants
(
    case_id       String,
    warrant_id    String,
    court_case_id String,
    defendant_id  String,
    force         LowCardinality(String),
    kind          LowCardinality(String),
    issued_at     Nullable(DateTime64(3, 'UTC')),
    executed_at   Nullable(DateTime64(3, 'UTC')),
    withdrawn_at  Nullable(DateTime64(3, 'UTC')),
    live          UInt8,
    court_ou      LowCardinality(String),
    version       UInt64,
    is_deleted    UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, warrant_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_flags
(
    case_id    String,
    flag       LowCardinality(String),
    scope      LowCardinality(String),
    scope_id   String,
    force      LowCardinality(String),
    set_at     Nullable(DateTime64(3, 'UTC')),
    cleared_at Nullable(DateTime64(3, 'UTC')),
    current    UInt8,
    rule       LowCardinality(String),
    evidence   Array(LowCardinality(String)),
    version    UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, flag, scope, scope_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_custody
(
    case_id       String,
    movement_id   String,
    linked        UInt8,
    force         LowCardinality(String),
    prisoner_key  String,
    booking_key   String,
    movement      LowCardinality(String),
    at            Nullable(DateTime64(3, 'UTC')),
    at_precision  LowCardinality(String),
    prison_id     LowCardinality(String),
    reason        LowCardinality(String),
    movement_code LowCardinality(String),
    custody_type  LowCardinality(String),
    sentenced_on  Nullable(Date32),
    offence_group LowCardinality(String),
    flags         Array(LowCardinality(String)),
    person_key    String,
    version       UInt64,
    is_deleted    UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, movement_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_recalls
(
    case_id       String,
    recall_id     String,
    linked        UInt8,
    force         LowCardinality(String),
    prisoner_key  String,
    crn_key       String,
    recalled_at   Nullable(DateTime64(3, 'UTC')),
    returned_at   Nullable(DateTime64(3, 'UTC')),
    kind          LowCardinality(String),
    reasons       Array(LowCardinality(String)),
    offence_group LowCardinality(String),
    flags         Array(LowCardinality(String)),
    person_key    String,
    version       UInt64,
    is_deleted    UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, recall_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.case_supervision
(
    case_id            String,
    supervision_id     String,
    linked             UInt8,
    force              LowCardinality(String),
    crn_key            String,
    kind               LowCardinality(String),
    region             LowCardinality(String),
    started_at         Nullable(DateTime64(3, 'UTC')),
    expected_end_on    Nullable(Date32),
    ended_at           Nullable(DateTime64(3, 'UTC')),
    termination_reason LowCardinality(String),
    sentenced_on       Nullable(Date32),
    offence_group      LowCardinality(String),
    flags              Array(LowCardinality(String)),
    person_key         String,
    version            UInt64,
    is_deleted         UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, supervision_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.incidents
(
    case_id            String,
    incident_id        String,
    linked             UInt8,
    force              LowCardinality(String),
    reported_at        Nullable(DateTime64(3, 'UTC')),
    reported_precision LowCardinality(String),
    category           LowCardinality(String),
    crimes             UInt16,
    version            UInt64,
    is_deleted         UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, incident_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.stop_searches
(
    case_id                  String,
    stop_id                  String,
    force                    LowCardinality(String),
    stopped_at               Nullable(DateTime64(3, 'UTC')),
    stopped_precision        LowCardinality(String),
    kind                     LowCardinality(String),
    sex                      LowCardinality(String),
    age_range                LowCardinality(String),
    ethnicity_self           LowCardinality(String),
    ethnicity_observed       LowCardinality(String),
    legislation              LowCardinality(String),
    object_of_search         LowCardinality(String),
    outcome                  LowCardinality(String),
    outcome_linked_to_object Nullable(UInt8),
    more_than_outer_clothing Nullable(UInt8),
    part_of_operation        Nullable(UInt8),
    version                  UInt64,
    is_deleted               UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, stop_id)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.prison_capacity
(
    case_id                 String,
    prison_id               String,
    capacity_on             Date32,
    operational_capacity    UInt32,
    certified_accommodation Nullable(Int32),
    operating_margin        Nullable(Int32),
    version                 UInt64,
    is_deleted              UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, prison_id, capacity_on)
SETTINGS index_granularity = 2048;

CREATE TABLE IF NOT EXISTS casestream.court_sessions
(
    case_id         String,
    court_ou        String,
    court_room      String,
    session_on      Date32,
    minutes_planned Nullable(Int32),
    minutes_sat     Nullable(Int32),
    version         UInt64,
    is_deleted      UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, court_ou, court_room, session_on)
SETTINGS index_granularity = 2048;
