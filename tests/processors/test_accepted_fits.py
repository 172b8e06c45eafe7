"""Whatever a contract accepts, its rows can be put into the columns of the tables."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clickhouse.columns import arrow_table
from processors.cases.histories import RecordHistory, RecordState, parse_body
from processors.cases.project import project_case
from processors.standardise.standardise import Accepted, standardise
from schemas.events import KINDS
from schemas.flow import EventRef
from schemas.tables import TABLES
from tests.extremes import event_of, written

SEVERAL = settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example,
                           HealthCheck.filter_too_much],
)  # fmt: skip
CASE = "c" + "0" * 24


def fits(events: list[dict[str, object]]) -> int:
    """Put the rows of one case of all records into columns; how many events were accepted."""
    histories: dict[str, RecordHistory] = {}
    accepted = 0
    for offset, event in enumerate(events):
        found = standardise(written(event), EventRef("feeds.casestream", 1, 0, offset))
        if not isinstance(found, Accepted):
            assert found.rule != "internal-error"
            continue
        accepted += 1
        head = found.head
        for part in head.parts:
            state = RecordState(head.order, False, parse_body(head.kind, part.body))
            held = histories.get(part.record_id)
            histories[part.record_id] = RecordHistory(
                part.record_id, head.kind, head.source, head.subject, part.part,
                tuple(sorted((*(held.states if held is not None else ()), state), key=lambda one: one.order)),
            )  # fmt: skip
    for name, rows in project_case(CASE, list(histories.values())).items():
        table = TABLES[name]
        columns = dict(zip(table.row._fields, zip(*rows, strict=True), strict=True))
        arrow_table(columns, {column.name: column.type for column in table.columns})
    return accepted


@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_of_any_record_fit(kind: str) -> None:
    accepted = []

    @SEVERAL
    @given(event_of(kind))
    def one(event: dict[str, object]) -> None:
        accepted.append(fits([event]))

    one()
    assert sum(accepted) > len(accepted) // 8


@SEVERAL
@given(st.lists(st.sampled_from([kind for kind in KINDS if KINDS[kind].of_cases]).flatmap(event_of), max_size=5))
def test_the_rows_of_any_records_of_one_case_fit(events: list[dict[str, object]]) -> None:
    fits(events)
