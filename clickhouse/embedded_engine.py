"""The ClickHouse engine in this process: one statement, one fresh session, one answer.

chdb lets many sessions of one path run in parallel. A session whose statement failed half-way gives what was left of
its output to the next statement; a session costs half a millisecond, so none is used twice. Results of SELECT come in
pieces of a block each, so that a large one never stands in memory as a whole.
"""

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from chdb.state import connect

from clickhouse.embedded_errors import EngineError, error_of
from clickhouse.embedded_insert import Insert, insert_of
from clickhouse.embedded_native import empty_block, greeting

MAX_RESULT_BYTES = 128 * 1024 * 1024
"""The largest result in a format that cannot be sent in pieces (JSON, Parquet and such), in bytes."""

COMMENTS = r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*"
"""What may stand before a statement, and between its words."""
QUERY = re.compile(COMMENTS + r"\(*\s*(?:SELECT|WITH|FROM)\b", re.IGNORECASE | re.DOTALL)
"""The beginning of a query."""
_FORMAT = re.compile(r"\bFORMAT\s+(\w+)\s*(?:SETTINGS\b[^']*)?;?\s*\Z", re.IGNORECASE | re.DOTALL)
_MORE = re.compile(r";\s*[^\s;]")
_HELLO = re.compile(
    r"\s*SELECT\s+displayName\(\),\s*version\(\),\s*revision\(\),\s*timezone\(\)\s*;?\s*\Z", re.IGNORECASE
)
_SETTING = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_IN_PIECES = frozenset(
    {"Native", "ArrowStream", "RowBinary", "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "CSV", "JSONEachRow",
     "JSONLines", "NDJSON", "JSONStringsEachRow", "JSONCompactEachRow", "JSONCompactStringsEachRow"}
)  # fmt: skip
"""Formats of which the pieces, one behind the other, are the whole (ArrowStream after `_one_stream`)."""
_BESIDE_ROWS = re.compile(r"\bWITH\s+TOTALS\b|\bextremes\b", re.IGNORECASE)
_WITH_PLACE_BESIDE_ROWS = frozenset({"TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "CSV"})
"""Those of them that have totals and extremes behind the rows; the engine gives these only with a whole result."""
_ARROW_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
_NO_ENGINE_TOLD = 336
"""ClickHouse's code for ATTACH DATABASE of one that is not stored."""
_STATEMENT_BYTES = 200_000
"""Above this a SET needs the limit of the size of statements lifted (the default is 262,144 bytes)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A statement (with the data behind an insert), its database, output format, settings and parameters."""

    statement: bytes
    database: str = "default"
    format: str = "TabSeparated"
    settings: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    protocol_version: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement gives: its output in pieces, which raise EngineError when it fails on the way."""

    format: str
    pieces: Iterator[bytes]
    rows_written: int = 0


Ask = Callable[[str], str]
"""A statement of the server's own -> its TabSeparated output, in the session of the request."""
Check = Callable[[Request, Ask], str | None]
"""What decides whether a request may be run; the statement to run instead, None for the one that was sent. Raises
EngineError."""


def quoted(value: str) -> str:
    """A text as ClickHouse's string literal."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


class Engine:
    """The engine over one folder. Any number of threads may call `run`; at most `parallel` statements run at once, and
    at most `readers` of them are readers', so that boards cannot keep what is told from the tables."""

    def __init__(self, path: Path, parallel: int = 24, readers: int = 12) -> None:
        path.mkdir(parents=True, exist_ok=True)
        with as_file(files("clickhouse") / "embedded_engine.xml") as config:
            os.environ["CASESTREAM_ENGINE_CONFIG"] = str(config)
            self._path = f"{path}?config-file={config}"
        _describe_default_database(path / "metadata")
        self._parallel = parallel
        self._slots = threading.BoundedSemaphore(parallel)
        self._readers = threading.BoundedSemaphore(readers)
        try:
            self._keeper = connect(self._path)  # the engine lives as long as one session does
            told = self._keeper.query("SELECT version(), timezone()", "TabSeparated").bytes().decode()
            _be_sure_of_grants(self._keeper, self._path)
            _have_a_plain_default_database(self._keeper)
        except Exception as error:
            raise error_of(error) from error
        self.version, self.zone = told.split()

    def close(self, seconds: float = 10.0) -> None:
        """Let what runs end, for so many seconds, and close the engine. What was acknowledged is on disk anyway."""
        deadline = time.monotonic() + seconds
        for _ in range(self._parallel):
            if not self._slots.acquire(timeout=max(0.0, deadline - time.monotonic())):
                return  # a session at work must not be closed under it
        self._keeper.close()

    @contextmanager
    def run(self, request: Request, check: Check | None = None, *, reader: bool = False) -> Iterator[Answer]:
        """Run one statement in a session of its own, which ends with the block. Raises EngineError."""
        with self._readers if reader else nullcontext(), self._slots:
            try:
                session = connect(self._path)
            except Exception as error:
                raise error_of(error) from error
            with ExitStack() as ended:  # a stream is closed before its session: the engine dies of the other order
                ended.callback(session.close)
                yield self._answer(session, request, check, ended)

    def _answer(self, session: Any, request: Request, check: Check | None, ended: ExitStack) -> Answer:
        try:
            if request.database != "default":
                session.query("USE `" + request.database.replace("\\", "\\\\").replace("`", "\\`") + "`")
            _set(session, {f"param_{name}": value for name, value in request.parameters.items()})
            judged = check(request, lambda own: _text(session, own)) if check is not None else None
            # only now: a limit of rows, set by the request, must not cut what the judge reads
            _set(session, _settings(request))
            if judged is None and (insert := insert_of(request.statement)) is not None:
                return _insert(session, insert)
            statement = judged or _decoded(request.statement)
            if request.protocol_version and _HELLO.match(statement):
                return Answer("Native", iter((greeting(self.version, self.zone),)))
            if judged is None and _MORE.search(statement):
                _refuse_more(session, statement)
            return _selected(session, statement, request, ended)
        except Exception as error:
            raise error_of(error) from error


def _be_sure_of_grants(session: Any, path: str) -> None:
    """The engine passes over a configuration that it cannot make out in its path (`&` ends it), and would then read
    any file for anyone."""
    try:
        session.query(f"SELECT 1 FROM file({quoted(os.devnull)}, 'LineAsString')")
    except Exception as error:
        if error_of(error).code == 497:
            return
        raise
    told = f"the engine takes no configuration in {path}: move what has an & or a ? in its name"
    raise EngineError(497, told, "ACCESS_DENIED")


def _describe_default_database(metadata: Path) -> None:
    """Make the file that describes the database agree with what is stored: a link to its tables, named by its id, from
    its first table on. The engine itself writes the link without the file, and finds no file without the link."""
    link, file = metadata / "default", metadata / "default.sql"
    if not link.is_symlink():
        file.unlink(missing_ok=True)
    elif not file.exists():
        file.write_text(f"ATTACH DATABASE _ UUID '{link.readlink().name}'\nENGINE = Atomic\n")


def _have_a_plain_default_database(session: Any) -> None:
    """The engine starts with one in which the name of a table that is not there is that of a file."""
    session.query("DETACH DATABASE default")
    try:
        session.query("ATTACH DATABASE default")
    except Exception as error:
        if error_of(error).code != _NO_ENGINE_TOLD:
            raise
        session.query("CREATE DATABASE default ENGINE = Atomic")  # the first start


def _decoded(statement: bytes) -> str:
    try:
        return statement.decode()
    except UnicodeDecodeError as error:
        raise EngineError(62, f"Syntax error: the statement is not UTF-8: {error}", "SYNTAX_ERROR") from error


def _text(session: Any, statement: str) -> str:
    told: str = session.query(statement, "TabSeparated").bytes().decode(errors="replace")
    return told


def _settings(request: Request) -> dict[str, str]:
    """The settings of a request; a result that stands in memory as a whole has a limit."""
    if not QUERY.match(request.statement[:4_096].decode(errors="replace")):
        return request.settings  # an insert, too: behind it are its data, which are not to be read as text
    text = request.statement[-_STATEMENT_BYTES:].decode(errors="replace")
    wanted = found.group(1) if (found := _FORMAT.search(text)) else request.format
    if _comes_in_pieces(request, wanted, text):
        return request.settings
    return {"max_result_bytes": str(MAX_RESULT_BYTES), **request.settings}


def _set(session: Any, settings: dict[str, str]) -> None:
    for name in settings:
        if not _SETTING.match(name):
            raise EngineError(115, f"Unknown setting '{name}'", "UNKNOWN_SETTING")
    if not settings:
        return
    # readonly comes last: behind it nothing can be set
    ordered = sorted(settings.items(), key=lambda item: item[0] == "readonly")
    statement = "SET " + ", ".join(f"{name} = {quoted(value)}" for name, value in ordered)
    if len(statement) > _STATEMENT_BYTES:
        session.query(f"SET max_query_size = {4 * len(statement)}")
    session.query(statement)


def _refuse_more(session: Any, statement: str) -> None:
    """ClickHouse's HTTP interface takes one statement; the engine would run them all."""
    if len(statement) > _STATEMENT_BYTES:
        return
    try:
        _text(session, f"SELECT formatQuerySingleLine({quoted(statement)})")
    except Exception as error:
        told = error_of(error)
        if "Multi-statements" in told.message:
            raise EngineError(62, told.message, "SYNTAX_ERROR") from error


def _insert(session: Any, insert: Insert) -> Answer:
    """An insert with its data, pushed into the engine as they are. What fails once they are read (a constraint, a view,
    too many parts) the engine tells nobody, and stores nothing: it only counts the error, under the statement's id."""
    if insert.format == "Values":  # it counts what it tries in vain and then reads otherwise, and tells of failures
        done = session.query(insert.head.encode() + b" VALUES " + insert.data)
        return Answer("TabSeparated", iter(()), rows_written=done.rows_written())
    with session.send_insert(insert.head, insert.format) as inserter:
        if insert.data:
            inserter.append(insert.data)
        elif insert.format in ("Arrow", "ArrowStream", "Parquet", "ORC"):
            return Answer("TabSeparated", iter(()))  # no data at all are no rows here too
        written = inserter.finish().rows_written
    failed = json.loads(session.query(_FAILED, "JSONCompact").bytes())["data"]
    if failed:
        code, name, message = failed[0]
        raise EngineError(int(code), str(message), str(name))
    return Answer("TabSeparated", iter(()), rows_written=written)


_FAILED = """SELECT code, name, last_error_message FROM system.errors WHERE query_id = queryID()
ORDER BY last_error_time DESC LIMIT 1 SETTINGS limit = 0, offset = 0"""


def _comes_in_pieces(request: Request, wanted: str, statement: str) -> bool:
    beside = request.settings.get("extremes", "0") != "0" or _BESIDE_ROWS.search(statement)
    return wanted in _IN_PIECES and not (beside and wanted in _WITH_PLACE_BESIDE_ROWS)


def _selected(session: Any, statement: str, request: Request, ended: ExitStack) -> Answer:
    default_format = request.format
    wanted = found.group(1) if (found := _FORMAT.search(statement)) else default_format
    if not QUERY.match(statement) or not _comes_in_pieces(request, wanted, statement):
        return Answer(wanted, iter((session.query(statement, default_format).bytes(),)))
    pieces = _pieces(session, statement, default_format, ended)
    first = next(pieces, b"")
    if not first and wanted == "Native":
        first = _no_rows(session, statement)
    elif not first and wanted == "ArrowStream":
        first = session.query(statement, default_format).bytes()
    whole = _one_stream(first, pieces) if wanted == "ArrowStream" else _joined(first, pieces)
    return Answer(wanted, whole)


def _pieces(session: Any, statement: str, default_format: str, ended: ExitStack) -> Iterator[bytes]:
    try:
        stream = session.send_query(statement, default_format)
    except Exception as error:
        if "Streaming query is not supported" not in str(error):
            raise
        yield session.query(statement, default_format).bytes()  # WITH ... INSERT and such: not run yet
        return
    ended.callback(_cancel, stream)
    try:
        for piece in stream:
            yield piece.bytes()
    except Exception as error:
        raise error_of(error) from error


def _cancel(stream: Any) -> None:
    with suppress(Exception):  # a stream at its end, or after an error, has nothing to cancel
        stream.close()


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _one_stream(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Every piece is an Arrow stream: schema, batches, end. One schema and one end make one stream of them."""
    if not first.endswith(_ARROW_END):
        yield first
        return
    yield first[: -len(_ARROW_END)]
    for piece in rest:
        schema = 8 + int.from_bytes(piece[4:8], "little")  # continuation mark, length, the schema's message
        yield piece[schema : -len(_ARROW_END)]
    yield _ARROW_END


def _no_rows(session: Any, statement: str) -> bytes:
    """The columns of a query without rows, which the engine leaves out of Native."""
    described = _text(session, f"DESCRIBE ({_FORMAT.sub('', statement).rstrip().rstrip(';')}\n)")
    columns = [line.split("\t")[:2] for line in described.splitlines()]
    return empty_block((_plain(name), _plain(kind)) for name, kind in columns)


def _plain(escaped: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), escaped)
