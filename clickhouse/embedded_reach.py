"""What no statement may do, whoever sends it: read or write the machine's files, run programs, call other servers.

A ClickHouse server keeps file() to a folder and writes no INTO OUTFILE; the engine in this process would do all of it
with the rights of whoever started it. Table functions and names that are paths are refused by the engine's own grants
(`embedded_engine.xml`); the rest, which grants do not cover here, is judged by the engine's spelling of the statement.
"""

import re

from clickhouse.embedded_engine import QUERY, Ask, Request
from clickhouse.embedded_errors import EngineError
from clickhouse.embedded_insert import insert_of
from clickhouse.embedded_spelling import spelled, without_quoted

_SUSPECTED = (b"file", b"eval", b"python", b"executable", b"engine", b"source", b"attach", b"format_")
"""A query without any of these letters needs no judging. Look-ups of a megabyte are judged by nothing else."""

_ENGINES = frozenset({"Memory", "Null", "View", "MaterializedView", "Buffer", "Log", "TinyLog", "StripeLog", "Set",
                      "Join", "Merge", "Dictionary", "GenerateRandom", "Atomic", "Ordinary"})  # fmt: skip
_DICTIONARY_SOURCES = frozenset({"CLICKHOUSE", "NULL"})
_FUNCTION = re.compile(r"\b(file|eval|python|executable|disk)\(", re.IGNORECASE)
_SETTING = re.compile(r"\b(format_(?:schema|template_resultset|template_row))\b")
"""Settings whose value is the path of a file that is read and shown."""


def refuse_reach(request: Request, ask: Ask) -> None:
    """Raise EngineError for a statement that reaches out of the engine. Data behind an INSERT are not looked at."""
    for name in request.settings:
        if _SETTING.fullmatch(name):
            raise _denied(f"the setting {name}")
    if not _suspected(request.statement) or insert_of(request.statement) is not None:
        return
    try:
        statement = request.statement.decode()
    except UnicodeDecodeError as error:
        raise EngineError(62, f"Syntax error: the statement is not UTF-8: {error}", "SYNTAX_ERROR") from error
    bare = without_quoted(spelled(statement, ask))
    if re.search(r"\bINTO OUTFILE\b", bare):
        raise EngineError(358, "INTO OUTFILE is not allowed", "INTO_OUTFILE_NOT_ALLOWED")
    if re.search(r"\bFROM INFILE\b", bare):
        raise EngineError(78, "FROM INFILE is for clients: send the data", "UNKNOWN_TYPE_OF_QUERY")
    if found := _FUNCTION.search(bare):
        raise _denied(f"the function {found[1]}")
    if found := _SETTING.search(bare):
        raise _denied(f"the setting {found[1]}")
    for engine in re.findall(r"\bENGINE = (\w+)", bare):
        if engine not in _ENGINES and not engine.endswith("MergeTree"):
            raise _denied(f"the engine {engine}")
    for source in re.findall(r"\bSOURCE\((\w+)\(", bare):
        if source not in _DICTIONARY_SOURCES:
            raise _denied(f"a dictionary from {source}")
    if re.match(r"ATTACH .* FROM '", bare):
        raise _denied("ATTACH ... FROM a folder")


def _suspected(statement: bytes) -> bool:
    if not QUERY.match(statement[:4_096].decode(errors="replace")):
        return True
    lowered = statement.lower()
    # a name in quotes may be spelled with escapes
    return any(word in lowered for word in _SUSPECTED) or (b"\\" in lowered and (b'"' in lowered or b"`" in lowered))


def _denied(what: str) -> EngineError:
    return EngineError(497, f"Not enough privileges: {what} reaches out of this server.", "ACCESS_DENIED")
