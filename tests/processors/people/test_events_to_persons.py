"""Events in any order, some twice, to persons: standardise, link, what is told, and who is who, in memory; held against
a plain implementation that looks at the last states alone."""

from random import Random

import pytest

from processors.linking.link import link
from processors.linking.memory import Memory
from processors.people.blocking import BlockingRules
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.clustering import People
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from processors.people.told import Teller, TellingMemory, Told
from processors.standardise.standardise import Accepted, standardise
from schemas.flow import EventRef, Key
from tests.streams import people_plainly
from tests.streams.people_stories import people_story
from tests.streams.stories import Event

_MODEL = read_settings(standard.SETTINGS)


class _Everything(dict[Key, set[str]]):
    """The carriers of every identifier, also of those that were never met."""

    def get(self, key: Key, default: object = None) -> set[str]:  # type: ignore[override]
        return self.setdefault(key, set())


class _Nothing:
    def told(self, ids: object) -> dict[str, Teller | Told]:
        return {}


def _linked(events: list[Event], pick: Random) -> people_plainly.Shown:
    memory = Memory()
    memory.carriers = _Everything()
    told = TellingMemory(_Nothing())
    people: People[ReadyRecord] = People(PairScorer(_MODEL, NO_FREQUENCIES), BlockingRules.of(_MODEL))
    heads = []
    for at, (topic, _key, value) in enumerate(events):
        found = standardise(value, EventRef(topic, 1, 0, at))
        assert isinstance(found, Accepted)
        heads.append(found.head)
    while heads:
        size = pick.randrange(1, 9)
        message, heads = heads[:size], heads[size:]
        step = told.apply(link(memory, message, 100).people.values())
        people.apply(step.records, step.decisions, step.taken_back)
    return {(one.records, one.merged, bool(one.attention)) for one in people.clusters}


@pytest.mark.parametrize("seed", range(25))
def test_any_order_ends_as_told_plainly(seed: int) -> None:
    events = people_story(seed, 120)
    expected = people_plainly.clusters(events)
    pick = Random(seed)
    assert _linked(events, pick) == expected
    again = [*events, *pick.sample(events, 30)]
    pick.shuffle(again)
    assert _linked(again, pick) == expected


def test_the_stories_hold_all_that_matters() -> None:
    found = [one for seed in range(25) for one in people_plainly.clusters(people_story(seed, 120))]
    assert max(len(records) for records, _merged, _attention in found) > 4
    assert any(merged for _records, merged, _attention in found)
    assert any(attention for _records, _merged, attention in found)
