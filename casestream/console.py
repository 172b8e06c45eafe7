"""How a command speaks: figures and results to standard output, everything on the way there to standard error."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import orjson
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

OUT = Console(soft_wrap=True, highlight=False)
"""Results: what one would keep or pipe on."""

NOTES = Console(stderr=True, soft_wrap=True, highlight=False)
"""What is being done, and what went wrong."""

_PLAIN_LINE_SECONDS = 2.0

Advance = Callable[[float, str], None]
"""Called with how much is done by now, in the unit of the total, and a few words."""


def print_json(value: object) -> None:
    """A result for machines: one JSON document."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    sys.stdout.write(text.decode() + "\n")
    sys.stdout.flush()


def print_line(text: str) -> None:
    """A line of a result, as it is: no markup, no wrapping."""
    OUT.print(text, markup=False)


def note(text: str) -> None:
    """A line about what is being done."""
    NOTES.print(text, markup=False)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], keys: int = 0) -> None:
    """A table of figures; numbers to the right, with thousands separators. Long text is folded to the terminal's width.
    With `keys`, so many first columns name the rows, and no word is folded: what has no room beside the others comes
    below them, under the same names; what does not go to a terminal has all the room it needs."""
    numeric = [
        bool(rows) and all(isinstance(row[at], int | float | None) for row in rows) for at in range(len(columns))
    ]
    cells = [[_shown(cell) for cell in row] for row in rows]
    widths = [3 + max(map(cell_len, (name, *(row[at] for row in cells)))) for at, name in enumerate(columns)]
    room = OUT.width - 1 if OUT.is_terminal else 1 + sum(widths)
    for part in _parts(widths, keys, room) if keys else [range(len(columns))]:
        drawn = Table(
            title=title or None, title_justify="left", title_style="bold", show_header=any(columns[at] for at in part),
            width=1 + sum(widths[at] for at in part) if keys else None,
        )  # fmt: skip
        for at in part:
            drawn.add_column(columns[at], justify="right" if numeric[at] else "left", overflow="fold")
        for row in cells:
            drawn.add_row(*(escape(row[at]) for at in part))
        OUT.print(drawn)


def _parts(widths: Sequence[int], keys: int, room: int) -> list[list[int]]:
    """The columns that have room beside one another, behind the first ones, which come again each time."""
    named = list(range(keys))
    parts: list[list[int]] = []
    left = 0
    for at in range(keys, len(widths)):
        if not parts or widths[at] > left:
            parts.append(named.copy())
            left = room - sum(widths[key] for key in named)
        parts[-1].append(at)
        left -= widths[at]
    return parts or [named]


def pairs(title: str, values: Mapping[str, object]) -> None:
    """A table of names and values."""
    table(title, ("", ""), [(name, value) for name, value in values.items()])


def _shown(cell: object) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:,.0f}"
    if isinstance(cell, int | float):
        return f"{cell:,}"
    return str(cell)


@contextmanager
def progress(what: str, total: float | None) -> Iterator[Advance]:
    """A progress bar on a terminal, else a plain line every two seconds; nothing when it is over sooner."""
    if NOTES.is_terminal:
        bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
            TextColumn("{task.fields[words]}"), console=NOTES, transient=True,
        )  # fmt: skip
        with bar:
            task = bar.add_task(what, total=total, words="")
            yield lambda done, words: bar.update(task, completed=done, words=words)
        return
    last = time.monotonic()

    def line(done: float, words: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PLAIN_LINE_SECONDS:
            last = now
            share = f"{100 * done / total:3.0f} %  " if total else ""
            note(f"{what}: {share}{words}")

    yield line
