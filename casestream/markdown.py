"""Pages of documentation that are made from code: a title, prose, tables."""

import re
from collections.abc import Iterable, Sequence

_MADE = "<!-- Made by `python -m casestream.reference` (`make reference`); a change by hand is lost. -->"


def page(title: str, told: str) -> str:
    """The head of a page: title, how it is made, and what it is about."""
    return f"# {title}\n\n{_MADE}\n\n{prose(told)}"


def prose(text: str) -> str:
    """Paragraphs, each on one line; one that is indented is code and stays as it is."""
    parts = re.split(r"\n[ \t]*\n", text.strip("\n"))
    return "\n\n".join(part.rstrip() if part.startswith("    ") else " ".join(part.split()) for part in parts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def joined(parts: Iterable[str]) -> str:
    """The parts of a page."""
    return "\n\n".join(parts) + "\n"
