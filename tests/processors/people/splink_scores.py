"""What the installed Splink says about pairs of records: its own real-time comparison, for many pairs at once."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
from splink import DuckDBAPI
from splink.internals.realtime import compare_records

from processors.people.model import Model, read_settings
from processors.people.model.types import SqlType, sql_type
from processors.people.scoring import Scorer, waterfall

Settings = Mapping[str, Any]
Record = dict[str, Any]
Pair = tuple[Record, Record]

TOLERANCE = 1e-6
"""How far a match weight (bits) or a probability may be from Splink's."""


class Scored(NamedTuple):
    """A pair's match weight in bits, its probability, and the number of each comparison's level."""

    weight: float
    probability: float
    levels: tuple[int, ...]


def by_splink(settings: Settings, pairs: Sequence[Pair], types: Mapping[str, pa.DataType | str]) -> list[Scored]:
    """Splink's scores, in the order of the pairs. A type that is text is SQL: the column is cast to it."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    settings = {**settings, "unique_id_column_name": "pair", "link_type": "dedupe_only",
                "additional_columns_to_retain": ["pair"]}  # fmt: skip
    settings.pop("source_dataset_column_name", None)
    with duckdb.connect() as connection:
        connection.execute("SET lambda_syntax='ENABLE_SINGLE_ARROW'")
        for side, name in enumerate(("left_records", "right_records")):
            _load(connection, name, [pair[side] for pair in pairs], types)
        scored = compare_records(
            "left_records", "right_records", dict(settings), DuckDBAPI(connection), join_condition="l.pair = r.pair"
        )
        rows = scored.as_pyarrow_table().to_pylist()
    gammas = [f"gamma_{comparison['output_column_name']}".replace(" ", "_") for comparison in settings["comparisons"]]
    found = {
        row["pair_l"]: Scored(row["match_weight"], row["match_probability"], tuple(row[gamma] for gamma in gammas))
        for row in rows
    }
    return [found[at] for at in range(len(pairs))]


def _load(
    connection: Any, name: str, records: Sequence[Record], types: Mapping[str, pa.DataType | str]
) -> None:
    fields = {"pair": pa.int64()} | {
        column: kind if isinstance(kind, pa.DataType) else pa.list_(pa.float64()) for column, kind in types.items()
    }
    rows = [{"pair": at, **record} for at, record in enumerate(records)]
    table = pa.Table.from_pylist(rows, schema=pa.schema(list(fields.items())))
    connection.register(f"{name}_arrow", table)
    chosen = ", ".join(
        f'"{column}"::{types[column]} AS "{column}"' if isinstance(types.get(column), str) else f'"{column}"'
        for column in fields
    )
    connection.execute(f"CREATE TABLE {name} AS SELECT {chosen} FROM {name}_arrow")


def column_types(types: Mapping[str, pa.DataType | str]) -> dict[str, SqlType]:
    """The types of columns as a scorer takes them."""
    return {name: sql_type(_sql(told)) for name, told in types.items()}


def _sql(told: pa.DataType | str) -> str:
    if isinstance(told, str):
        return told
    if pa.types.is_list(told):
        return f"{_sql(told.value_type)}[]"
    if pa.types.is_struct(told):
        return f"STRUCT({', '.join(f'{one.name} {_sql(one.type)}' for one in told)})"
    return {"string": "VARCHAR", "date32[day]": "DATE", "timestamp[us]": "TIMESTAMP", "int64": "BIGINT",
            "bool": "BOOLEAN"}.get(str(told), str(told))  # fmt: skip


def by_us(settings: Settings, pairs: Sequence[Pair], types: Mapping[str, pa.DataType | str]) -> list[Scored]:
    """Our scores of the same pairs; the waterfall and the bare weight must agree."""
    model = read_settings(settings)
    scorer = Scorer(model, column_types(types))
    found = []
    for left, right in pairs:
        one, other = scorer.prepare(left), scorer.prepare(right)
        chart = waterfall(scorer, one, other)
        assert chart.match_weight == scorer.weight(one, other)
        found.append(Scored(chart.match_weight, chart.match_probability, tuple(bar.vector_value for bar in chart.bars)))
    return found


def assert_equal(settings: Settings, pairs: Sequence[Pair], types: Mapping[str, pa.DataType | str]) -> list[Scored]:
    """Our scores are Splink's, and so is every level; the scores, to look at further."""
    ours, theirs = by_us(settings, pairs, types), by_splink(settings, pairs, types)
    for pair, mine, reference in zip(pairs, ours, theirs, strict=True):
        assert mine.levels == reference.levels, (mine, reference, pair)
        assert abs(mine.weight - reference.weight) < TOLERANCE, (mine, reference, pair)
        assert abs(mine.probability - reference.probability) < TOLERANCE, (mine, reference, pair)
    return ours


def levels_never_hit(model: Model, scores: Sequence[Scored]) -> set[tuple[str, int]]:
    """Comparisons and levels (null ones are all -1) that no pair fell in: what a set of pairs does not test."""
    return {
        (comparison.name, level.vector_value)
        for at, comparison in enumerate(model.comparisons)
        for level in comparison.levels
        if not any(score.levels[at] == level.vector_value for score in scores)
    }

