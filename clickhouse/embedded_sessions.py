"""Sessions of the HTTP interface, as far as they are served: their names are known for as long as a server knows them.

Clients send a `session_id` also where they need none (clickhouse-connect does by default), so it is taken. What a
session would keep for a later request, settings, the database and temporary tables, is not kept: the statements that
would make it are refused in a session, so that nothing is lost in silence.
"""

import re
import threading
import time
from collections.abc import Callable, Mapping

from clickhouse.embedded_engine import COMMENTS
from clickhouse.embedded_errors import EngineError

_DEFAULT_SECONDS, _MAX_SECONDS = 60, 3_600
_KEPT = re.compile(
    COMMENTS + rf"(?:SET|USE|(?:CREATE|ATTACH){COMMENTS}(?:OR{COMMENTS}REPLACE{COMMENTS})?TEMPORARY)\b",
    re.IGNORECASE | re.DOTALL,
)


class Sessions:
    """The sessions that requests of late have named, each a user's own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()

    def enter(self, user: str, arguments: Mapping[str, str], statement: bytes) -> None:
        """Note the session of a request, if it names one. Raises EngineError for `session_check` on one that is not
        there, a timeout that cannot be, and a statement whose effect would have to be kept."""
        name = arguments.get("session_id", "")
        if not name:
            return
        seconds = _seconds(arguments.get("session_timeout") or str(_DEFAULT_SECONDS))
        with self._lock:
            now = self._clock()
            self._until = {key: until for key, until in self._until.items() if until > now}
            if arguments.get("session_check") == "1" and (user, name) not in self._until:
                raise EngineError(372, f"Session {name[:100]} not found", "SESSION_NOT_FOUND")
            self._until[user, name] = now + seconds
            if arguments.get("close_session") == "1":
                del self._until[user, name]
        if _KEPT.match(statement[:4_096].decode(errors="replace")):
            told = "SET, USE and temporary tables in a session: nothing is kept here from one request to the next"
            raise EngineError(48, told, "NOT_IMPLEMENTED")


def _seconds(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise EngineError(374, f"Invalid session timeout: '{text[:40]}'", "INVALID_SESSION_TIMEOUT")
    if int(text) > _MAX_SECONDS:
        told = f"Session timeout '{text}' is larger than max_session_timeout: {_MAX_SECONDS}"
        raise EngineError(374, told, "INVALID_SESSION_TIMEOUT")
    return int(text)
