"""The files that a user points at: single files, folders, or `-` for standard input."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casestream.errors import UserError

STDIN = "-"

_JSON = (".json", ".jsonl", ".ndjson")
SUFFIXES: dict[str, tuple[str, ...]] = {
    "cloudevents": _JSON,
    "police-uk": (".csv",),
    "common-platform": _JSON,
    "libra": _JSON,
    "spi": (".xml", *_JSON),
    "cps": _JSON,
    "hmpps": _JSON,
}
"""What is taken from a folder, by format; a file that is named itself is always taken."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input (`path` None), which is read once and held. `size` in bytes."""

    name: str
    path: Path | None
    size: int
    held: bytes = b""

    def content(self) -> bytes:
        """All of it."""
        return self.held if self.path is None else self.path.read_bytes()

    def lines(self) -> Iterator[bytes]:
        """Line by line, in bounded memory for a file of any size."""
        if self.path is None:
            yield from self.held.splitlines(keepends=True)
            return
        with self.path.open("rb") as file:
            yield from file


@dataclass(frozen=True, slots=True)
class Found:
    """The sources, in order of their paths, and how many files of folders were left out."""

    sources: tuple[Source, ...]
    left_out: int


def find(format_: str, paths: Sequence[str]) -> Found:
    """The sources of a format. UserError for a path that is not there, or a folder with none of its files."""
    sources: list[Source] = []
    left_out = 0
    for given in paths:
        if given == STDIN:
            held = sys.stdin.buffer.read()
            sources.append(Source("stdin", None, len(held), held))
            continue
        path = Path(given)
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file() and not _hidden(file, path))
            taken = [file for file in files if file.suffix.lower() in SUFFIXES[format_]]
            if not taken:
                raise UserError(f"{path}: no file in it ends with {', '.join(SUFFIXES[format_])}")
            left_out += len(files) - len(taken)
        elif path.exists():
            taken = [path]
        else:
            raise UserError(f"{path}: there is no such file or folder")
        for file in taken:
            try:
                sources.append(Source(file.name, file, file.stat().st_size))
                file.open("rb").close()
            except OSError as error:
                raise UserError(f"{file}: {error.strerror or error}") from None
    return Found(tuple(sources), left_out)


def _hidden(file: Path, under: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(under).parts)
