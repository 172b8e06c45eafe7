"""`casestream measures`: every measure of the list, built or not."""

from casestream.console import print_json, table
from casestream.options import AsJson
from clickhouse.measures import NOT_BUILT
from clickhouse.measures import measures as built
from clickhouse.measures.filters import AREA_ROLES


def measures(as_json: AsJson = False) -> None:
    """List all measures: id, title, unit, how they are labelled, the roles in which they can be narrowed to an area
    (with --json all that they can be narrowed by); and those that are not built, with the reason."""
    found = [
        {"id": one.id, "title": one.title, "built": True, "unit": one.unit, "label": one.label, "by": one.by,
         "definition": one.definition, "reason": ""}
        for one in built().values()
    ] + [
        {"id": name, "title": one.title, "built": False, "unit": "", "label": "", "by": (), "definition": "",
         "reason": one.reason}
        for name, one in NOT_BUILT.items()
    ]  # fmt: skip
    found.sort(key=lambda one: str(one["id"]))
    if as_json:
        print_json(found)
        return
    rows = [
        (
            one["id"], one["title"], one["unit"], one["label"] if one["built"] else f"not built: {one['reason']}",
            _roles(str(one["id"])),
        )
        for one in found
    ]  # fmt: skip
    table("", ("id", "title", "unit", "", "area roles"), rows)


def _roles(name: str) -> str:
    """The roles of areas that a measure has."""
    measure = built().get(name)
    return ", ".join(role for role in AREA_ROLES if measure is not None and role in measure.by)
