"""Trials: listed, vacated, cracked, ineffective and listed again, effective."""

from simulator import police
from simulator.courts import SOURCE as COURTS
from simulator.courts import Court, Defendant, Matter, hearing_time, listed, tell_hearing
from simulator.days import DAY, HOUR, day_of, moment, sitting, text
from simulator.dice import Weighted
from simulator.rates import SPREADS, share
from simulator.results import find, plead, stop
from simulator.telling import Data

_CRACKED_LATE: Weighted[str] = Weighted([("A", 0.75), ("B", 0.05), ("C", 0.15), ("D", 0.05)])
_CRACKED_ENDED: Weighted[str] = Weighted([("I", 0.45), ("J", 0.35), ("K", 0.12), ("L", 0.08)])
_INEFFECTIVE: Weighted[str] = Weighted([
    ("M2", 0.08), ("M3", 0.04), ("N1", 0.04), ("N3", 0.12), ("O1", 0.05), ("Q2", 0.07), ("R", 0.03), ("S1", 0.14),
    ("S2", 0.06), ("S3", 0.05), ("W1", 0.07), ("W3", 0.18), ("W4", 0.03), ("W5", 0.02), ("X", 0.02),
])  # fmt: skip
"""Letters of the Crown Court's monthly trial report; weights assumed."""


def _tell_listing(court: Court, hearing_id: str, day: int, told: int, trial: Data | None = None, vacated: int = 0) -> None:
    """The trial in the list of a day. Of several cases heard together all are named."""
    matters = court.matters
    sexual = any(one.suspect.crimes[0].kind.cps == "sexual" for one in court.defendants)
    data: Data = {
        "hearing_id": hearing_id, "listed_for": text(day), "jurisdiction": court.jurisdiction,
        "court_ou": court.place[0], "court_name": court.place[1],
        "cases": [{"court_case_id": matter.court_case_id} for matter in matters],
        "section_28": court.crown and sexual and hearing_id[0] in "0123",
    }
    if trial is not None:
        data |= trial
    if vacated:
        data["vacated_at"] = moment(vacated)
    court.case.tell(told, "court.trial_listing", COURTS, f"{hearing_id}/{text(day)}", data)


def _trial(status: str, day: int, code: str = "") -> Data:
    told: Data = {"status": status, "on": text(day)}
    if code:
        told["reason_code"] = code
    return {"trial": told, "effective_trial": status == "effective"}


def _session(court: Court, when: int) -> None:
    """The court room's day."""
    day, dice = day_of(when), court.case.dice
    ou, room = court.place[0], court.case.numbers.next("room")
    court.case.aside(when + 8 * HOUR, "court.session", COURTS, f"{ou}/{room}/{text(day)}", {
        "court_ou": ou, "court_room": room, "session_on": text(day), "minutes_planned": 300,
        "minutes_sat": dice.whole(90, 330),
    })


def try_case(court: Court, told: int, first: int, withdraws: bool, final: dict[str, Data]) -> int:
    """From the listing of a trial to its end; the time of the end. Those convicted wait for their sentence."""
    case, dice = court.case, court.case.dice
    open_ = [(matter, one) for matter in court.matters for one in matter.defendants
             if not one.done and one.offences[0].data.get("plea") != "guilty"]
    day = sitting(day_of(first))
    for attempt in range(5):
        hearing_id = dice.uuid()
        listed(court, court.matters[0], hearing_id, "Trial", told, day)
        _tell_listing(court, hearing_id, day, told)
        when = hearing_time(day)
        if attempt < 3 and dice.chance(share("vacated")) and day - day_of(told) > 12:
            vacated = when - dice.whole(2, 10) * DAY
            _tell_listing(court, hearing_id, day, vacated, {"trial": {"status": "vacated"}}, vacated)
            told, day = vacated, sitting(day + dice.spell(SPREADS["trial to next trial"]) // DAY)
            continue
        chance = dice.roll()
        late = share("late guilty plea, of trials listed")
        ended = share("prosecution ends at trial") + (0.45 if withdraws else 0.0)
        relist = share("ineffective, Crown" if court.crown else "ineffective, magistrates") if attempt < 4 else 0.0
        if chance < late:
            return _crack(court, open_, hearing_id, when, dice.of(_CRACKED_LATE), final, guilty=True)
        if chance < late + ended:
            code = "J" if withdraws and dice.chance(0.85) else dice.of(_CRACKED_ENDED)
            return _crack(court, open_, hearing_id, when, code, final, guilty=False)
        if chance < late + ended + relist:
            trial = _trial("ineffective", day, dice.of(_INEFFECTIVE))
            told = tell_hearing(court, hearing_id, when, "Trial", trial=trial)
            _tell_listing(court, hearing_id, day, told, trial)
            day = sitting(day + dice.spell(SPREADS["trial to next trial"]) // DAY)
            continue
        return _hear(court, open_, hearing_id, day, final)
    return when


def _crack(
    court: Court, open_: list[tuple[Matter, Defendant]], hearing_id: str, when: int, code: str,
    final: dict[str, Data], *, guilty: bool,
) -> int:
    day = day_of(when)
    for matter, one in open_:
        if guilty:
            plead(one, day, guilty=True)
        else:
            if code == "J":
                one.suspect.victim_left = True
            stop(court, matter, one, when, "no_evidence_offered", "victim" if code == "J" else
                 "public_interest" if code == "K" else "evidential", final)
    if code == "J":
        for crime in court.case.crimes[:1]:
            police.tell_support(court.case, crime, when - HOUR, "refuses_to_attend", "trial_day")
    trial = _trial("cracked", day, code)
    shared = tell_hearing(court, hearing_id, when, "Trial", trial=trial)
    _tell_listing(court, hearing_id, day, shared, trial)
    return when


def _hear(
    court: Court, open_: list[tuple[Matter, Defendant]], hearing_id: str, day: int, final: dict[str, Data]
) -> int:
    """An effective trial: one day before magistrates, up to five before a jury."""
    dice = court.case.dice
    length = dice.whole(1, 5) if court.crown else 1
    sittings = [day]
    while len(sittings) < length:
        sittings.append(sitting(sittings[-1] + 1))
    moments = [moment(hearing_time(one)) for one in sittings]
    if court.crown:
        for _, one in open_:
            for offence in one.offences:
                offence.data = {**offence.data, "jury_sworn_at": moments[0]}
    trial = _trial("effective", day)
    convicts = share("convicted at trial, Crown" if court.crown else "convicted at trial, magistrates")
    for number, sits in enumerate(sittings):
        when = hearing_time(sits)
        if number == len(sittings) - 1:
            for matter, one in open_:
                guilty = dice.chance(convicts)
                find(one, sits, guilty=guilty)
                if not guilty:
                    stop(court, matter, one, when + 5 * HOUR, "acquitted" if court.crown else "dismissed", "", final)
        shared = tell_hearing(court, hearing_id, when, "Trial", trial=trial, sitting_days=moments)
        if number == 0:
            _tell_listing(court, hearing_id, day, shared, trial)
            _session(court, when)
    return when
