"""The JSON Schemas of the contracts, made from the models: one a type of event, for agencies and their tools.

`schemas/generated/<type>.json` is what `json_schema` gives; a test fails when the two differ. `schemas/examples/` has
one event of each type, about people who do not exist.
"""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema

from schemas.events import Envelope, Event

EVENT_MODELS: dict[str, type[Envelope]] = {model.model_fields["type"].default: model for model in get_args(Event)}
"""The model of each type of event, `record.deleted` too."""

_DIALECT = GenerateJsonSchema.schema_dialect


def json_schema(event_type: str) -> dict[str, Any]:
    """The JSON Schema of an event of a type, CloudEvents attributes included. KeyError for an unknown type.

    The model tolerates an event without `specversion`; CloudEvents asks for it, and so does the schema."""
    model = EVENT_MODELS[event_type]
    schema = model.model_json_schema()
    required = [name for name in ("specversion", "type", *schema["required"]) if name in schema["properties"]]
    return {
        "$schema": _DIALECT,
        "$id": f"urn:casestream:contract:{event_type}",
        **schema,
        "required": sorted(set(required)),
        "title": event_type,
    }


def text(event_type: str) -> str:
    """The schema as the file holds it."""
    return json.dumps(json_schema(event_type), indent=2, ensure_ascii=False, sort_keys=False) + "\n"


def write(folder: Path) -> list[Path]:
    """Write every schema; those that changed. A file of no type is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"{event_type}.json": text(event_type) for event_type in EVENT_MODELS}
    changed = []
    for name, content in wanted.items():
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf-8") != content:
            file.write_text(content, encoding="utf-8")
            changed.append(file)
    for file in folder.glob("*.json"):
        if file.name not in wanted:
            file.unlink()
            changed.append(file)
    return changed


@cache
def example(event_type: str) -> str:
    """The example of a type of event, as its file holds it."""
    return (files("schemas") / "examples" / f"{event_type}.json").read_text(encoding="utf-8")
