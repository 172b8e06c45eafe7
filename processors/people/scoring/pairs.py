"""The score of two person records: a function of the two, the model and a snapshot of term frequencies.

A model may treat the left and the right record of a pair differently (the Ministry's does, when it counts aliases), so
the record with the lesser id is always the left one: a pair has one score, whichever record came last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import get_type_hints

from processors.people.cleaning.clean import CleanPerson
from processors.people.cleaning.frequencies import WITH_FREQUENCIES, Snapshot, with_frequencies
from processors.people.model.structure import Model
from processors.people.model.types import DATE, FLOAT, TEXT, ColumnTypes, SqlType
from processors.people.scoring.scorer import Scorer
from processors.people.scoring.slots import Row
from processors.people.scoring.twins import TWINS_WEIGHT, possible_twins
from processors.people.scoring.waterfall import Waterfall, waterfall

_OF_HINTS: Mapping[object, SqlType] = {
    str | None: TEXT, tuple[str, ...] | None: SqlType("list", TEXT),
    date | None: DATE, tuple[date, ...] | None: SqlType("list", DATE),
}  # fmt: skip

PEOPLE_TYPES: ColumnTypes = MappingProxyType({
    **{name: _OF_HINTS[hint] for name, hint in get_type_hints(CleanPerson).items()},
    WITH_FREQUENCIES: SqlType("list", SqlType("struct", fields=(("value", TEXT), ("rel_freq", FLOAT)))),
})
"""The types of the columns of a person record."""


@dataclass(frozen=True, slots=True)
class ReadyRecord:
    """A record made ready to be scored under one model and snapshot."""

    record_id: str
    person: CleanPerson
    row: Row


@dataclass(frozen=True, slots=True)
class PairScore:
    """A pair's match weight in bits, whether it looks like twins (its weight is held down then), and the model's own
    score of it."""

    match_weight: float
    twins: bool
    waterfall: Waterfall


class PairScorer:
    """A model and a snapshot made ready. `twins_rule`: whether possible twins are held down."""

    def __init__(self, model: Model, snapshot: Snapshot, twins_rule: bool = True) -> None:
        self.model = model
        self.snapshot = snapshot
        self._twins_rule = twins_rule
        self._scorer = Scorer(model, PEOPLE_TYPES)
        self._frequency_columns = model.frequency_columns

    def prepare(self, record_id: str, person: CleanPerson) -> ReadyRecord:
        """A record made ready."""
        columns = with_frequencies(person, self._frequency_columns, self.snapshot)
        return ReadyRecord(record_id, person, self._scorer.prepare(columns))

    @property
    def prior_weight(self) -> float:
        """The match weight of a pair of which nothing is known, in bits."""
        return self.model.prior_weight

    def weight(self, one: ReadyRecord, other: ReadyRecord) -> float:
        """The match weight of a pair, in bits; that of possible twins is held down."""
        if other.record_id < one.record_id:
            one, other = other, one
        weight = self._scorer.weight(one.row, other.row)
        return TWINS_WEIGHT if self._twins(weight, one, other) else weight

    def explain(self, one: ReadyRecord, other: ReadyRecord) -> PairScore:
        """The same with its reasons."""
        if other.record_id < one.record_id:
            one, other = other, one
        chart = waterfall(self._scorer, one.row, other.row)
        twins = self._twins(chart.match_weight, one, other)
        return PairScore(TWINS_WEIGHT if twins else chart.match_weight, twins, chart)

    def _twins(self, weight: float, one: ReadyRecord, other: ReadyRecord) -> bool:
        return self._twins_rule and weight > TWINS_WEIGHT and possible_twins(one.person, other.person)
