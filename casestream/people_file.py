"""The person records of an instance as a Parquet file that Splink reads: the columns that the model compares, as people
linking has them, with what was decided, and the person that each record is of. It holds names, dates of birth and
identifiers."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from clickhouse.store import Store
from processors.people.cleaning import PersonRecord, Snapshot, clean, is_linkable, with_frequencies
from processors.people.cleaning.frequencies import POSTCODE_COLUMN, WITH_FREQUENCIES
from processors.people.clustering import Decisions
from streams.people_frequencies import frequencies
from streams.people_model import in_force, standing
from streams.people_now import entries_now

_TEXT: Final = (
    "name_1_std", "name_2_std", "name_3_std", "last_name_std", "first_and_last_name_std", "pnc_single", "cro_single",
    "override_marker", "master_defendant_id",
)  # fmt: skip
_TEXTS: Final = ("forename_std_arr", "last_name_std_arr", "postcode_arr", "postcode_outcode_arr", "override_scopes")
_DAYS: Final = ("date_of_birth_arr", "sentence_date_arr")

SCHEMA: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("person_record_id", "person_id", "role", "side")),
        ("takes_part", pa.bool_()),
        *((name, pa.string()) for name in _TEXT),
        *((name, pa.list_(pa.string())) for name in _TEXTS),
        ("date_of_birth", pa.date32()),
        *((name, pa.list_(pa.date32())) for name in _DAYS),
        (WITH_FREQUENCIES, pa.list_(pa.struct([("value", pa.string()), ("rel_freq", pa.float64())]))),
        *((name, pa.string()) for name in ("prison_number", "crn")),
    ]
)
"""The columns under the names of the model; `person_record_id` is Splink's unique id, `person_id` the cluster;
`takes_part` is false for records that are compared with nobody: given up for another by their service, youths at court,
and those that say too little."""

_ONE_SOURCE: Final = "casestream"


def write_people(store: Store, file: Path) -> int:
    """Write all person records; how many. Raises StoreError, OSError."""
    scoring = in_force(store)
    rows = _Rows(scoring.settings, frequencies(store, scoring.snapshot, (POSTCODE_COLUMN,)))
    decisions = Decisions()
    decided: dict[str, tuple[PersonRecord, str]] = {}
    with pq.ParquetWriter(file, rows.schema) as into:
        for entries in entries_now(store, standing(store)):
            undecided = []
            for record_id, entry in entries.items():
                for decision in entry.decisions:
                    decisions.add(decision)
                if entry.record is not None and entry.decisions:
                    decided[record_id] = entry.record, entry.person_id
                elif entry.record is not None:
                    undecided.append(rows.row(entry.record, entry.person_id, _NOTHING_DECIDED))
            rows.write(into, undecided)
        # One marker stands for all that are included together, in whatever part they are.
        rows.write(into, [rows.row(*one, decisions) for one in decided.values()])
    return rows.written


_NOTHING_DECIDED: Final = Decisions()


class _Rows:
    """Rows of the file, with the columns that a model's settings name beside what is compared: its own names of the
    unique id, of the data set, and what it keeps beside."""

    def __init__(self, settings: Mapping[str, Any], snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        kept = settings.get("additional_columns_to_retain") or ()
        self._source = _further((settings.get("source_dataset_column_name"),))
        self._same = _further((settings.get("unique_id_column_name"), *kept))
        further = dict.fromkeys((*self._same, *self._source))
        self.schema = pa.schema([*SCHEMA, *((name, pa.string()) for name in further)])
        self.written = 0

    def row(self, record: PersonRecord, person_id: str, decisions: Decisions) -> dict[str, object]:
        """A record as it is compared."""
        one = record.record_id
        return {
            "person_record_id": one, "person_id": person_id or None, "role": record.role, "side": record.group,
            "takes_part": is_linkable(record) and decisions.merged_into(one) is None,
            **with_frequencies(clean(record, decisions.override(one)), (), self._snapshot),
            "prison_number": record.prison_number, "crn": record.crn,
            **dict.fromkeys(self._same, one), **dict.fromkeys(self._source, _ONE_SOURCE),
        }  # fmt: skip

    def write(self, into: pq.ParquetWriter, rows: list[dict[str, object]]) -> None:
        """Write some rows."""
        if rows:
            into.write_table(pa.Table.from_pylist(rows, schema=self.schema))
            self.written += len(rows)


def _further(names: Iterable[object]) -> tuple[str, ...]:
    """The names among some that are no columns of every file."""
    return tuple(name for name in names if isinstance(name, str) and name not in SCHEMA.names)
