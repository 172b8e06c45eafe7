"""`casestream measure`: one measure, with n, definition, freshness and comparisons."""

from contextlib import closing
from typing import Annotated

import typer

from casestream.asking import Narrowed, answered, measure_of
from casestream.console import print_json
from casestream.endpoints import Place
from casestream.options import Area, AreaRole, AsJson, Data, Flag, From, Offence, To, Where
from casestream.telling import as_json, tell


def measure(
    name: Annotated[
        str,
        typer.Argument(
            metavar="MEASURE", help="Its id, such as T05; `casestream measures` lists them.", show_default=False
        ),
    ],
    area: Area = None,
    area_role: AreaRole = "force",
    start: From = "now-1y",
    end: To = "now",
    offence: Offence = None,
    flag: Flag = None,
    where: Where = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="NAME",
            help="Divide it by one of the names that it can be narrowed by: force, court, sex ...",
            show_default=False,
        ),
    ] = "",
    shareable: Annotated[
        bool, typer.Option("--shareable", help="Suppress small numbers, so that the figures may be passed on.")
    ] = False,
    as_json_wanted: AsJson = False,
    data: Data = None,
) -> None:
    """A measure for a period, an area, offences and flags: the figure and n, its definition, how fresh the data are,
    and how it compares with the period before, the year before and other forces. Numbers of 1 to 4 are suppressed
    where it is cut by people's characteristics."""  # fmt: skip
    asked = measure_of(name)
    narrowed = Narrowed(
        tuple(area or ()), area_role, start, end, tuple(offence or ()), tuple(flag or ()), tuple(where or ()), by,
        shareable,
    )  # fmt: skip
    with closing(Place.of(data).store()) as store:
        told = answered(store, asked, narrowed)
    if as_json_wanted:
        print_json(as_json(told))
    else:
        tell(told)
