"""What the chunk transport overrides or reaches into is as it was when it was written.

When this fails, Faust, mode or aiokafka has changed under us. Read the new source of what the failure names, recheck
what it says to recheck, run `tests/streams/test_transport*.py` and `bench/transport.py`, and only then put the new hash
here (the failure prints it).
"""

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

import aiokafka.consumer.fetcher as fetcher
import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.consumer.group_coordinator import GroupCoordinator
from faust import App
from faust.streams import Stream
from faust.transport.consumer import Consumer, ThreadDelegateConsumer
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, ConsumerRebalanceListener, Transport
from faust.types.tuples import ConsumerMessage, Message

FETCH = "streams/taking.py and _take_what_is_there() of streams/fetching.py do what these do, with a bound in bytes"
COMMIT = "streams/fetching.py: _commit_runs(); the commit must carry the generation under which the runs were fetched"
SEEK = "streams/fetching.py: _seek_to_committed(); never jumps, and seeks before the flow is resumed"
MAKE = "streams/fetching.py: _create_worker_consumer(); settings that Faust hands to aiokafka"
DRAIN = "streams/transport.py: the fetch loop must hand one Fetched on as one message, and drop none without a seek"
ACK = "streams/transport.py: ack(), _add_gap(), force_commit(); Faust must keep no offsets of chunk topics"
REVOKE = "streams/transport.py: on_partitions_*, _consumer_wait_empty, _stop_consumer; drain, commit, then not current"

EXPECTED: list[tuple[Callable[..., Any], str, str]] = [
    (fetcher.FetchResult.check_assignment, "b5340df67e3f", FETCH),
    (fetcher.FetchResult.getall, "3e717e30de50", FETCH),
    (fetcher.FetchResult._update_position, "83fb1473bf10", FETCH),
    (fetcher.PartitionRecords.__next__, "63ac34a08c30", FETCH),
    (fetcher.PartitionRecords._unpack_records, "b803e6d46480", FETCH),
    (fetcher.Fetcher.fetched_records, "be4348896b9b", FETCH),
    (fetcher.Fetcher._create_fetch_waiter, "61d840568746", FETCH),
    (fetcher.Fetcher._proc_fetch_request, "59bf948fff47", FETCH),
    (fetcher.Fetcher._update_fetch_positions, "d7774d8241dc", SEEK),
    (fetcher.Fetcher.seek_to, "f0ba6aba6c22", SEEK),
    (AIOKafkaConsumer.seek_to_committed, "f6cd85c8b70a", SEEK),
    (AIOKafkaConsumer.commit, "79b057d88220", COMMIT),
    (GroupCoordinator.commit_offsets, "5cbe31af28d6", COMMIT),
    (GroupCoordinator._do_commit_offsets, "c3a3ea5613f3", COMMIT),
    (AIOKafkaConsumerThread._create_worker_consumer, "c2701bfc3e6f", MAKE),
    (AIOKafkaConsumerThread.getmany, "26fc5fc9f3b6", FETCH),
    (AIOKafkaConsumerThread._fetch_records, "39a2c6c79fc1", FETCH),
    (AIOKafkaConsumerThread.seek_to_committed, "775ab0adc4b0", SEEK),
    (AIOKafkaConsumerThread._commit, "932852ce7a23", COMMIT),
    (ConsumerRebalanceListener.on_partitions_assigned, "1c1f8406ad36", REVOKE),
    (ThreadDelegateConsumer._getmany, "f9d47aa9010b", DRAIN),
    (Consumer.getmany, "4b168d84882a", DRAIN),
    (Consumer._wait_next_records, "6218e1969a63", DRAIN),
    (Consumer._drain_messages, "44a2500309e8", DRAIN),
    (Consumer.perform_seek, "0e8c130ff4b0", SEEK),
    (Consumer.ack, "5fcf41cf4515", ACK),
    (Consumer._add_gap, "4df2573ded7c", ACK),
    (Consumer.commit, "a354437baaa0", ACK),
    (Consumer.force_commit, "cc094614d22c", ACK),
    (Consumer.on_stop, "45b1d2210ce2", REVOKE),
    (Consumer.on_partitions_revoked, "d04b7ae72c6f", REVOKE),
    (Consumer.on_partitions_assigned, "29ce96596f05", REVOKE),
    (Message.ack, "4751b72c4ed8", ACK),
    (ConsumerMessage.on_final_ack, "45d670b6a8ac", ACK),
    (Stream.noack, "921a6f5c674d", ACK),
    (Stream._py_aiter, "3a48ee257a65", ACK),
    (App._new_transport, "42db531312dd", MAKE),
    (App._new_consumer, "bff6ccd646b7", MAKE),
    (Transport.__init__, "a06006f6ae8e", MAKE),
    (App._on_partitions_revoked, "d5c895bbe57d", REVOKE),
    (App._on_partitions_assigned, "de932b7927db", REVOKE),
    (App._stop_consumer, "55854a5de12c", REVOKE),
    (App._consumer_wait_empty, "6bc313c48c06", REVOKE),
]


def digest(function: Callable[..., Any]) -> str:
    return hashlib.sha256(inspect.getsource(inspect.unwrap(function)).encode()).hexdigest()[:12]


@pytest.mark.parametrize(("function", "known", "recheck"), EXPECTED, ids=lambda part: getattr(part, "__qualname__", ""))
def test_the_source_that_we_build_on_is_unchanged(function: Callable[..., Any], known: str, recheck: str) -> None:
    found = digest(function)
    assert found == known, (
        f"{function.__module__}.{function.__qualname__} has changed (now {found}). Recheck {recheck}."
    )
