"""The events that agencies push: CloudEvents 1.0, one class for each `type`, and the table of record kinds.

An event carries the whole state of one record of one agency. `source` names the agency's system, `subject` the
record's id in it, `time` when the state came to be, `sequence` (an extension) its order where the source numbers its
states. The same `source` and `id` twice is the same event twice.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from schemas import court, cps, hmpps, linking, police, thin
from schemas.values import Id, Moment, Text


class Envelope(BaseModel):
    """The CloudEvents 1.0 attributes; extension attributes beside `sequence` are accepted and kept in the archive."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: Id
    source: Id
    subject: Annotated[str, Field(min_length=1, max_length=400)]
    time: Moment | None = None
    sequence: Annotated[str, Field(max_length=40)] | None = None
    datacontenttype: Text = "application/json"
    dataschema: Text | None = None


class PoliceIncidentEvent(Envelope):
    """A report to the police. Subject: `incident_ref`."""

    type: Literal["police.incident"] = "police.incident"
    data: police.Incident


class PoliceCrimeEvent(Envelope):
    """A recorded crime. Subject: `crime_ref`."""

    type: Literal["police.crime"] = "police.crime"
    data: police.Crime


class PoliceCrimeOutcomeEvent(Envelope):
    """The outcome assigned to a crime. Subject: `crime_ref`."""

    type: Literal["police.crime_outcome"] = "police.crime_outcome"
    data: police.CrimeOutcome


class PoliceSuspectEvent(Envelope):
    """A suspect of a crime. Subject: `suspect_id`."""

    type: Literal["police.suspect"] = "police.suspect"
    data: police.Suspect


class PoliceArrestEvent(Envelope):
    """An arrest. Subject: `arrest_ref`."""

    type: Literal["police.arrest"] = "police.arrest"
    data: police.Arrest


class PoliceStopSearchEvent(Envelope):
    """A stop and search. Subject: `stop_ref`."""

    type: Literal["police.stop_search"] = "police.stop_search"
    data: police.StopSearch


class PoliceVictimSupportEvent(Envelope):
    """Whether a victim supports the case. Subject: `victim_id`."""

    type: Literal["police.victim_support"] = "police.victim_support"
    data: police.VictimSupport


class PoliceVictimServiceEvent(Envelope):
    """Something owed to a victim. Subject: `service_ref`."""

    type: Literal["police.victim_service"] = "police.victim_service"
    data: police.VictimService


class PoliceProsecutionEvent(Envelope):
    """A prosecution started by police (SPI new case). Subject: `urn`; `urn/asn` from a source that tells each defendant
    apart, as the SPI adapter does, so that a message replaces only the defendants whom it names."""

    type: Literal["police.prosecution"] = "police.prosecution"
    data: police.Prosecution


class CpsConsultationEvent(Envelope):
    """A pre-charge consultation. Subject: `consultation_id`."""

    type: Literal["cps.consultation"] = "cps.consultation"
    data: cps.Consultation


class CpsDecisionEvent(Envelope):
    """A prosecutor's decision. Subject: `decision_id`."""

    type: Literal["cps.decision"] = "cps.decision"
    data: cps.Decision


class CpsFileReviewEvent(Envelope):
    """An assessment of a police file. Subject: `review_id`."""

    type: Literal["cps.file_review"] = "cps.file_review"
    data: cps.FileReview


class CpsDefendantOutcomeEvent(Envelope):
    """How the CPS finalised a defendant. Subject: `outcome_id`."""

    type: Literal["cps.defendant_outcome"] = "cps.defendant_outcome"
    data: cps.DefendantOutcome


class CourtCaseEvent(Envelope):
    """A prosecution case at court. Subject: `court_case_id`; `court/case number/defendant` for an item of a list from
    Libra, which tells one defendant."""

    type: Literal["court.case"] = "court.case"
    data: court.CourtCase


class CourtHearingEvent(Envelope):
    """One sitting day of a hearing. Subject: `hearing_id/hearing_day`."""

    type: Literal["court.hearing"] = "court.hearing"
    data: court.Hearing


class CourtTrialListingEvent(Envelope):
    """A trial in the list of one day. Subject: `hearing_id/listed_for`."""

    type: Literal["court.trial_listing"] = "court.trial_listing"
    data: court.TrialListing


class CourtPatchEvent(Envelope):
    """A message that changes one thing. Subject: `patch/target`."""

    type: Literal["court.patch"] = "court.patch"
    data: court.Patch


class CourtResultedCaseEvent(Envelope):
    """Results sent to the police. Subject: `resulted_case_id`."""

    type: Literal["court.resulted_case"] = "court.resulted_case"
    data: court.ResultedCase


class CourtRemandEvent(Envelope):
    """A remand decision. Subject: `remand_id`."""

    type: Literal["court.remand"] = "court.remand"
    data: court.Remand


class CourtWarrantEvent(Envelope):
    """A warrant. Subject: `warrant_id`."""

    type: Literal["court.warrant"] = "court.warrant"
    data: court.Warrant


class CourtSessionEvent(Envelope):
    """A court room's sitting day. Subject: `court_ou/court_room/session_on`."""

    type: Literal["court.session"] = "court.session"
    data: court.CourtSession


class CourtMatchEvent(Envelope):
    """Defendants matched or unmatched. Subject: `defendant_id`."""

    type: Literal["court.match"] = "court.match"
    data: thin.Match


class HmppsPrisonerEvent(Envelope):
    """A prisoner as prisons hold them. Subject: `prison_number`."""

    type: Literal["hmpps.prisoner"] = "hmpps.prisoner"
    data: hmpps.Prisoner


class HmppsProbationCaseEvent(Envelope):
    """A person as probation hold them. Subject: `crn`."""

    type: Literal["hmpps.probation_case"] = "hmpps.probation_case"
    data: hmpps.ProbationCase


class HmppsCustodyMovementEvent(Envelope):
    """Into, out of or between prisons. Subject: `movement_id`."""

    type: Literal["hmpps.custody_movement"] = "hmpps.custody_movement"
    data: hmpps.CustodyMovement


class HmppsRecallEvent(Envelope):
    """A recall from licence. Subject: `recall_id`."""

    type: Literal["hmpps.recall"] = "hmpps.recall"
    data: hmpps.Recall


class HmppsSupervisionEvent(Envelope):
    """A spell of supervision. Subject: `supervision_id`."""

    type: Literal["hmpps.supervision"] = "hmpps.supervision"
    data: hmpps.Supervision


class HmppsSupervisionEndEvent(Envelope):
    """The end of a spell of supervision. Subject: `supervision_id`."""

    type: Literal["hmpps.supervision_end"] = "hmpps.supervision_end"
    data: hmpps.SupervisionEnd


class HmppsPrisonCapacityEvent(Envelope):
    """What a prison can hold. Subject: `prison_id/on`."""

    type: Literal["hmpps.prison_capacity"] = "hmpps.prison_capacity"
    data: hmpps.PrisonCapacity


class HmppsNoticeEvent(Envelope):
    """Something happened to a record. Subject: `notice/event id`."""

    type: Literal["hmpps.notice"] = "hmpps.notice"
    data: hmpps.Notice


class HmppsMergeEvent(Envelope):
    """Two records are one person. Subject: `merged_id`."""

    type: Literal["hmpps.merge"] = "hmpps.merge"
    data: thin.Merge


class HmppsUnmergeEvent(Envelope):
    """A merge is undone. Subject: `reactivated_id`."""

    type: Literal["hmpps.unmerge"] = "hmpps.unmerge"
    data: thin.Unmerge


class LinkDecisionEvent(Envelope):
    """A person's decision about linking. Subject: the two record ids, the lesser first, with `/` between them. It is
    taken from `feeds.casestream` alone, and so is its deletion."""

    type: Literal["casestream.link_decision"] = "casestream.link_decision"
    data: linking.LinkDecision


class HmppsPersonDecisionEvent(Envelope):
    """Two records of people, of any systems, are decided to be of one person or of two. Subject: the decision's id."""

    type: Literal["hmpps.person_decision"] = "hmpps.person_decision"
    data: thin.PersonDecision


class RecordDeletedEvent(Envelope):
    """A record is deleted at its source. Subject: that of the deleted record."""

    type: Literal["record.deleted"] = "record.deleted"
    data: thin.Deletion


Event = (
    PoliceIncidentEvent
    | PoliceCrimeEvent
    | PoliceCrimeOutcomeEvent
    | PoliceSuspectEvent
    | PoliceArrestEvent
    | PoliceStopSearchEvent
    | PoliceVictimSupportEvent
    | PoliceVictimServiceEvent
    | PoliceProsecutionEvent
    | CpsConsultationEvent
    | CpsDecisionEvent
    | CpsFileReviewEvent
    | CpsDefendantOutcomeEvent
    | CourtCaseEvent
    | CourtHearingEvent
    | CourtTrialListingEvent
    | CourtPatchEvent
    | CourtResultedCaseEvent
    | CourtRemandEvent
    | CourtWarrantEvent
    | CourtSessionEvent
    | CourtMatchEvent
    | HmppsPrisonerEvent
    | HmppsProbationCaseEvent
    | HmppsCustodyMovementEvent
    | HmppsRecallEvent
    | HmppsSupervisionEvent
    | HmppsSupervisionEndEvent
    | HmppsPrisonCapacityEvent
    | HmppsNoticeEvent
    | HmppsMergeEvent
    | HmppsUnmergeEvent
    | LinkDecisionEvent
    | HmppsPersonDecisionEvent
    | RecordDeletedEvent
)
"""Any event of the contracts."""

EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])
"""Parses and validates one event, from JSON bytes or from a dict; raises pydantic's ValidationError."""

Agency = Literal["police", "cps", "hmcts", "hmpps", "casestream"]
AGENCIES: tuple[Agency, ...] = ("police", "cps", "hmcts", "hmpps", "casestream")
"""Each has a feed topic; that of casestream itself is for what people decide about linking."""


NO_CASE = 80
"""The least rank of the kinds that tell of a person, a place or linking itself, and of no case."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record. `opens_case`: a component of linked records is a case only if one of them opens it.
    `rank`: the least member of a component under (rank, record id) names the case; from `NO_CASE` on a record has no
    identifier of a case, so it can belong to none."""

    name: str
    model: type[BaseModel]
    agency: Agency
    opens_case: bool
    rank: int

    @property
    def of_cases(self) -> bool:
        """Whether a record of this kind can belong to a case."""
        return self.rank < NO_CASE


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("police.incident", police.Incident, "police", False, 50),
        Kind("police.crime", police.Crime, "police", True, 0),
        Kind("police.crime_outcome", police.CrimeOutcome, "police", False, 60),
        Kind("police.suspect", police.Suspect, "police", True, 10),
        Kind("police.arrest", police.Arrest, "police", True, 11),
        Kind("police.stop_search", police.StopSearch, "police", False, 90),
        Kind("police.victim_support", police.VictimSupport, "police", False, 61),
        Kind("police.victim_service", police.VictimService, "police", False, 62),
        Kind("police.prosecution", police.Prosecution, "police", True, 5),
        Kind("cps.consultation", cps.Consultation, "cps", True, 20),
        Kind("cps.decision", cps.Decision, "cps", True, 21),
        Kind("cps.file_review", cps.FileReview, "cps", False, 63),
        Kind("cps.defendant_outcome", cps.DefendantOutcome, "cps", True, 22),
        Kind("court.case", court.CourtCase, "hmcts", True, 2),
        Kind("court.hearing", court.Hearing, "hmcts", True, 3),
        Kind("court.trial_listing", court.TrialListing, "hmcts", False, 64),
        Kind("court.patch", court.Patch, "hmcts", False, 65),
        Kind("court.resulted_case", court.ResultedCase, "hmcts", True, 4),
        Kind("court.remand", court.Remand, "hmcts", False, 66),
        Kind("court.warrant", court.Warrant, "hmcts", False, 67),
        Kind("court.session", court.CourtSession, "hmcts", False, 91),
        Kind("court.match", thin.Match, "hmcts", False, 92),
        Kind("hmpps.prisoner", hmpps.Prisoner, "hmpps", False, 80),
        Kind("hmpps.probation_case", hmpps.ProbationCase, "hmpps", False, 81),
        Kind("hmpps.custody_movement", hmpps.CustodyMovement, "hmpps", False, 70),
        Kind("hmpps.recall", hmpps.Recall, "hmpps", False, 71),
        Kind("hmpps.supervision", hmpps.Supervision, "hmpps", False, 72),
        Kind("hmpps.supervision_end", hmpps.SupervisionEnd, "hmpps", False, 73),
        Kind("hmpps.prison_capacity", hmpps.PrisonCapacity, "hmpps", False, 93),
        Kind("hmpps.notice", hmpps.Notice, "hmpps", False, 94),
        Kind("hmpps.merge", thin.Merge, "hmpps", False, 95),
        Kind("hmpps.unmerge", thin.Unmerge, "hmpps", False, 96),
        Kind(linking.LINK_DECISION, linking.LinkDecision, "casestream", False, 97),
        Kind("hmpps.person_decision", thin.PersonDecision, "hmpps", False, 98),
    )
}
"""Every kind of record by its type; `record.deleted` is no kind, it deletes a record of one."""


def agency_of(event: Event) -> Agency:
    """The agency whose feed topic an event belongs to."""
    kind = event.data.kind if isinstance(event, RecordDeletedEvent) else event.type
    return KINDS[kind].agency
