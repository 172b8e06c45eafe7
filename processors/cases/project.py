"""The records of one case -> its rows.

`project_case(case_id, records)` is a function of the set of accepted states and of nothing else: no clock, no
arrival, and the order of `records` does not matter. Out: the rows of each serving table that has any, without
version, in a fixed order. A component in which no record opens a case has rows only in the tables of what is counted
without a case.
"""

from collections.abc import Sequence
from typing import Any

from processors.cases.agencies import agency_rows
from processors.cases.case_row import case_row
from processors.cases.court_rows import Court, court_case_row, defendant_row, offence_row
from processors.cases.cps_rows import cps_rows
from processors.cases.flag_rows import flag_rows
from processors.cases.flags.rule_set import BUILT_IN_RULES, RuleSet
from processors.cases.hearing_rows import hearing_rows, listing_rows
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.linked import put_together, untie
from processors.cases.offences import BUILT_IN, OffenceList
from processors.cases.other_rows import other_rows
from processors.cases.police_rows import (
    arrest_rows,
    crime_row,
    outcome_rows,
    service_rows,
    support_of,
    suspect_rows,
    victim_row,
    victims_of,
)
from processors.cases.result_rows import decided_rows
from processors.cases.story import story
from schemas.events import KINDS
from schemas.rows import Row

CaseRows = dict[str, list[Row]]
"""Rows by table name (schemas.tables.TABLES); a table without rows is absent."""

_OPENS = frozenset(kind.name for kind in KINDS.values() if kind.opens_case)


def project_case(case_id: str, records: Sequence[RecordHistory], listed: OffenceList = BUILT_IN,
    rules: RuleSet = BUILT_IN_RULES,
) -> CaseRows:
    """All rows of one case. `listed`: the CJS offence codes with their Home Office classes; `rules`: what
    makes a flag."""
    histories = sorted(records, key=lambda history: history.record_id) if len(records) > 1 else records
    by_kind: dict[str, list[tuple[RecordHistory, RecordState]]] = {}
    opens = False
    for history in histories:
        state = history.states[-1]
        if state.deleted:
            continue
        kind = history.kind
        opens = opens or kind in _OPENS
        held = by_kind.get(kind)
        if held is None:
            by_kind[kind] = [(history, state)]
        else:
            held.append((history, state))
    rows: dict[str, list[Any]] = {}

    def add(table: str, made: list[Any]) -> None:
        if made:
            known = rows.get(table)
            if known is None:
                rows[table] = made
            else:
                known.extend(made)

    if not opens:
        other_rows(case_id, 0, "", "", (), by_kind, add)
        add("case_agencies", agency_rows(case_id, 0, "", "", (), by_kind))
        return rows
    linked = put_together(case_id, histories, by_kind, listed, rules)
    add("case_events", [row for history in histories for row in story(case_id, linked.force, history)])
    if linked.crimes:
        victims = victims_of(linked)
        support = support_of(linked) if "police.victim_support" in by_kind else {}
        counts: dict[str, int] = {}
        for crime, _, _ in victims:
            counts[crime.key] = counts.get(crime.key, 0) + 1
        add("case_crimes", [crime_row(linked, crime, counts.get(crime.key, 0)) for crime in linked.crimes])
        add("case_victims", [victim_row(linked, *victim, support) for victim in victims])
        for crime in linked.crimes:
            if crime.outcomes:
                add("case_outcomes", outcome_rows(linked, crime))
    if "police.victim_service" in by_kind:
        add("case_victim_services", service_rows(linked))
    if linked.suspects:
        add("case_suspects", suspect_rows(linked))
        add("case_arrests", arrest_rows(linked))
    if linked.proceedings:
        for table, made in cps_rows(linked).items():
            add(table, made)
    if linked.courts:
        courts = [Court(linked, case) for case in linked.courts]
        for one in courts:
            add("case_court_cases", [court_case_row(one)])
            add("case_defendants", [defendant_row(one, defendant) for defendant in one.case.defendants])
            add("case_offences", [offence_row(one, judged) for judged in one.judged])
            add("case_hearings", hearing_rows(one))
        if linked.listings:
            add("case_trial_listings", listing_rows(linked))
        decided_rows(linked, courts, add)
    elif "court.warrant" in by_kind:
        decided_rows(linked, [], add)
    add("case_flags", flag_rows(linked))
    other_rows(case_id, 1, linked.force, linked.sort.group, linked.flags, by_kind, add)
    add("case_agencies", agency_rows(case_id, 1, linked.force, linked.sort.group, linked.flags, by_kind))
    rows["cases"] = [case_row(linked, rows)]
    untie(linked)
    return rows
