"""Events in the order given -> persons: standardise, link, what is told and who is who, in memory, without tables."""

from collections.abc import Iterable, Iterator
from random import Random

from processors.linking.as_known import WholeMemory
from processors.linking.link import link
from processors.people.blocking import BlockingRules
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.clustering import Elsewhere, People
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from processors.people.told import Teller, TellingMemory, Told, ToldStep
from processors.standardise.standardise import Accepted, standardise
from schemas.flow import EventRef
from tests.streams import people_plainly
from tests.streams.stories import Event

_MODEL = read_settings(standard.SETTINGS)
_SCORER, _RULES = PairScorer(_MODEL, NO_FREQUENCIES), BlockingRules.of(_MODEL)


class Nothing:
    """Nothing is kept elsewhere."""

    def told(self, ids: object) -> dict[str, Teller | Told]:
        return {}


def people_of(elsewhere: Elsewhere | None = None) -> People[ReadyRecord]:
    """Nobody yet, under the standard model."""
    return People(_SCORER, _RULES, elsewhere=elsewhere)


def steps(events: Iterable[Event], pick: Random) -> Iterator[ToldStep]:
    """What each message comes to, taken in messages of random sizes."""
    memory = WholeMemory()
    told = TellingMemory(Nothing())
    heads = []
    for at, (topic, _key, value) in enumerate(events):
        found = standardise(value, EventRef(topic, 1, 0, at))
        assert isinstance(found, Accepted), found
        heads.append(found.head)
    while heads:
        size = pick.randrange(1, 9)
        message, heads = heads[:size], heads[size:]
        yield told.apply(link(memory, message, 100).people.values())


def persons(events: Iterable[Event], pick: Random) -> people_plainly.Shown:
    """The persons that the events end in."""
    people = people_of()
    for step in steps(events, pick):
        people.apply(step.records, step.decisions, step.taken_back)
    return {(one.records, one.merged, bool(one.attention)) for one in people.clusters}
