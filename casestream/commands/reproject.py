"""`casestream reproject`: have cases projected again, such as after a mended fault."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Annotated

import typer

from casestream.console import note, print_json, print_line, progress
from casestream.endpoints import Place
from casestream.errors import Exit, UnreachableError, UserError
from casestream.options import AsJson, Data
from clickhouse.queries import read
from clickhouse.store import Store
from schemas.flow import is_case_id, record_id_of
from streams.producer import DeliveryFailed
from streams.reproject import NotTakenError, ask


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of the cases that were named: `moved` are old names, each with the case where its record is now;
    `gone` are no cases, or none any more."""

    case_ids: tuple[str, ...]
    moved: dict[str, str]
    gone: tuple[str, ...]


def reproject(
    cases: Annotated[
        list[str] | None, typer.Argument(metavar="CASE", help="Case ids.", show_default=False)
    ] = None,
    faulted: Annotated[bool, typer.Option("--faulted", help="The cases that are in case_faults.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every case there is.")] = False,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="How long link may take no request before it is given up.")
    ] = 600.0,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Ask for cases to be projected again by the code that the workers run now; all their rows are written anew, and
    rows that are no longer theirs removed.

    Start the new code on every worker first. `casestream wait` returns when it is done. An old id leads to the case
    where its record is now. Exit code 1 when a named case does not exist; the rows it may still have are removed.
    """
    wrong = next((one for one in cases or () if not is_case_id(one)), None)
    if wrong is not None:
        raise UserError(f"{wrong!r} is no case id: c and 24 hexadecimal digits")
    if not (cases or faulted or every):
        raise UserError("name cases, or --faulted, or --all")
    place = Place.of(data)
    bootstrap = place.kafka()
    store = place.store()
    try:
        named = look_up(store, cases or ())
        wanted = chain(named.case_ids, _selected(store, faulted=faulted, every=every))
        asked = _ask(bootstrap, wanted, timeout)
    finally:
        store.close()
    _tell(asked, named, as_json=as_json)
    if named.gone:
        raise typer.Exit(Exit.FINDING)


def look_up(store: Store, cases: Sequence[str]) -> Named:
    """Which of the named cases there are. Raises StoreError."""
    case_ids = tuple(dict.fromkeys(cases))
    found = store.lookup(read("cases_of_records"), [record_id_of(one) for one in case_ids], {}) if case_ids else {}
    now = dict(zip(found.get("record_id", ()), found.get("case_id", ()), strict=True))
    where = {one: now.get(record_id_of(one)) for one in case_ids}
    return Named(
        case_ids,
        {one: case_id for one, case_id in where.items() if case_id is not None and case_id != one},
        tuple(one for one, case_id in where.items() if case_id is None),
    )


def _selected(store: Store, *, faulted: bool, every: bool) -> Iterator[str]:
    if faulted:
        for (case_id,) in store.query(read("faulted_cases"), {}):
            yield str(case_id)
    if every:
        for batch in store.batches(read("current_cases")):
            yield from map(str, batch)


def _ask(bootstrap: str, case_ids: Iterable[str], timeout: float) -> int:
    try:
        with progress("asking", None) as advance:
            return ask(
                bootstrap, case_ids, timeout=timeout, on_sent=lambda count: advance(count, f"{count:,} cases")
            )
    except DeliveryFailed as error:
        raise UnreachableError(f"Kafka did not take all requests: {error}") from None
    except NotTakenError as error:
        raise UnreachableError(f"{error}: is a worker running?") from None


def _tell(asked: int, named: Named, *, as_json: bool) -> None:
    if as_json:
        print_json({"asked": asked, "moved": named.moved, "gone": list(named.gone)})
        return
    for old, now in named.moved.items():
        note(f"{old} is part of {now} now, which is projected again")
    for gone in named.gone:
        note(f"{gone} does not exist (any more); the rows that it may still have are removed")
    print_line(f"asked for {asked:,} cases to be projected again")
