"""What the CPS tell: consultations, decisions, reviews of files, and how each defendant's proceedings ended."""

from typing import Any

from simulator.moments import DAY, HOUR, iso
from simulator.rates import rate
from simulator.story import CPS, Case, Suspect

_FAILURES = ("missing disclosure schedule", "no victim personal statement", "key evidence missing", "late submission")
_ENDINGS: dict[str, tuple[str, ...]] = {
    "guilty": ("guilty_plea",),
    "convicted": ("convicted_after_trial", "convicted_after_trial", "convicted_after_trial", "proved_in_absence"),
    "acquitted": ("acquitted", "acquitted", "dismissed"),
    "dropped": ("discontinued", "discontinued", "no_evidence_offered"),
}


def _proceeding(case: Case, suspect: Suspect, with_urn: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "proceeding_id": f"PR{suspect.ref[1:]}", "cps_case_id": case.cps_case_id, "asn": suspect.asn,
        "cps_defendant_id": f"D{suspect.ref[1:]}", "suspect_id": suspect.ref, "force": case.force,
        "cps_area": f"A{int(case.force) % 14 + 1:02d}", "person": suspect.who.at_court,
    }  # fmt: skip
    if with_urn:
        made["urn"] = case.urn
    if case.crimes[0].offence.flag == "rape":
        made["flags"] = ["rape", "rasso"]
    return made


def consult(case: Case, start: int, charged: bool) -> int:
    """Consultations about all suspects, and the decisions but for the charge itself, which `authorise` tells; the
    time of the decision."""
    rng = case.rng
    time = start + int(rng.expovariate(1 / (6 * DAY)))
    wait = int(rng.expovariate(1 / (rate("days to decision") * DAY))) + 2 * HOUR
    case.anticipated_plea = "guilty" if rng.random() < rate("guilty plea anticipated") else "not_guilty"
    for suspect in case.suspects:
        suspect.proceeding = _proceeding(case, suspect, False)
    if rng.random() < rate("early advice"):
        for suspect in case.suspects:
            _consultation(case, suspect, "E", "early_advice", time, time + 2 * DAY)
        time += 3 * DAY
    if rng.random() < rate("pending first"):
        for suspect in case.suspects:
            _consultation(case, suspect, "P", "charging_decision", time, time + wait)
            _review(case, suspect, "P", time + wait // 2, False)
            _decision(case, suspect, "P", time + wait, {"decision": "pending"})
        time += wait + int(rng.expovariate(1 / (rate("days pending") * DAY))) + DAY
        wait = int(rng.expovariate(1 / (7 * DAY))) + HOUR
    for suspect in case.suspects:
        _consultation(case, suspect, "C", "charging_decision", time, time + wait)
        _review(case, suspect, "C", time + wait // 2, rng.random() < rate("file compliant"))
        if not charged:
            reason = "evidential" if rng.random() < 0.85 else "public_interest"
            _decision(case, suspect, "C", time + wait, {
                "decision": "no_further_action", "code_test": "full_code", "code_test_met": False, "nfa_reason": reason,
            })  # fmt: skip
    return time + wait


def _consultation(case: Case, suspect: Suspect, mark: str, kind: str, received: int, completed: int) -> None:
    ref = f"CON{suspect.ref[1:]}-{mark}"
    state: dict[str, Any] = {
        "consultation_id": ref, "proceeding": suspect.proceeding, "kind": kind, "received_at": iso(received),
        "custody": suspect.custody, "with_party": "cps",
    }  # fmt: skip
    case.tell(received + 120, "cps.consultation", CPS, ref, state, suspect.persons)
    done = {**state, "completed_at": iso(completed), "with_party": "police"}
    case.tell(completed + 180, "cps.consultation", CPS, ref, done, suspect.persons)


def _review(case: Case, suspect: Suspect, mark: str, time: int, compliant: bool) -> None:
    ref = f"REV{suspect.ref[1:]}-{mark}"
    state: dict[str, Any] = {
        "review_id": ref, "proceeding": suspect.proceeding, "reviewed_at": iso(time), "dg6_compliant": compliant,
        "anticipated_plea": case.anticipated_plea,
    }  # fmt: skip
    if not compliant:
        state["failures"] = [case.rng.choice(_FAILURES)]
    case.tell(time + 300, "cps.file_review", CPS, ref, state, suspect.persons)


def _decision(case: Case, suspect: Suspect, mark: str, decided: int, more: dict[str, Any], later: int = 0) -> None:
    ref = f"DEC{suspect.ref[1:]}-{mark}"
    state = {"decision_id": ref, "proceeding": suspect.proceeding, "decision_at": iso(decided), **more}
    case.tell(decided + 300 + later, "cps.decision", CPS, ref, state, suspect.persons)


def authorise(case: Case, decided: int, registered: int) -> None:
    """The decision to charge: it carries ASN and URN. Told again when the first hearing is registered."""
    for suspect in case.suspects:
        suspect.proceeding = _proceeding(case, suspect, True)
        more: dict[str, Any] = {
            "decision": "charge", "code_test": "threshold" if suspect.custody else "full_code", "code_test_met": True,
            "charge_authorised_at": iso(decided), "anticipated_plea": case.anticipated_plea,
            "authorised_charges": [
                {"offence_code": charge.base["offence_code"], "sequence": charge.base["sequence"]}
                for charge in suspect.charges
            ],
        }  # fmt: skip
        _decision(case, suspect, "C", decided, more)
        more = {**more, "first_hearing_registered_at": iso(registered)}
        _decision(case, suspect, "C", decided, more, registered - decided)


def finalise(case: Case, suspect: Suspect, time: int) -> None:
    """How the CPS closed a defendant."""
    rng = case.rng
    if not suspect.proceeding:  # charged by the police alone: the CPS hears of it at court
        suspect.proceeding = _proceeding(case, suspect, True)
    ref = f"OUT{suspect.ref[1:]}"
    state: dict[str, Any] = {
        "outcome_id": ref, "proceeding": suspect.proceeding, "completed_at": iso(time),
        "final_result": rng.choice(_ENDINGS[suspect.fate]),
    }  # fmt: skip
    if suspect.fate == "dropped":
        state["stop_reason"] = rng.choice(("evidential", "public_interest", "victim_or_witness"))
        if state["stop_reason"] == "victim_or_witness":
            state["nonconviction_reason"] = "complainant_does_not_support"
    case.tell(time + 1800, "cps.defendant_outcome", CPS, ref, state, suspect.persons)
