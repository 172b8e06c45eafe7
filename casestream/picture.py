"""Pictures in plain text: bars that a terminal, a log and a mail show alike."""

from collections.abc import Sequence
from dataclasses import dataclass

_FULL, _PARTS = "█", " ▏▎▍▌▋▊▉"
WIDTH = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, its length (None: no bar), and the figure in words."""

    label: str
    value: float | None
    shown: str


def bars(drawn: Sequence[Bar], width: int = WIDTH) -> list[str]:
    """One line a bar, the longest as wide as asked; a figure that is missing has no bar, never one of nought."""
    if not drawn:
        return []
    most = max((bar.value for bar in drawn if bar.value is not None), default=0) or 1
    labels = max(len(bar.label) for bar in drawn)
    lines = []
    for bar in drawn:
        eighths = 0 if bar.value is None else round(8 * width * max(bar.value, 0) / most)
        body = _FULL * (eighths // 8) + (_PARTS[eighths % 8] if eighths % 8 else "")
        lines.append(f"{bar.label:<{labels}}  {body:<{width}}  {bar.shown}".rstrip())
    return lines
