"""What link asks of ClickHouse, and what both take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any, Self

import psutil

from clickhouse.store import Store
from processors.standardise.identifiers import key_hash


@dataclass(slots=True)
class Asked:
    """Look-ups in one table: how many, with how many ids or hashes, of which nothing was found for `absent`, and how
    many seconds link waited for them."""

    lookups: int
    keys: int
    absent: frozenset[object]
    seconds: float


class WatchedStore(Store):
    """A store that remembers what was looked up."""

    def __init__(self, client: Any, endpoint: Any) -> None:
        super().__init__(client, endpoint)
        self._lookups: list[tuple[str, Sequence[object], dict[str, list[Any]], float]] = []

    def lookup(self, sql: str, keys: Sequence[object], parameters: Mapping[str, object]) -> dict[str, list[Any]]:
        begin = perf_counter()
        found = super().lookup(sql, keys, parameters)
        self._lookups.append((sql, keys, found, perf_counter() - begin))
        return found

    def asked(self) -> dict[str, Asked]:
        """What was looked up since the last call, by table."""
        told = {}
        for table in ("link_records", "link_keys"):
            of_table = [one for one in self._lookups if f"casestream.{table}\n" in one[0]]
            absent = frozenset(key for _sql, keys, found, _s in of_table for key in set(keys) - _found(table, found))
            told[table] = Asked(
                len(of_table), sum(len(one[1]) for one in of_table), absent, sum(one[3] for one in of_table)
            )
        self._lookups.clear()
        return told


def _found(table: str, found: Mapping[str, Sequence[Any]]) -> set[object]:
    if table == "link_records":
        return set(found["record_id"])
    return {key_hash(kind, value) for kind, value in zip(found["key_kind"], found["key_value"], strict=True)}


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: on the clock, and of processor time, this process's and ClickHouse's."""

    wall: float
    worker: float
    clickhouse: float

    def __sub__(self, other: Self) -> "Spent":
        return Spent(self.wall - other.wall, self.worker - other.worker, self.clickhouse - other.clickhouse)


class Meter:
    """Reads what this process and ClickHouse's have spent, and the memory they had at their highest, in bytes."""

    def __init__(self, clickhouse_pid: int) -> None:
        self._clickhouse = psutil.Process(clickhouse_pid)
        self._worker = psutil.Process()
        self.worker_bytes = self.clickhouse_bytes = 0

    def spent(self) -> Spent:
        """Until now."""
        used = self._clickhouse.cpu_times()
        return Spent(perf_counter(), process_time(), used.user + used.system)

    def weigh(self) -> None:
        """See how much memory there is now."""
        self.worker_bytes = max(self.worker_bytes, self._worker.memory_info().rss)
        self.clickhouse_bytes = max(self.clickhouse_bytes, self._clickhouse.memory_info().rss)
