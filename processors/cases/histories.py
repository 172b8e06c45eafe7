"""What projection gets: each record of a case with all its accepted states, oldest first."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import msgspec

from processors.cases.plain import structure
from schemas.events import KINDS
from schemas.flow import NO_TIME, Order, Reason

NO_REASON = Reason("", "", "")


class RecordState(NamedTuple):
    """One accepted state. `data` has the fields of the model of the record's kind (`plain`); None when deleted."""

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


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(structure(KINDS[kind].model))


def parse_body(kind: str, body: bytes) -> Any:
    """A record's standardised state, JSON -> a structure with the fields of its kind's model. Raises KeyError for an
    unknown kind, and msgspec's ValidationError for a body that standardise did not write."""
    return _decoder(kind).decode(body)
