"""Victims of crimes: who they are, what is owed to them, and whether they support the case."""

from random import Random
from typing import Any

from simulator.moments import DAY, HOUR, iso
from simulator.people import ETHNICITIES, random_name
from simulator.rates import rate
from simulator.story import Case, Crime, Persons

_RELATIONSHIPS = ("partner", "ex_partner", "family", "acquaintance", "stranger", "stranger")


def victim(rng: Random, victim_id: str, kind: str) -> dict[str, Any]:
    """A victim of a crime. `kind`: person, woman, organisation or state."""
    if kind in ("organisation", "state"):
        return {"victim_id": victim_id, "kind": kind}
    female = kind == "woman" or rng.random() < 0.5
    made: dict[str, Any] = {
        "victim_id": victim_id, "sex": "female" if female else "male",
        "age": min(92, 13 + int(rng.expovariate(1 / 22))), "ethnicity_self": rng.choice(ETHNICITIES),
        "vulnerable": rng.random() < 0.15, "relationship": rng.choice(_RELATIONSHIPS),
    }  # fmt: skip
    if rng.random() < rate("victim named"):
        made["person"] = {"name": random_name(rng, female), "sex": made["sex"]}
    return made


def is_person(crime: Crime) -> bool:
    """Whether the victim of a crime is someone, not an organisation or the state."""
    return "sex" in crime.victims[0]


def label(crime: Crime) -> Persons:
    """The victim's name in the truth."""
    return (f"v{crime.victims[0]['victim_id'][1:]}",) if is_person(crime) else ()


def needs_assessment(case: Case, recorded: int) -> None:
    """Soon after the report, some victims' needs are assessed or a personal statement is offered; mostly it is done."""
    rng, crime = case.rng, case.crimes[0]
    if not is_person(crime) or rng.random() > 0.25:
        return
    kind = "needs_assessment" if rng.random() < 0.6 else "personal_statement_offered"
    due = recorded + 5 * DAY
    service(case, recorded + 1000, kind, due, None, False)
    if rng.random() < 0.85:
        done = recorded + int(rng.expovariate(1 / (4 * DAY))) + 2000
        service(case, done + 60, kind, due, done, False)


def witness_care(case: Case, now: int) -> None:
    """A trial is to come, so a witness care unit calls; mostly it does."""
    due = now + 10 * DAY
    service(case, now + HOUR, "witness_care_contact", due, None, True)
    done = now + int(case.rng.expovariate(1 / (4 * DAY))) + 2 * HOUR
    if case.rng.random() < rate("witness contacted"):
        service(case, done + 60, "witness_care_contact", due, done, True)


def service(case: Case, time: int, kind: str, due: int, done: int | None, by_urn: bool) -> None:
    """Something owed to the victim of the first crime, tied to the crime or to the case's URN."""
    crime = case.crimes[0]
    if not is_person(crime):
        return
    who = crime.victims[0]["victim_id"]
    ref = f"{who}-{kind}"
    state: dict[str, Any] = {"service_ref": ref, "victim_id": who, "kind": kind, "due_at": iso(due)}
    state["urn" if by_urn else "crime_ref"] = case.urn if by_urn else crime.ref
    if done is not None:
        state["done_at"] = iso(done)
    case.tell(time, "police.victim_service", case.police, ref, state, label(crime))


def support(case: Case, time: int, status: str, stage: str) -> None:
    """The victim of the first crime, if it is someone, says whether they support the case."""
    crime = case.crimes[0]
    if not is_person(crime):
        return
    who = crime.victims[0]["victim_id"]
    case.tell(time + 300, "police.victim_support", case.police, who, {
        "crime_ref": crime.ref, "victim_id": who, "status": status, "at": iso(time), "stage": stage,
    }, label(crime))  # fmt: skip
