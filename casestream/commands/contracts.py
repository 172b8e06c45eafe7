"""`casestream contracts`: the kinds of events that agencies send, and the JSON Schema of each."""

import inspect
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from casestream.console import print_json, print_line, table
from casestream.errors import UserError
from casestream.options import AsJson
from schemas import generate
from schemas.events import KINDS


def contracts(
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="A type of event, such as police.crime.",
                                               show_default=False)] = None,
    example: Annotated[bool, typer.Option("--example", help="Print an example of the kind, not its schema.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Make schemas/generated anew from the models (for developers).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the kinds of events, or print the JSON Schema of one."""
    if write:
        changed = generate.write(Path(inspect.getfile(generate)).parent / "generated")
        print_line(f"{len(generate.EVENT_MODELS)} schemas, {len(changed)} changed")
    elif kind is not None:
        if kind not in generate.EVENT_MODELS:
            near = get_close_matches(kind, generate.EVENT_MODELS, 1)
            hint = f"; {near[0]}?" if near else "; `casestream contracts` lists them"
            raise UserError(f"no contract is called {kind}{hint}")
        print_line((generate.example(kind) if example else generate.text(kind)).rstrip())
    elif as_json:
        print_json([row(name) for name in generate.EVENT_MODELS])
    else:
        rows = [row(name) for name in generate.EVENT_MODELS]
        table("", ("type", "agency", "what it is"), [(r["type"], r["agency"], r["what"]) for r in rows])


def row(event_type: str) -> dict[str, str]:
    """A contract in a list."""
    known = KINDS.get(event_type)
    what = (inspect.getdoc(generate.EVENT_MODELS[event_type]) or "").replace("\n", " ")
    return {"type": event_type, "agency": known.agency if known else "any", "what": what}
