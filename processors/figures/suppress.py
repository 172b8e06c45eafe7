"""Small numbers that might tell of a person are not shown where figures are cut by a protected or victim's
characteristic, and in what is marked shareable.

Counts of 1 to 4 are hidden; where exactly one row of a column has its number hidden, the next smallest is hidden too,
so that the total does not give it away; a row whose size is hidden is hidden as a whole; and no rate, average or
duration is given on fewer than ten. Nought is shown.
Thresholds: the Ministry of Justice suppresses 1 to 4 (CJS Delivery Data Dashboard data quality note, page 8); ten for
rates is ours. This guards one table; a reader who may ask again with other filters can still take differences, which
only fixed cubes prevent.
"""

from collections.abc import Mapping, Sequence

from processors.figures.rounding import is_count

SMALL = range(1, 5)
LEAST_FOR_RATES = 10

Values = Mapping[str, float | None]


def hidden(rows: Sequence[Values], units: Mapping[str, str]) -> list[set[str]]:
    """For each row, the names of the values that must not be shown. `units` by value; those that count are judged, and
    with one hidden go the row's rates, which would tell it; the row's size is `n`, else its first count."""
    counts = [name for name, unit in units.items() if is_count(unit)]
    rates = [name for name in units if name not in counts]
    found: list[set[str]] = [set() for _ in rows]
    for name in counts:
        small = [at for at, row in enumerate(rows) if row.get(name) in SMALL]
        if len(small) == 1:
            others = [(value, at) for at, row in enumerate(rows) if at not in small and (value := row.get(name))]
            if others:
                small.append(min(others)[1])
        for at in small:
            found[at].add(name)
    base = "n" if "n" in units else counts[0] if counts else ""
    for at, row in enumerate(rows):
        if base in found[at]:  # the other counts of the row are of the same people
            found[at].update(counts)
        if found[at] or (base and (row.get(base) or 0) < LEAST_FOR_RATES):
            found[at].update(rates)
    return found
