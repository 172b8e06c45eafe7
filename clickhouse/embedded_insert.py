"""Where the statement of an INSERT ends and its data begin."""

import re
from dataclasses import dataclass

_INSERT = re.compile(rb"(?:\s+|--[^\n]*(?:\n|\Z)|#[!\x20][^\n]*(?:\n|\Z)|/\*.*?\*/)*INSERT\s+INTO\b", re.I | re.S)
_TOKEN = re.compile(
    rb"(?P<skip>\s+|--[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.|``)*`|\"(?:[^\"\\]|\\.|\"\")*\")"
    rb"|(?P<open>\()|(?P<close>\))|(?P<word>[A-Za-z_]\w*)|(?P<other>.)",
    re.S,
)
_FORMAT_NAME = re.compile(rb"\s+(\w+)[ \t\f]*(?:\r?\n)?")


@dataclass(frozen=True, slots=True)
class Insert:
    """`INSERT INTO t (columns)`, the format of the data, and the data."""

    head: str
    format: str
    data: bytes


def insert_of(statement: bytes) -> Insert | None:
    """The parts of `INSERT INTO ... FORMAT x <data>` or `INSERT INTO ... VALUES <data>`; None for every other
    statement, INSERT ... SELECT among them."""
    begin = _INSERT.match(statement)
    if begin is None:
        return None
    depth = 0
    first = True
    for token in _TOKEN.finditer(statement, begin.end()):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["word"] and depth == 0:
            word = token["word"].upper()
            if first and word == b"TABLE":
                continue
            if first and word == b"FUNCTION":
                return None
            if first or statement[token.start() - 1 : token.start()] == b".":
                first = False  # the table's name, whatever it is called
                continue
            if word in (b"SELECT", b"WITH", b"FROM"):
                return None
            if word == b"VALUES":
                return _insert(statement, token.start(), "Values", token.end())
            if word == b"FORMAT" and (named := _FORMAT_NAME.match(statement, token.end())):
                return _insert(statement, token.start(), named.group(1).decode(), named.end())
        elif token["skip"] and not token["skip"].isspace() and token["skip"][:1] in b"`\"":
            first = False
    return None


def _insert(statement: bytes, head: int, data_format: str, data: int) -> Insert:
    return Insert(statement[begin_of(statement) : head].decode(), data_format, statement[data:])


def begin_of(statement: bytes) -> int:
    """Where the statement begins behind its comments."""
    found = _INSERT.match(statement)
    return 0 if found is None else statement.upper().rindex(b"INSERT", 0, found.end())
