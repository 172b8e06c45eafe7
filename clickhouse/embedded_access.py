"""The users of the embedded server, and what each may read.

The engine has no access control of its own, so a reader's statement is judged by its parse tree, and by that of the
engine itself (`formatQuerySingleLine`, `EXPLAIN AST`), so that no second parser can see another statement than the
one that runs: what is run is the text that was judged. Whatever is not known to be harmless is refused. On a real
server it is roles and grants (`clickhouse/access`) that do this.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from clickhouse.embedded_engine import Ask, Check, Request, quoted
from clickhouse.embedded_errors import EngineError, error_of
from clickhouse.embedded_reach import refuse_reach
from clickhouse.embedded_spelling import QUOTED, spelled, without_quoted
from clickhouse.tables import BOARD_TABLES, DICTIONARIES

_SYNTAX_ERROR = 62
MAX_SECONDS = 30
MAX_ROWS = 100_000
MAX_MEMORY = 2_000_000_000
_LIMITS = {"max_execution_time": MAX_SECONDS, "max_result_rows": MAX_ROWS, "max_memory_usage": MAX_MEMORY}
"""What a reader's query may cost: seconds, rows of the result, bytes. It may ask for less, in its settings."""

_SYSTEM = frozenset(
    {"system.one", "system.numbers", "system.zeros", "system.tables", "system.columns", "system.databases",
     "system.settings", "system.functions", "information_schema.tables", "information_schema.columns"}
)  # fmt: skip
_SYSTEM_DATABASES = frozenset({"system", "information_schema"})
_TABLE_FUNCTIONS = frozenset({"numbers", "zeros", "values", "generateseries", "generate_series"})
_SETTINGS = frozenset(
    {
        "join_use_nulls", "max_threads", "max_block_size", "session_timezone", "use_query_cache", "limit", "offset",
        "output_format_json_quote_64bit_integers", "output_format_native_encode_types_in_binary_format",
        "output_format_arrow_string_as_string", "max_result_bytes", "result_overflow_mode", "max_query_size",
        "max_ast_elements", "date_time_input_format", "date_time_output_format", "final", "enable_json_type",
        "cast_string_to_dynamic_use_inference", "allow_experimental_json_type", "prefer_column_name_to_alias",
        "use_hive_partitioning", "group_by_use_nulls", "aggregate_functions_null_for_empty", "extremes",
        "transform_null_in", "format_csv_delimiter",
        "output_format_write_statistics", "output_format_json_array_of_rows",
        "input_format_native_allow_types_conversion",
    }
)  # fmt: skip
_FUNCTIONS = (
    "file", "dict", "joinget", "getsetting", "getserver", "getmacro", "getmergetree", "getclient", "catboost", "ai",
    "evalml", "sleep", "logtrace", "generateserial", "showcertificate", "hascolumnintable", "mergetreepart",
    "addressto", "demangle", "executable", "python", "url_", "pg_", "pgtable", "zookeeper", "getoskernel",
)  # fmt: skip
"""Beginnings of the names of functions that read files, dictionaries, tables or the server, or only cost time."""
_LOOK_UPS = frozenset({"dictget", "dictgetordefault", "dictgetornull", "dicthas"})
_OWN_DICTIONARY = re.compile(r"\\?'casestream\.(\w+)\\?'\Z")
"""A literal of the parse tree, as TabSeparated spells it."""

_STATEMENTS = frozenset({"SelectWithUnionQuery", "SelectIntersectExceptQuery", "SelectQuery", "Explain",
                         "DescribeQuery", "ShowTables", "ExistsTableQuery"})  # fmt: skip
_SETTINGS_IN_STATEMENTS = frozenset(
    {"join_use_nulls", "max_threads", "session_timezone", "use_query_cache", "final", "group_by_use_nulls",
     "aggregate_functions_null_for_empty", "prefer_column_name_to_alias", "transform_null_in",
     "do_not_merge_across_partitions_select_final"}
)  # fmt: skip
_INNER = frozenset({"SelectWithUnionQuery", "SelectIntersectExceptQuery", "SelectQuery", "TablesInSelectQuery"})
_IN = re.compile(r"(?:global)?(?:not)?(?:null)?in(?:ignoreset)?\Z|(?:global)?notnullin(?:ignoreset)?\Z")
_NAME = re.compile(r"(?:(?P<database>\w+)\.)?(?P<table>\w+)\Z")
_SETTINGS_CLAUSE = re.compile(r"\bSETTINGS (.*?)(?=\)| FORMAT\b| UNION\b| SETTINGS\b|\Z)")
_OUTPUT = re.compile(r" FORMAT \w+( SETTINGS .*)?\Z")


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


def user_of(name: str, password: str, users: dict[str, User]) -> User | None:
    """The user with the password that CASESTREAM_CLICKHOUSE_<NAME>_PASSWORD sets; none is asked for where it is not
    set (the server listens on loopback)."""
    user = users.get(name)
    if user is None:
        return None
    shared = os.environ.get("CASESTREAM_CLICKHOUSE_PASSWORD", "") if not user.read_only else ""
    wanted = os.environ.get(f"CASESTREAM_CLICKHOUSE_{name.upper()}_PASSWORD", shared)
    return user if not wanted or password == wanted else None


def limited(user: User, request: Request) -> Request:
    """A reader's request with its limits, which it may only lower. Raises EngineError for other settings."""
    for name in request.settings:
        if name not in _SETTINGS and name not in _LIMITS and (name, request.settings[name]) != ("readonly", "2"):
            raise _denied(user, f"the setting {name} may not be set")
    limits = {name: _at_most(request.settings.get(name), limit) for name, limit in _LIMITS.items()}
    settings = {"result_overflow_mode": "throw", **request.settings, **limits, "readonly": "2"}
    return replace(request, settings=settings)


def check_of(user: User) -> Check:
    """What judges the statements of a user: a reader's in full, a writer's for what no statement may do."""

    def check(request: Request, ask: Ask) -> str | None:
        if user.read_only:
            return _checked(user, request, ask)
        refuse_reach(request, ask)
        return None

    return check


def _denied(user: User, told: str) -> EngineError:
    return EngineError(497, f"{user.name}: Not enough privileges: {told}.", "ACCESS_DENIED")


def _at_most(value: str | None, limit: int) -> str:
    try:
        asked = int(float(value)) if value is not None else 0
    except (ValueError, OverflowError):
        asked = 0
    return str(min(asked, limit) if asked > 0 else limit)


def _checked(user: User, request: Request, ask: Ask) -> str:
    """The statement in the engine's own spelling, if the reader may run it."""
    text = _readable(user, lambda: spelled(request.statement.decode(), ask))
    if any("\\" in name for name in QUOTED.findall(text) if name.startswith("`")):
        raise _denied(user, "a name with a backslash or a control character")
    bare = without_quoted(text)
    if re.search(r"\bINTO OUTFILE\b", bare):
        raise _denied(user, "INTO OUTFILE")
    clauses = _SETTINGS_CLAUSE.findall(bare)
    for clause in clauses:
        for name in re.findall(r"(?:\A|, )([^ ,]+) = ", clause):
            if name not in _SETTINGS_IN_STATEMENTS:
                raise _denied(user, f"the setting {name} may not be set in a statement")
    end = found.start() if (found := _OUTPUT.search(bare)) else len(text)
    nodes = list(_nodes(_readable(user, lambda: ask("EXPLAIN AST " + text[:end]).removesuffix("\n"))))
    _check_whole(user, nodes, len(clauses))
    _check_nodes(user, nodes, bare)
    _check_tables(user, request.database, _tables(nodes), ask)
    return text


def _readable(user: User, read: Callable[[], str]) -> str:
    try:
        return read()
    except Exception as error:
        told = error_of(error)
        if told.code != _SYNTAX_ERROR:
            raise told from error
        raise _denied(user, f"the statement is not one that can be read: {told.message}") from error


@dataclass(slots=True)
class Node:
    """A node of the engine's parse tree: `Function in (children 1)` is of the kind `Function` and named `in`."""

    kind: str
    name: str
    parent: "Node | None"
    declared: int
    children: "list[Node]" = field(default_factory=list)


def _nodes(printed: str) -> Iterator[Node]:
    """The nodes of what EXPLAIN AST prints: one a line, a space a level."""
    above: list[Node] = []
    for line in printed.splitlines():
        content = line.lstrip(" ")
        kind, _, rest = content.partition(" ")
        declared = int(found[1]) if (found := re.search(r"\(children (\d+)\)\Z", rest)) else 0
        name = re.sub(r" *\((?:alias .*|children \d+)\)\Z", "", rest).strip()
        del above[len(line) - len(content) :]
        node = Node(kind, name, above[-1] if above else None, declared)
        if node.parent is not None:
            node.parent.children.append(node)
        above.append(node)
        yield node


def _check_whole(user: User, nodes: list[Node], clauses: int) -> None:
    """Refuse a tree that was not read as the engine printed it, or that sets more than was read."""
    if not nodes or any(len(node.children) != node.declared for node in nodes):
        raise _denied(user, "a statement that cannot be read")
    explained = nodes[0].kind == "Explain" and any(child.kind == "Set" for child in nodes[0].children)
    if sum(node.kind == "Set" for node in nodes) > clauses + explained:
        raise _denied(user, "a setting that cannot be read")


def _check_nodes(user: User, nodes: list[Node], bare: str) -> None:
    if nodes[0].kind not in _STATEMENTS or (nodes[0].kind == "ShowTables" and " WHERE " in bare):
        raise _denied(user, "only SELECT, DESCRIBE, EXPLAIN, EXISTS and SHOW are allowed")
    for node in nodes[1:]:
        if node.kind.endswith("Query") and node.kind not in _INNER:
            raise _denied(user, "only SELECT is allowed")
        if node.kind != "Function" or node.parent is None:
            continue
        name = node.name.lower()
        if node.parent.kind == "TableExpression":
            if name not in _TABLE_FUNCTIONS:
                raise _denied(user, f"the table function {node.name}")
        elif name.startswith(_FUNCTIONS) and not (name in _LOOK_UPS and _in_own_dictionary(node)):
            raise _denied(user, f"the function {node.name}")


def _in_own_dictionary(node: Node) -> bool:
    """Whether a look-up names, as a literal and in full, one of casestream's dictionaries. A name that is computed, an
    identifier or another database's might be of any dictionary."""
    arguments = node.children[0].children if node.children else []
    literal = arguments[0] if arguments and arguments[0].kind == "Literal" else None
    told = _OWN_DICTIONARY.match(literal.name) if literal is not None else None
    return told is not None and told[1] in DICTIONARIES


def _is_set(node: Node) -> bool:
    """Whether a node holds the two sides of an IN."""
    parent = node.parent
    return parent is not None and parent.kind == "Function" and _IN.match(parent.name.lower()) is not None


def _tables(nodes: Iterable[Node]) -> set[str]:
    """The names of tables, and what may be one: `x IN name` reads a table where there is one of that name."""
    found = set()
    for node in nodes:
        right = node.parent is not None and _is_set(node.parent) and node is not node.parent.children[0]
        if node.kind == "TableIdentifier" or (node.kind == "Identifier" and right):
            found.add(node.name)
    return found


def _check_tables(user: User, database: str, names: set[str], ask: Ask) -> None:
    """Refuse the tables that the reader has no right to. A name that is no table (of a WITH, an alias) reads nothing,
    so it passes; a WITH that has the name of a table does not hide the table everywhere, so it does not pass."""
    doubtful = []
    for name in names:
        parts = _NAME.match(name)
        if parts is None:
            raise _denied(user, f"no right to read {name}")
        full = f"{parts['database'] or database}.{parts['table']}"
        if full.lower() in _SYSTEM or (full.startswith("casestream.") and parts["table"] in user.tables):
            continue
        if (parts["database"] or database).lower() in _SYSTEM_DATABASES:
            raise _denied(user, f"no right to read {full}")
        doubtful.append((parts["database"] or database, parts["table"], full))
    if not doubtful:
        return
    wanted = ", ".join(f"({quoted(base)}, {quoted(table)})" for base, table, _ in doubtful)
    there = ask(f"SELECT database, name FROM system.tables WHERE (database, name) IN ({wanted})").splitlines()
    for base, table, full in doubtful:
        if f"{base}\t{table}" in there:
            raise _denied(user, f"no right to read {full}")

