"""The JSON Schemas and examples of the contracts: made from the models, complete, and true to each other."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from processors.standardise.standardise import Accepted, standardise
from schemas import generate
from schemas.events import EVENT, KINDS
from schemas.flow import EventRef

FOLDER = Path(generate.__file__).parent
TYPES = sorted(generate.EVENT_MODELS)


def test_every_kind_of_record_has_a_contract() -> None:
    assert set(generate.EVENT_MODELS) == {*KINDS, "record.deleted"}


def test_schemas_are_what_the_models_give() -> None:
    """`casestream contracts --write` makes them anew."""
    found = {file.stem: file.read_text(encoding="utf-8") for file in (FOLDER / "generated").glob("*.json")}
    assert found == {event_type: generate.text(event_type) for event_type in TYPES}


def test_every_type_has_an_example_and_nothing_else_has() -> None:
    assert sorted(file.stem for file in (FOLDER / "examples").glob("*.json")) == TYPES


@pytest.mark.parametrize("event_type", TYPES)
def test_an_example_is_accepted_without_a_finding(event_type: str) -> None:
    raw = generate.example(event_type)
    Draft202012Validator(generate.json_schema(event_type)).validate(json.loads(raw))
    agency = KINDS[event_type].agency if event_type in KINDS else "police"
    verdict = standardise(raw.encode(), EventRef(f"feeds.{agency}", 1, 0, 0))
    assert isinstance(verdict, Accepted)
    assert verdict.findings == ()
    assert verdict.event.type == event_type


@pytest.mark.parametrize("event_type", TYPES)
def test_a_schema_refuses_what_the_model_refuses(event_type: str) -> None:
    event: dict[str, Any] = json.loads(generate.example(event_type))
    validator = Draft202012Validator(generate.json_schema(event_type))
    for broken in (
        {**event, "data": {**event["data"], "no_such_field": 1}},
        {name: value for name, value in event.items() if name != "type"},
        {name: value for name, value in event.items() if name != "subject"},
    ):
        assert not validator.is_valid(broken)
        with pytest.raises(ValueError):
            EVENT.validate_python(broken)
