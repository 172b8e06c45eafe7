"""`casestream people frequencies`: snapshots of term frequencies."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from casestream.console import print_json, print_line, table
from casestream.endpoints import Place
from casestream.errors import UserError
from casestream.options import AsJson, Data
from streams.people_frequencies import take, taken
from streams.people_model import in_force

app = typer.Typer(
    name="frequencies", help="Snapshots of how often each name, date or postcode occurs.", no_args_is_help=True
)


@app.command()
def snapshot(
    reason: Annotated[str, typer.Option("--reason", help="Why; no personal data.", show_default=False)],
    by: Annotated[
        str, typer.Option("--by", help="Who takes it: a role or a staff number, not a name.", show_default=False)
    ],
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Count the values of all person records as they are now, and keep the counts under the next name. Nothing is
    scored by them until `casestream people model use --snapshot NAME`."""
    if not reason.strip() or not by.strip():
        raise UserError("--reason and --by must not be empty: they are kept with the snapshot")
    store = Place.of(data).store()
    try:
        made = take(store, by, reason, datetime.now(UTC))
    finally:
        store.close()
    if as_json:
        print_json({"name": made.name, "key": made.key, "records": made.records})
    else:
        print_line(f"{made.name} ({made.key}): {made.records:,} person records counted")


@app.command("list")
def list_(as_json: AsJson = False, data: Data = None) -> None:
    """Show the snapshots of an instance: when, by whom and why they were taken, and which is in force."""
    store = Place.of(data).store()
    try:
        now = in_force(store).snapshot
        told = [{"name": one.name, **one._asdict(), "in_force": one.key == now} for one in taken(store)]
    finally:
        store.close()
    if as_json:
        print_json(told)
        return
    columns = ("name", "key", "records", "taken_at", "taken_by", "reason", "in_force")
    rows = [[f"{one[name]:%Y-%m-%d %H:%M}" if name == "taken_at" else one[name] for name in columns] for one in told]
    table("", columns, rows)
