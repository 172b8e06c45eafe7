"""How well people are linked, against the truth, beside Splink's batch on the same records, blocking and model.

    python -m bench.linking_quality [--people 2000] [--seed 1] [--only NAME] [--json]

NAME: fake_1000, febrl3, febrl4, light, middling, heavy (made-up people of that dirt), corrections. Models are trained
in Splink on other records than those that are scored. `the model alone` is ours without its own rules: its clusters
must be Splink's, or the exit code is 1; so it is where corrections end elsewhere than a run over the last records.
Seconds are of processor time, on one core.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import splink

from bench.people import by_splink, by_us, public
from bench.people.collections import Rows, Settings
from bench.people.corrections import Corrections, corrections
from bench.people.made import LEVELS, Dirt, Made, made_people
from bench.people.measured import Clusters, Measured, Share, measured
from bench.people.models import JOIN_STANDARD, JOIN_TRAINED, standard_model, trained_model

JOIN_PUBLIC = 4.25
"""Bits (p = 0.95): the threshold that Splink's own tutorial clusters at."""

CACHE = Path(".casestream/bench")


@dataclass(frozen=True, slots=True)
class Line:
    """One way of linking a collection. `join`: the bits from which a pair is joined. `blocked`: the share of true pairs
    that are compared. `as_splink`: whether the clusters are those of Splink's batch."""

    collection: str
    records: int
    model: str
    join: float
    blocked: float
    way: str
    quality: Measured
    seconds: float
    as_splink: bool

    def figures(self) -> dict[str, Any]:
        """As JSON has it."""
        made = asdict(self)
        made["quality"] = {name: _shares(getattr(self.quality, name)) for name in ("pairs", "clusters")}
        return made


def _shares(share: Share) -> dict[str, float]:
    return {**asdict(share), "precision": share.precision, "recall": share.recall, "f1": share.f1}


def _lines(
    name: str, model: str, rows: Rows, settings: Settings, join: float, rules: Sequence[by_us.Rules],
    ours: Callable[[Settings, float, by_us.Rules], tuple[Clusters, float]],
) -> Iterator[Line]:  # fmt: skip
    blocked = by_us.blocked(rows, settings)
    theirs, seconds = by_splink.linked(rows, settings, join)
    line = partial(Line, name, len(rows.rows), model, join, blocked)
    yield line("Splink's batch", measured(rows.truth, theirs), seconds, True)
    for one in rules:
        found, seconds = ours(settings, join, one)
        yield line(one.name, measured(rows.truth, found), seconds, found == theirs)


def published(collection: public.Collection) -> Iterator[Line]:
    """A published collection, by a model that was trained on its other half."""
    settings = by_splink.trained(collection.training, collection.settings, collection.how)
    rules = (by_us.MODEL_ALONE, by_us.WHOLE)
    ours = partial(by_us.linked_rows, collection.linking)
    yield from _lines(collection.name, "trained", collection.linking, settings, JOIN_PUBLIC, rules, ours)


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
    yield from _lines(name, model, made.rows(), settings, join, rules, partial(by_us.linked_people, made.records))


def _both_models(dirt: Dirt, people: int, seed: int) -> Iterator[Line]:
    yield from by_default_model(dirt, people, seed)
    yield from by_trained_model(dirt, people, seed)


def _table(line: Line) -> str:
    pairs, clusters = line.quality.pairs, line.quality.clusters
    shares = (pairs.precision, pairs.recall, pairs.f1, clusters.precision, clusters.recall, clusters.f1)
    told = "  ".join(f"{share:.4f}" for share in shares)
    same = "yes" if line.as_splink else "no"
    return f"  {line.model:8}  {line.join:5.2f}  {line.way:23}  {told}  {line.seconds:7.2f}  {same}\n"


_HEAD = f"  {'model':8}  {'join':5}  {'way':23}  {'pairs: P':8}{'R':>4}{'F1':>9}{'clusters: P':>14}{'R':>4}{'F1':>9}\
{'seconds':>12}  Splink's clusters\n"


def _told(found: Corrections, splink_seconds: float) -> str:
    same = "equals" if found.equal else "DIFFERS from"
    return (
        f"corrections: {found.changes:,} changes in {found.chunks} chunks among {found.records:,} records\n"
        f"  the end {same} a run over the last records\n"
        f"  all changes {found.seconds:.2f} s, the slowest chunk {found.slowest_chunk * 1000:.0f} ms\n"
        f"  all records at once {found.seconds_at_once:.2f} s\n"
        f"  Splink's batch, to be run again for each state, {splink_seconds:.2f} s\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    names = ("fake_1000", "febrl3", "febrl4", *(dirt.name for dirt in LEVELS), "corrections")
    parser = argparse.ArgumentParser(prog="python -m bench.linking_quality", description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=names)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    chosen = names if asked.only is None else (asked.only,)
    collections: dict[str, Callable[[], Iterator[Line]]] = {
        "fake_1000": lambda: published(public.fake_1000()),
        "febrl3": lambda: published(public.febrl(3, CACHE)),
        "febrl4": lambda: published(public.febrl(4, CACHE)),
        **{dirt.name: partial(_both_models, dirt, asked.people, asked.seed) for dirt in LEVELS},
    }
    say = sys.stderr.write if asked.json else sys.stdout.write
    say(f"splink {splink.__version__}, duckdb {duckdb.__version__}, one core\n")
    lines, absent = _measured({name: made for name, made in collections.items() if name in chosen}, say)
    kept: Corrections | None = None
    seconds = 0.0
    if "corrections" in chosen:
        kept, last = corrections(asked.people, asked.seed)
        _, seconds = by_splink.linked(last.rows(), standard_model(), JOIN_STANDARD)
        say(_told(kept, seconds))
    if asked.json:
        told = {**asdict(kept), "seconds_of_splinks_batch": seconds} if kept is not None else None
        found = {"collections": [line.figures() for line in lines], "corrections": told, "left_out": absent}
        sys.stdout.write(json.dumps(found) + "\n")
    same = all(line.as_splink for line in lines if line.way == by_us.MODEL_ALONE.name)
    return 0 if same and (kept is None or kept.equal) else 1


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
