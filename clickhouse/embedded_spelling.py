"""A statement in the engine's own spelling, so that it is judged as what will run and as nothing else."""

import re

from clickhouse.embedded_engine import Ask, quoted
from clickhouse.embedded_errors import error_of

QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`")
_LONG = 100_000
"""From this size the limit of the size of statements (262,144 bytes) may be in the way of asking how one is spelled."""


def spelled(statement: str, ask: Ask) -> str:
    """The statement as the engine formats it, on one line. Raises EngineError for what is no single statement."""
    try:
        if len(statement) > _LONG:
            ask(f"SET max_query_size = {8 * len(statement)}")
        line = ask(f"SELECT formatQuerySingleLine({quoted(statement)})")
    except Exception as error:
        raise error_of(error) from error
    return _unescaped(line.removesuffix("\n"))


def without_quoted(spelling: str) -> str:
    """The spelling with dots for what stands in quotes: of the same length, and words in it are the statement's own."""
    return QUOTED.sub(lambda found: found[0][0] + "." * (len(found[0]) - 2) + found[0][0], spelling)


def _unescaped(line: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"t": "\t", "n": "\n", "b": "\b", "f": "\f", "r": "\r", "0": "\0"}.get(
        found[1], found[1]), line)  # fmt: skip
