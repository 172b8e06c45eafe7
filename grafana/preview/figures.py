"""What the page asks: a board as data, the choices of a variable, the rows of a panel."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import aiohttp

from grafana.boards import BOARDS, BY_UID
from grafana.macros import MacroError, Period, expand
from grafana.model import Board, Panel, Variable
from grafana.times import TimeError, moment

Json = dict[str, Any]

MAX_ROWS = 5_000


class FigureError(RuntimeError):
    """A figure cannot be had: the reason, for the reader, and the HTTP status that it is answered with."""

    def __init__(self, reason: str, status: HTTPStatus = HTTPStatus.BAD_GATEWAY) -> None:
        super().__init__(reason)
        self.status = status


class ClickHouse:
    """Asks ClickHouse's HTTP interface, as the reader's user."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self._url = url
        self._auth = aiohttp.BasicAuth(user, password) if user else None
        self._session: aiohttp.ClientSession | None = None

    async def rows(self, sql: str) -> Json:
        """Columns and rows: {"columns": [{"name", "type"}], "rows": [[...]]}."""
        if self._session is None:
            self._session = aiohttp.ClientSession(auth=self._auth, timeout=aiohttp.ClientTimeout(total=60))
        params = {
            "default_format": "JSONCompact", "database": "casestream", "max_result_rows": str(MAX_ROWS),
            "result_overflow_mode": "break", "output_format_json_quote_64bit_integers": "0",
        }  # fmt: skip
        try:
            async with self._session.post(self._url, params=params, data=sql.encode()) as answer:
                if answer.status != 200:
                    raise FigureError((await answer.text())[:500])
                found = await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise FigureError(f"ClickHouse cannot be reached: {error}") from error
        return {"columns": found["meta"], "rows": found["data"]}

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def menu() -> list[Json]:
    """The boards in the order of the menu."""
    return [{"uid": board.uid, "title": board.title} for board in BOARDS]


def described(board: Board) -> Json:
    """A board for the page, without its statements."""
    told = asdict(board)
    for panel in told["panels"]:
        del panel["sql"]
    for variable in told["variables"]:
        variable["choices"] = bool(variable.pop("sql"))
    return told


def board_of(uid: str) -> Board:
    """A board by its uid; FigureError where there is none."""
    board = BY_UID.get(uid)
    if board is None:
        raise FigureError(f"there is no board {uid!r}; there are {', '.join(BY_UID)}", HTTPStatus.NOT_FOUND)
    return board


def panel_of(board: Board, number: int) -> Panel:
    """A panel of a board by its id."""
    for panel in board.panels:
        if panel.id == number:
            return panel
    raise FigureError(f"the board {board.uid} has no panel {number}", HTTPStatus.NOT_FOUND)


def variable_of(board: Board, name: str) -> Variable:
    """A variable of a board that has a list of values."""
    for variable in board.variables:
        if variable.name == name and variable.sql:
            return variable
    raise FigureError(f"the board {board.uid} has no list of values {name!r}", HTTPStatus.NOT_FOUND)


def statement(board: Board, sql: str, start: str, end: str, chosen: Mapping[str, Sequence[str]]) -> str:
    """A statement of a board with its macros and variables expanded."""
    now = datetime.now(UTC)
    values = {
        variable.name: [value for value in chosen.get(variable.name, ()) if value] for variable in board.variables
    }
    try:
        return expand(sql, Period(moment(start, now), moment(end, now, end=True)), values)
    except TimeError as error:
        raise FigureError(str(error), HTTPStatus.BAD_REQUEST) from error
    except MacroError as error:
        raise FigureError(str(error)) from error
