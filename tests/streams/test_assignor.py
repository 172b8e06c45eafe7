"""Partitions are shared out by what they cost."""

from hypothesis import given
from hypothesis import strategies as st

from streams.assignor import Work, share_out
from streams.topics import FEEDS, declared
from streams.worker import WORK

TOPICS = {topic.name: list(range(topic.partitions)) for topic in declared()}
ALL = frozenset(TOPICS)


def test_one_worker_has_all() -> None:
    assert share_out(TOPICS, {"a": ALL}, WORK) == {"a": TOPICS}


def test_of_two_workers_one_links_while_the_other_reads_the_feeds_and_both_project() -> None:
    shared = share_out(TOPICS, {"a": ALL, "b": ALL}, WORK)
    linker, other = sorted(shared.values(), key=lambda topics: "records" not in topics)
    assert set(linker) == {"records", "cases"}
    assert {feed: other[feed] for feed in FEEDS} == {feed: TOPICS[feed] for feed in FEEDS}
    assert len(linker["cases"]) == len(other["cases"]) == 2
    assert other["people"] == [0], "of the last stage, by which the linker's worker has had more to do"


def test_of_many_workers_each_but_the_linkers_reads_feeds_and_all_project() -> None:
    shared = share_out(TOPICS, dict.fromkeys("abcd", ALL), WORK)
    assert [len(topics["cases"]) for topics in shared.values()] == [1, 1, 1, 1]
    assert all(("records" in topics) != any(feed in topics for feed in FEEDS) for topics in shared.values())


def test_a_topic_goes_to_those_that_read_it_alone() -> None:
    shared = share_out(TOPICS, {"a": frozenset({"cases"}), "b": ALL - {"cases"}}, WORK)
    assert set(shared["a"]) == {"cases"}
    assert "cases" not in shared["b"]


@given(
    st.dictionaries(st.sampled_from("uvwxyz"), st.integers(1, 9).map(lambda n: list(range(n))), min_size=1),
    st.sets(st.text("ab", min_size=1, max_size=4), min_size=1),
    st.dictionaries(st.sampled_from("uvwxyz"), st.builds(Work, st.floats(0.1, 10), st.integers(0, 2))),
)
def test_each_partition_has_one_owner_and_no_order_matters(
    partitions: dict[str, list[int]], members: set[str], work: dict[str, Work]
) -> None:
    everything = frozenset(partitions)
    shared = share_out(partitions, dict.fromkeys(members, everything), work)
    owned = [(topic, number) for topics in shared.values() for topic, numbers in topics.items() for number in numbers]
    assert sorted(owned) == sorted((topic, number) for topic, numbers in partitions.items() for number in numbers)
    backwards = dict.fromkeys(sorted(members, reverse=True), everything)
    assert share_out(dict(reversed(partitions.items())), backwards, work) == shared
