"""Cases as Pathway keeps them up to date: labels that spread over shared identifiers until nothing changes.

    python pathway_program.py WORK RESULT

For the environment of requirements-peers.txt: nothing of casestream is imported. WORK is JSON, one list of batches for
each piece of work; a batch is two lists of (record, identifier), those that are gone and those that came, as numbers.
RESULT is JSON: `seconds` of processor time for each batch, all threads of the process together, and `labels`, for each
record the least record of its case. One worker, unless PATHWAY_THREADS says otherwise.
"""

import json
import sys
import threading
from pathlib import Path
from time import process_time

import pathway as pw

Batch = tuple[list[tuple[int, int]], list[tuple[int, int]]]


class Link(pw.Schema):  # type: ignore[misc]
    """An identifier of a record."""

    record: int = pw.column_definition(primary_key=True)
    key: int = pw.column_definition(primary_key=True)


class Feed(pw.io.python.ConnectorSubject):  # type: ignore[misc]
    """Batch after batch, each when the one before it has come through."""

    def __init__(self, pieces: list[list[Batch]]) -> None:
        super().__init__()
        self.came_through = threading.Event()
        self.seconds: list[list[float]] = []
        self._pieces = pieces

    def run(self) -> None:
        """Called by Pathway in a thread of its own."""
        for batches in self._pieces:
            self.seconds.append([])
            for gone, came in batches:
                begin = process_time()
                self.came_through.clear()
                for record, key in gone:
                    self.delete(record=record, key=key)
                for record, key in came:
                    self.next(record=record, key=key)
                self.commit()
                self.came_through.wait()
                self.seconds[-1].append(process_time() - begin)


def components(links: pw.Table) -> pw.Table:
    """For each record the least record of its component."""

    def spread(labels: pw.Table, links: pw.Table) -> dict[str, pw.Table]:
        on_keys = links.join(labels, links.record == labels.record).select(links.key, labels.label)
        of_keys = on_keys.groupby(on_keys.key).reduce(on_keys.key, label=pw.reducers.min(on_keys.label))
        on_records = links.join(of_keys, links.key == of_keys.key).select(links.record, of_keys.label)
        of_records = on_records.groupby(on_records.record).reduce(
            on_records.record, label=pw.reducers.min(on_records.label)
        )
        return {"labels": of_records.with_universe_of(labels)}

    own = links.groupby(links.record).reduce(links.record, label=links.record)
    return pw.iterate(spread, labels=own, links=links).labels


def main(work: Path, result: Path) -> None:
    """Run the work, and write what came out."""
    feed = Feed(json.loads(work.read_bytes()))
    labels: dict[int, int] = {}
    changed = False

    def on_change(key: object, row: dict[str, int], time: int, is_addition: bool) -> None:
        nonlocal changed
        changed = True
        if is_addition:
            labels[row["record"]] = row["label"]
        elif labels.get(row["record"]) == row["label"]:
            del labels[row["record"]]

    def on_time_end(time: int) -> None:
        nonlocal changed
        if changed:  # an empty time comes before the first batch
            changed = False
            feed.came_through.set()

    found = components(pw.io.python.read(feed, schema=Link, autocommit_duration_ms=None))
    pw.io.subscribe(found, on_change=on_change, on_time_end=on_time_end)
    pw.run(monitoring_level=pw.MonitoringLevel.NONE, default_logging=False)
    result.write_text(json.dumps({"seconds": feed.seconds, "labels": list(labels.items())}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
