"""Events at the ends of what the contracts accept go through every agent into a real ClickHouse: none stops an agent,
none is lost, no case faults."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clickhouse.store import Store
from schemas.events import KINDS
from tests.extremes import event_of, written
from tests.linked import take_all
from tests.tables import empty

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

_COUNTS = "SELECT (SELECT count() FROM casestream.events FINAL), (SELECT count() FROM casestream.case_faults FINAL)"
_INTERNAL = "SELECT reason FROM casestream.rejects FINAL WHERE rule = 'internal-error'"


@pytest.fixture
def emptied(store: Store) -> Iterator[Store]:
    empty(store)
    yield store
    empty(store)


def test_no_accepted_event_stops_an_agent(emptied: Store) -> None:
    taken = 0

    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(list(KINDS)).flatmap(event_of), min_size=8, max_size=16))
    def one(events: list[dict[str, Any]]) -> None:
        nonlocal taken
        take_all(emptied, ((KINDS[event["type"]].agency, written(event)) for event in events))
        taken += len(events)
        assert emptied.query(_COUNTS, {}) == [(taken, 0)]
        assert emptied.query(_INTERNAL, {}) == []

    one()


def test_what_is_no_text_is_rejected_and_kept(emptied: Store) -> None:
    crime = {"crime_ref": "C\ud800", "force": "20", "recorded_at": "2026-01-02"}
    told = {"specversion": "1.0", "id": "e1", "source": "s", "subject": "c", "type": "police.crime", "data": crime}
    assert take_all(emptied, [("police", written(told))]) == 0
    assert emptied.query("SELECT rule, body FROM casestream.rejects FINAL", {}) == [
        ("malformed-json", written(told).decode())
    ]
