"""The message names of Common Platform and what each becomes: one table, and the ways in which a message tells its
name.

Names as the publication descriptors of HMCTS cpp-context-progression, -listing, -hearing, -results,
-staging-prosecutors-spi and of the court messages to HMPPS have them. The private and the public form of a name
(`hearing.trial-vacated`, `public.hearing.trial-vacated`; `progression.x`, `public.progression.event.x`) are one.
"""

import re
from typing import NamedTuple


class Handling(NamedTuple):
    """What a message becomes: `makes` is hearing, case, police_result, sending_sheet, libra_case, match, unmatch,
    patch or nothing; `patch` the kind of a patch."""

    makes: str
    patch: str = "other"


_HEARING = Handling("hearing")
_CASE = Handling("case")


def _patch(kind: str) -> Handling:
    return Handling("patch", kind)


NAMES: dict[str, Handling] = {
    # cases
    "public.progression.prosecution-case-created": _CASE,
    "public.progression.sjp-prosecution-case-created": _CASE,
    "public.progression.group-prosecution-cases-created": _CASE,
    "public.progression.prosecution-cases-referred-to-court": _CASE,
    "public.progression.court-proceedings-initiated": _CASE,
    "public.progression.hearing-resulted-case-updated": _CASE,
    "LIBRA_COURT_CASE": Handling("libra_case"),
    "public.progression.defendants-added-to-case": _patch("defendant_added"),
    "public.progression.defendants-added-to-court-proceedings": _patch("defendant_added"),
    "public.progression.defendants-added-to-hearing": _patch("defendant_added"),
    "public.progression.defendant-added": _patch("defendant_added"),
    "public.progression.case-defendant-changed": _patch("defendant_changed"),
    "public.progression.defendant-address-changed": _patch("defendant_changed"),
    "public.progression.defendant-offences-changed": _patch("offences_changed"),
    "public.progression.defendant-matched": Handling("match"),
    "public.progression.defendant-unmatched": Handling("unmatch"),
    "public.progression.case-linked": _patch("case_linked"),
    "public.progression.case-markers-updated": _patch("case_markers"),
    "public.progression.defendant-legalaid-status-updated": _patch("legal_aid"),
    "public.progression.events.case-or-application-ejected": _patch("case_ejected"),
    "public.progression.events.cps-prosecutor-updated": _patch("prosecutor_changed"),
    "public.progression.event.case-cps-prosecutor-updated": _patch("prosecutor_changed"),
    "public.progression.events.hearing-extended": _patch("hearing_extended"),
    "public.progression.court-application-created": _patch("application"),
    "public.progression.court-application-updated": _patch("application"),
    "public.progression.court-application-changed": _patch("application"),
    "public.progression.court-application-proceedings-initiated": _patch("application"),
    "public.progression.events.sending-sheet-completed": Handling("sending_sheet"),
    "public.events.progression.case-retention-length-calculated": _patch("case_retention"),
    "public.events.progression.custody-time-limit-extended": _patch("custody_time_limit"),
    "public.stagingprosecutorsspi.event.prosecution-case-filtered": _patch("other"),
    "public.prosecutioncasefile.prosecution-case-unsupported": _patch("other"),
    "public.sjp.events.conviction-court-resolved": _patch("other"),
    # listing
    "public.listing.hearing-requested-for-listing": _patch("hearing_listed"),
    "public.listing.case-sent-for-listing": _patch("hearing_listed"),
    "public.listing.hearing-listed": _patch("hearing_listed"),
    "public.listing.hearing-confirmed": _patch("hearing_listed"),
    "public.listing.hearing-updated": _patch("hearing_listed"),
    "public.listing.hearing-partially-updated": _patch("hearing_listed"),
    "public.listing.hearing-rescheduled": _patch("hearing_listed"),
    "public.listing.hearing-days-changed-for-hearing": _patch("hearing_listed"),
    "public.events.listing.next-hearing-day-changed": _patch("hearing_listed"),
    "public.listing.vacated-trial-updated": _patch("trial_vacated"),
    "public.listing.cases-added-to-hearing": _patch("hearing_extended"),
    "public.listing.offences-moved-to-next-hearing": _patch("other"),
    "public.listing.create-next-hearing-requested": _patch("other"),
    "public.listing.hearing-unallocated-courtroom-removed": _patch("other"),
    "public.listing.court-list-published": _patch("other"),
    "public.listing.court-daily-list": _patch("other"),
    "public.events.listing.hearing-deleted": _patch("hearing_deleted"),
    "public.events.listing.allocated-hearing-deleted": _patch("hearing_deleted"),
    "public.events.listing.hearing-unallocated": _patch("other"),
    # hearing
    "public.events.hearing.hearing-resulted": _HEARING,
    "public.hearing-resulted": _HEARING,
    "public.hearing.resulted": _HEARING,
    "public.progression.hearing-resulted": _HEARING,
    "hearing.results-shared": _HEARING,
    "COMMON_PLATFORM_HEARING": _HEARING,
    "public.hearing.initiated": _patch("hearing_listed"),
    "public.hearing.event-logged": _patch("hearing_event"),
    "public.hearing.event-amended": _patch("hearing_event"),
    "public.hearing.event-timestamp-corrected": _patch("hearing_event"),
    "public.hearing.hearing-offence-plea-updated": _patch("plea"),
    "public.hearing.plea-updated": _patch("plea"),
    "public.hearing.hearing-offence-verdict-updated": _patch("verdict"),
    "public.hearing.verdict-updated": _patch("verdict"),
    "public.hearing.offence-conviction-date-changed": _patch("conviction_date"),
    "public.hearing.offence-conviction-date-removed": _patch("conviction_date"),
    "public.hearing.defendant-attendance-updated": _patch("attendance"),
    "public.hearing.defendant-case-withdrawn-or-dismissed": _patch("withdrawn_or_dismissed"),
    "public.hearing.trial-vacated": _patch("trial_vacated"),
    "hearing.hearing-trial-type-set": _patch("trial_type"),
    "public.hearing.hearing-days-cancelled": _patch("hearing_day_cancelled"),
    "public.hearing.adjourned": _patch("adjourned"),
    "public.hearing.defence-counsel-added": _patch("counsel"),
    "public.hearing.prosecution-counsel-added": _patch("counsel"),
    "public.events.hearing.marked-as-duplicate": _patch("duplicate_hearing"),
    "public.events.hearing.custody-time-limit-clock-stopped": _patch("custody_time_limit"),
    "public.hearing.live-status-published": _patch("other"),
    "public.hearing.compute-outstanding-fines-requested": _patch("other"),
    "public.hearing.nces-email-notification-for-application": _patch("other"),
    # results
    "public.results.police-result-generated": Handling("police_result"),
    # a message that says only where the message is
    "commonplatform.large.case.received": Handling("nothing"),
}
"""The documented names."""

FAMILIES: dict[str, Handling] = {
    "hearing.results-shared": _HEARING,  # numbered versions
    "hearing.events.results-shared": _HEARING,
    "public.progression.cotr-": _patch("other"),
    "public.progression.pet-": _patch("other"),
    "public.progression.form-": _patch("other"),
    "public.cpscasemanagement.event.pet-": _patch("other"),
    "public.prosecutioncasefile.cps-": _patch("other"),
    "public.hearing.result-amendments-": _patch("other"),
    "public.events.listing.offences-removed-from-": _patch("other"),
}
"""Documented families: names that begin so."""


def _plain(name: str) -> str:
    """A name without its decoration: `public.events.hearing.x`, `hearing.event.x` -> hearing.x"""
    words = [word for word in name.strip().lower().split(".") if word not in ("public", "event", "events")]
    return ".".join(words)


_PLAIN = {_plain(name): (name, handling) for name, handling in reversed(NAMES.items())}
_PLAIN_FAMILIES = {_plain(name): (name, handling) for name, handling in FAMILIES.items()}


def handling_of(name: str) -> tuple[str, Handling] | None:
    """The documented spelling of a message's name and what the message becomes; None for an unknown name."""
    plain = _plain(name)
    if plain in _PLAIN:
        return _PLAIN[plain]
    return next(((name, found[1]) for start, found in _PLAIN_FAMILIES.items() if plain.startswith(start)), None)


def name_in(file_name: str) -> str | None:
    """The longest documented name that a file's name contains; None where there is none."""
    plain = _plain(file_name)
    found = [
        known for known in (*_PLAIN, *_PLAIN_FAMILIES)
        if (place := re.search(rf"(?<![a-z0-9]){re.escape(known)}", plain)) and not plain[place.end() :][:1].isalnum()
    ]
    return max(found, key=len) if found else None


def name_by_shape(payload: dict[str, object]) -> str | None:
    """The message that has these top-level keys; None where no documented one has."""
    keys = payload.keys()
    for name, needed in _SHAPES:
        if needed <= keys:
            return name
    hearing = payload.get("hearing")
    if isinstance(hearing, dict) and "id" in hearing:
        return "public.events.hearing.hearing-resulted"
    if "id" in keys and ("hearingDays" in keys or {"jurisdictionType", "courtCentre"} <= keys):
        return "public.events.hearing.hearing-resulted"
    return None


_SHAPES: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (name, frozenset(keys.split()))
    for name, keys in (
        ("public.hearing.event-logged", "hearingEvent hearingEventDefinition"),
        ("public.hearing.event-logged", "hearingEventId recordedLabel"),
        ("public.progression.prosecution-case-created", "prosecutionCase"),
        ("public.progression.court-proceedings-initiated", "courtReferral"),
        ("public.listing.hearing-confirmed", "confirmedHearing"),
        ("public.listing.hearing-updated", "updatedHearing"),
        ("public.listing.hearing-partially-updated", "hearingIdToBeUpdated"),
        ("public.results.police-result-generated", "courtCentreWithLJA defendant"),
        ("public.progression.events.sending-sheet-completed", "hearing crownCourtHearing"),
        ("public.hearing.hearing-offence-plea-updated", "hearingId pleaModel"),
        ("public.hearing.hearing-offence-verdict-updated", "hearingId verdicts"),
        ("public.hearing.trial-vacated", "hearingId vacatedTrialReasonId"),
        ("hearing.hearing-trial-type-set", "hearingId trialTypeId"),
        ("public.hearing.defendant-attendance-updated", "hearingId attendanceDay"),
        ("public.hearing.initiated", "hearingId hearingDateTime"),
        ("public.hearing.defendant-case-withdrawn-or-dismissed", "resultedOffences"),
        ("public.progression.defendant-offences-changed", "updatedOffences"),
        ("public.progression.defendant-offences-changed", "addedOffences"),
        ("public.progression.case-markers-updated", "prosecutionCaseId caseMarkers"),
        ("public.hearing.offence-conviction-date-changed", "offenceId convictionDate"),
        ("public.progression.case-linked", "linkActionType cases"),
        ("public.progression.events.case-or-application-ejected", "removalReason"),
        ("public.progression.defendants-added-to-court-proceedings", "defendants listHearingRequests"),
        ("public.progression.defendant-legalaid-status-updated", "defendantId legalAidStatus"),
        ("public.events.progression.custody-time-limit-extended", "offenceId extendedTimeLimit"),
        ("LIBRA_COURT_CASE", "caseNo courtCode"),
    )
)
