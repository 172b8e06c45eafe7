"""`casestream people`: for analysts: person records as a file that Splink reads, and the models that score them."""

import json
from pathlib import Path
from typing import Annotated

import typer

from casestream.commands.people_frequencies import app as frequencies_app
from casestream.commands.people_model import app as model_app
from casestream.console import note, print_json
from casestream.endpoints import Place
from casestream.errors import UserError
from casestream.options import AsJson, Data
from casestream.people_file import write_people
from streams.people_model import in_force

app = typer.Typer(
    name="people", help="People linking: records for Splink, and the models that score them.", no_args_is_help=True
)
app.add_typer(model_app)
app.add_typer(frequencies_app)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.parquet", help="The file to write.", show_default=False)],
    model: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Write the model in force too: Splink settings.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Write the person records of an instance, as they are compared, with the person that each is of. Those that are
    compared with nobody are marked (`takes_part`).

    For analysts, to train and compare models in Splink. The file holds names, dates of birth, postcodes and identifiers
    of people: it needs the writer's rights, and the same care as the tables that it is made of.
    """
    store = Place.of(data).store()
    try:
        written = write_people(store, file)
        if model is not None:
            model.write_text(json.dumps(in_force(store).settings, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{error.filename or file}: {error.strerror or error}") from None
    finally:
        store.close()
    if as_json:
        print_json({"person_records": written})
    else:
        note(f"{written:,} person records in {file}")
