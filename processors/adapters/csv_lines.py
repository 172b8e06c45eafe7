"""The rows of a CSV file whose rows are lines each: a quotation mark that nobody closed costs its own line, no other.

CSV at large lets a quoted value go on over lines. No value of the files that are read here does, and a reader that
allows it takes every row up to the next quotation mark for one value, and drops them without a word.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

OPEN_QUOTE = "a quotation mark is not closed on its line; a row is one line"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank. line: counted from 1; values: stripped; text: the line as it came, with its end;
    error: why the values are not to be used, empty where they are."""

    line: int
    values: list[str]
    text: str
    error: str = ""

    @property
    def raw(self) -> bytes:
        """The bytes of the line."""
        return self.text.encode("utf-8", "surrogateescape")


def rows(content: bytes) -> Iterator[Row]:
    """The rows of a file, one by one. Bytes that are no UTF-8 come through as lone surrogates; a byte order mark does
    not. Never raises."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", errors="surrogateescape", newline="")
    one = _OneLine()
    reader = csv.reader(one)
    for number, line in enumerate(text, start=1):
        one.give(line)
        try:
            values = [value.strip() for value in next(reader)]
        except csv.Error as error:
            yield Row(number, [], line, str(error))
            continue
        if one.asked_for_more:
            yield Row(number, values, line, OPEN_QUOTE)
        elif any(values):
            yield Row(number, values, line)


class _OneLine:
    """Gives a reader the line at hand, and says that the file ends when it asks for another within the same row."""

    def __init__(self) -> None:
        self._line: str | None = None
        self.asked_for_more = False

    def give(self, line: str) -> None:
        self._line, self.asked_for_more = line, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, self._line = self._line, None
        if line is None:
            self.asked_for_more = True
            raise StopIteration
        return line
