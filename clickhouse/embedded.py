"""ClickHouse for one machine: the engine (chdb) in a process of its own, behind ClickHouse's HTTP interface.

`python -m clickhouse.embedded --path DIR --port N` prints `{"port": N}` when it is ready and ends orderly on SIGTERM.
To clients it is ClickHouse: statements, parameters, settings, inserts in any format, errors with their codes, users
(`embedded_access`). Every request has a session of its own, closed afterwards, so a statement that fails half-way can
spoil nothing for the next; sessions are known by name and keep nothing (`embedded_sessions`). What an insert answers
is on disk, also after kill -9.
"""

import argparse
import json
import logging
import os
import signal
import sys
import threading
import time
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from clickhouse.embedded_access import USERS, User
from clickhouse.embedded_engine import Engine
from clickhouse.embedded_errors import EngineError
from clickhouse.embedded_http import Handler
from clickhouse.embedded_sessions import Sessions
from clickhouse.same_machine import PORT_TAKEN

logger = logging.getLogger(__name__)


class Server(ThreadingHTTPServer):
    """The front: a thread a connection, over one engine."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], engine: Engine, users: dict[str, User] = USERS) -> None:
        self.engine = engine
        self.users = users
        self.sessions = Sessions()
        super().__init__(address, Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error of the server."""
        kind, error, _ = sys.exc_info()
        if kind is not None and not issubclass(kind, ConnectionError | TimeoutError):
            logger.exception("a connection failed: %s", error)


def serve(path: Path, host: str, port: int, users: dict[str, User] = USERS) -> None:
    """Serve the data in `path` until SIGTERM. Exits with 3 when the path is in use, with PORT_TAKEN when the port
    cannot be opened."""
    os.environ["TZ"] = "UTC"  # a time without a zone is UTC, wherever the machine stands
    time.tzset()
    try:
        engine = Engine(path)
    except (EngineError, OSError) as error:
        sys.stderr.write(f"the data in {path} cannot be opened: {error}\n")
        raise SystemExit(3) from None
    try:
        server = Server((host, port), engine, users)
    except OSError as error:
        sys.stderr.write(f"port {port} cannot be opened: {error}\n")
        raise SystemExit(PORT_TAKEN) from None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    sys.stdout.write(json.dumps({"port": server.server_address[1]}) + "\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.2)
    server.server_close()
    engine.close()
    # chdb's own threads may still be at work when the interpreter tears down; what was acknowledged is on disk
    logging.shutdown()
    os._exit(0)


def main() -> None:
    """Parse the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m clickhouse.embedded", description=__doc__)
    parser.add_argument("--path", type=Path, required=True, help="the folder of the data")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8123, help="0 for any free port")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    serve(arguments.path, arguments.host, arguments.port)


if __name__ == "__main__":
    main()
