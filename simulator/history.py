"""The happenings of a plan in the order in which they arrive: cases are made up one by one, by their start, and their
states wait in the bucket of the day on which they arrive. Memory holds only what has not arrived yet."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from random import Random
from typing import NamedTuple

import orjson

from schemas.events import KINDS, Agency
from simulator.case import Setting, tell_case
from simulator.defects import DELETED, Arrival, arrivals
from simulator.dirt import written_down
from simulator.hmpps import PRISON_IDS
from simulator.moments import DAY, HOUR, day, iso
from simulator.plan import Plan
from simulator.story import PRISONS, Part, Told

AGENCY_OF: dict[str, Agency] = {name: kind.agency for name, kind in KINDS.items()}
"""The agency of each kind of record."""

_COUNTED_EXACTLY = 50_000
_SAMPLE, _MARGIN = 4_000, 1.04


class Happening(NamedTuple):
    """An event on its arrival: the agency that sends it, its key (source, kind and subject, between unit separators),
    the CloudEvent as JSON, and when it arrives (UTC)."""

    agency: Agency
    key: str
    value: bytes
    arrival: datetime


class Emission(NamedTuple):
    """A happening with what the truth needs. `doomed`: its record will be deleted; `deletes`: this deletes it."""

    at: int
    serial: int
    event: str
    kind: str
    source: str
    subject: str
    value: bytes
    parts: tuple[Part, ...]
    doomed: bool
    deletes: bool

    def happening(self) -> Happening:
        """As the outside sees it."""
        key = f"{self.source}\x1f{self.kind}\x1f{self.subject}"
        return Happening(AGENCY_OF[self.kind], key, self.value, datetime.fromtimestamp(self.at, UTC))


def happenings(plan: Plan) -> Iterator[Happening]:
    """All happenings of a plan, in order of arrival; the same for the same plan."""
    return (emission.happening() for emission in emissions(plan))


def emissions(plan: Plan) -> Iterator[Emission]:
    """All happenings of a plan with their truth, in order of arrival; with `plan.events`, that many."""
    setting = Setting(plan)
    cases = _how_many(plan, setting)
    left = plan.events if plan.events is not None else -1
    for emission in _in_order(plan, setting, cases):
        if left == 0:
            return
        left -= 1
        yield emission


def _in_order(plan: Plan, setting: Setting, cases: int) -> Iterator[Emission]:
    buckets: dict[int, list[Emission]] = {}
    today = plan.start_s // DAY
    _sort_in(buckets, -1, _capacities(plan), plan)
    for serial in sorted(range(cases), key=setting.starts):
        start = setting.starts(serial) // DAY
        while today < start:
            yield from sorted(buckets.pop(today, ()))
            today += 1
        _sort_in(buckets, serial, _case(plan, setting, serial, cases), plan)
    for number in sorted(buckets):
        yield from sorted(buckets[number])


def _case(plan: Plan, setting: Setting, serial: int, cases: int) -> list[Arrival]:
    """What arrives of a case before the plan ends."""
    told = tell_case(setting, serial, alone=serial + 1 >= cases)
    if plan.dirt.any():
        told = written_down(told, setting.population, plan.dirt)
    told.sort(key=_time)
    rng = Random(f"defects {plan.seed} {serial}") if plan.defects.any() else _UNUSED
    lag = 3 + serial * 7919 % 600
    end = setting.end
    return [arrival for arrival in arrivals(told, lag, plan.defects, rng) if arrival.at < end]


_UNUSED = Random(0)


def _time(told: Told) -> int:
    return told.time


def _sort_in(buckets: dict[int, list[Emission]], serial: int, coming: list[Arrival], plan: Plan) -> None:
    doomed: set[tuple[str, str]] = set()
    if plan.defects.deletions:
        doomed = {(a.told.data["kind"], a.told.subject) for a in coming if a.told.kind == DELETED}
    mark = f"{serial:07d}-" if serial >= 0 else "capacity-"
    for at, event, told in coming:
        _, kind, source, subject, data, parts = told
        value = orjson.dumps({
            "specversion": "1.0", "id": mark + event, "source": source, "type": kind, "subject": subject,
            "time": iso(told.time), "datacontenttype": "application/json", "data": data,
        })  # fmt: skip
        deletes = kind == DELETED
        if deletes:
            kind = data["kind"]
        emission = Emission(
            at, serial, event, kind, source, subject, value, parts, (kind, subject) in doomed, deletes
        )
        bucket = buckets.get(at // DAY)
        if bucket is None:
            buckets[at // DAY] = [emission]
        else:
            bucket.append(emission)


def _capacities(plan: Plan) -> list[Arrival]:
    """What the prisons can hold, told monthly; of no case."""
    made = []
    for month in range(plan.months):
        at = plan.start_s + month * 30 * DAY + 8 * HOUR
        for number, prison in enumerate(PRISON_IDS):
            capacity = 600 + 150 * number + 5 * month
            data = {
                "prison_id": prison, "on": day(at), "operational_capacity": capacity,
                "certified_accommodation": capacity - 60,
            }  # fmt: skip
            told = Told(at, "hmpps.prison_capacity", PRISONS, f"{prison}/{day(at)}", data, (Part("", None, ()),))
            if at + HOUR < plan.end_s:
                made.append(Arrival(at + HOUR, f"{prison}-{month:03d}", told))
    return made


def _how_many(plan: Plan, setting: Setting) -> int:
    """How many cases a plan needs. Any first N cases are spread evenly over its time, so a small number of events is
    counted out, a great one estimated from the first cases, with some to spare."""
    if plan.events is None:
        return plan.cases or 1_000
    count = len(_capacities(plan))
    sampled = 0
    while count < plan.events:
        if plan.events > _COUNTED_EXACTLY and sampled == _SAMPLE:
            return int(sampled * (plan.events / count) * _MARGIN)
        count += len(_case(plan, setting, sampled, sampled + 2))
        sampled += 1
    return max(1, sampled + 1)


def digest_of(history: Iterable[Happening]) -> str:
    """32 hexadecimal digits over all that a history tells, and in which order: what says that two are the same."""
    whole = blake2b(digest_size=16)
    for each in history:
        whole.update(f"{each.agency}|{each.key}|{each.arrival.isoformat()}|".encode() + each.value)
    return whole.hexdigest()
