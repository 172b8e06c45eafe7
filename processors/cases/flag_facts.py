"""The facts that each record tells, state by state, of which flags are made.

The CPS's flags stay once they are set (decisions, section 7), so a CPS record tells more and more; what other records
told is gone when a later state lacks it.
"""

from typing import Any

from processors.cases.flags.known import Telling, Told
from processors.cases.flags.rule_set import NO_FACTS, Facts, RuleSet, VictimFacts
from processors.cases.histories import RecordHistory
from processors.cases.offences import OffenceList, of_cjs_code, of_crime
from processors.standardise.moments import age_on, london_day

TELLERS = frozenset({
    "police.crime", "police.prosecution", "court.case", "court.hearing", "court.resulted_case", "cps.consultation",
    "cps.decision", "cps.file_review", "cps.defendant_outcome",
})  # fmt: skip
"""The kinds of records that tell facts."""

NOTHING = Telling("", ())


def facts_of_record(rules: RuleSet, listed: OffenceList, history: RecordHistory) -> Telling:
    """What a record tells; remembered with it, since it depends on its states and the rules alone."""
    held: tuple[RuleSet, OffenceList, Telling] | None = history.memo.get("facts")
    if held is not None and held[0] is rules and held[1] is listed:
        return held[2]
    telling = _telling(rules, listed, history) if history.kind in TELLERS else NOTHING
    history.memo["facts"] = (rules, listed, telling)
    return telling


def _telling(rules: RuleSet, listed: OffenceList, history: RecordHistory) -> Telling:
    told: list[Told] = []
    sticky = history.kind.startswith("cps.")
    ever = NO_FACTS
    for state in history.states:
        facts = NO_FACTS if state.deleted else _facts(rules, listed, history.kind, state.data)
        if sticky and not state.deleted:
            facts = ever = ever | facts
        told.append(Told(state.known_at, facts))
    return Telling(history.kind, tuple(told))


def _facts(rules: RuleSet, listed: OffenceList, kind: str, data: Any) -> Facts:
    if kind == "police.crime":
        return facts_of_crime(rules, listed, data)
    if kind.startswith("cps."):
        return rules.of_words("cps_flag", tuple(data.proceeding.flags))
    found = NO_FACTS
    if kind == "police.prosecution":
        found = rules.of_markers(data.markers)
        for charged in data.defendants:
            for offence in charged.offences:
                found |= facts_of_code(rules, listed, offence.offence_code)
        return found
    for case in data.cases if kind == "court.hearing" else (data,):
        if kind != "court.resulted_case":
            found |= rules.of_markers(case.markers)
        for defendant in case.defendants:
            for offence in defendant.offences:
                found |= facts_of_code(rules, listed, offence.offence_code)
    return found


def facts_of_code(rules: RuleSet, listed: OffenceList, code: str) -> Facts:
    """Of a charged offence: its code, and the class that the list of offences gives it."""
    return rules.of_code(code) | rules.of_sort(of_cjs_code(code, listed))


def facts_of_crime(rules: RuleSet, listed: OffenceList, data: Any) -> Facts:
    """Of a recorded crime: its class, its offence code, the force's own flags, and its victims where a rule asks."""
    sort = of_crime(data.ho_code, data.offence_code, data.category, listed)
    found = rules.of_sort(sort) | rules.of_words("police_flag", tuple(data.flags))
    if data.offence_code:
        found |= rules.of_code(data.offence_code)
    if rules.asks_of_victims:
        for victim in data.victims:
            if victim.kind == "person":
                found |= rules.of_victim(_victim(victim, data.occurred_from or data.recorded_at))
    return found


def _victim(victim: Any, at: str) -> VictimFacts:
    person = victim.person
    sex = victim.sex or (person.sex if person is not None else None)
    age = victim.age
    if age is None and person is not None and person.date_of_birth:
        age = age_on(person.date_of_birth, london_day(at))
    return VictimFacts(sex or "", age, victim.relationship or "", victim.vulnerable)
