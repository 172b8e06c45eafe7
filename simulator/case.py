"""One case from its report to its end, or two that are heard together."""

from random import Random

from simulator import court, cps, identifiers, police
from simulator.court_records import Bench
from simulator.moments import DAY, HOUR, year
from simulator.people import Population, case_of, persistent_number, person_number
from simulator.plan import Plan
from simulator.rates import CHARGED, WITHOUT_SUSPECT, rate
from simulator.story import Case, Told

PAIR_EVERY = 97
"""Every so many cases, two are heard together: the defendant of the first has a second case."""
_BIG_FORCES = {"01": 9, "06": 4, "20": 4, "13": 4, "43": 3, "46": 3, "05": 3, "44": 3, "14": 2, "42": 2, "10": 2}
_GOLDEN = 0.6180339887498949


class Setting:
    """What all cases of a plan share: its areas in the order in which cases take them, and its span of time."""

    __slots__ = ("areas", "end", "population", "seed", "span", "start")

    def __init__(self, plan: Plan) -> None:
        self.seed, self.start, self.end = plan.seed, plan.start_s, plan.end_s
        self.span = self.end - self.start
        areas = [area for area in plan.areas for _ in range(_BIG_FORCES.get(area, 1))]
        Random(f"areas {plan.seed}").shuffle(areas)
        self.areas = tuple(areas)
        self.population = Population(plan.seed, len(areas), plan.dirt.twins)

    def force(self, serial: int) -> str:
        """The force of a case, and of who lives where the case is."""
        return self.areas[serial % len(self.areas)]

    def persistent(self, serial: int) -> int:
        """The persistent offender to whom a charged case falls. Each has so many charged cases a year."""
        cases_a_year = rate("charged cases a year, persistent") / (CHARGED * rate("persistent"))
        return persistent_number(serial, max(1, round(cases_a_year * self.span / (365 * DAY))))

    def starts(self, serial: int) -> int:
        """When a case is reported: any first N cases are spread evenly over the span."""
        return self.start + int((serial + 1) * _GOLDEN % 1.0 * self.span)


def is_second(serial: int) -> bool:
    """Whether a case is told with the one before."""
    return serial % PAIR_EVERY == 14


def tell_case(setting: Setting, serial: int, alone: bool = False) -> list[Told]:
    """All states of the records of a case, and of the case that is heard with it unless `alone`; in no order, beyond
    the end of the plan too. Nothing for a case that another tells."""
    if is_second(serial):
        return []
    rng = Random(f"case {setting.seed} {serial}")
    told: list[Told] = []
    pair = is_second(serial + 1) and not alone
    charged = pair or rng.random() < CHARGED
    known = [setting.persistent(serial)] if charged and not pair and rng.random() < rate("persistent") else None
    case = Case(serial, setting.force(case_of(known[0]) if known else serial), rng, told)
    start = setting.starts(serial)
    if rng.random() < rate("stop and search"):
        police.stop_search(case, start + rng.randrange(20 * DAY))
    on_record = police.report(case, start, charged)
    if charged:
        _charged(setting, case, on_record, pair, known)
    elif rng.random() < WITHOUT_SUSPECT:
        police.close_without_suspect(case, on_record)
    else:
        _suspected(setting, case, on_record)
    return told


def _suspected(setting: Setting, case: Case, on_record: int) -> None:
    """A suspect who is not charged at first; now and then the case is reopened and charged after all."""
    rng = case.rng
    ready = police.suspects(case, on_record, setting.population, None)
    when = ready + int(rng.expovariate(1 / (rate("days to outcome, suspect") * DAY))) + DAY
    if rng.random() < rate("consulted, not charged"):
        decided = cps.consult(case, ready, False)
        police.outcome(case, decided + HOUR, "15" if rng.random() < 0.7 else "16")
    elif police.close_with_suspect(case, when):
        again = when + 30 * DAY + rng.randrange(90 * DAY)
        case.crown = rng.random() < case.crimes[0].offence.crown
        _prosecuted([case], again, cps.consult(case, again, True), True)


def _charged(setting: Setting, case: Case, on_record: int, pair: bool, known: list[int] | None) -> None:
    """A case that is charged; `known` are the numbers of people who must be the suspects."""
    rng = case.rng
    population = setting.population
    cases = [case]
    if pair:
        known = [person_number(population.seed, case.serial, 0, population.neighbours)]
    ready = police.suspects(case, on_record, population, known)
    if pair:
        second = Case(case.serial + 1, case.force, rng, case.told)
        on_record = police.report(second, setting.starts(case.serial) + rng.randrange(20 * DAY), False)
        ready = max(ready, police.suspects(second, on_record, population, known))
        cases.append(second)
    offence = case.crimes[0].offence
    case.crown = not pair and rng.random() < offence.crown
    held = rate("remanded in custody, crown" if case.crown else "remanded in custody, magistrates")
    if rng.random() < held and case.suspects[0].arrested_at:
        for each in cases:
            for suspect in each.suspects:
                suspect.custody = True
    if case.crown or not case.suspects[0].custody:
        days = rate("days of investigation, crown" if case.crown else "days of investigation, magistrates")
        ready += int(rng.expovariate(1 / (days * DAY)))
    by_police = offence.crown < 0.3 and rng.random() < rate("police charge")
    decided = ready + 2 * HOUR if by_police else max(cps.consult(each, ready, True) for each in cases)
    _prosecuted(cases, ready, decided, not by_police)


def _prosecuted(cases: list[Case], ready: int, decided: int, by_cps: bool) -> None:
    """From the charge on: the police's file, the outcome of the crimes, the CPS's word, and the courts."""
    lead = cases[0]
    for case in cases:
        case.urn = identifiers.urn(case.force, case.serial, year(decided))
        court.prepare(case, decided)
    first = court.first_sitting(lead, decided)
    court_ou = Bench(cases).court_ou
    for case in cases:
        if by_cps:
            cps.authorise(case, decided, decided + 5 * HOUR)
        police.outcome(case, decided + HOUR, "1")
        police.prosecute(case, decided + HOUR, first, court_ou, case.rng.random() < rate("crime reference at court"))
    court.hear(cases, decided, first)
