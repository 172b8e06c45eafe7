"""What the police tell: incident, crimes, suspects, arrests, victims, outcomes; and the charge file to the court."""

from simulator import days
from simulator.days import DAY, HOUR, MINUTE, at, day_of, day_text, moment
from simulator.dice import Dice, Weighted
from simulator.people import facts, little, someone
from simulator.rates import OFFENCES, SPREADS, OffenceKind, share
from simulator.telling import Case, Crime, Data, PersonTruth, Suspect, Victim

_HOURS: Weighted[int] = Weighted([(hour, 1.0 if hour < 7 else 3.0 if hour < 18 else 4.0) for hour in range(24)])
_OTHER_ENDS: Weighted[str] = Weighted([
    ("14", 0.36), ("21", 0.24), ("20", 0.08), ("10", 0.14), ("9", 0.03), ("5", 0.02), ("11", 0.01), ("12", 0.04),
    ("13", 0.02), ("17", 0.06),
])  # fmt: skip
_DIVERTED: Weighted[str] = Weighted([("8", 0.62), ("3", 0.18), ("22", 0.14), ("2", 0.04), ("6", 0.02)])
_RELATIONS = ("partner", "ex_partner", "family")
_WITHOUT_SUSPECT = frozenset({"18", "14", "21", "20"})
_SERIAL = frozenset({"28E", "30C", "45", "46", "39", "49", "34B"})
_BY_CODE = {kind.ho_code: kind for kind in OFFENCES}
_CALLS = ("Violence", "Theft", "Suspicious person", "Disturbance", "Concern for safety", "Noise")


def source(force: str) -> str:
    """The name of a force's crime system."""
    return f"/police/{force}/records"


def draw_end(dice: Dice, kind: OffenceKind, weight: float) -> str:
    """How a crime ends, as an outcome type of the Home Office; 1 is charged."""
    charged = min(0.9, kind.charged * weight)
    if dice.chance(charged):
        return "1"
    rest = dice.roll() * (1 - kind.charged)
    for end, size in (("16", kind.unsupported), ("15", kind.evidential), ("18", kind.no_suspect)):
        if rest < size:
            return end
        rest -= size
    if rest < kind.diverted:
        return "7" if kind.ho_code == "92D" and dice.chance(0.25) else dice.of(_DIVERTED)
    return dice.of(_OTHER_ENDS)


def tell_incident_only(case: Case, day: int) -> None:
    """A report that is no crime."""
    force, dice = case.place.force, case.dice
    reported = at(day, dice.of(_HOURS) * HOUR + dice.whole(0, 59) * MINUTE)
    ref = case.numbers.next(f"I{force}")
    case.tell(reported + dice.whole(60, 900), "police.incident", source(force), ref, {
        "incident_ref": ref, "force": force, "reported_at": moment(reported), "category": dice.pick(_CALLS),
    })


def tell_crimes(case: Case, kind: OffenceKind, day: int, end: str, again: Victim | None) -> None:
    """The report and the recording of the case's crimes: one; several of one incident; or, where somebody will be
    found, a series. `again`: a victim of an earlier case who is one here too."""
    dice, force = case.dice, case.place.force
    reported = at(day, dice.of(_HOURS) * HOUR + dice.whole(0, 59) * MINUTE)
    sexual = kind.cps == "sexual"
    occurred = reported - dice.spell(SPREADS["offence to report, sexual" if sexual else "offence to report"])
    recorded = reported + dice.spell(SPREADS["report to recorded"])
    kinds = [kind]
    if end not in _WITHOUT_SUSPECT:
        if kind.ho_code in _SERIAL and dice.chance(share("series of crimes")):
            kinds += [kind] * dice.whole(1, 4)
        elif dice.chance(share("several crimes, one incident")):
            kinds.append(_BY_CODE["58C" if kind.ho_code != "58C" else "105A"])
    one_incident = kinds[-1] is not kind
    incident = ""
    if one_incident or dice.chance(share("crime has an incident")):
        incident = case.numbers.next(f"I{force}")
        case.tell(reported, "police.incident", source(force), incident, _incident(incident, force, reported, kind, []))
    domestic = dice.chance(kind.domestic) or (again is not None and kind.victim == "person")
    shared: Victim | None = again if domestic else None
    refs: list[str] = []
    for index, one in enumerate(kinds):
        if index and not one_incident:
            later = dice.whole(2 * HOUR, 12 * DAY)
            occurred, recorded = occurred + later, recorded + later
        elif index:
            recorded += dice.whole(5, 90) * MINUTE
        if recorded >= case.end:
            break
        ref = case.numbers.crime(force, case.year)
        crime = Crime(ref, one, {}, recorded, occurred, _victims(case, one, shared, domestic, recorded // DAY),
                      domestic, of_series=bool(index) and not one_incident)
        shared = shared or (crime.victims[0] if crime.victims and one_incident else None)
        case.crimes.append(crime)
        if incident and (index == 0 or one_incident):
            refs.append(ref)
            case.tell(recorded, "police.incident", source(force), incident,
                      _incident(incident, force, reported, kind, list(refs)))
        _tell_crime(case, crime, incident if index == 0 or one_incident else "", reported if index == 0 else 0)


def _incident(ref: str, force: str, reported: int, kind: OffenceKind, refs: list[str]) -> Data:
    told: Data = {
        "incident_ref": ref, "force": force, "reported_at": moment(reported), "category": kind.title,
        "location": {"text": f"Beat {force}-{reported % 89:02}"},
    }
    if refs:
        told["crime_refs"] = refs
    return told


def _victims(case: Case, kind: OffenceKind, known: Victim | None, domestic: bool, day: int) -> list[Victim]:
    if kind.victim == "state":
        return []
    dice = case.dice
    victim_id = case.numbers.next(f"V{case.place.force}")
    if kind.victim == "organisation":
        return [Victim(victim_id, victim_id, {"victim_id": victim_id, "kind": "organisation"})]
    if known is not None:
        return [Victim(victim_id, known.true_id, {**known.data, "victim_id": victim_id})]
    person = someone(dice, case.numbers, case.place.force, day, youth=0.0 if kind.ho_code == "19C" else 0.06)
    sex = "female" if kind.cps == "sexual" or dice.chance(0.72 if domestic else 0.45) else "male"
    chance = dice.roll()
    data: Data = {
        "victim_id": victim_id, "sex": sex, "age": days.age(person.born, day),
        "person": {"name": {"first": person.first, "last": person.last}, "date_of_birth": days.text(person.born)},
    }
    if chance < 0.7:
        data["ethnicity_self"] = person.by_self
    if chance < 0.85:
        data["ethnicity_observed"] = person.observed
    if chance < 0.5:
        data["vulnerable"] = chance < 0.14
    if domestic:
        data["relationship"] = dice.pick(_RELATIONS)
    elif chance < 0.6:
        data["relationship"] = "stranger" if chance < 0.4 else "acquaintance"
    return [Victim(victim_id, f"v{person.number}", data)]


def _about(victims: list[Victim]) -> tuple[PersonTruth, ...]:
    return tuple((one.victim_id, "victim", one.true_id) for one in victims if "person" in one.data)


def _tell_crime(case: Case, crime: Crime, incident: str, reported: int) -> None:
    dice, kind, force = case.dice, crime.kind, case.place.force
    flags = []
    if crime.domestic:
        flags.append("domestic_abuse")
    chance = dice.roll()
    if chance < 0.03:
        flags.append(dice.pick(("hate_race", "hate_race", "hate_religion", "hate_disability", "hate_sexual")))
    elif chance > 0.96 and kind.cps in ("offences_against_person", "robbery"):
        flags.append("knife")
    crime.data = data = {
        "crime_ref": crime.ref, "force": force, "recorded_at": moment(crime.recorded),
        "occurred_from": moment(crime.occurred), "ho_code": kind.ho_code, "offence_code": kind.cjs_code,
        "category": kind.title, "flags": flags, "victims": [one.data for one in crime.victims],
    }
    if reported and not dice.chance(share("reported by hand, time unknown")):
        data["reported_at"] = moment(reported) if chance < 0.9 else day_text(reported)
    if incident:
        data["incident_ref"] = incident
    about = _about(crime.victims)
    case.tell(crime.recorded, "police.crime", source(force), crime.ref, data, about)
    if dice.chance(share("crime reclassified")):
        crime.data = {**data, "flags": [*flags, "older_people"], "category": f"{kind.title} (reviewed)"}
        case.tell(crime.recorded + dice.whole(2, 20) * DAY, "police.crime", source(force), crime.ref, crime.data, about)


def tell_cancelled(case: Case) -> None:
    """No crime was committed after all."""
    for crime in case.crimes:
        on = crime.recorded + case.dice.whole(1, 30) * DAY + HOUR
        case.tell(on, "police.crime", source(case.place.force), crime.ref,
                  {**crime.data, "cancelled_at": moment(on)}, _about(crime.victims))


def tell_outcome(case: Case, crime: Crime, when: int, end: str) -> None:
    """The outcome assigned to a crime; told again when it changes."""
    force = case.place.force
    case.tell(when, "police.crime_outcome", source(force), crime.ref, {
        "crime_ref": crime.ref, "force": force, "outcome_at": moment(when), "outcome_type": end,
    })


def tell_support(case: Case, crime: Crime, when: int, status: str, stage: str) -> None:
    """Whether the victims of a crime support the case."""
    for victim in crime.victims:
        victim.supports = status == "supports"
        case.tell(when, "police.victim_support", source(case.place.force), victim.victim_id, {
            "crime_ref": crime.ref, "victim_id": victim.victim_id, "status": status, "at": moment(when),
            "stage": stage,
        })


def tell_service(case: Case, victim: Victim, kind: str, when: int, due: int, urn: str, crime_ref: str) -> None:
    """Something owed to a victim: told when due, and again when done; a tenth is never done."""
    dice, force = case.dice, case.place.force
    ref = case.numbers.next(f"S{force}")
    data: Data = {"service_ref": ref, "victim_id": victim.victim_id, "kind": kind, "due_at": moment(when + due)}
    data |= {"urn": urn} if urn else {"crime_ref": crime_ref}
    case.tell(when, "police.victim_service", source(force), ref, data)
    if dice.chance(0.9):
        done = when + int(due * (0.3 + dice.roll()))
        case.tell(done, "police.victim_service", source(force), ref, {**data, "done_at": moment(done)})


def tell_suspects(case: Case, suspects: list[Suspect], bail: str) -> None:
    """The suspects: identified, then arrested or interviewed, when their ASN is given. `bail`: how an arrest ends."""
    dice, force = case.dice, case.place.force
    last = max(crime.recorded for crime in case.crimes)
    identified = last + dice.spell(SPREADS["recorded to suspect"])
    if identified >= case.end:
        _forget_series(case)
    for suspect in suspects:
        suspect.identified = identified
        about = ((suspect.suspect_id, "offender", suspect.person.true_id),)
        data: Data = {
            "suspect_id": suspect.suspect_id, "force": force,
            "crime_refs": [crime.ref for crime in suspect.crimes], "identified_at": moment(identified),
        }
        case.tell(identified, "police.suspect", source(force), suspect.suspect_id,
                  {**data, "person": little(suspect.person, dice)}, about)
        seen = identified + dice.spell(SPREADS["suspect to arrest"])
        suspect.police_facts = facts(suspect.person, dice, "police")
        data |= {"asn": suspect.asn, "person": suspect.police_facts}
        if dice.chance(share("arrested, of suspects")):
            suspect.arrested = seen
            case.tell(seen, "police.suspect", source(force), suspect.suspect_id, data, about)
            _tell_arrest(case, suspect, seen, bail, about)
        else:
            suspect.interviewed = seen = day_of(seen) * DAY + (10 + dice.whole(0, 6)) * HOUR + DAY
            data["interviewed_at"] = moment(seen)
            case.tell(seen, "police.suspect", source(force), suspect.suspect_id, data, about)
        identified += dice.whole(5, 120) * MINUTE


def _forget_series(case: Case) -> None:
    """Nobody is found before the window ends, so nothing that anybody could know ties the series together: only its
    first crime is told."""
    loose = {crime.ref for crime in case.crimes if crime.of_series}
    if loose:
        case.told[:] = [told for told in case.told if told.subject not in loose]
        case.crimes[:] = [crime for crime in case.crimes if not crime.of_series]


def _tell_arrest(case: Case, suspect: Suspect, seen: int, bail: str, about: tuple[PersonTruth, ...]) -> None:
    force = case.place.force
    ref = case.numbers.next(f"A{force}")
    arrest: Data = {
        "arrest_ref": ref, "force": force, "arrest_at": moment(seen), "suspect_id": suspect.suspect_id,
        "crime_refs": [crime.ref for crime in suspect.crimes], "asn": suspect.asn, "person": suspect.police_facts,
    }
    case.tell(seen, "police.arrest", source(force), ref, arrest, about)
    released = seen + case.dice.spell(SPREADS["arrest to release"])
    status = "charged" if suspect.custody else bail
    case.tell(released, "police.arrest", source(force), ref,
              {**arrest, "released_at": moment(released), "release_status": status}, about)


def tell_prosecution(case: Case, suspects: list[Suspect], first_hearing: int) -> int:
    """The charge file to the court; the time it was sent."""
    place, dice, force = case.place, case.dice, case.place.force
    first = suspects[0]
    sent = max(one.charged for one in suspects) + dice.whole(20, 300) * MINUTE
    defendants = []
    for one in suspects:
        charge_on = day_text(one.charged)
        defendants.append({
            "asn": one.asn, "person": one.police_facts, "bail_status": "C" if one.custody else "B",
            "cps_defendant_id": one.cps_defendant_id,
            "offences": [
                charged_offence(crime, index, charge_on, with_ref=case.crime_refs_beyond)
                for index, crime in enumerate(one.crimes, 1)
            ],
        })
    case.tell(sent, "police.prosecution", source(force), first.urn, {
        "urn": first.urn, "initiation": first.charge_initiation, "originating_organisation": f"0{force}SM00",
        "cps_organisation": place.cps_area, "court_ou": place.magistrates[0],
        "first_hearing_on": day_text(first_hearing), "first_hearing_at": "10:00", "defendants": defendants,
    }, tuple((one.asn, "offender", one.person.true_id) for one in suspects))
    return sent


def charged_offence(crime: Crime, sequence: int, charge_on: str, *, with_ref: bool) -> Data:
    """An offence of the charge file."""
    told: Data = {
        "sequence": sequence, "offence_code": crime.kind.cjs_code, "title": crime.kind.title,
        "occurred_from": moment(crime.occurred), "charge_on": charge_on,
    }
    if with_ref:
        told["crime_ref"] = crime.ref
    return told
