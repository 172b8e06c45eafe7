"""`casestream ask`: a leader's question, named or in free words, with a picture."""

import shlex
from contextlib import closing
from dataclasses import asdict
from typing import Annotated, Any

import typer

from casestream.areas import NAMES
from casestream.asking import DEFAULT_PERIOD, Narrowed, answered
from casestream.console import print_json, print_line
from casestream.endpoints import Place
from casestream.errors import Exit, UserError
from casestream.options import Area, AreaRole, AsJson, Data, Flag, From, Offence, To, Where
from casestream.picture import bars
from casestream.questions import PICTURED, QUESTIONS, Reply
from casestream.telling import as_json, tell
from casestream.understanding import Understood, understand
from clickhouse.measures import measures
from clickhouse.store import Store


def ask(
    question: Annotated[
        list[str],
        typer.Argument(
            metavar="QUESTION",
            help="burglary-attrition, report-to-arrest, "
            "victim-profile, trial-effectiveness, reoffending, or free words: "
            '"charge rate for rape in Kent last year".',
            show_default=False,
        ),
    ],
    area: Area = None,
    area_role: AreaRole = "force",
    start: From = "now-1y",
    end: To = "now",
    offence: Offence = None,
    flag: Flag = None,
    where: Where = None,
    as_json_wanted: AsJson = False,
    data: Data = None,
) -> None:
    """Answer a question with a picture, the measures behind it, their n, definitions and freshness. Free words are
    matched with the titles of the measures; what was understood is said, and where that is not sure the nearest three
    measures are offered, with exit code 1."""  # fmt: skip
    text = " ".join(question)
    narrowed = Narrowed(tuple(area or ()), area_role, start, end, tuple(offence or ()), tuple(flag or ()),
                        tuple(where or ()))  # fmt: skip
    named = "-".join(text.lower().split())
    if not text.strip():
        raise UserError("ask: there is no question")
    with closing(Place.of(data).store()) as store:
        if named in QUESTIONS:
            _tell_reply(named, QUESTIONS[named](store, narrowed), as_json_wanted)
        else:
            _free_words(store, text, narrowed, as_json_wanted, period_given=(start, end) != DEFAULT_PERIOD)


def _tell_reply(named: str, reply: Reply, as_json_wanted: bool) -> None:
    if as_json_wanted:
        print_json({
            "question": named, "answered": True,
            "pictures": [
                {"title": one.title, "measure": one.measure, "bars": [asdict(bar) for bar in one.bars]}
                for one in reply.pictures
            ],
            "measures": [as_json(one) for one in reply.answers],
        })  # fmt: skip
        return
    for one in reply.pictures:
        print_line(f"{one.title} ({one.measure})")
        for line in bars(one.bars) or ["No data to calculate this field"]:
            print_line(f"  {line}")
        print_line("")
    for told in reply.answers:
        tell(told)
        print_line("")


def _free_words(store: Store, text: str, narrowed: Narrowed, as_json_wanted: bool, *, period_given: bool) -> None:
    found = understand(text, measures(), NAMES, narrowed, period_given=period_given)
    if found.measure is None:
        _offer(text, found, as_json_wanted)
        raise typer.Exit(Exit.FINDING)
    told = answered(store, found.measure, found.narrowed)
    if as_json_wanted:
        print_json({"question": text, "answered": True, "understood": found.said_back(), "measures": [as_json(told)]})
        return
    print_line(f"Understood: {found.said_back()}")
    print_line("")
    tell(told)
    if found.measure.id in PICTURED:
        print_line(f"With pictures: {shlex.join(_command(PICTURED[found.measure.id], found.narrowed))}")


def _command(question: str, narrowed: Narrowed) -> list[str]:
    """The command that answers a named question about the same."""
    words = ["casestream", "ask", question]
    usual = Narrowed()
    for option, given in (("area", narrowed.area), ("offence", narrowed.offence), ("flag", narrowed.flag),
                          ("where", narrowed.where)):  # fmt: skip
        words += [word for one in given for word in (f"--{option}", one)]
    for option, said, default in (
        ("area-role", narrowed.role, usual.role), ("from", narrowed.start, usual.start),
        ("to", narrowed.end, usual.end),
    ):  # fmt: skip
        words += [f"--{option}", said] if said != default else []
    return words


def _offer(text: str, found: Understood, as_json_wanted: bool) -> None:
    offered: list[dict[str, Any]] = [{"id": one.id, "title": one.title} for one in found.nearest]
    if as_json_wanted:
        print_json({"question": text, "answered": False, "understood": found.said_back(), "nearest": offered})
        return
    print_line(f"Understood: {found.said_back()}")
    print_line("Which measure is meant? The nearest:")
    for one in offered:
        print_line(f"  casestream measure {one['id']}   {one['title']}")
