"""`casestream reference`: national lists of codes, loaded from files that the user points at."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from casestream.console import print_json, print_line, table
from casestream.endpoints import Place
from casestream.errors import Exit, UserError
from casestream.options import AsJson, Data
from clickhouse.queries import read
from clickhouse.reference_lists import load, loads
from processors.list_entries import ListError
from processors.reference_lists import FORMS, read_list

app = typer.Typer(name="reference", help="National lists of codes.", no_args_is_help=True)


@app.command("load")
def load_(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"Which list: {', '.join(FORMS)}.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its CSV file.", exists=True, dir_okay=False)],
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="From when it is valid; today unless given."),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Load a list from its file, as a whole or not at all. A later load takes its place from its day on; the same file
    again changes nothing. Exit code 1 for a file that is wrong: line, field, value and rule are told."""
    if name not in FORMS:
        raise UserError(f"NAME={name!r}: must be one of {', '.join(FORMS)}")
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            entries = read_list(name, lines)
    except UnicodeDecodeError:
        raise UserError(f"{file.name}: must be UTF-8: byte {_first_wrong_byte(file)}") from None
    except ListError as error:
        if as_json:
            print_json({"line": error.line, "field": error.field, "value": error.value, "rule": error.rule})
        else:
            print_line(f"{file.name}: {error}")
        raise typer.Exit(Exit.FINDING) from None
    day = (since or datetime.now(ZoneInfo("Europe/London"))).date()
    store = Place.of(data).store()
    try:
        done, new = load(store, name, entries, day)
    finally:
        store.close()
    if as_json:
        print_json({**done._asdict(), "valid_from": done.valid_from.isoformat(), "new": new})
    else:
        told = "loaded" if new else "were there already:"
        print_line(f"{told} {done.entries:,} entries of {name}, valid from {done.valid_from}, version {done.version}")


def _first_wrong_byte(file: Path) -> int:
    """Where a file ceases to be UTF-8. A long file is decoded piece by piece, whose errors count from the piece."""
    passed = 0
    with file.open("rb") as lines:
        for line in lines:
            try:
                line.decode()
            except UnicodeDecodeError as error:
                return passed + error.start
            passed += len(line)
    return passed


@app.command("list")
def list_(as_json: AsJson = False, data: Data = None) -> None:
    """Show the lists, what was loaded of each, and how many codes in use a loaded list does not know."""
    store = Place.of(data).store()
    try:
        held = loads(store)
        unknown = {str(name): (int(str(codes)), int(str(uses))) for name, codes, uses in store.query(
            read("unknown_codes"), {}
        )}  # fmt: skip
    finally:
        store.close()
    rows: list[dict[str, object]] = []
    for name, form in FORMS.items():
        latest = next((one for one in reversed(held) if one.name == name), None)
        codes, uses = unknown.get(name, (0, 0))
        rows.append({
            "list": name, "title": form.title, "entries": latest.entries if latest else None,
            "valid_from": latest.valid_from.isoformat() if latest else None,
            "loads": sum(one.name == name for one in held), "unknown_codes": codes, "unknown_uses": uses,
        })  # fmt: skip
    if as_json:
        print_json(rows)
    else:
        table("Lists", list(rows[0]), [["–" if cell is None else cell for cell in row.values()] for row in rows])
