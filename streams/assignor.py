"""Which worker gets which partitions: by what they cost, so that nobody waits for a worker that has too much.

Kafka's own assignors count partitions. Of ours one costs as much as a whole topic: the partition of `records`, whose
linker is one thread of one worker. So the costliest partition goes first, each to the worker that has least so far; the
linker's worker then projects last and least. Fewer projectors also mean fewer and larger flushes.
"""

from collections.abc import Mapping
from typing import Any

from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment

OTHER_COST = 1.0
"""The cost of a topic that is not named."""


def weighed(costs: Mapping[str, float]) -> type[RoundRobinPartitionAssignor]:
    """An assignor by the costs of whole topics, which their partitions share."""

    class Weighed(RoundRobinPartitionAssignor):  # type: ignore[misc, unused-ignore]
        name = "weighed"

        @classmethod
        def assign(cls, cluster: Any, members: Mapping[str, Any]) -> dict[str, Any]:
            return {
                member: ConsumerProtocolMemberAssignment(cls.version, sorted(topics.items()), b"")
                for member, topics in share_out(
                    {
                        topic: sorted(cluster.partitions_for_topic(topic) or ())
                        for metadata in members.values() for topic in metadata.subscription
                    },
                    {member: frozenset(metadata.subscription) for member, metadata in members.items()},
                    costs,
                ).items()
            }  # fmt: skip

    return Weighed


def share_out(
    partitions: Mapping[str, list[int]], members: Mapping[str, frozenset[str]], costs: Mapping[str, float]
) -> dict[str, dict[str, list[int]]]:
    """The partitions by member and topic. `members`: the topics that each reads. A function of what is given, whatever
    its order."""
    load = dict.fromkeys(sorted(members), 0.0)
    shared: dict[str, dict[str, list[int]]] = {member: {} for member in load}
    single = [
        (costs.get(topic, OTHER_COST) / len(numbers), topic, number)
        for topic, numbers in partitions.items() for number in numbers
    ]  # fmt: skip
    for cost, topic, number in sorted(single, key=lambda one: (-one[0], one[1], one[2])):
        readers = [member for member in load if topic in members[member]]
        least = min(readers, key=lambda member: load[member])
        load[least] += cost
        shared[least].setdefault(topic, []).append(number)
    return shared
