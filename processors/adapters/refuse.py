"""Refusals in one voice: what broke, where, why. Shared by every adapter.

`UnreadableError` carries a broken rule out of the depth of a document to the adapter's loop, which turns it into a
`Refusal` with the line and the bytes; it never leaves an adapter. `refusal_from_validation` does the same for a value
that a contract (schemas) does not allow.
"""

from pydantic import ValidationError

from processors.adapters.base import Refusal
from processors.standardise import contract_faults


class UnreadableError(Exception):
    """A document that cannot become events. rule, field, value, reason: as in `Refusal`."""

    def __init__(self, rule: str, field: str, value: object, reason: str) -> None:
        super().__init__(f"{rule}: {field}: {reason}")
        self.rule = rule
        self.field = field
        self.value = shown(value)
        self.reason = reason

    def refusal(self, line: int, raw: bytes) -> Refusal:
        """The refusal of the line or document that `raw` holds."""
        return Refusal(self.rule, self.field, self.value, self.reason, line, raw)


def shown(value: object) -> str:
    """A value for a refusal: as text, shortened; nothing for one that is not there."""
    return "" if value is None else contract_faults.shown(value)


def refusal_from_validation(error: ValidationError, line: int, raw: bytes) -> Refusal:
    """The first error of a contract, as rule `invalid-<field>`; the reason tells how many more there are."""
    errors = error.errors(include_url=False)
    first = errors[0]
    # the union of events puts the event's type into the path; no field has a dot in its name
    place = [part for part in first["loc"] if part != "data" and "." not in str(part)]
    names = [part for part in place if isinstance(part, str)]
    field = names[-1] if names else "event"
    reason = contract_faults.reason_of(first)
    if len(errors) > 1:
        reason += f" (and {len(errors) - 1} more)"
    path = ".".join(str(part) for part in place) or "event"
    return Refusal(
        f"invalid-{field.replace('_', '-')}", path, contract_faults.shown_of(first), reason, line, raw
    )
