"""How well people are linked, against the truth, beside Splink's batch on the same records, blocking and model.

    python -m bench.linking_quality [--people 2000] [--cases 3000] [--seed 1] [--only NAME] [--allow-absent] [--json]

NAME: fake_1000, febrl3, febrl4; light, middling, heavy (made-up people of that dirt); light-events, middling-events,
heavy-events (a simulated history of that dirt, through standardise and link); corrections. Models are trained in Splink
on other records than those that are scored. The exit code is 1, with each reason, where
  - in any collection, by any model, the F1 of `casestream` over pairs or over clusters is below that of Splink's batch;
  - while records change, it is below that of a batch run now, or not above that of the last batch;
  - `the model alone`, which is ours without its own rules, does not give Splink's clusters;
  - corrections end elsewhere than a run over the last records;
  - a collection is not to be had here, unless --allow-absent.
Seconds are of processor time, on one core.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import duckdb
import splink

from bench.people import by_splink, by_us, public
from bench.people.collections import Settings
from bench.people.corrections import Corrections, corrections
from bench.people.lines import Line, figures_meanwhile, lines_of, wrong_in, wrong_meanwhile
from bench.people.made import Made, made_people
from bench.people.measured import Measured
from bench.people.models import JOIN_STANDARD, JOIN_TRAINED, standard_model, trained_model
from bench.people.simulated import simulated
from simulator import LEVELS, Dirt

JOIN_PUBLIC = 4.25
"""Bits (p = 0.95): the threshold that Splink's own tutorial clusters at."""

CACHE = Path(".casestream/bench")


def published(collection: public.Collection) -> Iterator[Line]:
    """A published collection, by a model that was trained on its other half."""
    settings = by_splink.trained(collection.training, collection.settings, collection.how)
    rules = (by_us.MODEL_ALONE, by_us.WHOLE)
    ours = partial(by_us.linked_rows, collection.linking)
    yield from lines_of(collection.name, "trained", collection.linking, settings, JOIN_PUBLIC, rules, ours)


def by_default_model(dirt: Dirt, people: int, seed: int) -> Iterator[Line]:
    """Made-up people, by the default model."""
    made = made_people(seed, people, dirt)
    yield from _made_up(dirt.name, "standard", made, standard_model(), JOIN_STANDARD)


def by_trained_model(dirt: Dirt, people: int, seed: int) -> Iterator[Line]:
    """Made-up people, by a model that was trained on others."""
    settings = trained_model(made_people(seed + 1, people, dirt).rows())
    yield from _made_up(dirt.name, "trained", made_people(seed, people, dirt), settings, JOIN_TRAINED)


def _made_up(name: str, model: str, made: Made, settings: Settings, join: float) -> Iterator[Line]:
    rules = (by_us.MODEL_ALONE, by_us.WHOLE, *by_us.EACH_OFF)
    yield from lines_of(name, model, made.rows(), settings, join, rules, partial(by_us.linked_people, made.records))


def by_events(dirt: Dirt, cases: int, seed: int) -> Iterator[Line]:
    """People of simulated events, by the default model and by one that was trained on another history."""
    history = simulated(seed, cases, dirt)
    rows, name = history.made.rows(), f"{dirt.name}-events"
    rules = (by_us.MODEL_ALONE, by_us.WHOLE, by_us.UNDECIDED)
    yield from lines_of(name, "standard", rows, standard_model(), JOIN_STANDARD, rules, history.linked)
    trained = trained_model(simulated(seed + 1, cases, dirt).made.rows())
    yield from lines_of(name, "trained", rows, trained, JOIN_TRAINED, rules, history.linked)


def _both_models(dirt: Dirt, people: int, seed: int) -> Iterator[Line]:
    yield from by_default_model(dirt, people, seed)
    yield from by_trained_model(dirt, people, seed)


_MEASURES = f"{'pairs: P':8}{'R':>4}{'F1':>9}{'clusters: P':>14}{'R':>4}{'F1':>9}"
_HEAD = f"  {'model':8}  {'join':5}  {'way':23}  {_MEASURES}{'seconds':>12}  Splink's clusters\n"


def _table(line: Line) -> str:
    same = "yes" if line.as_splink else "no"
    return (
        f"  {line.model:8}  {line.join:5.2f}  {line.way:23}  {_shown(line.quality)}  {line.seconds:7.2f}  {same}\n"
    )


def _shown(quality: Measured) -> str:
    both = (quality.pairs, quality.clusters)
    return "  ".join(f"{share:.4f}" for of in both for share in (of.precision, of.recall, of.f1))


def _told(found: Corrections) -> str:
    same = "equals" if found.equal else "DIFFERS from"
    points = "".join(
        f"  {point.changes:7,}  {way:15}  {behind:6,}  {_shown(quality)}\n"
        for point in found.points
        for way, behind, quality in (("casestream", 0, point.live), ("the last batch", point.behind, point.last_batch),
                                     ("a batch run now", 0, point.fresh_batch))
    )  # fmt: skip
    return (
        f"corrections: {found.changes:,} changes in {found.chunks} chunks among {found.records:,} records\n"
        f"  {'changes':7}  {'way':15}  {'behind':6}  {_MEASURES}\n{points}"
        f"  the end {same} a run over the last records\n"
        f"  all changes {found.seconds:.2f} s, the slowest chunk {found.slowest_chunk * 1000:.0f} ms\n"
        f"  all records at once {found.seconds_at_once:.2f} s\n"
        f"  Splink's batch, to be run again for each state, {found.seconds_of_splink:.2f} s\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    names = (
        "fake_1000", "febrl3", "febrl4", *(dirt.name for dirt in LEVELS), *(f"{dirt.name}-events" for dirt in LEVELS),
        "corrections",
    )  # fmt: skip
    parser = argparse.ArgumentParser(
        prog="python -m bench.linking_quality", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--cases", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=names)
    parser.add_argument("--allow-absent", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    chosen = names if asked.only is None else (asked.only,)
    collections: dict[str, Callable[[], Iterator[Line]]] = {
        "fake_1000": lambda: published(public.fake_1000()),
        "febrl3": lambda: published(public.febrl(3, CACHE)),
        "febrl4": lambda: published(public.febrl(4, CACHE)),
        **{dirt.name: partial(_both_models, dirt, asked.people, asked.seed) for dirt in LEVELS},
        **{f"{dirt.name}-events": partial(by_events, dirt, asked.cases, asked.seed) for dirt in LEVELS},
    }
    say = sys.stderr.write if asked.json else sys.stdout.write
    say(f"splink {splink.__version__}, duckdb {duckdb.__version__}, one core\n")
    lines, absent = _measured({name: made for name, made in collections.items() if name in chosen}, say)
    kept = corrections(asked.people, asked.seed) if "corrections" in chosen else None
    if kept is not None:
        say(_told(kept))
    wrong = [*wrong_in(lines), *(wrong_meanwhile(kept) if kept is not None else ())]
    if not asked.allow_absent:
        wrong += [f"{name} was left out" for name in absent]
    for one in wrong:
        say(f"WRONG: {one}\n")
    if asked.json:
        meanwhile = figures_meanwhile(kept) if kept is not None else None
        lines_told = [line.figures() for line in lines]
        found = {"collections": lines_told, "corrections": meanwhile, "left_out": absent, "wrong": wrong}
        sys.stdout.write(json.dumps(found) + "\n")
    return 1 if wrong else 0


def _measured(
    collections: Mapping[str, Callable[[], Iterator[Line]]], say: Callable[[str], object]
) -> tuple[list[Line], dict[str, str]]:
    """Measure collections, each line said as it comes; those that are not to be had, each with the reason."""
    lines: list[Line] = []
    absent: dict[str, str] = {}
    for name, made in collections.items():
        try:
            for at, line in enumerate(made()):
                if at == 0:
                    say(f"{name}: {line.records:,} records, {line.blocked:.1%} of the true pairs compared\n{_HEAD}")
                lines.append(line)
                say(_table(line))
        except public.AbsentError as error:
            absent[name] = str(error)
            say(f"{name}: LEFT OUT, {error}\n")
    return lines, absent


if __name__ == "__main__":
    sys.exit(main())
