"""Records that come, are corrected and are deleted, in chunks: what it costs to stay up to date, and that it ends where
a run over the last records does."""

import gc
from dataclasses import dataclass
from random import Random
from time import process_time

from bench.people.by_us import WHOLE, clusters_now, linked_people, people_of
from bench.people.made import LEVELS, Made, made_people
from bench.people.models import JOIN_STANDARD, standard_model
from processors.people.cleaning import PersonRecord

CHUNK = 100


@dataclass(frozen=True, slots=True)
class Corrections:
    """Seconds of processor time. `equal`: whether the clusters after the last chunk are those of a run over what the
    records are then."""

    records: int
    changes: int
    chunks: int
    seconds: float
    slowest_chunk: float
    seconds_at_once: float
    equal: bool


def corrections(people: int, seed: int) -> tuple[Corrections, Made]:
    """A tenth of the records are corrected, a twentieth deleted, a twentieth come new; also what the
    records are in the end."""
    dirt = LEVELS[1]
    first, other = made_people(seed, people, dirt), made_people(seed, people, dirt, draw=1)
    rng = Random(f"corrections {seed}")
    known, changes = dict(first.records), dict[str, PersonRecord | None]()
    for record_id in first.records:
        chance = rng.random()
        if chance < 0.1 and record_id in other.records:
            changes[record_id] = other.records[record_id]
        elif chance < 0.15:
            changes[record_id] = None
        elif chance < 0.2:
            changes[record_id] = known.pop(record_id)
    order = sorted(changes)
    rng.shuffle(order)
    settings = standard_model()
    kept = people_of(known.values(), settings, JOIN_STANDARD, WHOLE)
    kept.apply(known)
    chunks: list[float] = []
    gc.collect()
    gc.disable()  # as in a worker, which collects between chunks
    for at in range(0, len(order), CHUNK):
        chunk = {record_id: changes[record_id] for record_id in order[at : at + CHUNK]}
        begin = process_time()
        kept.apply(chunk)
        chunks.append(process_time() - begin)
    gc.enable()
    last = {one: record for one, record in {**known, **changes}.items() if record is not None}
    at_once, seconds = linked_people(last, settings, JOIN_STANDARD, WHOLE)
    equal = clusters_now(kept, last) == at_once
    found = Corrections(len(last), len(order), len(chunks), sum(chunks), max(chunks), seconds, equal)
    return found, Made(last, {one: first.truth[one] for one in last})
