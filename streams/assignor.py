"""Which worker gets which partitions: by what they cost, so that nobody waits for a worker that has too much.

Kafka's own assignors count partitions. Of ours one costs as much as a whole topic: the partition of `records`, whose
linker is one thread of one worker. And under load the agents work in stages, since a later one waits until those before
it are nearly done (`streams.pace`): a worker that has less to do of one stage stands still then, whatever it has of the
next. So each stage is shared out for itself: its costliest partition first, each to the worker that has least of this
stage so far, and of those to the one that has least of all.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment


class Work(NamedTuple):
    """What a whole topic costs, which its partitions share, and in which stage."""

    cost: float = 1.0
    stage: int = 0


def weighed(work: Mapping[str, Work]) -> type[RoundRobinPartitionAssignor]:
    """An assignor by the work of topics; one that is not named is of the first stage and costs 1."""

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
                    work,
                ).items()
            }  # fmt: skip

    return Weighed


def share_out(
    partitions: Mapping[str, list[int]], members: Mapping[str, frozenset[str]], work: Mapping[str, Work]
) -> dict[str, dict[str, list[int]]]:
    """The partitions by member and topic. `members`: the topics that each reads. A function of what is given, whatever
    its order."""
    load = dict.fromkeys(sorted(members), 0.0)
    shared: dict[str, dict[str, list[int]]] = {member: {} for member in load}
    works = {topic: work.get(topic, Work()) for topic in partitions}
    for stage in sorted({of.stage for of in works.values()}):
        in_stage = dict.fromkeys(load, 0.0)
        single = [
            (works[topic].cost / len(numbers), topic, number)
            for topic, numbers in partitions.items() if works[topic].stage == stage for number in numbers
        ]  # fmt: skip
        for cost, topic, number in sorted(single, key=lambda one: (-one[0], one[1], one[2])):
            readers = [member for member in load if topic in members[member]]
            least = min(readers, key=lambda member: (in_stage[member], load[member]))
            in_stage[least] += cost
            load[least] += cost
            shared[least].setdefault(topic, []).append(number)
    return shared
