"""What the bench says of a way to link a collection, and what must not be: casestream below Splink above all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from bench.people import by_splink, by_us
from bench.people.collections import Rows, Settings
from bench.people.corrections import Corrections
from bench.people.measured import Clusters, Measured, Share, measured

SPLINK = "Splink's batch"


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
        return {**asdict(self), "quality": shares(self.quality)}


def figures_meanwhile(found: Corrections) -> dict[str, Any]:
    """Corrections as JSON has them."""
    points = [
        {**asdict(point), **{of: shares(getattr(point, of)) for of in ("live", "last_batch", "fresh_batch")}}
        for point in found.points
    ]
    return {**asdict(found), "points": points}


def shares(quality: Measured) -> dict[str, dict[str, float]]:
    """Counts and shares of pairs and clusters, as JSON has them."""
    return {"pairs": _shares(quality.pairs), "clusters": _shares(quality.clusters)}


def _shares(share: Share) -> dict[str, float]:
    return {**asdict(share), "precision": share.precision, "recall": share.recall, "f1": share.f1}


def lines_of(
    name: str, model: str, rows: Rows, settings: Settings, join: float, rules: Sequence[by_us.Rules],
    ours: Callable[[Settings, float, by_us.Rules], tuple[Clusters, float]],
) -> Iterator[Line]:  # fmt: skip
    """Splink's batch, and ours by each choice of rules."""
    blocked = by_us.blocked(rows, settings)
    theirs, seconds = by_splink.linked(rows, settings, join)
    line = partial(Line, name, len(rows.rows), model, join, blocked)
    yield line(SPLINK, measured(rows.truth, theirs), seconds, True)
    for one in rules:
        found, seconds = ours(settings, join, one)
        yield line(one.name, measured(rows.truth, found), seconds, found == theirs)


def wrong_in(lines: Sequence[Line]) -> list[str]:
    """Where the model alone does not give Splink's clusters, or the F1 of casestream, over pairs or over clusters, is
    below that of Splink's batch on the same records by the same model."""
    theirs = {(line.collection, line.model): line.quality for line in lines if line.way == SPLINK}
    told: list[str] = []
    for line in lines:
        where = f"{line.collection}, {line.model}"
        if line.way == by_us.MODEL_ALONE.name and not line.as_splink:
            told.append(f"{where}: the clusters of the model alone are not Splink's")
        if line.way == by_us.WHOLE.name:
            quality = theirs[line.collection, line.model]
            told += [f"{where}: {one}" for one in _below(line.quality, quality, SPLINK)]
    return told


def wrong_meanwhile(found: Corrections) -> list[str]:
    """Where, while records change, the F1 of casestream, over pairs or over clusters, is below that of a batch run now,
    or not above that of the last batch that was run; and whether the end is not that of a run over the last records."""
    told = [] if found.equal else ["corrections: the end is not that of a run over the last records"]
    for point in found.points:
        where = f"corrections, after {point.changes:,} changes"
        told += [f"{where}: {one}" for one in _below(point.live, point.fresh_batch, "a batch run now")]
        told += [f"{where}: {one}" for one in _not_above(point.live, point.last_batch, "the last batch")]
    return told


def _below(ours: Measured, theirs: Measured, whose: str) -> Iterator[str]:
    for of, one, other in _f1(ours, theirs):
        if one < other:
            yield f"F1 of {of} is {one:.4f}, below the {other:.4f} of {whose}"


def _not_above(ours: Measured, theirs: Measured, whose: str) -> Iterator[str]:
    for of, one, other in _f1(ours, theirs):
        if one <= other:
            yield f"F1 of {of} is {one:.4f}, not above the {other:.4f} of {whose}"


def _f1(ours: Measured, theirs: Measured) -> tuple[tuple[str, float, float], ...]:
    return (("pairs", ours.pairs.f1, theirs.pairs.f1), ("clusters", ours.clusters.f1, theirs.clusters.f1))
