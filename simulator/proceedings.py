"""A prosecution from charge to sentence: first hearing, sending, pleas, trial, sentence."""

from collections.abc import Callable

from simulator import cps, police, prisons
from simulator.courts import (
    Court,
    Defendant,
    Matter,
    hearing_time,
    listed,
    open_matter,
    tell_case,
    tell_hearing,
    tell_remand,
    tell_warrant,
)
from simulator.days import DAY, HOUR, MINUTE, day_of, day_text, moment
from simulator.rates import SPREADS, share
from simulator.results import adjourn, close, plead, result, sentence, sentence_too, stop
from simulator.telling import Case, Data, Suspect
from simulator.trials import try_case

SideCase = Callable[[Suspect, int], tuple[Matter, int] | None]
"""Another case of the same person before the sentence of this one: asked with the person and a day, it tells its
own story up to a guilty plea and gives the matter and the moment of that plea."""

Final = dict[str, Data]


def prosecute(case: Case, groups: list[list[Suspect]], side: SideCase) -> int:
    """Take charged suspects to court, each group under a URN of its own, all heard together. The time from which the
    first of them is free to offend again; the end of the window where it does not come to that."""
    dice = case.dice
    court = _open(case, groups)
    final: Final = {}
    first_at = court.started
    if first_at >= case.end:
        return case.end
    withdraws = _victims_after_charge(case, first_at)
    first_at = _attend(court, first_at)
    if first_at >= case.end:
        return case.end
    kinds = [crime.kind for crime in case.crimes]
    to_crown = any(dice.chance(kind.crown) for kind in kinds[:2])
    for matter in court.matters:
        for one in matter.defendants:
            one.in_custody = one.suspect.custody and dice.chance(0.8)
            tell_remand(court, matter, one, first_at + 3 * HOUR, "sending" if to_crown else "first_hearing")
            if one.in_custody:
                prisons.tell_remanded(matter, one, first_at + 8 * HOUR)
    if dice.chance(share("prosecution stopped before trial") * (3 if withdraws else 1)):
        return _stop_early(court, first_at, withdraws, final)
    if to_crown:
        plea_at = _send(court, first_at)
    else:
        plea_at = first_at
    if plea_at >= case.end:
        return case.end
    return _plead(court, plea_at, first_at, withdraws, side, final)


def _open(case: Case, groups: list[list[Suspect]]) -> Court:
    dice, first = case.dice, case.suspects[0]
    kind = "custody" if first.custody else "requisition" if first.charge_initiation == "Q" else "bail"
    charged = max(one.charged for one in case.suspects)
    first_at = hearing_time(day_of(charged + dice.spell(SPREADS[f"charge to first hearing, {kind}"]) + 14 * HOUR))
    matters = []
    for group in groups:
        sent = police.tell_prosecution(case, group, first_at)
        received = sent + dice.whole(5, 120) * MINUTE
        matters.append(open_matter(case, group, received))
        for one in group:
            cps.tell_first_hearing_registered(case, one, received + dice.whole(30, 600) * MINUTE)
            cps.tell_review(case, one, received + dice.whole(1, 10) * DAY)
    for suspect in case.suspects:
        suspect.guilty = suspect.guilty and dice.chance(0.95)
    return Court(case, matters, started=first_at)


def _victims_after_charge(case: Case, first_at: int) -> bool:
    """Witness care, and whether a victim withdraws."""
    dice, withdraws = case.dice, False
    for crime in case.crimes[:1]:
        for victim in crime.victims:
            if "person" not in victim.data:
                continue
            urn = case.suspects[0].urn
            police.tell_service(case, victim, "witness_care_contact", first_at - DAY, 5 * DAY, urn, "")
            if crime.kind.cps == "sexual":
                police.tell_service(case, victim, "special_measures_applied", first_at + 5 * DAY, 28 * DAY, urn, "")
            if dice.chance(0.3):
                police.tell_service(case, victim, "update", first_at + DAY, 5 * DAY, urn, "")
            if dice.chance(share("victim withdraws after charge") * (2.5 if crime.domestic else 1.0)):
                police.tell_support(case, crime, first_at + dice.whole(2, 60) * DAY, "does_not_support", "post_charge")
                withdraws = True
    return withdraws


def _attend(court: Court, first_at: int) -> int:
    """The first hearing's day: that of the list, or after a bench warrant, or after an adjournment."""
    dice, case = court.case.dice, court.case
    if not case.suspects[0].custody and dice.chance(share("bench warrant")):
        matter, one = court.matters[0], court.matters[0].defendants[0]
        one.present = False
        issued = tell_hearing(court, dice.uuid(), first_at, "First hearing")
        executed = issued + dice.spell(SPREADS["warrant to arrest"])
        tell_warrant(court, matter, one, issued, executed)
        one.present = True
        return hearing_time(day_of(executed) + 1)
    if dice.chance(share("hearing adjourned")):
        next_at = hearing_time(day_of(first_at + dice.spell(SPREADS["adjournment"])))
        hearing_id = dice.uuid()
        adjourn(court, day_of(first_at), hearing_id, "First hearing", next_at)
        shared = tell_hearing(court, dice.uuid(), first_at, "First hearing")
        listed(court, court.matters[0], hearing_id, "First hearing", shared, day_of(next_at))
        return next_at
    return first_at


def _stop_early(court: Court, first_at: int, withdraws: bool, final: Final) -> int:
    """The prosecution ends before any plea."""
    dice = court.case.dice
    when = first_at
    if dice.chance(0.5):
        tell_hearing(court, dice.uuid(), first_at, "First hearing")
        when = hearing_time(day_of(first_at + dice.spell(SPREADS["adjournment"])))
        if when >= court.case.end:
            return court.case.end
    why = "victim" if withdraws else dice.pick(("evidential", "evidential", "public_interest"))
    for matter in court.matters:
        for one in matter.defendants:
            one.suspect.victim_left = withdraws
            stop(court, matter, one, when, "discontinued", why, final)
    shared = tell_hearing(court, dice.uuid(), when, "First hearing" if when == first_at else "Mention")
    for matter in court.matters:
        close(court, matter, shared, final)
    return shared


def _send(court: Court, first_at: int) -> int:
    """Sent to the Crown Court; the time of the plea and trial preparation hearing."""
    dice = court.case.dice
    next_at = hearing_time(day_of(first_at + dice.spell(SPREADS["sending to plea hearing"])))
    crown = court.case.place.crown
    for one in court.defendants:
        for offence in one.offences:
            offence.data = {**offence.data, "allocation": "sent", "allocation_on": day_text(first_at)}
            offence.results.append(result(
                dice, "4558", "Sent to the Crown Court for trial", day_of(first_at), final=False,
                next_hearing={
                    "court_ou": crown[0], "court_name": crown[1], "hearing_type": "Plea and Trial Preparation",
                    "listed_for": moment(next_at), "jurisdiction": "crown",
                },
            ))
    sent = tell_hearing(court, dice.uuid(), first_at, "First hearing")
    court.crown = True
    for matter in court.matters:
        arrived = sent + dice.whole(1, 30) * HOUR
        tell_case(matter, arrived, jurisdiction="crown", case_type="for_trial", sent_at=moment(sent),
                  received_at_crown_court=moment(arrived), court_ou=crown[0], court_name=crown[1])
    return next_at


def _plead(court: Court, plea_at: int, first_at: int, withdraws: bool, side: SideCase, final: Final) -> int:
    """Pleas are taken; then sentence, or a trial and then sentence."""
    dice, case = court.case.dice, court.case
    day = day_of(plea_at)
    for one in court.defendants:
        plead(one, day, guilty=one.suspect.guilty)
    kind = "Plea and Trial Preparation" if court.crown else "First hearing"
    guilty = all(one.suspect.guilty for one in court.defendants)
    if guilty and dice.chance(share("sentenced on the day") * (0.5 if court.crown else 1.3)):
        return _sentence_all(court, plea_at, dice.uuid(), kind, None, final)
    if guilty:
        return _later_sentence(court, plea_at, kind, side, final)
    if court.crown:
        wait = "plea hearing to trial, custody" if any(one.in_custody for one in court.defendants) else \
            "plea hearing to trial"
    else:
        wait = "first hearing to trial, magistrates"
    trial_at = plea_at + dice.spell(SPREADS[wait])
    shared = tell_hearing(court, dice.uuid(), plea_at, kind)
    _plea_message(court, shared, day)
    ended = try_case(court, shared, trial_at, withdraws, final)
    if ended >= case.end:
        return case.end
    if all(one.done for one in court.defendants):
        for matter in court.matters:
            close(court, matter, ended + 9 * HOUR, final)
        return ended + 10 * HOUR
    next_at = hearing_time(day_of(ended + dice.spell(SPREADS["verdict to sentence"])))
    return _sentence_all(court, next_at, dice.uuid(), "Sentence", None, final)


def _plea_message(court: Court, shared: int, day: int) -> None:
    """Sometimes the plea is told apart, before the hearing is shared."""
    dice = court.case.dice
    if not dice.chance(0.15):
        return
    matter = court.matters[0]
    offence = matter.defendants[0].offences[0]
    court.case.tell(shared - dice.whole(30, 200) * MINUTE, "court.patch", "/hmcts/common-platform",
                    f"plea/{offence.data['offence_id']}", {
        "patch": "plea", "message": "hearing-offence-plea-updated", "ids": {"court_case_id": matter.court_case_id},
        "offence_id": offence.data["offence_id"], "plea": offence.data["plea"],
        "plea_on": offence.data["plea_on"], "jurisdiction": court.jurisdiction,
    })


def _later_sentence(court: Court, plea_at: int, kind: str, side: SideCase, final: Final) -> int:
    """Sentence is put off for a report; another case of the same person may come along."""
    dice, case = court.case.dice, court.case
    next_at = hearing_time(day_of(plea_at + dice.spell(SPREADS["verdict to sentence"])))
    also: tuple[Matter, int] | None = None
    if not court.crown and not court.defendants[0].in_custody and dice.chance(share("joint sentence hearing")):
        also = side(case.suspects[0], day_of(plea_at) + 2)
        if also is not None:
            next_at = max(next_at, hearing_time(day_of(also[1]) + 14))
    hearing_id = dice.uuid()
    adjourn(court, day_of(plea_at), hearing_id, "Sentence", next_at)
    tell_hearing(court, dice.uuid(), plea_at, kind)
    if next_at >= case.end:
        return case.end
    return _sentence_all(court, next_at, hearing_id, "Sentence", also[0] if also is not None else None, final)


def _sentence_all(
    court: Court, when: int, hearing_id: str, kind: str, also: Matter | None, final: Final
) -> int:
    """Sentence everyone who waits for it; `also`: another case of the first of them, dealt with too."""
    case = court.case
    free = when
    if when >= case.end:
        return case.end
    first: Defendant = court.matters[0].defendants[0]
    for matter in court.matters:
        for one in matter.defendants:
            if one.done:
                continue
            pleaded = one.offences[0].data.get("plea") == "guilty"
            until = sentence(court, matter, one, when, "guilty_plea" if pleaded else "convicted_after_trial", final)
            if one is first:
                free = until
    if also is not None:
        sentence_too(court, also, when, first.sentence, final)
    shared = tell_hearing(court, hearing_id, when, kind, also=[also] if also is not None else None)
    for matter in (*court.matters, *((also,) if also is not None else ())):
        close(court, matter, shared, final)
    return max(free, shared)
