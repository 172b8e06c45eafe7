"""A chunk of link -> rows: link's own memory (every version), and what readers see (records, keys, members)."""

from processors.linking.link import LinkStep
from processors.linking.memory import ENTRY_ENCODER, RecordState
from processors.standardise.identifiers import key_hash
from schemas.events import KINDS
from schemas.flow import NO_TIME

_COLUMNS = {
    "link_records": ("record_id", "version", "state"),
    "link_keys": ("key_hash", "record_id", "version", "present", "key_kind", "key_value"),
    "records": (
        "record_id", "kind", "agency", "source", "subject", "part", "current", "deleted", "states", "known_at",
        "digest", "version",
    ),
    "record_keys": ("record_id", "key_kind", "key_value", "version", "is_deleted"),
    "case_members": (
        "record_id", "case_id", "kind", "agency", "source", "subject", "part", "reason_kind", "reason_value",
        "reason_record", "version", "is_deleted",
    ),
    "held_out_keys": ("key_hash", "key_kind", "key_value", "records", "version", "is_deleted"),
}  # fmt: skip


class LinkRows:
    """The rows of a chunk by table and column."""

    def __init__(self) -> None:
        self.columns: dict[str, dict[str, list[object]]] = {
            table: {name: [] for name in names} for table, names in _COLUMNS.items()
        }
        self.entry_ids: list[str] = []
        self.key_hashes: list[int] = []

    def count(self, table: str) -> int:
        """How many rows a table gets."""
        return len(self.columns[table]["version"])

    def take(self, version: int, step: LinkStep) -> None:
        """The rows of one message of `records`, under its version."""
        encode = ENTRY_ENCODER.encode
        for entry_id, entry in step.entries.items():
            self._row("link_records", entry_id, version, encode(entry))
            self.entry_ids.append(entry_id)
            if isinstance(entry, RecordState):
                self._record(entry, version)
        for (key, record_id), carried in step.keys.items():
            hashed = key_hash(key.kind, key.value)
            self.key_hashes.append(hashed)
            self._row("link_keys", hashed, record_id, version, int(carried), key.kind, key.value)
            self._row("record_keys", record_id, key.kind, key.value, version, int(not carried))
        for key, records in step.held_out.items():
            self._row(
                "held_out_keys", key_hash(key.kind, key.value), key.kind, key.value, records, version, int(not records)
            )

    def _record(self, record: RecordState, version: int) -> None:
        order, deleted = record.states[-1]
        agency = KINDS[record.kind].agency
        self._row(
            "records", record.record_id, record.kind, agency, record.source, record.subject, record.part,
            int(record.current), int(deleted), len(record.states),
            None if order.time_us == NO_TIME else order.time_us, order.digest, version,
        )  # fmt: skip
        self._row(
            "case_members", record.record_id, record.case_id, record.kind, agency, record.source, record.subject,
            record.part, *record.reason, version, int(not record.current),
        )  # fmt: skip

    def _row(self, table: str, *values: object) -> None:
        for column, value in zip(self.columns[table].values(), values, strict=True):
            column.append(value)
