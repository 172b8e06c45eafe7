"""The page about the simulator's figures beside published ones: docs/reference/simulator-figures.md."""

from casestream.markdown import joined, page, table
from simulator.published import Published, published, simulated

_TOLD = """
How near made-up histories come to the criminal justice system of England and Wales. Published figures, their sources
and tolerances are in `simulator/published.yaml`; the rates that were set to meet them in `simulator/rates.py`. Where no
source was found, both say `assumed`, and the row only shows that the simulator does what it was told.

    .venv/bin/python -m bench.simulator_figures            # measure again, some minutes
    .venv/bin/python -m bench.simulator_figures --write    # and keep the figures; then `make reference`

The figures come from the measures themselves, on a history that went through the worker's own agents. Cohorts are those
of the first 24 of 36 months, all else is of the last 18. A test fails when a figure leaves its tolerance, or when the
simulator changed and the figures were not measured again.
"""

_LIMITS = """
No figure here is about people: they are invented, and so is every number. What is not like the published systems:
motoring offences and fraud are not made up; a licence is recalled once at most, so that recalls are fewer than the
published 7,415 beside 13,289 releases from sentence (MoJ, Offender management statistics quarterly, January to March
2024); prisons and courts hold only what began within the history; most charged cases fall to persistent offenders,
since no one else is charged twice but by chance, and they go on offending while in prison; offences are drawn without
regard to sex, age or ethnicity.
"""


def simulator_page() -> str:
    """The table."""
    measured = simulated()
    sources = list(dict.fromkeys((one.source, one.address) for one in published() if not one.assumed))
    rows = [_row(one, measured.figures[one.name], sources) for one in published()]
    head = ("figure", "unit", "published", "source", "simulated", "tolerance", "within", "measured by")
    of = f"Measured on {measured.events:,} events of the default plan with seed {measured.seed}."
    return joined([
        page("The simulator beside published figures", _TOLD), of, table(head, rows),
        "## Sources", "\n".join(f"{n}. {name}: <{at}>" for n, (name, at) in enumerate(sources, start=1)),
        "## What it does not do", " ".join(_LIMITS.split()),
    ])  # fmt: skip


def _row(one: Published, value: float, sources: list[tuple[str, str]]) -> tuple[str, ...]:
    source = one.source if one.assumed else str(sources.index((one.source, one.address)) + 1)
    return (
        one.title, one.unit, f"{one.published:g}", source, f"{value:g}", f"±{one.tolerance:g}: {one.why}",
        "yes" if one.within(value) else "no", _measured_by(one),
    )  # fmt: skip


def _measured_by(one: Published) -> str:
    """The measure, what it is narrowed to, and what it is a share of."""
    told = [value for values in one.narrowed.values() for value in values] + [one.key] * bool(one.key)
    of = f"`{one.of}`" + (f" ({', '.join(told)})" if told else "")
    return f"{of} / `{one.to}`" if one.to else of
