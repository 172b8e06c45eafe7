"""Where the statement of an INSERT ends and its data begin."""

import re
from dataclasses import dataclass

from clickhouse.embedded_errors import EngineError

_NAME = rb"(?:\w+|`(?:[^`\\]|\\.)*`|\"(?:[^\"\\]|\\.)*\"|\{\s*\w+\s*:\s*Identifier\s*\})"
_HEAD = re.compile(
    rb"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*"
    rb"(?P<insert>INSERT\s+(?:INTO\s+)?(?:TABLE\s+)?(?!FUNCTION\b)" + _NAME + rb"(?:\s*\.\s*" + _NAME + rb")*)",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = re.compile(
    rb"\s+|--[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.)*`|\"(?:[^\"\\]|\\.)*\""
    rb"|(?P<open>\()|(?P<close>\))|(?P<word>[A-Za-z_]\w*)|.",
    re.DOTALL,
)
_FORMAT_NAME = re.compile(rb"\s+(\w+)[ \t\f]*(?:\r?\n)?")


@dataclass(frozen=True, slots=True)
class Insert:
    """`INSERT INTO t (columns)`, the format of the data, and the data."""

    head: str
    format: str
    data: bytes


def insert_of(statement: bytes) -> Insert | None:
    """The parts of `INSERT INTO ... FORMAT x <data>` and `INSERT INTO ... VALUES <data>`; None for every other
    statement, INSERT ... SELECT among them. Nothing behind the beginning of the data is looked at."""
    head = _HEAD.match(statement)
    if head is None:
        return None
    depth = 0
    for token in _TOKEN.finditer(statement, head.end()):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["word"] and depth == 0:
            word = token["word"].upper()
            if word in (b"SELECT", b"WITH", b"FROM"):
                _refuse_input(statement, token.end())
                return None
            text = statement[head.start("insert") : token.start()].decode()
            if word == b"VALUES":
                return Insert(text, "Values", statement[token.end() :])
            if word == b"FORMAT" and (named := _FORMAT_NAME.match(statement, token.end())):
                return Insert(text, named.group(1).decode(), statement[named.end() :])
    return None


def _refuse_input(statement: bytes, start: int) -> None:
    """`SELECT ... FROM input(...)` would get none of its data from the engine, and say nothing of it."""
    before = b""
    for token in _TOKEN.finditer(statement, start):
        if token["open"] and before == b"INPUT":
            raise EngineError(48, "INSERT ... SELECT ... FROM input(...) is not served here", "NOT_IMPLEMENTED")
        if not token[0].isspace():
            before = (token["word"] or b"").upper()
