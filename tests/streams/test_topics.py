"""Topics as declared: what is missing is made, what differs is told and left; epochs rise; versions are exact."""

from collections.abc import Callable

import pytest
from confluent_kafka.admin import AdminClient

from streams.topics import (
    FEEDS,
    MAX_EPOCH,
    MAX_OFFSET,
    MESSAGE_MAX_BYTES,
    Topic,
    TopicEpoch,
    TopicError,
    VersionError,
    by_name,
    declared,
    ensure,
    epoch_and_offset,
    epoch_for,
    topic_ids,
    version,
)


def test_records_and_people_have_one_partition_whatever_the_settings() -> None:
    found = by_name(declared(feed_partitions=12, case_partitions=8))
    assert found["records"].partitions == found["people"].partitions == 1
    assert found["cases"].partitions == 8
    assert {found[name].partitions for name in FEEDS} == {12}


def test_only_feeds_are_deleted_by_time_and_nothing_by_size() -> None:
    for topic in declared(feed_retention_days=2):
        wanted = str(2 * 24 * 3600 * 1000) if topic.name in FEEDS else "-1"
        assert topic.config()["retention.ms"] == wanted
        assert topic.config()["retention.bytes"] == "-1"
        assert topic.config()["max.message.bytes"] == str(MESSAGE_MAX_BYTES)


def test_the_first_epoch_is_1_and_a_topic_made_anew_gets_the_next() -> None:
    first = epoch_for([], "records", "a")
    assert first == TopicEpoch("records", "a", 1)
    assert epoch_for([first], "records", "a") == first
    second = epoch_for([first], "records", "b")
    assert second.epoch == 2
    assert epoch_for([first, second], "records", "a") == first
    assert epoch_for([first, second], "feeds.cps", "c").epoch == 1


def test_epochs_end_with_a_clear_error() -> None:
    with pytest.raises(VersionError) as error:
        epoch_for([TopicEpoch("records", "a", MAX_EPOCH)], "records", "b")
    assert error.value.field == "epoch"


@pytest.mark.parametrize(("epoch", "offset"), [(0, 0), (1, 0), (1, MAX_OFFSET), (2, 7), (MAX_EPOCH, MAX_OFFSET)])
def test_a_version_goes_there_and_back(epoch: int, offset: int) -> None:
    assert epoch_and_offset(version(epoch, offset)) == (epoch, offset)
    assert 0 <= version(epoch, offset) < 1 << 64


def test_versions_rise_with_the_offset_and_any_epoch_beats_the_one_before() -> None:
    assert version(1, 5) < version(1, 6) < version(1, MAX_OFFSET) < version(2, 0)


@pytest.mark.parametrize(("epoch", "offset"), [(-1, 0), (MAX_EPOCH + 1, 0), (0, -1), (0, MAX_OFFSET + 1)])
def test_a_version_that_does_not_fit_is_refused(epoch: int, offset: int) -> None:
    with pytest.raises(VersionError):
        version(epoch, offset)


@pytest.mark.parametrize("value", [-1, 1 << 64])
def test_only_unsigned_64_bit_numbers_are_versions(value: int) -> None:
    with pytest.raises(VersionError):
        epoch_and_offset(value)


@pytest.mark.integration
def test_missing_topics_are_made_once(kafka: str) -> None:
    ensure(kafka)
    again = ensure(kafka)
    assert again.created == ()
    assert again.differences == ()
    assert set(topic_ids(kafka)) == {topic.name for topic in declared()}


@pytest.mark.integration
def test_differences_are_told_and_left(kafka: str, new_topic: Callable[..., str]) -> None:
    name = new_topic(partitions=2)
    wanted = Topic(name, 3, 1000, "another shape")
    found = ensure(kafka, [wanted])
    assert {(difference.setting, difference.wanted, difference.found) for difference in found.differences} == {
        ("partitions", "3", "2"),
        ("retention.ms", "1000", "-1"),
    }
    assert ensure(kafka, [wanted]).differences == found.differences


@pytest.mark.integration
def test_a_topic_made_anew_has_another_id(kafka: str, new_topic: Callable[..., str]) -> None:
    name = new_topic()
    before = topic_ids(kafka, [name])[name]
    admin = AdminClient({"bootstrap.servers": kafka})
    admin.delete_topics([name])[name].result()
    with pytest.raises(TopicError):
        topic_ids(kafka, [name])
    ensure(kafka, [Topic(name, 1, -1, "made anew")])
    assert topic_ids(kafka, [name])[name] != before
