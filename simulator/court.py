"""How a charged case goes through the courts: first hearing, sending, pleas, trial and its relistings, sentence."""

from random import Random
from typing import Any

from simulator import court_records as record
from simulator import cps, hmpps, victims
from simulator.court_records import Bench, result
from simulator.moments import DAY, HOUR, day, iso, sitting
from simulator.people import case_of
from simulator.rates import rate
from simulator.story import Case, Charge, Suspect, weighted

_CRACKED = (("A", 55), ("C", 15), ("B", 8), ("I", 10), ("J", 12))
_INEFFECTIVE = (("M1", 15), ("N1", 12), ("O1", 8), ("Q1", 14), ("S3", 6), ("T", 10), ("W1", 20), ("X", 15))
_VACATED = (("V1", 50), ("V2", 30), ("V3", 20))
LONGEST_BY_MAGISTRATES = 366.0
"""Days of custody that magistrates may give for one offence: twelve months."""


def prepare(case: Case, charged_at: int) -> None:
    """The charges of each defendant: one a crime of the case, with the offence's data as the courts hold it."""
    rng = case.rng
    with_ref = rng.random() < rate("crime reference at court")
    case.court_case_id = case.new_id()
    case.asn_at_court = rng.random() < rate("asn at court")
    for suspect in case.suspects:
        suspect.defendant_id = case.new_id()
        for number, crime in enumerate(case.crimes):
            base: dict[str, Any] = {
                "offence_id": case.new_id(), "offence_code": crime.offence.cjs_code, "sequence": number + 1,
                "order_index": number + 1, "title": crime.offence.title, "mode_of_trial": crime.offence.mode,
                "charge_on": day(charged_at), "occurred_from": day(crime.happened_at),
            }  # fmt: skip
            if with_ref:
                base["crime_ref"] = crime.ref
            suspect.charges.append(Charge(crime, base))


def first_sitting(case: Case, charged_at: int) -> int:
    """When a case charged now first comes to court: the next sitting in custody, else within weeks."""
    wait = 0 if case.suspects[0].custody else int(case.rng.expovariate(1 / (rate("days to first hearing") * DAY)))
    return sitting(charged_at + HOUR * 6 + wait)


def hear(cases: list[Case], charged_at: int, first: int) -> None:
    """All that the courts do with the cases, heard together from `first` on, and what follows at HMPPS."""
    bench = Bench(cases, charged_at + 2 * HOUR)
    together = len(cases) > 1
    crown = cases[0].crown
    record.court_case(bench, charged_at + 4 * HOUR)
    now = _first_hearing(bench, first, crown, together)
    if crown:
        now = _plea_hearing(bench, now)
    if any(not suspect.fate for _, suspect in bench.suspects()):
        now = _trial(bench, now)
    _end(bench, now)


def _order(charges: list[Charge], case: Case, code: str, on: str, **more: Any) -> None:
    for charge in charges:
        charge.results = [result(case, code, on, **more)]


def _plead(bench: Bench, guilty: float, hearing_id: str, sits: int, told: int) -> None:
    """Each defendant pleads to all charges; who pleads guilty has a fate."""
    rng = bench.rng
    for case, suspect in bench.suspects():
        if suspect.fate:
            continue
        if rng.random() < rate("dropped"):
            suspect.fate = "dropped"
            for charge in suspect.charges:
                charge.concluded = True
            _order(suspect.charges, case, "2051" if rng.random() < 0.6 else "2050", day(sits), terminates=True)
            continue
        is_guilty = rng.random() < guilty
        for charge in suspect.charges:
            charge.plea, charge.plea_on = "guilty" if is_guilty else "not_guilty", day(sits)
            if is_guilty:
                charge.conviction_on = day(sits)
        if is_guilty:
            suspect.fate = "guilty"
        if rng.random() < 0.12:
            record.plea_update(case, suspect, suspect.charges[0], hearing_id, told - HOUR)


def _first_hearing(bench: Bench, first: int, crown: bool, together: bool) -> int:
    """The first hearing; the time of the next one."""
    rng = bench.rng
    hearing_id = bench.cases[0].new_id()
    told = first + 6 * HOUR + rng.randrange(HOUR)
    if crown:
        next_at = sitting(first + _about(rng, "days to plea hearing"))
        following = {"hearing_type": "Plea and Trial Preparation", "listed_for": iso(next_at), "jurisdiction": "crown"}
        for case, suspect in bench.suspects():
            _order(suspect.charges, case, "4558", day(first), next_hearing=following)
    else:
        next_at = sitting(first + _about(rng, "days to next hearing, magistrates"))
        _plead(bench, 1.0 if together else rate("guilty plea, magistrates"), hearing_id, first, told)
        following = {"hearing_type": "Sentence", "listed_for": iso(next_at), "jurisdiction": "magistrates"}
        for case, suspect in bench.suspects():
            if suspect.fate != "dropped":
                _order(suspect.charges, case, "4506", day(first), adjournment=True, next_hearing=following)
    for case, suspect in bench.suspects():
        code, status = ("4028", "C") if suspect.custody else ("4027", "U")
        if suspect.fate != "dropped":
            suspect.charges[0].results.append(result(case, code, day(first), custody_status=status))
    share(bench, hearing_id, first, told, "First hearing")
    for case, suspect in bench.suspects():
        suspect.remanded_at = told
        record.remand(case, suspect, "first_hearing", told, None, bench.court_ou)
        if suspect.custody:
            hmpps.remanded(case, suspect, told + 3 * HOUR)
        elif rng.random() < rate("fails to attend") and suspect.fate != "dropped":
            executed = first + 5 * DAY + int(rng.expovariate(1 / (40 * DAY)))
            record.warrant(case, suspect, told, executed, bench.court_ou)
            next_at = max(next_at, sitting(executed))
        if case_of(suspect.who.number) != case.serial:
            record.match(case, suspect, told + 2 * HOUR)
    if crown:
        bench.to_crown(told)
        record.court_case(bench, told + HOUR)
        for case, suspect in bench.suspects():
            record.remand(case, suspect, "sending", told, None, bench.court_ou)
    if rng.random() < 0.15:
        record.session(bench, first)
    return next_at


def _about(rng: Random, name: str) -> int:
    """Half of the mean, and the rest spread exponentially; in seconds."""
    mean = rate(name) * DAY
    return int(mean / 2 + rng.expovariate(2 / mean))


def share(
    bench: Bench, hearing_id: str, sits: int, told: int, kind: str, trial: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """A hearing day as it is shared, now and then shared again with its first result amended; then the results are
    told and no longer those of the next day."""
    rng = bench.rng
    bench.ended = told
    record.hearing(bench, hearing_id, sits, told, kind, trial)
    if rng.random() < rate("reshared"):
        again = told + int(rng.expovariate(1 / (3 * DAY))) + HOUR
        charge = bench.cases[0].suspects[0].charges[0]
        if charge.results:
            amended = {**charge.results[0], "amended_at": iso(again - 600), "text": "Amended"}
            charge.results = [amended, *charge.results[1:]]
        record.hearing(bench, hearing_id, sits, again, kind, trial, reshare=True)
    for _, suspect in bench.suspects():
        for charge in suspect.charges:
            charge.results = []


def _plea_hearing(bench: Bench, sits: int) -> int:
    """Plea and trial preparation in the Crown Court; the time of what comes next."""
    hearing_id = bench.cases[0].new_id()
    told = sits + 6 * HOUR
    _plead(bench, rate("guilty plea, crown"), hearing_id, sits, told)
    next_at = sitting(sits + _about(bench.rng, "days to sentence, crown"))
    for case, suspect in bench.suspects():
        if suspect.fate != "dropped":
            following = {"listed_for": iso(next_at), "jurisdiction": "crown"}
            _order(suspect.charges, case, "4506", day(sits), adjournment=True, next_hearing=following)
    share(bench, hearing_id, sits, told, "Plea and Trial Preparation")
    return next_at


def _trial(bench: Bench, now: int) -> int:
    """The trial, listed until it goes ahead or needs no more; the time of the sentence."""
    rng = bench.rng
    case = bench.cases[0]
    mean = rate("days to Crown trial") if bench.sent_at else rate("days to magistrates' trial")
    listed_at = now - 10 * DAY
    listed = sitting(now + int(rng.expovariate(1 / (mean * DAY * 0.7))) + int(mean * DAY * 0.3))
    victims.witness_care(case, now)
    if case.crimes[0].offence.flag == "rape":
        victims.service(case, listed - 9 * DAY, "section_28_evidence", listed, listed - 10 * DAY, True)
    if rng.random() < rate("victim withdraws"):
        victims.support(case, listed - 20 * DAY, "does_not_support", "post_charge")
    for attempt in range(4):
        hearing_id = case.new_id()
        record.listing(bench, hearing_id, listed, listed_at, None)
        on, told = day(listed), listed + 7 * HOUR
        chance = rng.random() if attempt < 3 else 0.99 * rate("effective") + rate("vacated")
        if chance < rate("vacated"):
            vacated = max(listed_at + DAY, listed - rng.randrange(2, 20) * DAY)
            trial = {"status": "vacated", "reason_code": weighted(rng, _VACATED), "on": on}
            record.vacate(bench, hearing_id, vacated, trial)
            record.listing(bench, hearing_id, listed, vacated + 300, trial, vacated - 60)
            listed_at = vacated + HOUR
        elif chance < rate("vacated") + rate("effective"):
            _verdicts(bench, hearing_id, listed, told)
            return sitting(listed + _about(rng, "days from trial to sentence"))
        elif chance < rate("vacated") + rate("effective") + rate("cracked"):
            _cracked(bench, hearing_id, listed, told)
            return sitting(listed + _about(rng, "days from trial to sentence"))
        else:
            trial = {"status": "ineffective", "reason_code": weighted(rng, _INEFFECTIVE), "on": on}
            for each, suspect in bench.suspects():
                if not suspect.fate:
                    _order(suspect.charges, each, "4506", on, adjournment=True)
            share(bench, hearing_id, listed, told, "Trial", trial)
            record.listing(bench, hearing_id, listed, told + 600, trial)
            listed_at = told + HOUR
        listed = sitting(max(listed, listed_at) + 30 * DAY + int(rng.expovariate(1 / (mean * DAY * 0.4))))
    raise AssertionError("the last listing is effective")


def _verdicts(bench: Bench, hearing_id: str, listed: int, told: int) -> None:
    rng, on = bench.rng, day(listed)
    trial = {"status": "effective", "on": on}
    for case, suspect in bench.suspects():
        if suspect.fate:
            continue
        proved = rng.random() < rate("convicted at trial")
        suspect.fate = "convicted" if proved else "acquitted"
        for charge in suspect.charges:
            charge.verdict = {"category": "guilty" if proved else "not_guilty", "on": on}
            if proved:
                charge.conviction_on = on
            else:
                charge.concluded = True
        if not proved:
            _order(suspect.charges, case, "2004" if bench.sent_at else "2006", on, terminates=True)
    share(bench, hearing_id, listed, told, "Trial", trial)
    record.listing(bench, hearing_id, listed, told + 600, trial)


def _cracked(bench: Bench, hearing_id: str, listed: int, told: int) -> None:
    """No trial: a late plea of guilty, or the prosecution ends its case."""
    rng, on = bench.rng, day(listed)
    code = weighted(rng, _CRACKED)
    trial = {"status": "cracked", "reason_code": code, "on": on}
    for case, suspect in bench.suspects():
        if suspect.fate:
            continue
        for charge in suspect.charges:
            if code in "IJ":
                charge.concluded = True
            else:
                charge.plea, charge.plea_on, charge.conviction_on = "guilty", on, on
        suspect.fate = "dropped" if code in "IJ" else "guilty"
        if code in "IJ":
            _order(suspect.charges, case, "2051", on, terminates=True)
    if code == "J":
        victims.support(bench.cases[0], listed, "refuses_to_attend", "trial_day")
    share(bench, hearing_id, listed, told, "Trial", trial)
    record.listing(bench, hearing_id, listed, told + 600, trial)


def _sentence(case: Case, suspect: Suspect, crown: bool) -> tuple[str, float]:
    """The result code of the sentence and its days."""
    offence, rng = case.crimes[0].offence, case.rng
    custody = offence.custody * (1.0 if crown else rate("custody, magistrates"))
    if suspect.custody:
        custody = max(custody, rate("custody after remand"))
    chance = rng.random()
    if chance < custody:
        days = max(14.0, round(rng.expovariate(1 / (offence.months * 30.4375))))
        return "1002", days if crown else min(days, LONGEST_BY_MAGISTRATES)
    if chance < custody + (1 - custody) * 0.2:
        return "1115", float(rng.choice((84, 112, 183, 365)))
    if chance < custody + (1 - custody) * 0.5:
        return "1116", 365.0
    return ("1015" if rng.random() < 0.75 else "1018" if rng.random() < 0.8 else "1017"), 0.0


def _end(bench: Bench, now: int) -> None:
    """The sentence where there is one to pass, the disposal of the cases, and what prisons and probation do next."""
    rng = bench.rng
    told = now + 6 * HOUR
    convicted = [(case, suspect) for case, suspect in bench.suspects() if suspect.convicted]
    sentences: list[tuple[Case, Suspect, str, float]] = []
    if convicted:
        for case, suspect in convicted:
            code, days = _sentence(case, suspect, bench.sent_at is not None)
            more: dict[str, Any] = {"convicted": True, "terminates": True}
            if days:
                more["duration_days"] = days
            if code == "1015":
                more["financial"], more["amount_pounds"] = True, float(rng.randrange(40, 900, 20))
            _order(suspect.charges, case, code, day(now), **more)
            for charge in suspect.charges:
                charge.concluded = True
            sentences.append((case, suspect, code, days))
        share(bench, bench.cases[0].new_id(), now, told, "Sentence")
    else:
        told = bench.ended  # nothing is left to do after the day that ended it
    record.court_case(bench, told + 2 * HOUR, disposed=told)
    for case, suspect in bench.suspects():
        cps.finalise(case, suspect, told + HOUR)
        if suspect.custody:
            record.remand(case, suspect, "first_hearing", suspect.remanded_at, told, bench.court_ou)
    for case, suspect, code, days in sentences:
        hmpps.sentenced(case, suspect, code, days, told + 4 * HOUR)
    for case, suspect in bench.suspects():
        if suspect.custody and not suspect.convicted:
            hmpps.freed(case, suspect, told + 4 * HOUR)
