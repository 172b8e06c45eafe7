"""The same records, blocking and model through `processors.people`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import inf
from time import process_time
from typing import Any

from bench.people.collections import Row, Rows, Settings
from bench.people.measured import Clusters, clusters_of
from processors.people.blocking import BlockingIndex, BlockingKey, BlockingRules, KeyRole
from processors.people.cleaning import Counts, PersonRecord, clean
from processors.people.cleaning.clean import CleanPerson
from processors.people.clustering import Limits, People
from processors.people.model import Model, read_settings
from processors.people.scoring import Scorer
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from schemas.people import Person, PersonName

NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules of ours stand beside the model: possible twins are held down, prison numbers and CRNs join, evidence
    against a match keeps apart (and sizes are limited), what services and courts decided is obeyed."""

    name: str
    twins: bool = True
    numbers: bool = True
    contradictions: bool = True
    decisions: bool = True

    def limits(self, join: float) -> Limits:
        """The limits with or without contradictions (14 bits, whatever joins)."""
        if self.contradictions:
            return Limits(join=join)
        return Limits(join=join, fracture=inf, cluster_size=NO_LIMIT, key_records=NO_LIMIT)


MODEL_ALONE = Rules("the model alone", twins=False, numbers=False, contradictions=False, decisions=False)
WHOLE = Rules("casestream")
UNDECIDED = Rules("without decisions", decisions=False)
EACH_OFF = (
    Rules("without twins rule", twins=False),
    Rules("without numbers", numbers=False),
    Rules("without contradictions", contradictions=False),
)


class _RowRules(BlockingRules):
    """Blocking rules over rows of any columns. A record of people passes through People as its place in the rows."""

    def __init__(self, model: Model, rows: Mapping[str, Row]) -> None:
        super().__init__(model.blocking_rules, model.dialect)
        self._rows = rows

    def keys(self, columns: Mapping[str, object]) -> list[tuple[BlockingKey, KeyRole]]:
        return super().keys(self._rows[str(columns["last_name_std"])])


class _RowScoring:
    """Scores of rows of any columns."""

    def __init__(self, model: Model, rows: Mapping[str, Row]) -> None:
        self._scorer = Scorer(model)
        self._rows = rows
        self.prior_weight = model.prior_weight

    def prepare(self, record_id: str, person: CleanPerson) -> tuple[str, list[object]]:
        return record_id, self._scorer.prepare(self._rows[str(person.last_name_std)])

    def weight(self, one: tuple[str, list[object]], other: tuple[str, list[object]]) -> float:
        left, right = sorted((one, other), key=lambda ready: ready[0])
        return self._scorer.weight(left[1], right[1])


def linked_rows(rows: Rows, settings: Settings, join: float, rules: Rules) -> tuple[Clusters, float]:
    """Clusters of rows of any columns, and the seconds of processor time that they took."""
    begin = process_time()
    model = read_settings(settings)
    ready = rows.with_frequencies(model.frequency_columns)
    place = {record: f"R{number}" for number, record in enumerate(ready)}
    by_place = {place[record]: row for record, row in ready.items()}
    people: People[Any] = People(_RowScoring(model, by_place), _RowRules(model, by_place), rules.limits(join))
    people.apply({
        record: PersonRecord(record, "suspect", Person(name=PersonName(first="Row", last=place[record])))
        for record in ready
    })  # fmt: skip
    return clusters_now(people, ready), process_time() - begin


def people_of(records: Iterable[PersonRecord], settings: Settings, join: float, rules: Rules) -> People[ReadyRecord]:
    """No one yet, but the model and the term frequencies of some records."""
    model = read_settings(settings)
    counts = Counts(model.frequency_columns)
    for record in records:
        counts.add(clean(record))
    scoring = PairScorer(model, counts.snapshot("all"), twins_rule=rules.twins)
    return People(scoring, BlockingRules.of(model), rules.limits(join))


def linked_people(
    records: Mapping[str, PersonRecord], settings: Settings, join: float, rules: Rules
) -> tuple[Clusters, float]:
    """Clusters of records of people, and the seconds of processor time that they took."""
    begin = process_time()
    people = people_of(records.values(), settings, join, rules)
    people.apply({one: told(record, rules) for one, record in records.items()})
    return clusters_now(people, records), process_time() - begin


def told(record: PersonRecord, rules: Rules) -> PersonRecord:
    """A record with its services' numbers and what the courts decided of it, or without."""
    if not rules.numbers:
        record = replace(record, prison_number=None, crn=None)
    return record if rules.decisions else replace(record, court_name=None, master_decision=None)


def clusters_now(people: People[Any], records: Iterable[str]) -> Clusters:
    """The clusters that there are now of some records, and every other of them by itself."""
    asked = set(records)
    held = (asked.intersection((*cluster.records, *cluster.merged)) for cluster in people.clusters)
    return clusters_of(asked, filter(None, held))


def blocked(rows: Rows, settings: Settings) -> float:
    """The share of true pairs that share a blocking key: what is compared at all."""
    rules = BlockingRules.of(read_settings(settings))
    persons: dict[str, list[str]] = {}
    for record, person in rows.truth.items():
        persons.setdefault(person, []).append(record)
    pairs = found = 0
    for records in persons.values():
        index = BlockingIndex(NO_LIMIT)
        keys = {record: rules.keys(rows.rows[record]) for record in records}
        for record, entries in keys.items():
            index.add(record, entries)
        found += sum(len(index.candidates(record, entries)) for record, entries in keys.items())
        pairs += len(records) * (len(records) - 1)
    return found / pairs if pairs else 1.0
