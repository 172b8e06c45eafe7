"""Priority flags with when they were set, from all states of the records (decisions, sections 1 and 7)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from processors.cases.flags import agency_flag, complete, flags_of_crime, flags_of_markers, flags_of_offence
from processors.cases.histories import RecordHistory
from processors.cases.linked import Linked
from processors.cases.offences import BUILT_IN, of_crime
from schemas.rows import FlagRow


class Span(NamedTuple):
    """A flag that one record carries, or carried. `cleared_at` is None while it does."""

    flag: str
    set_at: int | None
    cleared: bool
    cleared_at: int | None
    rule: str


def spans(history: RecordHistory) -> list[Span]:
    """The flags that the states of one record carry. The CPS's stay once they are set; others go when a later state
    lacks them."""
    held: list[Span] | None = history.memo.get("flags")
    if held is not None:
        return held
    rule = _RULES.get(history.kind, "")
    found: dict[str, Span] = {}
    if rule:
        for state in history.states:
            now = complete(frozenset(_flags_of(history.kind, state.data))) if not state.deleted else ()
            for flag in now:
                before = found.get(flag)
                if before is None:
                    found[flag] = Span(flag, state.known_at, False, None, rule)
                elif before.cleared:
                    found[flag] = before._replace(cleared=False, cleared_at=None)
            if rule != "cps_flag":
                for flag, span in found.items():
                    if not span.cleared and flag not in now:
                        found[flag] = span._replace(cleared=True, cleared_at=state.known_at)
    held = list(found.values())
    history.memo["flags"] = held
    return held


_RULES = {
    "police.crime": "police_record", "police.prosecution": "charge_file", "court.case": "court_record",
    "court.hearing": "court_record", "court.resulted_case": "court_record", "cps.consultation": "cps_flag",
    "cps.decision": "cps_flag", "cps.file_review": "cps_flag", "cps.defendant_outcome": "cps_flag",
}


def _flags_of(kind: str, data: Any) -> Iterator[str]:
    if kind == "police.crime":
        sort = of_crime(data.ho_code, data.offence_code, data.category, BUILT_IN)
        yield from flags_of_crime(sort, data.offence_code or "", data.flags)
    elif kind.startswith("cps."):
        yield from (agency_flag(flag) for flag in data.proceeding.flags)
    elif kind == "police.prosecution":
        yield from flags_of_markers(data.markers)
        for charged in data.defendants:
            for offence in charged.offences:
                yield from flags_of_offence(offence.offence_code)
    else:
        for case in data.cases if kind == "court.hearing" else (data,):
            if kind != "court.resulted_case":
                yield from flags_of_markers(case.markers)
            for defendant in case.defendants:
                for told in defendant.offences:
                    yield from flags_of_offence(told.offence_code)


def flag_rows(linked: Linked) -> list[FlagRow]:
    """The flags of the case and of its crimes, proceedings, offences and defendants."""
    told = [span for history in linked.histories for span in spans(history)]
    if not told:
        return []
    rows: list[FlagRow] = []
    by_flag: dict[str, list[Span]] = {}
    for span in told:
        by_flag.setdefault(span.flag, []).append(span)

    def say(flag: str, scope: str, name: str, about: list[Span], current: bool) -> None:
        rows.append(_row(linked, flag, scope, name, about or by_flag.get(flag, []), current))

    for flag in sorted({*linked.flags, *by_flag}):
        say(flag, "case", linked.case_id, [], flag in linked.flags)
    for crime in linked.crimes:
        own: dict[str, list[Span]] = {}
        for history in crime.histories:
            for span in spans(history):
                own.setdefault(span.flag, []).append(span)
        current = linked.crime_flags[crime.key]
        for flag in sorted({*current, *own}):
            say(flag, "crime", crime.key, own.get(flag, []), flag in current)
    for proceeding in linked.proceedings:
        for flag in complete(proceeding.flags):
            say(flag, "proceeding", proceeding.key, _by_rule(by_flag, flag, "cps_flag"), True)
    for case in linked.courts:
        for defendant in case.defendants:
            for flag in linked.defendant_flags[defendant.key]:
                say(flag, "defendant", f"{case.key}/{defendant.key}", [], True)
        for one in linked.judged[case.id]:
            for flag in complete(one.flags):
                name = f"{case.key}/{one.defendant.key}/{one.offence.key}"
                say(flag, "offence", name, _by_rule(by_flag, flag, "court_record"), True)
    return rows


def _by_rule(by_flag: dict[str, list[Span]], flag: str, rule: str) -> list[Span]:
    return [span for span in by_flag.get(flag, ()) if span.rule == rule]


def _row(linked: Linked, flag: str, scope: str, name: str, about: list[Span], current: bool) -> FlagRow:
    set_at = min((span.set_at for span in about if span.set_at is not None), default=None)
    cleared = None
    if not current:
        cleared = max((span.cleared_at for span in about if span.cleared_at is not None), default=None)
    rules = sorted({span.rule for span in about}) or ["derived"]
    return FlagRow(
        linked.case_id, flag, scope, name, linked.force, set_at, cleared, int(current), rules[0], tuple(rules)
    )
