"""People by the police force of the area where they live, counted by hand. Postcodes end as none does (CC). Of ours, LE
lies in Leicestershire (33) and M in Greater Manchester (06); B several forces share, and NF1 1NF is no fixed abode."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from casestream.measuring import Question, answer, by_month
from casestream.periods import period_of
from clickhouse.dictionaries import read_anew
from clickhouse.measures import measures
from clickhouse.reference_lists import load
from processors.cases.histories import RecordHistory
from processors.reference_lists import read_list
from tests.builders import crime, defendant, hearing, history, offence, person, result
from tests.measures.counted import NOW, Counted, decision, proceeding
from tests.measures.test_victims_and_prisons import moved, spell, victim

pytestmark = pytest.mark.integration

LEICESTER, MANCHESTER, UNKNOWN = "33", "06", "Not known"
SIX = range(6)


@pytest.fixture
def districts(counted: Counted) -> Iterator[Counted]:
    """National lists may be loaded, and are forgotten."""
    yield counted
    counted.written |= {"reference_entries", "reference_loads"}
    counted.forget()
    read_anew(counted.store, "dict_places", "dict_reference")


def living(postcode: str | None, number: int = 0, **more: Any) -> dict[str, Any]:
    """Somebody with an address, if they have one."""
    told = person(last=f"Testname{number}") | more
    return told | ({"address": {"lines": ["1 Test Street"], "postcode": postcode}} if postcode else {})


def victims(counted: Counted, start: int, *postcodes: str | None) -> None:
    """A crime each."""
    for number, postcode in enumerate(postcodes, start):
        told = crime(f"C{number}", victims=(victim(number, person=living(postcode, number)),))
        counted.case(told)
        counted.people(told)


def test_v01_victims_by_the_force_where_they_live_and_those_of_whom_it_is_not_known(counted: Counted) -> None:
    victims(counted, 0, "LE1 1CC", "le12cc", "LE12 9CC", " LE1  3CC ", "LE67 1CC", "LE1 1CC")
    victims(counted, 10, *["M1 1CC"] * 5)
    victims(counted, 20, None, "NF1 1NF", "B1 1CC", "LE1", "SW1", "EC1A 1CC", "none told")
    assert counted.by("V01", "victims", by="home") == {LEICESTER: 6, MANCHESTER: 5, UNKNOWN: 7}
    assert counted.by("V01", "victims", by="force") == {"20": 18}, "all live somewhere"
    assert counted.values("V01", home=LEICESTER)["victims"] == 6
    assert counted.values("V01", home=UNKNOWN)["victims"] == 7
    assert counted.values("V01", home="46")["victims"] == 0
    assert counted.by("V01", "victims", by="force", home=MANCHESTER) == {"20": 5}
    for homes, victims_there in (((LEICESTER, MANCHESTER), 11), ((MANCHESTER, UNKNOWN), 12), ((UNKNOWN, "46"), 7)):
        (both,) = answer(counted.store, Question(measures()["V01"], period_of("2025", "2025", NOW), {"home": homes}))
        assert both.values["victims"] == victims_there, homes


def test_small_numbers_are_suppressed_as_for_any_characteristic_of_people(counted: Counted) -> None:
    victims(counted, 0, *["LE1 1CC"] * 9, *["M1 1CC"] * 6, "CT1 1CC")
    found = {one.keys["home"]: one for one in counted.ask("V01", by="home")}
    assert found["46"].missing["victims"] == "Suppressed due to low volumes"
    assert found[MANCHESTER].values["victims"] is None, "or the one could be had from the total"
    assert found[LEICESTER].values["victims"] == 9
    assert counted.values("V01", home="46")["victims"] is None


def test_addresses_in_two_forces_are_no_home_and_two_in_one_are(counted: Counted) -> None:
    def at_court(number: int, *postcodes: str | None) -> tuple[RecordHistory, ...]:
        return tuple(
            hearing(f"H{number}-{n}", f"2025-04-0{n}", defendant(1, offence(
                results=(result("1015", "Fine", ordered_on=f"2025-04-0{n}"),)
            ), defendant_id=f"D{number}", person=living(postcode, number)), case=f"CC{number}")
            for n, postcode in enumerate(postcodes, start=1)
        )  # fmt: skip

    for number in range(18):
        told = at_court(number, *(("LE1 1CC", "LE2 1CC"), ("LE1 1CC", "M1 1CC"), (None, "M1 1CC"))[number % 3])
        counted.case(*told)
        counted.people(*told)
    assert counted.by("S02", "n", by="home") == {LEICESTER: 6, UNKNOWN: 6, MANCHESTER: 6}
    assert counted.by("T11", "n", by="home") == {}, "no Crown Court case has a plea here"


def test_suspects_at_the_cps_prisoners_and_people_on_probation(counted: Counted) -> None:
    for number in SIX:
        whom = proceeding(number, person=living("M1 1CC", number))
        told = decision(number, "charge", "2025-05-01T10:00:00Z", proceeding=whom)
        counted.case(told)
        counted.people(told)
        counted.case(moved(number, "received", "2025-02-01T10:00:00Z", custody_type="sentenced", prison_id="LEI"))
        counted.people(history(
            "hmpps.prisoner", {"prison_number": f"A{number:04}AA", "person": living("LE1 1CC", number)}
        ))  # fmt: skip
        counted.case(spell(number, f"X{number:06}", "licence", "2025-01-01"))
        counted.people(history("hmpps.probation_case", {"crn": f"X{number:06}", "person": living("LE1 1CC", number)}))
    counted.case(moved(9, "received", "2025-02-01T10:00:00Z", custody_type="sentenced"))  # nobody told who it is
    assert counted.by("C03", "suspects", by="home") == {MANCHESTER: 6}
    assert counted.by("H01", "people", home=LEICESTER) == {"sentenced": 6}
    assert counted.by("H01", "people", home=LEICESTER, prison_region="Yorkshire and The Humber") == {"sentenced": 6}
    assert counted.values("H03", home=LEICESTER)["receptions"] == 6
    assert counted.by("H03", "receptions", by="home") == {LEICESTER: None, UNKNOWN: None}, "one, and what would tell it"
    assert counted.values("H05", home=LEICESTER)["people"] == 6
    assert counted.by("H05", "people", by="home") == {LEICESTER: 6}


def test_a_national_list_goes_before_ours_by_district(districts: Counted) -> None:
    victims(districts, 0, *["LE1 1CC"] * 5, *["LE2 1CC"] * 6, *["B1 1CC"] * 7)
    assert districts.by("V01", "victims", by="home") == {LEICESTER: 11, UNKNOWN: 7}
    told = "pcds,pfa\nLE1 1AA,E23000021\nLE1 1AB,E23000019\nB1 1AA,E23000014\n"
    load(districts.store, "postcodes", read_list("postcodes", told), date(2024, 1, 1))
    assert districts.by("V01", "victims", by="home") == {LEICESTER: 6, UNKNOWN: 5, "20": 7}, "LE2 it does not name"


def test_by_month_too(counted: Counted) -> None:
    victims(counted, 0, *["LE1 1CC"] * 6, "M1 1CC")
    counted.case(crime("C-before", at="2024-12-01T09:00:00Z"), crime("C-last", at="2025-05-01T09:00:00Z"))
    asked = Question(measures()["V01"], period_of("2025", "2025", NOW), {"home": (LEICESTER,)})
    found = {month: one.values["victims"] for month, one in by_month(counted.store, asked)}
    assert found == {date(2025, 1, 1): 0, date(2025, 2, 1): 0, date(2025, 3, 1): 6, date(2025, 4, 1): 0}
