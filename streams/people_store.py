"""The agent people's memory in ClickHouse, as it stood below a version: what is not at hand is looked up here."""

from collections.abc import Collection, Mapping

import msgspec

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.blocking import KeyRole
from processors.people.clustering import Entry
from processors.people.told import TOLD_DECODER, Teller, Told
from processors.standardise.identifiers import key_hash
from schemas.people import Person
from streams.existing import ExistingKeys


def _plain(value: object) -> object:
    if isinstance(value, Person):
        return value.model_dump(exclude_defaults=True)
    raise NotImplementedError(type(value).__name__)


def _typed(wanted: type, value: object) -> object:
    if wanted is Person:
        return Person.model_validate(value)
    raise NotImplementedError(wanted.__name__)


_EXPECTED_RECORDS = 4_000_000
"""Filters of 5 and 19 MB; more records only cost look-ups."""

ENTRY_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)
ENTRY_DECODER: msgspec.msgpack.Decoder[Entry] = msgspec.msgpack.Decoder(Entry, dec_hook=_typed)


def people_key_hash(key: str) -> int:
    """The hash under which a blocking key is looked up; the key itself is kept beside it."""
    return key_hash("people", key)


class PeopleStore:
    """Looks up as of `below`, which the agent sets for each chunk before anything else."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.below = 0
        self.known_ids = ExistingKeys("people-ids", _EXPECTED_RECORDS)
        self.known_keys = ExistingKeys("people-keys", _EXPECTED_RECORDS * 4)

    def fill_filters(self) -> None:
        """Start to read what exists; until that is done ClickHouse is asked for all."""
        self.known_ids.fill(lambda: self._store.batches(read("all_people_ids")))
        self.known_keys.fill(lambda: self._store.batches(read("all_people_keys")))

    def told(self, ids: Collection[str]) -> Mapping[str, Teller | Told]:
        """What records said of people."""
        return {one: TOLD_DECODER.decode(state) for one, state in self._states("people_told_as_of", ids)}

    def entries(self, record_ids: Collection[str]) -> Mapping[str, Entry]:
        """Person records."""
        return {one: ENTRY_DECODER.decode(state) for one, state in self._states("people_entries_as_of", record_ids)}

    def carriers(self, keys: Collection[str]) -> Mapping[str, list[tuple[str, KeyRole]]]:
        """The person records under blocking keys."""
        found: dict[str, list[tuple[str, KeyRole]]] = {}
        wanted = self.known_keys.may_hold(sorted({people_key_hash(key) for key in keys}))
        if wanted:
            rows = self._store.lookup(read("people_keys_as_of"), wanted, {"below": self.below})
            asked = set(keys)
            for key, role, record_id in zip(rows["key_text"], rows["role"], rows["person_record_id"], strict=True):
                if key in asked:
                    found.setdefault(key, []).append((record_id, role))
        return found

    def _states(self, query: str, ids: Collection[str]) -> list[tuple[str, bytes]]:
        wanted = self.known_ids.may_hold(sorted(ids))
        if not wanted:
            return []
        found = self._store.lookup(read(query), wanted, {"below": self.below})
        return list(zip(found["id"], found["state"], strict=True))

    def done(self) -> int:
        """Up to which version all is in the tables."""
        ((found,),) = self._store.query(read("people_progress"), {})
        return int(str(found or 0))
