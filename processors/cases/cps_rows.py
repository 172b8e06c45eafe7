"""Rows of the CPS: proceedings, consultations, decisions and file reviews."""

from processors.cases.charging import CONVICTED, Proceeding
from processors.cases.court_model import day_of, ms_of
from processors.cases.linked import Linked, traits
from processors.cases.offences import Offence as Sort
from processors.cases.pleas import plea_on_day
from processors.standardise.moments import instant, london_day
from schemas.rows import ConsultationRow, DecisionRow, FileReviewRow, ProceedingRow

CpsRow = ProceedingRow | ConsultationRow | DecisionRow | FileReviewRow


def first_plea(linked: Linked, proceeding: Proceeding) -> tuple[str, int | None]:
    """guilty or not_guilty at the defendant's first hearing, and its day."""
    defendant = proceeding.defendant
    if defendant is None or not defendant.days:
        return "", None
    first = min(defendant.days)
    return plea_on_day(linked, defendant.key, first), first


def proceeding_row(linked: Linked, held: Proceeding, sort: Sort, flags: tuple[str, ...]) -> ProceedingRow:
    """One proceeding, from referral to its end at the CPS."""
    of, referral, legal, outcome = held.of, held.referral, held.legal, held.outcome
    pending = any(told.decision == "pending" for _, told in held.decisions)
    charged = legal is not None and legal.decision == "charge"
    decided_at = instant(legal.decision_at) if legal is not None and legal.decision_at else None
    received = instant(referral.received_at) if referral is not None else None
    completed = [
        instant(told.completed_at).ms for _, told in held.consultations
        if told.kind == "charging_decision" and told.completed_at
    ]
    plea, heard = first_plea(linked, held)
    anticipated = ""
    for _, told in held.decisions:
        anticipated = told.anticipated_plea or anticipated
    for _, review in held.reviews:
        anticipated = anticipated or (review.anticipated_plea or "")
    persons = [person for person in (of.person,) if person is not None]
    if held.suspect is not None:
        persons += held.suspect.persons
    who = traits(persons, None)
    return ProceedingRow(
        linked.case_id, held.key, linked.force, of.cps_area or "", of.cps_unit or "",
        received.ms if received else None, received.precision if received else "",
        referral.kind if referral is not None else "", min(completed, default=None),
        legal.decision if legal is not None else "pending" if pending else "", decided_at.ms if decided_at else None,
        int(legal is not None), (legal.nfa_reason or "") if legal is not None else "",
        (legal.code_test or "") if legal is not None else "",
        ms_of(legal.charge_authorised_at) if charged and legal is not None else None,
        decided_at.ms if charged and decided_at else None, decided_at.precision if charged and decided_at else "",
        ms_of(legal.first_hearing_registered_at) if charged and legal is not None else None,
        int(charged and legal is not None and legal.first_hearing_registered_at is not None),
        len(held.consultations), sum(told.completed_at is not None for _, told in held.consultations),
        sum(told.decision == "pending" for _, told in held.decisions), held.with_party, int(held.live), anticipated,
        plea, heard, ms_of(outcome.completed_at) if outcome else None, outcome.final_result if outcome else "",
        int(outcome.final_result in CONVICTED) if outcome else None, (outcome.stop_reason or "") if outcome else "",
        (outcome.nonconviction_reason or "") if outcome else "",
        (outcome.principal_offence_category or "") if outcome else "",
        held.suspect.key if held.suspect is not None else "", held.defendant.key if held.defendant is not None else "",
        who.sex, who.birth_month, who.ethnicity_self, who.ethnicity_observed, sort.ho_code, sort.group, sort.subgroup,
        flags, held.person_key,
    )


def cps_rows(linked: Linked) -> dict[str, list[CpsRow]]:
    """The rows of all CPS tables."""
    found: dict[str, list[CpsRow]] = {
        "case_proceedings": [], "case_consultations": [], "case_decisions": [], "case_file_reviews": [],
    }
    for held in linked.proceedings:
        own = held.facts
        for crime in held.crimes:
            own |= linked.facts.crimes[crime.key]
        flags = linked.rules.flags(own)
        sort = held.crimes[0].sort if held.crimes else linked.sort
        area = held.of.cps_area or ""
        found["case_proceedings"].append(proceeding_row(linked, held, sort, flags))
        legal = held.legal
        charged = ms_of(legal.decision_at) if legal is not None and legal.decision == "charge" else None
        for history, told in held.consultations:
            received = instant(told.received_at).ms
            done = day_of(told.completed_at)
            found["case_consultations"].append(
                ConsultationRow(
                    linked.case_id, history.record_id, held.key, linked.force, area, told.kind, received,
                    ms_of(told.completed_at), done - london_day(told.received_at) if done is not None else None,
                    None if told.custody is None else int(told.custody),
                    None if told.charging_pilot is None else int(told.charging_pilot), told.with_party or "",
                    int(charged is not None and received > charged), sort.group, flags,
                )
            )
        for history, decision in held.decisions:
            found["case_decisions"].append(
                DecisionRow(
                    linked.case_id, history.record_id, held.key, linked.force, area, decision.decision,
                    ms_of(decision.decision_at), int(decision.decision != "pending"), decision.nfa_reason or "",
                    decision.code_test or "", None if decision.code_test_met is None else int(decision.code_test_met),
                    ms_of(decision.charge_authorised_at), ms_of(decision.first_hearing_registered_at),
                    len(decision.proposed_charges), len(decision.authorised_charges), sort.group, flags,
                )
            )
        for history, review in held.reviews:
            found["case_file_reviews"].append(
                FileReviewRow(
                    linked.case_id, history.record_id, held.key, linked.force, area, ms_of(review.reviewed_at),
                    int(review.dg6_compliant), review.anticipated_plea or "", review.failures, sort.group, flags,
                )
            )
    return found
