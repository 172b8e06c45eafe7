"""`casestream people model`: which models score people, whether a file is one, what it would change, and using it."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from casestream.console import print_json, print_line, progress, table
from casestream.endpoints import Place
from casestream.errors import Exit, UnreachableError, UserError
from casestream.options import AsJson, Data
from casestream.people_wishes import read_json, wished_of
from clickhouse.store import Store
from processors.people.blocking.rules import own_rules
from processors.people.model import ModelError
from processors.people.usable import usable
from streams.people_difference import Differences, differences
from streams.people_model import Scoring, add, added, digest_of, in_force, scorer_of, scoring_of, standing
from streams.people_rescoring import ask, begun
from streams.producer import DeliveryFailed

app = typer.Typer(name="model", help="The models that score people.", no_args_is_help=True)

AnyFile = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE.json]", help="A Splink settings file; else the model in force.", exists=True,
                   dir_okay=False, show_default=False),
]

SnapshotName = Annotated[
    str | None,
    typer.Option("--snapshot", metavar="NAME", help="The snapshot of term frequencies to score by, or none; else the "
                 "one in force.", show_default=False),
]

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
        told: list[dict[str, Any]] = [{
            "number": 0, "digest": first.digest, "model": first.model, "snapshot": "", "added_at": None, "added_by": "",
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
        model = usable(read_json(file))
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
            "right": True, "digest": digest_of(read_json(file), ""), "comparisons": len(model.comparisons),
            "levels": levels, "blocking_rules": len(own_rules(model)),
            "term_frequencies": list(model.frequency_columns),
        })  # fmt: skip
        return
    print_line(f"{file}: {len(model.comparisons)} comparisons with {levels} levels, prior {model.prior:.3g}")
    print_line(f"term frequencies: {', '.join(model.frequency_columns) or 'none'}")
    print_line(f"blocking rules: {len(own_rules(model)) or 'the sixteen built in'}")


@app.command()
def diff(file: AnyFile = None, snapshot: SnapshotName = None, as_json: AsJson = False, data: Data = None) -> None:
    """Say what scoring all people by a file or a snapshot would change, against what is in force: person records,
    persons, and pairs of records, with examples. Changes nothing. Exit code 1 when something differs.

    It takes some 4 KB of memory for each person record. `casestream explain` tells why the two of an example are scored
    as they are.
    """
    store = Place.of(data).store()
    try:
        held = in_force(store)
        new = wished_of(store, held, file, snapshot)
        found = _compare(store, new)
    finally:
        store.close()
    _show(held, new, found, as_json=as_json)
    if held.digest != new.digest:
        raise typer.Exit(Exit.FINDING)


@app.command()
def use(
    reason: Annotated[str, typer.Option("--reason", help="Why; no personal data.", show_default=False)],
    by: Annotated[
        str, typer.Option("--by", help="Who decides: a role or a staff number, not a name.", show_default=False)
    ],
    file: AnyFile = None,
    snapshot: SnapshotName = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask after the difference is shown.")] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Score people by a file or a snapshot from now on: show what it changes, ask, keep it under the next number, and
    have the agent people score everybody anew. Until that is complete the persons before stand; `casestream wait`
    returns then."""
    if not reason.strip() or not by.strip():
        raise UserError("--reason and --by must not be empty: they are kept with the model")
    place = Place.of(data)
    bootstrap = place.feeds()
    store = place.store()
    try:
        held = in_force(store)
        new = wished_of(store, held, file, snapshot)
        if held.digest == new.digest:
            _told(held, as_json=as_json, text="is in force")
            return
        # Also where nobody reads what it changes: a model that fails over some pair must fail here, not in the worker.
        found = _compare(store, new)
        if not as_json:
            _show(held, new, found, as_json=False)
        if not yes and not typer.confirm("Score people so?", err=True):
            raise typer.Exit(Exit.FINDING)
        asked = _asked_for(store, new)
        if asked is None:
            add(store, new, by, reason, datetime.now(UTC))
        ask(bootstrap, asked or new)
    except DeliveryFailed as error:
        raise UnreachableError(f"the model is kept, but the agent people is not asked ({error}): once more") from None
    finally:
        store.close()
    _told(asked or new, as_json=as_json, text="is asked for; all people are scored anew")


def _asked_for(store: Store, new: Scoring) -> Scoring | None:
    """The last scoring that was added, where it is this one and not in force yet: an attempt before."""
    kept = added(store)
    if not kept or kept[-1].number <= standing(store).number or kept[-1].digest != new.digest:
        return None
    return new._replace(number=kept[-1].number, model=kept[-1].model)


def _told(scoring: Scoring, *, as_json: bool, text: str) -> None:
    if as_json:
        print_json({"number": scoring.number, "model": scoring.model, "digest": scoring.digest})
    else:
        print_line(f"scoring {scoring.number} ({scoring.model}, {scoring.digest}) {text}")


def _compare(store: Store, new: Scoring) -> Differences:
    with progress("scoring", None) as advance:
        return differences(
            store, scorer_of(store, new), on_records=lambda done: advance(done, f"{done:,} person records")
        )


def _show(held: Scoring, new: Scoring, found: Differences, *, as_json: bool) -> None:
    figures = {
        **asdict(found.figures),
        "attention_before": found.attention_before, "attention_after": found.attention_after,
    }  # fmt: skip
    examples = {"joined": found.joined, "parted": found.parted}
    if as_json:
        told = {name: [one._asdict() for one in some] for name, some in examples.items()}
        print_json({"in_force": held.digest, "wished": new.digest, **figures, "examples": told})
        return
    if held.digest == new.digest:
        print_line(f"this is in force: scoring {held.number}")
        return
    table("What would change", ("", ""), [(name.replace("_", " "), value) for name, value in figures.items()])
    rows = [
        (name, one.first, one.second, round(one.weight_before, 1), round(one.weight_after, 1))
        for name, some in examples.items()
        for one in some
    ]
    if rows:
        table("Examples", ("", "record", "record", "bits before", "bits after"), rows)
