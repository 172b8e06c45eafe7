"""How alike two strings are, to the bit as DuckDB says it.

rapidfuzz counts code points, as DuckDB 2 does, and differs from it in two ways. Two empty strings are alike for
rapidfuzz and unlike (0) for DuckDB. And DuckDB's Jaro-Winkler adds the prefix in one rounding (a fused multiply-add)
where rapidfuzz has two, so a value may differ in its last bit: that matters only when it stands on a threshold, and
only then is it worked out exactly.
"""

from fractions import Fraction

from rapidfuzz.distance import DamerauLevenshtein, Jaro, JaroWinkler, Levenshtein

_NEAR = 1e-12
_BOOST_ABOVE = 0.7
_PREFIX_WEIGHT = 0.1
_LONGEST_PREFIX = 4

_jaro = Jaro.similarity
_jaro_winkler = JaroWinkler.similarity


def jaro(left: str, right: str) -> float:
    """Jaro similarity, 0 to 1."""
    return _jaro(left, right) if left or right else 0.0


def jaro_winkler(left: str, right: str) -> float:
    """Jaro-Winkler similarity, 0 to 1: 0.1 for each of at most four common first characters, where Jaro's is above
    0.7. Exact but for the last bit."""
    return _jaro_winkler(left, right) if left or right else 0.0


def exact_jaro_winkler(left: str, right: str) -> float:
    """Jaro-Winkler similarity to the last bit."""
    similarity = jaro(left, right)
    if similarity <= _BOOST_ABOVE:
        return similarity
    prefix = 0
    for one, other in zip(left[:_LONGEST_PREFIX], right[:_LONGEST_PREFIX], strict=False):
        if one != other:
            break
        prefix += 1
    return float(Fraction(similarity) + Fraction(prefix * _PREFIX_WEIGHT) * Fraction(1.0 - similarity))


def settled_jaro_winkler(left: str, right: str, threshold: float) -> float:
    """Jaro-Winkler similarity that is on the right side of a threshold, even when it stands on it."""
    similarity = _jaro_winkler(left, right) if left or right else 0.0
    if -_NEAR < similarity - threshold < _NEAR:
        return exact_jaro_winkler(left, right)
    return similarity


def levenshtein(left: str, right: str) -> int:
    """Insertions, deletions and substitutions of a character."""
    return Levenshtein.distance(left, right)


def damerau_levenshtein(left: str, right: str) -> int:
    """The same, and transpositions of neighbours, between which more may be edited (unrestricted)."""
    return DamerauLevenshtein.distance(left, right)


def jaccard(left: str, right: str) -> float:
    """Distinct characters in common over distinct characters in all, 0 to 1. Raises ValueError for an empty string,
    as DuckDB does."""
    if not left or not right:
        raise ValueError("jaccard of an empty string")
    one, other = set(left), set(right)
    return len(one & other) / len(one | other)


def hamming(left: str, right: str) -> int:
    """Places that differ in strings of one length."""
    if len(left) != len(right):
        raise ValueError("hamming distance of strings of different lengths")
    return sum(one != other for one, other in zip(left, right, strict=True))
