"""The doctor's checks raise no false alarm over dense histories: deleted, empty and repeated states, merges, splits."""

from collections.abc import Callable

import pytest

from clickhouse.checks import checks
from clickhouse.store import Store
from streams import reproject
from streams.lag import GROUP
from streams.tidy import tidy
from tests.pipeline import Pipeline
from tests.streams.people_stories import people_story
from tests.streams.stories import publish, story

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def alarms(store: Store) -> dict[str, list[tuple[object, ...]]]:
    found = {check.name: store.query(check.statement, {"most": 5}) for check in checks()}
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.parametrize("seed", [7, 101])
def test_a_sound_history_raises_no_alarm(seed: int, system: Callable[[], None], store: Store, kafka: str) -> None:
    publish(kafka, [*story(seed), *people_story(seed, 80)])
    pipeline = Pipeline(store, kafka, chunk=lambda: 30, heads_per_message=9)
    pipeline.run()
    assert alarms(store) == {}
    pipeline.tell_kafka(GROUP)
    tidy(store, kafka, 0)
    reproject.ask(kafka, ["c" + 24 * "0"])
    pipeline.run()
    assert alarms(store) == {}


def test_a_person_whose_records_are_lost_is_found(system: Callable[[], None], store: Store, kafka: str) -> None:
    publish(kafka, people_story(7, 40))
    Pipeline(store, kafka).run()
    assert alarms(store) == {}
    ((person, records),) = store.query("SELECT person_id, records + merged FROM casestream.people FINAL LIMIT 1", {})
    store.command("DELETE FROM casestream.people_members WHERE person_id = {person:String}", {"person": person})
    assert alarms(store) == {"people_without_records": [(person, records, 0, 1)]}
