"""The preview's web server: the page, its assets, the figures as JSON, and pictures. Loopback only unless told
otherwise."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from importlib.resources import files

import plotly.offline
from aiohttp import web

from clickhouse.same_machine import refusal
from grafana.boards import BOARDS, BY_UID
from grafana.preview.figures import (
    ClickHouse,
    FigureError,
    board_of,
    described,
    menu,
    panel_of,
    statement,
    variable_of,
)
from grafana.preview.links import picture
from grafana.preview.people import Explainer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_STATIC = files("grafana.preview") / "static"
_TYPES = {"css": "text/css", "js": "text/javascript", "html": "text/html"}
_CLICKHOUSE: web.AppKey[ClickHouse] = web.AppKey("clickhouse", ClickHouse)
_EXPLAINER: web.AppKey[Explainer] = web.AppKey("explainer", Explainer)


def _asset(name: str, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    content = plotly.offline.get_plotlyjs() if name == "plotly.js" else (_STATIC / name).read_text(encoding="utf-8")
    headers = {"Cache-Control": "max-age=3600" if name == "plotly.js" else "no-cache"}
    return web.Response(status=status, text=content, content_type=_TYPES[name.rsplit(".", 1)[1]], headers=headers)


async def _page(request: web.Request) -> web.Response:
    """The page of a board; of one that is not there it says so."""
    there = request.match_info["uid"] in BY_UID
    return _asset("index.html", HTTPStatus.OK if there else HTTPStatus.NOT_FOUND)


async def _home(request: web.Request) -> web.Response:
    raise web.HTTPFound(f"/d/{BOARDS[0].uid}")


async def _static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in ("plotly.js", "preview.js", "preview.css"):
        raise web.HTTPNotFound
    return _asset(name)


def _chosen(request: web.Request) -> dict[str, list[str]]:
    return {
        name.removeprefix("var-"): request.query.getall(name) for name in request.query if name.startswith("var-")
    }


async def _board(request: web.Request) -> web.Response:
    return web.json_response({"menu": menu(), "board": described(board_of(request.match_info["uid"]))})


async def _panel(request: web.Request) -> web.Response:
    board = board_of(request.match_info["uid"])
    panel = panel_of(board, int(request.match_info["panel"]))
    sql = statement(
        board, panel.sql, request.query.get("from", board.time_from), request.query.get("to", board.time_to),
        _chosen(request),
    )  # fmt: skip
    return web.json_response(await request.app[_CLICKHOUSE].rows(sql))


async def _choices(request: web.Request) -> web.Response:
    board = board_of(request.match_info["uid"])
    variable = variable_of(board, request.match_info["variable"])
    found = await request.app[_CLICKHOUSE].rows(statement(board, variable.sql, "now-1y", "now", {}))
    return web.json_response([{"value": str(row[0]), "text": str(row[-1])} for row in found["rows"]])


async def _links(request: web.Request) -> web.Response:
    return _svg(await picture(request.app[_CLICKHOUSE], request.match_info["case_id"]))


async def _person(request: web.Request) -> web.Response:
    explainer = request.app[_EXPLAINER]
    return _svg(await asyncio.to_thread(explainer.person, request.match_info["person_id"]))


async def _pair(request: web.Request) -> web.Response:
    explainer = request.app[_EXPLAINER]
    return _svg(await asyncio.to_thread(explainer.pair, request.match_info["one"], request.match_info["other"]))


def _svg(drawn: str) -> web.Response:
    return web.Response(text=drawn, content_type="image/svg+xml", headers={"Cache-Control": "no-cache"})


async def _health(request: web.Request) -> web.Response:
    await request.app[_CLICKHOUSE].rows("SELECT 1 AS one")
    return web.json_response({"status": "ok"})


@web.middleware
async def _told(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        _refuse_pages_from_elsewhere(request)
        return await handler(request)
    except FigureError as error:
        return web.json_response({"error": str(error)}, status=error.status)


def _refuse_pages_from_elsewhere(request: web.Request) -> None:
    served = request.transport.get_extra_info("sockname")[0] if request.transport else ""
    refused = refusal(request.headers.get("Host", ""), request.headers.get("Origin", ""), served)
    if refused:
        raise FigureError(refused, HTTPStatus.FORBIDDEN)


async def _close(app: web.Application) -> None:
    await app[_CLICKHOUSE].close()


def application(clickhouse: ClickHouse, explainer: Explainer) -> web.Application:
    """The preview, ready to be served."""
    app = web.Application(middlewares=[_told])
    app[_CLICKHOUSE] = clickhouse
    app[_EXPLAINER] = explainer
    app.on_cleanup.append(_close)
    app.add_routes(
        [
            web.get("/", _home),
            web.get("/health", _health),
            web.get(r"/d/{uid}", _page),
            web.get(r"/d/{uid}/{slug}", _page),
            web.get(r"/static/{name}", _static),
            web.get(r"/api/boards/{uid}", _board),
            web.get(r"/api/boards/{uid}/panels/{panel:[0-9]{1,9}}", _panel),
            web.get(r"/api/boards/{uid}/variables/{variable}", _choices),
            web.get(r"/api/cases/{case_id}/links.svg", _links),
            web.get(r"/api/people/{person_id}/links.svg", _person),
            web.get(r"/api/people/pairs/{one}/{other}/waterfall.svg", _pair),
        ]
    )
    return app
