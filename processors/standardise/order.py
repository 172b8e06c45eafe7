"""Where a state stands among the states of its record (decisions, sections 1 and 2)."""

from processors.standardise.moments import instant_us
from schemas.flow import NO_TIME, Order


def order_of(time: str | None, sequence: str | None, event_id: str, digest: str) -> Order:
    """By the source's own sequence where it numbers its states, else by time; ties by the event's id, never by
    arrival. A state without a time comes before every timed one, then by the digest of its content.

    A numeric sequence is compared as a number, any other as text, as the CloudEvents sequence extension says."""
    padded = "" if sequence is None else sequence.zfill(20) if sequence.isdigit() else sequence
    if time is None:
        return Order(padded, NO_TIME, digest, digest)
    return Order(padded, instant_us(time), event_id, digest)
