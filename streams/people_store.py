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
    """Looks up as of `below`, which the agent sets for each chunk before anything else, and under `scoring`, the number
    of the one in force."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.below = 0
        self.scoring = 0
        self.known_ids = ExistingKeys("people-ids", _EXPECTED_RECORDS)
        self.known_keys = ExistingKeys("people-keys", _EXPECTED_RECORDS * 4)

    def fill_filters(self) -> None:
        """Start to read what exists; until that is done ClickHouse is asked for all."""
        self.known_ids.fill(lambda: self._store.batches(read("all_people_ids")))
        self.known_keys.fill(lambda: self._store.batches(read("all_people_keys")))

    def told(self, ids: Collection[str]) -> Mapping[str, Teller | Told]:
        """What records said of people."""
        found = self._states("people_told_as_of", ids, {"below": self.below})
        return {one: TOLD_DECODER.decode(state) for one, state in found}

    def entries(self, record_ids: Collection[str]) -> Mapping[str, Entry]:
        """Person records."""
        found = self._states("people_entries_as_of", record_ids, {"below": self.below, "scoring": self.scoring})
        return {one: ENTRY_DECODER.decode(state) for one, state in found}

    def all_entries(self, as_of: int, first: str, end: str) -> Mapping[str, Entry]:
        """All person records with an id from `first` to before `end`, as they stood up to a version."""
        asked = {"as_of": as_of, "scoring": self.scoring, "first": first, "end": end}
        found = self._store.lookup(read("people_entries_of"), (), asked)
        return {one: ENTRY_DECODER.decode(state) for one, state in zip(found["id"], found["state"], strict=True)}

    def carriers(self, keys: Collection[str]) -> Mapping[str, list[tuple[str, KeyRole]]]:
        """The person records under blocking keys."""
        found: dict[str, list[tuple[str, KeyRole]]] = {}
        wanted = self.known_keys.may_hold(sorted({people_key_hash(key) for key in keys}))
        if wanted:
            rows = self._store.lookup(read("people_keys_as_of"), wanted, {"below": self.below, "scoring": self.scoring})
            asked = set(keys)
            for key, role, record_id in zip(rows["key_text"], rows["role"], rows["person_record_id"], strict=True):
                if key in asked:
                    found.setdefault(key, []).append((record_id, role))
        return found

    def _states(self, query: str, ids: Collection[str], asked: Mapping[str, object]) -> list[tuple[str, bytes]]:
        wanted = self.known_ids.may_hold(sorted(ids))
        if not wanted:
            return []
        found = self._store.lookup(read(query), wanted, asked)
        return list(zip(found["id"], found["state"], strict=True))
