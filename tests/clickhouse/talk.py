"""One HTTP connection to the embedded server that is kept open, as one user."""

import http.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from clickhouse.store import Endpoint


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def code(self) -> int:
        """ClickHouse's error code; 0 for none."""
        return int(self.headers.get("x-clickhouse-exception-code", "0"))

    @property
    def text(self) -> str:
        return self.body.decode()


class Talk:
    """Sends statements, one after the other. http.client opens the connection again where the server closed it."""

    def __init__(self, endpoint: Endpoint, user: str = "writer", database: str = "default") -> None:
        self._connection = http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=30)
        self._common = {"user": user, "database": database}

    def __call__(
        self,
        statement: str | bytes,
        data: bytes | Iterable[bytes] | None = None,
        *,
        method: str = "POST",
        headers: Mapping[str, str] = {},
        **arguments: object,
    ) -> Reply:
        """A statement in the body; with `data` (or GET) it is in the address, and the data are the body. Data in
        parts are sent chunked."""
        told = {**self._common, **{name: str(value) for name, value in arguments.items()}}
        text = statement if isinstance(statement, bytes) else statement.encode()
        if (data is not None or method == "GET") and text:
            told["query"] = text.decode()
        body = data if data is not None else None if method == "GET" else text
        parts = body is not None and not isinstance(body, bytes)
        sent = {**headers, "Transfer-Encoding": "chunked"} if parts else dict(headers)
        self._connection.request(method, "/?" + urlencode(told), body, sent, encode_chunked=parts)
        got = self._connection.getresponse()
        return Reply(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
