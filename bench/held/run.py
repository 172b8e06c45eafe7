"""One size: fill, take up the work as after a take-over, run the mix, look whether it was right."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.held.checking import check
from bench.held.filling import fill
from bench.held.history import EPOCH, history
from bench.held.mix import Mix, mix
from bench.held.watching import Asked, Meter, Spent, WatchedStore
from bench.loaded import served, wait_for_merges
from bench.stages import Chunk
from clickhouse.migrate import apply
from processors.standardise.identifiers import key_hash
from streams.link_agent import Linker
from streams.memory import after_chunk


@dataclass(frozen=True, slots=True)
class Plan:
    """`held`: records held. `new`: records measured, a tenth of them corrections; before them as many new ones as
    `cached` are linked, so that the memory is full. `history`: events of which the copies are made. `together`: records
    in a chunk."""

    held: int
    new: int = 20_000
    together: int = 5_000
    cached: int = 50_000
    history: int = 43_000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds a record: on the clock, and of processor time."""

    wall: float
    worker: float
    clickhouse: float

    @property
    def processor(self) -> float:
        """Processor time of both."""
        return self.worker + self.clickhouse


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found. `alone`: records of new cases; `mixed`: with corrections. `lookups` in ClickHouse and the ids and
    identifiers asked for `looked_up`, of the mix. `absent` of both, of all that was linked, and how many of them the
    filters let through, `false`. `waited`: microseconds a record of the mix that link waited for look-ups."""

    held: int
    copies: int
    corrections: int
    alone: Cost
    mixed: Cost
    waited: float
    lookups: int
    looked_up: int
    absent: int
    false: int
    filled_seconds: float
    taken_up_seconds: float
    stored_bytes: int
    worker_bytes: int
    clickhouse_bytes: int


class _Nowhere:
    """A sender that sends nothing."""

    def send(self, topic: str, key: bytes | None, value: bytes, partition: int | None = None) -> None:
        return

    def flush(self) -> None:
        return


def measure(plan: Plan) -> Figures:
    """Run it in an embedded ClickHouse of its own. Raises NotFoundError where a correction was not found."""
    told = history(plan.history, plan.seed)
    with tempfile.TemporaryDirectory(prefix="casestream-held-") as folder, served(Path(folder)) as (endpoint, pid):
        store = WatchedStore.connect(endpoint)
        apply(store)
        begin = perf_counter()
        copies = fill(store, told, plan.held)
        filled = perf_counter() - begin
        work = mix(copies, told.corrections, plan.cached, plan.new, plan.together, plan.seed + 1)
        wait_for_merges(store)
        meter = Meter(pid)
        linker = Linker(store, _Nowhere(), EPOCH, case_partitions=4, cached_records=plan.cached)
        begin = perf_counter()
        for thread in linker.fill_filters():
            thread.join()
        taken_up = perf_counter() - begin
        meter.weigh()
        alone = _run(linker, work.alone, meter, store)
        asked_alone = store.asked()
        mixed = _run(linker, work.mixed, meter, store)
        asked_mixed = store.asked()
        check(store, told, copies, work.corrections)
        ((stored,),) = store.query(
            "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = 'casestream'", {}
        )
        store.close()
    return Figures(
        copies.count * told.records, copies.count, len(work.corrections),
        _each(alone, work.heads_alone), _each(mixed, work.heads_mixed),
        _us(sum(one.seconds for one in asked_mixed.values()), work.heads_mixed),
        sum(one.lookups for one in asked_mixed.values()), sum(one.keys for one in asked_mixed.values()),
        len(work.new_ids) + len(work.new_keys), _false(work, asked_alone) + _false(work, asked_mixed),
        round(filled, 1), round(taken_up, 2), int(str(stored)), meter.worker_bytes, meter.clickhouse_bytes,
    )  # fmt: skip


def _run(linker: Linker, chunks: Sequence[Chunk], meter: Meter, store: WatchedStore) -> Spent:
    """Link the chunks. What they make ClickHouse merge counts, also when it comes behind them; the clock does not wait
    for it."""
    begin = meter.spent()
    for chunk in chunks:
        linker.process(chunk)
        after_chunk()
        meter.weigh()
    linked = meter.spent()
    wait_for_merges(store)
    return Spent(linked.wall, linked.worker, meter.spent().clickhouse) - begin


def _false(work: Mix, asked: dict[str, Asked]) -> int:
    """The new ids and identifiers that were looked up although nothing was there."""
    hashes = {key_hash(*key) for key in work.new_keys}
    return len(asked["link_records"].absent & work.new_ids) + len(asked["link_keys"].absent & hashes)


def _each(spent: Spent, records: int) -> Cost:
    return Cost(_us(spent.wall, records), _us(spent.worker, records), _us(spent.clickhouse, records))


def _us(seconds: float, records: int) -> float:
    return round(seconds / records * 1e6, 1)
