"""The epoch of each topic: kept in ClickHouse by the topic's id, allocated once, risen when a topic is made anew."""

from collections.abc import Iterable, Mapping

from clickhouse.queries import read
from clickhouse.store import Store
from streams.topics import TopicEpoch, epoch_for, topic_ids


def epochs(store: Store, bootstrap: str, topics: Iterable[str]) -> Mapping[str, int]:
    """The epoch of each topic as it is now. A new one is stored before it is used; two workers that start at once
    allocate the same, since both count from what is stored."""
    rows = store.query(read("topic_epochs"), {})
    known = [TopicEpoch(str(topic), str(topic_id), int(str(epoch))) for topic, topic_id, epoch in rows]
    found: dict[str, int] = {}
    new: list[TopicEpoch] = []
    for topic, topic_id in topic_ids(bootstrap, topics).items():
        entry = epoch_for(known, topic, topic_id)
        if entry not in known:
            new.append(entry)
        found[topic] = entry.epoch
    if new:
        store.insert(
            "topic_epochs",
            {
                "topic": [entry.topic for entry in new],
                "topic_id": [entry.topic_id for entry in new],
                "epoch": [entry.epoch for entry in new],
            },
        )
    return found
