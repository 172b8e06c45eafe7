"""ClickHouse for one machine: the engine (chdb) in a process of its own, behind ClickHouse's HTTP interface.

`python -m clickhouse.embedded --path DIR --port N` prints `{"port": N}` when it is ready and ends orderly on SIGTERM.
To clients it is ClickHouse: statements, parameters, settings, inserts in any format, errors with their codes, users
(`embedded_access`). Every request has a session of its own, closed afterwards, so a statement that fails half-way can
spoil nothing for the next. What an insert answers is on disk, also after kill -9.
"""

import argparse
import base64
import gzip
import json
import logging
import os
import re
import signal
import sys
import threading
import zlib
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import cramjam

from clickhouse.embedded_access import AccessDeniedError, User, check, user_of
from clickhouse.embedded_engine import Answer, Engine, EngineError, Request

logger = logging.getLogger(__name__)

MAX_BODY = 512 * 1024 * 1024
"""The largest request, in bytes."""

_STATUS = {
    60: HTTPStatus.NOT_FOUND, 81: HTTPStatus.NOT_FOUND, 46: HTTPStatus.NOT_FOUND, 47: HTTPStatus.NOT_FOUND,
    62: HTTPStatus.BAD_REQUEST, 115: HTTPStatus.BAD_REQUEST, 497: HTTPStatus.FORBIDDEN, 164: HTTPStatus.FORBIDDEN,
    516: HTTPStatus.FORBIDDEN, 159: HTTPStatus.REQUEST_TIMEOUT, 241: HTTPStatus.INSUFFICIENT_STORAGE,
}  # fmt: skip
_NOT_SETTINGS = frozenset(
    {
        "query", "database", "default_format", "user", "password", "session_id", "session_timeout", "session_check",
        "query_id", "client_protocol_version", "compress", "decompress", "quota_key", "role", "stacktrace",
        "buffer_size", "wait_end_of_query", "send_progress_in_http_headers", "http_headers_progress_interval_ms",
        "enable_http_compression", "http_zlib_compression_level", "add_http_cors_header",
        "cancel_http_readonly_queries_on_client_close", "client_name", "close_session",
    }
)  # fmt: skip
_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
    "zstd": lambda body: bytes(cramjam.zstd.decompress(body)),
    "lz4": lambda body: bytes(cramjam.lz4.decompress(body)),
    "br": lambda body: bytes(cramjam.brotli.decompress(body)),
}


class Handler(BaseHTTPRequestHandler):
    """One connection; requests follow each other on it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Server"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        body = self._body()
        if body is not None:
            self._answer(body)

    def _body(self) -> bytes | None:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            parts = []
            while size := int(self.rfile.readline().split(b";")[0].strip() or b"0", 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            body = b"".join(parts)
        else:
            length = int(self.headers.get("Content-Length") or 0)
            if length > MAX_BODY:
                self.close_connection = True
                told = f"the request has {length} bytes, {MAX_BODY} are allowed"
                self._refuse(EngineError(307, told, "TOO_MANY_BYTES"))
                return None
            body = self.rfile.read(length)
        encoding = self.headers.get("Content-Encoding", "").lower()
        if encoding and encoding != "identity":
            decode = _DECODERS.get(encoding)
            try:
                if decode is None:
                    raise ValueError(f"unknown encoding {encoding}")
                body = decode(body)
            except Exception as error:
                self._refuse(EngineError(354, f"the body cannot be decompressed: {error}", "ZLIB_INFLATE_FAILED"))
                return None
        return body

    def _answer(self, body: bytes) -> None:
        address = urlsplit(self.path)
        if address.path in ("/ping", "/replicas_status"):
            self._send(HTTPStatus.OK, b"Ok.\n", {"Content-Type": "text/html; charset=UTF-8"})
            return
        try:
            arguments = dict(parse_qsl(address.query, keep_blank_values=True))
            if "multipart/form-data" in self.headers.get("Content-Type", ""):
                fields = _form_fields(self.headers["Content-Type"], body)
                arguments |= {name: value.decode() for name, value in fields.items()}
                body = b""
            if not arguments.get("query") and not body:
                self._send(HTTPStatus.OK, b"Ok.\n", {"Content-Type": "text/html; charset=UTF-8"})
                return
            answer = self._run(arguments, body)
        except EngineError as error:
            self._refuse(error)
        except AccessDeniedError as error:
            self._refuse(EngineError(497, f"{error}", "ACCESS_DENIED"))
        else:
            self._deliver(arguments, answer)

    def _run(self, arguments: dict[str, str], body: bytes) -> Answer:
        user = self._user(arguments)
        query = arguments.get("query", "").encode()
        settings = {
            name: value
            for name, value in arguments.items()
            if name not in _NOT_SETTINGS and not name.startswith("param_")
        }
        request = Request(
            statement=query + b"\n" + body if query and body else query or body,
            database=self.headers.get("X-ClickHouse-Database") or arguments.get("database") or "default",
            format=self.headers.get("X-ClickHouse-Format") or arguments.get("default_format") or "TabSeparated",
            settings=settings,
            parameters={name[6:]: value for name, value in arguments.items() if name.startswith("param_")},
            protocol_version=int(arguments.get("client_protocol_version") or 0),
        )
        if user.read_only:
            request = check(user, request)
        return self.server.engine.run(request)

    def _user(self, arguments: dict[str, str]) -> User:
        name, password = "default", ""
        authorization = self.headers.get("Authorization", "")
        if authorization.startswith("Basic "):
            name, _, password = base64.b64decode(authorization[6:]).decode().partition(":")
        name = self.headers.get("X-ClickHouse-User") or arguments.get("user") or name
        password = self.headers.get("X-ClickHouse-Key") or arguments.get("password") or password
        user = user_of(name, password)
        if user is None:
            told = f"{name}: Authentication failed: password is incorrect, or there is no user with such name."
            raise EngineError(516, told, "AUTHENTICATION_FAILED")
        return user

    def _deliver(self, arguments: dict[str, str], answer: Answer) -> None:
        headers = {
            "Content-Type": answer.content_type,
            "X-ClickHouse-Format": answer.format,
            "X-ClickHouse-Timezone": "UTC",
            "X-ClickHouse-Server-Display-Name": "casestream",
            "X-ClickHouse-Query-Id": arguments.get("query_id", ""),
            "X-ClickHouse-Summary": json.dumps(
                {"read_rows": str(answer.rows_read), "written_rows": str(answer.rows_written)}
            ),
        }
        content = answer.content
        wants_gzip = "gzip" in self.headers.get("Accept-Encoding", "")
        if wants_gzip and arguments.get("enable_http_compression") == "1" and len(content) > 2_000:
            content = gzip.compress(content, 1)
            headers["Content-Encoding"] = "gzip"
        self._send(HTTPStatus.OK, content, headers)

    def _refuse(self, error: EngineError) -> None:
        other = HTTPStatus.INTERNAL_SERVER_ERROR if error.code == 1001 else HTTPStatus.BAD_REQUEST
        status = _STATUS.get(error.code, other)
        headers = {"X-ClickHouse-Exception-Code": str(error.code), "Content-Type": "text/plain; charset=UTF-8"}
        self._send(status, error.shown().encode(), headers)

    def _send(self, status: HTTPStatus, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        logger.debug(format, *args)


def _form_fields(content_type: str, body: bytes) -> dict[str, bytes]:
    """The fields of a multipart form, as clickhouse-connect sends long parameters."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None:
        raise EngineError(36, "a multipart form without a boundary", "BAD_ARGUMENTS")
    fields: dict[str, bytes] = {}
    for part in body.split(b"--" + found.group(1).encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]*)"', head)
        if name is not None:
            fields[name.group(1).decode()] = content.removesuffix(b"\r\n")
    return fields


class Server(ThreadingHTTPServer):
    """The front: a thread a connection, over one engine."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], engine: Engine) -> None:
        self.engine = engine
        super().__init__(address, Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        kind, error, _ = sys.exc_info()
        if kind is not None and not issubclass(kind, ConnectionError):
            logger.exception("a connection failed: %s", error)


def serve(path: Path, host: str, port: int) -> None:
    """Serve the data in `path` until SIGTERM. Exits with 3 when the path is in use or the port taken."""
    try:
        engine = Engine(path)
    except EngineError as error:
        sys.stderr.write(f"the data in {path} cannot be opened: {error.message}\n")
        raise SystemExit(3) from error
    try:
        server = Server((host, port), engine)
    except OSError as error:
        sys.stderr.write(f"port {port} cannot be opened: {error}\n")
        raise SystemExit(3) from error
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    signal.signal(signal.SIGINT, lambda *_: threading.Thread(target=server.shutdown).start())
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
