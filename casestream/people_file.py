"""The person records of an instance as a Parquet file that Splink reads: the columns that the model compares, cleaned
as people linking cleans them, and the person that each record is of. It holds names, dates of birth and identifiers."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.cleaning import PersonRecord, clean
from schemas.people import Address, Person, PersonName

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
    """Write all person records; how many. Sixteen slices, so that no more is held at once. Raises StoreError, OSError.
    """
    written = 0
    with pq.ParquetWriter(file, SCHEMA) as into:
        ends = [*(f"i{digit:x}" for digit in range(16)), "j"]
        for first, end in pairwise(ends):
            columns = store.query_columns(read("people_records_of"), {"first": first, "end": end})
            rows = [_row(told) for told in _told(columns)]
            into.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
            written += len(rows)
    return written


def _told(columns: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _row(told: Mapping[str, Any]) -> dict[str, object]:
    record = PersonRecord(
        told["person_record_id"],
        told["role"],
        Person(
            name=PersonName(first=told["first_name"], middle=told["middle_name"], last=told["last_name"]),
            aliases=tuple(
                PersonName(first=first or None, last=last or None)
                for first, last in zip(told["alias_first_names"], told["alias_last_names"], strict=True)
            ),
            date_of_birth=next(iter(told["births"]), None),
            address=Address(postcode=next(iter(told["postcodes"]), None)),
            pnc=told["pnc"],
            cro=told["cro"],
        ),
        master_defendant_id=told["master_defendant_id"],
        sentence_dates=tuple(told["sentence_dates"]),
        other_births=tuple(told["births"][1:]),
        other_postcodes=tuple(told["postcodes"][1:]),
    )
    return {
        "person_record_id": record.record_id, "person_id": told["person_id"] or None, "role": record.role,
        "side": record.group, **clean(record).columns(), "prison_number": told["prison_number"], "crn": told["crn"],
    }  # fmt: skip
