"""The embedded server speaks ClickHouse's HTTP interface: to curl, clickhouse-connect and anyone else."""

import gzip
import http.client
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import clickhouse_connect
import pyarrow as pa
import pytest

from clickhouse.store import Endpoint
from tests.conftest import start_clickhouse

pytestmark = pytest.mark.integration


def ask(
    endpoint: Endpoint, body: bytes | str = b"", headers: dict[str, str] | None = None, **arguments: str
) -> tuple[int, dict[str, str], bytes]:
    """One request, by hand."""
    connection = http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=30)
    data = body.encode() if isinstance(body, str) else body
    connection.request("POST", "/?" + urlencode(arguments), data, headers or {})
    answer = connection.getresponse()
    found = answer.status, dict(answer.headers), answer.read()
    connection.close()
    return found


@pytest.fixture(scope="module")
def table(clickhouse_endpoint: Endpoint) -> str:
    """An empty database with one table."""
    for statement in (
        "CREATE DATABASE IF NOT EXISTS proto",
        "CREATE TABLE IF NOT EXISTS proto.t (n UInt64, s String, at DateTime64(3, 'UTC') DEFAULT 0)"
        " ENGINE = MergeTree ORDER BY n",
    ):
        assert ask(clickhouse_endpoint, statement)[0] == 200
    return "proto.t"


def count(endpoint: Endpoint, where: str = "1") -> int:
    return int(ask(endpoint, f"SELECT count() FROM proto.t WHERE {where}")[2])


def test_ping(clickhouse_endpoint: Endpoint) -> None:
    connection = http.client.HTTPConnection(clickhouse_endpoint.host, clickhouse_endpoint.port)
    for _ in range(3):  # on one connection
        connection.request("GET", "/ping")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"Ok.\n")


def test_parameters_settings_database_and_format(clickhouse_endpoint: Endpoint, table: str) -> None:
    status, headers, body = ask(
        clickhouse_endpoint, "SELECT {a:String} AS a, {b:Array(UInt8)} AS b, getSetting('max_threads') AS threads",
        param_a="it's \\ here", param_b="[1,2]", max_threads="3", default_format="JSONEachRow",
    )  # fmt: skip
    assert status == 200, body
    assert json.loads(body) == {"a": "it's \\ here", "b": [1, 2], "threads": 3}
    assert headers["X-ClickHouse-Format"] == "JSONEachRow"
    assert ask(clickhouse_endpoint, "SELECT count() FROM t", database="proto")[0] == 200
    assert ask(clickhouse_endpoint, "SELECT 1 FORMAT JSONCompact")[2].startswith(b"{")


@pytest.mark.parametrize(
    ("statement", "status", "code", "name"),
    [
        ("SELECT * FROM proto.absent", 404, 60, "UNKNOWN_TABLE"),
        ("SELECT * FROM absent.t", 404, 81, "UNKNOWN_DATABASE"),
        ("SELEKT 1", 400, 62, "SYNTAX_ERROR"),
        ("SELECT throwIf(number = 2) FROM numbers(5)", 400, 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"),
    ],
)
def test_errors_have_clickhouses_codes(
    clickhouse_endpoint: Endpoint, table: str, statement: str, status: int, code: int, name: str
) -> None:
    found = ask(clickhouse_endpoint, statement)
    assert found[0] == status
    assert found[1]["X-ClickHouse-Exception-Code"] == str(code)
    assert found[2].startswith(f"Code: {code}. DB::Exception: ".encode())
    assert name.encode() in found[2]


def test_an_unknown_setting_is_an_error(clickhouse_endpoint: Endpoint) -> None:
    assert ask(clickhouse_endpoint, "SELECT 1", no_such_setting="1")[1]["X-ClickHouse-Exception-Code"] == "115"


def test_a_query_that_fails_half_way_spoils_nothing(clickhouse_endpoint: Endpoint) -> None:
    broken = "SELECT throwIf(number = 900000) FROM numbers(1000000) SETTINGS max_block_size = 1000"
    for _ in range(5):
        assert ask(clickhouse_endpoint, broken)[0] == 400
        assert ask(clickhouse_endpoint, "SELECT 'clean'")[2] == b"clean\n"


def test_inserts_in_json_arrow_native_and_values(clickhouse_endpoint: Endpoint, table: str) -> None:
    rows = b'{"n": 100, "s": "a"}\n{"n": 101, "s": "b; c"}\n'
    assert ask(clickhouse_endpoint, rows, query="INSERT INTO proto.t FORMAT JSONEachRow")[0] == 200
    assert ask(clickhouse_endpoint, b"INSERT INTO proto.t (n, s) FORMAT JSONEachRow\n" + rows)[0] == 200
    assert ask(clickhouse_endpoint, "INSERT INTO proto.t (n, s) VALUES (100, 'x'), (101, 'y')")[0] == 200
    packed = gzip.compress(rows)
    told = {"Content-Encoding": "gzip"}
    assert ask(clickhouse_endpoint, packed, told, query="INSERT INTO proto.t FORMAT JSONEachRow")[0] == 200
    arrow = pa.table({"s": ["p", "q"], "n": pa.array([100, 101], pa.uint64())})  # other order than the table's
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, arrow.schema) as writer:
        writer.write_table(arrow)
    assert ask(clickhouse_endpoint, sink.getvalue(), query="INSERT INTO proto.t FORMAT Arrow")[0] == 200
    native = ask(clickhouse_endpoint, "SELECT n, s FROM proto.t WHERE n >= 100 ORDER BY n, s FORMAT Native")[2]
    assert ask(clickhouse_endpoint, native, query="INSERT INTO proto.t (n, s) FORMAT Native")[0] == 200
    assert count(clickhouse_endpoint, "n IN (100, 101)") == 20
    assert count(clickhouse_endpoint, "s = 'b; c'") == 6


def test_a_bad_insert_names_its_fault_and_inserts_nothing(clickhouse_endpoint: Endpoint, table: str) -> None:
    rows = b'{"n": 500, "s": "a"}\n{"n": "no number"}\n'
    status, headers, _body = ask(clickhouse_endpoint, rows, query="INSERT INTO proto.t FORMAT JSONEachRow")
    assert status == 400
    assert int(headers["X-ClickHouse-Exception-Code"]) > 0
    assert count(clickhouse_endpoint, "n = 500") == 0


def test_chunked_bodies_and_compressed_answers(clickhouse_endpoint: Endpoint) -> None:
    connection = http.client.HTTPConnection(clickhouse_endpoint.host, clickhouse_endpoint.port)
    connection.request("POST", "/?enable_http_compression=1", iter([b"SELECT number ", b"FROM numbers(5000)"]),
                       {"Accept-Encoding": "gzip"}, encode_chunked=True)  # fmt: skip
    answer = connection.getresponse()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.read()).endswith(b"4999\n")


def test_clickhouse_connect_reads_and_writes(clickhouse_endpoint: Endpoint, table: str) -> None:
    client = clickhouse_connect.get_client(host=clickhouse_endpoint.host, port=clickhouse_endpoint.port)
    assert client.command("SELECT 1") == 1
    client.insert("proto.t", [[900, "x"], [901, "y"]], column_names=["n", "s"])
    found = client.query("SELECT n, s FROM proto.t WHERE n >= {low:UInt64} ORDER BY n", parameters={"low": 900})
    assert found.result_rows == [(900, "x"), (901, "y")]
    assert client.query("SELECT n, s FROM proto.t WHERE n = 123456").result_rows == []
    assert client.query_arrow("SELECT number FROM numbers(3)").num_rows == 3
    client.close()


@pytest.mark.parametrize("user", ["board", "analyst"])
@pytest.mark.parametrize(
    "attack",
    [
        "SELECT body FROM casestream.events", "SELECT * FROM casestream.rejects", "DROP TABLE proto.t",
        "INSERT INTO proto.t VALUES (1, 'x', 0)", "SELECT * FROM file('/etc/passwd', 'LineAsString')",
        "SELECT * FROM url('http://x/', CSV)",
        "SELECT file('/etc/passwd')", "INSERT INTO FUNCTION file('x.csv', 'CSV', 'a Int8') SELECT 1",
        "SELECT 1 INTO OUTFILE 'x'", "SELECT 1; DROP TABLE proto.t", "SET readonly = 0", "SELECT * FROM proto.t",
        "SELECT * FROM casestream.cases, casestream.events", "SELECT 1 WHERE 1 IN casestream.events",
        "WITH x AS (SELECT body FROM casestream.events) SELECT * FROM x", "SELECT * FROM merge('casestream', 'ev')",
        "SELECT * FROM remote('127.0.0.1', casestream.events)", "SELECT (SELECT any(body) FROM casestream.events)",
        "SELECT 1 SETTINGS additional_table_filters = {}", "SELECT * FROM system.processes",
        "SHOW CREATE TABLE proto.t",
        "SELECT * FROM casestream.record_states", "SELECT * FROM casestream.link_records", "SYSTEM SHUTDOWN",
        "SELECT * FROM (SELECT * FROM casestream.events)", "SELECT * FROM cluster('x', casestream.events)",
        "EXPLAIN SELECT * FROM casestream.events", "SELECT dictGet('x', 'y', 1)", "this is no statement",
    ],
)  # fmt: skip
def test_readers_are_refused_what_is_not_theirs(
    store: object, clickhouse_endpoint: Endpoint, user: str, attack: str
) -> None:
    status, headers, _body = ask(clickhouse_endpoint, attack, user=user)
    assert (status, headers["X-ClickHouse-Exception-Code"]) == (403, "497")


def test_readers_may_not_lift_their_limits(clickhouse_endpoint: Endpoint) -> None:
    for name in ("readonly", "additional_table_filters", "allow_ddl"):
        assert ask(clickhouse_endpoint, "SELECT 1", user="board", **{name: "0"})[0] == 403
    assert ask(clickhouse_endpoint, "SELECT number FROM numbers(200000)", user="board")[0] != 200


def test_readers_read_what_is_theirs(store: object, clickhouse_endpoint: Endpoint) -> None:
    for statement in (
        "SELECT count() FROM casestream.cases FINAL", "SELECT * FROM v_cases", "SELECT * FROM casestream.forces",
        "WITH x AS (SELECT 1 AS one) SELECT one FROM x", "SELECT count() FROM casestream.feed_messages",
        "SELECT name FROM system.tables WHERE database = 'casestream'", "SELECT 1",
        "SELECT quantileExactIf(0.5)(1, 1), countIf(1) FROM casestream.case_crimes FINAL SETTINGS join_use_nulls = 1",
    ):  # fmt: skip
        status, _headers, body = ask(clickhouse_endpoint, statement, user="board", database="casestream")
        assert status == 200, (statement, body)


def test_a_password_is_asked_for_where_one_is_set(tmp_path: Path) -> None:
    os.environ["CASESTREAM_CLICKHOUSE_BOARD_PASSWORD"] = "generated-for-a-test"
    try:
        process, port = start_clickhouse(tmp_path)
    finally:
        del os.environ["CASESTREAM_CLICKHOUSE_BOARD_PASSWORD"]
    try:
        there = Endpoint(port=port)
        assert ask(there, "SELECT 1", user="board")[1]["X-ClickHouse-Exception-Code"] == "516"
        assert ask(there, "SELECT 1", user="board", password="generated-for-a-test")[0] == 200
        assert ask(there, "SELECT 1", user="nobody")[1]["X-ClickHouse-Exception-Code"] == "516"
    finally:
        process.terminate()
        process.wait(20)


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    process, port = start_clickhouse(tmp_path)
    there = Endpoint(port=port)
    ask(there, "CREATE DATABASE kept")
    ask(there, "CREATE TABLE kept.t (n UInt64) ENGINE = MergeTree ORDER BY n SETTINGS fsync_after_insert = 1")
    for n in range(20):
        assert ask(there, f"INSERT INTO kept.t VALUES ({n})")[0] == 200
    os.kill(process.pid, signal.SIGKILL)
    process.wait(20)
    process, port = start_clickhouse(tmp_path)
    try:
        assert ask(Endpoint(port=port), "SELECT count() FROM kept.t")[2] == b"20\n"
    finally:
        process.terminate()
        process.wait(20)


def test_a_second_server_on_the_same_data_says_so(tmp_path: Path) -> None:
    process, _port = start_clickhouse(tmp_path)
    try:
        second = subprocess.run(
            [sys.executable, "-m", "clickhouse.embedded", "--path", str(tmp_path), "--port", "0"],
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert second.returncode == 3
        assert b"cannot be opened" in second.stderr
        assert b"Traceback" not in second.stderr
    finally:
        process.terminate()
        process.wait(20)


def test_a_folder_that_cannot_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    told = subprocess.run(
        [sys.executable, "-m", "clickhouse.embedded", "--path", str(tmp_path / "file" / "data"), "--port", "0"],
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert told.returncode == 3
    assert f"Not a directory: '{tmp_path}/file/data'".encode() in told.stderr
    assert b"Traceback" not in told.stderr
