"""What prisons and probation tell: receptions, releases, recalls, orders and licences, and whom they hold.

A prison's movement names the court case of the warrant, probation the URN or the ASN; the records of people name none."""

from simulator import days
from simulator.courts import Defendant, Matter
from simulator.days import DAY, HOUR, day_of, day_text, moment, text
from simulator.identifiers import crn, prison_number
from simulator.people import facts
from simulator.rates import SPREADS, share
from simulator.telling import Data, PersonTruth

NOMIS = "/hmpps/nomis"
DELIUS = "/hmpps/delius"
_REASONS = ("further_charge", "non_compliance", "failed_to_keep_in_touch", "failed_to_reside", "drugs_alcohol", "other")


def _ids(one: Defendant) -> tuple[str, str]:
    number = one.suspect.person.number
    return prison_number(number), crn(number)


def _about(one: Defendant, ref: str) -> tuple[PersonTruth, ...]:
    return ((ref, "offender", one.suspect.person.true_id),)


def _movement(
    matter: Matter, one: Defendant, when: int, movement: str, code: str, custody: str, sentenced: int = 0
) -> None:
    case = matter.case
    number, _ = _ids(one)
    movement_id = case.numbers.next("M")
    sentence: Data = {"court_case_id": matter.court_case_id}
    if sentenced:
        sentence["sentenced_on"] = day_text(sentenced)
    case.tell(when, "hmpps.custody_movement", NOMIS, movement_id, {
        "movement_id": movement_id, "prison_number": number, "booking_id": f"{one.suspect.person.number}{movement_id}",
        "movement": movement, "at": moment(when), "prison_id": case.dice.pick(case.place.prisons),
        "movement_code": code, "custody_type": custody, "sentence": sentence,
    }, _about(one, number))


def _prisoner(matter: Matter, one: Defendant, when: int, *, inside: bool, legal: str, **more: object) -> None:
    case = matter.case
    number, crn_ = _ids(one)
    data: Data = {
        "prison_number": number, "person": facts(one.suspect.person, case.dice, "hmpps"),
        "status": "ACTIVE IN" if inside else "INACTIVE OUT", "in_out_status": "IN" if inside else "OUT",
        "legal_status": legal, **more,
    }
    if case.dice.chance(0.5):
        data["crn"] = crn_
    case.aside(when, "hmpps.prisoner", NOMIS, number, data, _about(one, number))


def tell_remanded(matter: Matter, one: Defendant, when: int) -> None:
    """Received on remand."""
    _movement(matter, one, when, "received", "N", "remand_untried")
    _prisoner(matter, one, when + HOUR, inside=True, legal="REMAND", received_on=day_text(when))


def tell_discharge(matter: Matter, one: Defendant, when: int) -> None:
    """Released because the court did not send to prison."""
    _movement(matter, one, when, "released", "CRT", "remand_untried")
    _prisoner(matter, one, when + HOUR, inside=False, legal="REMAND", release_on=day_text(when))


def tell_imprisoned(matter: Matter, one: Defendant, when: int, length: int) -> int:
    """Sentenced to prison for so many days: half is served (less what was on remand), then licence, sometimes recall.
    The time of the release."""
    case, dice = matter.case, matter.case.dice
    served = max(3, length // 2)
    if one.in_custody:
        _movement(matter, one, when, "from_court", "SENT", "sentenced", when)
        waited = max(0, when - one.suspect.charged) // DAY
        served = max(1, served - waited)
    else:
        _movement(matter, one, when, "received", "N", "sentenced", when)
    release = days.at(days.sitting(day_of(when) + served), 9 * HOUR + dice.whole(0, 90) * 60)
    expires = day_of(when) + length
    _prisoner(
        matter, one, when + HOUR, inside=True, legal="SENTENCED", sentence_started_on=day_text(when),
        conditional_release_on=day_text(release), sentence_expires_on=text(expires),
        most_serious_offence=one.offences[0].crime.kind.title,
    )
    _movement(matter, one, release, "released", "CR", "sentenced", when)
    _prisoner(matter, one, release + HOUR, inside=False, legal="SENTENCED", release_on=day_text(release))
    _licence(matter, one, when, release, max(expires, day_of(release) + 14))
    one.in_custody = False
    return release


def _sentence(matter: Matter, one: Defendant, when: int) -> Data:
    known: Data = {"sentenced_on": day_text(when)}
    known |= {"urn": matter.urn} if matter.case.dice.chance(0.6) else {"asn": one.suspect.asn}
    return known


def _supervise(
    matter: Matter, one: Defendant, when: int, kind: str, until: int, sentenced: int, end: str
) -> None:
    """A spell of supervision with its end."""
    case, dice = matter.case, matter.case.dice
    _, number = _ids(one)
    supervision_id = case.numbers.next("SV")
    about = _about(one, number)
    person = facts(one.suspect.person, dice, "hmpps")
    case.aside(when, "hmpps.probation_case", DELIUS, number, {
        "crn": number, "person": person, "sentence_dates": [day_text(sentenced)], "status": "CURRENT",
        "region": case.place.probation_region,
    }, about)
    case.tell(when, "hmpps.supervision", DELIUS, supervision_id, {
        "supervision_id": supervision_id, "crn": number, "kind": kind, "started_at": moment(when),
        "expected_end_on": text(until), "region": case.place.probation_region,
        "sentence": _sentence(matter, one, sentenced),
    }, about)
    ended = days.at(until, 17 * HOUR)
    if end != "completed":
        ended = when + int((ended - when) * (0.1 + 0.7 * dice.roll()))
    case.tell(ended, "hmpps.supervision_end", DELIUS, supervision_id, {
        "supervision_id": supervision_id, "crn": number, "ended_at": moment(ended), "termination_reason": end,
    }, about)
    if dice.chance(0.2):
        case.aside(ended, "hmpps.notice", DELIUS, f"probation-case.supervision.ended/{supervision_id}", {
            "notice": "probation-case.supervision.ended", "crn": number,
        }, about)


def _licence(matter: Matter, one: Defendant, sentenced: int, release: int, until: int) -> None:
    """On licence until the sentence expires, or until recalled."""
    case, dice = matter.case, matter.case.dice
    recalled = release + dice.spell(SPREADS["release to recall"])
    kind = "licence"
    if not dice.chance(share("recall of those on licence")) or day_of(recalled) >= until:
        _supervise(matter, one, release, kind, until, sentenced, "completed")
        return
    _supervise(matter, one, release, kind, until, sentenced, "recalled")
    number, crn_ = _ids(one)
    recall_id = case.numbers.next("RC")
    fixed = dice.chance(share("fixed-term recall"))
    reasons = sorted({dice.pick(_REASONS) for _ in range(dice.whole(1, 3))})
    data: Data = {
        "recall_id": recall_id, "prison_number": number, "crn": crn_, "recalled_at": moment(recalled),
        "kind": "fixed_term" if fixed else "standard", "reasons": reasons,
        "sentence": {"court_case_id": matter.court_case_id},
    }
    case.tell(recalled, "hmpps.recall", NOMIS, recall_id, data, _about(one, number))
    returned = recalled + dice.whole(5, 200) * HOUR
    case.tell(returned, "hmpps.recall", NOMIS, recall_id, {**data, "returned_at": moment(returned)},
              _about(one, number))
    _movement(matter, one, returned, "received", "24", "recall", sentenced)
    _prisoner(matter, one, returned + HOUR, inside=True, legal="RECALL", recall=True)
    again = returned + (28 * DAY if fixed else dice.spell(SPREADS["recall in prison"]))
    _movement(matter, one, again, "released", "CR", "recall", sentenced)
    _prisoner(matter, one, again + HOUR, inside=False, legal="RECALL")


def tell_order(matter: Matter, one: Defendant, when: int, length: int, sort: str, *, youth: bool) -> None:
    """A community or suspended sentence order."""
    kind = "youth_order" if youth else "suspended_sentence_order" if sort == "suspended" else "community_order"
    end = "completed" if matter.case.dice.chance(share("supervision completed")) else "revoked"
    _supervise(matter, one, when + 2 * DAY, kind, day_of(when) + length, when, end)


def tell_held_twice(matter: Matter, one: Defendant, when: int, other: int) -> None:
    """Probation holds a person under two numbers, and merges them weeks later; sometimes that was wrong."""
    case, dice = matter.case, matter.case.dice
    _, kept = _ids(one)
    merged = crn(other)
    about = _about(one, merged)
    case.aside(when, "hmpps.probation_case", DELIUS, merged, {
        "crn": merged, "person": facts(one.suspect.person, dice, "hmpps"), "region": case.place.probation_region,
    }, about)
    later = when + dice.whole(10, 90) * DAY
    case.aside(later, "hmpps.merge", DELIUS, merged, {"id_kind": "crn", "merged_id": merged, "kept_id": kept}, about)
    if dice.chance(0.1):
        undone = later + dice.whole(5, 40) * DAY
        case.aside(undone, "hmpps.unmerge", DELIUS, merged, {
            "id_kind": "crn", "reactivated_id": merged, "unmerged_from_id": kept,
        }, about)
