"""Waterfalls: how a sum comes about, step by step."""

from collections.abc import Sequence
from html import escape

from grafana.drawing import AGAINST, EDGE, INK, Drawing, short

_TOP, _ROW, _LINE = 44, 30, 20


def steps(told: Sequence[tuple[str, float, str]], unit: str, title: str, notes: Sequence[str] = ()) -> Drawing:
    """Each step (name, how much, what it is) begins where the one before ends; the last bar is the sum. Notes stand
    below, a line each."""
    total = sum(step for _name, step, _what in told)
    bounds = [0.0]
    for _name, step, _what in told:
        bounds.append(bounds[-1] + step)
    low, high = min(bounds), max(bounds)
    scale = 420 / (high - low) if high > low else 0.0
    rows = [(name, start, start + step, what) for (name, step, what), start in zip(told, bounds, strict=False)]
    rows.append(("sum", 0.0, total, ""))
    parts = []
    for at, (name, start, end, what) in enumerate(rows):
        y = _TOP + _ROW * at
        left, right = sorted(((start - low) * scale, (end - low) * scale))
        colour = "#5b6470" if name == "sum" else "#1f7a5c" if end >= start else AGAINST
        parts += [
            _text(EDGE, y + 14, short(name, 24)),
            f'<rect x="{200 + left:.1f}" y="{y}" width="{max(right - left, 1):.1f}" height="18" fill="{colour}"/>',
            _text(640, y + 14, f"{end - start:+.2f} {unit} {short(what, 36)}"),
        ]
    foot = _TOP + _ROW * len(rows)
    parts += [_text(EDGE, foot + 14 + _LINE * at, short(note, 150)) for at, note in enumerate(notes)]
    return Drawing(title, 1000, foot + 16 + _LINE * len(notes), tuple(parts))


def _text(x: int, y: int, text: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="12" fill="{INK}">{escape(text)}</text>'
