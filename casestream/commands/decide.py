"""`casestream decide`: a person says that two records belong together, or never do."""

from datetime import UTC, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Annotated

import typer

from casestream.console import print_json, print_line
from casestream.endpoints import Place
from casestream.errors import UnreachableError, UserError
from casestream.options import AsJson, Data
from clickhouse.store import Store
from processors.standardise.standardise import DECISIONS_TOPIC
from schemas.events import LinkDecisionEvent, RecordDeletedEvent
from schemas.flow import is_case_id, is_record_id, record_id_of, subject_id
from schemas.linking import LINK_DECISION, LinkDecision
from schemas.thin import Deletion
from streams.look import Look
from streams.producer import DeliveryFailed, Producer
from streams.publish import CLOUDEVENTS, Publisher

SOURCE = "urn:casestream:decide"
"""The source of the decisions that this command sends."""


class Verdict(StrEnum):
    """What can be decided, and that it is decided no longer."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    WITHDRAW = "withdraw"


def decide(
    verdict: Annotated[Verdict, typer.Argument(metavar="include|exclude|withdraw", help="They belong together, are "
                                               "never of one case, or: what was decided about them holds no longer.",
                                               show_default=False)],
    first: Annotated[str, typer.Argument(metavar="RECORD", help="A record id; or a case id, which stands for the "
                                         "record that the case is called after.", show_default=False)],
    second: Annotated[str, typer.Argument(metavar="RECORD", help="The other.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Why; no personal data.", show_default=False)],
    by: Annotated[
        str, typer.Option("--by", help="Who decides: a role or a staff number, not a name.", show_default=False)
    ],
    ahead: Annotated[
        bool, typer.Option("--ahead", help="Decide about records that have not come yet.")
    ] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Send a person's decision about two records to the topic feeds.casestream; it wins over identifiers, and a later
    one about the same two replaces it.

    Exit code 2 for a record that link does not know, unless --ahead. `casestream explain RECORD RECORD` shows what
    came of it.
    """
    named = sorted(_record_id(one) for one in (first, second))
    if named[0] == named[1]:
        raise UserError(f"{first} and {second} are one record: a decision is about two")
    if not reason.strip() or not by.strip():
        raise UserError("--reason and --by must not be empty: they are kept with the decision")
    place = Place.of(data)
    if not ahead:
        store = place.store()
        try:
            _known(store, named)
        finally:
            store.close()
    event = decision(verdict, (named[0], named[1]), reason, by, datetime.now(UTC))
    _send(place.feeds(), event)
    decision_id = subject_id(SOURCE, LINK_DECISION, event.subject)
    if as_json:
        print_json({"decision": decision_id, "verdict": verdict.value, "records": named, "topic": DECISIONS_TOPIC})
    else:
        print_line(f"{verdict.value}: {named[0]} and {named[1]} (decision {decision_id})")


def decision(
    verdict: Verdict, named: tuple[str, str], reason: str, by: str, at: datetime
) -> LinkDecisionEvent | RecordDeletedEvent:
    """The event. `at`: when it is decided, with its zone."""
    subject, time = "/".join(named), at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    told = "\x1f".join((subject, time, verdict, reason, by))
    event_id = blake2b(told.encode(), digest_size=12).hexdigest()
    if verdict is Verdict.WITHDRAW:
        gone = Deletion(kind=LINK_DECISION, reason=f"{reason} (decided by {by})")
        return RecordDeletedEvent(id=event_id, source=SOURCE, subject=subject, time=time, data=gone)
    data = LinkDecision(verdict=verdict.value, records=named, reason=reason, decided_by=by)
    return LinkDecisionEvent(id=event_id, source=SOURCE, subject=subject, time=time, data=data)


def _record_id(given: str) -> str:
    if is_case_id(given):
        return record_id_of(given)
    if not is_record_id(given):
        raise UserError(f"{given!r} is no record id: r and 24 hexadecimal digits (or c and 24: a case)")
    return given


def _known(store: Store, named: list[str]) -> None:
    look = Look(store)
    for record_id in named:
        if look.record(record_id) is None:
            raise UserError(f"link knows no record {record_id}: --ahead decides about one that is still to come")


def _send(bootstrap: str, event: LinkDecisionEvent | RecordDeletedEvent) -> None:
    try:
        with Producer(bootstrap) as producer:
            Publisher(producer, CLOUDEVENTS).events((event,))
    except DeliveryFailed as error:
        raise UnreachableError(f"Kafka did not take the decision: {error}") from None
