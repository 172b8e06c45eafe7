"""A body read back has every field of its model, with the same values, for every kind of record."""

from typing import Any

import msgspec
import orjson
import pytest

from processors.cases.histories import parse_body
from processors.cases.plain import structure
from schemas.events import EVENT, KINDS
from schemas.generate import example


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_example_is_read_as_its_model_has_it(kind: str) -> None:
    event: Any = EVENT.validate_json(example(kind))
    read = parse_body(kind, event.data.model_dump_json(exclude_defaults=True).encode())
    assert orjson.loads(orjson.dumps(msgspec.to_builtins(read))) == event.data.model_dump(mode="json")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_structure_has_the_fields_of_its_model(kind: str) -> None:
    model = KINDS[kind].model
    assert structure(model).__struct_fields__ == tuple(model.model_fields)


def test_a_body_that_no_model_wrote_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        parse_body("police.crime", b'{"crime_ref": 5}')
