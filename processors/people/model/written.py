"""A part of a condition as its author wrote it, and not as a parser would write it anew."""

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError


def as_written(part: exp.Expr, sql: str, dialect: str) -> str:
    """The words of some SQL that a node of its syntax tree was read from; where that cannot be told, the node in words
    of the dialect."""
    places = [_place(node, sql) for node in part.walk() if "start" in node.meta]
    if places:
        start, end = min(place[0] for place in places), max(place[1] for place in places)
        words = sql[start:end]
        try:
            if type(sqlglot.parse_one(words, read=dialect)) is type(part):
                return words
        except SqlglotError:
            pass  # it has words before or after those that the parser marks
    return part.sql(dialect=dialect)


def _place(node: exp.Expr, sql: str) -> tuple[int, int]:
    """Where a node's words begin and end; of a function with its arguments."""
    start, end = node.meta["start"], node.meta["end"] + 1
    if not isinstance(node, exp.Func) or not sql[end:].lstrip().startswith("("):
        return start, end
    depth, quoted = 0, ""
    for at in range(end, len(sql)):
        character = sql[at]
        if quoted:
            quoted = "" if character == quoted else quoted
        elif character in "'\"`":
            quoted = character
        else:
            depth += (character == "(") - (character == ")")
            if depth == 0 and character == ")":
                return start, at + 1
    return start, end
