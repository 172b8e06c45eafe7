"""The person records of an instance as they are now, read from the readers' tables in parts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.cleaning import PersonRecord
from schemas.people import Address, Person, PersonName


class StoredRecord(NamedTuple):
    """A person record, and the person that it is of: empty for none."""

    record: PersonRecord
    person_id: str


def stored_records(store: Store) -> Iterator[Sequence[StoredRecord]]:
    """All person records, in sixteen parts, so that no more is held at once. Raises StoreError."""
    ends = [*(f"i{digit:x}" for digit in range(16)), "j"]
    for first, end in pairwise(ends):
        columns = store.query_columns(read("people_records_of"), {"first": first, "end": end})
        yield [_stored(dict(zip(columns, values, strict=True))) for values in zip(*columns.values(), strict=True)]


def _stored(told: Mapping[str, Any]) -> StoredRecord:
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
        prison_number=told["prison_number"],
        crn=told["crn"],
        sentence_dates=tuple(told["sentence_dates"]),
        youth=bool(told["youth"]),
        other_births=tuple(told["births"][1:]),
        other_postcodes=tuple(told["postcodes"][1:]),
    )
    return StoredRecord(record, told["person_id"] or "")
