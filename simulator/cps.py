"""What the CPS tells: consultations, decisions, file reviews, and how a defendant's case ended."""

from typing import NamedTuple

from simulator.days import DAY, HOUR, MINUTE, moment
from simulator.rates import SPREADS, share
from simulator.telling import Case, Data, PersonTruth, Suspect

SOURCE = "/cps/casework"


class Decided(NamedTuple):
    """The last decision: when, and whether it was a charge."""

    at: int
    charge: bool


def open_proceedings(case: Case, suspects: list[Suspect]) -> None:
    """Give the suspects their numbers at the CPS."""
    cps_case_id = case.numbers.next("CPS")
    for one in suspects:
        one.proceeding_id = case.numbers.next("PR")
        one.cps_defendant_id = case.numbers.next("CD")
        flags = []
        if any(crime.domestic for crime in one.crimes):
            flags.append("domestic_abuse")
        kind = one.crimes[0].kind
        if kind.ho_code == "19C":
            flags.append("rape")
        if kind.cps == "sexual":
            flags.append("rasso")
        one.proceeding = {
            "proceeding_id": one.proceeding_id, "cps_case_id": cps_case_id, "urn": one.urn, "asn": one.asn,
            "cps_defendant_id": one.cps_defendant_id, "cps_area": case.place.cps_area, "force": case.place.force,
            "flags": flags, "person": {"name": one.police_facts["name"],
                                       "date_of_birth": one.police_facts["date_of_birth"]},
        }
        if case.crime_refs_beyond:
            one.proceeding["crime_refs"] = [crime.ref for crime in one.crimes]


def about(one: Suspect) -> tuple[PersonTruth, ...]:
    """Whom a record of a proceeding is about."""
    return ((one.proceeding_id, "offender", one.person.true_id),)


def tell_consultation(case: Case, one: Suspect, received: int, kind: str) -> int:
    """A consultation asked for and completed; the time of its completion."""
    dice = case.dice
    consultation_id = case.numbers.next("CO")
    data: Data = {
        "consultation_id": consultation_id, "proceeding": one.proceeding, "kind": kind,
        "received_at": moment(received), "custody": one.custody, "charging_pilot": one.custody and dice.chance(0.2),
        "with_party": "cps",
    }
    case.tell(received, "cps.consultation", SOURCE, consultation_id, data, about(one), 1)
    completed = received + dice.spell(SPREADS["consultation, custody" if one.custody else "consultation"])
    case.tell(completed, "cps.consultation", SOURCE, consultation_id,
              {**data, "completed_at": moment(completed), "with_party": "police"}, about(one), 2)
    return completed


def tell_decision(case: Case, one: Suspect, when: int, decision: str, reason: str = "") -> None:
    """A decision; a pending one sends the file back to the police."""
    dice = case.dice
    decision_id = case.numbers.next("DE")
    data: Data = {
        "decision_id": decision_id, "proceeding": one.proceeding, "decision": decision, "decision_at": moment(when),
        "anticipated_plea": "guilty" if one.guilty and dice.chance(0.85) else "not_guilty",
    }
    proposed = [
        {"offence_code": crime.kind.cjs_code, "title": crime.kind.title, "sequence": index,
         "category": crime.kind.cps, "occurred_from": moment(crime.occurred)}
        for index, crime in enumerate(one.crimes, 1)
    ]
    data["proposed_charges"] = proposed
    if decision == "charge":
        data |= {
            "code_test": "threshold" if one.custody and dice.chance(0.3) else "full_code", "code_test_met": True,
            "charge_authorised_at": moment(when), "authorised_charges": proposed,
        }
        one.decision, one.decision_version = data, 1
    elif decision == "no_further_action":
        data |= {"code_test": "full_code", "code_test_met": False, "nfa_reason": reason or "evidential"}
    case.tell(when, "cps.decision", SOURCE, decision_id, data, about(one), 1)


def tell_first_hearing_registered(case: Case, one: Suspect, when: int) -> None:
    """The CPS registers the first hearing: from now on the charge counts as charged."""
    if one.decision:
        one.decision = {**one.decision, "first_hearing_registered_at": moment(when)}
        case.tell(when, "cps.decision", SOURCE, one.decision["decision_id"], one.decision, about(one), 2)


def refer(case: Case, suspects: list[Suspect], received: int, *, charge: bool, reason: str = "evidential") -> Decided:
    """Refer suspects and see them decided: early advice, pending responses, and the legal decision."""
    dice = case.dice
    sexual = suspects[0].crimes[0].kind.cps == "sexual"
    if not suspects[0].custody and dice.chance(share("CPS early advice, sexual" if sexual else
                                                     "CPS early advice, other")):
        for one in suspects:
            done = tell_consultation(case, one, received, "early_advice")
        received = done + dice.spell(SPREADS["police action plan"])
    rounds = 0
    while rounds < 3 and not suspects[0].custody and dice.chance(share("CPS pending response")):
        for one in suspects:
            done = tell_consultation(case, one, received, "charging_decision")
            tell_decision(case, one, done, "pending")
        received = done + dice.spell(SPREADS["police action plan"])
        rounds += 1
    for one in suspects:
        done = tell_consultation(case, one, received, "charging_decision")
    done += 10 * MINUTE
    if charge and dice.chance(share("CPS re-referral after no further action")):
        for one in suspects:
            tell_decision(case, one, done, "no_further_action")
        received = done + dice.spell(SPREADS["police action plan"])
        for one in suspects:
            done = tell_consultation(case, one, received, "charging_decision")
        done += 10 * MINUTE
    for one in suspects:
        tell_decision(case, one, done, "charge" if charge else "no_further_action", reason)
    return Decided(done, charge)


def tell_review(case: Case, one: Suspect, when: int) -> None:
    """An assessment of the police's file."""
    dice = case.dice
    if not dice.chance(share("file reviewed")):
        return
    review_id = case.numbers.next("FR")
    good = dice.chance(share("file compliant"))
    data: Data = {
        "review_id": review_id, "proceeding": one.proceeding, "reviewed_at": moment(when), "dg6_compliant": good,
        "anticipated_plea": "guilty" if one.guilty else "not_guilty",
    }
    if not good:
        data["failures"] = [dice.pick(("disclosure schedule missing", "statement missing", "redaction incomplete"))]
    case.tell(when, "cps.file_review", SOURCE, review_id, data, about(one), 1)


_REASONS = {"evidential": "evidential", "public_interest": "public_interest", "victim": "victim_or_witness"}


def tell_defendant_outcome(case: Case, one: Suspect, when: int, result: str, stopped: str = "") -> None:
    """How the CPS finalised a defendant, some hours after the court."""
    outcome_id = case.numbers.next("OU")
    data: Data = {
        "outcome_id": outcome_id, "proceeding": one.proceeding, "completed_at": moment(when),
        "final_result": result, "principal_offence_category": one.crimes[0].kind.cps,
    }
    if stopped:
        data["stop_reason"] = _REASONS[stopped]
    if result in ("discontinued", "no_evidence_offered", "acquitted", "dismissed"):
        data["nonconviction_reason"] = (
            case.dice.pick(("complainant_does_not_support", "complainant_refuses_to_attend"))
            if one.victim_left or stopped == "victim" else "evidential"
        )
    case.tell(when + case.dice.whole(4, 60) * HOUR, "cps.defendant_outcome", SOURCE, outcome_id, data, about(one), 1)


def custody_referral(case: Case, one: Suspect) -> int:
    """When the file of an arrested suspect comes to the CPS."""
    seen = one.arrested or one.interviewed
    if one.custody:
        return seen + case.dice.spell(SPREADS["arrest to referral, custody"])
    return (seen + case.dice.spell(SPREADS["arrest to referral"])) // DAY * DAY + case.dice.whole(9, 17) * HOUR
