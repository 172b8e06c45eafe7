"""Histories: stories begin evenly over the window, are told chapter by chapter, and come out in the order of arrival.

Only what has been told and has not yet arrived is held, as bytes: about a tenth of a run. The n-th story has its own
chance, and numbers are given out in the order of chapters, so a seed and a plan give the same bytes everywhere.
"""

from collections.abc import Iterator
from datetime import date
from heapq import heappop, heappush

from simulator.days import at, day_of, number
from simulator.defects import Delivery, Spoiler
from simulator.dice import Dice
from simulator.happening import Happening, Truth, agency_of, encode
from simulator.plan import Plan
from simulator.story import Chapter, Storyteller
from simulator.telling import Told

_EVENTS_A_STORY = ((1, 2.6), (3, 3.8), (6, 4.8), (12, 6.1), (24, 7.3), (36, 7.9), (60, 8.4), (240, 8.9))
_CASES_A_STORY = 1.0
"""How much a story yields, by the months of the window: measured over many seeds, at a charged weight of 1."""


def simulate(plan: Plan) -> Iterator[Happening]:
    """Everything that happens, in the order in which it arrives; without defects that is the order of source time."""
    return _Run(plan).run()


class _Run:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._teller = Storyteller(plan)
        self._spoiler = Spoiler(plan.defects, plan.end_s)
        self._clean = plan.defects.clean
        self._waiting: list[tuple[int, int, Happening]] = []
        self._chapters: list[tuple[int, int, Chapter]] = []
        self._serial = 0
        self._people_told: set[tuple[str, str]] = set()
        self._tag = self._teller.numbers.tag

    def run(self) -> Iterator[Happening]:
        waiting, chapters = self._waiting, self._chapters
        for begins, first in self._beginnings():
            while chapters and chapters[0][0] <= begins:
                due, _, chapter = heappop(chapters)
                yield from self._arrived(due)
                self._tell(chapter)
            yield from self._arrived(begins)
            if isinstance(first, Chapter):
                self._tell(first)
            else:
                told: list[Told] = []
                self._teller.tell_capacity(first, told)
                self._deliver(told, Dice(first))
        while chapters:
            due, _, chapter = heappop(chapters)
            yield from self._arrived(due)
            self._tell(chapter)
        while waiting:
            yield heappop(waiting)[2]

    def _beginnings(self) -> Iterator[tuple[int, Chapter | int]]:
        """The stories and the months of the prisons' capacity, in the order of their days."""
        plan = self.plan
        start, end = plan.start_s, plan.end_s
        stories = _stories(plan)
        months = _months(day_of(start), day_of(end))
        for index in range(stories):
            dice = Dice((plan.seed << 40) + index + 1)
            day = day_of(start + int((index + dice.roll()) / stories * (end - start)))
            while months and months[0] <= day:
                yield at(months[0], 0), months.pop(0)
            yield at(day, 0), self._teller.first_chapter(day, dice)

    def _arrived(self, until: int) -> Iterator[Happening]:
        waiting = self._waiting
        while waiting and waiting[0][0] < until:
            yield heappop(waiting)[2]

    def _tell(self, chapter: Chapter) -> None:
        told: list[Told] = []
        further = self._teller.tell(chapter, told)
        self._deliver(told, chapter.dice)
        if further is not None and (due := at(further.day, 0)) < self.plan.end_s:
            self._serial += 1
            heappush(self._chapters, (due, self._serial, further))

    def _deliver(self, told: list[Told], dice: Dice) -> None:
        """Spoil a chapter as the plan says, name its events, tell the truth once a record, and let them wait."""
        deleted: set[tuple[str, str]] = set()
        if self._clean:
            deliveries = [Delivery(one.time, str(index), one) for index, one in enumerate(told)]
        else:
            deliveries, deleted = self._spoiler.deliver(told, Dice(self._serial * 2 + 1))
        deliveries.sort(key=lambda one: one.arrival)
        self._serial += 1
        chapter = f"{self._tag}{self._serial:x}-"
        seen: set[tuple[str, str]] = set()
        for arrival, name, one in deliveries:
            truth: tuple[Truth, ...] = ()
            record = (one.kind, one.subject)
            if record not in seen:
                seen.add(record)
                truth = self._truth(one, record in deleted)
            self._serial += 1
            heappush(self._waiting, (arrival, self._serial, Happening(
                arrival, one.time, agency_of(one), one.subject, encode(one, chapter + name), truth,
            )))

    def _truth(self, told: Told, deleted: bool) -> tuple[Truth, ...]:
        if told.records[0].case is None:  # people's records come up in several chapters
            record = (told.kind, told.subject)
            if record in self._people_told:
                return ()
            self._people_told.add(record)
        return tuple(
            Truth(told.kind, told.source, told.subject, one.part, one.case, one.persons, deleted)
            for one in told.records
        )


def _stories(plan: Plan) -> int:
    """How many stories give about the planned number of events or cases."""
    if plan.cases is not None:
        return max(1, round(plan.cases / _CASES_A_STORY))
    yields = _EVENTS_A_STORY[-1][1]
    for (low, fewer), (high, more) in zip(_EVENTS_A_STORY, _EVENTS_A_STORY[1:], strict=False):
        if plan.months <= high:
            yields = fewer + (more - fewer) * max(0, plan.months - low) / (high - low)
            break
    return max(1, round((plan.events or 1) / yields))


def _months(first: int, last: int) -> list[int]:
    """The first days of the months of a window."""
    epoch = date(1970, 1, 1)
    found = []
    year, month = (date.fromordinal(epoch.toordinal() + first)).timetuple()[:2]
    while True:
        month += 1
        if month > 12:
            year, month = year + 1, 1
        day = number(date(year, month, 1))
        if day >= last:
            return found
        found.append(day)
