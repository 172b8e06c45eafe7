"""A board as data: variables, panels in a grid of 24 columns, links. `grafana.classic` makes Grafana's JSON of it,
`grafana.preview` a page."""

from dataclasses import dataclass, field
from typing import Literal

PanelKind = Literal["stat", "timeseries", "barchart", "table", "text"]
Kind = Literal["table", "timeseries"]


DAYS = "suffix:days"
WHEN = "time:DD/MM/YYYY HH:mm:ss"
MONTH = "time:MMM YYYY"
UNITS = ("", "locale", "percent", DAYS, WHEN, MONTH)
"""Grafana's ids of the units that boards use. It scales `d` and `s` (8.1 days become 1.2 weeks), so durations have a
suffix that stays; dates are British. The preview shows each as Grafana does."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a result column is shown: its heading, unit (one of UNITS), decimals, colour, and the link of a cell.
    `link` may hold `${__data.fields.NAME}` of the same row."""

    name: str
    title: str = ""
    unit: str = ""
    decimals: int | None = None
    colour: str = ""
    link: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. Of a stat, every column is shown. `sql` is a statement with the plugin's macros; `described` its
    definition for the reader; `axis` the column on the axis of a bar chart; `stacked` and `horizontal` its bars."""

    id: int
    kind: PanelKind
    title: str
    described: str
    x: int
    y: int
    w: int
    h: int
    sql: str = ""
    columns: tuple[Column, ...] = ()
    axis: str = ""
    stacked: bool = False
    horizontal: bool = False
    text: str = ""
    no_value: str = "No data to calculate this field"


@dataclass(frozen=True, slots=True)
class Variable:
    """A filter of a board. With `sql` a list of (value, label) to choose several from; without, a text box. `any` of
    the list is the empty value, which the macros read as no filter."""

    name: str
    label: str
    sql: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """A board: `question` is what it answers, and for whom."""

    uid: str
    title: str
    question: str
    panels: tuple[Panel, ...]
    variables: tuple[Variable, ...] = ()
    tags: tuple[str, ...] = ("casestream",)
    time_from: str = "now-1y"
    time_to: str = "now"
    refresh: str = "30s"
    links: tuple[str, ...] = field(default=())


PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
"""The Analysis Function's categorical colours in their order: legible beside each other and on white."""

ORANGE = "#F46A25"
GREY = "#BFBFBF"
