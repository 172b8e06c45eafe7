"""`casestream export-people`: person records as a file that Splink reads, and the model's settings beside it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from casestream.console import note, print_json
from casestream.endpoints import Place
from casestream.errors import UserError
from casestream.options import AsJson, Data
from casestream.people_file import write_people
from processors.people.model import standard


def export_people(
    file: Annotated[Path, typer.Argument(metavar="FILE.parquet", help="The file to write.", show_default=False)],
    model: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Write the model of a new instance too: Splink settings.",
                     show_default=False),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Write the person records of an instance, cleaned as they are compared, with the person that each is of.

    For analysts, to train and compare models in Splink. The file holds names, dates of birth, postcodes and identifiers
    of people: it needs the writer's rights, and the same care as the tables that it is made of.
    """
    store = Place.of(data).store()
    try:
        written = write_people(store, file)
        if model is not None:
            model.write_text(json.dumps(standard.SETTINGS, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{error.filename or file}: {error.strerror or error}") from None
    finally:
        store.close()
    if as_json:
        print_json({"person_records": written})
    else:
        note(f"{written:,} person records in {file}")
