"""`casestream explain` for persons and pairs of person records, over the real tables."""

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
STRANGER, VICTIM = person_record_id(SOURCE, "suspect", "S2"), person_record_id(SOURCE, "victim", "V1")
PERSON = "p" + min(FIRST, SECOND)[1:]

ONE = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1980-01-02", "pnc": "79/163001B",
       "address": {"postcode": "AB1 2CD"}}  # fmt: skip
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
def test_a_pair_with_its_waterfall_adds_up_and_shows_no_value(store_cli: Command, tmp_path: Path) -> None:
    found = in_json(store_cli, "explain", SECOND, FIRST)
    added = found["prior_weight"] + sum(one["weight"] + one["frequency_adjustment"] for one in found["comparisons"])
    assert added == pytest.approx(found["match_weight"])
    assert found["outcome"].startswith("joined: 20 bits")
    assert len(set(found["persons"])) == 1
    apart = in_json(store_cli, "explain", FIRST, STRANGER)
    assert apart["outcome"].startswith("kept apart: contradiction")
    assert len(set(apart["persons"])) == 2
    picture = tmp_path / "pair.svg"
    shown = store_cli("explain", FIRST, SECOND, "--picture", str(picture))
    assert "match weight" in shown.out
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    assert not [word for word in ("Merewick", "1980", "AB1", "79/163001B") if word in shown.out + picture.read_text()]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ((VICTIM, FIRST), "never compared"), (("i" + "0" * 24,), "no such person record"),
        (("p" + "0" * 24,), "no such person"), ((FIRST, "i" + "0" * 24), "no such person record"),
    ],
)  # fmt: skip
def test_what_cannot_be_explained_says_why(store_cli: Command, ids: tuple[str, ...], said: str) -> None:
    found = store_cli("explain", *ids)
    assert found.code == 2
    assert said in found.err
