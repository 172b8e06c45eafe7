"""Term frequencies: how often each value of a column occurs among the records held now.

Counts move with every record; a score must not, or it would depend on what came first. So scores read a snapshot, which
has a name and never changes; a new one is taken now and then, and the records are scored anew under it.

Where Splink says nothing, names that a snapshot has not seen are not adjusted, as in Splink. Postcodes are: the live
linkage of the Ministry counts an unseen one as everybody's, so a new address links nobody until the next refresh; here
it is as rare as one of all postcodes, and counts take over as they grow.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from processors.people.cleaning.clean import CleanPerson

POSTCODES_IN_USE = 1_500_000
"""Live postcodes in England and Wales, rounded. Source: ONS Postcode Directory."""

POSTCODE_COLUMN = "postcode_arr"
WITH_FREQUENCIES = "postcode_arr_with_freq"
"""The column of the Ministry's model that holds each postcode (`value`) with its frequency (`rel_freq`)."""

COUNTED = (
    "name_1_std", "name_2_std", "name_3_std", "last_name_std", "first_and_last_name_std", "date_of_birth", "pnc_single",
    "cro_single", "master_defendant_id",
)  # fmt: skip
"""The columns whose values an instance counts, beside each postcode: those that hold one value."""

_NOTHING: Mapping[object, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Counts as they were once. `counts`: column -> value -> number of records with it; `totals`: column -> number of
    values in all."""

    name: str
    counts: Mapping[str, Mapping[object, int]] = field(default_factory=lambda: MappingProxyType({}))
    totals: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def frequency(self, column: str, value: object) -> float | None:
        """The share of the records with a value in a column that have this one; None for one not seen, and for NULL."""
        seen = self.counts.get(column, _NOTHING).get(value) if value is not None else None
        return seen / self.totals[column] if seen else None

    def postcode_frequency(self, postcode: str) -> float:
        """The share of a postcode among all addresses; of one not seen, as if every postcode in use had one more."""
        seen = self.counts.get(POSTCODE_COLUMN, _NOTHING).get(postcode, 0)
        return (seen + 1) / (self.totals.get(POSTCODE_COLUMN, 0) + POSTCODES_IN_USE)


NO_FREQUENCIES = Snapshot("none")
"""A snapshot of nothing: names are not adjusted, postcodes are all alike rare."""


class Counts:
    """Counts that follow the records. A record that changes is removed as it was, then added as it is."""

    def __init__(self, columns: Iterable[str]) -> None:
        self._counts: dict[str, Counter[object]] = {column: Counter() for column in (*columns, POSTCODE_COLUMN)}

    def add(self, record: CleanPerson) -> None:
        """Count a record."""
        self._move(record, 1)

    def remove(self, record: CleanPerson) -> None:
        """Count a record no longer. Raises ValueError for one that was never counted."""
        self._move(record, -1)

    def _move(self, record: CleanPerson, by: int) -> None:
        for column, counter in self._counts.items():
            value = getattr(record, column)
            for one in value if isinstance(value, tuple) else (value,):
                if one is None:
                    continue
                counter[one] += by
                if counter[one] < 0:
                    raise ValueError(f"a value of {column} is removed that was never counted")
                if not counter[one]:
                    del counter[one]

    def snapshot(self, name: str) -> Snapshot:
        """The counts as they are now, under a name."""
        return Snapshot(
            name,
            MappingProxyType({column: MappingProxyType(dict(counter)) for column, counter in self._counts.items()}),
            MappingProxyType({column: counter.total() for column, counter in self._counts.items()}),
        )


def with_frequencies(record: CleanPerson, columns: Iterable[str], snapshot: Snapshot) -> dict[str, object]:
    """A record's columns as a model scores them: with the frequencies that a snapshot gives (`tf_...`)."""
    made = record.columns()
    for column in columns:
        made[f"tf_{column}"] = snapshot.frequency(column, made.get(column))
    postcodes = record.postcode_arr
    made[WITH_FREQUENCIES] = (
        None if postcodes is None
        else [{"value": one, "rel_freq": snapshot.postcode_frequency(one)} for one in postcodes]
    )  # fmt: skip
    return made
