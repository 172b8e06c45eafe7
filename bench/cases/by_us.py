"""`link`, the state machine of the worker, with histories, reasons and case changes; nothing is encoded."""

from collections.abc import Sequence

from bench.cases.timing import Speed, timed
from bench.cases.workload import Cases, Workload, partition
from processors.linking.link import link
from processors.linking.memory import Memory
from processors.linking.nodes import Tie, tie_of
from schemas.flow import Head, Key

LIMIT = 500


class Whole(Memory):
    """A memory that holds everything: an identifier that was never seen is on no record."""

    def tie(self, key: Key) -> Tie:
        found = self.ties.get(key)
        if found is None:
            found = self.ties[key] = tie_of(key)
        return found


def linked(work: Workload) -> tuple[dict[str, Speed], Cases]:
    """The speed of each piece of work, and the cases at the end."""
    memory = Whole()

    def apply(heads: Sequence[Head]) -> None:
        link(memory, heads, LIMIT)
        memory.commit()

    speeds = {name: timed(batches, apply) for name, batches in work.pieces.items()}
    records = (one for one in map(memory.known, memory.nodes.values()) if one is not None and one.current)
    return speeds, partition({record.record_id: record.case_id for record in records})
