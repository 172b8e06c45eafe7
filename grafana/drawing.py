"""A drawing as SVG, alone or one below the other."""

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

EDGE: Final = 24
INK: Final = "#3a4149"
AGAINST: Final = "#b3261e"
"""The colour of what speaks against, or does not hold."""


class Drawing(NamedTuple):
    """What is drawn: its title, size in pixels, and elements. The title stands at the top left."""

    title: str
    width: int
    height: int
    parts: tuple[str, ...]

    def svg(self) -> str:
        """As a document of its own."""
        return self._element("") + "\n"

    def at(self, y: int) -> str:
        """As a part of another drawing, so far down."""
        return self._element(f' y="{y}"')

    def _element(self, place: str) -> str:
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg"{place} viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" font-family="sans-serif" role="img">',
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{self.width}" height="{self.height}" fill="#ffffff"/>',
            f'<text x="{EDGE}" y="{EDGE}" font-size="14" font-weight="bold" fill="#1b1f24">{escape(self.title)}</text>',
            *self.parts,
            "</svg>",
        ])  # fmt: skip


def below(first: Drawing, others: Sequence[Drawing]) -> Drawing:
    """A drawing with others below it, in their order, under its title."""
    parts, height = list(first.parts), first.height
    for other in others:
        parts.append(other.at(height))
        height += other.height
    return Drawing(first.title, max(first.width, *(other.width for other in others), 0), height, tuple(parts))


def short(text: str, most: int) -> str:
    """A text that has room: cut where it is longer than so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
