"""The event types of HMPPS that we know, as data. Anything else is refused by its name.

Sources: the specification of ministryofjustice/hmpps-domain-events (domain events), the listeners of
hmpps-prisoner-search (NOMIS events), of hmpps-probation-integration-services (legacy Delius events) and of
hmpps-person-record (probation cases). Families of which the specification lists many members are given as a prefix.
"""

RECEIVED = {"prison-offender-events.prisoner.received", "prisoner-offender-search.prisoner.received"}
RELEASED = {"prison-offender-events.prisoner.released", "prisoner-offender-search.prisoner.released"}
"""Two feeds tell the same movement: search at once, prison-offender-events after 45 minutes and only if it was not
undone. Each is a record of its own, under its own source; the rows of a case have the movement once."""

PRISONER_MERGED = "prison-offender-events.prisoner.merged"
CASE_MERGED = "probation-case.merge.completed"
CASE_UNMERGED = "probation-case.unmerge.completed"

PRISONER_RECORD = ("hmpps.prisoner", "hmpps/prisoner-search")
PROBATION_RECORD = ("hmpps.probation_case", "hmpps/probation-case")
"""Kind and source of the two state records."""

PRISONERS_REMOVED = {"prisoner-offender-search.prisoner.removed", "OFFENDER-DELETED"}
CASES_DELETED = {"probation-case.deleted.gdpr"}

OF_PRISONER: tuple[tuple[str, str], ...] = (PRISONER_RECORD,)
OF_PROBATION_CASE: tuple[tuple[str, str], ...] = (
    PROBATION_RECORD, ("hmpps.merge", "hmpps/probation-case"), ("hmpps.unmerge", "hmpps/probation-case"),
)
"""What is deleted with a prison number or CRN: kind and source of the records whose subject it is. A deletion under
data protection takes all of them. A prisoner is removed from prison search also when the number was merged into
another: the record that says so holds no details of a person and must outlive it, or the merge would be undone."""

HEARING_MESSAGE = "COMMON_PLATFORM_HEARING"
COURT_MESSAGES = {"LIBRA_COURT_CASE", "commonplatform.large.case.received"}
"""Court messages that reach HMPPS, for the adapter of the courts: Libra's case list items, and pointers to a stored
body. A hearing is known by its shape, since one without it is none."""

_PRISONS = (
    "prisoner-offender-search.prisoner.created", "prisoner-offender-search.prisoner.updated",
    "prisoner-offender-search.prisoner.removed", "prisoner-offender-search.prisoner.alerts-updated",
    "prisoner-offender-search.prisoner.convicted-status-changed",
    "prison-offender-events.prisoner.imprisonment-status-changed", "prison-offender-events.prisoner.sentence.changed",
    "prison-offender-events.prisoner.sentence-term.changed", "prison-offender-events.prisoner.sentence-dates-changed",
    "prison-offender-events.prisoner.fixed-term-recall.changed", "prison-offender-events.prisoner.booking.moved",
    "prison-offender-events.prisoner.booking.deleted", "prison-offender-events.prisoner.cell.move",
    "prison-offender-events.prisoner.activities-changed", "prison-offender-events.prisoner.appointments-changed",
    "calculate-release-dates.prisoner.changed", "create-and-vary-a-licence.licence.activated",
    "create-and-vary-a-licence.licence.inactivated", "restricted-patients.patient.added",
    "restricted-patients.patient.removed", "court-warrant.file.received",
)

_NOMIS = (
    "EXTERNAL_MOVEMENT_RECORD-INSERTED", "EXTERNAL_MOVEMENT-CHANGED", "OFFENDER-INSERTED", "OFFENDER-UPDATED",
    "OFFENDER-DELETED", "OFFENDER_DETAILS-CHANGED", "OFFENDER_ALIAS-CHANGED", "OFFENDER_BOOKING-INSERTED",
    "OFFENDER_BOOKING-CHANGED", "OFFENDER_BOOKING-REASSIGNED", "OFFENDER_IDENTIFIER-INSERTED",
    "OFFENDER_IDENTIFIER-UPDATED", "OFFENDER_IDENTIFIER-DELETED", "OFFENDER_PROFILE_DETAILS-INSERTED",
    "OFFENDER_PROFILE_DETAILS-UPDATED", "BOOKING_NUMBER-CHANGED", "BED_ASSIGNMENT_HISTORY-INSERTED",
    "IMPRISONMENT_STATUS-CHANGED", "SENTENCING-CHANGED", "SENTENCE_DATES-CHANGED", "SENTENCE_ADJUSTMENT_UPSERTED",
    "CONFIRMED_RELEASE_DATE-CHANGED", "ASSESSMENT-CHANGED", "ASSESSMENT-UPDATED",
)

_PROBATION = (
    "probation-case.engagement.created", "probation-case.engagement.deleted", "probation-case.engagement.recovered",
    "probation-case.personal-details.updated", "probation-case.deleted.gdpr", "probation-case.prison-identifier.added",
    "probation-case.prison-identifier.updated", "probation-case.registration.added",
    "probation-case.registration.updated", "probation-case.registration.deregistered",
    "probation-case.registration.deleted", "probation-case.risk-scores.ogrs.manual-calculation",
    "probation-case.sentence.moved", "pre-sentence.report.started", "pre-sentence.report.completed",
    "event.manager.allocated", "person.community.manager.allocated", "requirement.manager.allocated",
    "licence-condition.manager.allocated", "tier.calculation.complete", "risk-assessment.scores.rsr.determined",
    "risk-assessment.scores.ogrs.determined", "unpaid-work.assessment.completed",
    "prison-recall.recommendation.consideration", "prison-recall.recommendation.management-oversight",
    "prison-recall.recommendation.deleted", "offender-management.handover.changed",
    "offender-management.pom.allocated", "offender-management.allocation.changed",
)

_DELIUS = (
    "OFFENDER_CHANGED", "OFFENDER_DETAILS_CHANGED", "OFFENDER_ADDRESS_CHANGED", "OFFENDER_ALIAS_CHANGED",
    "OFFENDER_MANAGER_CHANGED", "OFFENDER_OFFICER_CHANGED", "OFFENDER_REGISTRATION_CHANGED",
    "OFFENDER_REGISTRATION_DELETED", "OFFENDER_REGISTRATION_DEREGISTERED", "ORDER_MANAGER_CHANGED",
    "CONVICTION_CHANGED", "SENTENCE_CHANGED", "SENTENCE_ORDER_REQUIREMENT_CHANGED",
)

NOTICES = frozenset(_PRISONS + _NOMIS + _PROBATION + _DELIUS)
"""Types that say that something happened to a record; the facts are fetched elsewhere."""

NOTICE_FAMILIES = (
    "prison-offender-events.prisoner.contact-", "person.court-appearance.", "person.court-appearance-movement.",
    "person.temporary-absence.", "person.temporary-absence-authorisation.", "person.temporary-absence-movement.",
    "person.alert", "person.case-note.", "person.csip", "release-date-adjustments.adjustment.", "incentives.",
    "probation-case.alias.", "probation-case.address.", "probation-case.additional-identifier.",
    "probation-case.personal-circumstance.", "intervention.referral.", "approved-premises.",
)


def is_notice(event_type: str) -> bool:
    """Whether a type is one of the notices that we know."""
    return event_type in NOTICES or event_type.startswith(NOTICE_FAMILIES)


RECEPTIONS = {
    "ADMISSION": "received", "NEW_ADMISSION": "received", "READMISSION": "received",
    "READMISSION_SWITCH_BOOKING": "received", "POST_MERGE_ADMISSION": "received", "RETURN_FROM_COURT": "from_court",
    "TRANSFERRED": "transferred", "TEMPORARY_ABSENCE_RETURN": "temporary_absence",
}
"""Reason of a `received` -> movement. Any other reason is a reception, and the reason is kept."""

RELEASES = {
    "RELEASED": "released", "RELEASED_TO_HOSPITAL": "released", "SENT_TO_COURT": "to_court",
    "TRANSFERRED": "transferred", "TEMPORARY_ABSENCE_RELEASE": "temporary_absence",
}
"""Reason of a `released` -> movement. Any other reason (`UNKNOWN` too) is a release, and the reason is kept."""

RECALL_MOVEMENT = "24"
"""NOMIS movement reason: recalled from licence. It makes the custody type `recall`; no other code says one."""

SEX = {
    "male": "male", "m": "male", "female": "female", "f": "female", "not known": "not_known", "n": "not_known",
    "not known / not recorded": "not_known", "not specified (indeterminate)": "other", "other": "other",
    "i": "other", "refused": "not_known",
}
"""NOMIS and Delius words and codes for sex -> the contract's; any other is `not_known`."""

ETHNICITIES = {
    "white: eng./welsh/scot./n.irish/british": "W1", "white: irish": "W2", "white: gypsy or irish traveller": "W3",
    "white: any other background": "W9", "mixed: white and black caribbean": "M1",
    "mixed: white and black african": "M2", "mixed: white and asian": "M3", "mixed: any other background": "M9",
    "asian/asian british: indian": "A1", "asian/asian british: pakistani": "A2",
    "asian/asian british: bangladeshi": "A3", "asian/asian british: chinese": "A4", "chinese": "A4",
    "asian/asian british: any other backgr'nd": "A9", "black/black british: caribbean": "B1",
    "black/black british: african": "B2", "black/black british: any other backgr'nd": "B9", "other: arab": "O2",
    "other: any other background": "O9", "prefer not to say": "NS",
}
"""NOMIS ethnicity texts -> the 18+1 codes. A text that is not here is kept as it is."""
