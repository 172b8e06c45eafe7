"""The kinds of identifier, and what each may do: join records into cases, attach a record to one, or tell who it is."""

from typing import Final

CRIME_REF: Final = "crime_ref"
ASN: Final = "asn"
URN: Final = "urn"
PROSECUTOR_REF: Final = "prosecutor_ref"
COURT_CASE_ID: Final = "court_case_id"
HEARING_ID: Final = "hearing_id"
DEFENDANT_ID: Final = "defendant_id"
MASTER_DEFENDANT_ID: Final = "master_defendant_id"
OFFENCE_ID: Final = "offence_id"
APPLICATION_ID: Final = "application_id"
MOVEMENT: Final = "movement"
CROWN_CASE_NUMBER: Final = "crown_case_number"
PNC_COURT_REFERENCE: Final = "pnc_court_reference"
LIBRA_CASE_NUMBER: Final = "libra_case_number"
CPS_CASE_ID: Final = "cps_case_id"
CPS_DEFENDANT_ID: Final = "cps_defendant_id"
SUPERVISION_ID: Final = "supervision_id"
PNC: Final = "pnc"
CRO: Final = "cro"
CRN: Final = "crn"
PRISON_NUMBER: Final = "prison_number"
BOOKING_ID: Final = "booking_id"
NINO: Final = "nino"
DRIVER_NUMBER: Final = "driver_number"
MAAT: Final = "maat"
INCLUDE: Final = "include"
EXCLUDE: Final = "exclude"

CASE_KINDS: Final = frozenset(
    {
        CRIME_REF, ASN, URN, PROSECUTOR_REF, COURT_CASE_ID, DEFENDANT_ID, OFFENCE_ID, CROWN_CASE_NUMBER,
        PNC_COURT_REFERENCE, LIBRA_CASE_NUMBER, CPS_CASE_ID, SUPERVISION_ID,
    }
)  # fmt: skip
"""Two records that share one are of one case. HMCTS gives a defendant a new `defendant_id` in each case, so it is of
the case; the `master_defendant_id` is of the person."""

ATTACHING_KINDS: Final = frozenset({HEARING_ID, APPLICATION_ID, MOVEMENT})
"""What several cases may share: a record is attached by it to a case, but it never joins two of them. A movement is a
prisoner's movement of one kind on one day, which several services tell: it stands for no person (`keys`)."""

DECIDING_KINDS: Final = frozenset({INCLUDE, EXCLUDE})
"""The record ids that a person's decision names (`schemas.linking`): they tie nothing by themselves, link applies the
decision. A link that rests on one has the kind `include` and the decision's record id as its value."""

PERSON_KINDS: Final = frozenset(
    {PNC, CRO, CRN, PRISON_NUMBER, BOOKING_ID, NINO, DRIVER_NUMBER, MASTER_DEFENDANT_ID}
)  # fmt: skip
"""Identifiers of people: they never join cases, for one person may have many."""

INFORMING_KINDS: Final = frozenset({CPS_DEFENDANT_ID, MAAT})
"""Kept and counted, but neither joins cases nor names a person: no public source says how far they are unique."""

OPAQUE_KINDS: Final = frozenset(
    {
        COURT_CASE_ID, HEARING_ID, DEFENDANT_ID, MASTER_DEFENDANT_ID, OFFENCE_ID, APPLICATION_ID, CPS_CASE_ID,
        CPS_DEFENDANT_ID, SUPERVISION_ID, BOOKING_ID, MOVEMENT, *DECIDING_KINDS,
    }
)  # fmt: skip
"""Ids that only their owner understands: nothing in them can be checked (see `opaque`)."""

ALL_KINDS: Final = CASE_KINDS | ATTACHING_KINDS | DECIDING_KINDS | PERSON_KINDS | INFORMING_KINDS

STRENGTH: Final = (
    INCLUDE,
    COURT_CASE_ID, DEFENDANT_ID, OFFENCE_ID, CPS_CASE_ID, SUPERVISION_ID,  # a system's own, never typed by hand
    ASN, CROWN_CASE_NUMBER, LIBRA_CASE_NUMBER, PNC_COURT_REFERENCE,  # typed, but checked
    URN, PROSECUTOR_REF, CRIME_REF,  # typed, without a check
    HEARING_ID, APPLICATION_ID, MOVEMENT,  # what several cases share
)  # fmt: skip
"""What may tie records, the most trusted first: where an `exclude` has to cut a chain, it is cut at the weakest link
(`linking.apart`)."""
