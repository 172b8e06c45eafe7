"""`casestream migrate`: make or change the tables; say which migrations are applied."""

from dataclasses import asdict
from typing import Annotated

import typer

from casestream.console import note, print_json, print_line, table
from casestream.endpoints import Place
from casestream.errors import Exit, UnreachableError, UserError
from casestream.options import AsJson, Data
from clickhouse import migrate as migrations
from clickhouse.store import StoreError


def migrate(
    status: Annotated[bool, typer.Option("--status", help="Only say where each stands; change nothing.")] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Apply the migrations that are pending.

    With --status, exit code 1 when one was applied from a file that has changed since, or that is not here, as it is of
    a newer version.
    """
    store = Place.of(data).store()
    try:
        applied = [] if status else migrations.apply(store, progress=lambda one: note(f"applying {one.name}"))
        found = migrations.status(store)
    except migrations.MigrationChangedError as error:
        raise UserError(str(error)) from None
    except StoreError as error:
        raise UnreachableError(f"ClickHouse refused or went away: {error}") from None
    finally:
        store.close()
    if as_json:
        print_json([{**asdict(one), "applied": one.applied} for one in found])
    elif status:
        table("Migrations", ("number", "name", "state"), [(f"{one.number:04}", one.name, one.state) for one in found])
    else:
        print_line(f"applied {len(applied)} of {len(found)} migrations; nothing is pending")
    if status and any(one.state in ("changed", "not here") for one in found):
        raise typer.Exit(Exit.FINDING)
