"""The 27 cluster scenarios of hmpps-person-record's tests (JoinClustersE2ETest, ReclusterServiceE2ETest), S1 to S27.

The Ministry's live rule knows the clusters before: it joins at 20 bits, keeps at 14 what was joined once, never splits,
and marks what it cannot settle. Ours knows the facts only. Where the outcome differs, the test says so and why:

  never held   a pair between the thresholds is not joined, because nothing tells that it was once
  split        what does not match any more is a cluster of its own, instead of a broken one
  healed       attention goes when its cause goes
"""

from typing import Any

import pytest

from processors.people.blocking import BlockingRules
from processors.people.cleaning import PersonRecord
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.clustering import Decision, People
from processors.people.model import read_settings
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from schemas.people import Address, Person, PersonName
from tests.processors.people import reference
from tests.processors.people.clustering.world import FRACTURE, JOIN, World, joined

PNC, OTHER_PNC = "1979/0163001B", "1981/0000034U"
CRO, OTHER_CRO = "065656/91H", "024457/05Q"


def real() -> People[ReadyRecord]:
    """Records scored by the Ministry's model."""
    model = read_settings(reference.settings())
    return People(PairScorer(model, NO_FREQUENCIES), BlockingRules.of(model))


def someone(record_id: str, **about: Any) -> PersonRecord:
    """A record of one person; `about` are fields of the person."""
    told: dict[str, Any] = {"name": PersonName(first="Alba", last="Merewick"), "date_of_birth": "1980-01-02"}
    return PersonRecord(record_id, "defendant", Person(**told | about))


def sizes(people: People[ReadyRecord]) -> list[int]:
    return sorted(len(cluster.records) for cluster in people.clusters)


# joining


@reference.needs_model
def test_s1_two_records_without_a_shared_identifier_are_bridged_by_one_with_both() -> None:
    people = real()
    people.apply({"ra": someone("ra", pnc=PNC), "rb": someone("rb", cro=CRO)})
    assert sizes(people) == [1, 1]
    people.apply({"rc": someone("rc", pnc=PNC, cro=CRO)})
    assert sizes(people) == [3]


@reference.needs_model
def test_s2_a_pair_below_fracture_is_bridged_if_nothing_speaks_against_it() -> None:
    """The first join is checked here, as the Ministry's is not; a pair that is only weak does not fail the check."""
    people = real()
    people.apply({"ra": someone("ra", pnc=PNC, cro=CRO), "rb": someone("rb", cro=OTHER_CRO)})
    assert people.verdict("ra", "rb").weight < 14
    people.apply({"rc": someone("rc", pnc=PNC, cro=OTHER_CRO)})
    assert sizes(people) == [3]
    assert [cluster.status for cluster in people.clusters] == ["active"]


@reference.needs_model
def test_s2_but_two_who_contradict_each_other_are_not_bridged() -> None:
    """Differs: the Ministry's rule joins all three. A record that mixes two people up belongs to neither."""
    people = real()
    other: dict[str, Any] = {"name": PersonName(first="Zeb", last="Harrowgate"), "date_of_birth": "1950-07-08"}
    people.apply({
        "ra": someone("ra", address=Address(postcode="AB1 2CD")),
        "rb": someone("rb", address=Address(postcode="XY1 9YZ"), cro=CRO, **other),
    })  # fmt: skip
    names = (PersonName(first="Zeb", last="Harrowgate"),)
    mixed = someone("rc", address=Address(postcode="AB1 2CD"), cro=CRO, aliases=names)
    people.apply({"rc": mixed})
    assert people.verdict("ra", "rb").apart == "contradiction"
    assert people.verdict("rc", "ra").joined
    clusters = {cluster.records: cluster.status for cluster in people.clusters}
    assert ("rb",) in clusters
    assert all(not {"ra", "rb"} <= set(records) for records in clusters)


@reference.needs_model
def test_s3_a_record_with_pnc_and_cro_joins_one_with_the_pnc() -> None:
    people = real()
    people.apply({"ra": someone("ra", pnc=PNC)})
    people.apply({"rb": someone("rb", pnc=PNC, cro=CRO)})
    assert sizes(people) == [2]


def test_s4_a_second_probation_record_in_a_cluster_is_told() -> None:
    world = World(joined("A", "B"))
    world.tell("A", role="offender", crn="X000001")
    world.tell("B", role="offender", crn="X000002")
    assert world.clusters == ["A,B"]
    assert world.of("A").several == ("crn",)


def test_s5_a_record_that_matches_two_excluded_ones_belongs_to_neither() -> None:
    world = World(joined("A", "C") | joined("B", "C"))
    world.tell("A", "B")
    world.decide("exclude", "A", "B")
    world.tell("C")
    assert world.clusters == ["A", "B", "C!"]
    assert world.of("C").attention == ("torn",)
    assert world.of("C").cut == (("rA", "rC"), ("rB", "rC"))


def test_s5_but_the_much_nearer_one_takes_it() -> None:
    """Differs: the Ministry's rule does not look at the weights. Nearer by more than join less fracture is clear."""
    world = World({("A", "C"): JOIN, ("B", "C"): JOIN + 6.1})
    world.tell("A", "B", "C")
    world.decide("exclude", "A", "B")
    assert world.clusters == ["A", "B,C"]


# reclustering: merge


def test_s6_a_record_that_matches_two_clusters_brings_them_together() -> None:
    world = World({("AX", "B"): JOIN, ("AX", "C"): JOIN})
    world.tell("A", "B", "C")
    assert world.clusters == ["A", "B", "C"]
    change = world.tell("A=AX")
    assert world.clusters == ["A,B,C"]
    assert change.gone == ("pB", "pC")


def test_s7_two_clusters_of_two() -> None:
    world = World(joined("A", "B") | joined("C", "D") | {("AX", "B"): JOIN, ("AX", "C"): JOIN})
    world.tell("A", "B", "C", "D")
    assert world.clusters == ["A,B", "C,D"]
    world.tell("A=AX")
    assert world.clusters == ["A,B,C,D"]


def test_s8_clusters_whose_other_members_reach_only_fracture_merge() -> None:
    weak = {(one, other): FRACTURE for one in "A" for other in ("B2", "B3", "C2")}
    world = World(joined("B1", "B2", "B3") | joined("C1", "C2") | weak | {("AX", "B1"): JOIN, ("AX", "C1"): JOIN})
    world.tell("A", "B1", "B2", "B3", "C1", "C2")
    assert world.clusters == ["A", "B1,B2,B3", "C1,C2"]
    world.tell("A=AX")
    assert world.clusters == ["A,B1,B2,B3,C1,C2"]


def test_s9_an_exclusion_towards_someone_else_does_not_block() -> None:
    world = World(joined("A", "B"))
    world.tell("A", "X")
    world.decide("exclude", "A", "X")
    world.tell("B")
    assert world.clusters == ["A,B", "X"]


def test_s10_a_cluster_that_needs_attention_is_joined_like_any_other() -> None:
    """Differs: the Ministry's rule leaves it out. Its state before would be part of the result; here it is joined and
    goes on needing attention, for its conflict goes on."""
    world = World(joined("A", "B") | joined("A", "N") | joined("N", "X") | joined("N", "Y"))
    world.tell("B", "N", "X", "Y")
    world.decide("exclude", "X", "Y")
    assert world.clusters == ["B", "N!", "X", "Y"]
    world.tell("A")
    assert world.clusters == ["A,B,N!", "X", "Y"]


def test_s11_a_member_at_fracture_level_does_not_come_along() -> None:
    """Differs (never held): the Ministry's cluster {A, M} was joined once, and moves as a whole."""
    world = World(joined("A", "M") | {("AX", "M"): FRACTURE, ("AX", "B"): JOIN})
    world.tell("A", "M", "B")
    assert world.clusters == ["A,M", "B"]
    world.tell("A=AX")
    assert world.clusters == ["A,B", "M"]


# reclustering: no change


def test_s12_a_member_that_falls_to_fracture_level_leaves() -> None:
    """Differs (never held): the Ministry keeps it, since it was joined once."""
    world = World(joined("A", "B", "C") | {("AX", "B"): FRACTURE, ("AX", "C"): FRACTURE})
    world.tell("A", "B", "C")
    world.tell("A=AX")
    assert world.clusters == ["A", "B,C"]


def test_s13_one_match_of_two_is_enough() -> None:
    world = World(joined("A", "B", "C") | {("AX", "B"): JOIN})
    world.tell("A", "B", "C")
    world.tell("A=AX")
    assert world.clusters == ["A,B,C"]


def test_s14_an_exclusion_with_a_matched_cluster_keeps_it_apart() -> None:
    """The cluster itself stays, where its own members are much nearer to each other than to the newcomer."""
    world = World({("A", "B1"): JOIN, ("B1", "B2"): JOIN + 7})
    world.tell("A", "B1", "B2")
    world.decide("exclude", "A", "B2")
    assert world.clusters == ["A", "B1,B2"]


def test_s14_a_member_that_matches_both_alike_is_shown() -> None:
    """Differs: the Ministry leaves {B1, B2}, because it came first. Nothing in the facts says which of A and B2 is
    B1, so it is apart and needs attention until someone says."""
    world = World({("A", "B1"): JOIN, ("B1", "B2"): JOIN})
    world.tell("A", "B1", "B2")
    world.decide("exclude", "A", "B2")
    assert world.clusters == ["A", "B1!", "B2"]
    world.decide("include", "B1", "B2")
    assert world.clusters == ["A", "B1,B2"]


def test_s15_several_exclusions_with_a_matched_cluster() -> None:
    world = World({("A", "B1"): JOIN} | dict.fromkeys(joined("B1", "B2", "B3"), JOIN + 7))
    world.tell("A", "B1", "B2", "B3")
    world.decide("exclude", "A", "B2")
    world.decide("exclude", "A", "B3")
    assert world.clusters == ["A", "B1,B2,B3"]


def test_s16_another_cluster_at_fracture_level_is_left_alone() -> None:
    world = World(joined("B", "C") | {("A", "B"): FRACTURE, ("A", "C"): FRACTURE})
    world.tell("A", "B", "C")
    assert world.clusters == ["A", "B,C"]


# reclustering: needs attention


def test_s17_the_third_that_matches_no_more_is_split_off() -> None:
    """Differs (split): the Ministry marks {A, B, C} broken."""
    world = World(joined("A", "B", "C") | {("AX", "BX"): JOIN})
    world.tell("A", "B", "C")
    world.tell("B=BX", "A=AX")
    assert world.clusters == ["A,B", "C"]


def test_s18_a_record_that_matches_only_outside_goes_there() -> None:
    """Differs (split): the Ministry marks A's cluster broken and leaves the one outside."""
    world = World(joined("A", "B", "C") | joined("AX", "O"))
    world.tell("A", "B", "C", "O")
    world.tell("A=AX")
    assert world.clusters == ["A,O", "B,C"]


def test_s19_above_fracture_with_one_and_none_with_the_other_is_split_off() -> None:
    """Differs (split, never held): the Ministry marks the cluster broken."""
    world = World(joined("A", "B", "C") | {("AX", "B"): FRACTURE})
    world.tell("A", "B", "C")
    world.tell("A=AX")
    assert world.clusters == ["A", "B,C"]


def test_s20_exclusion_inside_the_union_leaves_the_sizes() -> None:
    world = World(dict.fromkeys((*joined("A", "A2"), *joined("B", "B2"), *joined("C", "C2")), JOIN + 7)
                  | {("A", "B"): JOIN, ("A", "C"): JOIN})  # fmt: skip
    world.decide("exclude", "B", "C")
    world.tell("A", "A2", "B", "B2", "C", "C2")
    assert world.clusters == ["A,A2!", "B,B2", "C,C2"]
    assert world.of("A").attention == ("torn",)


def test_s20_several_exclusions_inside_the_union() -> None:
    world = World(dict.fromkeys((*joined("A", "A2"), *joined("B", "B2")), JOIN + 7)
                  | {("A", "B"): JOIN, ("A", "C"): JOIN, ("A", "D"): JOIN})  # fmt: skip
    for one, other in (("B", "C"), ("C", "D"), ("B", "D")):
        world.decide("exclude", one, other)
    world.tell("A", "A2", "B", "B2", "C", "D")
    assert world.clusters == ["A,A2!", "B,B2", "C", "D"]


# healing


@pytest.mark.parametrize(("weight", "clusters"), [(JOIN, ["A,B,C"]), (FRACTURE, ["A,B", "C"])])
def test_s21_a_record_updated_to_match_comes_back(weight: float, clusters: list[str]) -> None:
    """Differs at fracture level (never held): the Ministry's cluster was never split, so fracture is enough there."""
    world = World(joined("A", "B", "C") | {("CY", "A"): weight, ("CY", "B"): weight})
    world.tell("A", "B", "C")
    world.tell("C=CX")
    assert world.clusters == ["A,B", "C"]
    world.tell("C=CY")
    assert world.clusters == clusters


def test_s22_and_brings_another_cluster_with_it() -> None:
    world = World(joined("A", "B", "C") | joined("D", "E") | joined("CY", "A", "D"))
    world.tell("A", "B", "C", "D", "E")
    world.tell("C=CX")
    world.tell("C=CY")
    assert world.clusters == ["A,B,C,D,E"]


def test_s23_one_that_still_does_not_match_stays_apart() -> None:
    """Differs (split): the Ministry's cluster stays broken; here it never was."""
    world = World(joined("A", "B", "C", "D") | joined("CY", "A", "B"))
    world.tell("A", "B", "C", "D")
    world.tell("C=CX", "D=DX")
    world.tell("C=CY")
    assert world.clusters == ["A,B,C", "D"]


def test_s24_a_new_record_joins_a_cluster_that_needs_attention() -> None:
    world = World(dict.fromkeys(joined("A", "A2", "N"), JOIN + 7) | {("A", "B"): JOIN, ("A", "C"): JOIN})
    world.decide("exclude", "B", "C")
    world.tell("A", "A2", "B", "C")
    assert world.clusters == ["A,A2!", "B", "C"]
    world.tell("N")
    assert world.clusters == ["A,A2,N!", "B", "C"]


def test_s25_attention_ends_when_what_it_was_torn_by_is_deleted() -> None:
    """Differs (healed): the Ministry's override conflict stays until an administrator clears it."""
    world = World({("A", "B"): JOIN, ("A", "C"): JOIN})
    world.decide("exclude", "B", "C")
    world.tell("A", "B", "C")
    assert world.clusters == ["A!", "B", "C"]
    world.delete("B")
    assert world.clusters == ["A,C"]
    world.delete("C")
    assert world.clusters == ["A"]


def test_s26_include_markers_on_all() -> None:
    world = World({("A", "B"): FRACTURE})
    world.tell("A", "B", "C")
    assert world.clusters == ["A", "B", "C"]
    world.decide("include", "A", "B")
    world.decide("include", "B", "C")
    assert world.clusters == ["A,B,C"]


def test_s26_an_include_settles_a_torn_record() -> None:
    world = World({("A", "B"): JOIN, ("A", "C"): JOIN})
    world.decide("exclude", "B", "C")
    world.tell("A", "B", "C")
    world.decide("include", "A", "C")
    assert world.clusters == ["A,C", "B"]


def test_s27_two_unmerged_from_one_find_each_other_and_not_it() -> None:
    world = World(joined("A", "B", "C") | joined("A", "AX") | joined("AX", "C"))
    world.tell("A", "B", "C")
    world.decide("merge", "A", "C")
    world.decide("merge", "B", "C")
    assert world.clusters == ["C"]
    assert world.of("C").merged == ("rA", "rB")
    world.decide("unmerge", "A", "C")
    world.decide("unmerge", "B", "C")
    world.tell("B=AX")
    assert world.clusters == ["A,B", "C"]


@reference.needs_model
def test_s27_with_the_ministrys_model() -> None:
    people = real()
    alike: dict[str, Any] = {"pnc": PNC, "address": Address(postcode="AB1 2CD")}
    people.apply({record_id: someone(record_id, **alike) for record_id in ("ra", "rb", "rc")})
    assert sizes(people) == [3]
    people.apply({}, [Decision(1, "d1", "merge", "ra", "rc"), Decision(1, "d2", "merge", "rb", "rc")])
    assert sizes(people) == [1]
    people.apply({}, [Decision(2, "d3", "unmerge", "ra", "rc"), Decision(2, "d4", "unmerge", "rb", "rc")])
    assert [cluster.records for cluster in people.clusters] == [("ra", "rb"), ("rc",)]
    assert people.verdict("ra", "rc").weight < -100  # the model sees the markers, as the Ministry's does
