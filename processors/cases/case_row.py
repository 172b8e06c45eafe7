"""The row of the case itself: where it stands, who acts next, and what it is made of."""

from typing import Any

from processors.cases.linked import Linked
from processors.standardise.moments import ms_of_day
from schemas.events import AGENCIES, KINDS
from schemas.flow import NO_TIME
from schemas.rows import (
    STAGES,
    ArrestRow,
    CaseRow,
    CourtCaseRow,
    CrimeRow,
    DefendantRow,
    ProceedingRow,
    SentenceRow,
    SuspectRow,
)

_AGENCY = {kind.name: kind.agency for kind in KINDS.values()}
_SERVED = ("custody", "suspended", "community")


def case_row(linked: Linked, rows: dict[str, list[Any]]) -> CaseRow:
    """One linked case. `rows`: those of the other tables, already made."""
    crimes: list[CrimeRow] = rows.get("case_crimes", [])
    suspects: list[SuspectRow] = rows.get("case_suspects", [])
    proceedings: list[ProceedingRow] = rows.get("case_proceedings", [])
    courts: list[CourtCaseRow] = rows.get("case_court_cases", [])
    defendants: list[DefendantRow] = rows.get("case_defendants", [])
    arrests: list[ArrestRow] = rows.get("case_arrests", [])
    sentences: list[SentenceRow] = rows.get("case_sentences", [])
    reported = _least([row.reported_at for row in crimes])
    recorded = _least([row.recorded_at for row in crimes])
    charged = _least([row.charged_at for row in crimes])
    rank = max([row.stage_rank for row in crimes], default=0)
    ends: list[int | None] = [row.exit_at for row in crimes]
    arrested = interviewed = identified = referred = first_hearing = sent = received = None
    convicted = sentenced = imprisoned = None
    if suspects:
        rank = max(rank, 1)
        arrested = _least([row.arrest_at for row in arrests])
        interviewed = _least([row.interviewed_at for row in suspects])
        identified = _least([row.identified_at for row in suspects])
        if arrested is not None or interviewed is not None:
            rank = max(rank, 2)
    if proceedings:
        rank = max(rank, 3)
        referred = _least([row.first_referral_at for row in proceedings])
        charged = _least([charged, *(row.charge_decision_at for row in proceedings)])
        ends += [row.completed_at for row in proceedings]
    if courts:
        rank = max(rank, 4)
        charged = _least([charged, *(ms_of_day(row.charge_on) for row in defendants if row.charge_on is not None)])
        first_hearing = _least([row.first_hearing_on for row in courts])
        sent = _least([row.sent_at for row in courts])
        received = _least([row.received_at for row in courts])
        convicted = _least([row.convicted_on for row in defendants])
        ends += [row.disposed_at for row in courts]
        if first_hearing is not None:
            rank = max(rank, 5)
        if any(row.result == "convicted" for row in defendants):
            rank = max(rank, 6)
        if sentences:
            sentenced = _least([row.sentenced_on for row in sentences])
            prison = [row.sentenced_on for row in sentences if row.sentence_type == "custody"]
            imprisoned = _least(prison)
            rank = 7 if prison else rank
    if charged is not None:
        rank = max(rank, 4)
    heard_at = ms_of_day(first_hearing) if first_hearing is not None else None
    moments = (
        recorded, identified, _least([arrested, interviewed]), referred, charged, heard_at,
        ms_of_day(convicted) if convicted is not None else None,
        ms_of_day(imprisoned) if imprisoned is not None else None,
    )
    open_crimes = any(row.fate == "open" and row.cancelled_at is None for row in crimes)
    open_court = any(row.disposed_at is None for row in courts)
    open_cps = any(row.live for row in proceedings)
    live = open_court or open_cps or open_crimes or not (crimes or courts or proceedings)
    opened = _least([reported, recorded, arrested, referred, charged, heard_at, received])
    court = courts[0] if courts else None
    agencies = {_AGENCY[history.kind] for history in linked.histories}
    last = max([history.states[-1].order.time_us for history in linked.histories], default=NO_TIME)
    records = sum([not history.states[-1].deleted for history in linked.histories])
    code = linked.offence_code or (court.offence_code if court is not None else "")
    return CaseRow(
        linked.case_id, linked.force, opened, reported, recorded, arrested, referred, charged, first_hearing, sent,
        convicted, sentenced, None if live else max((end for end in ends if end is not None), default=None),
        _least([row.next_hearing_on for row in courts]), STAGES[rank], moments[rank],
        _holder(rank, open_court, proceedings, live, sentences), int(live),
        _outcome(crimes, proceedings, defendants), linked.sort.group, linked.sort.subgroup, linked.sort.ho_code, code,
        court.court_ou if court is not None else "", proceedings[0].cps_area if proceedings else "",
        int(any(row.youth for row in defendants) or any(row.youth for row in suspects)),
        int(any(row.remand_status == "custody" and row.live for row in defendants)), linked.flags,
        tuple(agency for agency in AGENCIES if agency in agencies), len(crimes), len(rows.get("case_victims", ())),
        len({row.suspect_id for row in suspects}), len(proceedings), len(courts), len(defendants),
        len(rows.get("case_offences", ())), sum([not row.listed for row in rows.get("case_hearings", ())]),
        records, last // 1000 if last != NO_TIME else None,
    )


def _holder(
    rank: int, open_court: bool, proceedings: list[ProceedingRow], live: bool, sentences: list[SentenceRow]
) -> str:
    """The agency that acts next; of a finished case prisons and probation while they still hold it."""
    if open_court:
        return "hmcts"
    if not live:
        return "hmpps" if any(row.sentence_type in _SERVED for row in sentences) else ""
    if rank == 4 or any(row.live and row.with_party == "cps" for row in proceedings):
        return "cps"
    return "police"


def _outcome(crimes: list[CrimeRow], proceedings: list[ProceedingRow], defendants: list[DefendantRow]) -> str:
    """How the case ended, the gravest for its defendants first; empty while it is open."""
    results = {row.result for row in defendants}
    for result in ("convicted", "acquitted", "dropped", "other"):
        if result in results and (result == "convicted" or "" not in results):
            return result
    if any(row.convicted for row in proceedings):
        return "convicted"
    fates = {row.fate for row in crimes}
    if not fates or "open" in fates:
        return ""
    for fate in ("diverted", "lost", "transferred"):
        if fate in fates:
            return fate
    return ""


def _least(values: list[int | None]) -> int | None:
    least = None
    for value in values:
        if value is not None and (least is None or value < least):
            least = value
    return least
