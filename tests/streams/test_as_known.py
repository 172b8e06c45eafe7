"""A case as it was known: equal to the rows of an instance that was never told what came later. On the real engine."""

from datetime import UTC, datetime, timedelta
from random import Random

import orjson
import pytest

from clickhouse.store import Store
from processors.linking.as_known import WholeMemory
from processors.linking.link import link
from processors.standardise.standardise import Accepted, standardise
from schemas.flow import CaseChange, EventRef, Head, record_id_of, subject_id
from streams.as_known import case_as_known
from streams.look import Look
from tests.in_process import rows_of
from tests.linked import deleted, event, link_all
from tests.streams.stories import Event, story
from tests.tables import empty

pytestmark = pytest.mark.integration

LIMIT = 100


def accepted(events: list[Event]) -> list[tuple[Event, Head]]:
    found = []
    for one in events:
        told = standardise(one[2], EventRef(one[0], 1, 0, 0))
        if isinstance(told, Accepted):
            found.append((one, told.head))
    return found


def cases_of(heads: list[Head]) -> dict[str, CaseChange]:
    memory = WholeMemory()
    cases: dict[str, CaseChange] = {}
    for head in heads:
        for change in link(memory, [head], LIMIT).cases:
            cases[change.case_id] = change
    return {case_id: change for case_id, change in cases.items() if change.members}


@pytest.fixture(scope="module", params=[(5, False), (8, True), (11, True)], ids=str)
def told(request: pytest.FixtureRequest, store: Store) -> list[Head]:
    """What sources told, by their time. It arrives so, or (True) in any order: a state may come when it counts no
    longer."""
    seed, shuffled = request.param
    empty(store)
    both = sorted(accepted(story(seed)), key=lambda one: one[1].order)
    arriving = Random(seed).sample(both, len(both)) if shuffled else both
    link_all(store, [orjson.loads(event[2]) for event, _head in arriving])
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
    for record_id in sorted(later):
        assert case_as_known(look, record_id, at_us) is None


def test_a_decision_that_was_withdrawn_counts_as_long_as_it_stood(store: Store) -> None:
    empty(store)
    one, other = (subject_id("test", "police.crime", name) for name in ("CR1", "CR2"))
    crime = {"force": "40", "recorded_at": "2025-03-01T09:00:00Z", "category": "Burglary"}
    decided = {
        "verdict": "include", "records": sorted((one, other)), "reason": "a test", "decided_by": "a test",
    }  # fmt: skip
    pair, kind = "/".join(sorted((one, other))), "casestream.link_decision"
    link_all(store, [
        event("police.crime", "CR1", crime | {"crime_ref": "CR1"}, "2025-03-01T10:00:00Z"),
        event("police.crime", "CR2", crime | {"crime_ref": "CR2"}, "2025-03-01T11:00:00Z"),
        event(kind, pair, decided, "2025-03-03T10:00:00Z"), deleted(kind, pair, "2025-03-10T10:00:00Z"),
    ])  # fmt: skip
    together = [1, 2, 2, 1]
    for day, records in zip((2, 4, 9, 11), together, strict=True):
        at_us = int(datetime(2025, 3, day, tzinfo=UTC).timestamp() * 1_000_000)
        for record_id in (one, other):
            known = case_as_known(Look(store), record_id, at_us)
            assert known is not None
            assert len(known.records) == records, f"on the {day}th"
