"""How an offence ends in court: the results, sentences and their codes (CJS result codes of the police's results
exchange), and what prisons and probation do about them."""

from simulator import cps, prisons
from simulator.courts import Court, Defendant, Matter, Offence, end_remand, tell_case, tell_results
from simulator.days import DAY, HOUR, MINUTE, day_of, moment, text
from simulator.dice import Dice, Weighted
from simulator.rates import SPREADS, share
from simulator.telling import Data

_OTHER: Weighted[tuple[str, str, str]] = Weighted([
    (("suspended", "1115", "Suspended sentence order"), share("suspended, of not custody")),
    (("community", "1116", "Community order"), share("community, of not custody")),
    (("fine", "1015", "Fine"), share("fine, of not custody")),
    (("discharge", "1017", "Absolute discharge"), 0.02), (("discharge", "1018", "Conditional discharge"), 0.10),
    (("other", "1057", "Otherwise dealt with"), 0.06),
])  # fmt: skip
_ENDS = {
    "acquitted": ("2004", "Found not guilty"), "discontinued": ("2053", "Discontinued"),
    "no_evidence_offered": ("2006", "Dismissed, no evidence offered"), "dismissed": ("2006", "Dismissed"),
}
_YOUTH = 6574


def result(
    dice: Dice, code: str, label: str, day: int, *, final: bool, **more: object
) -> Data:
    """One judicial result."""
    return {
        "result_id": dice.uuid(), "cjs_code": code, "label": label, "category": "final" if final else "intermediary",
        "level": "offence", "ordered_on": text(day), **more,
    }


def adjourn(court: Court, day: int, hearing_id: str, kind: str, when: int) -> None:
    """Every open offence is put off to another hearing."""
    place = court.place
    for one in court.defendants:
        if one.done:
            continue
        for offence in one.offences:
            offence.results.append(result(
                court.case.dice, "4004", "Adjourned", day, final=False, adjournment=True,
                next_hearing={
                    "court_ou": place[0], "court_name": place[1], "hearing_type": kind, "listed_for": moment(when),
                    "hearing_id": hearing_id, "jurisdiction": court.jurisdiction,
                },
            ))


def plead(one: Defendant, day: int, *, guilty: bool) -> None:
    """A defendant pleads to every offence; guilty pleas convict."""
    for offence in one.offences:
        offence.data = {**offence.data, "plea": "guilty" if guilty else "not_guilty", "plea_on": text(day)}
        if guilty:
            offence.data["conviction_on"] = text(day)


def find(one: Defendant, day: int, *, guilty: bool) -> None:
    """A verdict on every offence."""
    for offence in one.offences:
        offence.data = {
            **offence.data, "verdict": {"category": "guilty" if guilty else "not_guilty", "on": text(day)},
            ("conviction_on" if guilty else "acquittal_on"): text(day),
        }


def _conclude(offence: Offence, final: Data) -> None:
    offence.results.append(final)
    offence.data = {**offence.data, "concluded": True}


def stop(
    court: Court, matter: Matter, one: Defendant, when: int, end: str, stopped: str, final: dict[str, Data]
) -> None:
    """The case against a defendant ends without a conviction."""
    code, label = _ENDS[end]
    for offence in one.offences:
        _conclude(offence, result(court.case.dice, code, label, day_of(when), final=True))
        final[offence.data["offence_id"]] = offence.results[-1]
    one.done, one.sentence = True, "none"
    end_remand(matter, one, when)
    if one.in_custody:
        prisons.tell_discharge(matter, one, when + 5 * HOUR)
        one.in_custody = False
    if one.suspect.proceeding:
        cps.tell_defendant_outcome(matter.case, one.suspect, when, end, stopped)


def sentence(
    court: Court, matter: Matter, one: Defendant, when: int, how: str, final: dict[str, Data]
) -> int:
    """Sentence a convicted defendant; the time from which they are free to offend again."""
    dice, day = court.case.dice, day_of(when)
    kind = one.offences[0].crime.kind
    youth = day - one.suspect.person.born < _YOUTH
    harsher = 1.35 if court.crown else 0.8
    custody = dice.chance(min(0.97, kind.custody * harsher * (0.4 if youth else 1.0) + (0.2 if one.in_custody else 0)))
    length = 0
    if custody:
        length = dice.spell(SPREADS["prison term, Crown" if court.crown else "prison term, magistrates"]) // DAY
        sort, code, label = "custody", "1002", "Imprisonment"
        if youth:
            code, label = "1510", "Detention and training order"
    else:
        sort, code, label = dice.of(_OTHER)
        if sort == "suspended" and youth:
            sort, code, label = "community", "1116", "Youth rehabilitation order"
        if sort in ("suspended", "community"):
            length = dice.spell(SPREADS["order"]) // DAY
    for index, offence in enumerate(one.offences):
        more: Data = {"convicted": True}
        if length:
            more["duration_days"] = float(length if index == 0 else max(7, length // 2))
        if sort == "fine":
            more |= {"amount_pounds": float(dice.whole(4, 60) * 10), "financial": True}
        _conclude(offence, result(dice, code, label, day, final=True, **more))
        final[offence.data["offence_id"]] = offence.results[-1]
    one.done, one.sentence = True, sort
    end_remand(matter, one, when)
    if one.suspect.proceeding:
        cps.tell_defendant_outcome(matter.case, one.suspect, when, how)
    after = when + dice.whole(3, 8) * HOUR
    if (custody or length) and dice.chance(share("person held twice") + matter.case.merges):
        prisons.tell_held_twice(matter, one, after + 3 * DAY, matter.case.numbers.person())
    if custody:
        return prisons.tell_imprisoned(matter, one, after, length)
    if one.in_custody:
        prisons.tell_discharge(matter, one, after)
        one.in_custody = False
    if length:
        prisons.tell_order(matter, one, after, length, sort, youth=youth)
    return after


def close(court: Court, matter: Matter, when: int, final: dict[str, Data]) -> None:
    """Every defendant of a case is dealt with: the case is disposed, and its results go to the police."""
    if all(one.done for one in matter.defendants):
        disposed = when + court.case.dice.whole(10, 240) * MINUTE
        tell_case(matter, disposed, disposed_at=moment(disposed), status="INACTIVE")
        tell_results(court, matter, final, disposed + 20 * MINUTE)


def sentence_too(court: Court, matter: Matter, when: int, like: str, final: dict[str, Data]) -> None:
    """Another case of the same person, dealt with on the same day: a concurrent term, or no separate penalty."""
    dice, day = court.case.dice, day_of(when)
    for one in matter.defendants:
        for offence in one.offences:
            if like == "custody":
                final_result = result(dice, "1002", "Imprisonment, concurrent", day, final=True, convicted=True,
                                      duration_days=28.0)
            else:
                final_result = result(dice, "1057", "No separate penalty", day, final=True, convicted=True)
            _conclude(offence, final_result)
            final[offence.data["offence_id"]] = final_result
        one.done, one.sentence = True, like
