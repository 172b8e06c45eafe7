"""How two records come to be compared: which keys they share, and what else brings them together or keeps them from it.
"""

from typing import Any

from processors.people.blocking import PEOPLE_RULES, BlockingRules
from processors.people.cleaning import PersonRecord
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.clustering import LIMITS, Decision, Limits, Meeting, People
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from schemas.people import Address, Person, PersonName
from tests.processors.people.clustering.world import FRACTURE, World, joined


def _person(record_id: str, pnc: str | None = None, **told: Any) -> PersonRecord:
    person = Person(
        name=PersonName(first="Alba", last="Merewick"), date_of_birth="1980-01-02", pnc=pnc,
        address=Address(postcode="AB1 2CD"),
    )  # fmt: skip
    return PersonRecord(record_id, "defendant", person, **told)


def _people(*records: PersonRecord, limits: Limits = LIMITS, rules: Any = PEOPLE_RULES) -> People[ReadyRecord]:
    people = People(PairScorer(read_settings(standard.SETTINGS), NO_FREQUENCIES), BlockingRules(rules), limits)
    people.apply({one.record_id: one for one in records})
    return people


def _of(people: People[Any], one: str, other: str) -> Meeting:
    (met,) = people.meetings([(one, other)])
    assert people.meetings([(other, one)]) == [met], "the same from either side"
    return met


def test_records_that_share_keys_say_which_and_on_how_many_records_each_is() -> None:
    met = _of(_people(*(_person(one, pnc="79/163001B") for one in ("ia", "ib")), _person("ic")), "ia", "ib")
    assert (met.how, met.compared) == ("key", True)
    assert {(key.rule, key.records, key.held_out) for key in met.keys} >= {(1, 2, False), (3, 3, False)}
    told = {key.rule: key.on for key in met.keys}
    assert told[1] == ("pnc_single",)
    assert told[3] == ("date_of_birth", "postcode_arr")
    assert told[4] == ("date_of_birth", "postcode_outcode_arr[1]", "SUBSTRING(name_1_std, 1, 2)")
    assert not [word for word in ("ALBA", "MEREWICK", "1980", "AB1", "163001") if word in str(met)]


def test_a_rule_that_asks_another_thing_of_each_record_names_both() -> None:
    swapped = Person(name=PersonName(first="Merewick", last="Alba"), date_of_birth="1980-01-02")
    met = _of(_people(_person("ia"), PersonRecord("ib", "defendant", swapped)), "ia", "ib")
    (key,) = met.keys
    assert (key.rule, key.records) == (14, 2)
    assert key.on == ("name_1_std with last_name_std", "last_name_std with name_1_std", "date_of_birth")


def test_records_alike_in_all_but_share_no_key_are_never_compared() -> None:
    people = _people(_person("ia"), _person("ib"), rules=[("l.pnc_single = r.pnc_single", ())])
    assert [one.records for one in people.clusters] == [("ia",), ("ib",)]
    assert people.verdict("ia", "ib").joined, "whatever the model would say"
    assert _of(people, "ia", "ib") == Meeting("no key")


def test_a_key_on_too_many_records_is_held_out() -> None:
    people = _people(
        *(_person(f"i{one}", pnc="79/163001B") for one in "abc"), limits=Limits(key_records=2),
        rules=[("l.pnc_single = r.pnc_single", ())],
    )  # fmt: skip
    met = _of(people, "ia", "ib")
    assert (met.how, met.compared) == ("held out", False)
    assert [(key.rule, key.records, key.held_out) for key in met.keys] == [(1, 3, True)]
    assert len(people.clusters) == 3


def test_records_that_share_no_key_meet_in_a_component() -> None:
    """A joins B by one key, B joins C by another: A and C are held against each other too."""
    one, between, other = (_person(f"i{name}") for name in "abc")
    people = _people(
        PersonRecord("ia", "defendant", one.person.model_copy(update={"pnc": "79/163001B"})),
        PersonRecord("ib", "defendant", between.person.model_copy(update={"pnc": "79/163001B", "cro": "265416/21G"})),
        PersonRecord("ic", "defendant", other.person.model_copy(update={"cro": "265416/21G"})),
        rules=[("l.pnc_single = r.pnc_single", ()), ("l.cro_single = r.cro_single", ())],
    )
    assert len(people.clusters) == 1
    assert _of(people, "ia", "ic") == Meeting("component")


def test_a_services_own_number_and_a_decision_bring_records_together_without_a_rule() -> None:
    none = [("l.cro_single = r.cro_single", ())]
    numbered = _people(_person("ia", crn="X688624"), _person("ib", crn="X688624"), rules=none)
    met = _of(numbered, "ia", "ib")
    assert (met.how, [(key.rule, key.on) for key in met.keys]) == ("key", [(0, ("crn",))])
    decided = _people(_person("ia"), _person("ib"), rules=none)
    decided.apply({}, [Decision(1, "d1", "include", "ia", "ib")])
    assert _of(decided, "ia", "ib") == Meeting("decision")


def test_whoever_takes_no_part_is_not_ready() -> None:
    world = World(joined("A", "B") | {("A", "C"): FRACTURE})
    world.tell("A", "B", "C")
    world.decide("merge", "B", "A")
    assert set(world.people.ready(["rA", "rB", "rC", "unknown"])) == {"rA", "rC"}
