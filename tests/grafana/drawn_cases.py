"""Cases for a board: a small simulated history, standardised, linked and projected in this process, its people linked
too, then stored."""

from collections.abc import Iterator

from clickhouse.store import Store
from schemas.flow import HEADS_DECODER
from simulator import Plan, happenings
from streams.link_agent import Linker
from streams.offsets import Record
from streams.people_agent import PeopleLinker
from streams.project_agent import Projector
from streams.standardise_agent import Standardiser
from streams.topics import CASES, PEOPLE, RECORDS
from tests.pipeline import Chunk


class Kept:
    """Messages between the agents, kept in memory: here only the tables matter."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, int, bytes]] = []

    def send(self, topic: str, key: bytes | None, value: bytes, partition: int | None = None) -> None:
        self.messages.append((topic, partition or 0, value))

    def flush(self) -> None:
        """Nothing is on its way."""

    def chunks(self, of: str) -> Iterator[Chunk]:
        for offset, (topic, partition, value) in enumerate(self.messages):
            if topic == of:
                yield Chunk(topic, partition, [Record(offset, None, value, 0, ())])


def draw_cases(store: Store, seed: int = 1) -> None:
    """Store the cases and people of a simulated history of some 3,000 events. Another seed adds others, under a later
    epoch."""
    heads, linked = Kept(), Kept()
    feeds: dict[str, list[Record]] = {}
    for happening in happenings(Plan(seed=seed, events=3_000, areas=("20", "46"))):
        topic = f"feeds.{happening.agency}"
        records = feeds.setdefault(topic, [])
        records.append(Record(len(records), None, happening.value, 1_700_000_000_000, ()))
    standardiser = Standardiser(store, heads, dict.fromkeys(feeds, seed))
    standardiser.process([Chunk(topic, 0, records) for topic, records in feeds.items()])
    assert all(HEADS_DECODER.decode(value).heads for _topic, _partition, value in heads.messages)
    linker = Linker(store, linked, seed, case_partitions=1)
    linker.fill_filters()
    for chunk in heads.chunks(RECORDS):
        linker.process(chunk)
    projector = Projector(store)
    projector.fill_filters()
    projector.process(list(linked.chunks(CASES)))
    people = PeopleLinker(store)
    for chunk in linked.chunks(PEOPLE):
        people.process(chunk)
