"""Partitions are shared out by what they cost."""

from hypothesis import given
from hypothesis import strategies as st

from streams.assignor import share_out

TOPICS = {"records": [0], "cases": [0, 1, 2, 3], "feeds.police": [0, 1, 2, 3], "feeds.cps": [0, 1, 2, 3]}
COSTS = {"records": 9.0, "cases": 9.0}
ALL = frozenset(TOPICS)


def test_one_worker_has_all() -> None:
    assert share_out(TOPICS, {"a": ALL}, COSTS) == {"a": TOPICS}


def test_of_two_workers_the_one_that_links_does_not_project() -> None:
    shared = share_out(TOPICS, {"a": ALL, "b": ALL}, COSTS)
    linker = next(member for member, topics in shared.items() if "records" in topics)
    other = "b" if linker == "a" else "a"
    assert shared[other]["cases"] == [0, 1, 2, 3]
    assert "cases" not in shared[linker]
    assert sum(len(numbers) for topic, numbers in shared[linker].items() if topic != "records") == 4


def test_of_many_workers_each_other_projects_some() -> None:
    shared = share_out(TOPICS, dict.fromkeys("abcde", ALL), COSTS)
    assert sorted(len(topics.get("cases", [])) for topics in shared.values()) == [0, 1, 1, 1, 1]


def test_a_topic_goes_to_those_that_read_it_alone() -> None:
    shared = share_out(TOPICS, {"a": frozenset({"cases"}), "b": ALL - {"cases"}}, COSTS)
    assert set(shared["a"]) == {"cases"}
    assert "cases" not in shared["b"]


@given(
    st.dictionaries(st.sampled_from("uvwxyz"), st.integers(1, 9).map(lambda n: list(range(n))), min_size=1),
    st.sets(st.text("ab", min_size=1, max_size=4), min_size=1),
    st.dictionaries(st.sampled_from("uvwxyz"), st.floats(0.1, 10)),
)
def test_each_partition_has_one_owner_and_no_order_matters(
    partitions: dict[str, list[int]], members: set[str], costs: dict[str, float]
) -> None:
    everything = frozenset(partitions)
    shared = share_out(partitions, dict.fromkeys(members, everything), costs)
    owned = [(topic, number) for topics in shared.values() for topic, numbers in topics.items() for number in numbers]
    assert sorted(owned) == sorted((topic, number) for topic, numbers in partitions.items() for number in numbers)
    backwards = dict.fromkeys(sorted(members, reverse=True), everything)
    assert share_out(dict(reversed(partitions.items())), backwards, costs) == shared
