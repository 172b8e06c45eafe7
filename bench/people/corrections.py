"""Records that come, are corrected and are deleted, in chunks: how well they are linked meanwhile, live and by Splink's
batch as it is used, which is run now and then; what it costs to stay up to date, and that it ends where a run over the
last records does."""

import gc
from dataclasses import dataclass
from time import process_time
from typing import Any

from bench.people import by_splink
from bench.people.by_us import WHOLE, clusters_now, linked_people, people_of
from bench.people.changing import Chunk, as_made, changing
from bench.people.made import Made
from bench.people.measured import Clusters, Measured, clusters_of, measured
from bench.people.models import JOIN_STANDARD, standard_model
from processors.people.clustering import People

MEASURED_EVERY, BATCH_EVERY = 3, 6
"""So many chunks: quality is measured, and Splink's batch is run."""


@dataclass(frozen=True, slots=True)
class Point:
    """How well the records are linked after so many changes, against whom they tell of then. `last_batch`: Splink's
    last run, `behind` changes ago: who came since is alone, who is deleted is left out. `fresh_batch`: a run now."""

    changes: int
    behind: int
    records: int
    live: Measured
    last_batch: Measured
    fresh_batch: Measured


@dataclass(frozen=True, slots=True)
class Corrections:
    """Seconds of processor time. `equal`: whether the clusters after the last chunk are those of a run over what the
    records are then. `seconds_of_splink`: of its last run."""

    records: int
    changes: int
    chunks: int
    seconds: float
    slowest_chunk: float
    seconds_at_once: float
    seconds_of_splink: float
    equal: bool
    points: tuple[Point, ...]


def corrections(people: int, seed: int) -> Corrections:
    """Link so many people's records, and all that changes of them."""
    history, settings = changing(people, seed), standard_model()
    first = as_made(history.first)
    live = people_of(first.records.values(), settings, JOIN_STANDARD, WHOLE)
    live.apply(first.records)
    batch, seconds_of_splink = by_splink.linked(first.rows(), settings, JOIN_STANDARD)
    seconds: list[float] = []
    points: list[Point] = []
    changes = behind = 0
    now = first
    for at, (chunk, now) in enumerate(history.after_each(), start=1):
        seconds.append(_seconds_of(live, chunk))
        changes, behind = changes + len(chunk), behind + len(chunk)
        if at % MEASURED_EVERY and at < len(history.chunks):
            continue
        fresh, seconds_of_splink = by_splink.linked(now.rows(), settings, JOIN_STANDARD)
        points.append(Point(
            changes, behind, len(now.records), measured(now.truth, clusters_now(live, now.records)),
            measured(now.truth, _by_now(batch, now)), measured(now.truth, fresh),
        ))  # fmt: skip
        if at % BATCH_EVERY == 0:
            batch, behind = fresh, 0
    at_once, seconds_at_once = linked_people(now.records, settings, JOIN_STANDARD, WHOLE)
    return Corrections(
        len(now.records), changes, len(seconds), sum(seconds), max(seconds), seconds_at_once, seconds_of_splink,
        clusters_now(live, now.records) == at_once, tuple(points),
    )  # fmt: skip


def _by_now(batch: Clusters, now: Made) -> Clusters:
    """What is left of a batch's clusters."""
    return clusters_of(now.records, filter(None, (cluster & now.records.keys() for cluster in batch)))


def _seconds_of(live: People[Any], chunk: Chunk) -> float:
    """Take in a chunk: the seconds of processor time."""
    records = {record_id: None if state is None else state.record for record_id, state in chunk.items()}
    gc.collect()
    gc.disable()  # as in a worker, which collects between chunks
    begin = process_time()
    live.apply(records)
    taken = process_time() - begin
    gc.enable()
    return taken
