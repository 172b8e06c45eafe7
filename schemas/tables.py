"""The serving tables: the rows that each holds, and which fields tell them apart."""

from typing import NamedTuple, get_type_hints

from schemas.rows import (
    AgencyRow,
    ArrestRow,
    CaseEventRow,
    CaseRow,
    ConsultationRow,
    CourtCaseRow,
    CourtSessionRow,
    CrimeRow,
    CustodyRow,
    DecisionRow,
    DefendantRow,
    FileReviewRow,
    FlagRow,
    HearingRow,
    IncidentRow,
    OffenceRow,
    OutcomeRow,
    PrisonCapacityRow,
    ProceedingRow,
    RecallRow,
    RemandRow,
    ResultRow,
    Row,
    SentenceRow,
    StopSearchRow,
    SupervisionRow,
    SuspectRow,
    TrialListingRow,
    VictimRow,
    VictimServiceRow,
    WarrantRow,
)


class Column(NamedTuple):
    """A column: its name and its ClickHouse type."""

    name: str
    type: str


class Table(NamedTuple):
    """A serving table. `key` are the fields after `case_id` that tell its rows apart; `columns` those of the row
    type, in its order, without `version` and `is_deleted`."""

    name: str
    row: type[Row]
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _table(name: str, row: type[Row], *key: str) -> Table:
    hints = get_type_hints(row, include_extras=True)
    return Table(name, row, key, tuple(Column(field, hints[field].__metadata__[0]) for field in row._fields))


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table("cases", CaseRow),
        _table("case_events", CaseEventRow, "record_id", "state", "n"),
        _table("case_crimes", CrimeRow, "crime_id"),
        _table("case_outcomes", OutcomeRow, "crime_id", "seq"),
        _table("case_victims", VictimRow, "crime_id", "victim_id"),
        _table("case_victim_services", VictimServiceRow, "record_id"),
        _table("case_suspects", SuspectRow, "crime_id", "suspect_id"),
        _table("case_arrests", ArrestRow, "arrest_id"),
        _table("case_proceedings", ProceedingRow, "proceeding_id"),
        _table("case_consultations", ConsultationRow, "consultation_id"),
        _table("case_decisions", DecisionRow, "decision_id"),
        _table("case_file_reviews", FileReviewRow, "review_id"),
        _table("case_court_cases", CourtCaseRow, "court_case_id"),
        _table("case_defendants", DefendantRow, "court_case_id", "defendant_id"),
        _table("case_offences", OffenceRow, "court_case_id", "defendant_id", "offence_id"),
        _table("case_hearings", HearingRow, "court_case_id", "hearing_id", "hearing_day"),
        _table("case_trial_listings", TrialListingRow, "listing_id"),
        _table(
            "case_results", ResultRow, "court_case_id", "defendant_id", "offence_id", "application_id", "code", "n"
        ),
        _table("case_remand", RemandRow, "court_case_id", "defendant_id", "seq"),
        _table("case_sentences", SentenceRow, "court_case_id", "defendant_id", "offence_id", "code", "n"),
        _table("case_warrants", WarrantRow, "warrant_id"),
        _table("case_flags", FlagRow, "flag", "scope", "scope_id"),
        _table("case_custody", CustodyRow, "movement_id"),
        _table("case_recalls", RecallRow, "recall_id"),
        _table("case_supervision", SupervisionRow, "supervision_id"),
        _table("incidents", IncidentRow, "incident_id"),
        _table("stop_searches", StopSearchRow, "stop_id"),
        _table("prison_capacity", PrisonCapacityRow, "prison_id", "capacity_on"),
        _table("court_sessions", CourtSessionRow, "court_ou", "court_room", "session_on"),
        _table("case_agencies", AgencyRow, "agency"),
    )
}
"""Every serving table by its name."""
