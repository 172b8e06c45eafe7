"""The person records of an instance as a Parquet file that Splink reads: the columns that the model compares, cleaned
as people linking cleans them, and the person that each record is of. It holds names, dates of birth and identifiers."""

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from clickhouse.store import Store
from processors.people.cleaning import PersonRecord, clean
from streams.people_reading import stored_records

_TEXT: Final = (
    "name_1_std", "name_2_std", "name_3_std", "last_name_std", "first_and_last_name_std", "pnc_single", "cro_single",
    "override_marker", "master_defendant_id",
)  # fmt: skip
_TEXTS: Final = ("forename_std_arr", "last_name_std_arr", "postcode_arr", "postcode_outcode_arr", "override_scopes")
_DAYS: Final = ("date_of_birth_arr", "sentence_date_arr")

SCHEMA: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("person_record_id", "person_id", "role", "side")),
        *((name, pa.string()) for name in _TEXT),
        *((name, pa.list_(pa.string())) for name in _TEXTS),
        ("date_of_birth", pa.date32()),
        *((name, pa.list_(pa.date32())) for name in _DAYS),
        *((name, pa.string()) for name in ("prison_number", "crn")),
    ]
)
"""The columns under the names of the model; `person_record_id` is Splink's unique id, `person_id` the cluster."""


def write_people(store: Store, file: Path) -> int:
    """Write all person records; how many. Raises StoreError, OSError."""
    written = 0
    with pq.ParquetWriter(file, SCHEMA) as into:
        for part in stored_records(store):
            into.write_table(pa.Table.from_pylist([_row(*one) for one in part], schema=SCHEMA))
            written += len(part)
    return written


def _row(record: PersonRecord, person_id: str) -> dict[str, object]:
    return {
        "person_record_id": record.record_id, "person_id": person_id or None, "role": record.role,
        "side": record.group, **clean(record).columns(), "prison_number": record.prison_number, "crn": record.crn,
    }  # fmt: skip
