"""What `casestream doctor` looks for in the tables: one check a file, named after what it finds.

A header says its title, whether it needs a settled pipeline (`yes` where messages under way would raise a false alarm)
and what to do about a finding; the statement gives the findings, at most `{most:UInt32}` of them, and in the column
`found` how many there are.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FIELDS = ("title", "settled", "remedy")
_HEADER = re.compile(r"-- (?P<name>[a-z]+): (?P<value>.+)")


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `settled`: it holds only while nothing is under way."""

    name: str
    title: str
    settled: bool
    remedy: str
    statement: str


class CheckError(ValueError):
    """A check's file lacks a field, or has one that is not known."""


def parse(name: str, text: str) -> Check:
    """A check's file: header lines `-- field: text` (a line `--   text` goes on), then the statement."""
    header: dict[str, str] = {}
    lines = text.splitlines()
    at, last = 0, ""
    while at < len(lines) and lines[at].startswith("--"):
        line = lines[at]
        at += 1
        if line.startswith("--   ") and last:
            header[last] += " " + line[5:].strip()
            continue
        found = _HEADER.fullmatch(line)
        if found is None or found["name"] not in _FIELDS:
            raise CheckError(f"{name}: not a header line: {line!r}")
        last = found["name"]
        header[last] = found["value"]
    lacking = [field for field in _FIELDS if field not in header]
    if lacking or header["settled"] not in ("yes", "no"):
        raise CheckError(f"{name} lacks {', '.join(lacking) or 'yes or no for settled'}")
    return Check(name, header["title"], header["settled"] == "yes", header["remedy"], "\n".join(lines[at:]).strip())


@cache
def checks() -> tuple[Check, ...]:
    """All checks, in the order of their names."""
    found = {
        file.name.removesuffix(".sql"): file.read_text(encoding="utf-8")
        for file in files(__name__).iterdir()
        if file.name.endswith(".sql")
    }
    return tuple(parse(name, found[name]) for name in sorted(found))
