"""Proceedings at the CPS: one a suspect and set of proceedings, timed from the first referral."""

from typing import Any

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from schemas.rows import ProceedingRow
from tests.builders import defendant, hearing, history, offence

OF = {"proceeding_id": "P1", "asn": "25001"}


def consultation(number: int, received: str, completed: str | None = None, **more: Any) -> RecordHistory:
    return history("cps.consultation", {
        "consultation_id": f"K{number}", "proceeding": OF, "kind": "charging_decision", "received_at": received,
        "completed_at": completed} | more)


def decision(number: int, kind: str, at: str, **more: Any) -> RecordHistory:
    return history("cps.decision", {
        "decision_id": f"X{number}", "proceeding": OF, "decision": kind, "decision_at": at} | more)


def one(*records: RecordHistory) -> ProceedingRow:
    rows: dict[str, Any] = project_case("c1", records)
    (row,) = rows["case_proceedings"]
    assert isinstance(row, ProceedingRow)
    return row


def test_a_suspect_returned_to_police_and_charged_later_is_one_legal_decision_from_the_first_referral() -> None:
    row = one(
        consultation(1, "2025-01-02", "2025-01-20", kind="early_advice"), decision(1, "pending", "2025-01-21"),
        consultation(2, "2025-03-01", "2025-03-10"), decision(2, "charge", "2025-03-11"),
    )
    day = 86_400_000
    assert (row.legal, row.decision, row.returned_to_police, row.consultations_completed) == (1, "charge", 1, 2)
    assert row.charge_decision_at is not None
    assert row.first_referral_at is not None
    assert (row.charge_decision_at - row.first_referral_at) // day == 68
    assert row.referral_kind == "early_advice"
    assert row.receipt_at is not None  # of the charging decision, not of the early advice


def test_a_pending_response_is_no_legal_decision_and_the_police_hold_it() -> None:
    row = one(consultation(1, "2025-01-02", "2025-01-20"), decision(1, "pending", "2025-01-21"))
    assert (row.legal, row.decision, row.live, row.with_party) == (0, "pending", 1, "police")


def test_charged_volume_needs_a_first_hearing_registered() -> None:
    assert one(decision(1, "charge", "2025-03-11")).charged_volume == 0
    assert one(decision(1, "charge", "2025-03-11", first_hearing_registered_at="2025-03-20")).charged_volume == 1


def test_consultations_after_the_charge_are_marked() -> None:
    rows: dict[str, Any] = project_case("c1", [
        consultation(1, "2025-01-02", "2025-02-10"), decision(1, "charge", "2025-02-11"),
        consultation(2, "2025-03-02", "2025-03-03"),
    ])
    found = {row.received_at: (row.days, row.after_charge) for row in rows["case_consultations"]}
    assert sorted(found.values()) == [(1, 1), (39, 0)]


def test_a_guilty_plea_at_the_first_hearing_meets_what_was_anticipated() -> None:
    heard = hearing("H1", "2025-04-01", defendant(1, offence(plea="GUILTY", plea_on="2025-04-01")))
    row = one(decision(1, "charge", "2025-03-11", anticipated_plea="guilty"), heard)
    assert (row.anticipated_plea, row.first_hearing_plea) == ("guilty", "guilty")
