"""A collection of records with its truth, as Splink and casestream both take it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

Row = dict[str, Any]
Settings = dict[str, Any]
"""A Splink settings document."""

ID = "person_record_id"


@dataclass(frozen=True, slots=True)
class Rows:
    """Records by their ids, as columns (None: not known), and whose each is. `types`: the columns as Arrow has them."""

    rows: Mapping[str, Row]
    truth: Mapping[str, str]
    types: Mapping[str, pa.DataType]

    def table(self) -> pa.Table:
        """As Splink takes them."""
        fields = [(ID, pa.string()), *self.types.items()]
        return pa.Table.from_pylist([{ID: one, **row} for one, row in self.rows.items()], schema=pa.schema(fields))

    def with_frequencies(self, columns: Sequence[str]) -> dict[str, Row]:
        """Rows with the term frequency of each value among them, as Splink counts it (tf_...)."""
        made = {record: dict(row) for record, row in self.rows.items()}
        for column in columns:
            counts = Counter(row[column] for row in self.rows.values() if row[column] is not None)
            total = counts.total()
            for row in made.values():
                row[f"tf_{column}"] = None if row[column] is None else counts[row[column]] / total
        return made
