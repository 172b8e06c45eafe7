"""`casestream people export`: a file that Splink reads, with the columns and the persons that the tables have."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from splink import DuckDBAPI, Linker

from casestream.people_file import SCHEMA, write_people
from clickhouse.store import Store
from processors.people.model import standard
from tests.grafana.drawn_cases import draw_cases
from tests.tables import empty

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def file(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    empty(store)
    draw_cases(store)
    made = tmp_path_factory.mktemp("people") / "people.parquet"
    ((records,),) = store.query("SELECT count() FROM casestream.people_records FINAL", {})
    assert write_people(store, made) == records
    return made


def test_the_columns_are_those_that_were_compared(file: Path, store: Store) -> None:
    rows = {row["person_record_id"]: row for row in pq.read_table(file).to_pylist()}
    stored = store.query(
        "SELECT person_record_id, lower(last_name), births, postcodes FROM casestream.people_records FINAL", {}
    )
    assert len(rows) == len(stored) > 100
    for record_id, last, births, postcodes in stored:
        row = rows[str(record_id)]
        assert row["last_name_std"].lower() == last
        assert [str(day) for day in row["date_of_birth_arr"] or ()] == sorted(births)  # type: ignore[call-overload]
        assert len(row["postcode_arr"] or ()) == len(postcodes)  # type: ignore[arg-type]
    members = dict(store.query("SELECT person_record_id, person_id FROM casestream.people_members FINAL", {}))
    assert {one: row["person_id"] for one, row in rows.items() if row["person_id"]} == members


def test_splink_reads_it_with_the_models_settings(file: Path) -> None:
    """And of the pairs that it gives a match weight of 20 bits or more, nearly all are of one person here too: twins
    and contradictions are not."""
    settings = json.loads(json.dumps(standard.SETTINGS))
    settings["blocking_rules_to_generate_predictions"] = ["l.date_of_birth = r.date_of_birth"]
    settings["retain_intermediate_calculation_columns"] = False
    settings["additional_columns_to_retain"] = ["person_id", "side"]
    for comparison in settings["comparisons"]:  # the instance's snapshot of term frequencies is none
        for level in comparison["comparison_levels"]:
            level.pop("tf_adjustment_column", None)
    table = pq.read_table(file)
    assert table.schema.equals(SCHEMA)
    linker = Linker(DuckDBAPI().register(table), settings, log_level=None)
    pairs = linker.inference.predict(threshold_match_weight=20).as_pyarrow_table().to_pylist()
    accused = [pair for pair in pairs if pair["side_l"] == pair["side_r"] == "accused"]
    together = sum(pair["person_id_l"] == pair["person_id_r"] for pair in accused)
    assert together > 50
    assert together >= 0.95 * len(accused)
