"""The agent standardise: feed messages -> the archive, rejects and bodies in ClickHouse, heads in `records`.

Stateless. For each chunk, in this order: rows, then heads, then the commit. A crash between any two steps repeats
heads, which changes nothing (docs/explanation/exactly-once.md).
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from clickhouse.store import Store, UnfitValueError
from processors.standardise.standardise import Accepted, Rejected, standardise
from schemas.flow import HEADS_ENCODER, NO_TIME, EventRef, Head, Heads
from streams.chunks import Message, Run, Sender, Step, no_step
from streams.inserting import Columns, Inserts

logger = logging.getLogger(__name__)

_EVENTS = (
    "topic", "epoch", "partition", "offset", "received_at", "agency", "type", "source", "subject", "event_id", "time",
    "record_ids", "findings", "content_type", "body",
)  # fmt: skip
_REJECTS = (
    "topic", "epoch", "partition", "offset", "received_at", "agency", "stage", "rule", "field", "value", "reason",
    "type", "source", "subject", "event_id", "body",
)  # fmt: skip
_STATES = ("record_id", "digest", "sequence", "time_us", "tie", "kind", "body")

_MESSAGE_BYTES = 4_000_000


class Standardiser:
    """One worker's agent. `epochs`: the epoch of each feed topic."""

    def __init__(
        self,
        store: Store,
        sender: Sender,
        epochs: Mapping[str, int],
        *,
        heads_per_message: int = 500,
        on_step: Step = no_step,
    ) -> None:
        self._store = store
        self._sender = sender
        self._epochs = epochs
        self._heads_per_message = heads_per_message
        self._on_step = on_step
        self._inserts = Inserts(store, "standardise")

    def process(self, runs: Sequence[Run]) -> None:
        """Judge every message of the runs and make the outcome durable; the caller commits afterwards."""
        rows = _rows(self._judged(runs))
        try:
            fitted = self._inserts.fitted(rows.columns())
        except UnfitValueError:  # judged once more, since a chunk's verdicts take too much room to be kept for this
            rows = _rows(map(self._fit, self._judged(runs)))
            fitted = self._inserts.fitted(rows.columns())
        self._inserts.insert(fitted)
        self._on_step("standardise.rows")
        for heads in _messages(rows.heads, self._heads_per_message):
            self._sender.send("records", None, HEADS_ENCODER.encode(Heads(heads)))
        self._sender.flush()
        self._on_step("standardise.heads")

    def _judged(self, runs: Sequence[Run]) -> "Iterator[_Judged]":
        for run in runs:
            epoch = self._epochs[run.topic]
            for message in run.records:
                yield _judge(message, EventRef(run.topic, epoch, run.partition, message.offset))

    def _fit(self, judged: "_Judged") -> "_Judged":
        """What was judged of a message, if its rows fit their columns; else it is rejected alone."""
        try:
            self._inserts.fitted(_rows([judged]).columns())
        except UnfitValueError as error:
            logger.error("an event whose rows do not fit: %s: %s", judged.ref, error)
            return judged._replace(content_type="", verdict=_internal(f"what it says cannot be stored: {error}"))
        return judged


class _Judged(NamedTuple):
    """A message, where it is, and what becomes of it."""

    ref: EventRef
    message: Message
    content_type: str
    verdict: Accepted | Rejected


def _judge(message: Message, ref: EventRef) -> _Judged:
    """An event that makes our code fail is rejected alone; the rest of its chunk goes on."""
    content_type, attributes = _mode(message)
    try:
        return _Judged(ref, message, content_type, standardise(message.value, ref, attributes))
    except Exception as error:
        logger.exception("an event makes standardise fail: %s", ref)
        verdict = _internal(f"our code fails on it: {type(error).__name__}")
        return _Judged(ref, message, content_type, verdict)


def _internal(reason: str) -> Rejected:
    return Rejected("internal-error", "", "", reason, "", "", "", "")


def _rows(judged: Iterable[_Judged]) -> "_Rows":
    rows = _Rows()
    for one in judged:
        rows.take(*one)
    return rows


def _messages(heads: Sequence[Head], most: int) -> Iterator[tuple[Head, ...]]:
    """The heads in messages of at most `most` heads and about 4 MB. Large messages are cheap: link searches, and
    project projects, a case once for a message, however many of its records are in it."""
    start = size = 0
    for at, head in enumerate(heads):
        head_size = 300 + sum(len(part.body) + len(part.people) for part in head.parts)
        if at > start and (at - start >= most or size + head_size > _MESSAGE_BYTES):
            yield tuple(heads[start:at])
            start, size = at, 0
        size += head_size
    if start < len(heads):
        yield tuple(heads[start:])


class _Rows:
    """The rows of a chunk, by table, and its heads."""

    def __init__(self) -> None:
        self._events: list[tuple[object, ...]] = []
        self._rejects: list[tuple[object, ...]] = []
        self._states: list[tuple[object, ...]] = []
        self.heads: list[Head] = []

    def columns(self) -> Iterator[tuple[str, Columns]]:
        """The rows of each table that has any, by column."""
        for table, names, rows in (
            ("events", _EVENTS, self._events), ("rejects", _REJECTS, self._rejects),
            ("record_states", _STATES, self._states),
        ):  # fmt: skip
            if rows:
                yield table, dict(zip(names, zip(*rows, strict=True), strict=True))

    def take(self, ref: EventRef, message: Message, content_type: str, verdict: Accepted | Rejected) -> None:
        received = message.timestamp
        agency = ref.topic.removeprefix("feeds.")
        if isinstance(verdict, Accepted):
            event, head = verdict.event, verdict.head
            self.heads.append(head)
            order = head.order
            self._events.append((
                *ref, received, agency, event.type, event.source, event.subject, event.id,
                None if order.time_us == NO_TIME else order.time_us,
                [part.record_id for part in head.parts] or [head.subject_id],
                verdict.findings, content_type, message.value,
            ))  # fmt: skip
            for part in head.parts:
                self._states.append(
                    (part.record_id, order.digest, order.sequence, order.time_us, order.tie, head.kind, part.body)
                )
            return
        self._events.append((
            *ref, received, agency, verdict.type, verdict.source, verdict.subject, verdict.event_id, None, [], [],
            content_type, message.value,
        ))  # fmt: skip
        self._rejects.append((
            *ref, received, agency, "standardise", verdict.rule, verdict.field, verdict.value, verdict.reason,
            verdict.type, verdict.source, verdict.subject, verdict.event_id, message.value,
        ))  # fmt: skip


def _mode(message: Message) -> tuple[str, dict[str, str] | None]:
    """Structured or binary mode (CloudEvents Kafka binding): the content type, and in binary mode the attributes."""
    content_type = ""
    attributes: dict[str, str] = {}
    for name, value in message.headers or ():
        lower = name.lower()
        if lower == "content-type":
            content_type = value.decode("utf-8", "replace")
        elif lower.startswith("ce_"):
            attributes[lower[3:]] = value.decode("utf-8", "replace")
    if "specversion" in attributes and not content_type.startswith("application/cloudevents"):
        return content_type, attributes
    return content_type, None
