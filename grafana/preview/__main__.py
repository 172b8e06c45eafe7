"""`python -m grafana.preview --clickhouse URL --port N`: serves the preview; prints `{"port": N}` when it is ready."""

import argparse
import asyncio
import json
import os
import signal
import sys

from aiohttp import web

from grafana.preview.figures import ClickHouse
from grafana.preview.server import application


async def _serve(arguments: argparse.Namespace) -> None:
    password = os.environ.get("CASESTREAM_CLICKHOUSE_BOARD_PASSWORD", "")
    runner = web.AppRunner(application(ClickHouse(arguments.clickhouse, arguments.user, password)), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, arguments.host, arguments.port)
    await site.start()
    sys.stdout.write(json.dumps({"port": runner.addresses[0][1]}) + "\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
    await runner.cleanup()


def main() -> None:
    """Parse the arguments and serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m grafana.preview", description=__doc__)
    parser.add_argument("--clickhouse", required=True, help="address of ClickHouse's HTTP interface")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 for any free port")
    parser.add_argument("--user", default="board", help="the ClickHouse user that reads")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
