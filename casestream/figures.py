"""What an instance holds, as figures: published, stored, rejected, lag, cases, link rate. Read-only."""

from dataclasses import dataclass
from datetime import UTC, datetime

from casestream.measuring import Question, answer
from clickhouse.measures import measures
from clickhouse.queries import read
from clickhouse.store import Store
from grafana.macros import Period
from streams.lag import Lag, Watch
from streams.topics import FEEDS, topic_ids


@dataclass(frozen=True, slots=True)
class Stored:
    """What is in the tables. stored: messages of the feeds in the archive and not rejected; rejects: rejected ones by
    rule; link_rate: measure A04 by agency, between 0 and 1; rows: how much of each thing."""

    stored: int
    rejected: int
    rejects: dict[str, int]
    cases: int
    link_rate: dict[str, float]
    rows: dict[str, int]


def published(flow: dict[str, Lag]) -> int:
    """Messages ever sent to the feed topics."""
    return sum(flow[topic].published for topic in FEEDS)


def flow(bootstrap: str) -> dict[str, Lag]:
    """Messages and lag by topic. Raises KafkaException."""
    with Watch(bootstrap) as watch:
        return watch.lags()


def stored(store: Store, bootstrap: str) -> Stored:
    """The tables' figures, of the feed topics as they are now: an archive from before a topic was made anew is not
    counted against its offsets. Raises StoreError, TopicError."""
    incarnations = _incarnations(store, bootstrap)
    _archived, rejected, kept = store.query(read("status_stored"), incarnations)[0]
    return Stored(
        stored=_int(kept),
        rejected=_int(rejected),
        rejects={str(rule): _int(count) for rule, count in store.query(read("status_rejects"), incarnations)},
        cases=_int(store.query(read("status_cases"), {})[0][0]),
        link_rate=_link_rate(store),
        rows={str(thing): _int(count) for _, thing, count in store.query(read("status_rows"), {})},
    )


def _link_rate(store: Store) -> dict[str, float]:
    now = datetime.now(UTC)  # the records as they are now, whatever the period
    found = answer(store, Question(measures()["A04"], Period(now, now)))
    return {one.keys["agency"]: round(rate / 100, 4) for one in found if (rate := one.values["rate"]) is not None}


def _incarnations(store: Store, bootstrap: str) -> dict[str, object]:
    """The epochs of the feed topics as they are now, for the queries; one that no worker has met yet has none."""
    known = {
        (str(topic), str(topic_id)): _int(epoch) for topic, topic_id, epoch in store.query(read("topic_epochs"), {})
    }
    ids = topic_ids(bootstrap, FEEDS)
    found = {topic: known[topic, topic_id] for topic, topic_id in ids.items() if (topic, topic_id) in known}
    return {"topics": list(found), "epochs": list(found.values())}


def _int(value: object) -> int:
    return int(str(value))
