"""Rows of hearings and trial listings."""

from processors.cases.court_model import CourtCase
from processors.cases.court_rows import Court
from processors.cases.hearings import Sitting, hearing_class
from processors.cases.ids import own_id
from processors.cases.linked import Linked, gravity
from processors.cases.offences import UNKNOWN
from processors.cases.trial_listings import Listing
from schemas.rows import HearingRow, TrialListingRow


def hearing_rows(court_case: Court) -> list[HearingRow]:
    """The sitting days of a court case, held and to come."""
    linked, case = court_case.linked, court_case.case
    rows: list[HearingRow] = []
    for seq, sitting in enumerate(court_case.held, 1):
        rows.append(
            HearingRow(
                linked.case_id, case.key, own_id(sitting.hearing_id), sitting.day, linked.force,
                sitting.jurisdiction or court_case.jurisdiction, sitting.kind, hearing_class(sitting.kind),
                sitting.court_ou or court_case.ou, sitting.court_name or court_case.ou_name, int(sitting.listed), seq,
                int(seq == 1), int(_vacated(linked, case, sitting)), int(sitting.adjournment), int(sitting.box),
                sitting.defendants or len(case.defendants), court_case.sort.group, court_case.flags,
            )
        )
    return rows


def _vacated(linked: Linked, case: CourtCase, sitting: Sitting) -> bool:
    if sitting.vacated:
        return True
    return any(
        listing.status == "vacated" and listing.hearing_id == sitting.hearing_id and sitting.day == listing.day
        for listing in linked.listings
    )


def listing_rows(linked: Linked) -> list[TrialListingRow]:
    """The trial listings of a linked case; `seq` counts those of the same court case."""
    rows: list[TrialListingRow] = []
    seen: dict[str, int] = {}
    for listing in linked.listings:
        about = sorted(listing.cases)
        seq = 1 + max((seen.get(case, 0) for case in about), default=0)
        for case in about:
            seen[case] = seq
        rows.append(_listing_row(linked, listing, about, seq))
    return rows


def _listing_row(linked: Linked, listing: Listing, about: list[str], seq: int) -> TrialListingRow:
    judged = [one for case in about for one in linked.judged[case]]
    sort = min((one.sort for one in judged), key=gravity, default=UNKNOWN)
    if not sort.group:
        sort = linked.sort
    flags: set[str] = set() if about else set(linked.flags)
    for case in about:
        for defendant in listing.cases[case].defendants:
            flags.update(linked.defendant_flags[defendant.key])
    code, group, victim, ended = listing.reason
    trial = listing.trial
    return TrialListingRow(
        linked.case_id, listing.listing_id, own_id(listing.hearing_id), listing.day, linked.force,
        listing.jurisdiction, listing.court_ou, listing.court_name, listing.status or "listed", code,
        (trial.reason_id or "") if trial is not None else "", (trial.description or "") if trial is not None else "",
        group, int(victim), int(ended), listing.vacated_at,
        None if listing.section_28 is None else int(listing.section_28), len(listing.days), seq, len(about),
        sum(len(listing.cases[case].defendants) for case in about), sort.group, sort.subgroup, tuple(sorted(flags)),
        tuple(sorted(listing.sources)),
    )
