"""`casestream people model`: which models score people, whether a file is one, what it would change, and using it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from casestream.console import print_json, print_line, progress, table
from casestream.endpoints import Place
from casestream.errors import Exit, UnreachableError, UserError
from casestream.options import AsJson, Data
from clickhouse.store import Store
from processors.people.model import ModelError
from processors.people.usable import usable
from streams.people_difference import Differences, differences
from streams.people_model import Scoring, add, added, digest_of, in_force, scoring_of, standing
from streams.people_rescoring import ask, begun
from streams.producer import DeliveryFailed

app = typer.Typer(name="model", help="The models that score people.", no_args_is_help=True)

File = Annotated[
    Path,
    typer.Argument(metavar="FILE.json", help="A Splink settings file, versions 4 and 5.", exists=True, dir_okay=False,
                   show_default=False),
]


@app.command("list")
def list_(as_json: AsJson = False, data: Data = None) -> None:
    """Show the scorings of an instance: number, model, since when, by whom and why, and which is in force."""
    store = Place.of(data).store()
    try:
        now = standing(store).number
        first = scoring_of(store, 0)
        told = [{
            "number": 0, "model": first.model, "digest": first.digest, "added_at": None, "added_by": "",
            "reason": "what the instance began with", "state": "in force" if now == 0 else "former",
        }]  # fmt: skip
        told += [{**one._asdict(), "state": _state(store, one.number, now)} for one in added(store)]
    finally:
        store.close()
    if as_json:
        print_json({"in_force": now, "scorings": told})
        return
    shown = [{**one, "added_at": at and f"{at:%Y-%m-%d %H:%M}"} for one in told for at in (one["added_at"],)]
    table("", tuple(shown[0]), [tuple(one.values()) for one in shown])


def _state(store: Store, number: int, now: int) -> str:
    if number <= now:
        return "in force" if number == now else "former"
    far = begun(store, number)
    return "asked for" if far is None else f"step {far.done} of {far.steps} is done"


@app.command()
def check(file: File, as_json: AsJson = False) -> None:
    """Say whether a Splink settings file is a model that people can be scored by here; a condition, column or blocking
    rule that is not known is named. Needs no instance. Exit code 1 when it is not."""
    try:
        model = usable(_read(file))
    except ModelError as fault:
        if as_json:
            told = {"comparison": fault.comparison, "level": fault.level, "reason": fault.reason}
            print_json({"right": False, "fault": told})
        else:
            print_line(f"{file}: {fault}")
        raise typer.Exit(Exit.FINDING) from None
    levels = sum(len(one.levels) for one in model.comparisons)
    if as_json:
        print_json({
            "right": True, "digest": digest_of(_read(file)), "comparisons": len(model.comparisons), "levels": levels,
            "blocking_rules": len(model.blocking_rules), "term_frequencies": list(model.frequency_columns),
        })  # fmt: skip
        return
    print_line(f"{file}: {len(model.comparisons)} comparisons with {levels} levels, prior {model.prior:.3g}")
    print_line(f"term frequencies: {', '.join(model.frequency_columns) or 'none'}")
    print_line(f"blocking rules: {len(model.blocking_rules) or 'the sixteen built in'}")


@app.command()
def diff(file: File, as_json: AsJson = False, data: Data = None) -> None:
    """Say what scoring all people by a file would change, against the model in force: person records, persons, and
    pairs of records, with examples. Changes nothing. Exit code 1 when something differs.

    It holds all person records in memory. `casestream explain` tells why the two of an example are scored as they are.
    """
    settings = _settings(file)
    store = Place.of(data).store()
    try:
        held = in_force(store)
        found = _compare(store, settings)
    finally:
        store.close()
    _show(held, settings, found, as_json=as_json)
    if held.digest != digest_of(settings):
        raise typer.Exit(Exit.FINDING)


@app.command()
def use(
    file: File,
    reason: Annotated[str, typer.Option("--reason", help="Why; no personal data.", show_default=False)],
    by: Annotated[
        str, typer.Option("--by", help="Who decides: a role or a staff number, not a name.", show_default=False)
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask after the difference is shown.")] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Score people by a file from now on: show what it changes, ask, keep it under the next number, and have the agent
    people score everybody anew. Until that is complete the persons before stand; `casestream wait` returns then."""
    if not reason.strip() or not by.strip():
        raise UserError("--reason and --by must not be empty: they are kept with the model")
    settings = _settings(file)
    place = Place.of(data)
    bootstrap = place.feeds()
    store = place.store()
    try:
        held = in_force(store)
        if held.digest == digest_of(settings):
            _told(held, as_json=as_json, text="is in force")
            return
        if not as_json:
            _show(held, settings, _compare(store, settings), as_json=False)
        if not yes and not typer.confirm("Use this model?", err=True):
            raise typer.Exit(Exit.FINDING)
        scoring = _asked_for(store, settings) or add(store, settings, by, reason, datetime.now(UTC))
        ask(bootstrap, scoring)
    except DeliveryFailed as error:
        raise UnreachableError(f"the model is kept, but the agent people is not asked ({error}): once more") from None
    finally:
        store.close()
    _told(scoring, as_json=as_json, text="is asked for; all people are scored anew")


def _asked_for(store: Store, settings: Mapping[str, Any]) -> Scoring | None:
    """The last scoring that was added, where it is this one and not in force yet: an attempt before."""
    kept = added(store)
    if not kept or kept[-1].number <= standing(store).number or kept[-1].digest != digest_of(settings):
        return None
    return Scoring(kept[-1].number, kept[-1].digest, kept[-1].model, settings)


def _told(scoring: Scoring, *, as_json: bool, text: str) -> None:
    if as_json:
        print_json({"number": scoring.number, "model": scoring.model, "digest": scoring.digest})
    else:
        print_line(f"scoring {scoring.number} ({scoring.model}, {scoring.digest}) {text}")


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{file}: cannot be read as JSON: {error}") from None


def _settings(file: Path) -> Mapping[str, Any]:
    """The settings of a file that can be used; UserError for another."""
    settings: Mapping[str, Any] = _read(file)
    try:
        usable(settings)
    except ModelError as error:
        raise UserError(f"{file}: {error}") from None
    return settings


def _compare(store: Store, settings: Mapping[str, Any]) -> Differences:
    scorer = Scoring(0, "", "", settings).scorer()
    with progress("scoring", None) as advance:
        return differences(store, scorer, on_records=lambda done: advance(done, f"{done:,} person records"))


def _show(held: Scoring, settings: Mapping[str, Any], found: Differences, *, as_json: bool) -> None:
    figures = {
        **asdict(found.figures),
        "attention_before": found.attention_before, "attention_after": found.attention_after,
    }  # fmt: skip
    examples = {"joined": found.joined, "parted": found.parted}
    if as_json:
        told = {name: [one._asdict() for one in some] for name, some in examples.items()}
        print_json({"in_force": held.digest, "wished": digest_of(settings), **figures, "examples": told})
        return
    if held.digest == digest_of(settings):
        print_line(f"the model in force is this one: scoring {held.number}")
        return
    table("What would change", ("", ""), [(name.replace("_", " "), value) for name, value in figures.items()])
    rows = [
        (name, one.first, one.second, round(one.weight_before, 1), round(one.weight_after, 1))
        for name, some in examples.items()
        for one in some
    ]
    if rows:
        table("Examples", ("", "record", "record", "bits before", "bits after"), rows)
