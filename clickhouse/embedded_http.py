"""One connection to the embedded server: ClickHouse's HTTP interface, from the request's bytes to the answer's."""

import base64
import binascii
import json
import logging
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from itertools import chain
from tempfile import TemporaryFile
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from clickhouse.embedded_access import User, check_of, limited, user_of
from clickhouse.embedded_engine import Answer, Request
from clickhouse.embedded_errors import EngineError
from clickhouse.embedded_packing import UNPACK, UNPACK_LIMITED, encoding_of, packed
from clickhouse.same_machine import refusal

if TYPE_CHECKING:
    from clickhouse.embedded import Server

logger = logging.getLogger(__name__)

MAX_BODY = 512 * 1024 * 1024
"""The largest request of a writer, in bytes, before and after it is unpacked; a reader has MAX_READER_BODY."""
MAX_READER_BODY = 4 * 1024 * 1024
IDLE_SECONDS = 300.0
"""After so long without a byte a connection is closed, also one that does not take its answer."""
_FIRST_BYTES = 4 * 1024 * 1024
"""An answer up to this size is sent as one; a statement that fails before it is still answered with a status."""
_PACKED_FROM = 2_000
"""An answer up to this size is sent as it is."""

_NOT_SETTINGS = frozenset(
    {
        "query", "database", "default_format", "user", "password", "session_id", "session_timeout", "session_check",
        "query_id", "client_protocol_version", "compress", "decompress", "quota_key", "role", "stacktrace",
        "buffer_size", "wait_end_of_query", "send_progress_in_http_headers", "http_headers_progress_interval_ms",
        "enable_http_compression", "http_zlib_compression_level", "add_http_cors_header",
        "cancel_http_readonly_queries_on_client_close", "client_name", "close_session",
    }
)  # fmt: skip
_CONTENT_TYPES = {
    "JSON": "application/json; charset=UTF-8", "JSONCompact": "application/json; charset=UTF-8",
    "JSONEachRow": "application/x-ndjson; charset=UTF-8", "CSV": "text/csv; charset=UTF-8; header=absent",
    "CSVWithNames": "text/csv; charset=UTF-8; header=present", "Pretty": "text/plain; charset=UTF-8",
    "TabSeparated": "text/tab-separated-values; charset=UTF-8", "TSV": "text/tab-separated-values; charset=UTF-8",
    "TabSeparatedWithNames": "text/tab-separated-values; charset=UTF-8",
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """One connection; requests follow each other on it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    timeout = IDLE_SECONDS
    server: "Server"

    def do_GET(self) -> None:
        self._handle()

    def do_HEAD(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def _handle(self) -> None:
        self._begun = self._body_read = False
        address = urlsplit(self.path)
        try:
            self._refuse_pages_from_elsewhere()
            if address.path in ("/ping", "/replicas_status"):
                self._body(MAX_READER_BODY, readers=True)
                self._ok()
                return
            if address.path not in ("", "/", "/query"):
                self._body(MAX_READER_BODY, readers=True)
                told = f"There is no handle {address.path[:200]}: statements go to /, health checks to /ping\n"
                self._send(HTTPStatus.NOT_FOUND, told.encode(), {"Content-Type": "text/plain; charset=UTF-8"})
                return
            arguments = dict(parse_qsl(address.query, keep_blank_values=True))
            user = self._user(arguments)
            body = self._body(MAX_READER_BODY if user.read_only else MAX_BODY, readers=user.read_only)
            if "multipart/form-data" in self.headers.get("Content-Type", ""):
                fields = _form_fields(self.headers["Content-Type"], body)
                arguments |= {name: value.decode() for name, value in fields.items()}
                body = b""
            if not arguments.get("query") and not body.strip():
                self._ok()
                return
            request = self._request(arguments, body)
            if user.read_only:
                request = limited(user, request)
            self.server.sessions.enter(user.name, arguments, request.statement)
            with self.server.engine.run(request, check_of(user), reader=user.read_only) as answer:
                self._deliver(arguments, answer)
        except EngineError as error:
            self._refuse(error)
        except UnicodeDecodeError as error:
            self._refuse(EngineError(36, f"the request is not UTF-8: {error}", "BAD_ARGUMENTS"))

    def _refuse_pages_from_elsewhere(self) -> None:
        served = self.connection.getsockname()[0]
        refused = refusal(self.headers.get("Host", ""), self.headers.get("Origin", ""), served)
        if self.headers.get("Sec-Fetch-Site") == "cross-site":  # an image or a link: a browser names no Origin for it
            refused = "a page from elsewhere asks"
        if refused:
            raise EngineError(497, f"Not enough privileges: {refused}.", "ACCESS_DENIED")

    def _ok(self) -> None:
        self._send(HTTPStatus.OK, b"Ok.\n", {"Content-Type": "text/html; charset=UTF-8"})

    def _body(self, most: int, *, readers: bool) -> bytes:
        """The body of the request, unpacked; at most so many bytes."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            body = self._chunks(most)
        else:
            size = _number(self.headers.get("Content-Length") or "0", 10)
            if most < size <= MAX_BODY:
                self._pass_over(size)
            body = self._whole(self._checked(size, most))
        self._body_read = True
        encoding = self.headers.get("Content-Encoding", "").lower()
        if encoding in ("", "identity"):
            return body
        unpack = UNPACK.get(encoding)
        if unpack is None or (readers and encoding not in UNPACK_LIMITED):
            raise EngineError(48, f"Content-Encoding {encoding} is not taken", "NOT_IMPLEMENTED")
        try:
            unpacked = unpack(body, most)
        except Exception as error:
            raise EngineError(354, f"the body cannot be unpacked: {error}", "ZLIB_INFLATE_FAILED") from error
        self._checked(len(unpacked), most)
        return unpacked

    def _whole(self, size: int) -> bytes:
        """So many bytes. Of a client that ends before its data do, what has come must not be taken for all of them: to
        most formats it looks whole."""
        content = self.rfile.read(size)
        if len(content) < size:
            told = f"Cannot read all data: the request ends after {len(content)} of {size} bytes"
            raise EngineError(33, told, "CANNOT_READ_ALL_DATA")
        return content

    def _pass_over(self, size: int) -> None:
        """Read a body that is too large without keeping it: a client reads its answer when it has sent it all."""
        while size > 0 and (part := self.rfile.read(min(size, 65_536))):
            size -= len(part)

    def _chunks(self, most: int) -> bytes:
        body = bytearray()
        while size := _number(self.rfile.readline(1_024).split(b";")[0].decode("latin-1").strip(), 16):
            self._checked(len(body) + size, most)
            body += self._whole(size)
            self.rfile.readline(1_024)
        while self.rfile.readline(65_536) not in (b"\r\n", b"\n", b""):
            pass  # trailers
        return bytes(body)

    def _checked(self, size: int, most: int) -> int:
        if not 0 <= size <= most:
            raise EngineError(307, f"the request has {size} bytes, {most} are allowed", "TOO_MANY_BYTES")
        return size

    def _request(self, arguments: dict[str, str], body: bytes) -> Request:
        for name in ("compress", "decompress"):
            if arguments.get(name) == "1":
                told = f"{name}=1, ClickHouse's own framing, is not served: use Content-Encoding and Accept-Encoding"
                raise EngineError(48, told, "NOT_IMPLEMENTED")
        query = arguments.get("query", "").encode()
        settings = {
            name: value
            for name, value in arguments.items()
            if name not in _NOT_SETTINGS and not name.startswith("param_")
        }
        if self.command != "POST" and settings.get("readonly", "0") == "0":
            settings["readonly"] = "2"  # as ClickHouse does: a link must not change anything
        return Request(
            statement=query + (b"" if query.endswith(b"\n") else b"\n") + body if query and body else query or body,
            database=self.headers.get("X-ClickHouse-Database") or arguments.get("database") or "default",
            format=self.headers.get("X-ClickHouse-Format") or arguments.get("default_format") or "TabSeparated",
            settings=settings,
            parameters={name[6:]: value for name, value in arguments.items() if name.startswith("param_")},
            protocol_version=_number(arguments.get("client_protocol_version") or "0", 10),
        )

    def _user(self, arguments: dict[str, str]) -> User:
        name, password = "default", ""
        authorization = self.headers.get("Authorization", "")
        if authorization.startswith("Basic "):
            with suppress(binascii.Error, UnicodeDecodeError):
                name, _, password = base64.b64decode(authorization[6:]).decode().partition(":")
        name = self.headers.get("X-ClickHouse-User") or arguments.get("user") or name
        password = self.headers.get("X-ClickHouse-Key") or arguments.get("password") or password
        user = user_of(name, password, self.server.users)
        if user is None:
            told = f"{name}: Authentication failed: password is incorrect, or there is no user with such name."
            raise EngineError(516, told, "AUTHENTICATION_FAILED")
        return user

    def _deliver(self, arguments: dict[str, str], answer: Answer) -> None:
        """Send an answer: a small one as a whole, a large one in chunks as the engine makes them."""
        pieces = iter(answer.pieces)
        first: list[bytes] = []
        size = 0
        for piece in pieces:
            first.append(piece)
            size += len(piece)
            if size > _FIRST_BYTES:
                break
        else:
            pieces = iter(())
        headers = {
            "Content-Type": _CONTENT_TYPES.get(answer.format, "application/octet-stream"),
            "X-ClickHouse-Format": answer.format,
            "X-ClickHouse-Timezone": self.server.engine.zone,
            "X-ClickHouse-Server-Display-Name": "casestream",
            "X-ClickHouse-Query-Id": _plain(arguments.get("query_id", "")) or str(uuid.uuid4()),
            "X-ClickHouse-Summary": json.dumps({"written_rows": str(answer.rows_written)}),
        }
        whole: Iterator[bytes] = chain(first, pieces)
        asked = arguments.get("enable_http_compression") == "1" and size > _PACKED_FROM
        if asked and (encoding := encoding_of(self.headers.get("Accept-Encoding", ""))):
            headers["Content-Encoding"] = encoding
            whole = packed(encoding, whole)
        if size <= _FIRST_BYTES:
            self._send(HTTPStatus.OK, b"".join(whole), headers)
        elif self.command == "HEAD" or arguments.get("wait_end_of_query") == "1":
            self._send_at_its_end(headers, whole)
        else:
            self._send_chunks(headers, whole)

    def _send_at_its_end(self, headers: dict[str, str], pieces: Iterator[bytes]) -> None:
        """An answer whose length and success are known before its status is sent; it waits in a file of no name."""
        with TemporaryFile() as waiting:
            for piece in pieces:
                waiting.write(piece)
            self._headers(HTTPStatus.OK, {**headers, "Content-Length": str(waiting.tell())})
            waiting.seek(0)
            if self.command != "HEAD":
                shutil.copyfileobj(waiting, self.wfile)

    def _send_chunks(self, headers: dict[str, str], pieces: Iterator[bytes]) -> None:
        chunked = self.request_version != "HTTP/1.0"
        self._headers(HTTPStatus.OK, {**headers, "Transfer-Encoding": "chunked" if chunked else ""})
        self.close_connection = self.close_connection or not chunked

        def send(piece: bytes) -> None:
            if piece:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)

        try:
            for piece in pieces:
                send(piece)
        except EngineError as error:
            # the status is sent: a connection that ends within its answer is how the client learns of it, and of the
            # reason at the end of what it has got, as ClickHouse puts it there
            logger.warning("an answer broke off: %s", error.shown().strip())
            if "Content-Encoding" not in headers:
                send(error.shown().encode())
            self.close_connection = True
            return
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _refuse(self, error: EngineError) -> None:
        if self._begun:
            self.close_connection = True
            return
        if not self._body_read:
            self.close_connection = True  # what follows on the connection is the rest of the body
        headers = {"X-ClickHouse-Exception-Code": str(error.code), "Content-Type": "text/plain; charset=UTF-8"}
        self._send(error.status, error.shown().encode(), headers)

    def _send(self, status: HTTPStatus, content: bytes, headers: dict[str, str]) -> None:
        self._headers(status, {**headers, "Content-Length": str(len(content))})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _headers(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self._begun = True
        self.send_response(status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        logger.debug(format, *args)


def _number(text: str, base: int) -> int:
    try:
        return int(text, base)
    except ValueError as error:
        raise EngineError(36, f"{text[:40]!r} is no number", "BAD_ARGUMENTS") from error


def _plain(text: str) -> str:
    return re.sub(r"[^\w.:-]", "", text, flags=re.ASCII)[:200]


def _form_fields(content_type: str, body: bytes) -> dict[str, bytes]:
    """The fields of a multipart form, as clickhouse-connect sends long parameters."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None:
        raise EngineError(36, "a multipart form without a boundary", "BAD_ARGUMENTS")
    fields: dict[str, bytes] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + found.group(1).encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]*)"', head)
        if name is not None:
            fields[name.group(1).decode()] = content
    return fields
