"""The row of the case itself: where it stands, who acts next, and what it is made of."""

from typing import Any

from processors.cases.linked import Linked
from processors.standardise.moments import ms_of_day
from schemas.events import AGENCIES, KINDS
from schemas.flow import NO_TIME
from schemas.rows import STAGES, CaseRow, CourtCaseRow, CrimeRow, DefendantRow, ProceedingRow, SuspectRow


def case_row(linked: Linked, rows: dict[str, list[Any]]) -> CaseRow:
    """One linked case. `rows`: those of the other tables, already made."""
    crimes: list[CrimeRow] = rows.get("case_crimes", [])
    suspects: list[SuspectRow] = rows.get("case_suspects", [])
    proceedings: list[ProceedingRow] = rows.get("case_proceedings", [])
    courts: list[CourtCaseRow] = rows.get("case_court_cases", [])
    defendants: list[DefendantRow] = rows.get("case_defendants", [])
    reported = _least(row.reported_at for row in crimes)
    recorded = _least(row.recorded_at for row in crimes)
    arrested = _least(row.arrest_at for row in rows.get("case_arrests", ()))
    interviewed = _least(row.interviewed_at for row in suspects)
    referred = _least(row.first_referral_at for row in proceedings)
    charged = _least(row.charged_at for row in crimes)
    charged = _least((charged, *(row.charge_decision_at for row in proceedings)))
    charged = _least((charged, *(ms_of_day(row.charge_on) for row in defendants if row.charge_on is not None)))
    first_hearing = _least(row.first_hearing_on for row in courts)
    convicted = _least(row.convicted_on for row in defendants)
    sentences = rows.get("case_sentences", ())
    sentenced = _least(row.sentenced_on for row in sentences)
    imprisoned = _least(row.sentenced_on for row in sentences if row.sentence_type == "custody")
    sent = _least(row.sent_at for row in courts)
    found_guilty = convicted is not None or any(row.result == "convicted" for row in defendants)
    own = (
        7 if any(row.sentence_type == "custody" for row in sentences) else 6 if found_guilty
        else 5 if first_hearing is not None else 4 if charged is not None or defendants
        else 3 if proceedings else 2 if arrested is not None or interviewed is not None else 1 if suspects else 0
    )
    rank = max((own, *(row.stage_rank for row in crimes)))
    moments = (
        recorded, _least(row.identified_at for row in suspects),
        _least((arrested, interviewed)), referred, charged,
        ms_of_day(first_hearing) if first_hearing is not None else None,
        ms_of_day(convicted) if convicted is not None else None,
        ms_of_day(imprisoned) if imprisoned is not None else None,
    )
    open_crimes = any(row.fate == "open" and row.cancelled_at is None for row in crimes)
    open_court = any(row.disposed_at is None for row in courts)
    open_cps = any(row.live for row in proceedings)
    live = open_court or open_cps or open_crimes or (not crimes and not courts and not proceedings)
    holder = _holder(linked, rank, open_court, proceedings, live, rows)
    ends = [row.disposed_at for row in courts] + [row.exit_at for row in crimes] + [
        row.completed_at for row in proceedings
    ]
    opened = _least((reported, recorded, arrested, referred, charged, moments[5], *(row.received_at for row in courts)))
    court = courts[0] if courts else None
    kinds = {history.kind for history in linked.histories}
    agencies = {KINDS[kind].agency for kind in kinds}
    last = max(
        (state.order.time_us for history in linked.histories for state in history.states[-1:]), default=NO_TIME
    )
    code = linked.offence_code or (court.offence_code if court is not None else "")
    return CaseRow(
        linked.case_id, linked.force, opened, reported, recorded, arrested, referred, charged, first_hearing, sent,
        convicted, sentenced, None if live else max((end for end in ends if end is not None), default=None),
        _least(row.next_hearing_on for row in courts), STAGES[rank], moments[rank], holder, int(live),
        _outcome(crimes, proceedings, defendants), linked.sort.group, linked.sort.subgroup, linked.sort.ho_code, code,
        court.court_ou if court is not None else "", proceedings[0].cps_area if proceedings else "",
        int(any(row.youth for row in defendants) or any(row.youth for row in suspects)),
        int(any(row.remand_status == "custody" and row.live for row in defendants)), linked.flags,
        tuple(agency for agency in AGENCIES if agency in agencies), len(crimes), len(rows.get("case_victims", ())),
        len({row.suspect_id for row in suspects}), len(proceedings), len(courts), len(defendants),
        len(rows.get("case_offences", ())), sum(not row.listed for row in rows.get("case_hearings", ())),
        sum(history.current is not None for history in linked.histories), last // 1000 if last != NO_TIME else None,
    )


def _holder(
    linked: Linked, rank: int, open_court: bool, proceedings: list[ProceedingRow], live: bool,
    rows: dict[str, list[Any]],
) -> str:
    """The agency that acts next; of a finished case prisons and probation while they still hold it."""
    if open_court:
        return "hmcts"
    if not live:
        return "hmpps" if any(row.sentence_type in ("custody", "suspended", "community")
                              for row in rows.get("case_sentences", ())) else ""
    if any(row.live and row.with_party == "cps" for row in proceedings) or rank == 4:
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


def _least(values: Any) -> Any:
    known = [value for value in values if value is not None]
    return min(known) if known else None


