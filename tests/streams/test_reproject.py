"""Cases projected again on request: all rows anew, whatever was written before, and exactly once in effect."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from clickhouse.store import Store
from processors.cases import project
from processors.cases.histories import RecordHistory
from processors.cases.project import CaseRows
from schemas.flow import HEADS_DECODER, HEADS_ENCODER, Heads, case_id_of, subject_id
from streams import project_agent, reproject
from streams.chunks import no_step
from streams.producer import Producer
from streams.topics import RECORDS
from tests.pipeline import Pipeline
from tests.streams.stories import Event, publish, story
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

STORY = story(7)
NOBODY = case_id_of(subject_id("test", "police.crime", "never seen"))

System = Callable[[], None]


class BrokenError(RuntimeError):
    """The failure that a test injects."""


def run(store: Store, kafka: str, events: list[Event]) -> Pipeline:
    publish(kafka, events)
    pipeline = Pipeline(store, kafka)
    pipeline.run()
    return pipeline


def cases(store: Store) -> list[str]:
    return sorted(str(one) for (one,) in store.query("SELECT DISTINCT case_id FROM casestream.case_members FINAL", {}))


def assert_equal(found: dict[str, Any], expected: dict[str, Any]) -> None:
    for table, rows in expected.items():
        assert found[table] == rows, table


def older_code(case_id: str, records: Sequence[RecordHistory], *_: object) -> CaseRows:
    """Says another force, and gives crimes that the code of today does not."""
    rows = {table: list(made) for table, made in project.project_case(case_id, records).items()}
    if "cases" in rows:
        rows["cases"] = [row._replace(force="99") for row in rows["cases"]]
    rows["case_crimes"] = [
        made for row in rows.get("case_crimes", ()) for made in (row, row._replace(crime_id=f"{row.crime_id}-twice"))
    ]
    return rows


def test_rows_of_older_code_are_replaced_and_those_that_it_gives_no_longer_are_removed(
    system: System, store: Store, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, kafka, STORY)
    expected = dump(store)
    system()
    with monkeypatch.context() as patch:
        patch.setattr(project_agent, "project_case", older_code)
        pipeline = run(store, kafka, STORY)
    assert dump(store)["cases"] != expected["cases"]
    pipeline.start()  # the workers with the mended code
    assert reproject.ask(kafka, cases(store)) == len(cases(store))
    pipeline.run()
    assert_equal(dump(store), expected)


def test_a_worker_that_knows_the_rows_as_unchanged_writes_them_all_the_same(
    system: System, store: Store, kafka: str
) -> None:
    pipeline = run(store, kafka, STORY)
    ((before,),) = store.query("SELECT max(version) FROM casestream.case_projections", {})
    expected = dump(store)
    reproject.ask(kafka, cases(store))
    pipeline.run()
    for table, rows in expected.items():
        if table == "cases" or (table.startswith("case_") and table not in ("case_members", "case_faults")):
            written = store.query(
                f"SELECT count() FROM casestream.{table} FINAL WHERE version > {{before:UInt64}}", {"before": before}
            )
            assert written == [(len(rows),)], table
    assert_equal(dump(store), expected)


def spoil(store: Store) -> None:
    """A wrong row in place of each, and one that nobody knows of, as if something had written past the worker."""
    store.command("INSERT INTO casestream.cases SELECT * REPLACE ('99' AS force) FROM casestream.cases FINAL")
    store.command(
        "INSERT INTO casestream.case_crimes SELECT * REPLACE ('nobody' AS crime_id) FROM casestream.case_crimes FINAL"
    )
    store.command(
        "INSERT INTO casestream.case_hearings SELECT * REPLACE (toDate32('2000-01-01') AS hearing_day)"
        " FROM casestream.case_hearings FINAL"
    )
    store.command(
        f"INSERT INTO casestream.cases SELECT * REPLACE ('{NOBODY}' AS case_id) FROM casestream.cases FINAL LIMIT 1"
    )


def test_rows_that_nobody_announced_are_removed_also_of_a_case_that_does_not_exist(
    system: System, store: Store, kafka: str
) -> None:
    pipeline = run(store, kafka, STORY)
    expected = dump(store)
    spoil(store)
    assert dump(store)["case_crimes"] != expected["case_crimes"]
    reproject.ask(kafka, [*cases(store), NOBODY])
    pipeline.run()
    assert_equal(dump(store), expected)


def test_a_request_counts_also_when_a_later_change_is_projected_with_it(
    system: System, store: Store, kafka: str
) -> None:
    run(store, kafka, STORY)
    expected = dump(store)
    system()
    pipeline = run(store, kafka, STORY[:120])
    spoil(store)
    reproject.ask(kafka, [*cases(store), NOBODY])
    pipeline.run_link()
    publish(kafka, STORY[120:])
    pipeline.run()
    assert_equal(dump(store), expected)


def test_a_faulted_case_is_well_again(
    system: System, store: Store, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, kafka, STORY)
    expected = dump(store)
    system()

    def fails(case_id: str, records: Sequence[RecordHistory], *_: object) -> CaseRows:
        if any(record.kind == "court.case" for record in records):
            raise BrokenError("a fault in our code")
        return project.project_case(case_id, records)

    with monkeypatch.context() as patch:
        patch.setattr(project_agent, "project_case", fails)
        pipeline = run(store, kafka, STORY)
    faulted = [str(one) for (one,) in store.query("SELECT case_id FROM casestream.case_faults FINAL", {})]
    assert faulted
    pipeline.start()
    reproject.ask(kafka, faulted)
    pipeline.run()
    assert not store.query("SELECT * FROM casestream.case_faults FINAL", {})
    assert_equal(dump(store), expected)


@pytest.mark.parametrize("seed", range(2))
def test_requests_among_failing_chunks_change_nothing(seed: int, system: System, store: Store, kafka: str) -> None:
    run(store, kafka, STORY)
    expected, known = dump(store), [*cases(store), NOBODY, "nonsense"]
    system()
    pick = random.Random(seed)
    publish(kafka, STORY)

    def fail(name: str) -> None:
        if pick.random() < 0.2:
            raise BrokenError(name)

    pipeline = Pipeline(
        store, kafka, chunk=lambda: pick.randrange(5, 60), heads_per_message=7, cached_records=8, on_step=fail
    )
    for _attempt in range(40):
        try:
            pipeline.run_standardise()
            ask_for(kafka, pick.sample(known, 3))  # beside the events, and of cases that may not be there yet
            pipeline.run_link()
            pipeline.run_project()
        except BrokenError:
            if pick.random() < 0.5:
                pipeline.start()  # another worker takes over: it remembers nothing
        else:
            break
    pipeline.on_step = no_step
    pipeline.start()
    pipeline.run()
    assert_equal(dump(store), expected)


def ask_for(kafka: str, case_ids: list[str]) -> None:
    with Producer(kafka) as producer:
        producer.send(RECORDS, None, HEADS_ENCODER.encode(Heads((), tuple(case_ids))))


def test_messages_hold_a_bounded_number_of_cases() -> None:
    found = list(reproject.messages((f"c{n}" for n in range(7)), 3))
    assert [message.reproject for message in found] == [("c0", "c1", "c2"), ("c3", "c4", "c5"), ("c6",)]
    assert not any(message.heads for message in found)


def test_many_requests_wait_for_link(
    system: System, store: Store, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reproject, "MESSAGES_AHEAD", 2)
    monkeypatch.setattr(reproject.messages, "__defaults__", (1,))
    with pytest.raises(reproject.NotTakenError) as told:
        reproject.ask(kafka, [NOBODY] * 5, timeout=0)
    assert told.value.asked == 2


def test_messages_of_before_are_read(kafka: str) -> None:
    assert HEADS_DECODER.decode(HEADS_ENCODER.encode([[]])) == Heads(())
