"""A board -> Grafana's Classic JSON, which Grafana 10 to 13 accept by file and by API. `python -m grafana.classic`
writes grafana/dashboards/*.json; a test fails when they differ from the boards."""

import json
from pathlib import Path
from typing import Any

from grafana.boards import BOARDS
from grafana.model import PALETTE, Board, Column, Panel, Variable

DASHBOARDS = Path(__file__).parent / "dashboards"
_DATASOURCE = {"type": "grafana-clickhouse-datasource", "uid": "${datasource}"}
_FORMAT = {"timeseries": 0}
_PLUGIN_VERSION = "4.14.1"

Json = dict[str, Any]


def dashboard(board: Board) -> Json:
    """The Classic JSON of a board: no id, no version, so that saving it again changes nothing."""
    return {
        "id": None,
        "uid": board.uid,
        "title": board.title,
        "description": board.question,
        "tags": list(board.tags),
        "schemaVersion": 39,
        "timezone": "Europe/London",
        "editable": False,
        "graphTooltip": 1,
        "refresh": board.refresh,
        "time": {"from": board.time_from, "to": board.time_to},
        "timepicker": {"refresh_intervals": ["10s", "30s", "1m", "5m", "15m", "1h"]},
        "annotations": {
            "list": [
                {
                    "builtIn": 1, "datasource": {"type": "grafana", "uid": "-- Grafana --"}, "enable": True,
                    "hide": True, "iconColor": PALETTE[0], "name": "Annotations & Alerts", "type": "dashboard",
                }
            ]
        },
        "links": [
            {
                "type": "dashboards", "title": "Boards", "tags": ["casestream"], "asDropdown": True, "keepTime": True,
                "includeVars": True, "icon": "external link", "targetBlank": False, "tooltip": "", "url": "",
            }
        ],
        "templating": {"list": [_datasource_variable(), *(_variable(variable) for variable in board.variables)]},
        "panels": [_panel(panel) for panel in board.panels],
    }  # fmt: skip


def _datasource_variable() -> Json:
    return {
        "name": "datasource", "label": "Data source", "type": "datasource", "query": "grafana-clickhouse-datasource",
        "refresh": 1, "hide": 0, "includeAll": False, "multi": False, "options": [], "regex": "",
        "current": {}, "skipUrlSync": False,
    }  # fmt: skip


def _variable(variable: Variable) -> Json:
    if not variable.sql:
        return {
            "name": variable.name, "label": variable.label, "type": "textbox", "query": variable.default, "hide": 0,
            "current": {"selected": True, "text": variable.default, "value": variable.default},
            "options": [{"selected": True, "text": variable.default, "value": variable.default}],
            "skipUrlSync": False,
        }  # fmt: skip
    return {
        "name": variable.name, "label": variable.label, "type": "query", "datasource": _DATASOURCE,
        "query": {"refId": variable.name, "editorType": "sql", "queryType": "table", "rawSql": variable.sql},
        "definition": variable.sql, "multi": True, "includeAll": True, "allValue": "", "refresh": 2, "sort": 0,
        "hide": 0, "regex": "", "options": [], "skipUrlSync": False,
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }  # fmt: skip


def _panel(panel: Panel) -> Json:
    built: Json = {
        "id": panel.id,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.described,
        "transparent": False,
        "gridPos": {"x": panel.x, "y": panel.y, "w": panel.w, "h": panel.h},
        "options": _options(panel),
    }
    if panel.kind == "text":
        return built
    built["datasource"] = _DATASOURCE
    built["targets"] = [
        {
            "refId": "A", "datasource": _DATASOURCE, "pluginVersion": _PLUGIN_VERSION, "editorType": "sql",
            "rawSql": panel.sql, "format": _FORMAT.get(panel.kind, 1),
            "queryType": "timeseries" if panel.kind == "timeseries" else "table", "meta": {},
        }
    ]  # fmt: skip
    built["fieldConfig"] = {
        "defaults": {"noValue": panel.no_value, "custom": _custom(panel), "color": {"mode": "palette-classic"}},
        "overrides": [override for column in panel.columns if (override := _override(column, panel))],
    }
    return built


def _custom(panel: Panel) -> Json:
    if panel.kind == "timeseries":
        return {"drawStyle": "line", "lineWidth": 2, "showPoints": "always", "pointSize": 5, "axisSoftMin": 0,
                "spanNulls": False}  # fmt: skip
    if panel.kind == "barchart":
        return {"fillOpacity": 100, "lineWidth": 0, "axisSoftMin": 0}
    if panel.kind == "table":
        return {"align": "auto", "filterable": True}
    return {}


def _options(panel: Panel) -> Json:
    if panel.kind == "text":
        return {"mode": "markdown", "content": panel.text}
    if panel.kind == "stat":
        return {
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "/.*/", "values": False},
            "colorMode": "value", "graphMode": "none", "justifyMode": "center",
            "textMode": "value_and_name" if len(_shown(panel)) > 1 else "value",
        }  # fmt: skip
    if panel.kind == "barchart":
        return {
            "xField": panel.axis, "orientation": "horizontal" if panel.horizontal else "vertical",
            "stacking": "normal" if panel.stacked else "none", "showValue": "always",
            "legend": {"showLegend": len(_shown(panel)) > 1, "displayMode": "list", "placement": "bottom"},
            "xTickLabelRotation": 0, "barWidth": 0.8, "groupWidth": 0.8, "tooltip": {"mode": "multi"},
        }  # fmt: skip
    if panel.kind == "timeseries":
        return {
            "legend": {"showLegend": len(_shown(panel)) > 1, "displayMode": "table", "placement": "bottom",
                       "calcs": ["lastNotNull"]},
            "tooltip": {"mode": "multi"},
        }  # fmt: skip
    return {"showHeader": True, "cellHeight": "sm", "footer": {"show": False}}


def _shown(panel: Panel) -> list[Column]:
    return [column for column in panel.columns if not column.hidden and column.name not in (panel.axis, "month")]


def _override(column: Column, panel: Panel) -> Json | None:
    """Unit, name and colour are set on the named column alone: set for all they would format codes as numbers."""
    properties: list[Json] = []

    def add(name: str, value: object) -> None:
        properties.append({"id": name, "value": value})

    if column.title:
        add("displayName", column.title)
    if column.unit:
        add("unit", column.unit)
    if column.decimals is not None:
        add("decimals", column.decimals)
    if column.colour:
        add("color", {"mode": "fixed", "fixedColor": column.colour})
    if column.hidden:
        add("custom.hideFrom", {"viz": True, "legend": True, "tooltip": False})
    if column.link:
        url = column.link + "&${__url_time_range}&${datasource:queryparam}"
        add("links", [{"title": "Open", "url": url, "targetBlank": False}])
    if not properties:
        return None
    return {"matcher": {"id": "byName", "options": column.name}, "properties": properties}


def text(board: Board) -> str:
    """The file of a board."""
    return json.dumps(dashboard(board), indent=2, ensure_ascii=False) + "\n"


def write() -> None:
    """Write every board's file."""
    DASHBOARDS.mkdir(exist_ok=True)
    for board in BOARDS:
        (DASHBOARDS / f"{board.uid}.json").write_text(text(board), encoding="utf-8")


if __name__ == "__main__":
    write()
