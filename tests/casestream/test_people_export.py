"""`casestream people export`: a file that Splink reads, with the columns and the persons that the tables have."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from splink import DuckDBAPI, Linker, block_on

from casestream.people_file import SCHEMA, write_people
from clickhouse.store import Store
from processors.people.cleaning import clean
from processors.people.model import standard
from processors.people.usable import usable
from streams.people_frequencies import take
from streams.people_model import scorer_of, wished
from streams.people_reading import stored_records
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


def test_splink_scores_it_as_we_do_with_term_frequencies(file: Path, store: Store) -> None:
    """Splink counts the frequencies of the file by itself; ours are a snapshot of the same records."""
    snapshot = take(store, "a test", "to see", datetime.now(UTC))
    scoring = wished(store, standard.SETTINGS, snapshot.key)
    scorer = scorer_of(store, scoring)
    ready = {
        one.record.record_id: scorer.prepare(one.record.record_id, clean(one.record))
        for part in stored_records(store)
        for one in part
    }
    settings = json.loads(json.dumps(standard.SETTINGS))
    settings["blocking_rules_to_generate_predictions"] = ["l.date_of_birth = r.date_of_birth"]
    linker = Linker(DuckDBAPI().register(pq.read_table(file)), settings, log_level=None)
    pairs = linker.inference.predict().as_pyarrow_table().to_pylist()
    assert len(pairs) > 300
    adjusted = 0
    for pair in pairs:
        told = scorer.explain(ready[pair["person_record_id_l"]], ready[pair["person_record_id_r"]]).waterfall
        assert told.match_weight == pytest.approx(pair["match_weight"], abs=1e-6)
        adjusted += any(bar.frequency_adjustment for bar in told.bars)
    assert adjusted > 300


def test_a_model_that_splink_trains_on_it_is_one_here(file: Path, tmp_path: Path) -> None:
    """As docs/how-to/train-a-people-model.md has it."""
    settings = json.loads(json.dumps(standard.SETTINGS))
    people = pq.read_table(file, filters=[("side", "=", "accused"), ("takes_part", "=", True)])
    linker = Linker(DuckDBAPI().register(people), settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e5, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("last_name_std"))
    linker.misc.save_model_to_json(str(tmp_path / "trained.json"), overwrite=True)
    trained = json.loads((tmp_path / "trained.json").read_text())
    model = usable(trained)
    held = usable(settings)
    assert [one.name for one in model.comparisons] == [one.name for one in held.comparisons]
    assert model.comparisons[0].levels[1].u != held.comparisons[0].levels[1].u, "it was trained"


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
