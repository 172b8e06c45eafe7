"""What the police tell of crimes: incidents, crimes, suspects, arrests, outcomes, the prosecution that they start."""

from random import Random
from typing import Any

from simulator import identifiers, victims
from simulator.moments import DAY, HOUR, day, iso, year
from simulator.people import Population, person, person_number
from simulator.rates import CHARGE_SHARE, FLAG_SHARE, OFFENCES, Offence, rate
from simulator.story import Case, Crime, Suspect, weighted

_WEIGHTS = [sum(offence.weight for offence in OFFENCES[: i + 1]) for i in range(len(OFFENCES))]
_WITH_SUSPECT = (
    ("16", 46), ("15", 26), ("8", 10), ("22", 5), ("3", 3), ("14", 5), ("10", 2), ("17", 1), ("2", 1), ("20", 1),
)  # fmt: skip
_NO_SUSPECT = rate("outcome 18 among those without a suspect")
_WITHOUT = (("18", _NO_SUSPECT), ("14", 0.6 * (1 - _NO_SUSPECT)), ("21", 0.4 * (1 - _NO_SUSPECT)))
_MOST_LIKELY = max(CHARGE_SHARE.values())


def _offence(rng: Random) -> Offence:
    return rng.choices(OFFENCES, cum_weights=_WEIGHTS)[0]


def report(case: Case, start: int, charged: bool) -> int:
    """Incident and crimes, all recorded at once so that one report ties them; the time when they are on record. What
    is `charged` is an offence by how often it is charged, not only by how often it is committed."""
    rng, force = case.rng, case.force
    first = _offence(rng)
    while charged and rng.random() * _MOST_LIKELY > CHARGE_SHARE[first.ho_code]:
        first = _offence(rng)
    count = 1
    while count < 3 and rng.random() < rate("second crime"):
        count += 1
    happened = start - int(rng.expovariate(1 / ((30 if first.flag == "rape" else 2) * DAY))) - 600
    recorded = start + int(rng.expovariate(1 / (9 * HOUR))) + 900
    has_incident = count > 1 or rng.random() < rate("incident first")
    place = {
        "lsoa_code": f"E01{int(force):02d}{case.serial % 997:04d}", "longitude": round(rng.uniform(-4, 1.5), 4),
        "latitude": round(rng.uniform(50.6, 54.9), 4),
    }  # fmt: skip
    for ordinal in range(count):
        offence = first if ordinal == 0 or rng.random() < 0.6 else _offence(rng)
        ref = identifiers.crime_reference(force, case.serial, ordinal, year(start))
        hurt = [victims.victim(rng, f"V{case.serial:08d}-{ordinal}", offence.victim)]
        case.crimes.append(Crime(ref, offence, happened, recorded + 60 * ordinal, hurt))
    incident_ref = f"INC-{force}-{case.serial:08d}"
    if has_incident:
        case.tell(recorded + 300, "police.incident", case.police, incident_ref, {
            "incident_ref": incident_ref, "force": force, "reported_at": iso(start), "category": first.title,
            "occurred_from": iso(happened), "crime_refs": [crime.ref for crime in case.crimes], "location": place,
        })  # fmt: skip
    for ordinal, crime in enumerate(case.crimes):
        flag = crime.offence.flag
        state: dict[str, Any] = {
            "crime_ref": crime.ref, "force": force, "recorded_at": iso(crime.recorded_at), "reported_at": iso(start),
            "occurred_from": iso(crime.happened_at), "ho_code": crime.offence.ho_code,
            "offence_code": crime.offence.cjs_code,
            "category": crime.offence.title, "flags": [flag] if flag and rng.random() < FLAG_SHARE[flag] else [],
            "victims": crime.victims, "location": place,
        }  # fmt: skip
        if has_incident:
            state["incident_ref"] = incident_ref
        case.tell(recorded + 600 + 60 * ordinal, "police.crime", case.police, crime.ref, state, victims.label(crime))
    victims.needs_assessment(case, recorded)
    return recorded + 900


def outcome(case: Case, time: int, kind: str) -> None:
    """The outcome of all crimes of the case."""
    for ordinal, crime in enumerate(case.crimes):
        at = time + 60 * ordinal
        case.tell(at + 600, "police.crime_outcome", case.police, crime.ref, {
            "crime_ref": crime.ref, "force": case.force, "outcome_at": iso(at), "outcome_type": kind,
        })  # fmt: skip


def close_without_suspect(case: Case, on_record: int) -> None:
    """No one was found: most crimes end like this, some stay open."""
    rng = case.rng
    if rng.random() >= rate("not yet assigned"):
        when = on_record + int(rng.expovariate(1 / (rate("days to outcome, no suspect") * DAY))) + 600
        outcome(case, when, weighted(rng, _WITHOUT))


def close_with_suspect(case: Case, when: int) -> bool:
    """A suspect, but no charge; true where the case is taken up again later."""
    rng = case.rng
    if rng.random() < rate("not yet assigned"):
        return False
    kind = weighted(rng, _WITH_SUSPECT)
    if kind == "16":
        victims.support(case, when - 1200, "does_not_support", "police")
    outcome(case, when, kind)
    return kind in ("15", "16") and rng.random() < rate("reopened")


def suspects(case: Case, on_record: int, population: Population, known: list[int] | None) -> int:
    """Suspects and arrests; every record names the crimes, and the arrest gives the ASN. The time after the last.
    `known` are the numbers of people who must be the suspects."""
    rng = case.rng
    seed, neighbours = population.seed, population.neighbours
    numbers = known or [person_number(seed, case.serial, 0, neighbours)]
    while not known and len(numbers) < 3 and rng.random() < rate("co-suspect"):
        numbers.append(person_number(seed, case.serial, len(numbers), neighbours))
    refs = [crime.ref for crime in case.crimes]
    latest = on_record
    for slot, number in enumerate(numbers):
        found = on_record + int(rng.expovariate(1 / (rate("days to arrest") * DAY))) + 1800
        taken = found + int(rng.expovariate(1 / DAY)) + 1800
        asn = identifiers.asn(case.force, case.serial, slot, year(taken))
        suspect = Suspect(f"S{case.serial:08d}-{slot}", person(population, number), asn)
        case.suspects.append(suspect)
        state: dict[str, Any] = {
            "suspect_id": suspect.ref, "force": case.force, "crime_refs": refs, "identified_at": iso(found),
            "person": suspect.who.at_police,
        }  # fmt: skip
        case.tell(found + 600, "police.suspect", case.police, suspect.ref, state, suspect.persons)
        if rng.random() < rate("arrested"):
            suspect.arrested_at = taken
            _arrest(case, suspect, slot, taken, refs)
            done = taken + 900
        else:
            done = taken + 2 * DAY
            state = {**state, "interviewed_at": iso(done - 600)}
        case.tell(done, "police.suspect", case.police, suspect.ref, {**state, "asn": suspect.asn}, suspect.persons)
        latest = max(latest, done)
    return latest + HOUR


def _arrest(case: Case, suspect: Suspect, slot: int, taken: int, refs: list[str]) -> None:
    rng = case.rng
    ref = f"A{case.serial:08d}-{slot}"
    state: dict[str, Any] = {
        "arrest_ref": ref, "force": case.force, "arrest_at": iso(taken), "crime_refs": refs,
        "suspect_id": suspect.ref, "asn": suspect.asn,
    }  # fmt: skip
    case.tell(taken + 600, "police.arrest", case.police, ref, state, suspect.persons)
    released = taken + 4 * HOUR + rng.randrange(18 * HOUR)
    status = "bail" if rng.random() < 0.6 else "released_under_investigation"
    state = {**state, "released_at": iso(released), "release_status": status}
    case.tell(released + 300, "police.arrest", case.police, ref, state, suspect.persons)


def prosecute(case: Case, time: int, first_hearing: int, court_ou: str, with_crime_ref: bool) -> None:
    """The SPI new case: URN and ASNs, the charges, and where they come to court."""
    requisition = all(suspect.arrested_at is None for suspect in case.suspects)
    defendants = []
    for suspect in case.suspects:
        offences = []
        for charge in suspect.charges:
            made = {
                "sequence": charge.base["sequence"], "offence_code": charge.base["offence_code"],
                "title": charge.base["title"], "charge_on": day(time),
            }  # fmt: skip
            if with_crime_ref:
                made["crime_ref"] = charge.crime.ref
            offences.append(made)
        defendants.append({
            "asn": suspect.asn, "person": suspect.who.at_police, "bail_status": "C" if suspect.custody else "U",
            "offences": offences,
        })  # fmt: skip
    case.tell(time + 1800, "police.prosecution", case.police, case.urn, {
        "urn": case.urn, "initiation": "Q" if requisition else "C", "originating_organisation": f"{case.force}00000",
        "court_ou": court_ou, "first_hearing_on": day(first_hearing), "first_hearing_at": "10:00",
        "defendants": defendants,
    }, tuple(suspect.who.label for suspect in case.suspects))  # fmt: skip


_STOP_OBJECTS = (("Controlled drugs", 61), ("Offensive weapons", 16), ("Stolen goods", 16), ("Articles for theft", 7))
_STOP_OUTCOMES = (("A no further action disposal", 68), ("Arrest", 14), ("Community resolution", 12), ("Summons", 6))


def stop_search(case: Case, time: int) -> None:
    """A stop and search, of no case."""
    rng = case.rng
    ref = f"ST-{case.force}-{case.serial:08d}"
    case.tell_apart(time + 1800, "police.stop_search", case.police, ref, {
        "stop_ref": ref, "force": case.force, "stopped_at": iso(time), "kind": "Person search",
        "sex": "Male" if rng.random() < 0.88 else "Female",
        "age_range": rng.choice(("10-17", "18-24", "25-34", "over 34")),
        "ethnicity_observed": rng.choice(("White", "White", "White", "Black", "Asian", "Other")),
        "legislation": "Misuse of Drugs Act 1971 (section 23)", "object_of_search": weighted(rng, _STOP_OBJECTS),
        "outcome": weighted(rng, _STOP_OUTCOMES), "outcome_linked_to_object": rng.random() < 0.25,
    })  # fmt: skip
