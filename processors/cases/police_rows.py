"""Rows of the investigation: crimes, outcomes, victims and what is owed to them, suspects, arrests."""

from processors.cases.attrition import ToldOutcome
from processors.cases.court_model import ms_of
from processors.cases.ids import canon, pseudonym
from processors.cases.investigation import Crime
from processors.cases.linked import Linked, traits
from processors.cases.suspects import Suspect
from processors.standardise.moments import instant, london_day
from schemas import police
from schemas.people import Victim
from schemas.person_facts import person_record_id
from schemas.rows import (
    STAGES,
    ArrestRow,
    CrimeRow,
    OutcomeRow,
    SuspectRow,
    VictimRow,
    VictimServiceRow,
)


def crime_row(linked: Linked, crime: Crime, victims: int) -> CrimeRow:
    """One recorded crime, as far as it got."""
    data, stood = crime.data, linked.progress[crime.key]
    outcome, sort, wait = stood.outcome, crime.sort, stood.wait
    reported = instant(crime.incident_at or data.reported_at) if crime.incident_at or data.reported_at else None
    recorded = instant(data.recorded_at)
    sources = {history.kind for history in crime.histories}
    if crime.outcomes:
        sources.add("police.crime_outcome")
    for suspect in crime.suspects:
        sources |= suspect.sources
    for one in crime.judged:
        sources |= one.offence.sources
    return CrimeRow(
        linked.case_id, crime.key, data.force,
        reported.ms if reported else None, reported.precision if reported else "", recorded.ms, recorded.precision,
        ms_of(data.occurred_from), ms_of(data.occurred_to), sort.ho_code, data.offence_code or "", data.category or "",
        sort.group, sort.subgroup, sort.victim_based, ms_of(data.cancelled_at), ms_of(data.transferred_at),
        outcome.type if outcome else "", outcome.text if outcome else "", outcome.group if outcome else "",
        outcome.at.ms if outcome and outcome.at else None, outcome.at.precision if outcome and outcome.at else "",
        stood.outcome_changes, stood.charge_outcome_at, stood.identified_at,
        stood.arrest.ms if stood.arrest else None, stood.arrest.precision if stood.arrest else "",
        stood.interviewed_at, stood.referred_at, stood.charged_at, stood.first_hearing_on, stood.convicted_on,
        stood.custody_on, stood.completed_on, STAGES[stood.rank], stood.rank, stood.fate, stood.exit_reason,
        stood.exit_at, wait.clock, wait.hours, wait.days, wait.precision, wait.before, crime.link,
        len(crime.suspects), victims, len(crime.judged), linked.crime_flags[crime.key], tuple(sorted(sources)),
    )


def outcome_rows(linked: Linked, crime: Crime) -> list[OutcomeRow]:
    """The history of a crime's outcomes; one told again without a change is not told twice."""
    rows: list[OutcomeRow] = []
    told: list[ToldOutcome] = linked.outcomes[crime.key]
    changed: list[ToldOutcome] = []
    for one in told:
        if not changed or one[:5] != changed[-1][:5]:
            changed.append(one)
    for seq, one in enumerate(changed):
        later = changed[seq + 1].known_at if seq + 1 < len(changed) else None
        if one.group:
            rows.append(
                OutcomeRow(
                    linked.case_id, crime.key, seq, crime.data.force, one.type, one.text, one.group,
                    one.at.ms if one.at else None, one.known_at, later, 1 if seq + 1 == len(changed) else 0,
                )
            )
    return rows


def victims_of(linked: Linked) -> list[tuple[Crime, Victim, str]]:
    """The victims of each crime, once each, also those whom only the charge file or the court names; each with the
    person record under which people linking knows them, empty for one whom the police's crime does not name as a
    person."""
    found: dict[tuple[str, str], tuple[Crime, Victim, str]] = {}
    for crime in linked.crimes:
        for victim in crime.data.victims:
            told = victim.kind == "person" and victim.person is not None
            named = person_record_id(crime.histories[0].source, "victim", victim.victim_id) if told else ""
            found.setdefault((crime.key, canon(victim.victim_id)), (crime, victim, named))
    known = {victim for _, victim in found}
    for crime in linked.crimes:
        if crime.link == "case_level" and len(linked.crimes) > 1:
            continue
        for one in crime.judged:
            for charge in (one.offence.charged, one.offence.base):
                for victim in charge.victims if charge is not None else ():
                    if canon(victim.victim_id) not in known:
                        found.setdefault((crime.key, canon(victim.victim_id)), (crime, victim, ""))
    return list(found.values())


def victim_row(
    linked: Linked, crime: Crime, victim: Victim, person_key: str, support: dict[str, list[police.VictimSupport]]
) -> VictimRow:
    """One victim of one crime. `support`: what was said of support, by victim, in the order of its moments."""
    data, stood = crime.data, linked.progress[crime.key]
    status = "" if victim.supports is None else "supports" if victim.supports else "does_not_support"
    withdrew: police.VictimSupport | None = None
    for told in support.get(canon(victim.victim_id), ()):
        if canon(told.crime_ref) != crime.ref:
            continue
        if told.status == "supports":
            withdrew = None
        elif withdrew is None:
            withdrew = told
        status = told.status
    person = victim.person
    who = traits((person,) if person is not None else (), london_day(data.occurred_from or data.recorded_at))
    sort = crime.sort
    return VictimRow(
        linked.case_id, crime.key, pseudonym("victim", victim.victim_id), data.force, victim.kind,
        victim.sex or who.sex, victim.age if victim.age is not None else who.age, who.birth_month,
        victim.ethnicity_self or who.ethnicity_self, victim.ethnicity_observed or who.ethnicity_observed,
        None if victim.vulnerable is None else int(victim.vulnerable), victim.relationship or "", status,
        ms_of(withdrew.at) if withdrew else None, (withdrew.stage or "") if withdrew else "",
        (withdrew.reason or "") if withdrew else "",
        ms_of(crime.incident_at or data.reported_at), ms_of(data.recorded_at), stood.completed_on, STAGES[stood.rank],
        stood.outcome.type if stood.outcome else "", sort.ho_code, sort.group, sort.subgroup,
        linked.crime_flags[crime.key], person_key,
    )


def support_of(linked: Linked) -> dict[str, list[police.VictimSupport]]:
    """What was said of each victim's support, by all states, in the order of their moments."""
    found: dict[str, list[police.VictimSupport]] = {}
    for history, _ in linked.by_kind.get("police.victim_support", ()):
        for state in history.states:
            if not state.deleted:
                found.setdefault(canon(state.data.victim_id), []).append(state.data)
    for told in found.values():
        told.sort(key=lambda one: (instant(one.at).ms, one.status))
    return found


def service_rows(linked: Linked) -> list[VictimServiceRow]:
    """What is owed to victims."""
    rows: list[VictimServiceRow] = []
    for history, state in linked.by_kind.get("police.victim_service", ()):
        data: police.VictimService = state.data
        crime = next(
            (one for one in linked.crimes if data.crime_ref and one.ref == canon(data.crime_ref)),
            linked.crimes[0] if len(linked.crimes) == 1 else None,
        )
        sort = crime.sort if crime is not None else linked.sort
        rows.append(
            VictimServiceRow(
                linked.case_id, history.record_id, pseudonym("victim", data.victim_id),
                crime.key if crime is not None else "", linked.force, data.kind,
                ms_of(data.due_at), ms_of(data.done_at),
                sort.group, linked.crime_flags[crime.key] if crime is not None else linked.flags,
            )
        )
    return rows


def suspect_rows(linked: Linked) -> list[SuspectRow]:
    """Each suspect of each crime; a suspect whose crimes are unknown has one row."""
    rows: list[SuspectRow] = []
    for suspect in linked.suspects:
        theirs: list[Crime | None] = [crime for crime in linked.crimes if suspect in crime.suspects]
        rows.extend(_suspect_row(linked, suspect, crime) for crime in theirs or [None])
    return rows


def _suspect_row(linked: Linked, suspect: Suspect, crime: Crime | None) -> SuspectRow:
    arrests = suspect.arrests if crime is None else [
        told for told in suspect.arrests
        if not told[1].crime_refs or crime.ref in {canon(ref) for ref in told[1].crime_refs}
    ]
    first = min((instant(told.arrest_at) for _, told in arrests), default=None)
    status = ""
    if arrests:
        _, last = max(arrests, key=lambda told: (instant(told[1].arrest_at).ms, told[0].record_id))
        status = last.release_status or ""
    referred = charged = None
    for proceeding in suspect.proceedings:
        if proceeding.referral is not None:
            referred = min(filter(None, (referred, instant(proceeding.referral.received_at).ms)))
        legal = proceeding.legal
        if legal is not None and legal.decision == "charge":
            charged = ms_of(legal.charge_authorised_at or legal.decision_at)
    if charged is None and suspect.defendant is not None:
        charged = linked.progress[crime.key].charged_at if crime is not None else None
    sort = crime.sort if crime is not None else linked.sort
    moment = None
    if crime is not None:
        moment = crime.data.occurred_from or crime.data.recorded_at
    elif arrests:
        moment = arrests[0][1].arrest_at
    persons = suspect.persons
    if suspect.defendant is not None and suspect.defendant.persons:
        persons = [*persons, *suspect.defendant.persons]
    who = traits(persons, london_day(moment) if moment else None)
    sources = suspect.sources | (suspect.defendant.sources if suspect.defendant is not None else set())
    return SuspectRow(
        linked.case_id, crime.key if crime is not None else "", suspect.key,
        crime.data.force if crime is not None else linked.force, ms_of(suspect.identified_at),
        ms_of(suspect.interviewed_at), first.ms if first else None, first.precision if first else "", len(arrests),
        status, referred, charged, suspect.defendant.key if suspect.defendant is not None else "", who.sex,
        who.birth_month, who.age, None if who.age is None else int(who.age < 18), who.ethnicity_self,
        who.ethnicity_observed, sort.ho_code, sort.group, sort.subgroup,
        linked.crime_flags[crime.key] if crime is not None else linked.flags, tuple(sorted(sources)),
        suspect.person_key,
    )


def arrest_rows(linked: Linked) -> list[ArrestRow]:
    """The arrests, as events."""
    rows: list[ArrestRow] = []
    for suspect in linked.suspects:
        for history, told in suspect.arrests:
            at = instant(told.arrest_at)
            refs = {canon(ref) for ref in told.crime_refs} or suspect.refs
            crimes = [crime for crime in linked.crimes if crime.ref in refs]
            sort = crimes[0].sort if crimes else linked.sort
            rows.append(
                ArrestRow(
                    linked.case_id, history.record_id, suspect.key, told.force, at.ms, at.precision,
                    ms_of(told.released_at), told.release_status or "", len(crimes), sort.group,
                    linked.crime_flags[crimes[0].key] if crimes else linked.flags, suspect.person_key,
                )
            )
    return rows
