"""A person record is the sum of what all records of its system say of it, whichever came first."""

from collections.abc import Mapping
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from processors.people.told import Teller, TellingMemory, Told, summed
from schemas.person_facts import (
    FACTS_ENCODER,
    DecisionFacts,
    NameFacts,
    PeopleChange,
    PeopleFacts,
    PersonFacts,
)

ALBA, ALBER = NameFacts("Alba", None, "Merewick"), NameFacts("Alber", None, "Merewick")


class Nothing:
    """Nothing is kept elsewhere."""

    def told(self, ids: object) -> Mapping[str, Teller | Told]:
        return {}


def _says(record_id: str, *persons: PersonFacts, decision: DecisionFacts | None = None) -> PeopleChange:
    return PeopleChange(record_id, "court.hearing", FACTS_ENCODER.encode(PeopleFacts(persons, decision)))


FACTS = (
    PersonFacts("i1", "defendant", (ALBA,), "1980-01-02", "AB1 2CD"),
    PersonFacts("i1", "defendant", (ALBER,), "1980-01-02", "XY1 9YZ", pnc="79/163001B"),
    PersonFacts("i1", "defendant", (ALBA,), "1980-02-01", youth=True),
)


def test_the_order_of_tellings_does_not_matter() -> None:
    found = set()
    for order in permutations(range(3)):
        memory = TellingMemory(Nothing())
        for at in order:
            step = memory.apply([_says(f"r{at}", FACTS[at])])
        record = step.records["i1"]
        assert record is not None
        found.add(repr(record))
    assert len(found) == 1
    person = record.person
    assert (person.name.first, person.pnc, person.date_of_birth) == ("Alber", "79/163001B", "1980-01-02")
    assert [one.first for one in person.aliases] == ["Alba"]
    assert (record.other_births, record.other_postcodes, record.youth) == (("1980-02-01",), ("AB1 2CD",), True)


def test_a_record_that_says_nothing_any_more_takes_back_what_it_said() -> None:
    memory = TellingMemory(Nothing())
    memory.apply([_says("r0", FACTS[0]), _says("r1", FACTS[1])])
    step = memory.apply([PeopleChange("r1", "court.hearing", b"")])
    record = step.records["i1"]
    assert record is not None and record.person.pnc is None
    assert step.sources == {("i1", "r1"): ""}
    step = memory.apply([_says("r0", PersonFacts("i2", "defendant", (ALBA,)))])  # it was another defendant
    assert step.records["i1"] is None
    assert step.records["i2"] is not None
    assert step.sources == {("i1", "r0"): "", ("i2", "r0"): "defendant"}


def test_a_decision_is_taken_back_when_its_record_is_corrected_or_deleted() -> None:
    memory = TellingMemory(Nothing())
    first = memory.apply([_says("rm", decision=DecisionFacts("merge", "ia", "ib", 5))]).decisions
    step = memory.apply([_says("rm", decision=DecisionFacts("merge", "ia", "ic", 7))])
    assert step.taken_back == first
    assert [(one.kind, one.first, one.second) for one in step.decisions] == [("merge", "ia", "ic")]
    gone = memory.apply([PeopleChange("rm", "hmpps.merge", b"")])
    assert (gone.taken_back, gone.decisions) == (step.decisions, [])


@given(st.lists(st.sampled_from(FACTS), min_size=1, max_size=3))
def test_saying_it_twice_changes_nothing(said: list[PersonFacts]) -> None:
    once = summed(Told(tuple((f"r{at}", one) for at, one in enumerate(dict.fromkeys(said)))))
    twice = summed(Told(tuple((f"r{at}", one) for at, one in enumerate([*said, *said]))))
    assert once == twice
