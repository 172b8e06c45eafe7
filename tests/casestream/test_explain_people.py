"""`casestream explain` for persons, over the real tables."""

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clickhouse.store import Store
from schemas.person_facts import person_record_id
from tests.casestream.conftest import Told, in_json
from tests.linked import SOURCE, event, link_all
from tests.tables import empty

pytestmark = pytest.mark.integration

Command = Callable[..., Told]
FIRST, SECOND = person_record_id(SOURCE, "suspect", "S1"), person_record_id("", "prison_number", "A1234AA")
PERSON = "p" + min(FIRST, SECOND)[1:]

ONE = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1980-01-02", "pnc": "79/163001B",
       "address": {"postcode": "AB1 2CD"}}  # fmt: skip
DETAILS = ("Merewick", "1980", "AB1", "79/163001B")
OTHER = {"name": {"first": "Corin", "last": "Dunmarsh"}, "date_of_birth": "1991-11-30"}


@pytest.fixture(scope="module")
def told(store: Store) -> Iterator[None]:
    """A suspect who is in prison too, a stranger, and a victim."""
    empty(store)
    victim = {"victim_id": "V1", "person": ONE}
    link_all(store, [
        event("police.crime", "CR1", {"crime_ref": "CR1", "force": "40", "recorded_at": "2025-03-01T09:00:00Z",
                                      "victims": [victim]}),
        event("police.suspect", "S1", {"suspect_id": "S1", "force": "40", "crime_refs": ["CR1"], "person": ONE}),
        event("police.suspect", "S2", {"suspect_id": "S2", "force": "40", "crime_refs": ["CR1"], "person": OTHER}),
        event("hmpps.prisoner", "A1234AA", {"prison_number": "A1234AA", "person": ONE}),
    ])  # fmt: skip
    yield
    empty(store)


@pytest.mark.usefixtures("told")
def test_a_person_with_the_joins_that_hold_their_records_together(store_cli: Command) -> None:
    found = in_json(store_cli, "explain", FIRST)
    members = {one["person_record"]: one for one in found["members"]}
    assert set(members) == {FIRST, SECOND}
    assert {one["role"] for one in members.values()} == {"suspect", "offender"}
    grounds = {one["ground"]: one for one in members.values()}
    assert set(grounds) == {"", "model"}
    assert grounds["model"]["weight"] > 20
    assert members[FIRST]["cases"], "the case of the crime"
    assert in_json(store_cli, "explain", found["person"])["members"] == found["members"]
    of_another = in_json(store_cli, "explain", "p" + SECOND[1:])
    assert of_another["person"] == found["person"], "an id of any of its records leads to it"


@pytest.mark.usefixtures("told")
def test_each_join_of_a_person_has_its_keys_and_its_waterfall(store_cli: Command, tmp_path: Path) -> None:
    members = in_json(store_cli, "explain", FIRST)["members"]
    (joined,) = [one for one in members if one["with_record"]]
    assert [one["join"] for one in members if not one["with_record"]] == [None], "it names the person"
    pair = in_json(store_cli, "explain", joined["with_record"], joined["person_record"])
    assert joined["join"] == {name: pair[name] for name in joined["join"]}, "as the two by themselves"
    assert joined["join"]["match_weight"] == pytest.approx(joined["weight"])
    picture = tmp_path / "person.svg"
    shown = store_cli("explain", FIRST, "--picture", str(picture))
    told = {bar["comparison"] for bar in pair["comparisons"]} | {"match weight", "shared key: rule 1: pnc_single"}
    assert not [one for one in told if one not in shown.out]
    drawn = ElementTree.parse(picture).getroot()
    assert {title.text for title in drawn.iterfind(".//{*}g/{*}title")} == {FIRST, SECOND}
    (waterfall,) = drawn.findall("{*}svg")
    assert "shared key: rule 1: pnc_single; on 2 records" in [text.text for text in waterfall.iterfind("{*}text")]
    assert not [word for word in DETAILS if word in shown.out + picture.read_text()]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("ids", "said"),
    [(("i" + "0" * 24,), "no such person record"), (("p" + "0" * 24,), "no such person")],
)
def test_what_cannot_be_explained_says_why(store_cli: Command, ids: tuple[str, ...], said: str) -> None:
    found = store_cli("explain", *ids)
    assert found.code == 2
    assert said in found.err
