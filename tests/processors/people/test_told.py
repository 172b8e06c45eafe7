"""A person record is the sum of what all records of its system say of it, whichever came first."""

from datetime import date
from itertools import permutations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from processors.people.cleaning import clean
from processors.people.cleaning.clean import strong_identifiers
from processors.people.cleaning.record import MasterDecision
from processors.people.clustering import Entry
from processors.people.told import TOLD_DECODER, TOLD_ENCODER, Teller, TellingMemory, Told, summed
from schemas.person_facts import (
    FACTS_DECODER,
    FACTS_ENCODER,
    DecisionFacts,
    MatchFacts,
    NameFacts,
    PeopleChange,
    PeopleFacts,
    PersonFacts,
)
from streams.people_store import ENTRY_DECODER, ENTRY_ENCODER
from tests.processors.people.in_memory import Nothing

ALBA, ALBER = NameFacts("Alba", None, "Merewick"), NameFacts("Alber", None, "Merewick")


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


def test_what_is_no_identifier_hides_none_that_is() -> None:
    """Whichever says more, and so comes first: placeholders and what breaks a rule give way."""
    poor = PersonFacts("i1", "offender", (ALBA,), "1970-01-01", "AB1 2CD", "garbage", "000000/00Z", "M1", "?", "none")
    good = PersonFacts("i1", "offender", (ALBA,), "1980-01-02", pnc="79/163001B", cro="65656/91H",
                       prison_number="A1234AA", crn="X688624")  # fmt: skip
    for said in ((poor, good), (good, poor)):
        record = summed(Told(tuple((f"r{at}", one) for at, one in enumerate(said))))
        assert record is not None
        made = clean(record)
        assert made.date_of_birth == date(1980, 1, 2)
        assert (made.pnc_single, made.cro_single) == ("1979/0163001B", "065656/91H")
        assert strong_identifiers(record) == (("prison_number", "A1234AA"), ("crn", "X688624"))
    alone = summed(Told((("r0", poor),)))
    assert alone is not None and alone.person.pnc == "garbage", "what was told is kept for those who look at it"


def test_dates_of_birth_of_aliases_come_after_those_that_agencies_hold_to() -> None:
    one = msgspec.structs.replace(FACTS[0], other_births=("1979-01-02", "1980-02-01"))
    for said in ((one, FACTS[2]), (FACTS[2], one)):
        record = summed(Told(tuple((f"r{at}", told) for at, told in enumerate(said))))
        assert record is not None
        assert (record.person.date_of_birth, record.other_births) == ("1980-01-02", ("1980-02-01", "1979-01-02"))


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


def test_a_match_waits_for_its_defendant_and_is_taken_back() -> None:
    memory = TellingMemory(Nothing())
    match = MatchFacts("i1", True, "M1", False, 5)
    step = memory.apply([PeopleChange("rm", "court.match", FACTS_ENCODER.encode(PeopleFacts(match=match)))])
    assert (step.records, step.sources) == ({"i1": None}, {}), "a match makes nobody and is nobody's source"
    record = memory.apply([_says("r0", FACTS[0])]).records["i1"]
    assert record is not None
    assert (record.master_defendant_id, record.master_decision) == ("M1", MasterDecision("rm", 5, True, ("M1",)))
    other = PeopleFacts(match=MatchFacts("i2", True, "M1", False, 6))
    step = memory.apply([PeopleChange("rm", "court.match", FACTS_ENCODER.encode(other))])  # it was another defendant
    record = step.records["i1"]
    assert record is not None
    assert (record.master_defendant_id, record.master_decision) == (None, None)


def test_what_an_older_version_kept_is_read() -> None:
    """It knew neither matches nor when a master was told: rows and messages of it are shorter."""
    old = ["i1", "defendant", [["Alba", None, "Merewick"]], None, None, None, None, "M1", None, None, [], False]
    facts = FACTS_DECODER.decode(msgspec.msgpack.encode([[old], None]))
    assert (facts.match, facts.persons[0].master_told_us, facts.persons[0].defendant_id) == (None, None, None)
    told = TOLD_DECODER.decode(msgspec.msgpack.encode(["p", [["r0", old]]]))
    assert isinstance(told, Told)
    record = summed(told)
    assert record is not None and record.master_defendant_id == "M1"
    assert TOLD_DECODER.decode(msgspec.msgpack.encode(["t", ["i1"], None])) == Teller(("i1",))
    kept = {"record": {"record_id": "i1", "role": "defendant", "person": {}}}
    entry = ENTRY_DECODER.decode(msgspec.msgpack.encode(kept))
    assert entry.record is not None and entry.record.master_decision is None


def test_what_is_kept_of_a_match_is_read_as_it_was() -> None:
    told = Told((("r0", FACTS[0]),), (("rm", MatchFacts("i1", False, None, False, 5)),))
    assert TOLD_DECODER.decode(TOLD_ENCODER.encode(told)) == told
    record = summed(msgspec.structs.replace(told, matches=(("rm", MatchFacts("i1", True, "M1", False, 5)),)))
    assert ENTRY_DECODER.decode(ENTRY_ENCODER.encode(Entry(record))).record == record


@given(st.lists(st.sampled_from(FACTS), min_size=1, max_size=3))
def test_saying_it_twice_changes_nothing(said: list[PersonFacts]) -> None:
    once = summed(Told(tuple((f"r{at}", one) for at, one in enumerate(dict.fromkeys(said)))))
    twice = summed(Told(tuple((f"r{at}", one) for at, one in enumerate([*said, *said]))))
    assert once == twice
