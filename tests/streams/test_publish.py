"""Publishing: where events go and under which key, what becomes of what cannot be sent, and real Kafka at speed."""

import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest
from confluent_kafka import Consumer

from processors.standardise.standardise import Rejected, standardise
from schemas.events import EVENT
from schemas.flow import EventRef
from schemas.generate import example
from schemas.refusal import REFUSAL_TYPE
from streams import topics
from streams.lag import Watch
from streams.producer import Producer
from streams.publish import FORMATS, Publisher, cloudevents_in, subject_key
from streams.topics import MESSAGE_MAX_BYTES

Sent = tuple[str, bytes | None, bytes]


class Kept:
    """A sender that keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.headers: list[Mapping[str, bytes] | None] = []

    def send(
        self, topic: str, key: bytes | None, value: bytes, partition: int | None = None,
        headers: Mapping[str, bytes] | None = None,
    ) -> None:  # fmt: skip
        self.sent.append((topic, key, value))
        self.headers.append(headers)

    def poll(self) -> None:
        """Nothing is on its way."""


def line(event_type: str, **changes: Any) -> bytes:
    return orjson.dumps({**orjson.loads(example(event_type)), **changes})


def publish_lines(*lines: bytes, **options: Any) -> Kept:
    kept = Kept()
    Publisher(kept, "cloudevents", **options).lines("events.jsonl", enumerate(lines, start=1))
    return kept


@pytest.mark.parametrize(
    ("event_type", "topic"),
    [
        ("police.crime", "feeds.police"),
        ("cps.decision", "feeds.cps"),
        ("court.hearing", "feeds.hmcts"),
        ("hmpps.recall", "feeds.hmpps"),
    ],
)
def test_a_line_goes_as_it_is_to_the_feed_of_its_agency(event_type: str, topic: str) -> None:
    value = b"  " + line(event_type)
    kept = publish_lines(value)
    assert kept.sent[0][0] == topic
    assert kept.sent[0][2] == value
    assert kept.headers[0] is not None
    assert kept.headers[0]["content-type"].startswith(b"application/cloudevents+json")


def test_a_subjects_deletion_has_the_key_of_its_states() -> None:
    crime = orjson.loads(example("police.crime"))
    deletion = line(
        "record.deleted", source=crime["source"], subject=crime["subject"], data={"kind": "police.crime"}
    )
    kept = publish_lines(line("police.crime"), line("police.crime", id="another"), deletion)
    assert {(topic, key) for topic, key, _ in kept.sent} == {
        ("feeds.police", subject_key(crime["source"], "police.crime", crime["subject"]))
    }


def test_another_record_of_the_same_name_has_another_key() -> None:
    kept = publish_lines(line("police.crime"), line("police.crime_outcome"))
    assert len({key for _, key, _ in kept.sent}) == 2


@pytest.mark.parametrize("broken", [b"{", b"[]", b'"text"', b"\xff\xfe", b'{"type":3}', b'{"type":"no.such"}'])
def test_what_is_no_event_is_sent_too_for_standardise_to_judge(broken: bytes) -> None:
    kept = publish_lines(broken, agency="cps")
    assert kept.sent[0][0] == "feeds.cps"
    assert kept.sent[0][2] == broken
    assert isinstance(standardise(broken, EventRef("feeds.cps", 1, 0, 0)), Rejected)


def test_an_event_that_is_too_large_becomes_an_envelope_on_the_feed_of_its_agency() -> None:
    kept = publish_lines(line("cps.decision", padding="x" * MESSAGE_MAX_BYTES))
    topic, _, value = kept.sent[0]
    envelope = orjson.loads(value)
    assert topic == "feeds.cps"
    assert envelope["type"] == REFUSAL_TYPE
    assert envelope["data"]["rule"] == "oversized"
    assert len(value) < 100_000


def test_at_is_the_time_of_states_that_carry_none_and_of_no_other() -> None:
    timed, untimed = line("police.crime"), line("police.crime", time=None)
    kept = publish_lines(timed, untimed, b"{", at="2026-01-01T00:00:00Z")
    assert kept.sent[0][2] == timed
    assert orjson.loads(kept.sent[1][2])["time"] == "2026-01-01T00:00:00Z"
    assert kept.sent[2][2] == b"{"


STREET = (
    b"Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    b"Last outcome category,Context\n"
)


def test_an_adapters_events_are_valid_and_its_refusals_are_envelopes() -> None:
    force = b"Bedfordshire Police"
    good = b"a" * 64 + b",2022-05,%b,%b,,,On or near X,,,Burglary,Under investigation,\n" % (force, force)
    kept = Kept()
    publisher = Publisher(kept, "police-uk")
    publisher.file("2022-05-bedfordshire-street.csv", STREET + good + b"too,few\n")
    assert publisher.counts.events == 1
    assert dict(publisher.counts.refused) == {"wrong-number-of-columns": 1}
    assert publisher.counts.messages == len(kept.sent) == 2
    assert EVENT.validate_json(kept.sent[0][2]).type == "police.crime"
    data = orjson.loads(kept.sent[1][2])["data"]
    assert (data["format"], data["file"], data["line"]) == ("police-uk", "2022-05-bedfordshire-street.csv", 3)


def test_a_refusal_of_several_faults_tells_the_first_and_how_many_more_there_are() -> None:
    kept = Kept()
    item = {"caseNo": "1", "courtCode": "B10JQ", "offences": [{"seq": "first"}, {"seq": "second"}]}
    Publisher(kept, "libra").file("item.json", orjson.dumps(item))
    data = orjson.loads(kept.sent[0][2])["data"]
    assert (data["rule"], data["field"], data["value"]) == ("invalid-order-index", "offences.0.order_index", "first")
    assert data["reason"] == "must be a whole number (and 1 more)"


def test_items_of_libra_and_what_is_refused_of_them_go_to_the_courts_feed() -> None:
    kept = Kept()
    publisher = Publisher(kept, "libra", at="2024-01-02T03:04:05Z")
    item = {"caseNo": "1600000001", "courtCode": "B10JQ", "cId": "CID1", "sessionStartTime": "2024-06-03T09:00:00"}
    publisher.file("items.json", orjson.dumps([item, {"courtCode": "B10JQ"}]))
    assert dict(publisher.counts.topics) == {"feeds.hmcts": 3}
    assert dict(publisher.counts.refused) == {"missing-field": 1}
    assert [orjson.loads(value)["type"] for _, _, value in kept.sent] == ["court.case", "court.patch", REFUSAL_TYPE]


def test_every_format_takes_a_file_of_no_sense_without_an_error() -> None:
    for format_ in FORMATS[1:]:
        kept = Kept()
        Publisher(kept, format_).file("nonsense.txt", b"\x00nonsense")
        assert [orjson.loads(value)["type"] for _, _, value in kept.sent] == [REFUSAL_TYPE]


def lines_of(content: bytes) -> list[tuple[int, bytes]]:
    return list(cloudevents_in(lambda: iter(content.splitlines(keepends=True)), lambda: content)[1])


def test_a_file_is_read_line_by_line_and_blank_lines_are_left_out() -> None:
    assert lines_of(b'{"a":1}\n\n {"b":2} \r\n') == [(1, b'{"a":1}'), (3, b'{"b":2}')]


def test_a_file_may_also_be_one_document_or_an_array() -> None:
    assert lines_of(b'[{"a": 1},\n {"b": 2}]') == [(1, b'{"a":1}'), (2, b'{"b":2}')]
    assert lines_of(b'{\n  "a": 1\n}\n') == [(1, b'{"a":1}')]


@pytest.mark.parametrize("content", [b'{"a":1}\n{"b":2}\n', b'[{"a":1},{"b":2}]', b'[\n{"a":1},\n{"b":2}\n]'])
def test_a_byte_order_mark_is_no_part_of_the_first_event(content: bytes) -> None:
    assert lines_of(b"\xef\xbb\xbf" + content) == lines_of(content) == [(1, b'{"a":1}'), (2, b'{"b":2}')]


def test_a_damaged_array_is_judged_line_by_line() -> None:
    assert lines_of(b'[{"a": 1},\n') == [(1, b'[{"a": 1},')]


@pytest.fixture
def feeds(kafka: str) -> str:
    topics.ensure(kafka, topics.declared())
    return kafka


def ends(kafka: str) -> int:
    with Watch(kafka) as watch:
        return sum(one.published for topic, one in watch.lags().items() if topic in topics.FEEDS)


@pytest.mark.integration
def test_all_that_was_published_is_in_kafka_and_keeps_to_its_partition(feeds: str) -> None:
    before = ends(feeds)
    with Producer(feeds) as producer:
        publisher = Publisher(producer, "cloudevents")
        publisher.lines("a", ((n, line("police.crime", id=str(n), subject=f"s{n % 20}")) for n in range(400)))
    assert ends(feeds) - before == publisher.counts.messages == 400
    partitions: dict[bytes, set[int]] = {}
    for key, partition in consumed(feeds, 400):
        partitions.setdefault(key, set()).add(partition)
    assert len(partitions) == 20
    assert all(len(held) == 1 for held in partitions.values())


def consumed(kafka: str, count: int) -> Iterator[tuple[bytes, int]]:
    consumer = Consumer({"bootstrap.servers": kafka, "group.id": "test-publish", "auto.offset.reset": "earliest"})
    consumer.subscribe(["feeds.police"])
    try:
        deadline = time.monotonic() + 30
        while count > 0 and time.monotonic() < deadline:
            for message in consumer.consume(1_000, timeout=1.0):
                key = message.key()
                if isinstance(key, bytes) and re.search(rb"\x1fs\d+\Z", key):
                    yield key, message.partition() or 0
                    count -= 1
        assert count == 0
    finally:
        consumer.close()
