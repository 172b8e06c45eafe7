"""Similarities of strings equal DuckDB's, to the last bit: prefix, boost threshold, empty strings, unicode."""

from random import Random

import duckdb
import pytest

from processors.people.scoring import strings
from tests.processors.people.made_records import typo

PAIRS = [
    ("", ""), ("", "A"), ("A", ""), ("A", "A"), ("A", "B"), ("AAAAA", "AAAAB"),
    ("ABCXYZ", "ABCZZZ"),  # a Jaro similarity around 0.7, where the prefix begins to count
    ("MARTHA", "MARHTA"), ("DWAYNE", "DUANE"), ("DIXON", "DICKSONX"), ("PREFIXED", "PREFIXES"), ("JON", "JOHN"),
    ("É", "È"), ("É", "E"), ("ÉLODIE", "ELODIE"), ("ÅSH", "ASH"), ("O’BRIEN", "O'BRIEN"), ("É", "É"),
    ("名前", "名前"), ("名前", "名"), ("🂡🂢", "🂢🂡"), ("A" * 70, "A" * 69 + "B"), ("CA", "ABC"),
    ("DBACD", "DACC"),  # 0.805: rounded twice it would be less
]  # fmt: skip


def _made(number: int) -> list[tuple[str, str]]:
    rng = Random("strings")
    made = []
    for _ in range(number):
        letters = rng.choice(("AB", "ABCDEFG", "AÉ€", "ABC DE'", "ZŸ🂡"))
        one = "".join(rng.choice(letters) for _ in range(rng.choice((0, 1, 2, 3, 5, 8, 12, 40, 80))))
        other = typo(rng, one) if rng.random() < 0.6 else "".join(rng.choice(letters) for _ in range(rng.randrange(12)))
        made.append((one, other))
    return made


def test_similarities_and_distances_are_duckdbs() -> None:
    pairs = PAIRS + _made(6_000)
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE pairs (number INTEGER, x VARCHAR, y VARCHAR)")
        for start in range(0, len(pairs), 500):
            rows = [value for at, (x, y) in enumerate(pairs[start : start + 500], start) for value in (at, x, y)]
            connection.execute("INSERT INTO pairs VALUES " + ", ".join(["(?, ?, ?)"] * (len(rows) // 3)), rows)
        told = connection.execute(
            "SELECT jaro_winkler_similarity(x, y), jaro_similarity(x, y), levenshtein(x, y), damerau_levenshtein(x, y) "
            "FROM pairs ORDER BY number"
        ).fetchall()
    for (x, y), (jaro_winkler, jaro, levenshtein, damerau) in zip(pairs, told, strict=True):
        assert strings.exact_jaro_winkler(x, y) == jaro_winkler, (x, y)
        assert strings.jaro_winkler(x, y) == pytest.approx(jaro_winkler, abs=1e-12), (x, y)
        assert strings.jaro(x, y) == jaro, (x, y)
        assert strings.levenshtein(x, y) == levenshtein, (x, y)
        assert strings.damerau_levenshtein(x, y) == damerau, (x, y)


@pytest.mark.parametrize(("x", "y", "similarity"), [("DBACD", "DACC", 0.805), ("AAAABBBBABBAB", "AAAABBBBABBAB", 1.0)])
def test_a_similarity_on_a_threshold_is_settled_as_duckdb_does(x: str, y: str, similarity: float) -> None:
    assert strings.settled_jaro_winkler(x, y, similarity) >= similarity
    assert strings.settled_jaro_winkler(x, y, similarity + 1e-15) < similarity + 1e-15


def test_two_empty_names_are_not_alike() -> None:
    assert strings.jaro_winkler("", "") == strings.jaro("", "") == 0.0
