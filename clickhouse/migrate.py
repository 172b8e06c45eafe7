"""The numbered migrations of the tables: plain SQL files that one can also run by hand.

`NNNN_name.sql` holds statements that end with a semicolon at the end of a line. What was applied is in
`casestream.schema_migrations`, with the digest of the file; a file that has changed since is an error.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from clickhouse.area_list import write_areas
from clickhouse.dictionaries import read_anew
from clickhouse.ethnicity_list import write_ethnicities
from clickhouse.place_list import write_places
from clickhouse.store import Store, StoreRefused

_NAME = re.compile(r"(\d{4})_(\w+)\.sql\Z")
_UNKNOWN_DATABASE, _UNKNOWN_TABLE = 81, 60

_LEDGER = """
CREATE TABLE IF NOT EXISTS casestream.schema_migrations
(
    number UInt16,
    name String,
    digest String,
    applied_at DateTime('UTC') DEFAULT now()
)
ENGINE = ReplacingMergeTree
ORDER BY number
SETTINGS fsync_after_insert = 1
""".strip()


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration file."""

    number: int
    name: str
    text: str

    @property
    def digest(self) -> str:
        """16 hexadecimal digits over the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def statements(self) -> Iterator[str]:
        """The statements of the file, without comments around them."""
        for part in re.split(r";[ \t]*(?:\n|\Z)", self.text):
            lines = [line for line in part.splitlines() if line.strip() and not line.lstrip().startswith("--")]
            if lines:
                yield "\n".join(lines)


@dataclass(frozen=True, slots=True)
class MigrationStatus:
    """A migration and where it stands: applied; pending; applied from a file that has changed since; applied from one
    that is not here, as by a newer version."""

    number: int
    name: str
    state: Literal["applied", "pending", "changed", "not here"]

    @property
    def applied(self) -> bool:
        """Whether it is applied, from whichever file."""
        return self.state != "pending"


class MigrationChangedError(RuntimeError):
    """A migration was applied and its file has changed since: a new migration has to make the change."""

    def __init__(self, migration: Migration) -> None:
        super().__init__(
            f"{migration.number:04}_{migration.name}.sql was applied and has changed since: "
            "undo the change and write a new migration"
        )
        self.migration = migration


def migrations(folder: Traversable | None = None) -> list[Migration]:
    """The migration files in their order. Raises ValueError when two have one number."""
    folder = files("clickhouse") / "migrations" if folder is None else folder
    found = [
        Migration(int(name.group(1)), name.group(2), file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if (name := _NAME.match(file.name))
    ]
    found.sort(key=lambda migration: migration.number)
    numbers = [migration.number for migration in found]
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"two migrations have one number: {numbers}")
    return found


def _applied(store: Store) -> dict[int, tuple[str, str]]:
    """Name and digest by number."""
    try:
        rows = store.query("SELECT number, name, digest FROM casestream.schema_migrations FINAL", {})
    except StoreRefused as error:
        if error.code in (_UNKNOWN_DATABASE, _UNKNOWN_TABLE):
            return {}
        raise
    return {int(str(number)): (str(name), str(digest)) for number, name, digest in rows}


def status(store: Store, folder: Traversable | None = None) -> list[MigrationStatus]:
    """Every migration that is here or was applied, by number, and where it stands."""
    applied = _applied(store)
    found = []
    for migration in migrations(folder):
        _name, digest = applied.pop(migration.number, ("", None))
        state: Literal["applied", "pending", "changed"] = (
            "pending" if digest is None else "applied" if digest == migration.digest else "changed"
        )
        found.append(MigrationStatus(migration.number, migration.name, state))
    found += [MigrationStatus(number, name, "not here") for number, (name, _digest) in applied.items()]
    return sorted(found, key=lambda one: one.number)


def pending(store: Store, folder: Traversable | None = None) -> list[Migration]:
    """The migrations that are not applied, in order; MigrationChangedError for a file that has changed since."""
    states = {one.number: one.state for one in status(store, folder)}
    found = migrations(folder)
    for migration in found:
        if states[migration.number] == "changed":
            raise MigrationChangedError(migration)
    return [migration for migration in found if states[migration.number] == "pending"]


def apply(
    store: Store, folder: Traversable | None = None, *, progress: Callable[[Migration], None] | None = None
) -> list[Migration]:
    """Apply what is pending, in order; what was applied. A migration that fails half-way is applied again as a whole,
    so its statements must bear a repeat. Afterwards the tables of small lists say
    what the lists in `schemas` say."""
    waiting = pending(store, folder)
    if waiting:
        _make_database(store)
    done = [_apply(store, migration, progress) for migration in waiting]
    if folder is None:
        if write_areas(store):
            read_anew(store, "dict_forces", "dict_areas")
        if write_ethnicities(store):
            read_anew(store, "dict_ethnicities")
        if write_places(store):
            read_anew(store, "dict_places")
    return done


def _make_database(store: Store) -> None:
    store.command("CREATE DATABASE IF NOT EXISTS casestream")
    store.command(_LEDGER)


def _apply(store: Store, migration: Migration, progress: Callable[[Migration], None] | None) -> Migration:
    if progress is not None:
        progress(migration)
    for statement in migration.statements():
        store.command(statement)
    store.insert(
        "schema_migrations", {"number": [migration.number], "name": [migration.name], "digest": [migration.digest]}
    )
    return migration
