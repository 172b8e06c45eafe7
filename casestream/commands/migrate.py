"""`casestream migrate`: make or change the tables; say which migrations are applied."""

from typing import Annotated

import typer

from casestream.console import note, print_json, print_line, table
from casestream.endpoints import Place
from casestream.errors import UnreachableError, UserError
from casestream.options import AsJson, Data
from clickhouse import migrate as migrations
from clickhouse.store import StoreError


def migrate(
    status: Annotated[bool, typer.Option("--status", help="Only say which are applied; change nothing.")] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Apply the migrations that are pending."""
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
        print_json([{"number": one.number, "name": one.name, "applied": one.applied} for one in found])
    elif status:
        rows = [(f"{one.number:04}", one.name, one.applied) for one in found]
        table("Migrations", ("number", "name", "applied"), rows)
    else:
        print_line(f"applied {len(applied)} of {len(found)} migrations; nothing is pending")
