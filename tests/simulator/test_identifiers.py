"""The identifiers are valid by the rules of the linking core, and unique."""

from collections import defaultdict

import orjson
import pytest

from processors.standardise.identifiers import Identifier, canonical
from simulator import ALL_AREAS, Plan, happenings, identifiers
from simulator.people import person_number
from simulator.rates import OFFENCES, RATES
from tests.simulator.links import keys_in

SERIALS = [0, 1, 22, 23, 528, 529, 12_345, 200_000, 999_999, 2_999_999]


@pytest.mark.parametrize("force", ALL_AREAS)
def test_references_are_valid_in_every_area(force: str) -> None:
    for serial in SERIALS:
        for kind, value in (
            ("asn", identifiers.asn(force, serial, 2, 2025)), ("urn", identifiers.urn(force, serial, 2024)),
            ("crime_ref", identifiers.crime_reference(force, serial, 1, 2026)),
        ):  # fmt: skip
            assert canonical(kind, value) == Identifier(kind, value)


@pytest.mark.parametrize("person", [0, 7, 9_999, 10_000, 6_760_000, 23_999_999])
def test_numbers_of_people_are_valid(person: int) -> None:
    for kind, value in (
        ("pnc", identifiers.pnc(person, 1999)), ("cro", identifiers.cro(person, 2003)),
        ("crn", identifiers.crn(person)), ("prison_number", identifiers.prison_number(person)),
    ):  # fmt: skip
        assert canonical(kind, value) == Identifier(kind, value)


def test_references_are_unique() -> None:
    for make in (identifiers.urn, lambda *of: identifiers.asn(of[0], of[1], 0, of[2])):
        assert len({make("01", serial, 2025) for serial in range(60_000)}) == 60_000
    assert len({identifiers.crn(n) for n in range(0, 24_000_000, 997)}) == len(range(0, 24_000_000, 997))
    assert len({identifiers.prison_number(n) for n in range(0, 24_000_000, 997)}) == len(range(0, 24_000_000, 997))


def test_all_linking_identifiers_of_a_run_are_valid_and_of_one_case() -> None:
    for each in happenings(Plan(cases=500)):
        for kind, value in keys_in(orjson.loads(each.value)["data"]):
            assert isinstance(canonical(kind, value), Identifier), (kind, value)


def test_people_come_back_in_later_cases_of_their_area() -> None:
    cases: dict[int, list[int]] = defaultdict(list)
    for case in range(5_000):
        cases[person_number(1, case, 0, 60)].append(case)
    several = [each for each in cases.values() if len(each) > 1]
    assert several
    assert all(len({case % 60 for case in each}) == 1 for each in several)


def test_persistent_offenders_are_before_the_courts_of_their_area_again_and_again() -> None:
    courts: dict[str, dict[str, str]] = defaultdict(dict)
    for each in happenings(Plan(cases=3_000)):
        event = orjson.loads(each.value)
        if event["type"] == "court.case":
            for defendant in event["data"]["defendants"]:
                courts[defendant["master_defendant_id"]][event["subject"]] = event["data"]["court_ou"][1:3]
    often = [of for of in courts.values() if len(of) > 4]
    assert len(often) > 5
    assert all(len(set(of.values())) == 1 for of in often)


def test_every_rate_has_a_source() -> None:
    assert all(rate.source for rate in RATES.values())
    assert len({offence.ho_code for offence in OFFENCES}) == len(OFFENCES)
