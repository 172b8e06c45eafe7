"""Readers of the embedded server get what is theirs and nothing else, however it is asked for."""

import gzip

import pytest

from clickhouse.store import Endpoint
from tests.clickhouse.talk import Talk

pytestmark = pytest.mark.integration


@pytest.fixture
def board(store: object, clickhouse_endpoint: Endpoint) -> Talk:
    """The boards' reader in the database casestream: `cases` is its, `events` is not."""
    return Talk(clickhouse_endpoint, user="board", database="casestream")


@pytest.mark.parametrize(
    "attack",
    [
        # a table that is not the reader's, in every place where a table can stand
        "SELECT * FROM events",
        'SELECT * FROM "casestream" . `events`',
        "SELECT * FROM events AS cases",
        "FROM events SELECT body",
        "SELECT * FROM cases LEFT JOIN events ON 1 = 1",
        "SELECT 1 UNION ALL SELECT count() FROM events",
        "SELECT 1 INTERSECT SELECT count() FROM events",
        "SELECT 1 EXCEPT (SELECT count() FROM events)",
        "SELECT (SELECT any(body) FROM events)",
        "SELECT 1 WHERE exists(SELECT * FROM events)",
        "SELECT arrayMap(x -> (SELECT any(body) FROM events), [1])",
        "SELECT 1 IN events",
        "SELECT 1 IN (events)",
        "SELECT in('x', events)",
        "SELECT tuple(1) GLOBAL NOT IN casestream.events",
        "SELECT joinGet('casestream.events', 'body', 1)",
        "SELECT hasColumnInTable('casestream', 'events', 'body')",
        # a WITH does not hide a table outside its scope, nor from itself
        "SELECT * FROM events, (WITH events AS (SELECT 1 AS x) SELECT x) AS y",
        "WITH events AS (SELECT * FROM events) SELECT * FROM events",
        "WITH RECURSIVE events AS (SELECT * FROM casestream.events) SELECT * FROM events",
        # what a second parser might read otherwise
        "SELECT 1 /* /* */ , 2 */ FROM events",
        "SELECT 1 -- x\r\n FROM events",
        "SELECT $$'$$, body FROM events -- '",
        "SELECT ' FORMAT a SETTINGS ', body FROM events",
        "SELECT '\\' FROM cases --', body FROM events",
        'SELECT 1 AS "a\n      Identifier b", 1 AS `(children 0)` FROM events',
        "SELECT 1 FROM `events` FORMAT Native SETTINGS max_threads = 1",
        "SELECT 1;\nSELECT * FROM events",
        # functions that read files, servers and tables
        "SELECT * FROM merge('casestream', '^ev')",
        "SELECT * FROM merge('^ev')",
        "SELECT * FROM view(SELECT * FROM events)",
        "SELECT * FROM viewExplain('EXPLAIN', '', (SELECT 1))",
        "SELECT * FROM mergeTreeIndex('casestream', 'events')",
        "SELECT * FROM loop(events)",
        "SELECT * FROM remote('127.0.0.1', casestream.events)",
        "SELECT * FROM FILE('/etc/passwd', 'LineAsString')",
        "SELECT * FROM cases WHERE 1 = (SELECT count() FROM file('/etc/passwd', 'LineAsString'))",
        "SELECT * FROM python('x')",
        "SELECT * FROM eval('SELECT 1')",
        "SELECT * FROM executable('id', 'TSV', 'a String')",
        "SELECT * FROM url('http://127.0.0.1/', 'CSV')",
        "SELECT * FROM sqlite('x', 'y')",
        "SELECT * FROM dictionary('x')",
        "SELECT file('/etc/passwd')",
        "SELECT aiGenerate('x', 'y')",
        "SELECT sleepEachRow(1)",
        "SELECT getServerSetting('x')",
        # other statements
        "INSERT INTO FUNCTION file('x.csv') SELECT 1",
        "WITH x AS (SELECT 1) INSERT INTO cases SELECT * FROM x",
        "SELECT 1 INTO OUTFILE 'x.csv'",
        "SELECT 1 PARALLEL WITH SELECT 2",
        "EXPLAIN AST DROP TABLE cases",
        "EXPLAIN PLAN indexes = 1 SELECT * FROM events",
        "DESCRIBE TABLE events",
        "DESCRIBE file('/etc/passwd')",
        "SHOW CREATE TABLE cases",
        "SHOW TABLES WHERE name IN (SELECT body FROM events)",
        "SET max_threads = 1",
        "USE system",
        "KILL QUERY WHERE 1",
        "BEGIN TRANSACTION",
        "CREATE TEMPORARY TABLE x (a UInt8)",
        "SELECT * FROM system.processes",
        "SELECT * FROM system.query_log",
        "SELECT * FROM system.parts",
        # settings that lift limits or change what is read
        "SELECT 1 SETTINGS max_execution_time = 0",
        "SELECT 1 SETTINGS max_threads = 1, readonly = 0",
        "SELECT * FROM (SELECT 1 SETTINGS max_memory_usage = 0)",
        "SELECT 1 FORMAT TSV SETTINGS max_result_rows = 0",
        "SELECT 1 SETTINGS additional_table_filters = {'casestream.cases': '1'}",
        "SELECT * FROM events SETTINGS limit = 1",
    ],
)
def test_an_attack_is_refused(board: Talk, attack: str) -> None:
    reply = board(attack)
    assert (reply.status, reply.code) == (403, 497), reply.text


def test_a_name_in_a_parameter_is_judged_as_what_it_names(board: Talk) -> None:
    assert board("SELECT * FROM {cases:Identifier}", param_cases="events").code == 497
    assert board("SELECT count() FROM {t:Identifier}", param_t="cases").status == 200


@pytest.mark.parametrize("settings", [{"limit": 1}, {"offset": 50}, {"limit": 1, "offset": 3}, {"max_result_rows": 1}])
def test_a_limit_of_rows_does_not_cut_what_is_judged(board: Talk, settings: dict[str, int]) -> None:
    assert board("SELECT * FROM events", **settings).code == 497


def test_limits_can_only_be_lowered(board: Talk) -> None:
    read = "SELECT getSetting('max_execution_time')"
    told = "SELECT value FROM system.settings WHERE name = {name:String}"
    assert board(read).code == 497
    for asked, held in ((0, "30"), (65, "30"), (5, "5"), ("nonsense", "30"), ("1e400", "30")):
        assert board(told, param_name="max_execution_time", max_execution_time=asked).text == f"{held}\n"
    assert board(told, param_name="readonly").text == "2\n"
    assert board("SELECT * FROM numbers(100001)").code == 396
    for name in ("additional_table_filters", "allow_ddl", "readonly", "custom_nonsense"):
        assert board("SELECT 1", **{name: 0}).code == 497


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count() FROM cases FINAL",
        "SELECT count() FROM casestream.cases AS events",
        "SELECT count() FROM v_cases; -- all of them",
        "WITH x AS (SELECT 1 AS a), y AS (SELECT a FROM x) SELECT * FROM y WHERE a IN (SELECT a FROM x)",
        "WITH ['a'] AS wanted SELECT 'a' IN wanted",
        "SELECT count() FROM cases AS c WHERE c.force IN (c.force)",
        "SELECT 'INTO OUTFILE', 'SETTINGS readonly = 0', 'FROM events', ' FORMAT x'",
        "SELECT format('{}', 'x'), formatDateTime(now(), '%Y'), log(2), url FROM (SELECT 'x' AS url)",
        "SELECT quantileExactIf(0.5)(number, 1) FROM numbers(10) SETTINGS join_use_nulls = 1, max_threads = 1",
        "SELECT * FROM (SELECT 1 SETTINGS max_threads = 1) SETTINGS join_use_nulls = 1 FORMAT JSON",
        "EXPLAIN SELECT count() FROM cases",
        "EXPLAIN PLAN indexes = 1 SELECT count() FROM cases SETTINGS max_threads = 1",
        "DESCRIBE TABLE cases",
        "DESCRIBE (SELECT * FROM cases)",
        "EXISTS TABLE cases",
        "SHOW TABLES FROM casestream LIKE 'case%'",
        "SHOW DATABASES",
        "SELECT name, type FROM system.columns WHERE database = 'casestream' AND table = 'cases'",
    ],
)
def test_what_boards_and_analysts_ask_is_answered(board: Talk, statement: str) -> None:
    reply = board(statement)
    assert reply.status == 200, reply.text


def test_columns_keep_the_names_of_the_statement_as_it_was_written(board: Talk, clickhouse_endpoint: Endpoint) -> None:
    statement = "SELECT count( * ), 1+1, 'a'||'b', toDate('2026-01-01')::String, x.1, [1,2][1] FROM (SELECT (1,2) AS x)"
    writer = Talk(clickhouse_endpoint)
    told = f"{statement} GROUP BY ALL FORMAT TabSeparatedWithNames"
    assert board(told).text == writer(told).text


def test_errors_in_what_is_the_readers_are_the_engines(board: Talk) -> None:
    assert board("SELECT nope FROM cases").code == 47
    assert board("SELECT * FROM nope").code == 60
    assert board("SELECT {x:UInt8}").code == 456


def test_a_reader_cannot_fill_the_memory_with_a_body(board: Talk) -> None:
    large = b"SELECT '" + b" " * 5_000_000 + b"'"
    assert board(large).code == 307
    assert board(gzip.compress(large), headers={"Content-Encoding": "gzip"}).code == 307
    assert board(b"x", headers={"Content-Encoding": "zstd"}).code == 48
    assert board("SELECT 1").text == "1\n"
