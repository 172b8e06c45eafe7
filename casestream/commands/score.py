"""`casestream score`: how well records were linked into cases and people, against the truth of a simulated history."""

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
from simulator.score import Score


def _told(file: Path) -> Iterator[tuple[str, str | None, list[str]]]:
    """The records of a truth file that are not deleted, each with its case and its people. UserError for a line that is
    no truth."""
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    told = orjson.loads(line)
                    record, case, deleted = told["record"], told["case"], told.get("deleted", False)
                    persons = told.get("persons", [])
                except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
                    raise UserError(f"{file}:{number}: no line of a truth file (see `casestream simulate`)") from None
                if not deleted:
                    yield str(record), None if case is None else str(case), persons
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}") from None


def truth_pairs(file: Path) -> Iterator[tuple[str, str]]:
    """The records of a truth file that are of a case, each with its case; deleted records are of none. Raises as
    above."""
    return ((record, case) for record, case, _persons in _told(file) if case is not None)


def truth_persons(file: Path) -> Iterator[tuple[str, str]]:
    """The records of a truth file that are of exactly one person, each with that person."""
    return ((record, str(persons[0])) for record, _case, persons in _told(file) if len(persons) == 1)


def _people(truth: Path, told: dict[str, str]) -> Score:
    """Of the records that tell of one person. Others may be about someone without saying who."""
    expected = [(record, person) for record, person in truth_persons(truth) if record in told]
    return compare(expected, ((record, person) for record, person in told.items() if person))


def score(
    truth: Annotated[Path, typer.Argument(help="What `casestream simulate --truth FILE` wrote.", show_default=False)],
    at_least: Annotated[
        float | None, typer.Option(min=0, max=1, metavar="F1", help="Exit code 1 when F1 of the cases is below.",
                                   show_default=False)
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Compare the cases with the truth: precision, recall and F1 over pairs of records of one case. Then the people:
    over pairs of records that each tell of one person, and of the same one."""
    expected = list(truth_pairs(truth))
    store = Place.of(data).store()
    members = store.query_columns(read("score_members"), {})
    told = store.query_columns(read("score_people"), {})
    store.close()
    found = compare(expected, zip(members["record_id"], members["case_id"], strict=True))
    people = {
        name.replace("cases", "people"): value
        for name, value in asdict(
            _people(truth, dict(zip(told["record_id"], told["person_id"], strict=True)))
        ).items()
    }
    if as_json:
        print_json({**asdict(found), "people": people})
    else:
        for title, figures in (("Cases", asdict(found)), ("People", people)):
            rows = [(name.replace("_", " "), round(value, 6)) for name, value in figures.items()]
            table(f"{title} against the truth", ("", "figure"), rows)
    if at_least is not None and found.f1 < at_least:
        raise typer.Exit(Exit.FINDING)
