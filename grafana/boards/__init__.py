"""The boards, one file each; `BOARDS` lists them in the order of the menu."""

from grafana.boards.case_explorer import CASE_EXPLORER
from grafana.boards.person_explorer import PERSON_EXPLORER
from grafana.boards.system_overview import SYSTEM_OVERVIEW
from grafana.model import Board

BOARDS: tuple[Board, ...] = (SYSTEM_OVERVIEW, CASE_EXPLORER, PERSON_EXPLORER)
BY_UID: dict[str, Board] = {board.uid: board for board in BOARDS}
