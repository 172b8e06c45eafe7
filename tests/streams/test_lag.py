"""How far the workers are: published, lag, and whether all that was there at one moment is done."""

import time
from collections.abc import Callable

import pytest
from confluent_kafka import Consumer

from streams import lag, topics
from streams.lag import Watch
from streams.producer import Producer

pytestmark = pytest.mark.integration


def read(kafka: str, group: str, topic: str, count: int) -> None:
    """Read and commit, as a worker would."""
    consumer = Consumer({"bootstrap.servers": kafka, "group.id": group, "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    deadline = time.monotonic() + 30
    while count > 0 and time.monotonic() < deadline:
        count -= len(consumer.consume(count, timeout=1.0))
    consumer.commit(asynchronous=False)
    consumer.close()
    assert count == 0


def test_what_was_published_is_left_until_the_group_has_committed_it(
    kafka: str, new_topic: Callable[..., str]
) -> None:
    name = new_topic(2)
    with Watch(kafka, f"of-{name}") as watch:
        assert watch.positions([name]) == {}
        with Producer(kafka) as producer:
            for n in range(3):
                producer.send(name, None, b"x", partition=n % 2)
        wanted = watch.positions([name])
        assert wanted == {(name, 0): 2, (name, 1): 1}
        assert watch.remaining(wanted) == 3
        with Producer(kafka) as producer:
            producer.send(name, None, b"later", partition=0)
        read(kafka, f"of-{name}", name, 4)
        assert watch.remaining(wanted) == 0


def test_a_wait_goes_from_topic_to_topic_and_says_where_it_stopped(
    kafka: str, new_topic: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = new_topic(), new_topic()
    stages = ((first,), (second,))
    monkeypatch.setattr(lag, "STAGES", stages)
    with Producer(kafka) as producer:
        for topic in (first, second, second):
            producer.send(topic, None, b"x")
    with Watch(kafka, f"of-{first}") as watch:
        assert watch.wait_until_stored(0.3, stages=stages) == lag.Waiting((first,), 1)
        read(kafka, f"of-{first}", first, 1)
        assert watch.wait_until_stored(0.3, stages=stages[:1]) is None
        assert watch.wait_until_stored(0.3, stages=stages) == lag.Waiting((second,), 2)
        assert watch.lags() == {first: lag.Lag(1, 0), second: lag.Lag(2, 2)}
        read(kafka, f"of-{first}", second, 2)
        assert watch.wait_until_stored(5, stages=stages) is None


def test_watching_joins_no_group(kafka: str, new_topic: Callable[..., str]) -> None:
    topics.ensure(kafka)
    name = new_topic()
    members = lag.Members(kafka, f"of-{name}")
    with Watch(kafka, f"of-{name}") as watch:
        watch.committed([(name, 0)])
        assert members.count() == 0


def test_a_topic_that_is_not_there_is_left_out(kafka: str) -> None:
    with Watch(kafka) as watch:
        assert watch.ends(["no-such-topic"]) == {}


def test_a_wait_names_the_topics_of_its_stage() -> None:
    assert [lag.Waiting(stage, 1).name for stage in lag.STAGES] == ["the feeds", "records", "cases and people"]
