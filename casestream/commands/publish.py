"""`casestream publish`: files of a known format to the feed topics."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from casestream.console import Advance, note, print_json, print_line, progress, table
from casestream.endpoints import Place
from casestream.errors import UnreachableError, UserError
from casestream.options import AsJson, Data
from casestream.sources import Source, find
from schemas.events import Agency
from schemas.values import Moment
from streams.producer import DeliveryFailed, Producer
from streams.publish import CLOUDEVENTS, Counts, Publisher, cloudevents_in


class Format(StrEnum):
    """What can be published: our own contracts, and the formats of the real world."""

    CLOUDEVENTS = "cloudevents"
    POLICE_UK = "police-uk"
    COMMON_PLATFORM = "common-platform"
    LIBRA = "libra"
    SPI = "spi"
    CPS = "cps"
    HMPPS = "hmpps"


class Feed(StrEnum):
    """The agencies, each with a feed topic of its own, and casestream's."""

    POLICE = "police"
    CPS = "cps"
    HMCTS = "hmcts"
    HMPPS = "hmpps"
    CASESTREAM = "casestream"


def publish(
    format_: Annotated[Format, typer.Argument(metavar="FORMAT", help="cloudevents, police-uk, common-platform, "
                                              "libra, spi, cps or hmpps.", show_default=False)],
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.",
                                               show_default=False)],
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="The time of states that carry none, such as "
                                 "2022-05-12T10:04:00Z. For police-uk: when the files were released; where they tell "
                                 "differently of one crime, the later release counts.")
    ] = None,
    agency: Annotated[
        Feed, typer.Option(help="For cloudevents: whose feed takes lines that do not say whose they are.")
    ] = Feed.POLICE,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Send files to the feed topics, and say how many events they were and what was refused by which rule.

    What is refused travels as a small envelope and is in the table rejects with its reason.
    """
    place = Place.of(data)
    if at is not None:
        _check_time(at)
    found = find(format_, paths)
    if found.left_out:
        note(f"left out {found.left_out} files that are no {format_.value}")
    counts = publish_sources(place.feeds(), format_.value, found.sources, at=at, agency=agency.value)
    if as_json:
        print_json({
            "files": len(found.sources), "events": counts.events, "refused": dict(counts.refused),
            "topics": dict(counts.topics),
        })  # fmt: skip
        return
    refused = counts.refused.total()
    print_line(f"published {counts.events:,} events of {len(found.sources):,} files, refused {refused:,}")
    if counts.refused:
        table("Refused", ("rule", "messages"), counts.refused.most_common())


def publish_sources(
    bootstrap: str, format_: str, sources: "tuple[Source, ...]", *, at: str | None = None, agency: Agency = "police"
) -> Counts:
    """Send the sources and return when Kafka has stored all of it. UnreachableError when it does not."""
    total = sum(source.size for source in sources)
    try:
        with progress("publishing", total) as advance, Producer(bootstrap) as producer:
            publisher = Publisher(producer, format_, agency=agency, at=at)
            before = 0
            for source in sources:
                if format_ == CLOUDEVENTS:
                    _lines(publisher, source, before, advance)
                else:
                    publisher.file(source.name, source.content())
                before += source.size
                advance(before, f"{source.name}: {publisher.counts.messages:,} messages")
    except DeliveryFailed as error:
        raise UnreachableError(f"Kafka did not take all: {error}") from None
    except OSError as error:
        raise UserError(f"{error.filename}: {error.strerror}") from None
    return publisher.counts


def _lines(publisher: Publisher, source: Source, before: int, advance: Advance) -> None:
    """Send the lines of a file and show how far it is."""

    def counted() -> Iterator[tuple[int, bytes]]:
        done = before
        for number, line in cloudevents_in(source.lines, source.content)[1]:
            yield number, line
            done += len(line) + 1
            if number % 5_000 == 0:
                advance(done, f"{source.name}: {publisher.counts.messages:,} messages")

    publisher.lines(source.name, counted())


def _check_time(at: str) -> None:
    try:
        TypeAdapter(Moment).validate_python(at)
    except ValidationError:
        raise UserError(f"--at {at!r}: must be a time with its zone, such as 2022-05-12T10:04:00Z") from None
