"""The embedded server speaks ClickHouse's HTTP interface."""

import gzip
import http.client
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlencode

import cramjam
import pyarrow as pa
import pytest

from clickhouse.store import Endpoint
from tests.clickhouse.talk import Talk

pytestmark = pytest.mark.integration

_BREAKS_OFF = "SELECT number, throwIf(number = 9000000) FROM numbers(10000000) FORMAT RowBinary"
"""A query that fails behind the beginning of its answer."""


@pytest.fixture
def talk(clickhouse_endpoint: Endpoint) -> Talk:
    """The writer in a database of its own, with a table."""
    talk = Talk(clickhouse_endpoint, database="front")
    talk("CREATE DATABASE IF NOT EXISTS front", database="default")
    talk("CREATE TABLE IF NOT EXISTS cases (case_id String, values UInt8) ENGINE = MergeTree ORDER BY case_id")
    return talk


def test_ping_and_an_empty_request_are_ok(talk: Talk) -> None:
    assert talk("").text == "Ok.\n"


def test_a_path_that_is_not_there_is_not_found(clickhouse_endpoint: Endpoint) -> None:
    connection = http.client.HTTPConnection(clickhouse_endpoint.host, clickhouse_endpoint.port, timeout=30)
    for path, status in (("/nope", 404), ("/play?query=SELECT+1", 404), ("/query?query=SELECT+1", 200), ("/", 200)):
        connection.request("GET", path)
        reply = connection.getresponse()
        assert (reply.status, path in reply.read().decode()) == (status, path == "/nope")


def test_query_in_the_body_or_in_the_address(talk: Talk) -> None:
    assert talk("SELECT 1").text == "1\n"
    assert talk("SELECT 2", method="GET").text == "2\n"
    assert talk("SELECT ", b"3").text == "3\n"


def test_a_connection_is_kept_over_answers_and_errors(talk: Talk) -> None:
    assert [talk("SELECT 1").status, talk("SELECT nope").status, talk("SELECT 1").status] == [200, 404, 200]


def test_get_changes_nothing(talk: Talk) -> None:
    assert talk("INSERT INTO cases VALUES ('x', 1)", method="GET").code == 164


def test_parameters_keep_every_character(talk: Talk) -> None:
    for text in ("O'Brien", 'a "b"', "é ü 你", "a b%2Fc&d", "{x:String}"):
        reply = talk("SELECT {x:String} AS x FORMAT JSONEachRow", param_x=text)
        assert json.loads(reply.body) == {"x": text}


def test_a_parameter_may_be_longer_than_a_statement(talk: Talk) -> None:
    keys = "[" + ",".join(map(str, range(100_000))) + "]"
    body, content_type = _form({"query": "SELECT length({keys:Array(UInt64)})", "param_keys": keys})
    assert talk("", body, headers={"Content-Type": content_type}).text == "100000\n"


def test_settings_in_the_address_hold_for_their_query_only(talk: Talk) -> None:
    assert talk("SELECT getSetting('max_threads')", max_threads=1).text == "1\n"
    assert talk("SELECT sleep(2)", max_execution_time=1).code == 159
    assert talk("SELECT 1 + 1 + 1 + 1", max_query_size=10).code == 62
    assert talk("SELECT length('" + "x" * 300_000 + "')", max_query_size=1_000_000).text == "300000\n"
    assert talk("CREATE TABLE forbidden (a UInt8) ENGINE = Memory", readonly=1).code == 164
    assert talk("SELECT 1", no_such_setting=1).code == 115


def test_the_database_of_each_query_is_honoured(clickhouse_endpoint: Endpoint, talk: Talk) -> None:
    assert talk("SELECT count() FROM cases").status == 200
    assert talk("SELECT database()", database="system").text == "system\n"
    assert talk("SELECT database()", headers={"X-ClickHouse-Database": "system"}).text == "system\n"
    assert Talk(clickhouse_endpoint)("SELECT count() FROM cases").code == 60
    assert talk("SELECT 1", database="no`pe").code == 81


@pytest.mark.parametrize(
    ("statement", "status", "code", "name"),
    [
        ("SELECT * FROM nope", 404, 60, "UNKNOWN_TABLE"),
        ("SELECT nope", 404, 47, "UNKNOWN_IDENTIFIER"),
        ("SELEC 1", 400, 62, "SYNTAX_ERROR"),
        ("SELECT 1; SELECT 2", 400, 62, "SYNTAX_ERROR"),
        ("SELECT throwIf(1)", 400, 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"),
        ("SELECT {x:UInt8}", 400, 456, "UNKNOWN_QUERY_PARAMETER"),
        ("SELECT 1 FORMAT Nope", 404, 73, "UNKNOWN_FORMAT"),
        ("INSERT INTO nope FORMAT CSV\n1", 404, 60, "UNKNOWN_TABLE"),
        (b"SELECT '\xff'", 400, 62, "SYNTAX_ERROR"),
    ],
)
def test_errors_have_clickhouse_s_status_code_and_text(
    talk: Talk, statement: str | bytes, status: int, code: int, name: str
) -> None:
    reply = talk(statement)
    assert (reply.status, reply.code) == (status, code)
    assert reply.text.startswith(f"Code: {code}. DB::Exception: ")
    assert reply.text.endswith(f"({name})\n")
    assert reply.text.count("DB::Exception") == 1


def test_formats(talk: Talk) -> None:
    assert talk("SELECT 1 AS a", default_format="JSONEachRow").text == '{"a":1}\n'
    assert talk("SELECT 1 AS a", headers={"X-ClickHouse-Format": "CSVWithNames"}).text == '"a"\n1\n'
    reply = talk("SELECT 1 AS a FORMAT JSON")
    assert reply.headers["x-clickhouse-format"] == "JSON"
    assert reply.headers["content-type"].startswith("application/json")
    assert json.loads(reply.body)["data"] == [{"a": 1}]


def test_native_without_rows_names_its_columns(talk: Talk) -> None:
    reply = talk("SELECT 1 AS a, 'x' AS `b'c` WHERE 0 FORMAT Native;")
    assert reply.body == b"\x02\x00\x01a\x05UInt8\x03b'c\x06String"


def test_a_large_answer_comes_in_chunks_and_is_whole(talk: Talk) -> None:
    reply = talk("SELECT number FROM numbers(1000000) FORMAT RowBinary")
    assert reply.headers["transfer-encoding"] == "chunked"
    assert len(reply.body) == 8_000_000
    assert reply.body[-8:] == (999_999).to_bytes(8, "little")


@pytest.mark.parametrize("rows", [10, 1_000_000])
@pytest.mark.parametrize(
    ("taken", "encoding", "unpack"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("lz4;q=0.5, gzip", "lz4", cramjam.lz4.decompress),
        ("gzip, deflate, br, zstd", "zstd", cramjam.zstd.decompress),
    ],
)
def test_packed_answers_where_they_are_asked_for(
    talk: Talk, rows: int, taken: str, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    statement = f"SELECT number, 'some text' FROM numbers({rows}) FORMAT TSV"
    plain = talk(statement).body
    reply = talk(statement, headers={"Accept-Encoding": taken}, enable_http_compression=1)
    assert reply.headers.get("content-encoding") == (encoding if rows > 100 else None)
    assert (bytes(unpack(reply.body)) if rows > 100 else reply.body) == plain
    assert "content-encoding" not in talk(statement, headers={"Accept-Encoding": taken}).headers


def test_an_encoding_that_the_client_does_not_take_is_not_sent(talk: Talk) -> None:
    for taken in ("gzip;q=0, identity", "br", ""):
        headers = {"Accept-Encoding": taken}
        reply = talk("SELECT number FROM numbers(10000)", headers=headers, enable_http_compression=1)
        assert "content-encoding" not in reply.headers


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("zstd", lambda body: bytes(cramjam.zstd.compress(body))),
        ("lz4", lambda body: bytes(cramjam.lz4.compress(body))),
        ("br", lambda body: bytes(cramjam.brotli.compress(body))),
    ],
)
def test_packed_requests(talk: Talk, encoding: str, pack: object) -> None:
    packed = pack(b"SELECT 'packed'")  # type: ignore[operator]
    assert talk(packed, headers={"Content-Encoding": encoding}).text == "packed\n"


def test_what_cannot_be_unpacked_is_refused(talk: Talk) -> None:
    assert talk(b"SELECT 1", headers={"Content-Encoding": "gzip"}).code == 354
    assert talk(b"SELECT 1", headers={"Content-Encoding": "nope"}).code == 48
    assert talk(b"SELECT 1", compress=1).code == 48
    assert talk("SELECT 1").text == "1\n"


def test_packed_members_that_follow_one_another_are_all_read(talk: Talk) -> None:
    packed = gzip.compress(b"SELECT 1") + gzip.compress(b"") + gzip.compress(b" + 2")
    assert talk(packed, headers={"Content-Encoding": "gzip"}).text == "3\n"
    assert talk(packed, headers={"Content-Encoding": "gzip"}, user="board").text == "3\n"
    for spoilt in (packed + b"rest", packed[:-1], packed[:-30]):
        assert talk(spoilt, headers={"Content-Encoding": "gzip"}).code == 354


@pytest.mark.parametrize("framed", ["Content-Length: 100\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n64\r\n"])
def test_data_of_a_client_that_ends_before_they_do_are_not_inserted(
    clickhouse_endpoint: Endpoint, talk: Talk, framed: str
) -> None:
    talk("CREATE OR REPLACE TABLE cut (n UInt64) ENGINE = MergeTree ORDER BY n")
    address = "/?" + urlencode({"database": "front", "query": "INSERT INTO cut FORMAT JSONEachRow"})
    with socket.create_connection((clickhouse_endpoint.host, clickhouse_endpoint.port), timeout=30) as client:
        client.sendall(f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{framed}".encode() + b'{"n":1}\n{"n":2}\n')
        client.shutdown(socket.SHUT_WR)
        told = client.makefile("rb").read()
    assert b"X-ClickHouse-Exception-Code: 33\r\n" in told
    assert b"the request ends after 16 of 100 bytes" in told
    assert talk("SELECT count() FROM cut").text == "0\n"


def test_a_chunked_request(talk: Talk) -> None:
    def parts() -> Iterator[bytes]:
        yield b"SELECT "
        yield b"4 + 1"

    assert talk("", parts()).text == "5\n"
    assert talk("SELECT 6").text == "6\n"


def test_a_failure_half_way_does_not_spoil_the_next_query(talk: Talk) -> None:
    for _ in range(3):
        assert talk("SELECT throwIf(number = 500000) FROM numbers(1000000) SETTINGS max_block_size = 1000").code == 395
        assert talk("SELECT 'clean'").text == "clean\n"


def test_a_failure_behind_the_first_chunk_breaks_the_answer_off(clickhouse_endpoint: Endpoint, talk: Talk) -> None:
    broken = Talk(clickhouse_endpoint)
    with pytest.raises(http.client.IncompleteRead) as told:
        broken(_BREAKS_OFF)
    assert b"Code: 395. DB::Exception: Value passed to 'throwIf'" in told.value.partial[-400:]
    assert talk("SELECT 'clean'").text == "clean\n"


def test_who_waits_for_the_end_of_a_query_gets_its_status(talk: Talk) -> None:
    assert talk(_BREAKS_OFF, wait_end_of_query=1).code == 395
    whole = "SELECT number FROM numbers(1000000) FORMAT RowBinary"
    reply = talk(whole, wait_end_of_query=1)
    assert (reply.headers["content-length"], len(reply.body)) == ("8000000", 8_000_000)
    packed = talk(whole, wait_end_of_query=1, enable_http_compression=1, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == reply.body


def test_head_has_no_body_however_large_the_answer(clickhouse_endpoint: Endpoint) -> None:
    with socket.create_connection((clickhouse_endpoint.host, clickhouse_endpoint.port), timeout=30) as client:
        for rows in (1, 1_000_000):
            query = urlencode({"query": f"SELECT number FROM numbers({rows}) FORMAT RowBinary"})
            client.sendall(f"HEAD /?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        client.sendall(b"GET /?query=SELECT+%27next%27 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        told = client.makefile("rb").read()
    assert told.count(b"HTTP/1.1 200 OK\r\n") == 3
    assert b"Content-Length: 8000000\r\n\r\nHTTP/1.1 200 OK\r\n" in told
    assert told.endswith(b"\r\n\r\nnext\n")


def test_totals_and_extremes_are_behind_the_rows(talk: Talk) -> None:
    totals = "SELECT number % 2 AS k, count() FROM numbers(4) GROUP BY k WITH TOTALS ORDER BY k FORMAT "
    assert talk(totals + "TSV").text == "0\t2\n1\t2\n\n0\t4\n"
    assert talk(totals + "CSV").text == "0,2\n1,2\n\n0,4\n"
    assert talk(totals + "CSV", user="board").text == "0,2\n1,2\n\n0,4\n"
    assert talk("SELECT number FROM numbers(3)", extremes=1).text == "0\n1\n2\n\n0\n2\n"


def test_a_client_that_goes_away_ends_its_query_and_nothing_else(clickhouse_endpoint: Endpoint, talk: Talk) -> None:
    statement = b"SELECT number FROM numbers(100000000000) FORMAT RowBinary"
    head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(statement)
    for taken in (100, 20_000_000):
        with socket.create_connection((clickhouse_endpoint.host, clickhouse_endpoint.port)) as gone:
            gone.sendall(head + statement)
            left = taken
            while left > 0:
                left -= len(gone.recv(65_536))
    shown = "query LIKE '%100000000' || '000)%' AND query NOT LIKE '%LIKE%'"
    running = f"SELECT count() FROM system.processes WHERE {shown}"
    deadline = time.monotonic() + 10
    while talk(running).text != "0\n" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert talk(running).text == "0\n"


def test_queries_run_in_parallel(clickhouse_endpoint: Endpoint) -> None:
    def sleep() -> None:
        assert Talk(clickhouse_endpoint)("SELECT sleep(1)").status == 200

    threads = [threading.Thread(target=sleep) for _ in range(6)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - started < 5.5  # one after the other they would take six seconds


def test_readers_that_do_not_take_their_answers_keep_no_writer_waiting(
    clickhouse_endpoint: Endpoint, talk: Talk
) -> None:
    query = urlencode({"user": "board", "query": "SELECT repeat('x', 1000) FROM numbers(100000) FORMAT TSV"})
    with ExitStack() as opened:
        for _ in range(30):
            where = (clickhouse_endpoint.host, clickhouse_endpoint.port)
            reader = opened.enter_context(socket.create_connection(where, timeout=30))
            reader.sendall(f"GET /?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(1.0)
        started = time.monotonic()
        assert talk("INSERT INTO cases VALUES ('while boards are read', 1)").status == 200
        assert time.monotonic() - started < 10
    assert talk("SELECT 1", user="board").text == "1\n"


def test_a_result_that_is_too_large_to_hold_is_refused(talk: Talk) -> None:
    assert talk("SELECT repeat(toString(number), 100) FROM numbers(1000000) FORMAT JSON").code == 396


def test_users(clickhouse_endpoint: Endpoint, talk: Talk) -> None:
    assert Talk(clickhouse_endpoint, user="nobody")("SELECT 1").code == 516
    assert talk("SELECT 1", user="", headers={"Authorization": "Basic bm9ib2R5Og=="}).code == 516
    assert talk("SELECT 1", user="", headers={"Authorization": "Basic !!"}).code == 516
    assert talk("SELECT 1", user="", headers={"X-ClickHouse-User": "board"}).text == "1\n"


def test_inserts_find_where_their_data_begin(talk: Talk) -> None:
    talk("TRUNCATE TABLE cases")
    assert talk("INSERT INTO cases (values, case_id) FORMAT RowBinary", b"\x20\x01\xff").status == 200
    assert talk("INSERT INTO `front` . \"cases\" FORMAT RowBinary\n", b"\x01\n\x07").status == 200
    assert talk("-- a note\nINSERT INTO TABLE cases(case_id) FORMAT TSV\nSELECT").status == 200
    assert talk("INSERT INTO cases SETTINGS async_insert = 1 VALUES", b"('v', 1), ('; SELECT 1', 2)").status == 200
    assert talk("INSERT INTO cases FORMAT Values ('w', 3)").status == 200
    assert talk("INSERT INTO cases SELECT 'FORMAT', 4").status == 200
    told = "INSERT INTO cases SELECT a, b FROM input('a String, b UInt8') FORMAT CSV"
    assert talk(told, b"i,5\n").code == 48
    assert talk("INSERT INTO cases FORMAT Native", b"").status == 200
    assert talk("INSERT INTO cases FORMAT ArrowStream", b"").status == 200
    reply = talk("SELECT hex(case_id), values FROM cases ORDER BY values, case_id FORMAT Values")
    wanted = [("SELECT", 0), ("v", 1), ("; SELECT 1", 2), ("w", 3), ("FORMAT", 4), ("\n", 7)]
    shown = [f"('{text.encode().hex().upper()}',{value})" for text, value in wanted]
    assert reply.text == ",".join([*shown, "('FF',32)"])


def test_an_insert_tells_how_many_rows_it_wrote_and_makes_one_part(talk: Talk) -> None:
    talk("CREATE OR REPLACE TABLE many (n UInt64) ENGINE = MergeTree ORDER BY n")
    native = talk("SELECT number AS n FROM numbers(300000) FORMAT Native").body
    reply = talk("INSERT INTO many FORMAT Native", native)
    assert json.loads(reply.headers["x-clickhouse-summary"])["written_rows"] == "300000"
    assert talk("SELECT count() FROM system.parts WHERE database = 'front' AND table = 'many' AND active").text == "1\n"


def test_arrow_streams_of_many_blocks_are_one_stream(talk: Talk) -> None:
    read = pa.ipc.open_stream(talk("SELECT number AS n, 'x' AS x FROM numbers(300000) FORMAT ArrowStream").body)
    assert read.read_all().num_rows == 300_000
    empty = pa.ipc.open_stream(talk("SELECT 1 AS n WHERE 0 FORMAT ArrowStream").body).read_all()
    assert (empty.column_names, empty.num_rows) == (["n"], 0)


def test_parts_are_merged_in_the_background(talk: Talk) -> None:
    talk("CREATE OR REPLACE TABLE merged (n UInt64) ENGINE = MergeTree ORDER BY n")
    for n in range(30):
        talk(f"INSERT INTO merged VALUES ({n})")
    parts = "SELECT count() FROM system.parts WHERE database = 'front' AND table = 'merged' AND active"
    deadline = time.monotonic() + 20
    while int(talk(parts).text) >= 15 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert int(talk(parts).text) < 15


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(clickhouse_endpoint: Endpoint) -> None:
    address = f"http://127.0.0.1:{clickhouse_endpoint.port}/"
    told = subprocess.run(["curl", "-sS", address, "-d", "SELECT 1"], capture_output=True, check=True)
    assert told.stdout == b"1\n"
    told = subprocess.run(
        ["curl", "-sS", f"{address}?query=SELECT%20%7Bx:UInt8%7D", "-F", "param_x=7"], capture_output=True, check=True
    )
    assert told.stdout == b"7\n"


def _form(fields: dict[str, str]) -> tuple[bytes, str]:
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    return ("".join(parts) + "--edge--\r\n").encode(), "multipart/form-data; boundary=edge"
