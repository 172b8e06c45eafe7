"""Pictures of how records hang together: SVG, drawn here, since the boards' charts know no graphs of this kind.

Columns go outwards from the first record; a link leads from a record to one in the column before it.
"""

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from grafana.drawing import AGAINST, EDGE, INK, Drawing, short


class Node(NamedTuple):
    """A box: its id, a title, and a smaller line below."""

    id: str
    title: str
    note: str


class Edge(NamedTuple):
    """A line between two boxes with what stands on it. `held_out`: drawn broken, it does not hold."""

    first: str
    second: str
    label: str
    held_out: bool = False


_WIDTH, _HEIGHT, _ACROSS, _DOWN = 210, 46, 430, 84
_COLOURS: Final = {
    "police": "#2c6fbb", "cps": "#7b4ea3", "court": "#1f7a5c", "hmpps": "#b5561c", "casestream": "#5b6470",
}  # fmt: skip


def links_svg(nodes: Sequence[Node], edges: Sequence[Edge], title: str) -> str:
    """`links` as a document."""
    return links(nodes, edges, title).svg()


def links(nodes: Sequence[Node], edges: Sequence[Edge], title: str) -> Drawing:
    """The boxes in columns by their distance from the first one, with their links. Boxes that nothing leads to stand
    in a last column."""
    places = _places(nodes, edges)
    width = EDGE * 2 + _WIDTH + _ACROSS * max((column for column, _row in places.values()), default=0)
    height = EDGE * 2 + 30 + _DOWN * (1 + max((row for _column, row in places.values()), default=0))
    parts = [_line(edge, places) for edge in edges if edge.first in places and edge.second in places]
    parts += [_box(node, *places[node.id]) for node in nodes]
    return Drawing(title, width, height, tuple(parts))


def _places(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, tuple[int, int]]:
    """Column and row of each box."""
    near: dict[str, list[str]] = {node.id: [] for node in nodes}
    for edge in edges:
        if edge.first in near and edge.second in near and not edge.held_out:
            near[edge.first].append(edge.second)
            near[edge.second].append(edge.first)
    columns: dict[str, int] = {}
    for start in nodes[:1]:
        columns[start.id] = 0
        queue = [start.id]
        for at in queue:
            for other in near[at]:
                if other not in columns:
                    columns[other] = columns[at] + 1
                    queue.append(other)
    last = max(columns.values(), default=-1) + 1
    rows: dict[int, int] = {}
    places = {}
    for node_id in [*columns, *(node.id for node in nodes if node.id not in columns)]:
        column = columns.get(node_id, last)
        places[node_id] = (column, rows.get(column, 0))
        rows[column] = rows.get(column, 0) + 1
    return places


def _corner(column: int, row: int) -> tuple[int, int]:
    return EDGE + column * _ACROSS, EDGE + 20 + row * _DOWN


def _box(node: Node, column: int, row: int) -> str:
    x, y = _corner(column, row)
    colour = _COLOURS.get(node.title.partition(".")[0], _COLOURS["casestream"])
    return (
        f'<g><title>{escape(node.id)}</title><rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" '
        f'fill="#ffffff" stroke="{colour}" stroke-width="2"/>'
        f'<text x="{x + 10}" y="{y + 19}" font-size="13" font-weight="bold" fill="{colour}">{escape(node.title)}</text>'
        f'<text x="{x + 10}" y="{y + 36}" font-size="11" fill="{INK}">{escape(short(node.note, 32))}</text></g>'
    )


def _line(edge: Edge, places: dict[str, tuple[int, int]]) -> str:
    one, other = sorted((places[edge.first], places[edge.second]))
    (left, top), (right, bottom) = _corner(*one), _corner(*other)
    if one[0] == other[0]:  # in one column: an arc at its right
        x, top, bottom = left + _WIDTH, top + _HEIGHT // 2, bottom + _HEIGHT // 2
        path = f"M {x} {top} C {x + 70} {top}, {x + 70} {bottom}, {x} {bottom}"
        at = (x + 56, (top + bottom) // 2)
    else:
        start, end = (left + _WIDTH, top + _HEIGHT // 2), (right, bottom + _HEIGHT // 2)
        half = (start[0] + end[0]) // 2
        path = f"M {start[0]} {start[1]} C {half} {start[1]}, {half} {end[1]}, {end[0]} {end[1]}"
        at = (half, (start[1] + 2 * end[1]) // 3 - 5)
    colour, ink, dashes = (
        (AGAINST, AGAINST, ' stroke-dasharray="6 4"') if edge.held_out else ("#8a939e", INK, "")
    )
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dashes}/>'
        f'<text x="{at[0]}" y="{at[1]}" font-size="11" text-anchor="middle" fill="{ink}">'
        f"{escape(short(edge.label, 36))}</text>"
    )
