"""`casestream rejects`: what an agency has to mend: its own rejected messages, and nothing of another agency."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from casestream.agency import Agency
from casestream.console import print_json, print_line, table
from casestream.endpoints import Place
from casestream.options import AsJson, Data
from clickhouse.queries import read

_COLUMNS = (
    "topic", "partition", "offset", "received_at", "stage", "rule", "field", "value", "reason", "type", "source",
    "subject", "event_id",
)  # fmt: skip


def rejects(
    agency: Annotated[Agency, typer.Option(help="Whose messages.", show_default=False)],
    most: Annotated[int, typer.Option("--most", min=1, max=100_000, help="At most so many messages.")] = 100,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Show an agency's rejected messages, the newest first, with the rule, the field, the value and the reason, and how
    many there are by rule. What is mended is sent again as a new message.

    They hold the agency's own identifiers and values: it is for that agency alone.
    """
    store = Place.of(data).store()
    try:
        by_rule = store.query(read("rejects_of_agency_by_rule"), {"agency": agency.value})
        listed = store.query(read("rejects_of_agency"), {"agency": agency.value, "most": most})
    finally:
        store.close()
    rules = [dict(zip(("stage", "rule", "field", "type", "messages"), row, strict=True)) for row in by_rule]
    messages = [{**dict(zip(_COLUMNS, row, strict=True)), "received_at": _iso(row[3])} for row in listed]
    if as_json:
        print_json({"agency": agency.value, "rules": rules, "messages": messages})
        return
    if not rules:
        print_line(f"no message of {agency.value} is rejected")
        return
    table(f"Rejected messages of {agency.value}", ("stage", "rule", "field", "type", "messages"),
          [list(one.values()) for one in rules])  # fmt: skip
    columns = ("offset", "event_id", "rule", "field", "value", "reason")
    table("The newest", columns, [[str(one[name]) for name in columns] for one in messages])


def _iso(moment: object) -> str:
    assert isinstance(moment, datetime)
    return moment.replace(tzinfo=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
