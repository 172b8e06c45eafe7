"""The doctor's checks raise no false alarm over dense histories: deleted, empty and repeated states, merges, splits."""

from collections.abc import Callable

import pytest

from clickhouse.checks import checks
from clickhouse.store import Store
from streams import reproject
from streams.lag import GROUP
from streams.tidy import tidy
from tests.pipeline import Pipeline
from tests.streams.stories import publish, story

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def alarms(store: Store) -> dict[str, list[tuple[object, ...]]]:
    found = {check.name: store.query(check.statement, {"most": 5}) for check in checks()}
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.parametrize("seed", [7, 101])
def test_a_sound_history_raises_no_alarm(seed: int, system: Callable[[], None], store: Store, kafka: str) -> None:
    publish(kafka, story(seed))
    pipeline = Pipeline(store, kafka, chunk=lambda: 30, heads_per_message=9)
    pipeline.run()
    assert alarms(store) == {}
    pipeline.tell_kafka(GROUP)
    tidy(store, kafka, 0)
    reproject.ask(kafka, ["c" + 24 * "0"])
    pipeline.run()
    assert alarms(store) == {}
