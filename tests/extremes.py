"""Events at the ends of what the contracts accept: the largest and least numbers, the first and last days, texts of
every length and with any character.

Each field's values are those of `EXTREMES`, and any of Hypothesis's own, that the field by itself accepts; so a
contract that accepts more is tried with more.
"""

import json
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from schemas.events import KINDS

EXTREMES: dict[type, tuple[Any, ...]] = {
    bool: (True, False),
    int: tuple(
        sign * number + more
        for number in (0, 999, 2**8, 2**15, 2**16, 2**31, 2**32, 2**63, 2**64, 10**40)
        for sign in (1, -1) for more in (-1, 0, 1)
    ),
    float: (
        0.0, -0.0, 5e-324, 1.5, -1.5, 90.0, -90.0, 180.0, -180.0, 1e12, 366_000.0, 1e308, -1e308, float("nan"),
        float("inf"), float("-inf"),
    ),
    str: (
        "", " ", "x", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\ufffe", "\u202e", "e\u0301", "\U0001f600", "'",
        "\\", "\n", "`", "x" * 40, "x" * 200, "\U0001f600" * 40, "x" * 20_000, "\u00e9" * 20_000, "x" * 20_001,
        "0001-01", "0001-01-01", "0001-01-01T00:00:00+23:59", "1582-10-04", "1899-12-31", "1900-01-01",
        "1969-12-31T23:59:59.999999999Z", "1970-01-01", "2000-02-29", "2026-01", "2026-01-02T09:00:00Z",
        "2026-03-29T01:30:00+00:00", "2106-02-07T06:28:16Z", "2149-06-07", "2262-04-11T23:47:16.854775807Z",
        "2299-12-31", "2300-01-01", "9999-12", "9999-12-31", "9999-12-31T23:59:59.999999999-23:59",
        "40/1/26", "20GD0000126", "1520AA0100000000001Q", "A1234BC", "X123456", "2012/123456A", "TH68036", "28E",
        "r" + "0" * 24, "r" + "f" * 24, "1e999", "-1", "police.crime",
    ),
}  # fmt: skip

_OWN = {
    int: st.integers(), float: st.floats(), bool: st.booleans(), str: st.text(st.characters(), max_size=60),
}  # fmt: skip


def written(document: object) -> bytes:
    """JSON as a sender may write it: also what no text in UTF-8 can hold (lone surrogates) and no JSON (NaN)."""
    return json.dumps(document).encode()


def event_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """An event of a kind that its contract accepts field by field."""
    return st.fixed_dictionaries({
        "specversion": st.just("1.0"), "type": st.just(kind), "id": _text(200), "source": st.just("extremes"),
        "subject": _text(400),
        "time": st.sampled_from(("1970-01-01", "2100-12-31T23:59:59.999999999-23:59", "2026-01-02T09:00:00Z", None)),
        "data": _of_model(KINDS[kind].model),
    })  # fmt: skip


def _text(most: int) -> st.SearchStrategy[str]:
    return st.sampled_from(tuple(one for one in EXTREMES[str] if one and len(one) <= most and one.isprintable()))


@cache
def _of_model(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    needed, others = {}, {}
    for name, field in model.model_fields.items():
        (needed if field.is_required() else others)[name] = _of(field.annotation, tuple(field.metadata))
    return st.fixed_dictionaries(needed, optional=others)


def _of(annotation: Any, rules: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Values of a field of a type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(arguments[0], (*arguments[1:], *rules))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        return st.one_of(*(st.none() if one is type(None) else _of(one, rules) for one in arguments))
    if origin is tuple:
        if Ellipsis in arguments:
            return st.lists(_of(arguments[0]), max_size=2)
        return st.tuples(*(_of(one) for one in arguments)).map(list)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return st.deferred(lambda: _of_model(annotation))
    adapter = TypeAdapter(Annotated[annotation, *_flat(rules)] if rules else annotation)

    def accepted(value: object) -> bool:
        try:
            adapter.validate_json(written(value))
        except ValidationError:
            return False
        return True

    ends = [value for value in EXTREMES[annotation] if accepted(value)]
    return st.one_of(st.sampled_from(ends), _OWN[annotation].filter(accepted)) if _plain(rules) else st.sampled_from(
        ends
    )


def _flat(rules: tuple[Any, ...]) -> list[Any]:
    return [part for rule in rules for part in (rule.metadata if isinstance(rule, FieldInfo) else (rule,))]


def _plain(rules: tuple[Any, ...]) -> bool:
    """Whether Hypothesis finds values by itself: lengths and ranges, no patterns."""
    return all(type(rule).__module__ == "annotated_types" for rule in _flat(rules))
