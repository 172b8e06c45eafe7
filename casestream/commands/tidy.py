"""`casestream tidy`: delete what is superseded and done."""

from typing import Annotated

import typer

from casestream.console import pairs, print_json
from casestream.endpoints import Place
from casestream.options import AsJson, Data
from streams import tidy as clearing


def tidy(
    keep: Annotated[
        int | None,
        typer.Option(
            min=0, metavar="N", show_default=False,
            help="Keep what the last N messages of records, cases and people may need; else CASESTREAM_TIDY_KEEP.",
        ),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Delete the messages of `records`, `cases` and `people` that the workers have done, and the rows of link's and
    people's memory that later ones superseded, and say how many.

    Workers do it by themselves every CASESTREAM_TIDY_HOURS. It may run beside them. What a worker needs that wakes up
    no more than N messages late is kept.
    """
    place = Place.of(data)
    bootstrap = place.kafka()
    store = place.store()
    try:
        tidied = clearing.tidy(store, bootstrap, place.settings.tidy_keep if keep is None else keep)
    finally:
        store.close()
    if as_json:
        print_json({"rows": dict(tidied.rows), "messages": dict(tidied.messages)})
    else:
        pairs("Rows deleted", dict(tidied.rows))
        pairs("Messages deleted", dict(tidied.messages))
