"""Workers that share the partitions of an instance, with take-overs, crashes, and one that was replaced and goes on:
the tables are those of one undisturbed worker."""

import random
from collections.abc import Callable

import pytest

from clickhouse.store import Store
from streams import topics
from streams.chunks import GivenUpError
from tests.pipeline import Chunk, Pipeline
from tests.streams.people_stories import people_story
from tests.streams.stories import Event, publish, story
from tests.streams.test_exactly_once import BrokenError, assert_equal, undisturbed
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

ALL = (*topics.FEEDS, topics.RECORDS, topics.CASES, topics.PEOPLE)


class Crew:
    """Some workers, and who of them has which partition. `done`: what happened, to see that everything did."""

    def __init__(self, store: Store, kafka: str, workers: int, pick: random.Random) -> None:
        self._pick = pick
        self._breaks = False
        self._committed: dict[tuple[str, int], int] = {}
        self._workers = [self._worker(store, kafka) for _ in range(workers)]
        self._owner: dict[tuple[str, int], Pipeline] = {}
        self._last: dict[tuple[str, int], tuple[Pipeline, Chunk]] = {}
        self.done = dict.fromkeys(("crashes", "take-overs", "late", "fenced off"), 0)

    def _worker(self, store: Store, kafka: str) -> Pipeline:
        made = Pipeline(store, kafka, chunk=lambda: self._pick.randrange(1, 50), heads_per_message=6, cached_records=20,
                        on_step=self._step)  # fmt: skip
        made.committed = self._committed
        return made

    def _step(self, name: str) -> None:
        if self._breaks and self._pick.random() < 0.08:
            raise BrokenError(name)

    def run(self) -> None:
        """Everything that was published, to the end: of each partition a chunk, in any order, and again."""
        while waiting := self._waiting():
            self._pick.shuffle(waiting)
            for chunk in waiting:
                if self._pick.random() < 0.1:
                    self._take_over()
                self._work(chunk)

    def _work(self, chunk: Chunk) -> None:
        where = chunk.topic, chunk.partition
        worker = self._owner.setdefault(where, self._pick.choice(self._workers))
        try:
            self._process(worker, chunk)
        except BrokenError:
            self.done["crashes"] += 1
            self._take_over()
        else:
            self._committed[where] = chunk.next_offset
            self._last[where] = worker, chunk

    def _process(self, worker: Pipeline, chunk: Chunk) -> None:
        self._breaks = True
        try:
            worker.process(chunk)
        finally:
            self._breaks = False

    def _waiting(self) -> list[Chunk]:
        first: dict[tuple[str, int], Chunk] = {}
        for chunk in self._workers[0].chunks(ALL):
            first.setdefault((chunk.topic, chunk.partition), chunk)
        return list(first.values())

    def _take_over(self) -> None:
        """Partitions are shared out anew, and agents made anew; one chunk of before may still be under way."""
        late = self._pick.choice([*self._last.values(), None])
        agents = None if late is None else dict(late[0].__dict__)
        self._owner.clear()
        self.done["take-overs"] += 1
        for worker in self._workers:
            worker.start()
        if late is None or agents is None:
            return
        worker, chunk = late
        held, worker.__dict__ = worker.__dict__, agents
        try:
            worker.process(chunk)
            self.done["late"] += 1
        except GivenUpError:
            self.done["fenced off"] += 1
        finally:
            worker.__dict__ = held


@pytest.mark.parametrize("workers", [2, 3])
@pytest.mark.parametrize("told", [story(31, 160), people_story(31, 120)], ids=["cases", "people"])
def test_whoever_works_the_tables_are_those_of_one_undisturbed_worker(
    told: list[Event], workers: int, system: Callable[[], None], store: Store, kafka: str
) -> None:
    expected = undisturbed(store, kafka, told)
    system()
    pick = random.Random(workers)
    again = [*told, *pick.sample(told, 30)]
    pick.shuffle(again)
    publish(kafka, again)
    crew = Crew(store, kafka, workers, pick)
    crew.run()
    assert_equal(dump(store), expected)
    assert crew.done["crashes"] and crew.done["take-overs"] and crew.done["late"], crew.done
