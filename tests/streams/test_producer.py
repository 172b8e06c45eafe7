"""Sending: durable after `flush`, or an error; and how far topics and groups are."""

from collections.abc import Callable

import pytest

from streams.producer import DeliveryFailed, Producer, committed, end_offsets
from streams.topics import MESSAGE_MAX_BYTES

pytestmark = pytest.mark.integration


def test_what_was_flushed_is_there(kafka: str, new_topic: Callable[..., str]) -> None:
    topic = new_topic(partitions=2)
    sender = Producer(kafka)
    for number in range(1_000):
        sender.send(topic, b"%d" % number, b"value")
    sender.send(topic, None, b"value", partition=1, headers={"kind": b"test"})
    sender.flush()
    assert len(sender) == 0
    assert sum(high - low for low, high in end_offsets(kafka, [topic]).values()) == 1_001


def test_a_key_always_goes_to_the_same_partition(kafka: str, new_topic: Callable[..., str]) -> None:
    topic = new_topic(partitions=8)
    with Producer(kafka) as sender:
        for _ in range(50):
            sender.send(topic, b"one key", b"value")
    assert sorted(high for _, high in end_offsets(kafka, [topic]).values()) == [0] * 7 + [50]


def test_an_unknown_topic_is_an_error_of_the_flush(kafka: str) -> None:
    sender = Producer(kafka, message_timeout=3)
    sender.send("no-such-topic", None, b"value")
    with pytest.raises(DeliveryFailed) as error:
        sender.flush()
    assert error.value.topic == "no-such-topic"
    assert "value" not in str(error.value)


def test_after_a_failure_the_producer_goes_on(kafka: str, new_topic: Callable[..., str]) -> None:
    topic = new_topic()
    sender = Producer(kafka, message_timeout=3)
    sender.send("no-such-topic", None, b"value")
    with pytest.raises(DeliveryFailed):
        sender.flush()
    sender.send(topic, None, b"value")
    sender.flush()
    assert end_offsets(kafka, [topic]) == {(topic, 0): (0, 1)}


def test_a_message_that_is_too_large_is_refused_at_once(kafka: str, new_topic: Callable[..., str]) -> None:
    topic = new_topic()
    with Producer(kafka) as sender, pytest.raises(DeliveryFailed) as error:
        sender.send(topic, None, b"x" * (MESSAGE_MAX_BYTES + 1))
    assert error.value.topic == topic
    assert end_offsets(kafka, [topic]) == {(topic, 0): (0, 0)}


def test_the_largest_message_fits(kafka: str, new_topic: Callable[..., str]) -> None:
    topic = new_topic()
    with Producer(kafka) as sender:
        sender.send(topic, None, b"x" * (MESSAGE_MAX_BYTES - 1_000))
    assert end_offsets(kafka, [topic]) == {(topic, 0): (0, 1)}


def test_a_broker_that_is_away_is_an_error_in_time() -> None:
    sender = Producer("127.0.0.1:9", message_timeout=60)
    sender.send("records", None, b"value")
    with pytest.raises(DeliveryFailed) as error:
        sender.flush(timeout=1.0)
    assert error.value.failed == 1
    assert len(sender) == 0


def test_a_group_that_never_committed_has_no_offsets(kafka: str, new_topic: Callable[..., str]) -> None:
    topic = new_topic(partitions=2)
    assert committed(kafka, "nobody", [topic, "no-such-topic"]) == {(topic, 0): None, (topic, 1): None}
    assert end_offsets(kafka, ["no-such-topic"]) == {}
