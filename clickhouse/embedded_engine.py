"""The ClickHouse engine in this process: one statement, one fresh session, one answer.

chdb lets many sessions of one path run in parallel. A session whose statement failed half-way gives what was left of
its output to the next statement; a session costs a millisecond, so none is used twice.
"""

import re
import struct
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import chdb

_INSERT = re.compile(
    rb"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*(INSERT\s+INTO\s+(?:TABLE\s+)?(?!FUNCTION\b)[^;]*?)"
    rb"\s+FORMAT\s+(\w+)[ \t]*(?:\r?\n|;|\s|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_VALUES = re.compile(rb"\bVALUES\b|\bSELECT\b", re.IGNORECASE)
_FORMAT = re.compile(r"\bFORMAT\s+(\w+)\s*(?:SETTINGS\b.*)?;?\s*\Z", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(r"Code: (\d+)\. (?:DB::)?(?:Exception: )?(.*?)(?:\s*\((\w+)\))?\s*\Z", re.DOTALL)
_HELLO = re.compile(
    r"\s*SELECT\s+displayName\(\),\s*version\(\),\s*revision\(\),\s*timezone\(\)\s*;?\s*\Z", re.IGNORECASE
)
_SETTING = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_CONTENT_TYPES = {
    "JSON": "application/json; charset=UTF-8", "JSONCompact": "application/json; charset=UTF-8",
    "JSONEachRow": "application/x-ndjson; charset=UTF-8", "CSV": "text/csv; charset=UTF-8",
    "CSVWithNames": "text/csv; charset=UTF-8", "TabSeparated": "text/tab-separated-values; charset=UTF-8",
    "TSV": "text/tab-separated-values; charset=UTF-8",
}  # fmt: skip


class EngineError(RuntimeError):
    """ClickHouse's error: its code, message and name."""

    def __init__(self, code: int, message: str, name: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.name = name

    def shown(self) -> str:
        """As ClickHouse's HTTP interface writes it."""
        return f"Code: {self.code}. DB::Exception: {self.message} ({self.name or 'UNKNOWN_EXCEPTION'})\n"


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
    """What a statement gave."""

    content: bytes
    format: str
    content_type: str
    rows_read: int = 0
    rows_written: int = 0


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def error_of(error: Exception) -> EngineError:
    """chdb's exception as ClickHouse's error."""
    text = str(error).strip()
    found = _CODE.search(text)
    if found is None:
        return EngineError(1001, text, "STD_EXCEPTION")
    return EngineError(int(found.group(1)), found.group(2).strip(), found.group(3) or "")


class Engine:
    """The engine over one folder. Any number of threads may call `run`; at most `parallel` statements run at once."""

    def __init__(self, path: Path, parallel: int = 24) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = str(path)
        self._slots = threading.BoundedSemaphore(parallel)
        try:
            self._keeper = chdb.connect(self._path)  # the engine lives as long as one session does
            self._keeper.query("SELECT 1")
        except Exception as error:
            raise error_of(error) from error

    def close(self) -> None:
        """Close the engine; what was acknowledged is on disk anyway."""
        self._keeper.close()

    def run(self, request: Request) -> Answer:
        """Run one statement in a session of its own. Raises EngineError."""
        with self._slots:
            try:
                session = chdb.connect(self._path)
            except Exception as error:
                raise error_of(error) from error
            try:
                return self._run(session, request)
            except EngineError:
                raise
            except Exception as error:
                raise error_of(error) from error
            finally:
                session.close()

    def _run(self, session: Any, request: Request) -> Answer:
        if request.database != "default":
            session.query(f"USE `{request.database.replace('`', '')}`")
        self._set(session, request)
        insert = _INSERT.match(request.statement)
        if insert is not None and not _VALUES.search(insert.group(1)):
            data = request.statement[insert.end() :]
            return _insert(session, insert.group(1).decode(), insert.group(2).decode(), data)
        statement = request.statement.decode()
        if request.protocol_version and _HELLO.match(statement):
            return _hello(session)
        wanted = found.group(1) if (found := _FORMAT.search(statement)) else request.format
        result = session.query(statement, request.format)
        content = result.bytes()
        if not content and wanted == "Native":
            content = _empty_native(session, _FORMAT.sub("", statement))
        content_type = _CONTENT_TYPES.get(wanted, "application/octet-stream")
        return Answer(content, wanted, content_type, rows_read=result.storage_rows_read())

    def _set(self, session: Any, request: Request) -> None:
        settings = {**request.settings, **{f"param_{name}": value for name, value in request.parameters.items()}}
        for name in settings:
            if not _SETTING.match(name):
                raise EngineError(115, f"Unknown setting '{name}'", "UNKNOWN_SETTING")
        if settings:
            session.query("SET " + ", ".join(f"{name} = {_quoted(value)}" for name, value in settings.items()))


def _insert(session: Any, statement: str, data_format: str, data: bytes) -> Answer:
    """An insert with its data, pushed into the engine as they are."""
    if data.strip():
        with session.send_insert(statement, data_format) as inserter:
            inserter.append(data)
            inserter.finish()
    return Answer(b"", "TabSeparated", _CONTENT_TYPES["TSV"])


def _length(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _text(value: str) -> bytes:
    encoded = value.encode()
    return _length(len(encoded)) + encoded


def _hello(session: Any) -> Answer:
    """The Go client's greeting, answered with revision 0: it then reads plain Native blocks, which is what the engine
    writes. The greeting itself it reads at its own revision: with block info, and a byte on each column's
    serialisation."""
    version, zone = session.query("SELECT version(), timezone()", "TabSeparated").bytes().decode().split()
    block = bytes((1, 0, 2, 255, 255, 255, 255, 0)) + _length(4) + _length(1)
    for name, kind, data in (
        ("displayName()", "String", _text("casestream")),
        ("version()", "String", _text(version)),
        ("revision()", "UInt32", struct.pack("<I", 0)),
        ("timezone()", "String", _text(zone)),
    ):
        block += _text(name) + _text(kind) + b"\x00" + data
    return Answer(block, "Native", "application/octet-stream")


def _empty_native(session: Any, statement: str) -> bytes:
    """The columns of a query without rows, which the engine leaves out; nothing for what is no query."""
    if not re.match(r"\s*(?:--[^\n]*\n\s*)*(SELECT|WITH|\()", statement, re.IGNORECASE):
        return b""
    described = session.query(f"DESCRIBE ({statement.rstrip().rstrip(';')})", "TabSeparated").bytes().decode()
    columns = [line.split("\t")[:2] for line in described.splitlines()]
    block = _length(len(columns)) + _length(0)
    for name, kind in columns:
        block += _text(name) + _text(kind.replace("\\'", "'"))
    return block
