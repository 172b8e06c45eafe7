"""Tables of values as parameters of a test, each named after its value."""

from collections.abc import Iterable

import pytest

from processors.standardise.identifiers import Fault, Identifier, canonical


def each(table: dict[str, str]) -> Iterable[object]:
    """`(raw, expected)` for every entry of a table."""
    return [pytest.param(raw, expected, id=raw or "(empty)") for raw, expected in table.items()]


def only(*values: str) -> dict[str, str]:
    """Values that are canonical as they stand."""
    return {value: value for value in values}


def assert_canonical(kind: str, raw: str, value: str) -> None:
    """A spelling has this canonical form, and the form stays as it is."""
    assert canonical(kind, raw) == Identifier(kind, value)
    assert canonical(kind, value) == Identifier(kind, value)


def assert_fault(kind: str, raw: str, rule: str) -> None:
    """A value breaks this rule, and the finding tells its kind, the value as it came and a reason."""
    found = canonical(kind, raw)
    assert isinstance(found, Fault), found
    assert (found.kind, found.value, found.rule) == (kind, raw, rule)
    assert found.reason
