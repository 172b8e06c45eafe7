"""What breaks a contract, in the words of its sender: one voice for rejects, for `casestream validate` and for the
adapters' refusals.

A fault shows the value of the field that it names and of no other: what stands beside it may name people.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

RULES = {
    "json_invalid": "malformed-json",
    "union_tag_invalid": "unknown-event-type",
    "union_tag_not_found": "no-event-type",
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "literal_error": "unknown-code",
    "no_such_date": "invalid-value",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "finite_number": "out-of-range",
    "int_parsing_size": "out-of-range",
    "names_no_record": "names-no-record",
    "one_record": "names-one-record-twice",
    "match_with_nobody": "match-with-nobody",
    "victim_with_accused": "victim-with-accused",
}
"""Our names of the rules behind pydantic's error types; any other type is `invalid-<type>`."""

VALUE_LIMIT = 200
"""At most so many characters of a value are shown."""


class ContractFault(NamedTuple):
    """The rule that is broken, the field by its path, its value, and the reason for its sender."""

    rule: str
    field: str
    value: str
    reason: str


def contract_fault(error: Any, event_type: str) -> ContractFault:
    """One error of pydantic (`ValidationError.errors()`) in an event of a type, empty where it has none."""
    rule = RULES.get(error["type"], f"invalid-{error['type'].replace('_', '-')}")
    if rule == "no-event-type":
        return ContractFault(rule, "type", "", "the event does not say its type")
    if rule == "unknown-event-type":
        return ContractFault(rule, "type", shown(event_type), "no contract has this type")
    # the union of events puts the event's type into the path
    field = ".".join(str(step) for step in error["loc"] if step != event_type) or "event"
    value = "" if field == "event" else shown_of(error)  # never all of it
    return ContractFault(rule, field, value, reason_of(error))


def shown_of(error: Any) -> str:
    """The value of the field that an error names: nothing for one that is missing, or for a text that is no JSON."""
    return "" if error["type"] in ("missing", "json_invalid") else shown(error["input"])


def shown(value: object) -> str:
    """A value as text, shortened, always encodable as UTF-8. Of an object or a list only how much it holds."""
    if isinstance(value, dict):
        return f"an object of {len(value)}"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    try:
        text = str(value)[: VALUE_LIMIT + 1]
    except ValueError:  # Python writes no number of more than 4,300 digits
        return "a number too long to show"
    if len(text) > VALUE_LIMIT:
        text = text[: VALUE_LIMIT - 3] + "..."
    return text.encode("utf-8", "replace").decode()


def reason_of(error: Any) -> str:
    """Why a value is refused."""
    tell = _REASONS.get(error["type"])
    if tell is not None:
        return tell(error.get("ctx") or {})
    told: str = error["msg"].removeprefix("Value error, ")
    return told.replace("Input should be ", "must be ", 1).replace("String should ", "must ", 1)


def _said(reason: str) -> Callable[[dict[str, Any]], str]:
    return lambda _: reason


_REASONS: dict[str, Callable[[dict[str, Any]], str]] = {
    "json_invalid": lambda context: f"is no JSON: {context.get('error', 'it ends too early')}",
    "missing": _said("is required"),
    "extra_forbidden": _said("the contract has no such field"),
    "literal_error": lambda context: f"must be {context.get('expected', 'a known code')}",
    "string_type": _said("must be text"),
    "string_too_short": _said("must not be empty"),
    "string_too_long": lambda context: f"may have {context.get('max_length')} characters",
    "string_unicode": _said("must be text in UTF-8"),
    "int_type": _said("must be a whole number"),
    "int_parsing": _said("must be a whole number"),
    "int_parsing_size": _said("must be a whole number of a usual size"),
    "int_from_float": _said("must be a whole number"),
    "greater_than_equal": lambda context: f"must be at least {context['ge']:,.0f}",
    "less_than_equal": lambda context: f"must be at most {context['le']:,.0f}",
    "finite_number": _said("must be a number that is finite"),
    "float_type": _said("must be a number"),
    "float_parsing": _said("must be a number"),
    "bool_type": _said("must be true or false"),
    "bool_parsing": _said("must be true or false"),
    "tuple_type": _said("must be a list"),
    "list_type": _said("must be a list"),
    "model_type": _said("must be an object"),
    "model_attributes_type": _said("must be an object"),
    "dict_type": _said("must be an object"),
}
"""Reasons by pydantic's error types; that of any other is its own message, without its words for programmers."""
