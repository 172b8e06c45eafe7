"""Rows that their table does not take: their case, or their event, is set apart with the reason, and all others go
on."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from clickhouse.store import Store, StoreRefused
from processors.cases import project
from processors.cases.histories import RecordHistory
from processors.cases.project import CaseRows
from processors.standardise import standardise as standardising
from processors.standardise.standardise import Accepted, Rejected
from schemas.flow import EventRef
from streams import project_agent, reproject, standardise_agent
from tests.pipeline import Pipeline
from tests.streams.stories import Event, publish, story
from tests.streams.test_exactly_once import assert_equal
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

System = Callable[[], None]
Tables = dict[str, list[tuple[object, ...]]]
STORY = story(7)
LATE = 120
"""So many events of the story come before the code, or the table, is such that rows do not fit."""


def run(store: Store, kafka: str, events: list[Event]) -> Pipeline:
    publish(kafka, events)
    pipeline = Pipeline(store, kafka)
    pipeline.run()
    return pipeline


def faults(store: Store) -> dict[str, str]:
    found = store.query("SELECT case_id, error FROM casestream.case_faults FINAL", {})
    return {str(case_id): str(error) for case_id, error in found}


def of_cases(tables: Tables, chosen: Callable[[str], bool]) -> Tables:
    """The rows of the cases' own tables of some cases."""
    names = [name for name in tables if name in project_tables()]
    return {name: [row for row in tables[name] if chosen(str(row[0]))] for name in names}


def project_tables() -> set[str]:
    return {"cases", "case_events", "case_crimes", "case_suspects", "case_court_cases", "case_offences", "case_results"}


def too_many_suspects(case_id: str, records: Sequence[RecordHistory], *_: object) -> CaseRows:
    """More suspects of a crime than UInt16 holds, and an event's number, which is part of a key, beyond it."""
    rows: dict[str, Any] = dict(project.project_case(case_id, records))
    if "case_court_cases" in rows and "case_crimes" in rows:
        rows["case_crimes"] = [row._replace(suspects=70_000) for row in rows["case_crimes"]]
        rows["case_events"] = [*rows["case_events"], rows["case_events"][0]._replace(n=70_000)]
    return rows


def assert_well_again(pipeline: Pipeline, faulted: list[str], expected: dict[str, list[tuple[object, ...]]]) -> None:
    """Projected anew, the cases have all their rows, and no fault."""
    reproject.ask(pipeline.bootstrap, faulted)
    pipeline.run()
    assert not faults(pipeline.store)
    assert_equal(dump(pipeline.store), expected)


@pytest.mark.parametrize("chunk", [1_000, 5])
def test_a_case_whose_rows_do_not_fit_keeps_those_it_has_and_the_others_go_on(
    chunk: int, system: System, store: Store, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, kafka, STORY)
    expected = dump(store)
    system()
    pipeline = run(store, kafka, STORY[:LATE])
    before = dump(store)
    pipeline.chunk = lambda: chunk
    with monkeypatch.context() as patch:
        patch.setattr(project_agent, "project_case", too_many_suspects)
        publish(kafka, STORY[LATE:])
        pipeline.run()
    faulted = faults(store)
    assert faulted
    for error in faulted.values():
        assert error == "UnfitValueError: case_events: column n (UInt16): cannot hold 70000" or (
            error == "UnfitValueError: case_crimes: column suspects (UInt16): cannot hold 70000"
        )
    after = dump(store)
    if chunk > len(STORY):  # in small ones some were well in between
        assert of_cases(after, faulted.__contains__) == of_cases(before, faulted.__contains__)
    well = of_cases(after, lambda case_id: case_id not in faulted)
    assert well == of_cases(expected, lambda case_id: case_id not in faulted)
    assert well["cases"]
    pipeline.start()
    assert_well_again(pipeline, list(faulted), expected)


def test_a_case_that_the_server_refuses_is_set_apart_and_is_well_when_it_does_not_any_more(
    system: System, store: Store, kafka: str
) -> None:
    run(store, kafka, STORY)
    expected = dump(store)
    ((case_id, crime_id),) = store.query("SELECT case_id, crime_id FROM casestream.case_crimes FINAL LIMIT 1", {})
    system()
    store.command(f"ALTER TABLE casestream.case_crimes ADD CONSTRAINT none_such CHECK crime_id != '{crime_id}'")
    try:
        pipeline = run(store, kafka, STORY)
        faulted = faults(store)
        assert list(faulted) == [case_id]
        assert "none_such" in faulted[str(case_id)]
        well = of_cases(expected, lambda case_id: case_id not in faulted)
        assert of_cases(dump(store), lambda case_id: case_id not in faulted) == well
    finally:
        store.command("ALTER TABLE casestream.case_crimes DROP CONSTRAINT none_such")
    assert_well_again(pipeline, list(faulted), expected)


def test_a_refusal_that_is_not_about_rows_is_no_fault_of_a_case(
    system: System, store: Store, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(kafka, STORY[:LATE])
    pipeline = Pipeline(store, kafka)
    pipeline.run_standardise()
    pipeline.run_link()
    insert_arrow = store.insert_arrow

    def refused(table: str, data: Any) -> None:
        if table == "case_crimes":
            raise StoreRefused(497, "not enough privileges")
        insert_arrow(table, data)

    with monkeypatch.context() as patch:
        patch.setattr(store, "insert_arrow", refused)
        with pytest.raises(StoreRefused, match="privileges"):
            pipeline.run_project()
    assert not faults(store)
    pipeline.run_project()
    assert not faults(store)


def test_an_event_whose_rows_do_not_fit_is_rejected_alone(
    system: System, store: Store, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(kafka, STORY)
    told: list[EventRef] = []

    def no_text(value: bytes, ref: EventRef, attributes: dict[str, str] | None = None) -> Accepted | Rejected:
        found = standardising.standardise(value, ref, attributes)
        if isinstance(found, Accepted) and not told:
            told.append(ref)
        if isinstance(found, Accepted) and ref in told:  # each time that it is judged, as a pure function
            return found._replace(findings=("\ud800",))
        return found

    pipeline = Pipeline(store, kafka)
    with monkeypatch.context() as patch:
        patch.setattr(standardise_agent, "standardise", no_text)
        pipeline.run_standardise()
    pipeline.run_link()
    rejected = store.query(
        "SELECT topic, partition, offset, reason FROM casestream.rejects FINAL WHERE rule = 'internal-error'", {}
    )
    assert [row[:3] for row in rejected] == [(told[0].topic, told[0].partition, told[0].offset)]
    assert "findings" in str(rejected[0][3])
    (kept,) = store.query("SELECT count() FROM casestream.events FINAL", {})
    assert kept == (len(STORY),)
