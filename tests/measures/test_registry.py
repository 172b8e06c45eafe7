"""The registry: each file is whole, says what is true of its statement, and its statement runs in every way."""

import re
from datetime import UTC, datetime

import pytest

from clickhouse.measures import NOT_BUILT, Measure, MeasureError, measures, parse
from clickhouse.measures.filters import AREA_ROLES, DIMENSIONS, with_shared
from clickhouse.store import Endpoint, Store
from grafana.boards.common import grouped, headline, monthly
from grafana.macros import Period, expand

PERIOD = Period(datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
NONE: dict[str, list[str]] = {name: [] for name in DIMENSIONS}
ALL = list(measures().values())


def named(value: object) -> str:
    return value.id if isinstance(value, Measure) else str(value)


WHOLE = """
-- id: X1
-- title: A title
-- grain: crimes
-- period: event
-- basis: the day
-- polarity: neutral
-- unit: crimes
-- label: live proxy
-- agencies: police
-- by: force, flag
-- definition: Counts things,
--   and goes on.
-- source: casestream
-- value crimes: count()
-- value share (per cent): 100 * avg(charged)
SELECT 1 AS charged;
""".strip()


def test_a_file_is_read() -> None:
    found = parse(WHOLE)
    assert (found.headline, found.units) == ("crimes", {"crimes": "crimes", "share": "per cent"})
    assert found.definition == "Counts things, and goes on."
    assert found.items == "SELECT 1 AS charged"
    assert found.by == ("force", "flag")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("-- title: A title\n", "", "lacks title"), ("-- period: event", "-- period: yearly", "'yearly'"),
        ("-- by: force, flag", "-- by: force, colour", "'colour'"), ("-- source: cas", "-- sauce: cas", "'sauce'"),
        ("-- value crimes: count()\n-- value share (per cent): 100 * avg(charged)\n", "", "lacks value"),
        ("-- polarity: neutral", "-- polarity: good", "'good'"), ("-- grain: crimes", "--grain: crimes", "--grain"),
        ("-- by: force, flag", "-- by: force, flag\n-- per_100k: no", "per_100k is 'no'"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_an_error_that_names_what(old: str, new: str, said: str) -> None:
    assert old in WHOLE
    with pytest.raises(MeasureError, match=said):
        parse(WHOLE.replace(old, new))


def test_period_and_filters_are_put_around_the_items_once() -> None:
    found = parse(WHOLE)
    period = "WHERE at >= $__fromTime AND at < $__toTime + INTERVAL 1 SECOND"
    force = "AND $__conditionalAll(force IN (${force:singlequote}), $force)"
    assert found.rows(("force", "sex")).endswith(f"{period}\n    {force}")


@pytest.mark.parametrize("measure", ALL, ids=named)
def test_no_file_writes_a_filter_or_a_period_by_itself(measure: Measure) -> None:
    assert "conditionalAll" not in measure.items
    assert "singlequote" not in measure.items
    assert "$__fromTime" not in measure.items
    assert ("$__toTime" in measure.items) == (measure.period == "snapshot" and measure.id not in ("A04", "FRESH"))
    assert measure.id not in NOT_BUILT
    assert measure.definition.endswith(".")
    assert measure.words


def test_titles_and_what_people_say_mean_one_measure() -> None:
    titles = [measure.title for measure in ALL] + [one.title for one in NOT_BUILT.values()]
    assert len(set(titles)) == len(titles)
    seen: dict[str, str] = {}
    for measure in ALL:
        for word in measure.words:
            assert word == word.lower()
            assert word not in seen, (word, measure.id, seen.get(word))
            seen[word] = measure.id


@pytest.mark.integration
@pytest.mark.parametrize("measure", ALL, ids=named)
def test_the_items_have_what_the_header_says(store: Store, measure: Measure) -> None:
    told = store.query(f"DESCRIBE ({expand(measure.rows(()), PERIOD, NONE)})", {})
    columns = {str(row[0]) for row in told}
    for name in measure.by:
        assert DIMENSIONS[name].column in columns, name
    assert set(measure.each) <= columns
    assert not set(measure.values) & columns, "a value of the name of a column would take its place in other values"
    assert "at" in columns or measure.period == "snapshot"


@pytest.mark.integration
@pytest.mark.parametrize("measure", ALL, ids=named)
def test_every_value_runs_alone_and_with_others_for_the_boards_user(
    store: Store, clickhouse_endpoint: Endpoint, measure: Measure
) -> None:
    reader = Store.connect(Endpoint(port=clickhouse_endpoint.port, user="board"))
    each = {name: name for name in measure.each}
    chosen = {name: ["it's", "20"] for name in DIMENSIONS}
    alone = [{name: name} for name in measure.values]
    for values in ({name: name for name in measure.values}, *alone):
        sql = grouped(measure, values, each, measure.by) if each else headline(measure, values, measure.by)
        assert list(reader.query_columns(expand(sql, PERIOD, NONE), {}))[len(each) :] == list(values)
        reader.query(expand(sql, PERIOD, chosen), {})
    for name in measure.by:
        sql = grouped(measure, {"value": measure.headline}, {**each, name: DIMENSIONS[name].groups}, measure.by)
        reader.query(expand(sql, PERIOD, NONE), {})
    if measure.period != "snapshot" and not measure.each:
        reader.query(expand(monthly(measure, tuple(measure.values), measure.by), PERIOD, NONE), {})
    for extra in (measure.supplied, measure.mature):
        if extra:
            reader.query(expand(f"SELECT {extra} FROM ({measure.rows(measure.by)})", PERIOD, NONE), {})
    reader.close()


def test_shared_expressions_are_written_out() -> None:
    sql = with_shared("SELECT $age_band(age), $ethnicity(ethnicity), $recorded(sex), $from_day(completed_on)")
    assert "$" not in sql
    assert "ethnicity_self" in sql
    assert re.search(r"age <= 14, '10-14'", sql)


def test_area_roles_are_dimensions() -> None:
    assert set(AREA_ROLES) <= set(DIMENSIONS)
