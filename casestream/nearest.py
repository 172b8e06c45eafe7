"""Words that a caller wrote, looked up in a list; where they are not there, the nearest are offered."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

from casestream.errors import UserError

OFFERED = 3


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The nearest of the known words, best first."""
    words = sorted(set(known))
    found = process.extract(word, words, scorer=fuzz.WRatio, processor=utils.default_process, limit=OFFERED)
    return [match for match, score, _ in found if score > 0]


def unknown(option: str, word: str, known: Iterable[str], what: str) -> UserError:
    """The error for a word that is not known."""
    offered = nearest(word, known)
    hint = f"; the nearest: {', '.join(offered)}" if offered else ""
    return UserError(f"{option} {word!r}: there is no such {what}{hint}")
