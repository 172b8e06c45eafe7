"""A chunk of the agent people -> rows: its own memory (every version), and what readers see."""

from collections.abc import Mapping, Sequence

from processors.people.cleaning import PersonRecord
from processors.people.clustering import Change, Entry
from processors.people.told import TOLD_ENCODER, ToldStep
from streams.people_store import ENTRY_ENCODER, people_key_hash

Columns = Mapping[str, Sequence[object]]

_NAMES = {
    "people_told": ("id", "version", "state"),
    "people_entries": ("id", "version", "scoring", "state"),
    "people_keys": ("key_hash", "key_text", "role", "person_record_id", "version", "scoring", "present"),
    "people_records": (
        "person_record_id", "role", "side", "first_name", "middle_name", "last_name", "alias_first_names",
        "alias_last_names", "births", "postcodes", "pnc", "cro", "master_defendant_id", "prison_number", "crn",
        "sentence_dates", "youth", "version", "is_deleted",
    ),
    "people_sources": ("record_id", "person_record_id", "role", "version", "is_deleted"),
    "people_members": (
        "person_record_id", "person_id", "merged", "ground", "with_record", "match_weight", "model", "snapshot",
        "scoring", "version", "is_deleted",
    ),
    "people": (
        "person_id", "side", "status", "attention", "records", "merged", "several", "scoring", "version", "is_deleted",
    ),
}  # fmt: skip

MEMORY = ("people_told", "people_entries", "people_keys")
READERS = ("people_records", "people_sources", "people_members", "people")


class PeopleRows:
    """The rows of a chunk by table, made under a scoring: its number, the names of its model and its snapshot."""

    def __init__(self, scoring: int, model: str, snapshot: str) -> None:
        self._scoring = scoring
        self._scored = (model, snapshot, scoring)
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _NAMES}
        self.ids: list[str] = []
        self.key_hashes: list[int] = []

    def columns(self, table: str) -> Columns:
        """The rows of a table by column; nothing where it has none."""
        rows = self._rows[table]
        return dict(zip(_NAMES[table], zip(*rows, strict=True), strict=True)) if rows else {}

    def take(self, version: int, told: ToldStep, change: Change) -> None:
        """The rows of one message, under its version."""
        rows = self._rows
        for one, state in told.states.items():
            rows["people_told"].append((one, version, TOLD_ENCODER.encode(state)))
            self.ids.append(one)
        for person_record in sorted(change.told):
            record = told.records[person_record]
            rows["people_records"].append((person_record, *_details(record), version, int(record is None)))
        for (person_record, record_id), teller_role in told.sources.items():
            rows["people_sources"].append((record_id, person_record, teller_role, version, int(not teller_role)))
        self.take_linked(version, change)

    def take_linked(self, version: int, change: Change) -> None:
        """Who is who after one step, under its version: what depends on the scoring."""
        rows, scoring = self._rows, self._scoring
        for record_id, entry in change.entries.items():
            rows["people_entries"].append((record_id, version, scoring, ENTRY_ENCODER.encode(entry)))
            self.ids.append(record_id)
            rows["people_members"].append(self._member(record_id, entry, version))
        for (key, role, record_id), carried in change.keys.items():
            hashed = people_key_hash(key)
            self.key_hashes.append(hashed)
            rows["people_keys"].append((hashed, key, role, record_id, version, scoring, int(carried)))
        for cluster in change.clusters:
            rows["people"].append((
                cluster.person_id, cluster.group, cluster.status, list(cluster.attention), len(cluster.records),
                len(cluster.merged), list(cluster.several), scoring, version, 0,
            ))  # fmt: skip
        rows["people"].extend((person_id, "", "", [], 0, 0, [], scoring, version, 1) for person_id in change.gone)

    def _member(self, record_id: str, entry: Entry, version: int) -> tuple[object, ...]:
        why = entry.why
        merged = entry.person_id and not why.ground and entry.person_id[1:] != record_id[1:]
        return (
            record_id, entry.person_id, int(bool(merged)), why.ground, why.with_record, why.weight, *self._scored,
            version, int(not entry.person_id),
        )  # fmt: skip


def _details(record: PersonRecord | None) -> tuple[object, ...]:
    if record is None:
        return "", "", None, None, None, [], [], [], [], None, None, None, None, None, [], 0
    person = record.person
    births = [day for day in (person.date_of_birth, *record.other_births) if day]
    postcode = person.address.postcode if person.address is not None else None
    return (
        record.role, record.group, person.name.first, person.name.middle, person.name.last,
        [one.first or "" for one in person.aliases], [one.last or "" for one in person.aliases], births,
        [one for one in (postcode, *record.other_postcodes) if one], person.pnc, person.cro,
        record.master_defendant_id, record.prison_number, record.crn, list(record.sentence_dates), int(record.youth),
    )  # fmt: skip
