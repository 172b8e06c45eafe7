"""A chunk of link -> rows: link's own memory (every version), and what readers see (records, keys, members)."""

from collections.abc import Mapping, Sequence

from processors.linking.entries import ENTRY_ENCODER, DecisionState, RecordState
from processors.linking.touched import LinkStep
from processors.standardise.identifiers import key_hash
from schemas.events import KINDS
from schemas.flow import NO_TIME

Columns = Mapping[str, Sequence[object]]

_NAMES = {
    "link_records": ("record_id", "version", "state"),
    "link_keys": ("key_hash", "record_id", "version", "present", "key_kind", "key_value"),
    "linked_records": (
        "record_id", "case_id", "kind", "agency", "source", "subject", "part", "current", "deleted", "states",
        "known_at", "digest", "reason_kind", "reason_value", "reason_record", "version",
    ),
    "held_out_keys": ("key_hash", "key_kind", "key_value", "records", "version", "is_deleted"),
    "held_out_links": ("record_id", "key_kind", "key_value", "decision_id", "version", "is_deleted"),
}  # fmt: skip
"""Readers' `record_keys` are made of link_keys, `records` and `case_members` of linked_records, by ClickHouse itself
(migration 0006): each change is sent once."""


class LinkRows:
    """The rows of a chunk by table."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _NAMES}
        self.entry_ids: list[str] = []
        self.key_hashes: list[int] = []

    def columns(self, table: str) -> Columns:
        """The rows of a table by column; nothing where it has none."""
        rows = self._rows[table]
        return dict(zip(_NAMES[table], zip(*rows, strict=True), strict=True)) if rows else {}

    def take(self, version: int, step: LinkStep) -> None:
        """The rows of one message of `records`, under its version."""
        encode = ENTRY_ENCODER.encode
        link_records, records = self._rows["link_records"], self._rows["linked_records"]
        for entry_id, entry in step.entries.items():
            link_records.append((entry_id, version, encode(entry)))
            self.entry_ids.append(entry_id)
            if isinstance(entry, RecordState):
                last = entry.states[-1]
                order = last.order
                records.append((
                    entry_id, entry.case_id, entry.kind, KINDS[entry.kind].agency, entry.source, entry.subject,
                    entry.part, int(entry.current), int(last.deleted), len(entry.states),
                    None if order.time_us == NO_TIME else order.time_us, order.digest, *entry.reason, version,
                ))  # fmt: skip
            elif isinstance(entry, DecisionState):
                records.append(_decision_row(entry, version))
        link_keys = self._rows["link_keys"]
        for (key, record_id), carried in step.keys.items():
            hashed = key_hash(key.kind, key.value)
            self.key_hashes.append(hashed)
            link_keys.append((hashed, record_id, version, int(carried), key.kind, key.value))
        self._rows["held_out_keys"].extend(
            (key_hash(key.kind, key.value), key.kind, key.value, records, version, int(not records))
            for key, records in step.held_out.items()
        )
        self._rows["held_out_links"].extend(
            (link.record_id, link.key.kind, link.key.value, decision_id, version, int(not held_out))
            for (decision_id, link), held_out in step.held_links.items()
        )


def _decision_row(decision: DecisionState, version: int) -> tuple[object, ...]:
    """A decision is a record, and of no case."""
    last = decision.states[-1]
    order = last.order
    return (
        decision.record_id, "", decision.kind, KINDS[decision.kind].agency, decision.source, decision.subject, "",
        int(bool(decision.named)), int(last.deleted), len(decision.states),
        None if order.time_us == NO_TIME else order.time_us, order.digest, "", "", "", version,
    )  # fmt: skip
