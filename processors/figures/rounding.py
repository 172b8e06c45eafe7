"""How a figure is rounded for reading (CJS Delivery Data Dashboard data quality note, November 2022, page 7): below 5
to one decimal, others to none, half to even. Counts are whole. For showing only: a change comes from exact figures."""

from decimal import ROUND_HALF_EVEN, Decimal

PER_CENT = "per cent"
_MEASURED = frozenset({PER_CENT, "percentage points", "days", "elapsed days", "months", "hours", "seconds"})
"""Units of figures that are measured; all others count."""
_TWO_DAYS = 2


def is_count(unit: str) -> bool:
    """Whether a unit counts things."""
    return unit not in _MEASURED and " per " not in f" {unit} " and not unit.startswith("times")


def rounded(value: float, unit: str) -> Decimal:
    """The figure as it is shown. ValueError for what is no number."""
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"value={value!r}: no number to round")
    places = Decimal(1) if is_count(unit) or abs(value) >= 5 else Decimal("0.1")
    return Decimal(repr(float(value))).quantize(places, rounding=ROUND_HALF_EVEN)


def shown(value: float, unit: str) -> str:
    """The figure with its unit, in words. Elapsed days below two are told in hours (decisions on report to arrest)."""
    if unit == "elapsed days":
        if abs(value) < _TWO_DAYS:
            return f"{rounded(value * 24, 'hours'):,} hours"
        return f"{rounded(value, 'days'):,} days"
    number = f"{rounded(value, unit):,}"
    if unit == PER_CENT:
        return f"{number}%"
    return f"{number} {unit[:-1] if number == '1' and unit.endswith('s') else unit}"


def in_a_cell(value: float, unit: str) -> str:
    """The figure for a table whose heading says what is counted."""
    return f"{rounded(value, unit):,}" if is_count(unit) else shown(value, unit)
