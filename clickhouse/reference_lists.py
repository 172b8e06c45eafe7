"""National lists in ClickHouse: loaded as a whole under a version of their own, listed, and counted against the codes
in use. Days are those of Europe/London."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import orjson

from clickhouse.dictionaries import read_anew
from clickhouse.queries import read
from clickhouse.store import Store
from processors.list_entries import ListEntry

_EPOCH = date(1970, 1, 1)


class Load(NamedTuple):
    """A load of a list: its version, from when it is valid, how many entries, and a digest of them."""

    name: str
    version: int
    valid_from: date
    entries: int
    digest: str


def load(store: Store, name: str, entries: Sequence[ListEntry], valid_from: date) -> tuple[Load, bool]:
    """Keep the entries of a list; the load, and whether it is new: the same entries from the same day are kept once.
    A load that broke off leaves no trace that is read, since its name comes last; one that broke off behind it is read
    by the dictionaries within minutes. Raises StoreError."""
    digest = hashlib.sha256(repr([(*one[:2], sorted(one.details.items()), one.year) for one in entries]).encode())
    told = Load(name, 0, valid_from, len(entries), digest.hexdigest()[:16])
    for held in loads(store):
        if held.name == name and (held.valid_from, held.digest) == (told.valid_from, told.digest):
            return held, False
    ((latest,),) = store.query("SELECT max(version) FROM casestream.reference_entries", {})
    told = told._replace(version=int(str(latest)) + 1)
    day = (valid_from - _EPOCH).days
    store.insert("reference_entries", {
        "list": [name] * len(entries), "code": [one.code for one in entries], "year": [one.year for one in entries],
        "name": [one.name for one in entries], "details": [_json(one.details) for one in entries],
        "valid_from": [day] * len(entries), "version": [told.version] * len(entries),
    })  # fmt: skip
    store.insert("reference_loads", {
        "list": [name], "version": [told.version], "valid_from": [day], "entries": [told.entries],
        "digest": [told.digest],
    })  # fmt: skip
    read_anew(store, "dict_reference", "dict_places")
    return told, True


def _json(details: dict[str, str]) -> str:
    return orjson.dumps(details, option=orjson.OPT_SORT_KEYS).decode()


def loads(store: Store) -> list[Load]:
    """Every load, by list and version."""
    return [
        Load(str(name), int(str(version)), date.fromisoformat(str(day)), int(str(entries)), str(digest))
        for name, version, day, entries, digest in store.query(read("reference_loads"), {})
    ]
