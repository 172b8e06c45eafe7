"""The users of the embedded server and what each may read: checked from the parsed statement, since the engine has no
access control of its own. On a real server it is roles and grants (`clickhouse/access`)."""

import os
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from clickhouse.embedded_engine import Request
from clickhouse.tables import BOARD_TABLES

_SYSTEM = frozenset({"system.one", "system.numbers", "system.tables", "system.columns", "system.databases",
                     "system.settings", "information_schema.tables", "information_schema.columns"})  # fmt: skip
_TABLE_FUNCTIONS = frozenset({"numbers", "values", "zeros", "generate_series"})
_SETTINGS = frozenset(
    {
        "join_use_nulls", "max_threads", "max_execution_time", "max_block_size", "session_timezone", "use_query_cache",
        "output_format_json_quote_64bit_integers", "output_format_native_encode_types_in_binary_format",
        "max_result_rows", "max_result_bytes", "result_overflow_mode", "max_query_size", "max_ast_elements",
        "date_time_input_format", "date_time_output_format", "cast_string_to_dynamic_use_inference", "limit", "final",
        "enable_json_type", "allow_experimental_json_type", "prefer_column_name_to_alias",
        "send_progress_in_http_headers", "use_hive_partitioning",
    }
)  # fmt: skip
_FUNCTIONS = ("file", "dictget", "joinget", "getsetting", "getserver", "getmacro", "catboost", "executable", "sleep",
              "filesystem")  # fmt: skip
"""Beginnings of the names of functions that read files, dictionaries or the server, or only cost time."""
MAX_SECONDS = 30
MAX_ROWS = 100_000


class AccessDeniedError(RuntimeError):
    """A reader asks for what it may not: the message says what."""


@dataclass(frozen=True, slots=True)
class User:
    """A user; `tables` it may read, of the database casestream. A read-only one may only select."""

    name: str
    read_only: bool
    tables: frozenset[str] = frozenset()


USERS: dict[str, User] = {
    "default": User("default", False),
    "writer": User("writer", False),
    "board": User("board", True, BOARD_TABLES),
    "analyst": User("analyst", True, BOARD_TABLES),
}


def user_of(name: str, password: str) -> User | None:
    """The user with the password that CASESTREAM_CLICKHOUSE_<NAME>_PASSWORD sets; none is asked for where it is not
    set (the server listens on loopback)."""
    user = USERS.get(name)
    if user is None:
        return None
    shared = os.environ.get("CASESTREAM_CLICKHOUSE_PASSWORD", "") if not user.read_only else ""
    wanted = os.environ.get(f"CASESTREAM_CLICKHOUSE_{name.upper()}_PASSWORD", shared)
    return user if not wanted or password == wanted else None


def check(user: User, request: Request) -> Request:
    """The request as a reader may make it, with its limits. Raises AccessDeniedError."""
    for name in request.settings:
        if name not in _SETTINGS:
            raise AccessDeniedError(f"{user.name}: the setting {name} may not be set")
    _check_statement(user, request.statement.decode(errors="replace"), request.database)
    limits = {
        "max_execution_time": _at_most(request.settings.get("max_execution_time"), MAX_SECONDS),
        "max_result_rows": _at_most(request.settings.get("max_result_rows"), MAX_ROWS),
        "readonly": "2",
    }
    return replace(request, settings={"result_overflow_mode": "throw", **request.settings, **limits})


def _at_most(value: str | None, limit: int) -> str:
    try:
        asked = int(float(value)) if value is not None else 0
    except ValueError:
        asked = 0
    return str(min(asked, limit) if asked > 0 else limit)


def _check_statement(user: User, text: str, database: str) -> None:
    try:
        statements = [one for one in sqlglot.parse(text, dialect="clickhouse") if one is not None]
    except (SqlglotError, RecursionError) as error:
        raise AccessDeniedError(f"{user.name}: the statement cannot be read, so it is refused") from error
    if len(statements) != 1:
        raise AccessDeniedError(f"{user.name}: one statement at a time")
    (statement,) = statements
    if not isinstance(statement, exp.Query):
        raise AccessDeniedError(f"{user.name}: only SELECT is allowed")
    names = {cte.alias_or_name for cte in statement.find_all(exp.CTE)}
    for node in statement.walk():
        if isinstance(node, exp.Table):
            _check_table(user, node, database, names)
        elif isinstance(node, exp.In) and isinstance(node.args.get("field"), exp.Expression):
            _check_in(user, node.args["field"], names)
        elif isinstance(node, exp.Anonymous | exp.AnonymousAggFunc | exp.ParameterizedAgg):
            _check_function(user, str(node.this))
        elif isinstance(node, exp.Command | exp.Into | exp.Insert | exp.Create | exp.Drop):
            raise AccessDeniedError(f"{user.name}: only SELECT is allowed")
        elif isinstance(node, exp.EQ) and node.arg_key == "settings":
            name = node.this.name.lower()
            if name not in _SETTINGS:
                raise AccessDeniedError(f"{user.name}: the setting {name} may not be set")


def _check_table(user: User, table: exp.Table, database: str, names: set[str]) -> None:
    if isinstance(table.this, exp.Func | exp.Anonymous):
        name = (table.this.name or type(table.this).__name__).lower()
        if name not in _TABLE_FUNCTIONS:
            raise AccessDeniedError(f"{user.name}: the table function {name} is not allowed")
        return
    if not table.db and table.name in names:
        return
    full = f"{table.db or database}.{table.name}"
    if full.lower() in _SYSTEM or (full.startswith("casestream.") and table.name in user.tables):
        return
    raise AccessDeniedError(f"{user.name}: no right to read {full}")


def _check_in(user: User, field: exp.Expression, names: set[str]) -> None:
    """`x IN some_table` reads a table without a FROM."""
    if isinstance(field, exp.Column | exp.Identifier) and field.name not in names:
        raise AccessDeniedError(f"{user.name}: write IN (SELECT ... FROM {field.name})")


def _check_function(user: User, name: str) -> None:
    if name.lower().startswith(_FUNCTIONS):
        raise AccessDeniedError(f"{user.name}: the function {name} is not allowed")
