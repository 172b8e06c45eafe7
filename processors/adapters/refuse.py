"""Refusals in one voice: what broke, where, why. Shared by every adapter.

`UnreadableError` carries broken rules out of the depth of a document to the adapter's loop, which turns them into a
`Refusal` with the line and the bytes; it never leaves an adapter. `refusal_from_validation` does the same for values
that a contract (schemas) does not allow. `each` reads a list to its end whatever is wrong with its items, and `build`
an object, so that a sender is told all of it at once, with paths.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from processors.adapters.base import Fault, Refusal
from processors.standardise import contract_faults

Item = TypeVar("Item")
Made = TypeVar("Made")
Model = TypeVar("Model", bound=BaseModel)


class UnreadableError(Exception):
    """A document that cannot become events. rule, field, value, reason: as in `Refusal`; faults: that, and whatever
    else is known to be wrong."""

    def __init__(self, rule: str, field: str, value: object, reason: str) -> None:
        super().__init__(f"{rule}: {field}: {reason}")
        self.faults: tuple[Fault, ...] = (Fault(rule, field, shown(value), reason),)

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> "UnreadableError":
        """An error of several faults, at least one."""
        found = cls(*faults[0])
        found.faults = tuple(faults)
        return found

    def refusal(self, line: int, raw: bytes) -> Refusal:
        """The refusal of the line or document that `raw` holds."""
        return _refusal(self.faults, line, raw)


def each(name: str, items: Iterable[Item], make: Callable[[Item], Made]) -> tuple[Made, ...]:
    """What `make` makes of each item of the list of that name. Raises UnreadableError with the faults of all of them,
    their fields under `name.<place>`, places counted from 0 as in the contracts."""
    made: list[Made] = []
    faults: list[Fault] = []
    for place, item in enumerate(items):
        try:
            made.append(make(item))
        except (UnreadableError, ValidationError) as error:
            faults += [fault._replace(field=f"{name}.{place}.{fault.field}") for fault in _faults(error)]
    if faults:
        raise UnreadableError.of(faults)
    return tuple(made)


def build(model: type[Model], values: Mapping[str, object]) -> Model:
    """A part of a contract from its fields, or from functions that make them, such as those of the lists in it. Raises
    UnreadableError with the faults of all the functions and of the contract."""
    known: dict[str, object] = {}
    faults: list[Fault] = []
    left_out: set[object] = set()
    for name, value in values.items():
        try:
            known[name] = value() if callable(value) else value
        except (UnreadableError, ValidationError) as error:
            faults += _faults(error)
            left_out.add(name)
    try:
        made = model.model_validate(known)
    except ValidationError as error:
        # what a function did not make is missing because of the fault that is told already
        faults += [_fault(one) for one in error.errors(include_url=False) if not left_out.intersection(one["loc"][:1])]
    if faults:
        raise UnreadableError.of(faults)
    return made


def under(name: str, make: Callable[[], Made]) -> Callable[[], Made]:
    """The function, its faults under a name: for an object in the object that `build` makes."""

    def named() -> Made:
        try:
            return make()
        except (UnreadableError, ValidationError) as error:
            raise UnreadableError.of([one._replace(field=f"{name}.{one.field}") for one in _faults(error)]) from None

    return named


def shown(value: object) -> str:
    """A value for a refusal: as text, shortened; nothing for one that is not there."""
    return "" if value is None else contract_faults.shown(value)


def refusal_from_validation(error: ValidationError, line: int, raw: bytes) -> Refusal:
    """The errors of a contract, each as rule `invalid-<field>`."""
    return _refusal(_faults(error), line, raw)


def _refusal(faults: Sequence[Fault], line: int, raw: bytes) -> Refusal:
    return Refusal(*faults[0], line, raw, tuple(faults[1:]))


def _faults(error: UnreadableError | ValidationError) -> Sequence[Fault]:
    if isinstance(error, UnreadableError):
        return error.faults
    return [_fault(one) for one in error.errors(include_url=False)]


def _fault(error: Any) -> Fault:
    # the union of events puts the event's type into the path; no field has a dot in its name
    place = [part for part in error["loc"] if part != "data" and "." not in str(part)]
    names = [part for part in place if isinstance(part, str)]
    field = names[-1] if names else "event"
    path = ".".join(str(part) for part in place) or "event"
    return Fault(
        f"invalid-{field.replace('_', '-')}", path, contract_faults.shown_of(error), contract_faults.reason_of(error)
    )
