"""Every board is whole: its JSON is what the boards say, its statements run, its links lead somewhere."""

import json
import re
from datetime import UTC, datetime

import pytest

from clickhouse.measures import measures
from clickhouse.store import Endpoint, Store
from grafana.boards import BOARDS, BY_UID
from grafana.classic import DASHBOARDS, dashboard, text
from grafana.macros import Period, expand
from grafana.model import PALETTE, UNITS, Board, Panel

PERIOD = Period(datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
PANELS = [(board, panel) for board in BOARDS for panel in board.panels if panel.kind != "text"]


def panel_id(value: object) -> str:
    return value.uid if isinstance(value, Board) else str(value.id) if isinstance(value, Panel) else str(value)


@pytest.mark.parametrize("board", BOARDS, ids=panel_id)
def test_the_file_is_what_the_board_says(board: Board) -> None:
    written = (DASHBOARDS / f"{board.uid}.json").read_text(encoding="utf-8")
    assert written == text(board), "run python -m grafana.classic"


@pytest.mark.parametrize("board", BOARDS, ids=panel_id)
def test_the_json_keeps_grafanas_rules(board: Board) -> None:
    told = json.loads(json.dumps(dashboard(board)))
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,40}", told["uid"])
    assert told["editable"] is False
    assert told["id"] is None
    assert "version" not in told
    names = {variable["name"] for variable in told["templating"]["list"]}
    assert "datasource" in names
    for panel in told["panels"]:
        assert panel["title"]
        assert panel["description"]
        if panel["type"] == "text":
            continue
        assert panel["datasource"]["uid"] == "${datasource}"
        (target,) = panel["targets"]
        assert isinstance(target["format"], int)
        assert target["pluginVersion"].split(".")[0] >= "4"
        used = set(re.findall(r"\$\{(\w+):", target["rawSql"])) | set(re.findall(r"\$([a-z]\w*)", target["rawSql"]))
        assert used <= names, f"{panel['title']} uses {used - names}"
    for name in names - {"datasource"}:
        assert any(name in panel["targets"][0]["rawSql"] for panel in told["panels"] if "targets" in panel), name


@pytest.mark.parametrize("board", BOARDS, ids=panel_id)
def test_panels_neither_overlap_nor_leave_the_grid(board: Board) -> None:
    taken: set[tuple[int, int]] = set()
    assert len({panel.id for panel in board.panels}) == len(board.panels)
    for panel in board.panels:
        cells = {(x, y) for x in range(panel.x, panel.x + panel.w) for y in range(panel.y, panel.y + panel.h)}
        assert not cells & taken, panel.title
        assert panel.x + panel.w <= 24
        taken |= cells


@pytest.mark.parametrize(("board", "panel"), PANELS, ids=panel_id)
def test_titles_units_and_colours(board: Board, panel: Panel) -> None:
    assert len(panel.title.split()) <= 10
    for column in panel.columns:
        assert column.unit in UNITS
        assert column.colour in {"", "#BFBFBF", *PALETTE}
        for target in re.findall(r"/d/([\w-]+)/", column.link):
            assert target in BY_UID
    if panel.kind in ("table", "timeseries", "barchart"):
        assert re.search(r"LIMIT \d+", panel.sql)


def test_no_unit_is_one_that_grafana_scales() -> None:
    assert not {"s", "ms", "m", "h", "d", "short", "dtdurations"} & set(UNITS)


@pytest.mark.parametrize(("board", "panel"), PANELS, ids=panel_id)
def test_a_panel_uses_every_filter_of_its_board_or_says_that_it_is_of_all_areas(board: Board, panel: Panel) -> None:
    filters = {variable.name for variable in board.variables if variable.sql}
    used = {name for name in filters if f"${{{name}:singlequote}}" in panel.sql}
    assert used in (filters, set())
    assert bool(filters - used) == ("all areas" in panel.title) == ("filters do not move it" in panel.described)


@pytest.mark.integration
@pytest.mark.parametrize("filtered", [False, True], ids=["all", "filtered"])
@pytest.mark.parametrize(("board", "panel"), PANELS, ids=panel_id)
def test_every_statement_runs_as_the_boards_user(
    store: Store, clickhouse_endpoint: Endpoint, board: Board, panel: Panel, filtered: bool
) -> None:
    reader = Store.connect(Endpoint(port=clickhouse_endpoint.port, user="board"))
    several = ["40", "it's"]
    values = {
        variable.name: (several if variable.sql else several[1:]) if filtered else [] for variable in board.variables
    }
    names = set(reader.query_columns(expand(panel.sql, PERIOD, values), {}))
    for column in panel.columns:
        assert column.name in names, f"{panel.title} has no column {column.name}"
        for field in re.findall(r"__data\.fields\.(\w+)", column.link):
            assert field in names
    assert not panel.axis or panel.axis in names
    reader.close()


@pytest.mark.integration
def test_every_variable_lists_values_and_labels(store: Store, clickhouse_endpoint: Endpoint) -> None:
    for board in BOARDS:
        for variable in board.variables:
            if variable.sql:
                assert store.query(f"DESCRIBE ({variable.sql})", {})[0][0] == "value"
    forces = store.query(BOARDS[0].variables[0].sql, {})
    assert len(forces) == 44


def test_every_measure_is_whole() -> None:
    for measure in measures().values():
        assert measure.values
        assert measure.polarity in ("higher_is_better", "lower_is_better", "neutral")
        assert measure.label in ("published definition", "linked cohort", "live proxy")
        assert measure.source
