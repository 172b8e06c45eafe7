"""Old messages of `cases` that come again, behind newer ones, to a projector that remembers nothing."""

from collections.abc import Callable

import pytest

from clickhouse.store import Store
from streams import topics
from tests.pipeline import Pipeline
from tests.streams.stories import publish, story
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

STORY = story(7)


def test_steps_that_were_passed_over_and_are_told_again_leave_no_rows(
    system: Callable[[], None], store: Store, kafka: str
) -> None:
    publish(kafka, STORY)
    first = Pipeline(store, kafka, chunk=lambda: 9, heads_per_message=5)
    first.run_standardise()
    asleep = list(first.chunks((topics.RECORDS,)))
    first.run_link()
    first.chunk = lambda: 1_000  # of each case the last message only is projected
    first.run_project()
    expected = dump(store)
    late = Pipeline(store, kafka)
    for chunk in asleep[: len(asleep) // 2]:
        late.linker.process(chunk)  # a linker that wakes up late and is stopped again
    taken = Pipeline(store, kafka, chunk=lambda: 3)
    taken.committed = dict(first.committed)
    taken.run_project()
    found = dump(store)
    for table, rows in expected.items():
        assert found[table] == rows, table
