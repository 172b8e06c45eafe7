"""A look at what link knows now, without changing it: records, whole components, and the bodies of their states."""

from collections.abc import Collection

from clickhouse.queries import read
from clickhouse.store import Store
from processors.linking.at_hand import RECORD_ID
from processors.linking.components import component
from processors.linking.entries import DecisionState, RecordState, SubjectState
from processors.linking.explain import Bodies
from processors.linking.memory import Memory
from processors.linking.needs import Needs
from schemas.flow import Key
from streams.link_memory import LinkMemory

NOW = (1 << 64) - 1
"""Above every version."""


class Look:
    """One look; what it has read once it does not read again. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self.store = store
        kept = store.query(read("link_rule"), {"name": "key_record_limit"})
        self.limit = int(str(kept[0][0])) if kept else 500
        self._known = LinkMemory(store, self.limit)

    @property
    def memory(self) -> Memory:
        """What was looked at so far."""
        return self._known.memory

    def decisions(self) -> Collection[DecisionState]:
        """All that people decided about links, now."""
        self._known.load(Needs(set(), set()), NOW, everything=True)
        return self.memory.decisions.values()

    def record(self, record_id: str) -> RecordState | None:
        """A record with all that it is tied to, or None where link knows none of this id."""
        self._known.load(Needs({record_id}, set()), NOW, everything=True)
        return self.memory.record(record_id)

    def subject(self, subject_id: str) -> SubjectState | None:
        """A subject with parts, or None where link knows none of this id."""
        self._known.load(Needs({subject_id}, set()), NOW, everything=True)
        return self.memory.subject(subject_id)

    def bodies(self, *members: RecordState) -> Bodies:
        """The bodies of all states of some records and of everything that is tied to them."""
        ids = {tied for member in members if member.current for tied in component(self.memory, member, self.limit)[1]}
        return self.bodies_of(sorted(ids | {member.record_id for member in members}))

    def bodies_of(self, record_ids: list[str]) -> Bodies:
        """The bodies of all states of some records."""
        found = self.store.lookup(read("states_of_records"), record_ids, {})
        columns = (found["record_id"], found["digest"], found["body"])
        return {(record_id, digest): body for record_id, digest, body in zip(*columns, strict=True)}

    def carriers(self, keys: set[Key]) -> dict[Key, tuple[RecordState, ...]]:
        """The current records that carry some identifiers."""
        self._known.load(Needs(set(), keys), NOW, everything=True)
        memory = self.memory
        carriers = {key: sorted(memory.tie(key).nodes, key=RECORD_ID) for key in sorted(keys)}
        return {
            key: tuple(found for one in nodes if (found := memory.known(one)) is not None)
            for key, nodes in carriers.items()
        }
