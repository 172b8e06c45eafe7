"""The embedded server gives no one the machine's files, programs or network, and answers no page from elsewhere."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clickhouse.store import Endpoint
from tests.clickhouse.talk import Talk
from tests.conftest import start_clickhouse

pytestmark = pytest.mark.integration


@pytest.fixture
def writer(clickhouse_endpoint: Endpoint) -> Iterator[Talk]:
    """The user that may do most, in a database of its own."""
    talk = Talk(clickhouse_endpoint, database="reach")
    talk("CREATE DATABASE IF NOT EXISTS reach", database="default")
    talk("CREATE TABLE IF NOT EXISTS lines (line String) ENGINE = MergeTree ORDER BY line")
    yield talk
    talk("DROP DATABASE reach", database="default")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.txt"
    file.write_text("told to nobody\n")
    return file


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 'x' INTO OUTFILE '{new}'",
        "SELECT 'x' INTO/**/\noutfile '{new}' TRUNCATE FORMAT CSV",
        "'x' INTO OUTFILE '{new}'",
        "SELECT '" + "x" * 300_000 + "' INTO OUTFILE '{new}'",
        "INSERT INTO FUNCTION file('{new}', 'CSV', 'a String') SELECT 'x'",
        "WITH x AS (SELECT 'x' AS a) INSERT INTO FUNCTION file('{new}', 'CSV', 'a String') SELECT a FROM x",
    ],
)
def test_no_statement_writes_a_file(writer: Talk, tmp_path: Path, statement: str) -> None:
    new = tmp_path / "new.csv"
    reply = writer(statement.format(new=new))
    assert reply.status != 200, reply.text
    assert not new.exists()


def test_into_outfile_has_the_code_that_a_server_gives(writer: Talk, tmp_path: Path) -> None:
    assert writer(f"SELECT 1 INTO OUTFILE '{tmp_path}/x'").code == 358
    assert writer("SELECT 'INTO OUTFILE', 'file', 'engine' AS source").status == 200


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT file('{secret}')",
        'SELECT "fi\\x6ce"(\'{secret}\')',
        "file('{secret}')",
        "SELECT * FROM file('{secret}', 'LineAsString')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM `{secret}`",
        "SELECT * FROM icebergLocal('{secret}')",
        "INSERT INTO lines FROM INFILE '{secret}' FORMAT LineAsString",
        "CREATE TABLE files (line String) ENGINE = File('LineAsString', '{secret}')",
        "CREATE TABLE files (line String) ENGINE = FileLog('{secret}', 'LineAsString')",
        "CREATE DATABASE files ENGINE = Filesystem('/')",
        "CREATE TABLE other (line String) ENGINE = URL('http://127.0.0.1:1/', 'CSV')",
        "CREATE TABLE other (line String) ENGINE = ExecutablePool('x', 'CSV')",
        "ATTACH TABLE other FROM '{secret}' (line String) ENGINE = MergeTree ORDER BY line",
        "CREATE DICTIONARY other (line UInt64) PRIMARY KEY line SOURCE(FILE(PATH '{secret}' FORMAT 'CSV'))"
        " LAYOUT(FLAT()) LIFETIME(0)",
        "CREATE DICTIONARY other (line UInt64) PRIMARY KEY line SOURCE(EXECUTABLE(COMMAND 'id' FORMAT 'CSV'))"
        " LAYOUT(FLAT()) LIFETIME(0)",
        "SELECT * FROM executable('id', 'TSV', 'a String')",
        "SELECT 1 FORMAT Template SETTINGS format_template_row = '{secret}'",
        "SET format_template_resultset = '{secret}'",
        "SELECT 1 AS a FORMAT Protobuf SETTINGS format_schema = '{secret}:x'",
        "CREATE TABLE other (a UInt8) ENGINE = MergeTree ORDER BY a"
        " SETTINGS disk = disk(type = 'local_blob_storage', path = '{secret}.d/')",
        "CREATE TABLE other AS url('http://127.0.0.1:1/', 'CSV', 'a String')",
        "SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'a String')",
        "SELECT * FROM s3('http://127.0.0.1:1/bucket/x', 'CSV', 'a String')",
        "SELECT * FROM remote('127.0.0.1:1', system.one)",
        "SELECT * FROM sqlite('{secret}', 'x')",
        "SELECT * FROM python('secret')",
        "SELECT * FROM eval('SELECT 1') SETTINGS allow_experimental_eval_table_function = 1",
    ],
)
def test_no_statement_reaches_out_of_the_engine(writer: Talk, secret: Path, statement: str) -> None:
    reply = writer(statement.format(secret=secret))
    assert reply.status != 200, reply.text
    assert "told to nobody" not in reply.text


def test_no_setting_of_a_request_reads_a_file(writer: Talk, secret: Path) -> None:
    assert writer("SELECT 1 FORMAT Template", format_template_row=secret).code == 497
    assert writer("SELECT 1 AS a FORMAT Protobuf", format_schema=f"{secret}:x").code == 497


def test_an_engine_that_could_not_be_confined_does_not_start(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "clickhouse.embedded", "--port", "0", "--path"]
    told = subprocess.run([*program, tmp_path / "a?b"], capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 3
    assert "takes no configuration" in told.stderr


def test_what_the_project_makes_is_made(writer: Talk) -> None:
    for statement in (
        "CREATE TABLE replaced (a UInt8, source String) ENGINE = ReplacingMergeTree ORDER BY a",
        "CREATE TABLE nothing (a UInt8) ENGINE = Null",
        "CREATE MATERIALIZED VIEW made TO replaced AS SELECT a, '' AS source FROM nothing",
        "CREATE VIEW seen AS SELECT a, source FROM replaced",
        "CREATE TABLE kept ENGINE = Memory AS SELECT * FROM numbers(3)",
        "CREATE DICTIONARY looked (a UInt64, source String) PRIMARY KEY a SOURCE(CLICKHOUSE(TABLE 'replaced'))"
        " LAYOUT(FLAT()) LIFETIME(0)",
        "INSERT INTO replaced SELECT 1, 'x'",
        "DETACH TABLE replaced",
        "ATTACH TABLE replaced",
        "SELECT engine, source FROM system.tables, seen LIMIT 1",
    ):
        reply = writer(statement)
        assert reply.status == 200, (statement, reply.text)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_default_database_is_one_of_tables_and_stays_over_a_restart(tmp_path: Path, end: int) -> None:
    for rows in (0, 0, 1, 2, 3):
        process, port = start_clickhouse(tmp_path)
        try:
            talk = Talk(Endpoint(port=port))
            assert talk("DROP TABLE IF EXISTS absent").status == 200
            assert talk("EXISTS TABLE absent").text == "0\n"
            assert talk("SELECT * FROM absent").code == 60
            if rows:
                made = "CREATE TABLE IF NOT EXISTS kept (a UInt8) ENGINE = MergeTree ORDER BY a"
                assert talk(made + " SETTINGS fsync_after_insert = 1").status == 200
                assert talk("INSERT INTO kept VALUES (1)").status == 200
                assert talk("SELECT count() FROM default.kept").text == f"{rows}\n"
        finally:
            process.send_signal(end)
            process.wait(20)


@pytest.mark.parametrize("user", ["writer", "board"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://evil.example", "Content-Type": "text/plain"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Host": "evil.example"},
        {"Host": "evil.example:8123"},
        {"Host": "localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_a_page_from_elsewhere_is_refused(clickhouse_endpoint: Endpoint, user: str, headers: dict[str, str]) -> None:
    for method in ("POST", "GET"):
        reply = Talk(clickhouse_endpoint, user=user)("SELECT 1", method=method, headers=headers)
        assert (reply.status, reply.code) == (403, 497), reply.text
        assert reply.text.endswith("(ACCESS_DENIED)\n")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost"},
        {"Host": "LOCALHOST:8123"},
        {"Host": "[::1]:8123"},
        {"Host": "127.0.0.2"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "http://127.0.0.1:8050", "Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_programs_and_pages_of_this_machine_are_answered(
    clickhouse_endpoint: Endpoint, headers: dict[str, str]
) -> None:
    assert Talk(clickhouse_endpoint)("SELECT 1", headers=headers).text == "1\n"
