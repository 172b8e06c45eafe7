"""The contracts of prisons and probation: prisoner and probation records, custody movements, recalls, supervision
and its end, prison capacity, and the notices that say only that something happened."""

from typing import Literal

from pydantic import Field

from schemas.people import Person
from schemas.values import Code, Contract, Day, Headcount, Id, Moment, Text


class Sentence(Contract):
    """The sentence or warrant that someone is held or supervised under, as far as prison or probation know it.
    Probation keeps URN and ASN as additional identifiers; the warrant names the court case."""

    urn: Id | None = None
    asn: Id | None = None
    court_case_id: Id | None = None
    defendant_id: Id | None = None
    sentenced_on: Day | None = None


class Prisoner(Contract):
    """A prisoner as prisons hold them now. A person record: it joins no case by itself."""

    prison_number: Id
    booking_id: Id | None = None
    person: Person = Person()
    crn: Id | None = None
    status: Text | None = None
    in_out_status: Code | None = None
    prison_id: Code | None = None
    legal_status: Code | None = None
    imprisonment_status: Text | None = None
    convicted_status: Code | None = None
    recall: bool | None = None
    indeterminate: bool | None = None
    last_movement_type: Code | None = None
    last_movement_reason: Code | None = None
    received_on: Day | None = None
    sentence_started_on: Day | None = None
    sentence_expires_on: Day | None = None
    licence_expires_on: Day | None = None
    conditional_release_on: Day | None = None
    confirmed_release_on: Day | None = None
    release_on: Day | None = None
    category: Code | None = None
    most_serious_offence: Text | None = None


class ProbationCase(Contract):
    """A person as probation hold them. It joins no case by itself."""

    crn: Id
    person: Person = Person()
    prison_number: Id | None = None
    sentence_dates: tuple[Day, ...] = ()
    status: Code | None = None
    region: Code | None = None


class CustodyMovement(Contract):
    """Into, out of or between prisons (measures H01, H03, S05). `movement_code` is the NOMIS reason (N new, 24
    recall, CR conditional release, DEC died ...)."""

    movement_id: Id
    prison_number: Id
    booking_id: Id | None = None
    movement: Literal["received", "released", "transferred", "to_court", "from_court", "temporary_absence"]
    at: Moment
    prison_id: Code | None = None
    reason: Code | None = None
    movement_code: Code | None = None
    custody_type: Literal[
        "remand_untried", "remand_unsentenced", "sentenced", "recall", "indeterminate", "non_criminal"
    ] | None = None
    sentence: Sentence | None = None


class Recall(Contract):
    """A recall from licence (measure H04). Its reasons are several, so their sum exceeds the recalls."""

    recall_id: Id
    prison_number: Id | None = None
    crn: Id | None = None
    recalled_at: Moment
    kind: Literal["standard", "fixed_term"] | None = None
    reasons: tuple[Code, ...] = ()
    returned_at: Moment | None = None
    sentence: Sentence | None = None


class Supervision(Contract):
    """A spell of probation supervision (measures H05, H06)."""

    supervision_id: Id
    crn: Id
    kind: Literal["community_order", "suspended_sentence_order", "licence", "post_sentence", "youth_order", "other"]
    started_at: Moment
    expected_end_on: Day | None = None
    region: Code | None = None
    sentence: Sentence | None = None


class SupervisionEnd(Contract):
    """The end of a spell of supervision, told apart from its start."""

    supervision_id: Id
    crn: Id
    ended_at: Moment
    termination_reason: Literal["completed", "revoked", "recalled", "died", "other"]


class PrisonCapacity(Contract):
    """What a prison can hold on a day (measure H02). Numbers of people."""

    prison_id: Code
    on: Day
    operational_capacity: Headcount
    certified_accommodation: Headcount | None = None
    operating_margin: Headcount | None = None


class Notice(Contract):
    """A thin event: someone's record changed, for a reason; the facts are fetched elsewhere. Kept for freshness and
    for people linking; it joins no case."""

    notice: Id = Field(description="the source's event type, such as probation-case.registration.added")
    prison_number: Id | None = None
    crn: Id | None = None
    booking_id: Id | None = None
    prison_id: Code | None = None
    reason: Code | None = None
    detail: Text | None = None
