"""The preview as a process: its arguments, and serving until SIGTERM; prints `{"port": N}` when it is ready."""

import argparse
import asyncio
import json
import os
import signal
import sys

from aiohttp import web

from clickhouse.same_machine import PORT_TAKEN
from grafana.preview.figures import ClickHouse
from grafana.preview.people import Explainer
from grafana.preview.server import application


def arguments_of(name: str, described: str) -> argparse.Namespace:
    """The arguments of the process."""
    parser = argparse.ArgumentParser(prog=f"python -m {name}", description=described)
    parser.add_argument("--clickhouse", required=True, help="address of ClickHouse's HTTP interface")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 for any free port")
    parser.add_argument("--user", default="board", help="the ClickHouse user that reads")
    return parser.parse_args()


async def serve(arguments: argparse.Namespace, explainer: Explainer) -> None:
    """Serve until SIGTERM or SIGINT. Exits with PORT_TAKEN when the port cannot be opened."""
    password = os.environ.get("CASESTREAM_CLICKHOUSE_BOARD_PASSWORD", "")
    clickhouse = ClickHouse(arguments.clickhouse, arguments.user, password)
    runner = web.AppRunner(application(clickhouse, explainer), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, arguments.host, arguments.port)
    try:
        await site.start()
    except OSError as error:
        sys.stderr.write(f"port {arguments.port} cannot be opened: {error}\n")
        await runner.cleanup()
        raise SystemExit(PORT_TAKEN) from error
    sys.stdout.write(json.dumps({"port": runner.addresses[0][1]}) + "\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
    await runner.cleanup()
