"""`casestream explain`: why records are of one case, or are not."""

from pathlib import Path
from typing import Annotated

import typer

from casestream.console import note, print_json, print_line
from casestream.endpoints import Place
from casestream.errors import UserError
from casestream.explaining import explain as explained
from casestream.options import AsJson, Data
from streams.look import Look


def explain(
    ids: Annotated[list[str], typer.Argument(metavar="CASE|RECORD|PERSON|ID ID", help="A case id or a person id "
                                             "(one that it had before, too), a record id, a person record's id, or two "
                                             "of a kind of records.",
                                             show_default=False)],
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="Also draw it: an SVG file.", show_default=False)
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Say which identifiers link the records of a case and since when, by which chain two records are joined, which
    identifiers are left out and why, and why an old case id leads where it does. For a person: by which joins their
    records are one, each with its keys and match weight, and who decided what about them, by which event. For two
    person records: which blocking keys they share, by rule and column, and which of them are held out; the match
    weight, comparison by comparison; what was decided, and what comes of it. Never the values of people.

    For cases it shows identifiers as they are (URN, ASN ...), so it is for those who may see case data.
    """
    if picture is not None and picture.suffix.lower() != ".svg":
        raise UserError(f"--picture {picture}: must be a file that ends with .svg")
    store = Place.of(data).store()
    try:
        answer = explained(Look(store), ids)
    finally:
        store.close()
    if picture is not None:
        try:
            picture.write_text(answer.picture(), encoding="utf-8")
        except OSError as error:
            raise UserError(f"{picture}: {error.strerror or error}") from None
        note(f"drawn: {picture}")
    if as_json:
        print_json(answer.figures())
        return
    for line in answer.lines():
        print_line(line)
