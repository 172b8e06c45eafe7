"""`casestream explain` for pairs of person records, over the real tables: keys, waterfall, and what comes of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from casestream.comparing_people import Compared
from clickhouse.store import Store
from processors.people.blocking import BlockingRules
from processors.people.cleaning import PersonRecord
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.clustering import People
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer
from schemas.people import Address, Person, PersonName
from schemas.person_facts import person_record_id
from tests.casestream.conftest import Told, in_json
from tests.linked import SOURCE, event, link_all
from tests.tables import empty

pytestmark = pytest.mark.integration

Command = Callable[..., Told]

ALBA = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1980-01-02"}
KNOWN = ALBA | {"pnc": "79/163001B", "address": {"postcode": "AB1 2CD"}}
CORIN = {"name": {"first": "Corin", "last": "Dunmarsh"}, "date_of_birth": "1991-11-30"}
DETAILS = ("Merewick", "1980", "AB1", "79/163001B")


def _suspect(number: int) -> str:
    return person_record_id(SOURCE, "suspect", f"S{number}")


SUSPECT, NAMESAKE, STRANGER = map(_suspect, (1, 2, 3))
PRISONER, VICTIM = person_record_id("", "prison_number", "A1234AA"), person_record_id(SOURCE, "victim", "V1")
GIVEN_UP, KEPT = (person_record_id(SOURCE, "crn", f"X00000{number}") for number in (1, 2))


@pytest.fixture(scope="module")
def told(store: Store) -> Iterator[None]:
    """A suspect who is in prison too, one of the same name and birthday, a stranger, a victim, a merge of probation."""
    empty(store)
    link_all(store, [
        event("police.crime", "CR1", {"crime_ref": "CR1", "force": "40", "recorded_at": "2025-03-01T09:00:00Z",
                                      "victims": [{"victim_id": "V1", "person": KNOWN}]}),
        *(event("police.suspect", f"S{number}", {"suspect_id": f"S{number}", "force": "40", "crime_refs": ["CR1"],
                                                 "person": person})
          for number, person in enumerate((KNOWN, ALBA, CORIN), 1)),
        event("hmpps.prisoner", "A1234AA", {"prison_number": "A1234AA", "person": KNOWN}),
        *(event("hmpps.probation_case", crn, {"crn": crn, "person": CORIN}) for crn in ("X000001", "X000002")),
        event("hmpps.merge", "X000001", {"id_kind": "crn", "merged_id": "X000001", "kept_id": "X000002"},
              "2025-03-07T10:00:00Z"),
    ])  # fmt: skip
    yield
    empty(store)


@pytest.mark.usefixtures("told")
def test_a_pair_with_its_keys_and_its_waterfall_adds_up_and_shows_no_value(store_cli: Command, tmp_path: Path) -> None:
    found = in_json(store_cli, "explain", PRISONER, SUSPECT)
    added = found["prior_weight"] + sum(one["weight"] + one["frequency_adjustment"] for one in found["comparisons"])
    assert added == pytest.approx(found["match_weight"])
    assert found["meet_by"] == "key"
    keys = {key["rule"]: key for key in found["keys"]}
    assert keys[1] == {"rule": 1, "on": ["pnc_single"], "records": 2, "held_out": False}
    assert keys[3]["on"] == ["date_of_birth", "postcode_arr"]
    assert found["outcome"] == "joined: 20 bits or more"
    assert len(set(found["persons"])) == 1
    picture = tmp_path / "pair.svg"
    shown = store_cli("explain", SUSPECT, PRISONER, "--picture", str(picture))
    told = ("shared key: rule 3: date_of_birth, postcode_arr; on 2 records", "joined: 20 bits or more")
    drawn = [text.text for text in ElementTree.parse(picture).iterfind(".//{*}text")]
    for line in told:
        assert line in shown.out and line in drawn
    assert "match weight" in shown.out
    assert not [word for word in DETAILS if word in shown.out + picture.read_text()]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("other", "meet_by", "outcome"),
    [
        (NAMESAKE, "key", "not joined by themselves: less than 20 bits"),
        (STRANGER, "no key", "not compared: no shared key"),
    ],
)
def test_two_of_different_persons_say_whether_they_were_compared(
    store_cli: Command, other: str, meet_by: str, outcome: str
) -> None:
    found = in_json(store_cli, "explain", SUSPECT, other)
    assert (found["meet_by"], found["outcome"]) == (meet_by, outcome)
    assert bool(found["keys"]) == (meet_by == "key")
    assert len(set(found["persons"])) == 2


@pytest.mark.usefixtures("told")
def test_a_record_that_its_service_gave_up_is_compared_with_nobody(store_cli: Command) -> None:
    found = in_json(store_cli, "explain", GIVEN_UP, STRANGER)
    assert (found["meet_by"], found["keys"]) == ("given up", [])
    assert found["outcome"] == f"not compared: {GIVEN_UP} is given up by its service for another"
    assert in_json(store_cli, "explain", GIVEN_UP, KEPT)["decided"] == "merge"


def test_two_that_no_rule_brings_together_are_not_called_joined_whatever_their_weight() -> None:
    scorer = PairScorer(read_settings(standard.SETTINGS), NO_FREQUENCIES)
    people = People(scorer, BlockingRules([("l.pnc_single = r.pnc_single", ())]))
    person = Person(name=PersonName(first="Alba", last="Merewick"), date_of_birth="1980-01-02",
                    address=Address(postcode="AB1 2CD"))  # fmt: skip
    people.apply({one: PersonRecord(one, "suspect", person) for one in ("ia", "ib")})
    ready = people.ready(("ia", "ib"))
    (met,) = people.meetings([("ia", "ib")])
    told = Compared(("ia", "ib"), scorer.explain(ready["ia"], ready["ib"]), people.verdict("ia", "ib"), met, "", False)
    assert told.score.match_weight >= 20 and len(people.clusters) == 2
    assert told.outcome() == "not compared: no shared key"


@pytest.fixture
def crowded(told: None, store: Store) -> Iterator[None]:
    """600 other records under every key of the suspect."""
    store.command(
        "INSERT INTO casestream.people_keys SELECT DISTINCT key_hash, key_text, role,"
        " concat('i', leftPad(toString(arrayJoin(range(600))), 24, '0')), 1, 1, scoring"
        " FROM casestream.people_keys WHERE person_record_id = {record:String}",
        {"record": SUSPECT},
    )
    yield
    store.command("DELETE FROM casestream.people_keys WHERE person_record_id LIKE 'i00000000%'")


@pytest.mark.usefixtures("crowded")
def test_keys_on_too_many_records_are_held_out_and_compare_nobody(store_cli: Command) -> None:
    found = in_json(store_cli, "explain", SUSPECT, NAMESAKE)
    assert found["meet_by"] == "held out"
    assert {key["held_out"] for key in found["keys"]} == {True}
    records: set[Any] = {key["records"] for key in found["keys"]}
    assert min(records) > 600
    shown = store_cli("explain", SUSPECT, NAMESAKE).out
    assert f"not compared: held out: on {min(records)} records" in shown
    assert "records: held out, more than 500" in shown


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("ids", "said"),
    [((VICTIM, SUSPECT), "never compared"), ((SUSPECT, "i" + "0" * 24), "no such person record")],
)
def test_what_cannot_be_explained_says_why(store_cli: Command, ids: tuple[str, ...], said: str) -> None:
    found = store_cli("explain", *ids)
    assert found.code == 2
    assert said in found.err
