"""Published figures that made-up histories are held against, and what the simulator's were when last measured.

Both are data: `published.yaml` with a source for each figure, or `assumed`, and a tolerance with its reason;
`simulated.yaml`, which `python -m bench.simulator_figures` writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from simulator.rates import ASSUMED

SIMULATED = Path(__file__).with_name("simulated.yaml")
_PUBLISHED = Path(__file__).with_name("published.yaml")


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure, in its unit. `of` names what is measured, `MEASURE.value` or `file.column`, narrowed to the
    values of dimensions; `key`: which figure of a measure that has several; `to`: `of` is a percentage of this.
    `tolerance`, in the same unit: how far the simulated figure may be from it."""

    name: str
    title: str
    unit: str
    published: float
    source: str
    of: str
    tolerance: float
    why: str
    address: str = ""
    to: str = ""
    key: str = ""
    narrowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def assumed(self) -> bool:
        """Whether no source was found."""
        return self.source == ASSUMED

    def within(self, simulated: float) -> bool:
        """Whether a simulated figure is near enough."""
        return abs(simulated - self.published) <= self.tolerance


@lru_cache
def published() -> tuple[Published, ...]:
    """All figures, in the order of their file."""
    return tuple(
        Published(**{**told, "narrowed": {name: tuple(values) for name, values in told.get("narrowed", {}).items()}})
        for told in yaml.safe_load(_PUBLISHED.read_text(encoding="utf-8"))
    )


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was measured: figures by name, of a history of so many `events` of a `seed`. `simulator` is the digest of
    what the simulator makes up: where it differs, the figures are those of an older one."""

    simulator: str
    events: int
    seed: int
    figures: Mapping[str, float]


def simulated() -> Simulated:
    """The figures as they were last measured. Raises OSError."""
    return Simulated(**yaml.safe_load(SIMULATED.read_text(encoding="utf-8")))


def written(measured: Simulated) -> str:
    """The text of `simulated.yaml`."""
    told = {
        "simulator": measured.simulator, "events": measured.events, "seed": measured.seed,
        "figures": dict(measured.figures),
    }  # fmt: skip
    return "# Written by python -m bench.simulator_figures\n" + yaml.safe_dump(told, sort_keys=False)
