"""Training and batch linking with the installed Splink, on DuckDB with one thread."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time

import duckdb
from splink import DuckDBAPI, Linker

from bench.people.collections import ID, Rows, Settings
from bench.people.measured import Clusters, clusters_of

SAMPLED_PAIRS = 1e6


@dataclass(frozen=True, slots=True)
class Training:
    """How a model is trained: rules that only true pairs fulfil and the share of true pairs that they find (for the
    prior), and a blocking rule for each session of expectation maximisation."""

    certain: Sequence[str]
    certain_recall: float
    sessions: Sequence[str]


@contextmanager
def _linker(rows: Rows, settings: Settings) -> Iterator[Linker]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect(config={"threads": 1}) as connection:
        registered = DuckDBAPI(connection).register(rows.table())
        asked = {**settings, "unique_id_column_name": ID, "link_type": "dedupe_only"}
        yield Linker(registered, asked, log_level=logging.ERROR)


def trained(rows: Rows, settings: Settings, training: Training) -> Settings:
    """The settings with m and u probabilities and the prior as Splink estimates them, without the rows' truth."""
    with _linker(rows, settings) as linker:
        linker.training.estimate_probability_two_random_records_match([*training.certain], training.certain_recall)
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=1)
        for rule in training.sessions:
            linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
        made: Settings = linker.misc.save_model_to_json()
    return made


def linked(rows: Rows, settings: Settings, join: float) -> tuple[Clusters, float]:
    """Batch linking from the start: prediction, and the connected components of pairs of `join` bits or more. Also the
    seconds of processor time that it took."""
    begin = process_time()
    with _linker(rows, settings) as linker:
        pairs = linker.inference.predict(threshold_match_weight=join)
        told = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=join)
        table = told.as_pyarrow_table()  # type: ignore[no-untyped-call]
    found: dict[str, list[str]] = {}
    for cluster, record in zip(table["cluster_id"].to_pylist(), table[ID].to_pylist(), strict=True):
        found.setdefault(cluster, []).append(record)
    return clusters_of(rows.rows, found.values()), process_time() - begin


def predicted(rows: Rows, settings: Settings, join: float) -> float:
    """The seconds of processor time of batch prediction alone, with blocking and term frequencies."""
    with _linker(rows, settings) as linker:
        begin = process_time()
        linker.inference.predict(threshold_match_weight=join)
        return process_time() - begin
