"""Crimes as they are known: what the police say of one crime, put together."""

from collections.abc import Sequence
from typing import Any

from processors.cases.flag_facts import facts_of_record
from processors.cases.flags.rule_set import NO_FACTS, Facts, RuleSet
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import canon
from processors.cases.judged import Judged
from processors.cases.offences import UNKNOWN, OffenceList, of_crime
from processors.cases.offences import Offence as Sort
from processors.cases.suspects import Suspect
from processors.standardise.moments import instant
from schemas import police

Current = list[tuple[RecordHistory, RecordState]]


class Crime:
    """A recorded crime, with what is linked to it."""

    __slots__ = ("arrests", "data", "facts", "histories", "incident_at", "judged", "key", "link", "outcomes",
                 "proceedings", "ref", "sort", "suspects")

    def __init__(self, key: str, ref: str, data: police.Crime) -> None:
        self.key = key
        self.ref = ref
        self.data = data
        self.histories: list[RecordHistory] = []
        self.sort: Sort = UNKNOWN
        self.facts: Facts = NO_FACTS
        self.incident_at: str | None = None
        self.outcomes: list[RecordHistory] = []
        self.suspects: list[Suspect] = []
        self.arrests: list[tuple[RecordHistory, police.Arrest]] = []
        self.proceedings: list[Any] = []
        self.judged: list[Judged] = []
        self.link = ""


def crimes_of(
    by_kind: dict[str, Current], histories: Sequence[RecordHistory], listed: OffenceList, rules: RuleSet
) -> list[Crime]:
    """The crimes of a case, in the order of their references; a crime that two records tell is one. Outcomes that
    were deleted belong to the history too, so they are found among all `histories`."""
    told = by_kind.get("police.crime")
    if not told:
        return []
    found: dict[str, Crime] = {}
    for history, state in told:
        data: police.Crime = state.data
        ref = canon(data.crime_ref)
        crime = found.get(ref)
        if crime is None:
            crime = found[ref] = Crime(history.record_id, ref, data)
            crime.sort = of_crime(data.ho_code, data.offence_code, data.category, listed)
            crime.facts = facts_of_record(rules, listed, history).told[-1].facts
        crime.histories.append(history)
    for history in histories:
        if history.kind == "police.crime_outcome":
            said = next((state.data for state in reversed(history.states) if not state.deleted), None)
            crime = found.get(canon(said.crime_ref)) if said is not None else None
            if crime is not None:
                crime.outcomes.append(history)
    for _, state in by_kind.get("police.incident", ()):
        incident: police.Incident = state.data
        refs = {canon(ref) for ref in incident.crime_refs}
        for crime in found.values():
            if crime.ref in refs or crime.data.incident_ref == incident.incident_ref:
                crime.incident_at = min(
                    (moment for moment in (crime.incident_at, incident.reported_at) if moment),
                    key=lambda moment: instant(moment).ms,
                )
    return [found[ref] for ref in sorted(found)] if len(found) > 1 else list(found.values())


def tie_suspects(crimes: list[Crime], suspects: list[Suspect]) -> None:
    """Give each crime its suspects, and their arrests for it."""
    for crime in crimes:
        for suspect in suspects:
            if crime.ref in suspect.refs:
                crime.suspects.append(suspect)
                crime.arrests.extend(
                    told for told in suspect.arrests
                    if not told[1].crime_refs or crime.ref in {canon(ref) for ref in told[1].crime_refs}
                )
