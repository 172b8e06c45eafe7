"""The bench of panels: every panel of every board is timed, and those of the explorers over something."""

from pathlib import Path

import pytest

from bench.loaded import clickhouse, load
from bench.panels import timed
from grafana.boards import BOARDS


@pytest.mark.timeout(120)
def test_every_panel_that_asks_is_timed(tmp_path: Path) -> None:
    with clickhouse(tmp_path) as store:
        load(store, 2_000, seed=3)
        taken = timed(store, 2)
    assert {board: len(panels) for board, panels in taken.items()} == {
        board.uid: sum(bool(panel.sql) for panel in board.panels) for board in BOARDS
    }
    assert all(len(runs) == 2 and 0 < runs[0] <= runs[1] for panels in taken.values() for runs in panels.values())
