"""A worker works on the topics with which it began, and on no others that come to be at the same address."""

from collections.abc import Callable

import pytest

from clickhouse.store import Endpoint, Store
from streams.settings import WorkerSettings
from streams.topics import FEEDS, RECORDS
from streams.transport import Partition
from streams.worker import Agents, OtherTopicsError

pytestmark = pytest.mark.integration

ASSIGNED = frozenset({*(Partition(feed, 0) for feed in FEEDS), Partition(RECORDS, 0)})


def test_a_worker_that_finds_other_topics_at_its_address_takes_none_of_them(
    system: Callable[[], None], store: Store, kafka: str, clickhouse_endpoint: Endpoint
) -> None:
    settings = WorkerSettings(
        kafka=kafka, clickhouse=f"http://127.0.0.1:{clickhouse_endpoint.port}", feed_partitions=2, case_partitions=2
    )
    agents = Agents(settings)
    agents.assigned(ASSIGNED)
    assert agents.standardise is not None and agents.link is not None
    agents.assigned(ASSIGNED)  # another assignment of the same topics is nothing special
    system()  # all topics anew, as another instance's are
    with pytest.raises(OtherTopicsError, match="not those that this worker began with"):
        agents.assigned(ASSIGNED)
