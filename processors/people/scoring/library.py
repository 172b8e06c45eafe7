"""Which function stands for which node of a condition's syntax tree. None of them is called with NULL."""

import math
from collections.abc import Callable
from typing import Any

from sqlglot import exp

from processors.people.scoring import functions, strings


def _known(values: tuple[Any, ...]) -> list[Any]:
    return [one for one in values if one is not None]


UNARY: dict[type[exp.Expr], Callable[[Any], Any]] = {
    exp.Upper: functions.upper, exp.Lower: functions.lower, exp.Trim: lambda text: text.strip(" "),
    exp.Length: len, exp.ArraySize: len, exp.ArrayDistinct: functions.distinct, exp.Flatten: functions.flatten,
    exp.ArrayMin: lambda values: min(_known(values), default=None, key=functions.rank),
    exp.ArrayMax: lambda values: max(_known(values), default=None, key=functions.rank),
    exp.Abs: abs, exp.Neg: lambda value: -value, exp.Sin: functions.sin, exp.Cos: functions.cos,
    exp.Acos: functions.acos, exp.Sqrt: functions.sqrt, exp.Radians: math.radians, exp.Floor: functions.floor,
    exp.TimeToUnix: functions.epoch,
}  # fmt: skip

BINARY: dict[type[exp.Expr], Callable[[Any, Any], Any]] = {
    exp.Levenshtein: strings.levenshtein, exp.JarowinklerSimilarity: strings.jaro_winkler,
    exp.Add: functions.total, exp.Sub: functions.difference,
    exp.Mul: lambda left, right: left * right, exp.Div: functions.divide, exp.Mod: functions.modulo,
    exp.DPipe: lambda left, right: left + right,
    exp.ArrayOverlaps: lambda left, right: bool(functions.intersect(left, right)),
    exp.Left: lambda text, length: text[:length],
    exp.StrToTime: functions.parse_moment,
}  # fmt: skip

COSINE = functions.tried(functions.cosine)
_JACCARD, _HAMMING = functions.tried(strings.jaccard), functions.tried(strings.hamming)

NAMED: dict[str, Callable[..., Any]] = {
    "jaro_winkler_similarity": strings.jaro_winkler, "jaro_winkler": strings.jaro_winkler,
    "jarowinkler_similarity": strings.jaro_winkler,
    "jaro_similarity": strings.jaro, "jaro_sim": strings.jaro,
    "levenshtein": strings.levenshtein, "editdist3": strings.levenshtein,
    "damerau_levenshtein": strings.damerau_levenshtein, "dam_lev": strings.damerau_levenshtein,
    "jaccard": _JACCARD, "jaccard_sim": _JACCARD,
    "hamming": _HAMMING, "mismatches": _HAMMING,
    "array_cosine_similarity": COSINE, "list_cosine_similarity": COSINE,
    "try_strptime": functions.parse_moment, "try_strptime_leading": functions.parse_leading,
    "quotient": functions.quotient,
}  # fmt: skip
"""Functions that sqlglot has no name of its own for; Spark's and SQLite's names beside DuckDB's, and those of
`model.dialects`."""
