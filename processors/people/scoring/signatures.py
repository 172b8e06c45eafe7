"""Which types functions of conditions take and give, and what types have in common. DuckDB's, as far as we know the
functions."""

from collections.abc import Iterable

from sqlglot import exp

from processors.people.model.types import (
    BOOLEAN,
    DATE,
    FLOAT,
    INTEGER,
    LITERAL,
    MOMENTS,
    NULL,
    NUMBERS,
    TEXT,
    TIMESTAMP,
    SqlType,
)

Kinds = tuple[SqlType, ...]
"""The types that an argument may have. NULL may be any, and so may what is not known."""


class MisfitError(ValueError):
    """Types that DuckDB does not hold together."""

    def __init__(self, *types: SqlType) -> None:
        self.types = types
        super().__init__(" and ".join(map(str, types)))


def joined(types: Iterable[SqlType | None]) -> SqlType | None:
    """The type in which values of several are held against each other; None where one is not known. Raises
    MisfitError."""
    found: SqlType | None = NULL
    for one in types:
        found = _joined(found, one)
    return found


def _joined(one: SqlType | None, other: SqlType | None) -> SqlType | None:
    if one is None or other is None or one == other:
        return other if one is not None else None
    for weak in (NULL, LITERAL):
        if weak in (one, other):
            return other if one == weak else one
    if one in NUMBERS and other in NUMBERS:
        return FLOAT
    if one in MOMENTS and other in MOMENTS:
        return TIMESTAMP
    if one.name == other.name == "list":
        return SqlType("list", _joined(one.of, other.of))
    raise MisfitError(one, other)


_STRING: Kinds = (TEXT, LITERAL)
_NUMBER: Kinds = NUMBERS
_TWO_STRINGS = (_STRING, _STRING)
_WHOLE: Kinds = (INTEGER,)

SIGNATURES: dict[type[exp.Expr], tuple[tuple[Kinds, ...], SqlType]] = {
    exp.Upper: ((_STRING,), TEXT), exp.Lower: ((_STRING,), TEXT), exp.Trim: (_TWO_STRINGS, TEXT),
    exp.Left: ((_STRING, _WHOLE), TEXT), exp.Substring: ((_STRING, _WHOLE, _WHOLE), TEXT),
    exp.RegexpExtract: ((_STRING, _STRING, _WHOLE), TEXT), exp.StrToTime: (_TWO_STRINGS, TIMESTAMP),
    exp.Levenshtein: (_TWO_STRINGS, INTEGER), exp.JarowinklerSimilarity: (_TWO_STRINGS, FLOAT),
    exp.Sin: ((_NUMBER,), FLOAT), exp.Cos: ((_NUMBER,), FLOAT), exp.Acos: ((_NUMBER,), FLOAT),
    exp.Sqrt: ((_NUMBER,), FLOAT), exp.Radians: ((_NUMBER,), FLOAT), exp.Floor: ((_NUMBER,), FLOAT),
    exp.TimeToUnix: ((MOMENTS,), FLOAT),
    exp.Mul: ((_NUMBER, _NUMBER), FLOAT), exp.Div: ((_NUMBER, _NUMBER), FLOAT), exp.Mod: ((_NUMBER, _NUMBER), FLOAT),
    exp.Not: (((BOOLEAN,),), BOOLEAN), exp.And: (((BOOLEAN,), (BOOLEAN,)), BOOLEAN),
    exp.Or: (((BOOLEAN,), (BOOLEAN,)), BOOLEAN),
}  # fmt: skip
"""What the arguments of a function may be, in their order, and what it gives."""

STRING_FUNCTIONS: dict[str, SqlType] = {
    **dict.fromkeys(("levenshtein", "editdist3", "damerau_levenshtein", "dam_lev", "hamming", "mismatches"), INTEGER),
    **dict.fromkeys(
        ("jaro_winkler_similarity", "jaro_winkler", "jarowinkler_similarity", "jaro_similarity", "jaro_sim", "jaccard",
         "jaccard_sim"), FLOAT,
    ),
    **dict.fromkeys(("try_strptime", "try_strptime_leading"), TIMESTAMP),
}  # fmt: skip
"""Functions of two texts that sqlglot has no name of its own for, and what they give."""


def of_sum(node: exp.Add | exp.Sub, left: SqlType, right: SqlType) -> SqlType:
    """The type of a sum or a difference: days may be counted on and between dates. Raises MisfitError."""
    if left in NUMBERS and right in NUMBERS:
        return INTEGER if left == right == INTEGER else FLOAT
    if isinstance(node, exp.Sub) and left == right == DATE:
        return INTEGER
    if (left == DATE and right == INTEGER) or (isinstance(node, exp.Add) and left == INTEGER and right == DATE):
        return DATE
    raise MisfitError(left, right)


def casts(from_type: SqlType, to: SqlType) -> bool:
    """Whether CAST turns one type into the other."""
    simple = (TEXT, LITERAL, *NUMBERS, BOOLEAN, *MOMENTS)
    if from_type in (to, NULL):
        return True
    if from_type not in simple or to not in simple:
        return False
    groups = ((*NUMBERS, BOOLEAN), MOMENTS)
    return from_type in (TEXT, LITERAL) or to == TEXT or any(from_type in one and to in one for one in groups)
