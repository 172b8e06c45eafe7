"""`casestream people export` is what the model in force compares: decisions, frequencies and who takes part, also under
the Ministry of Justice's own model, whose settings Splink takes with the file as they are written."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from splink import DuckDBAPI, Linker

from casestream.commands.people import export
from casestream.comparing_people import Comparing
from clickhouse.store import Endpoint, Store
from processors.people.model import standard
from schemas.person_facts import CHANGES_ENCODER, PeopleChanges, UseScoring, person_record_id
from streams.look import Look
from streams.offsets import Record
from streams.people_agent import PeopleLinker
from streams.people_frequencies import take
from streams.people_model import add, in_force, wished
from streams.topics import PEOPLE
from tests.linked import SOURCE, Chunk, event, link_all
from tests.processors.people import reference
from tests.processors.people.splink_scores import TOLERANCE
from tests.tables import empty

pytestmark = pytest.mark.integration

Row = dict[str, Any]


def _suspect(number: int, first: str = "Alba", **told: Any) -> dict[str, Any]:
    person = {"name": {"first": first, "last": "Merewick"}, "date_of_birth": "1980-01-02", **told}
    return event("police.suspect", f"S{number}", {"suspect_id": f"S{number}", "force": "40", "crime_refs": ["CR1"],
                                                  "person": person})  # fmt: skip


def _decided(verdict: str, number: int, other: int) -> dict[str, Any]:
    first, second = ({"source": SOURCE, "id_kind": "suspect", "own_id": f"S{one}"} for one in (number, other))
    return event("hmpps.person_decision", f"PD{number}", {"decision": verdict, "first": first, "second": second})


def _id(number: int) -> str:
    return person_record_id(SOURCE, "suspect", f"S{number}")


GIVEN_UP, KEPT = (person_record_id(SOURCE, "crn", f"X00000{number}") for number in (1, 2))
HERE, THERE = {"postcode": "AB1 2CD"}, {"postcode": "XY1 9YZ"}
EVENTS = [
    _suspect(1, address=HERE, pnc="79/163001B"), _suspect(2, address=HERE), _suspect(3, "Una", address=THERE),
    _suspect(4, "Corin"), _suspect(5, address=THERE, pnc="79/163001B"),
    _suspect(6, aliases=[{"first": "Alma", "last": "Merewick"}], address=HERE),
    _suspect(7, aliases=[{"first": "Alma", "last": "Dunmarsh"}]), _suspect(8),
    *(_decided("include", number, number + 1) for number in (1, 2, 3)), _decided("exclude", 5, 6),
    event("court.hearing", "H1/2025-03-01", {
        "hearing_id": "H1", "hearing_day": "2025-03-01",
        "cases": [{"ids": {"court_case_id": "K1"}, "defendants": [
            {"defendant_id": "D1", "person": _suspect(0)["data"]["person"], "master_defendant_id": "M1"},
            {"defendant_id": "D2", "person": _suspect(0)["data"]["person"], "youth": True},
        ]}],
    }),
    *(event("hmpps.probation_case", crn, {"crn": crn, "person": _suspect(0)["data"]["person"]})
      for crn in ("X000001", "X000002")),
    event("hmpps.merge", "X000001", {"id_kind": "crn", "merged_id": "X000001", "kept_id": "X000002"}),
]  # fmt: skip


def _put_in_force(store: Store, settings: Mapping[str, Any]) -> None:
    """The model, with a snapshot of the records as they are, scores everybody."""
    scoring = wished(store, settings, take(store, "a test", "to see", datetime.now(UTC)).key)
    add(store, scoring, "a test", "to see", datetime.now(UTC))
    message = CHANGES_ENCODER.encode(PeopleChanges(0, (), UseScoring(scoring.number, scoring.digest)))
    PeopleLinker(store).process(Chunk(PEOPLE, 0, [Record(1, None, message, 0, ())]))
    assert in_force(store).digest == scoring.digest


@pytest.fixture(scope="module", params=[
    pytest.param(standard.SETTINGS, id="standard"),
    pytest.param("the Ministry's", id="ministry", marks=reference.needs_model),
])  # fmt: skip
def exported(
    request: pytest.FixtureRequest,
    store: Store,
    clickhouse_endpoint: Endpoint,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The folder with people.parquet and held.json, of an instance that scores by a model."""
    empty(store)
    link_all(store, EVENTS)
    _put_in_force(store, reference.settings() if request.param == "the Ministry's" else request.param)
    folder = tmp_path_factory.mktemp("exported")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASESTREAM_CLICKHOUSE", f"http://127.0.0.1:{clickhouse_endpoint.port}")
        export(folder / "people.parquet", folder / "held.json")
    yield folder
    empty(store)


def _rows(folder: Path) -> dict[str, Row]:
    return {row["person_record_id"]: row for row in pq.read_table(folder / "people.parquet").to_pylist()}


def test_what_was_decided_is_in_it_as_it_is_compared(exported: Path) -> None:
    rows = _rows(exported)
    markers = {rows[_id(number)]["override_marker"] for number in (1, 2, 3, 4)}
    assert markers == {min(map(_id, (1, 2, 3, 4)))}, "one for all that are included, over others too"
    five, six = rows[_id(5)], rows[_id(6)]
    assert five["override_marker"] != six["override_marker"]
    assert five["override_scopes"] == six["override_scopes"]
    assert rows[_id(8)]["override_marker"] is None and rows[_id(8)]["override_scopes"] is None


def test_whoever_is_compared_with_nobody_is_marked(exported: Path, store: Store) -> None:
    rows = _rows(exported)
    youth = person_record_id(SOURCE, "defendant", "D2")
    assert {one for one, row in rows.items() if not row["takes_part"]} == {GIVEN_UP, youth}
    assert rows[GIVEN_UP]["person_id"] == rows[KEPT]["person_id"], "it is of the person of the other"
    assert rows[youth]["person_id"] is None
    ((records,),) = store.query("SELECT count() FROM casestream.people_records FINAL", {})
    assert len(rows) == records


def test_each_postcode_has_the_frequency_of_the_snapshot_in_force(exported: Path, store: Store) -> None:
    rows = _rows(exported)
    (held,) = rows[_id(1)]["postcode_arr_with_freq"]
    (rarer,) = rows[_id(3)]["postcode_arr_with_freq"]
    assert (held["value"], rarer["value"]) == ("AB12CD", "XY19YZ")
    assert held["rel_freq"] / rarer["rel_freq"] == pytest.approx(4 / 3), "three of it beside two, and each has one more"
    assert rows[_id(8)]["postcode_arr_with_freq"] is None


def test_splink_takes_file_and_settings_and_its_weights_are_ours(exported: Path, store: Store) -> None:
    settings = json.loads((exported / "held.json").read_text())
    settings["blocking_rules_to_generate_predictions"] = ["1=1"]  # as the Ministry's has: every pair
    with duckdb.connect() as connection:
        connection.execute("SET lambda_syntax='ENABLE_SINGLE_ARROW'")
        people = DuckDBAPI(connection).register(pq.read_table(exported / "people.parquet"))
        pairs = Linker(people, settings, log_level=None).inference.predict().as_pyarrow_table().to_pylist()
    name = settings["unique_id_column_name"]
    weights = {(pair[f"{name}_l"], pair[f"{name}_r"]): pair["match_weight"] for pair in pairs}
    records = len(_rows(exported))
    assert len(weights) == records * (records - 1) // 2
    ours = Comparing(Look(store)).pairs(list(weights))
    assert len(ours) == (records - 1) * (records - 2) // 2, "all but those of the youth"
    for pair, compared in ours.items():
        assert compared.score.waterfall.match_weight == pytest.approx(weights[pair], abs=TOLERANCE)
    bars = [bar for compared in ours.values() for bar in compared.score.waterfall.bars]
    assert any(bar.frequency_adjustment for bar in bars)
    assert len({(bar.comparison, bar.vector_value) for bar in bars}) >= 10
