"""Rows of what courts decided: results, sentences, remand and warrants."""

from collections.abc import Callable
from typing import Any

from processors.cases.court_model import Defendant, day_of, ms_of
from processors.cases.court_rows import Court, heaviest_sentence, indeterminate, spells
from processors.cases.court_tellings import told_result
from processors.cases.current_results import CurrentResult, current_results
from processors.cases.ids import own_id
from processors.cases.judged import Judged, is_final
from processors.cases.linked import Linked, defendant_of
from processors.standardise.moments import instant
from schemas.rows import RemandRow, ResultRow, SentenceRow, WarrantRow


def result_rows(court_case: Court) -> list[ResultRow]:
    """Every current result: on offences, on defendants, on applications."""
    rows: list[ResultRow] = []
    for one in court_case.judged:
        if one.results:
            rows.extend(_numbered(court_case, one.defendant, one, "", one.results))
    for defendant in court_case.case.defendants:
        if defendant.results:
            found = current_results(defendant.results, defendant.shares)
            rows.extend(_numbered(court_case, defendant, None, "", found))
    for name, (application, snapshot) in sorted(court_case.case.applications.items()):
        hearing_id, at = snapshot.data.hearing_id, snapshot.state.order.time_us
        told = [
            told_result(result, 0, "court.hearing", hearing_id, snapshot.day, at) for result in application.results
        ]
        subject = next(
            (one for one in court_case.case.defendants if application.subject_defendant_id
             and one.hmcts_id == application.subject_defendant_id),
            None,
        )
        rows.extend(_numbered(court_case, subject, None, own_id(name), current_results(told)))
    return rows


def _numbered(
    court_case: Court, defendant: Defendant | None, one: Judged | None, application: str,
    results: tuple[CurrentResult, ...],
) -> list[ResultRow]:
    linked = court_case.linked
    sort = one.sort if one is not None and one.sort.group else court_case.sort
    flags = linked.defendant_flags[defendant.key] if defendant is not None else court_case.flags
    level = "offence" if one is not None else "application" if application else "defendant"
    counts: dict[str, int] = {}
    rows: list[ResultRow] = []
    for current in results:
        told, result = current.told, current.told.result
        n = counts[told.code] = counts.get(told.code, -1) + 1
        rows.append(
            ResultRow(
                linked.case_id, court_case.case.key, defendant.key if defendant is not None else "",
                one.offence.key if one is not None else "", application, told.code, n, result.label or "",
                told.ordered_on, linked.force, result.level or level, result.category or "", int(is_final(told)),
                None if result.convicted is None else int(result.convicted), int(bool(result.adjournment)),
                result.custody_status or "", result.duration_days,
                None if result.indeterminate is None else int(result.indeterminate), result.amount_pounds,
                own_id(told.hearing_id) if told.hearing_id else "", told.day,
                one.offence.code if one is not None else "", sort.group, flags, current.sources,
            )
        )
    return rows


def sentence_rows(court_case: Court) -> list[SentenceRow]:
    """The sentences, one a final result that is a sentence; the heaviest of each defendant is the principal one."""
    linked = court_case.linked
    rows: list[SentenceRow] = []
    for defendant in court_case.case.defendants:
        sentences = [(kind, one, judged) for judged in court_case.of(defendant) for kind, one in judged.sentences]
        if not sentences:
            continue
        heaviest = heaviest_sentence(sentences)
        youth = int(bool(defendant.base is not None and defendant.base.youth))
        counts: dict[tuple[str, str], int] = {}
        for kind, one, judged in sentences:
            told, result, sort = one.told, one.told.result, judged.sort
            key = (judged.offence.key, told.code)
            n = counts[key] = counts.get(key, -1) + 1
            rows.append(
                SentenceRow(
                    linked.case_id, court_case.case.key, defendant.key, judged.offence.key, told.code, n, linked.force,
                    kind, result.label or "", told.ordered_on, result.duration_days,
                    int(kind == "custody" and indeterminate(one)), result.amount_pounds,
                    int(heaviest is not None and heaviest[1] is one), court_case.jurisdiction, court_case.ou, youth,
                    judged.offence.code, sort.ho_code, sort.group or court_case.sort.group,
                    sort.subgroup or court_case.sort.subgroup, linked.defendant_flags[defendant.key],
                    defendant.person_key,
                )
            )
    return rows


def remand_rows(court_case: Court) -> list[RemandRow]:
    """The spells of each remand status."""
    linked, case = court_case.linked, court_case.case
    rows: list[RemandRow] = []
    for defendant in case.defendants:
        for seq, (start, status, stage, until, decided) in enumerate(spells(linked, case, defendant)):
            limit = decided.custody_time_limit_on if decided is not None else defendant.ctl
            extended = decided.custody_time_limit_extended if decided is not None else None
            rows.append(
                RemandRow(
                    linked.case_id, case.key, defendant.key, seq, status, linked.force, stage, start, until,
                    day_of(limit), None if extended is None else int(extended),
                    (decided.court_ou or "") if decided is not None else court_case.ou, court_case.sort.group,
                    linked.defendant_flags[defendant.key],
                    ("court.remand",) if decided is not None else tuple(sorted(defendant.sources)),
                )
            )
    return rows


def warrant_rows(linked: Linked) -> list[WarrantRow]:
    """The warrants."""
    rows: list[WarrantRow] = []
    for history, state in linked.by_kind.get("court.warrant", ()):
        data = state.data
        case, defendant = defendant_of(linked, data.defendant)
        rows.append(
            WarrantRow(
                linked.case_id, history.record_id, case.key if case is not None else "",
                defendant.key if defendant is not None else "", linked.force, data.kind, instant(data.issued_at).ms,
                ms_of(data.executed_at), ms_of(data.withdrawn_at), int(not (data.executed_at or data.withdrawn_at)),
                data.court_ou or "",
            )
        )
    return rows


def decided_rows(linked: Linked, courts: list[Court], add: Callable[[str, list[Any]], None]) -> None:
    """Hand the rows of these tables to `add`."""
    for one in courts:
        add("case_results", result_rows(one))
        add("case_sentences", sentence_rows(one))
        add("case_remand", remand_rows(one))
    if "court.warrant" in linked.by_kind:
        add("case_warrants", warrant_rows(linked))
