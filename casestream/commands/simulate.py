"""`casestream simulate`: a made-up history with its truth, to files or to the feed topics."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from casestream.console import note, print_json, print_line, progress
from casestream.endpoints import Place
from casestream.errors import UnreachableError, UserError
from casestream.options import AsJson, Data
from casestream.simulating import Remembered, send
from simulator import LEVELS, Defects, Dirt, Plan, PlanError, happenings, write_history
from streams.producer import DeliveryFailed

SEED, CASES, MONTHS = 1, 3_000, 36

_DIRT = {one.name: one for one in (Dirt(), *LEVELS)}


def _share(help_text: str) -> Any:
    return typer.Option(min=0, max=1, metavar="SHARE", help=help_text, show_default=False)


def simulate(
    events: Annotated[int | None, typer.Option(min=1, help="How many events.", show_default=False)] = None,
    cases: Annotated[
        int | None, typer.Option(min=1, help=f"How many cases, instead; {CASES:,} unless given.", show_default=False)
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same history.")] = SEED,
    months: Annotated[int, typer.Option(min=1, help="How far back the history goes.")] = MONTHS,
    end: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it ends, such as 2026-10-31.", show_default=False)
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option(metavar="FORCE", help="Force number of an area; all 43 unless given.",
                                       show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write CloudEvents there, one a line, and send nothing.")
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there which records are of one case and one person.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option(min=0.01, help="Send so many events a second; else as fast as Kafka takes them.",
                                   show_default=False)
    ] = None,
    go_on: Annotated[
        bool, typer.Option("--go-on", help="Go on with the instance's own simulation where it stopped.")
    ] = False,
    defects: Annotated[float, _share("All of the following at once.")] = 0.0,
    duplicates: Annotated[float | None, _share("Events that come twice.")] = None,
    late: Annotated[float | None, _share("Events that come hours to weeks late.")] = None,
    out_of_order: Annotated[float | None, _share("Events that come after their successor.")] = None,
    missing_identifiers: Annotated[float | None, _share("Events that lack an identifier.")] = None,
    mistyped_identifiers: Annotated[float | None, _share("Events with a wrong character in an identifier.")] = None,
    corrections: Annotated[float | None, _share("Events with a wrong identifier that is put right later.")] = None,
    deletions: Annotated[float | None, _share("Records that are deleted at their source.")] = None,
    merges: Annotated[float | None, _share("People whom HMPPS hold twice, and merge later.")] = None,
    dirt: Annotated[
        str, typer.Option(metavar="LEVEL", help="How dirtily people are written down (misspelt, by another name, "
                          f"without identifiers, as somebody else; twins): {', '.join(_DIRT)}.")
    ] = Dirt().name,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Make up a coherent history through all four agencies; everyone in it is invented.

    With --out it goes to a file, else to the feed topics. A SHARE is from 0 to 1.
    """
    if go_on:
        _go_on(Place.of(data), rate)
        return
    given = {
        "duplicates": duplicates, "late": late, "out_of_order": out_of_order,
        "missing_identifiers": missing_identifiers, "mistyped_identifiers": mistyped_identifiers,
        "corrections": corrections, "deletions": deletions, "merges": merges,
    }  # fmt: skip
    wrong = Defects(**{name: defects if share is None else share for name, share in given.items()})
    if dirt not in _DIRT:
        raise UserError(f"--dirt {dirt!r}: one of {', '.join(_DIRT)}")
    plan = _plan(seed, events, cases, months, end, area, wrong, _DIRT[dirt])
    if out is not None:
        count = _write(plan, out, truth)
    else:
        bootstrap = Place.of(data).feeds()
        count = _send(bootstrap, plan, rate)
        if truth is not None:
            _write(plan, Path("/dev/null"), truth)
    if as_json:
        print_json({"events": count, "seed": seed, "months": months})
    else:
        print_line(f"{'wrote' if out is not None else 'published'} {count:,} simulated events")


def _plan(
    seed: int, events: int | None, cases: int | None, months: int, end: str | None, area: list[str] | None,
    defects: Defects, dirt: Dirt,
) -> Plan:  # fmt: skip
    base = Plan()
    try:
        return Plan(
            seed=seed,
            cases=CASES if events is None and cases is None else cases,
            events=events,
            months=months,
            areas=tuple(area) if area else base.areas,
            end=_moment(end) if end is not None else base.end,
            defects=defects,
            dirt=dirt,
        )
    except PlanError as error:
        raise UserError(str(error)) from None


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UserError(f"--end {text!r}: must be a day or a time, such as 2026-10-31") from None
    return found if found.tzinfo is not None else found.astimezone()


def _write(plan: Plan, out: Path, truth: Path | None) -> int:
    try:
        with progress("simulating", plan.events) as advance:
            return write_history(plan, out, truth, lambda count: advance(count, f"{count:,} events"))
    except OSError as error:
        raise UserError(f"{error.filename}: {error.strerror}") from None


def _send(bootstrap: str, plan: Plan, rate: float | None) -> int:
    try:
        with progress("simulating", plan.events) as advance:
            return send(
                bootstrap, happenings(plan), rate=rate, on_sent=lambda count: advance(count, f"{count:,} events")
            )
    except DeliveryFailed as error:
        raise UnreachableError(f"Kafka did not take all: {error}") from None


def _go_on(place: Place, rate: float | None) -> None:
    """The instance's own simulation: begun when it is not there, and each event of it sent once."""
    bootstrap = place.feeds()
    kept = Remembered(place.instance.folder)
    simulation = kept.begun(seed=SEED, cases=CASES, months=MONTHS)
    note(f"going on after {simulation.sent:,} events of the simulation that ends on {simulation.end.date()}")
    try:
        done = kept.go_on(bootstrap, simulation, rate=rate)
    except DeliveryFailed as error:
        raise UnreachableError(f"Kafka did not take all: {error}") from None
    print_line(f"published {done.sent - simulation.sent:,} simulated events; the simulation is over")
