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

Area = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="AREA", help="A force's number or name, a GSS code, a board or a region; with "
                 "another role its own code or name. May be repeated.", show_default=False),
]

AreaRole = Annotated[
    str,
    typer.Option("--area-role", metavar="ROLE", help="What the area did in the case: force (of the originating "
                 "crime), cps_area, court, region (of probation), prison_region, home (of "
                 "the person)."),
]

From = Annotated[
    str, typer.Option("--from", metavar="WHEN", help="The beginning: 2026, 2026-01, 2026-01-31, now-1y, now-1y/M.")
]

To = Annotated[str, typer.Option("--to", metavar="WHEN", help="The end, that day, month or year included.")]

Offence = Annotated[
    list[str] | None,
    typer.Option("--offence", metavar="OFFENCE", help="An offence group or sub-group: burglary, \"Sexual offences\". "
                 "May be repeated.", show_default=False),
]

Flag = Annotated[
    list[str] | None,
    typer.Option("--flag", metavar="FLAG", help="A priority flag: rape, rasso, domestic_abuse ... May be repeated: "
                 "any of them.", show_default=False),
]

Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="NAME=VALUE", help="Narrow by anything else that the measure has: sex=female, "
                 "age_band=18-20, jurisdiction=crown. May be repeated.", show_default=False),
]
