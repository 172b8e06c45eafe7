"""The police contracts: incident, crime, outcome, suspect, arrest, stop and search, victims, and the charge file
that police send to the courts (SPI new case)."""

from typing import Literal

from pydantic import Field

from schemas.people import Person, Victim
from schemas.values import Code, Contract, Day, Id, Latitude, Longitude, Moment, SequenceNumber, Text

Force = Code
"""The force's number in the Police National Computer, two digits: 01 Metropolitan ... 63 Dyfed-Powys."""


class Location(Contract):
    """Where it happened, as coarsely as the agency wishes to say it. Longitude and latitude in degrees (WGS 84)."""

    text: Text | None = None
    lsoa_code: Code | None = None
    lsoa_name: Text | None = None
    longitude: Longitude | None = None
    latitude: Latitude | None = None


class Incident(Contract):
    """A report to the police, crime or not. It opens no case; `crime_refs` ties it to the crimes it led to."""

    incident_ref: Id
    force: Force
    reported_at: Moment
    occurred_from: Moment | None = None
    occurred_to: Moment | None = None
    category: Text | None = None
    crime_refs: tuple[Id, ...] = ()
    location: Location | None = None


class Crime(Contract):
    """A recorded crime (measures P01, P02, P10, P12). `ho_code` is the Home Office offence code as police write it
    (19C); `category` the text where a source gives no code. `flags` are the force's own markers, such as
    `domestic_abuse`, `hate_race`, `knife`, `child_abuse`, `modern_slavery`."""

    crime_ref: Id
    force: Force
    recorded_at: Moment
    reported_at: Moment | None = None
    occurred_from: Moment | None = None
    occurred_to: Moment | None = None
    ho_code: Code | None = None
    offence_code: Code | None = Field(None, description="CJS offence code, such as TH68010")
    category: Text | None = None
    incident_ref: Id | None = None
    cancelled_at: Moment | None = None
    transferred_at: Moment | None = None
    flags: tuple[Code, ...] = ()
    victims: tuple[Victim, ...] = ()
    last_outcome: Text | None = Field(
        None, description="the outcome that the crime's own record tells; the record of it is CrimeOutcome"
    )
    location: Location | None = None


class CrimeOutcome(Contract):
    """The outcome assigned to a crime (measures P03 to P09). `outcome_type` is the Home Office type 1 to 22, kept
    as text because 1A, 2A and 3A exist; a text that covers several types has none (decisions, section 8)."""

    crime_ref: Id
    force: Force
    outcome_at: Moment
    outcome_type: Code | None = None
    outcome_text: Text | None = None
    location: Location | None = None


class Suspect(Contract):
    """A person suspected of one or more crimes. `asn` ties them to the court's defendant."""

    suspect_id: Id
    force: Force
    crime_refs: tuple[Id, ...]
    asn: Id | None = None
    identified_at: Moment | None = None
    interviewed_at: Moment | None = Field(None, description="voluntary interview under caution")
    person: Person | None = None


class Arrest(Contract):
    """An arrest (measures P10, P11). A suspect may be arrested more than once; the first counts."""

    arrest_ref: Id
    force: Force
    arrest_at: Moment
    crime_refs: tuple[Id, ...] = ()
    suspect_id: Id | None = None
    asn: Id | None = None
    released_at: Moment | None = None
    release_status: Literal["bail", "released_under_investigation", "charged", "no_further_action"] | None = None
    person: Person | None = None


class StopSearch(Contract):
    """A stop and search. It opens no case and is no crime."""

    stop_ref: Id
    force: Force
    stopped_at: Moment
    kind: Text | None = None
    part_of_operation: bool | None = None
    operation: Text | None = None
    sex: Text | None = None
    age_range: Text | None = None
    ethnicity_self: Text | None = None
    ethnicity_observed: Text | None = None
    legislation: Text | None = None
    object_of_search: Text | None = None
    outcome: Text | None = None
    outcome_linked_to_object: bool | None = None
    more_than_outer_clothing: bool | None = None
    location: Location | None = None


class VictimSupport(Contract):
    """Whether a victim supports the case from now on (measures V02, C15), and at which stage that was said."""

    crime_ref: Id
    victim_id: Id
    status: Literal["supports", "does_not_support", "refuses_to_attend"]
    at: Moment
    stage: Literal["police", "pre_charge", "post_charge", "trial_day"] | None = None
    reason: Text | None = None


class VictimService(Contract):
    """Something owed to a victim under the Victims' Code (measures V03, T17): when due, when done."""

    service_ref: Id
    victim_id: Id
    kind: Literal[
        "needs_assessment", "personal_statement_offered", "personal_statement_taken", "update",
        "witness_care_contact", "special_measures_applied", "special_measures_granted", "section_28_evidence",
    ]
    crime_ref: Id | None = None
    urn: Id | None = None
    due_at: Moment | None = None
    done_at: Moment | None = None


class ChargedOffence(Contract):
    """One offence of a police charge file. `sequence` is the CJS offence sequence number within the ASN."""

    sequence: SequenceNumber | None = None
    offence_code: Code
    title: Text | None = None
    wording: Text | None = None
    occurred_from: Moment | None = None
    occurred_to: Moment | None = None
    arrest_on: Moment | None = None
    charge_on: Moment | None = None
    crime_ref: Id | None = None
    victims: tuple[Victim, ...] = ()


class ChargedDefendant(Contract):
    """A person or organisation that police charge, summons or requisition."""

    asn: Id
    person: Person | None = None
    organisation: Text | None = None
    bail_status: Code | None = None
    cps_defendant_id: Id | None = None
    offences: tuple[ChargedOffence, ...] = ()


class Prosecution(Contract):
    """A prosecution that police start at court: the SPI new case. `initiation` is C charge, S summons, Q or R
    requisition, J single justice procedure, O other."""

    urn: Id
    initiation: Code
    originating_organisation: Code | None = None
    cps_organisation: Code | None = None
    summons_code: Code | None = None
    markers: tuple[Code, ...] = ()
    court_ou: Code | None = None
    first_hearing_on: Day | None = None
    first_hearing_at: Text | None = Field(None, description="clock time in Europe/London, HH:MM")
    defendants: tuple[ChargedDefendant, ...] = ()
