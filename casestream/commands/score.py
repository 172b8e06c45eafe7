"""`casestream score`: how well records were linked into cases, against the truth of a simulated history."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import orjson
import typer

from casestream.console import print_json, table
from casestream.endpoints import Place
from casestream.errors import Exit, UserError
from casestream.options import AsJson, Data
from clickhouse.queries import read
from simulator import score as compare


def truth_pairs(file: Path) -> Iterator[tuple[str, str]]:
    """The records of a truth file that are of a case, each with its case; deleted records are of none. UserError for
    a line that is no truth."""
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    told = orjson.loads(line)
                    record, case, deleted = told["record"], told["case"], told.get("deleted", False)
                except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
                    raise UserError(f"{file}:{number}: no line of a truth file (see `casestream simulate`)") from None
                if case is not None and not deleted:
                    yield str(record), str(case)
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}") from None


def score(
    truth: Annotated[Path, typer.Argument(help="What `casestream simulate --truth FILE` wrote.", show_default=False)],
    at_least: Annotated[
        float | None, typer.Option(min=0, max=1, metavar="F1", help="Exit code 1 when F1 is below.",
                                   show_default=False)
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Compare the cases with the truth: precision, recall and F1 over pairs of records of one case."""
    expected = list(truth_pairs(truth))
    store = Place.of(data).store()
    members = store.query_columns(read("score_members"), {})
    store.close()
    found = compare(expected, zip(members["record_id"], members["case_id"], strict=True))
    if as_json:
        print_json(asdict(found))
    else:
        rows = [(name.replace("_", " "), round(value, 6)) for name, value in asdict(found).items()]
        table("Cases against the truth", ("", "figure"), rows)
    if at_least is not None and found.f1 < at_least:
        raise typer.Exit(Exit.FINDING)
