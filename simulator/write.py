"""A history as files, and its continuation as it happens."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from schemas.flow import subject_id
from simulator.history import Emission, Happening, emissions, happenings
from simulator.plan import Plan
from simulator.truth import TruthLine, lines_of

_PROGRESS_EVERY = 10_000


def write_history(
    plan: Plan, out: Path, truth: Path | None, progress: Callable[[int], None] | None = None
) -> int:  # fmt: skip
    """Write the events as JSON lines in order of arrival, and the truth about their records; how many events.
    `progress` is told the number of events now and then, and at the end. Raises OSError."""
    keeper = _Keeper()
    count = 0
    with out.open("wb") as events, nullcontext() if truth is None else truth.open("wb") as lines:
        for emission in emissions(plan):
            events.write(emission.value)
            events.write(b"\n")
            count += 1
            if lines is not None:
                for line in keeper.take(emission):
                    lines.write(line.json() + b"\n")
            if progress is not None and count % _PROGRESS_EVERY == 0:
                progress(count)
        if lines is not None:
            for line in keeper.rest():
                lines.write(line.json() + b"\n")
    if progress is not None:
        progress(count)
    return count


def truth_lines(plan: Plan) -> Iterator[TruthLine]:
    """The truth about all records of a plan, one line a record, without writing anything."""
    keeper = _Keeper()
    for emission in emissions(plan):
        yield from keeper.take(emission)
    yield from keeper.rest()


def live(plan: Plan, start: datetime) -> Iterator[Happening]:
    """The happenings that arrive after `start` (aware) of a plan that ends later; those before are its history."""
    return (happening for happening in happenings(plan) if happening.arrival > start)


class _Keeper:
    """Lets each record's line through once; a record that is to be deleted waits until it is, or until the end."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._doomed: dict[str, list[TruthLine]] = {}

    def take(self, emission: Emission) -> Iterator[TruthLine]:
        """The lines that an event makes known."""
        subject = subject_id(emission.source, emission.kind, emission.subject)
        if emission.deletes:
            for line in self._doomed.pop(subject, ()):
                yield line._replace(deleted=True)
            return
        for line in lines_of(subject, emission.kind, emission.source, emission.subject, emission.parts):
            mark = int(line.record[1:], 16)
            if mark in self._seen:
                continue
            self._seen.add(mark)
            if emission.doomed:
                self._doomed.setdefault(subject, []).append(line)
            else:
                yield line

    def rest(self) -> Iterator[TruthLine]:
        """The lines of records whose deletion has not arrived."""
        for lines in self._doomed.values():
            yield from lines
