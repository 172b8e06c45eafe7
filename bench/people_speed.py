"""Pairs that are scored a second beside Splink's real-time comparison, and new records of people a second.

    python -m bench.people_speed [--records 20000] [--chunk 100] [--calls 30] [--seed 1] [--json]

Pairs: each call compares one new record with 20 candidates, the same ones and by the same model for both, and both must
give the same match weights. Splink's is `compare_records` with its SQL cached and term frequencies in the records, on
DuckDB with one thread; its batch prediction over all pairs at once stands beside them. Records: new ones go through
blocking, scoring and clustering in chunks, after as many that are known. Seconds are of processor time; one core.
"""

import argparse
import gc
import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from time import process_time
from typing import Any

import duckdb
import pyarrow as pa
import splink
from splink import DuckDBAPI
from splink.internals.realtime import compare_records

from bench.people import by_splink, by_us
from bench.people.collections import ID, Rows
from bench.people.made import made_people
from bench.people.models import JOIN_STANDARD, standard_model
from processors.people.cleaning import clean
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.model import read_settings
from processors.people.scoring.pairs import PairScorer
from simulator import LEVELS

CANDIDATES = 20
PEOPLE_RECORDS = 4
"""About so many records a made-up person has."""

TOLERANCE = 1e-6
"""Bits that our weight may differ from Splink's."""

OF_A_LETTER = {
    "blocking_rules_to_generate_predictions": ["substr(l.last_name_std, 1, 1) = substr(r.last_name_std, 1, 1)"]
}
"""Enough pairs that batch prediction is at its best."""


def pairs_a_second(calls: int, seed: int) -> dict[str, Any]:
    """Scored pairs a second, ours and Splink's, on the same pairs. Raises AssertionError where a weight differs."""
    made = made_people(seed, calls * CANDIDATES // 2, LEVELS[1])
    rng = Random(f"speed {seed}")
    order = sorted(made.records)  # a person's records side by side: each call has some that match, and more that do not
    starts = rng.sample(range(0, len(order) - CANDIDATES, CANDIDATES + 1), calls)
    groups = [order[at : at + CANDIDATES + 1] for at in starts]
    rows, theirs, splink_seconds = made.rows(), dict[tuple[str, str], float](), 0.0
    settings = {**standard_model(), "unique_id_column_name": ID, "link_type": "dedupe_only"}
    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect(config={"threads": 1}) as connection:
        api = DuckDBAPI(connection)
        for at, group in enumerate([groups[0], *groups]):  # the first call prepares the SQL, and is not counted
            one, others = _table(rows, group[:1]), _table(rows, group[1:])
            begin = process_time()
            found = compare_records(one, others, settings, api, sql_cache_key="bench").as_pyarrow_table()  # type: ignore[no-untyped-call]
            splink_seconds += process_time() - begin if at else 0.0
            theirs |= {(row[f"{ID}_l"], row[f"{ID}_r"]): row["match_weight"] for row in found.to_pylist()}
    scorer = PairScorer(read_settings(settings), NO_FREQUENCIES, twins_rule=False)
    people = {one: clean(made.records[one]) for group in groups for one in group}
    prepared = {one: scorer.prepare(one, person) for one, person in people.items()}
    ours = {pair: scorer.weight(*map(prepared.__getitem__, pair)) for pair in theirs}
    assert len(theirs) == calls * CANDIDATES and all(abs(ours[pair] - theirs[pair]) < TOLERANCE for pair in theirs)

    def score(prepare_too: bool) -> None:
        for group in groups:
            one, *others = [scorer.prepare(one, people[one]) if prepare_too else prepared[one] for one in group]
            for other in others:
                scorer.weight(one, other)

    number = calls * CANDIDATES
    batch = by_splink.predicted(rows, {**settings, **OF_A_LETTER}, JOIN_STANDARD)
    found_rates = {
        "compare_records": number / splink_seconds,
        "ours": number / _seconds(lambda: score(False)),
        "ours, records made ready too": number / _seconds(lambda: score(True)),
        "Splink's batch prediction": _of_a_letter(rows) / batch,
    }  # fmt: skip
    return {"pairs": number, "pairs_a_second": {name: round(rate) for name, rate in found_rates.items()},
            "times_compare_records": round(found_rates["ours"] / found_rates["compare_records"])}  # fmt: skip


def _of_a_letter(rows: Rows) -> int:
    """The pairs that batch prediction compares."""
    letters = Counter(row["last_name_std"][:1] for row in rows.rows.values())
    return sum(number * (number - 1) // 2 for number in letters.values())


def _seconds(work: Callable[[], None]) -> float:
    """The processor time of one run of some work, of as many as take half a second."""
    runs, begin = 0, process_time()
    while (used := process_time() - begin) < 0.5:
        work()
        runs += 1
    return used / runs


def _table(rows: Rows, ids: Sequence[str]) -> pa.Table:
    return Rows({one: rows.rows[one] for one in ids}, {}, rows.types).table()


def records_a_second(records: int, chunk: int, seed: int) -> dict[str, Any]:
    """New records through People in chunks, after as many known ones."""
    made = made_people(seed, 2 * records // PEOPLE_RECORDS, LEVELS[1])
    order = sorted(made.records)[: 2 * records]
    Random(f"order {seed}").shuffle(order)
    people = by_us.people_of((), standard_model(), JOIN_STANDARD, by_us.WHOLE)
    gc.collect()
    gc.disable()  # as in a worker, which collects between chunks
    took: list[float] = []
    for at in range(0, len(order), chunk):
        step = {one: made.records[one] for one in order[at : at + chunk]}
        begin = process_time()
        people.apply(step)
        took.append(process_time() - begin)
    gc.enable()
    later = sorted(took[len(took) // 2 :])
    return {
        "known": len(order) - chunk * len(later), "new": chunk * len(later), "chunk": chunk,
        "records_a_second": round(chunk * len(later) / sum(later)),
        "p50_of_a_chunk_ms": round(later[len(later) // 2] * 1000, 1),
        "p99_of_a_chunk_ms": round(later[int(len(later) * 0.99)] * 1000, 1),
        "clusters": len(people.clusters),
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.people_speed", description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--chunk", type=int, default=100)
    parser.add_argument("--calls", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    pairs = pairs_a_second(asked.calls, asked.seed)
    records = records_a_second(asked.records, asked.chunk, asked.seed)
    if asked.json:
        sys.stdout.write(json.dumps({"pairs": pairs, "records": records}) + "\n")
        return
    sys.stdout.write(f"pairs a second on one core, splink {splink.__version__}, duckdb {duckdb.__version__}\n")
    for name, rate in pairs["pairs_a_second"].items():
        sys.stdout.write(f"  {name:30} {rate:>10,}\n")
    sys.stdout.write(f"  ours is {pairs['times_compare_records']:,} times compare_records\nnew records of people\n")
    for name, value in records.items():
        sys.stdout.write(f"  {name:30} {value:>10,}\n")


if __name__ == "__main__":
    main()
