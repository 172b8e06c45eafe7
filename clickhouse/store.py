"""The one client of ClickHouse in casestream: over HTTP, the embedded engine and a cluster alike.

Safe to share between threads: clickhouse-connect's HTTP client has a pool, and no session is used. A store outlives a
restart of the server: connections are made again. Times in rows (`query`) are datetimes in UTC without a zone.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import clickhouse_connect
import pyarrow as pa
from clickhouse_connect.driver import httputil
from clickhouse_connect.driver.exceptions import ClickHouseError, DatabaseError, OperationalError
from urllib3.exceptions import HTTPError

from clickhouse.columns import arrow_table
from clickhouse.errors import StoreError, StoreRefused, StoreUnavailable, UnfitValueError

__all__ = ["Endpoint", "Store", "StoreError", "StoreRefused", "StoreUnavailable", "UnfitValueError"]

logger = logging.getLogger(__name__)
logging.getLogger("clickhouse_connect").setLevel(logging.CRITICAL)  # what it logs of a failure, the error says too

_KEYS = re.compile(r"\{keys:(Array\((?:UInt64|String)\))\}")
_CAST_NUMBERS = "CAST('[%s]', 'Array(UInt64)')"
_CAST_STRINGS = r"CAST('[\'%s\']', 'Array(String)')"
_SAFE_KEY = re.compile(r"[A-Za-z0-9:._/-]+\Z")
_RETRY_CODES = frozenset(
    {159, 202, 203, 209, 210, 225, 236, 241, 242, 243, 252, 279, 285, 286, 289, 319, 425, 999, 1000, 1002}
)
"""ClickHouse's codes for what passes: timeouts, too many queries or parts, memory, disk, network, no quorum, no Keeper,
a shutdown."""
_RETRY_STATUS = re.compile(r"response code (?:429|50[234])\b")
_CODE = re.compile(r"Code: (\d+)")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where ClickHouse is, and as whom to talk to it."""

    host: str = "127.0.0.1"
    port: int = 8123
    user: str = "writer"
    password: str = ""
    database: str = "casestream"
    secure: bool = False


class Store:
    """Statements, column-wise inserts and batched look-ups."""

    def __init__(self, client: Any, endpoint: Endpoint) -> None:
        self._client = client
        self._endpoint = endpoint
        self._types: dict[str, dict[str, str]] = {}

    @classmethod
    def connect(cls, endpoint: Endpoint, *, timeout: float = 120.0) -> Self:
        """Connect; StoreUnavailable when nobody answers. The database need not exist yet."""
        pool = httputil.get_pool_manager(maxsize=16, num_pools=2)
        client = _told(
            lambda: clickhouse_connect.get_client(
                host=endpoint.host, port=endpoint.port, username=endpoint.user, password=endpoint.password,
                secure=endpoint.secure, database="default", autogenerate_session_id=False, compress=False,
                send_receive_timeout=timeout, pool_mgr=pool, query_limit=0,
            )
        )  # fmt: skip
        return cls(client, endpoint)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ping(self) -> bool:
        """Whether ClickHouse answers."""
        try:
            return bool(self._client.ping())
        except (HTTPError, OSError, ClickHouseError):
            return False

    def command(self, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        """A statement without a result. Parameters are `{name:Type}` in it."""
        _told(lambda: self._client.command(sql, parameters=dict(parameters or {})))
        if sql.lstrip()[:5].upper() == "ALTER":
            self._types = {}

    def query(self, sql: str, parameters: Mapping[str, object]) -> list[tuple[object, ...]]:
        """The rows of a query. Parameters are `{name:Type}` in the statement."""
        found = _told(lambda: self._client.query(sql, parameters=dict(parameters)))
        return [tuple(row) for row in found.result_rows]

    def query_columns(self, sql: str, parameters: Mapping[str, object]) -> dict[str, list[Any]]:
        """The columns of a query, through Arrow: for many rows."""
        table = _told(lambda: self._client.query_arrow(sql, parameters=dict(parameters), use_strings=True))
        return {name: table.column(name).to_pylist() for name in table.column_names}

    def batches(self, sql: str) -> Iterator[list[Any]]:
        """The first column of a query, in batches: bounded memory for any number of rows."""
        stream = _told(lambda: self._client.query_arrow_stream(sql, use_strings=True))
        with stream as read:
            batches = iter(read)
            while (batch := _told(lambda: next(batches, None))) is not None:
                yield batch.column(0).to_pylist()

    def lookup(
        self, sql: str, keys: Sequence[object], parameters: Mapping[str, object]
    ) -> dict[str, list[Any]]:
        """A query over many keys, tens of thousands: `{keys:Array(UInt64)}` or `{keys:Array(String)}` in it becomes the
        list itself. It goes as one text that ClickHouse casts, as it does with a parameter: three times faster than a
        list of literals, and free of the size limit that servers set on parameters. Strings come back as bytes where
        they are no text. Raises ValueError for a key that is not a plain identifier."""
        if all(isinstance(key, int) for key in keys):
            listed = _CAST_NUMBERS % ",".join(map(str, keys))
        else:
            for key in keys:
                if not isinstance(key, str) or not _SAFE_KEY.match(key):
                    raise ValueError(f"{key!r} is no key to look up")
            listed = _CAST_STRINGS % "\\',\\'".join(map(str, keys))
        if not keys:
            text = _KEYS.sub(lambda found: f"CAST('[]', '{found[1]}')", sql)
        else:
            text = _KEYS.sub(lambda found: listed, sql)
        settings = {"max_query_size": len(text) + 100_000}
        table = _told(
            lambda: self._client.query_arrow(
                text, parameters=dict(parameters), settings=settings, use_strings=False
            )
        )
        return {name: _values(table.column(name), name) for name in table.column_names}

    def insert(self, table: str, columns: Mapping[str, Sequence[object]]) -> None:
        """Insert columns of equal length into a table of the database, in one statement; columns that are not given
        take their defaults. Raises as `arrow` and `insert_arrow` do."""
        self.insert_arrow(table, self.arrow(table, columns))

    def arrow(self, table: str, columns: Mapping[str, Sequence[object]]) -> pa.Table:
        """Columns of equal length as `insert_arrow` takes them. Raises UnfitValueError for a value that its column
        cannot hold, ValueError for a column that is not there, StoreRefused where there is no such table."""
        types = self._types_of(table)
        try:
            return arrow_table(columns, types)
        except UnfitValueError as error:
            raise UnfitValueError(table, error.column, error.type, error.reason) from error

    def insert_arrow(self, table: str, data: pa.Table) -> None:
        """Insert an Arrow table into a table of the database, in one statement."""
        started = time.perf_counter()
        _told(lambda: self._client.insert_arrow(table, data, database=self._endpoint.database))
        logger.debug("inserted %d rows into %s in %.3f s", data.num_rows, table, time.perf_counter() - started)

    def _types_of(self, table: str) -> dict[str, str]:
        """The columns of a table with their types. All tables are asked for at once: one look through the system's
        columns costs as much as an insert."""
        if table not in self._types:
            types: dict[str, dict[str, str]] = {}
            for name, column, kind in self.query(
                "SELECT table, name, type FROM system.columns WHERE database = {database:String}",
                {"database": self._endpoint.database},
            ):
                types.setdefault(str(name), {})[str(column)] = str(kind)
            self._types = types
        if table not in self._types:
            raise StoreRefused(60, f"there is no table {self._endpoint.database}.{table}")
        return self._types[table]


_BLOBS = frozenset({"state", "body", "row_keys"})
"""Columns of look-ups that hold bytes; all other strings are text."""


def _values(column: Any, name: str) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if name not in _BLOBS and values and isinstance(values[0], bytes):
        return [value.decode() for value in values]
    return values


def _told(call: Callable[[], T]) -> T:
    """Make a call; tell what passes from what does not."""
    try:
        return call()
    except OperationalError as error:
        raise StoreUnavailable(str(error)) from error
    except DatabaseError as error:
        code = int(found.group(1)) if (found := _CODE.search(str(error))) else 0
        if code in _RETRY_CODES or (not code and _RETRY_STATUS.search(str(error))):
            raise StoreUnavailable(str(error)) from error
        raise StoreRefused(code, str(error)) from error
    except (HTTPError, OSError, pa.ArrowInvalid) as error:
        raise StoreUnavailable(str(error)) from error
