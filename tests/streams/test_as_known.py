"""A case as it was known: equal to the rows of an instance that was never told what came later. On the real engine."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from clickhouse.store import Store
from processors.linking.as_known import WholeMemory
from processors.linking.link import link
from processors.standardise.standardise import Accepted, standardise
from schemas.flow import CaseChange, EventRef, Head, record_id_of
from streams.as_known import case_as_known
from streams.look import Look
from tests.in_process import rows_of
from tests.linked import link_all
from tests.streams.stories import Event, story
from tests.tables import empty

pytestmark = pytest.mark.integration

LIMIT = 100


def accepted(events: list[Event]) -> list[tuple[Event, Head]]:
    found = []
    for event in events:
        told = standardise(event[2], EventRef(event[0], 1, 0, 0))
        if isinstance(told, Accepted):
            found.append((event, told.head))
    return found


def cases_of(heads: list[Head]) -> dict[str, CaseChange]:
    memory = WholeMemory()
    cases: dict[str, CaseChange] = {}
    for head in heads:
        for change in link(memory, [head], LIMIT).cases:
            cases[change.case_id] = change
    return {case_id: change for case_id, change in cases.items() if change.members}


@pytest.fixture(scope="module", params=[5, 11])
def told(request: pytest.FixtureRequest, store: Store) -> list[Head]:
    empty(store)
    both = sorted(accepted(story(request.param)), key=lambda one: one[1].order)
    link_all(store, [orjson.loads(event[2]) for event, _head in both])
    return [head for _event, head in both]


@pytest.mark.parametrize("day", [3, 9, 14, 20, 27])
def test_each_case_is_that_of_an_instance_that_was_told_no_more(told: list[Head], store: Store, day: int) -> None:
    at = datetime(2025, 3, 1, 10, tzinfo=UTC) + timedelta(days=day)
    at_us = int(at.timestamp() * 1_000_000)
    until = [head for head in told if head.order.time_us <= at_us]
    assert len(until) > 0, "nothing was known then"
    expected = cases_of(until)
    rows = rows_of(until)
    look = Look(store)
    assert expected
    for case_id, change in expected.items():
        found = case_as_known(look, record_id_of(case_id), at_us)
        assert found is not None
        assert (found.case_id, set(found.records)) == (case_id, {member.record_id for member in change.members})
        wanted = {
            table: [row for row in of_table if row[0] == case_id]
            for table, of_table in rows.items()
            if any(row[0] == case_id for row in of_table)
        }
        assert {table: sorted(made, key=repr) for table, made in found.rows.items() if made} == wanted
    later = {head.subject_id for head in told} - {head.subject_id for head in until}
    for subject_id in sorted(later):
        assert case_as_known(look, subject_id, at_us) is None
