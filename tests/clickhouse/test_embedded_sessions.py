"""Sessions of the embedded server: known by name, and nothing that they would have to keep is lost in silence."""

import uuid
from collections.abc import Iterator

import clickhouse_connect
import pytest

from clickhouse.embedded_errors import EngineError
from clickhouse.embedded_sessions import Sessions
from clickhouse.store import Endpoint
from tests.clickhouse.talk import Talk


class Clock:
    """Seconds that pass when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    yield Clock()


def test_a_session_is_known_until_its_time_has_run_out(clock: Clock) -> None:
    sessions = Sessions(clock)
    sessions.enter("writer", {"session_id": "a", "session_timeout": "10"}, b"SELECT 1")
    clock.now = 9.0
    sessions.enter("writer", {"session_id": "a", "session_check": "1"}, b"SELECT 1")  # for 60 more
    clock.now = 68.0
    sessions.enter("writer", {"session_id": "a", "session_check": "1", "session_timeout": "1"}, b"SELECT 1")
    clock.now = 70.0
    with pytest.raises(EngineError) as refused:
        sessions.enter("writer", {"session_id": "a", "session_check": "1"}, b"SELECT 1")
    assert refused.value.code == 372


@pytest.mark.integration
def test_a_session_that_is_not_there_is_told(clickhouse_endpoint: Endpoint) -> None:
    talk, name = Talk(clickhouse_endpoint), str(uuid.uuid4())
    reply = talk("SELECT 1", session_id=name, session_check=1)
    assert reply.code == 372
    assert reply.text.endswith("(SESSION_NOT_FOUND)\n")
    assert talk("SELECT 1", session_id=name).text == "1\n"
    assert talk("SELECT 1", session_id=name, session_check=1).text == "1\n"
    assert Talk(clickhouse_endpoint, user="board")("SELECT 1", session_id=name, session_check=1).code == 372
    assert talk("SELECT 1", session_id=name, session_check=1, close_session=1).text == "1\n"
    assert talk("SELECT 1", session_id=name, session_check=1).code == 372


@pytest.mark.integration
@pytest.mark.parametrize(
    "statement",
    ["CREATE TEMPORARY TABLE t (a UInt8)", "create /* x */ temporary table t (a UInt8)", "SET max_threads = 1",
     "-- a note\nUSE system", "CREATE OR REPLACE TEMPORARY TABLE t (a UInt8)"],
)  # fmt: skip
def test_what_a_session_would_have_to_keep_is_refused(clickhouse_endpoint: Endpoint, statement: str) -> None:
    reply = Talk(clickhouse_endpoint)(statement, session_id="kept")
    assert (reply.status, reply.code) == (501, 48), reply.text


@pytest.mark.integration
@pytest.mark.parametrize("timeout", ["soon", "-1", "3601"])
def test_a_timeout_that_cannot_be_is_told(clickhouse_endpoint: Endpoint, timeout: str) -> None:
    assert Talk(clickhouse_endpoint)("SELECT 1", session_id="kept", session_timeout=timeout).code == 374


@pytest.mark.integration
def test_clickhouse_connect_works_in_the_session_that_it_makes(clickhouse_endpoint: Endpoint) -> None:
    client = clickhouse_connect.get_client(
        host=clickhouse_endpoint.host, port=clickhouse_endpoint.port, session_id="of-connect"
    )
    assert client.command("SELECT 1", settings={"max_threads": 1}) == 1
    with pytest.raises(Exception, match="NOT_IMPLEMENTED"):
        client.command("CREATE TEMPORARY TABLE t (a UInt8)")
    client.close()
