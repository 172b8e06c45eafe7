"""Strong identifiers, roles, twins, limits, the validity of clusters, decisions that contradict each other."""

import pytest

from processors.people.blocking import BlockingRules
from processors.people.cleaning import PersonRecord, Role
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.clustering import Limits, People
from processors.people.model import read_settings
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from schemas.people import Address, Person, PersonName
from tests.processors.people import reference
from tests.processors.people.clustering.world import AGAINST, FRACTURE, JOIN, World, joined

# strong identifiers


def test_a_service_number_joins_whatever_the_names_say() -> None:
    world = World({})
    world.tell("A", role="offender", prison_number="A1234AA")
    world.tell("B", role="offender", prison_number="a1234aa")
    assert world.clusters == ["A,B"]


def test_a_prison_number_on_a_probation_record_joins_the_two_services() -> None:
    world = World({})
    world.tell("A", role="offender", prison_number="A1234AA")
    world.tell("B", role="offender", crn="X688624", prison_number="A1234AA")
    world.tell("C", role="defendant", crn="X688624")
    assert world.clusters == ["A,B,C"]
    assert world.of("A").several == ()


def test_a_service_number_is_not_believed_against_all_evidence() -> None:
    world = World({("A", "B"): AGAINST})
    world.tell("A", role="offender", prison_number="A1234AA")
    world.tell("B", role="offender", prison_number="A1234AA")
    assert world.clusters == ["A!", "B!"]
    assert world.of("A").attention == ("disputed_number",)
    world.tell("B=A", role="offender", prison_number="A1234AA")
    assert world.clusters == ["A,B"]


def test_a_service_number_that_is_corrected_splits() -> None:
    world = World({})
    world.tell("A", role="offender", crn="X688624")
    world.tell("B", role="offender", crn="X688624")
    world.tell("B", role="offender", crn="X688625")
    assert world.clusters == ["A", "B"]


# roles


@pytest.mark.parametrize("role", ["victim", "witness"])
def test_victims_and_witnesses_are_never_joined_to_suspects_and_offenders(role: Role) -> None:
    world = World(joined("A", "B"))
    world.tell("A", role="suspect")
    world.tell("B", role=role)
    assert world.clusters == ["A", "B"]
    world.decide("include", "A", "B")
    assert world.clusters == ["A", "B"]


def test_within_their_groups_they_are() -> None:
    world = World({})
    roles: tuple[Role, ...] = ("suspect", "defendant", "offender", "victim", "witness")
    for name, role in zip("ABCDE", roles, strict=True):
        world.tell(f"{name}=X", role=role)
    assert world.clusters == ["A,B,C", "D,E"]
    assert world.of("A").person_id == "pC"  # called after the offender's record
    assert world.of("E").person_id == "pD"


# twins


@reference.needs_model
def test_a_twin_stays_apart_under_the_ministrys_model() -> None:
    people = _real()
    people.apply({"ra": _someone("ra", "Alba"), "rb": _someone("rb", "Zeb"), "rc": _someone("rc", "Alba")})
    assert people.verdict("ra", "rb").weight == -5.0
    assert [cluster.records for cluster in people.clusters] == [("ra", "rc"), ("rb",)]


@reference.needs_model
def test_what_looks_like_a_twin_is_bridged_by_an_identifier() -> None:
    """As in the Ministry's: a first name misspelt looks like a twin's too, and costs more links than twins do."""
    people = _real()
    people.apply({"ra": _someone("ra", "Zeze"), "rb": _someone("rb", "Zcze")})
    assert len(people.clusters) == 2
    people.apply({"rb": _someone("rb", "Zcze", master="m"), "rc": _someone("rc", "Zeze", master="m")})
    assert [cluster.records for cluster in people.clusters] == [("ra", "rb", "rc")]


# is-cluster-valid (hmpps-person-match, integration tests)


@reference.needs_model
def test_three_copies_are_one_cluster() -> None:
    people = _real()
    people.apply({record_id: _someone(record_id, "Alba") for record_id in ("ra", "rb", "rc")})
    assert [cluster.records for cluster in people.clusters] == [("ra", "rb", "rc")]


@reference.needs_model
def test_two_copies_and_another_are_two_clusters() -> None:
    people = _real()
    people.apply({"ra": _someone("ra", "Alba"), "rb": _someone("rb", "Alba"),
                  "rc": _someone("rc", "Zeb", "Harrowgate", "1950-07-08", "XY1 9YZ")})  # fmt: skip
    assert [cluster.records for cluster in people.clusters] == [("ra", "rb"), ("rc",)]


def test_excluded_records_are_never_of_one_cluster() -> None:
    world = World(joined("A", "B", "C"))
    world.decide("exclude", "A", "C")
    world.tell("A", "B", "C")
    assert world.clusters == ["A", "B!", "C"]


def test_a_record_that_is_not_known_has_no_cluster() -> None:
    assert World({}).people.cluster_of("rA") is None


@reference.needs_model
@pytest.mark.parametrize(
    ("born", "level"),
    [("1981-01-02", 2), ("1980-01-03", 2), ("1990-01-02", 0)],
    ids=["one year", "one day", "a decade"],
)
def test_slips_of_a_birth_date(born: str, level: int) -> None:
    scorer = PairScorer(read_settings(reference.settings()), NO_FREQUENCIES)
    people = _real()
    people.apply({"ra": _someone("ra", "Alba"), "rb": _someone("rb", "Alba", born=born)})
    score = scorer.explain(people._held["ra"].ready, people._held["rb"].ready)
    assert [bar.vector_value for bar in score.waterfall.bars if bar.comparison == "date_of_birth_arr"] == [level]


@reference.needs_model
@pytest.mark.parametrize(("other", "adds"), [("m", 19.93), ("n", 0.0), (None, 0.0)])
def test_a_master_defendant_id_adds_when_equal_and_takes_nothing_when_not(other: str | None, adds: float) -> None:
    people = _real()
    people.apply({"ra": _someone("ra", "Alba", master="m"), "rb": _someone("rb", "Alba", master=other)})
    weight = people.verdict("ra", "rb").weight
    people.apply({"ra": _someone("ra", "Alba"), "rb": _someone("rb", "Alba")})
    assert weight - people.verdict("ra", "rb").weight == pytest.approx(adds, abs=0.01)


# who takes part at all


def test_youths_are_never_linked() -> None:
    world = World(joined("A", "B"))
    world.tell("A")
    world.tell("B", youth=True)
    assert world.clusters == ["A"]
    world.tell("B")
    assert world.clusters == ["A,B"]


# limits


def test_a_component_that_is_too_large_loses_its_weakest_joins_and_is_shown() -> None:
    weak = {(one, other): JOIN for one in ("A1", "A2", "A3") for other in ("B1", "B2", "B3")}
    strong = dict.fromkeys((*joined("A1", "A2", "A3"), *joined("B1", "B2", "B3")), JOIN + 5)
    world = World(weak | strong, Limits(cluster_size=5))
    world.tell("A1", "A2", "A3", "B1", "B2")
    assert world.clusters == ["A1,A2,A3,B1,B2"]
    world.tell("B3")
    assert world.clusters == ["A1,A2,A3!", "B1,B2,B3!"]
    assert world.of("A1").attention == ("oversized",)
    world.delete("B3")
    assert world.clusters == ["A1,A2,A3,B1,B2"]


def test_too_many_records_of_one_kind_name_no_one() -> None:
    world = World({}, Limits(cluster_size=5))
    world.tell(*(f"{letter}=X" for letter in "ABCDEF"))
    assert world.clusters == ["A!", "B!", "C!", "D!", "E!", "F!"]


def test_a_blocking_key_on_too_many_records_joins_none_and_is_let_in_again() -> None:
    world = World({}, Limits(key_records=4))
    world.tell(*(f"{letter}=X" for letter in "ABCD"))
    assert world.clusters == ["A,B,C,D"]
    world.tell("E=X")
    assert world.clusters == ["A", "B", "C", "D", "E"]
    world.delete("A")
    assert world.clusters == ["B,C,D,E"]


# contradictions


def test_a_bridge_between_two_who_contradict_each_other_belongs_to_neither() -> None:
    world = World({("A", "C"): JOIN, ("B", "C"): JOIN, ("A", "B"): AGAINST})
    world.tell("A", "B", "C")
    assert world.clusters == ["A", "B", "C!"]


def test_the_two_sides_of_a_bridge_stay_whole() -> None:
    against = {(one, other): AGAINST for one in ("A1", "A2", "A3") for other in ("B1", "B2")}
    world = World(joined("A1", "A2", "A3") | joined("B1", "B2") | against | {("A1", "C"): JOIN, ("B2", "C"): JOIN})
    world.tell("A1", "A2", "A3", "B1", "B2", "C")
    assert world.clusters == ["A1,A2,A3", "B1,B2", "C!"]


def test_a_pair_that_is_only_weak_does_not_split() -> None:
    world = World({("A", "C"): JOIN, ("B", "C"): JOIN, ("A", "B"): FRACTURE - 10})
    world.tell("A", "B", "C")
    assert world.clusters == ["A,B,C"]


def test_includes_that_an_exclusion_contradicts_are_shown() -> None:
    world = World({})
    world.tell("A", "B", "C")
    world.decide("include", "A", "B")
    world.decide("include", "B", "C")
    world.decide("exclude", "A", "C")
    assert world.clusters == ["A!", "B!", "C!"]
    assert world.of("B").attention == ("overruled", "torn")


def _real() -> People[ReadyRecord]:
    model = read_settings(reference.settings())
    return People(PairScorer(model, NO_FREQUENCIES), BlockingRules.of(model))


def _someone(record_id: str, first: str, last: str = "Merewick", born: str = "1980-01-02", postcode: str = "AB1 2CD",
             master: str | None = None) -> PersonRecord:  # fmt: skip
    person = Person(
        name=PersonName(first=first, last=last), date_of_birth=born, address=Address(postcode=postcode)
    )
    return PersonRecord(record_id, "defendant", person, master_defendant_id=master)
