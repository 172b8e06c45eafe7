"""Dirt changes how agencies write people down, as often as asked, and never whom the truth names."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import orjson
import pytest

from schemas.events import EVENT
from simulator import LEVELS, Dirt, Happening, Plan, PlanError, happenings
from simulator.write import truth_lines

CASES = 700
_HOLDERS = {"police.suspect": ("", "suspect_id"), "hmpps.prisoner": ("", "prison_number"),
            "hmpps.probation_case": ("", "crn"), "police.prosecution": ("defendants", "asn"),
            "court.case": ("defendants", "defendant_id"), "cps.decision": ("proceeding", "proceeding_id")}  # fmt: skip


def run(dirt: Dirt | None = None) -> list[Happening]:
    return list(happenings(Plan(cases=CASES, dirt=dirt or Dirt())))


def written(happened: list[Happening]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each time that somebody is written down: the kind, what the agency calls them, and what it says."""
    for each in happened:
        event = orjson.loads(each.value)
        kind, data = event["type"], event["data"]
        cases = data["cases"] if kind == "court.hearing" else [data]
        within, own_id = _HOLDERS.get("court.case" if kind == "court.hearing" else kind, ("", ""))
        for case in cases if own_id else ():
            held = case[within] if within else case
            for one in held if isinstance(held, list) else [held]:
                yield kind, one[own_id], one["person"]


@pytest.fixture(scope="module")
def clean() -> list[Happening]:
    return run()


@pytest.fixture(scope="module")
def heavy() -> list[Happening]:
    return run(LEVELS[-1])


def pairs(clean: list[Happening], dirty: list[Happening]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each record's person, clean and dirty."""
    before = {(kind, own_id): person for kind, own_id, person in written(clean)}
    after = {(kind, own_id): person for kind, own_id, person in written(dirty)}
    assert before.keys() == after.keys()
    return [(before[one], after[one]) for one in before]


def test_the_levels_get_dirtier() -> None:
    for one, other in pairwise(LEVELS):
        assert one.misspelt < other.misspelt
        assert one.no_identifiers < other.no_identifiers


def test_events_stay_valid_and_the_history_the_same_each_time(heavy: list[Happening]) -> None:
    assert heavy == run(LEVELS[-1])
    for each in heavy:
        EVENT.validate_json(each.value)


@pytest.mark.parametrize("dirt", LEVELS, ids=lambda dirt: dirt.name)
def test_the_truth_is_that_of_the_clean_history(dirt: Dirt) -> None:
    truth = {line.record: line.persons for line in truth_lines(Plan(cases=400))}
    told = {line.record: line.persons for line in truth_lines(Plan(cases=400, dirt=dirt))}
    assert told.items() <= truth.items()
    matches = {line.record for line in truth_lines(Plan(cases=400)) if line.kind == "court.match"}
    assert truth.keys() - told.keys() <= matches  # those whom the courts do not recognise are not matched


def test_a_record_of_somebody_says_the_same_each_time(heavy: list[Happening]) -> None:
    said: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for kind, own_id, person in written(heavy):
        said["court" if kind.startswith("court.") else kind, own_id].append(person)
    assert any(len(told) > 2 for told in said.values())
    assert all(one == told[0] for told in said.values() for one in told)


@pytest.mark.parametrize(("switch", "field"), [
    ("misspelt", "name"), ("swapped", "name"), ("alias", "name"), ("birth_mistyped", "date_of_birth"),
    ("placeholder_birth", "date_of_birth"), ("moved", "address"), ("no_postcode", "address"),
    ("another_number", "pnc"),
])  # fmt: skip
def test_each_goes_wrong_as_often_as_asked(clean: list[Happening], switch: str, field: str) -> None:
    found = [(one, other) for one, other in pairs(clean, run(Dirt(**{switch: 0.2}))) if field in one]
    changed = [(one, other) for one, other in found if one.get(field) != other.get(field)]
    # a day of birth mistyped is now and then what it was, and the number of somebody near by is now and then their own
    assert len(changed) == pytest.approx(0.2 * len(found), rel=0.25)
    assert all({**one, field: 0} == {key: value for key, value in {**other, field: 0}.items() if key != "aliases"}
               for one, other in changed)  # fmt: skip


def test_placeholders_are_days_on_which_nobody_is_born(clean: list[Happening]) -> None:
    births = {person["date_of_birth"] for _kind, _id, person in written(run(Dirt(placeholder_birth=1.0)))}
    assert births == {"1970-01-01", "1900-01-01"}


def test_an_alias_goes_with_the_own_name_or_hides_it(clean: list[Happening]) -> None:
    found = pairs(clean, run(Dirt(alias=1.0)))
    assert sum(other["aliases"] == [one["name"]] for one, other in found) == pytest.approx(len(found) / 2, rel=0.2)
    assert all(other["aliases"] in ([], [one["name"]]) for one, other in found)


def test_missing_identifiers_are_of_people_and_of_whom_the_courts_recognise(clean: list[Happening]) -> None:
    happened = run(Dirt(no_identifiers=1.0))
    assert not any({"pnc", "cro"} & person.keys() for _kind, _id, person in written(happened))
    assert not any(b'"type":"court.match"' in each.value for each in happened)
    told = [orjson.loads(each.value)["data"] for each in happened if b'"type":"court.case"' in each.value]
    assert all(one["master_defendant_id"] == one["defendant_id"] for case in told for one in case["defendants"])
    assert any(b'"type":"court.match"' in each.value for each in clean)


def test_twins_are_two_people_of_one_birth_and_address() -> None:
    plan = Plan(cases=CASES, dirt=Dirt(twins=0.3))
    whose = {line.subject: line.persons[0] for line in truth_lines(plan) if line.kind == "police.suspect"}
    born: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for kind, own_id, person in written(list(happenings(plan))):
        if kind == "police.suspect":
            key = person["name"]["last"], person["date_of_birth"], person["address"]["postcode"]
            born[key].add((person["name"]["first"], whose[own_id]))
    twins = [both for both in born.values() if len({person for _first, person in both}) > 1]
    assert len(twins) > 10
    assert all(len({first for first, _person in both}) == len(both) for both in twins)


def test_a_share_is_from_0_to_1() -> None:
    with pytest.raises(PlanError, match="misspelt"):
        Dirt(misspelt=1.5)
