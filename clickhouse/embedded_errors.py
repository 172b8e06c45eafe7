"""ClickHouse's errors, from what chdb raises to what the HTTP interface answers."""

import re
from http import HTTPStatus

_PREFIX = re.compile(r"\s*(?:Streaming [a-z ]+ failed: )?Code: (\d+)\. (?:DB::Exception: )?")
_SUFFIX = re.compile(r"\.?\s*\((?:version [^()]*(?:\([^()]*\))?|([A-Z][A-Z0-9_]+))\)\s*\Z")

_NOT_FOUND = (26, 46, 47, 50, 56, 60, 63, 64, 73, 75, 78, 81, 115, 137)  # unknown table, database, setting, format ...
_FORBIDDEN = (164, 192, 193, 195, 497, 516)
_BAD_REQUEST = (
    2, 6, 7, 8, 9, 10, 19, 20, 25, 26, 27, 33, 34, 35, 36, 37, 38, 40, 41, 42, 43, 53, 59, 62, 69, 70, 72, 117, 130,
    153, 183, 184, 190, 207, 321, 349, 386, 395, 420, 441, 456, 457, 467, 675,
)  # fmt: skip
_STATUS = {
    **dict.fromkeys(_BAD_REQUEST, HTTPStatus.BAD_REQUEST),
    **dict.fromkeys(_NOT_FOUND, HTTPStatus.NOT_FOUND),
    **dict.fromkeys(_FORBIDDEN, HTTPStatus.FORBIDDEN),
    48: HTTPStatus.NOT_IMPLEMENTED,
    159: HTTPStatus.REQUEST_TIMEOUT,
    194: HTTPStatus.UNAUTHORIZED,
    202: HTTPStatus.SERVICE_UNAVAILABLE,
    307: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


class EngineError(RuntimeError):
    """ClickHouse's error: its code, message and name."""

    def __init__(self, code: int, message: str, name: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.name = name or "UNKNOWN_EXCEPTION"

    @property
    def status(self) -> HTTPStatus:
        """The HTTP status with which ClickHouse answers this code."""
        return _STATUS.get(self.code, HTTPStatus.INTERNAL_SERVER_ERROR)

    def shown(self) -> str:
        """As ClickHouse's HTTP interface writes it."""
        return f"Code: {self.code}. DB::Exception: {self.message} ({self.name})\n"


def error_of(error: Exception) -> EngineError:
    """chdb's exception as ClickHouse's error. chdb repeats code, name and version once for each layer that the error
    went through: they are taken off."""
    if isinstance(error, EngineError):
        return error
    text = str(error).strip()
    code = 0
    while found := _PREFIX.match(text):
        code = int(found.group(1))
        text = text[found.end() :]
    if not code:
        return EngineError(1001, text, "STD_EXCEPTION")
    name = ""
    while found := _SUFFIX.search(text):
        name = found.group(1) or name
        text = text[: found.start()]
    return EngineError(code, text.strip(), name)
