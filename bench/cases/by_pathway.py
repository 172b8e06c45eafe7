"""The same cases by Pathway, an engine with general incremental iteration, in a process of its own.

It is given numbers for records and identifiers, and only what a batch changes in the end. Its environment is one of its
own (`make peers`), since it needs other versions of what casestream needs too.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cases.timing import Speed, speed
from bench.cases.workload import Batches, Cases, Workload, partition
from schemas.flow import Head, Key

PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
_PROGRAM = Path(__file__).with_name("pathway_program.py")

Link = tuple[int, int]


class AbsentError(LookupError):
    """Pathway is not set up on this machine."""


def iterated(work: Workload) -> tuple[dict[str, Speed], Cases]:
    """The speed of each piece of work, and the cases at the end; AbsentError where Pathway is not set up,
    CalledProcessError where it fails."""
    if not PYTHON.exists():
        raise AbsentError("Pathway is left out, since it is not set up here: `make peers`")
    numbers = _Numbers()
    pieces = [list(numbers.batches(batches)) for batches in work.pieces.values()]
    with TemporaryDirectory() as directory:
        given, result = Path(directory, "work.json"), Path(directory, "result.json")
        given.write_text(json.dumps(pieces))
        subprocess.run([PYTHON, _PROGRAM, given, result], check=True)
        found = json.loads(result.read_bytes())
    names = {number: record_id for record_id, number in numbers.records.items()}
    speeds = {
        name: speed(batches, seconds)
        for (name, batches), seconds in zip(work.pieces.items(), found["seconds"], strict=True)
    }
    return speeds, partition({names[record]: names[label] for record, label in found["labels"]})


class _Numbers:
    """Records and identifiers as numbers, and what each record carries."""

    def __init__(self) -> None:
        self.records: dict[str, int] = {}
        self._keys: dict[Key, int] = {}
        self._carried: dict[int, set[Link]] = {}

    def batches(self, batches: Batches) -> Iterator[tuple[list[Link], list[Link]]]:
        """What each batch takes away and what it adds, in the end."""
        for heads in batches:
            before: dict[int, set[Link]] = {}
            for head in heads:
                record = self.records.setdefault(head.subject_id, len(self.records))
                before.setdefault(record, self._carried.get(record, set()))
                self._carried[record] = self._links(record, head)
            gone = [link for record, was in before.items() for link in sorted(was - self._carried[record])]
            came = [link for record, was in before.items() for link in sorted(self._carried[record] - was)]
            yield gone, came

    def _links(self, record: int, head: Head) -> set[Link]:
        keys = head.parts[0].keys if head.parts else ()
        return {(record, self._keys.setdefault(key, len(self._keys))) for key in keys}
