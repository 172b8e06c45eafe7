"""What link needs to have at hand, from ClickHouse: records, identifiers and decisions as they were below an offset."""

from collections.abc import Iterable
from threading import Thread

from clickhouse.queries import read
from clickhouse.store import Store
from processors.linking.entries import ENTRY_DECODER, DecisionState
from processors.linking.memory import Memory
from processors.linking.needs import Needs, missing
from processors.standardise.identifiers import key_hash
from schemas.flow import Key
from streams.existing import ExistingKeys


class LinkMemory:
    """A memory and where it is filled from. `memory` is for one assignment, or for one look."""

    def __init__(self, store: Store, limit: int) -> None:
        self.memory = Memory()
        self._store = store
        self._limit = limit
        self._knows_decisions = False
        self._entries = ExistingKeys("link-records")
        self._keys = ExistingKeys("link-keys")

    def fill_filters(self) -> tuple[Thread, ...]:
        """Start to read which records and identifiers exist; until that is done ClickHouse is asked for all. Gives the
        threads that read."""
        return (
            self._entries.fill(lambda: self._store.batches(read("all_link_records"))),
            self._keys.fill(lambda: self._store.batches(read("all_link_keys"))),
        )

    def exist(self, entry_ids: Iterable[str], key_hashes: Iterable[int]) -> None:
        """Records, subjects and identifiers that exist from now on."""
        self._entries.add(entry_ids)
        self._keys.add(key_hashes)

    def load(self, needs: Needs, below: int, *, everything: bool) -> None:
        """Bring to hand what the chunk leads to. At first only what is new to the memory is followed; all of it when
        something was found missing."""
        if not self._knows_decisions:
            self._load_decisions(below)
        memory = self.memory
        absent: set[str] = set()
        start = needs
        if not everything:
            start = Needs(
                {entry_id for entry_id in needs.entries if not memory.at_hand(entry_id)},
                {key for key in needs.keys if key not in memory.ties},
            )
        while True:
            lacking = missing(memory, start, absent, self._limit)
            if not lacking.entries and not lacking.keys:
                return
            self._load_entries(lacking.entries, below)
            absent |= lacking.entries
            self._load_keys(lacking.keys, below)

    def _load_decisions(self, below: int) -> None:
        """All that people decided: few, and each may be about any record, so they are at hand as long as the
        assignment lasts."""
        ids = [str(decision_id) for (decision_id,) in self._store.query(read("link_decision_ids"), {})]
        found = self._store.lookup(read("link_records_as_of"), ids, {"below": below}) if ids else {"state": []}
        decisions = [ENTRY_DECODER.decode(state) for state in found["state"]]
        self.memory.know(one for one in decisions if isinstance(one, DecisionState))
        self._knows_decisions = True

    def _load_entries(self, entry_ids: set[str], below: int) -> None:
        wanted = [str(entry_id) for entry_id in self._entries.may_hold(sorted(entry_ids))]
        if wanted:
            found = self._store.lookup(read("link_records_as_of"), wanted, {"below": below})
            for entry_id, state in zip(found["record_id"], found["state"], strict=True):
                entry = ENTRY_DECODER.decode(state)
                assert not isinstance(entry, DecisionState), "decisions have ids of their own"
                self.memory.know_entry(entry_id, entry)
        self.memory.absent.update(entry_id for entry_id in entry_ids if not self.memory.at_hand(entry_id))

    def _load_keys(self, keys: set[Key], below: int) -> None:
        by_hash = {key_hash(*key): key for key in keys}
        carriers: dict[Key, list[str]] = {key: [] for key in keys}
        wanted = self._keys.may_hold(sorted(by_hash))
        if wanted:
            found = self._store.lookup(read("link_keys_as_of"), wanted, {"below": below})
            for kind, value, record_id in zip(found["key_kind"], found["key_value"], found["record_id"], strict=True):
                key = Key(kind, value)
                if key in keys:
                    carriers[key].append(record_id)
        for key, record_ids in carriers.items():
            self.memory.know_tie(key, record_ids)
