"""Source systems merge, unmerge and delete their records: the merge, unmerge and delete tests of
hmpps-person-record, and what an order of arrival that differs must not change."""

from itertools import permutations

import pytest

from processors.people.clustering import Change
from tests.processors.people.clustering.world import JOIN, World, joined

# merge


def test_merge_whose_source_is_unknown() -> None:
    world = World({})
    world.tell("B")
    world.decide("merge", "A", "B")
    assert world.clusters == ["B"]
    world.tell("A")
    assert world.clusters == ["B"]
    assert world.of("A").merged == ("rA",)


def test_merge_whose_target_is_unknown_waits_for_it() -> None:
    """The source is given up by its service, so it stands for nobody until its survivor is told."""
    world = World({})
    world.tell("A")
    world.decide("merge", "A", "B")
    assert world.clusters == []
    world.tell("B")
    assert world.clusters == ["B"]


def test_merge_within_one_cluster() -> None:
    world = World(joined("A", "B"))
    world.tell("A", "B")
    world.decide("merge", "A", "B")
    assert world.clusters == ["B"]
    assert world.of("A") == world.of("B")


def test_merge_of_two_clusters_of_one() -> None:
    world = World({})
    world.tell("A", "B")
    change = world.decide("merge", "A", "B")
    assert world.clusters == ["B"]
    assert change.gone == ("pA",)


def test_merge_leaves_the_rest_of_the_sources_cluster_behind() -> None:
    world = World(joined("A", "C", "D"))
    world.tell("A", "B", "C", "D")
    world.decide("merge", "A", "B")
    assert world.clusters == ["B", "C,D"]


def test_merge_of_a_bridge_leaves_its_sides_apart() -> None:
    world = World({("A", "C"): JOIN, ("A", "D"): JOIN})
    world.tell("A", "B", "C", "D")
    assert world.clusters == ["A,C,D", "B"]
    world.decide("merge", "A", "B")
    assert world.clusters == ["B", "C", "D"]


def test_merge_of_a_record_that_was_never_linked() -> None:
    world = World({})
    world.tell("A", youth=True)
    world.tell("B")
    world.decide("merge", "A", "B")
    assert world.clusters == ["B"]


def test_a_merge_told_twice_is_one() -> None:
    world = World({})
    world.tell("A", "B")
    world.decide("merge", "A", "B")
    assert world.decide("merge", "A", "B").clusters == ()


def test_merges_in_a_circle_are_void_and_shown() -> None:
    """Differs: the Ministry's service refuses the one that closes the circle, which depends on the order."""
    world = World({})
    world.tell("A", "B", "C")
    world.decide("merge", "A", "B")
    world.decide("merge", "B", "C")
    assert world.clusters == ["C"]
    world.decide("merge", "C", "A")
    assert world.clusters == ["A!", "B!", "C!"]
    assert world.of("A").attention == ("circular_merge",)
    world.decide("unmerge", "C", "A")
    assert world.clusters == ["C"]


def test_a_merge_with_itself_is_nothing() -> None:
    world = World({})
    world.tell("A")
    world.decide("merge", "A", "A")
    assert world.clusters == ["A"]


def test_a_later_merge_elsewhere_wins() -> None:
    world = World({})
    world.tell("A", "B", "C")
    world.decide("merge", "A", "B")
    world.decide("merge", "A", "C")
    assert world.of("A").records == ("rC",)


# unmerge


def test_unmerge_keeps_the_two_apart_though_they_match() -> None:
    world = World(joined("A", "B"))
    world.tell("A", "B")
    world.decide("merge", "A", "B")
    world.decide("unmerge", "A", "B")
    assert world.clusters == ["A", "B"]


def test_unmerge_without_a_merge_excludes() -> None:
    world = World(joined("A", "B"))
    world.tell("A", "B")
    world.decide("unmerge", "A", "B")
    assert world.clusters == ["A", "B"]


def test_unmerge_then_link_elsewhere() -> None:
    world = World({("A", "C"): JOIN})
    world.tell("A", "B", "C")
    world.decide("merge", "A", "B")
    assert world.clusters == ["B", "C"]
    world.decide("unmerge", "A", "B")
    assert world.clusters == ["A,C", "B"]


def test_unmerge_where_the_survivor_has_others_that_match_both() -> None:
    """Like the Ministry's, what is left needs attention; unlike there, the one in doubt is taken out of the cluster."""
    world = World(joined("A", "B", "D"))
    world.tell("A", "B", "D")
    world.decide("merge", "A", "B")
    assert world.clusters == ["B,D"]
    world.decide("unmerge", "A", "B")
    assert world.clusters == ["A", "B", "D!"]


def test_unmerge_where_the_survivors_others_match_it_alone() -> None:
    """Differs: the Ministry marks {B, D} as in conflict, whoever D is. Here D is clearly B."""
    world = World(joined("B", "D"))
    world.tell("A", "B", "D")
    world.decide("merge", "A", "B")
    world.decide("unmerge", "A", "B")
    assert world.clusters == ["A", "B,D"]


def test_unmerge_then_merge_again() -> None:
    world = World({})
    world.tell("A", "B")
    for kind in ("merge", "unmerge", "merge"):
        world.decide(kind, "A", "B")  # type: ignore[arg-type]
    assert world.clusters == ["B"]


# delete


def test_delete_of_an_unknown_record_is_nothing() -> None:
    world = World({})
    assert world.delete("A") == Change()


def test_delete_of_one_of_a_cluster() -> None:
    world = World(joined("A", "B", "C"))
    world.tell("A", "B", "C")
    world.delete("A")
    assert world.clusters == ["B,C"]


def test_delete_of_a_bridge_splits() -> None:
    world = World({("A", "B"): JOIN, ("B", "C"): JOIN})
    world.tell("A", "B", "C")
    assert world.clusters == ["A,B,C"]
    world.delete("B")
    assert world.clusters == ["A", "C"]


def test_delete_of_merged_from_keeps_merged_to() -> None:
    world = World({})
    world.tell("A", "B")
    world.decide("merge", "A", "B")
    world.delete("A")
    assert world.clusters == ["B"]
    assert world.of("B").merged == ()


@pytest.mark.parametrize(
    "merges", [("CB", "BA"), ("BA", "CA"), ("DC", "CA", "BA")], ids=["c-b-a", "b-a and c-a", "d-c-a and b-a"]
)
def test_delete_of_merged_to_deletes_the_whole_chain(merges: tuple[str, ...]) -> None:
    world = World({})
    names = sorted({name for merge in merges for name in merge})
    world.tell(*names)
    for source, target in merges:
        world.decide("merge", source, target)
    assert world.clusters == ["A"]
    assert world.of("A").merged == tuple(f"r{name}" for name in names if name != "A")
    world.delete("A")
    assert world.clusters == []


def test_delete_within_a_chain_takes_what_was_merged_into_it() -> None:
    world = World({})
    world.tell("A", "B", "C")
    world.decide("merge", "C", "B")
    world.decide("merge", "B", "A")
    world.delete("B")
    assert world.of("A").merged == ()


def test_delete_keeps_the_other_sides_exclusion() -> None:
    world = World(joined("A", "B"))
    world.tell("A", "B")
    world.decide("exclude", "A", "B")
    world.delete("A")
    assert world.clusters == ["B"]
    world.tell("A")
    assert world.clusters == ["A", "B"]


# order


def test_the_latest_decision_of_a_pair_stands_in_any_order() -> None:
    for kinds in permutations(("include", "exclude", "merge", "unmerge")):
        world = World({})
        world.tell("A", "B")
        for kind in kinds:
            world.decide(kind, "A", "B")  # type: ignore[arg-type]
        expected = {"include": ["A,B"], "exclude": ["A", "B"], "merge": ["B"], "unmerge": ["A", "B"]}[kinds[-1]]
        assert world.clusters == expected, kinds
