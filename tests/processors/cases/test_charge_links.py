"""Which crime a charge is about where its reference does not say: one for one, by the days and then in turn."""

from itertools import permutations
from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from tests.builders import crime, defendant, hearing, history, offence, person, result

BURGLARY, THEFT = "TH68036", "TH68010"
PRISON = result("1002", "Imprisonment", duration_days=365.0, ordered_on="2025-06-02")


def burglary(number: int, day: str | None = None, **more: Any) -> RecordHistory:
    return crime(f"C{number}", f"2025-03-0{number}T09:00:00Z", **({"occurred_from": day} if day else {}), **more)


def suspect(*refs: str, number: int = 1) -> RecordHistory:
    return history("police.suspect", {"suspect_id": f"S{number}", "force": "20", "crime_refs": refs,
                                      "asn": f"2500{number}", "person": person(first=f"Ann{number}")})


def charge(number: int, day: str | None = None, code: str = BURGLARY, **more: Any) -> dict[str, Any]:
    return offence(code, number, **({"occurred_from": day} if day else {}), **more)


def linked(*records: RecordHistory) -> dict[str, list[str]]:
    """The charges of each crime; the same in any order of records."""
    rows: dict[str, Any] = project_case("c1", list(records))
    for order in permutations(records):
        assert project_case("c1", list(order)) == rows
    names: dict[str, str] = {}
    for one in records:
        if one.kind == "police.crime":
            alone: dict[str, Any] = project_case("c", [one])
            names[alone["case_crimes"][0].crime_id] = one.subject
    found: dict[str, list[str]] = {name: [] for name in sorted(names.values())}
    for row in rows["case_offences"]:
        if row.crime_id:
            found[names[row.crime_id]].append(row.offence_id)
    assert {names[row.crime_id]: row.offences for row in rows["case_crimes"]} == {
        name: len(charges) for name, charges in found.items()
    }
    return {name: sorted(charges) for name, charges in found.items()}


def heard(*charges: dict[str, Any], number: int = 1) -> RecordHistory:
    return hearing(f"H{number}", "2025-06-02", defendant(number, *charges), case=f"CC{number}")


def test_two_charges_of_two_crimes_are_one_each() -> None:
    told = burglary(1), burglary(2), suspect("C1", "C2"), heard(charge(1), charge(2))
    assert linked(*told) == {"C1": ["O1"], "C2": ["O2"]}
    rows: Any = project_case("c1", list(told))["case_crimes"]
    assert [(row.stage, row.charge_link) for row in rows] == [("first_hearing", "asn_subgroup")] * 2


def test_a_charged_crime_is_not_lost_to_attrition() -> None:
    told = heard(charge(1, results=(PRISON,)), charge(2, results=(PRISON,)))
    rows: Any = project_case("c1", [burglary(1), burglary(2), suspect("C1", "C2"), told])["case_crimes"]
    assert [(row.stage, row.custody_on) for row in rows] == [("custody", 20241)] * 2


def test_the_day_of_the_offence_says_which() -> None:
    crimes = burglary(1, "2025-02-20"), burglary(2, "2025-02-10"), suspect("C1", "C2")
    assert linked(*crimes, heard(charge(1, "2025-02-10"), charge(2, "2025-02-20"))) == {"C1": ["O2"], "C2": ["O1"]}
    assert linked(*crimes, heard(charge(1, "2025-02-10"))) == {"C1": [], "C2": ["O1"]}
    assert linked(*crimes, heard(charge(1, "2025-02-10"), charge(2, "2025-02-10"))) == {"C1": [], "C2": ["O1", "O2"]}
    assert linked(*crimes, heard(charge(1), charge(2, "2025-02-10"))) == {"C1": ["O1"], "C2": ["O2"]}


def test_of_crimes_of_one_day_each_has_one() -> None:
    crimes = burglary(1, "2025-02-10"), burglary(2, "2025-02-10"), burglary(3, "2025-02-20"), suspect("C1", "C2", "C3")
    two = heard(charge(1, "2025-02-10"), charge(2, "2025-02-10"))
    assert linked(*crimes, two) == {"C1": ["O1"], "C2": ["O2"], "C3": []}


def test_without_days_it_is_in_turn_by_the_days_of_the_crimes_and_what_is_over_is_of_the_first() -> None:
    crimes = burglary(1, "2025-02-20"), burglary(2, "2025-02-10"), suspect("C1", "C2")
    assert linked(*crimes, heard(charge(1), charge(2))) == {"C1": ["O2"], "C2": ["O1"]}
    assert linked(*crimes, heard(charge(1), charge(2), charge(3))) == {"C1": ["O2"], "C2": ["O1", "O3"]}
    assert linked(*crimes, heard(charge(1))) == {"C1": [], "C2": ["O1"]}


def test_a_crime_that_a_reference_names_is_not_given_another_charge_while_one_is_without() -> None:
    crimes = burglary(1), burglary(2), suspect("C1", "C2")
    assert linked(*crimes, heard(charge(1, crime_ref="C1"), charge(2))) == {"C1": ["O1"], "C2": ["O2"]}
    assert linked(*crimes, heard(charge(1), charge(2, crime_ref="C1"))) == {"C1": ["O2"], "C2": ["O1"]}


def test_each_defendant_is_charged_with_each_crime() -> None:
    crimes = burglary(1), burglary(2), suspect("C1", "C2"), suspect("C1", "C2", number=2)
    both = heard(charge(1), charge(2)), heard(charge(3), charge(4), number=2)
    assert linked(*crimes, *both) == {"C1": ["O1", "O3"], "C2": ["O2", "O4"]}


def test_another_sub_group_and_anothers_crime_take_no_part() -> None:
    crimes = burglary(1), burglary(2), burglary(3, ho_code="39"), suspect("C1", "C3")
    assert linked(*crimes, heard(charge(1), charge(2))) == {"C1": ["O1", "O2"], "C2": [], "C3": []}


@pytest.mark.parametrize("charges", range(1, 4))
def test_one_crime_has_all_charges_as_before(charges: int) -> None:
    told = [charge(number, f"2025-02-1{number}") for number in range(1, charges + 1)]
    assert linked(burglary(1, "2025-02-20"), suspect("C1"), heard(*told)) == {"C1": [one["offence_id"] for one in told]}
