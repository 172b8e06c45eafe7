"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="The instance's folder; else CASESTREAM_DATA, else .casestream.",
        show_default=False,
        file_okay=False,
    ),
]

AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as one JSON document.")]
