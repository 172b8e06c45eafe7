"""What projection gets: each record of a case with all its accepted states, oldest first."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import BaseModel

from schemas.events import KINDS
from schemas.flow import NO_TIME, Order, Reason

NO_REASON = Reason("", "", "")


class RecordState(NamedTuple):
    """One accepted state. `data` is the model of the record's kind; None when deleted."""

    order: Order
    deleted: bool
    data: Any

    @property
    def known_at(self) -> int | None:
        """When the state came to be, by its source: milliseconds since 1970 UTC; None where the source is silent."""
        return None if self.order.time_us == NO_TIME else self.order.time_us // 1000


@dataclass(slots=True, eq=False)
class RecordHistory:
    """A record of a case. `states` are in their order, so that the last is the current one. Keep the object while the
    record does not change: what projection works out from its states alone is remembered in `memo`."""

    record_id: str
    kind: str
    source: str
    subject: str
    part: str
    states: tuple[RecordState, ...]
    reason: Reason = NO_REASON
    memo: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def current(self) -> RecordState | None:
        """The current state; None for a record that is deleted."""
        last = self.states[-1]
        return None if last.deleted else last


def parse_body(kind: str, body: bytes) -> BaseModel:
    """The model of a record's standardised state, JSON. Raises KeyError for an unknown kind, and pydantic's
    ValidationError for a body that standardise did not write."""
    return KINDS[kind].model.model_validate_json(body)
