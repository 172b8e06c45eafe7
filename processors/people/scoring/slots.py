"""Where the values of a prepared record stand: its columns, and whatever a condition works out from one record alone
(a first letter, a length, the seconds of a date). A pair then only compares.
"""

import math
from collections.abc import Callable, Hashable, Mapping

Row = list[object]
"""A prepared record: a value a slot. None is NULL, arrays are tuples."""

Step = Callable[[Mapping[str, object], Row], object]


class MissingColumnError(LookupError):
    """A record lacks a column of the model: give it as None where it is not known."""

    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__(f"a record has no column {column!r}")


class Slots:
    """The plan of a prepared record: each slot a step over the record and the slots before it."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._places: dict[Hashable, int] = {}
        self.columns: list[str] = []

    def column(self, name: str) -> int:
        """The slot of a column, by its name in small letters, that every record must have."""
        key = ("column", name)
        if key not in self._places:
            self.columns.append(name)
            self._add(key, lambda record, _row: _required(record, name))
        return self._places[key]

    def optional(self, name: str) -> int:
        """The slot of a column that is NULL where a record has none."""
        return self.derived(("optional", name), lambda record, _row: _frozen(record.get(_written(record, name))))

    def derived(self, key: Hashable, step: Step) -> int:
        """The slot of what a step works out; one key stands for one step."""
        if key not in self._places:
            self._add(key, step)
        return self._places[key]

    def elements(self, slot: int) -> int:
        """The slot of the elements of another slot's array, as a set without NULL."""
        return self.derived(("elements", slot), lambda _record, row: _elements(row[slot]))

    def prepare(self, record: Mapping[str, object]) -> Row:
        """A record as the slots have it."""
        row: Row = []
        for step in self._steps:
            row.append(step(record, row))
        return row

    def _add(self, key: Hashable, step: Step) -> None:
        self._places[key] = len(self._steps)
        self._steps.append(step)


def _required(record: Mapping[str, object], name: str) -> object:
    try:
        return _frozen(record[_written(record, name)])
    except KeyError:
        raise MissingColumnError(name) from None


def _written(record: Mapping[str, object], name: str) -> str:
    """A column's name, in small letters, as the record has it."""
    return name if name in record else next((one for one in record if one.lower() == name), name)


def _frozen(value: object) -> object:
    """A value as it is compared: arrays as tuples, and one NaN for all, which Python finds in sets and tuples."""
    if isinstance(value, float):
        return math.nan if value != value else value
    if not isinstance(value, list | tuple):
        return value
    return tuple([_frozen(one) if isinstance(one, list | tuple | float) else one for one in value])


def _elements(array: object) -> frozenset[object] | None:
    return frozenset(one for one in array if one is not None) if isinstance(array, tuple) else None
