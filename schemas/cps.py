"""The CPS contracts: pre-charge consultation, decision, file review, and the defendant's outcome.

The two-way interface between police and CPS has no public schema; these are our own, after the charging review
that the courts receive and the definitions of the CJS Delivery Data Dashboard. A *proceeding* is one suspect (later
defendant) in one set of proceedings, the unit in which the CPS counts.
"""

from typing import Literal

from pydantic import Field

from schemas.people import Person
from schemas.values import Code, Contract, Id, Moment, SequenceNumber, Text

Plea = Literal["guilty", "not_guilty", "not_known"]


class Proceeding(Contract):
    """Whom it is about: the identifiers that a CPS record shares with police and courts."""

    proceeding_id: Id = Field(description="one suspect in one set of proceedings, unique in the CPS system")
    cps_case_id: Id | None = None
    urn: Id | None = None
    asn: Id | None = None
    cps_defendant_id: Id | None = None
    suspect_id: Id | None = Field(None, description="the police suspect id")
    crime_refs: tuple[Id, ...] = ()
    cps_area: Code | None = None
    cps_unit: Code | None = None
    force: Code | None = None
    flags: tuple[Code, ...] = Field((), description="CPS monitoring flags: rape, rasso, domestic_abuse ...")
    person: Person | None = None


class Consultation(Contract):
    """A pre-charge consultation (measures C01, C02, C07 to C09, C12). The first one received is the referral;
    `with_party` says who has to act next."""

    consultation_id: Id
    proceeding: Proceeding
    kind: Literal["early_advice", "charging_decision"]
    received_at: Moment
    completed_at: Moment | None = None
    custody: bool | None = None
    charging_pilot: bool | None = None
    with_party: Literal["police", "cps"] | None = None


class ProposedCharge(Contract):
    """A charge that is proposed or authorised."""

    charge_id: Id | None = None
    offence_code: Code
    title: Text | None = None
    category: Code | None = None
    occurred_from: Moment | None = None
    occurred_to: Moment | None = None
    sequence: SequenceNumber | None = None
    crime_ref: Id | None = None
    anticipated_plea: Plea | None = None


class Decision(Contract):
    """A decision of the prosecutor (measures C03 to C07). `pending` (police must investigate further) is no legal
    decision. A charge counts as charged volume (C06) once a first hearing is registered."""

    decision_id: Id
    proceeding: Proceeding
    decision: Literal["charge", "no_further_action", "out_of_court_disposal", "pending"]
    decision_at: Moment | None = None
    code_test: Literal["full_code", "threshold"] | None = None
    code_test_met: bool | None = None
    nfa_reason: Literal["evidential", "public_interest"] | None = None
    charge_authorised_at: Moment | None = None
    first_hearing_registered_at: Moment | None = None
    anticipated_plea: Plea | None = None
    proposed_charges: tuple[ProposedCharge, ...] = ()
    authorised_charges: tuple[ProposedCharge, ...] = ()


class FileReview(Contract):
    """An assessment of a police file against the Director's Guidance, 6th edition (measure C10)."""

    review_id: Id
    proceeding: Proceeding
    reviewed_at: Moment
    dg6_compliant: bool
    anticipated_plea: Plea | None = None
    failures: tuple[Text, ...] = ()


class DefendantOutcome(Contract):
    """How the CPS finalised a defendant (measures C14 to C16)."""

    outcome_id: Id
    proceeding: Proceeding
    completed_at: Moment
    final_result: Literal[
        "guilty_plea", "convicted_after_trial", "proved_in_absence",
        "discontinued", "discharged_committal", "no_evidence_offered", "dismissed", "acquitted",
        "administratively_finalised",
    ]
    stop_reason: Literal["evidential", "public_interest", "victim_or_witness"] | None = None
    nonconviction_reason: Code | None = Field(
        None, description="such as complainant_does_not_support, complainant_refuses_to_attend"
    )
    principal_offence_category: Code | None = None
