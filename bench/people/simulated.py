"""A simulated history, read as an instance reads it: events -> standardise -> link -> what is told of people. Whose
each person record is, is known from the history's truth."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

from bench.people.by_us import WHOLE, Rules, clusters_now, linked_people, people_of
from bench.people.collections import Settings
from bench.people.made import Made
from bench.people.measured import Clusters
from processors.linking.as_known import WholeMemory
from processors.linking.link import link
from processors.people.cleaning import PersonRecord, is_linkable
from processors.people.told import Teller, TellingMemory, Told, ToldStep
from processors.standardise.standardise import Accepted, standardise
from schemas.flow import EventRef, Head
from schemas.person_facts import FACTS_DECODER
from simulator import Dirt, Plan, happenings
from simulator.write import truth_lines

TOGETHER = 50
"""Heads in a message of `records`, at most."""

_KEY_RECORDS = 500


@dataclass(frozen=True, slots=True)
class Simulated:
    """What the agent people is told, step by step, and the person records in the end: those of the accused, as far as
    they may be linked. Victims have one record each, and are never joined with them."""

    steps: tuple[ToldStep, ...]
    made: Made

    def linked(self, settings: Settings, join: float, rules: Rules) -> tuple[Clusters, float]:
        """Clusters, and the seconds of processor time that they took. With all rules, the steps as they come, with what
        services and courts decided; else the person records of the end, at once."""
        if rules != WHOLE:
            return linked_people(self.made.records, settings, join, rules)
        begin = process_time()
        people = people_of(self.made.records.values(), settings, join, rules)
        for step in self.steps:
            people.apply(step.records, step.decisions, step.taken_back)
        return clusters_now(people, self.made.records), process_time() - begin


def simulated(seed: int, cases: int, dirt: Dirt) -> Simulated:
    """A history of so many cases."""
    plan = Plan(seed=seed, cases=cases, dirt=dirt)
    heads = list(_heads(plan))
    steps = tuple(_steps(heads))
    last: dict[str, PersonRecord | None] = {}
    for step in steps:
        last.update(step.records)
    truth = _truth(plan, heads)
    records = {
        one: record for one, record in last.items()
        if record is not None and record.group == "accused" and is_linkable(record)
    }  # fmt: skip
    return Simulated(steps, Made(records, {one: truth[one] for one in records}))


def _heads(plan: Plan) -> Iterator[Head]:
    for offset, happening in enumerate(happenings(plan)):
        found = standardise(happening.value, EventRef("feeds", 0, 0, offset))
        if not isinstance(found, Accepted):
            raise RuntimeError(f"a simulated event is not accepted: {found}")
        yield found.head


class _Nowhere:
    """All that was told is at hand."""

    def told(self, ids: Collection[str]) -> dict[str, Teller | Told]:
        return {}


def _steps(heads: Sequence[Head]) -> Iterator[ToldStep]:
    memory, told = WholeMemory(), TellingMemory(_Nowhere())
    for at in range(0, len(heads), TOGETHER):
        yield told.apply(link(memory, heads[at : at + TOGETHER], _KEY_RECORDS).people.values())


def _truth(plan: Plan, heads: Iterable[Head]) -> dict[str, str]:
    """Whose each person record is: a record of an agency tells of its people in the order in which the truth names
    them."""
    persons = {line.record: line.persons for line in truth_lines(plan)}
    truth: dict[str, str] = {}
    for part in (part for head in heads for part in head.parts if part.people):
        told: Any = FACTS_DECODER.decode(part.people).persons
        for one, person in zip(told, persons[part.record_id], strict=bool(told)):
            if truth.setdefault(one.person_record_id, person) != person:
                raise RuntimeError(f"a person record of two people: {one.person_record_id}")
    return truth
