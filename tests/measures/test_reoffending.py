"""H07 and H08, counted by hand: people linked over cases."""

from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from schemas.person_facts import person_record_id
from tests.builders import SOURCE, crime, defendant, hearing, history, offence, person, result
from tests.measures.counted import Counted

pytestmark = pytest.mark.integration

YEAR = ("2023", "2023")


def convicted(case: str, name: str, on: str, committed: str, kind: str = "1015", label: str = "Fine") -> RecordHistory:
    """Somebody's conviction and sentence at court, for an offence of another day."""
    told = offence(
        occurred_from=committed, conviction_on=on, verdict={"category": "guilty", "on": on},
        results=(result(kind, label, ordered_on=on, convicted=True),),
    )  # fmt: skip
    return hearing(f"H-{case}", on, defendant(1, told, defendant_id=name, person=person()), case=case)


def released(number: str, at: str, custody_type: str = "sentenced") -> RecordHistory:
    told = {"prison_number": number, "booking_id": f"B-{number}", "movement_id": f"M-{number}-{at}"}
    return history(
        "hmpps.custody_movement", told | {"movement": "released", "at": at, "custody_type": custody_type}
    )


def are_one(counted: Counted, person_id: str, *person_records: str) -> None:
    """What people linking keeps of a person."""
    columns: dict[str, list[Any]] = {
        "person_record_id": list(person_records), "person_id": [person_id] * len(person_records),
        "version": [1] * len(person_records), "is_deleted": [0] * len(person_records),
    }  # fmt: skip
    counted.store.insert("people_members", columns)
    counted.written.add("people_members")


def known(counted: Counted, until: str) -> None:
    """The data tell up to this day."""
    counted.case(crime("C-last", at=f"{until}T09:00:00Z"))


def test_an_offence_within_a_year_that_is_proved_within_eighteen_months(counted: Counted) -> None:
    counted.case(convicted("CC1", "again", "2023-02-10", "2022-12-01"))
    counted.case(convicted("CC2", "again", "2024-05-01", "2024-02-01"))  # a reoffence, proved in time
    counted.case(convicted("CC3", "late", "2023-02-11", "2022-12-01"))
    counted.case(convicted("CC4", "late", "2024-09-01", "2023-06-01"))  # proved after 18 months
    counted.case(convicted("CC5", "after", "2023-02-12", "2022-12-01"))
    counted.case(convicted("CC6", "after", "2024-06-01", "2024-03-01"))  # committed after a year
    counted.case(convicted("CC7", "before", "2023-02-13", "2022-12-01"))
    counted.case(convicted("CC8", "before", "2023-05-01", "2023-01-01"))  # committed before
    known(counted, "2025-06-01")
    first = counted.values("H07", ("2023-01", "2023-03"))
    assert (first["n"], first["reoffenders"], first["rate"]) == (4, 1, 25.0)
    assert (first["after_other_sentences"], first["after_custody"]) == (25.0, None)


def test_a_person_is_one_over_cases_and_agencies_and_counts_once_a_quarter(counted: Counted) -> None:
    counted.case(released("A0001AA", "2023-01-05T10:00:00Z"))
    counted.case(convicted("CC1", "D-one", "2023-03-01", "2022-01-01"))  # the same quarter: counted already
    counted.case(convicted("CC2", "D-two", "2023-08-01", "2023-02-01"))  # a reoffence, and in the third cohort
    counted.case(convicted("CC3", "D-one", "2023-09-01", "2023-06-01"))  # another reoffence
    are_one(
        counted, "p1", person_record_id("", "prison_number", "A0001AA"),
        person_record_id(SOURCE, "defendant", "D-one"), person_record_id(SOURCE, "defendant", "D-two"),
    )  # fmt: skip
    known(counted, "2025-06-01")
    found = counted.values("H07", YEAR)
    assert (found["n"], found["reoffenders"], found["after_custody"], found["after_other_sentences"]) == (2, 1, 100, 0)
    often = counted.values("H08", YEAR)
    assert (often["per_reoffender"], often["per_100_offenders"], often["n"]) == (2.0, 100.0, 1)


def test_without_the_link_they_are_three_people_and_nobody_reoffended(counted: Counted) -> None:
    counted.case(released("A0001AA", "2023-01-05T10:00:00Z"))
    counted.case(convicted("CC2", "D-two", "2023-08-01", "2023-02-01"))
    counted.case(convicted("CC3", "D-one", "2023-09-01", "2023-06-01"))
    known(counted, "2025-06-01")
    found = counted.values("H07", YEAR)
    assert (found["n"], found["rate"]) == (3, 0.0)


def test_cohorts_that_are_not_eighteen_months_old_are_in_no_rate(counted: Counted) -> None:
    counted.case(convicted("CC1", "old", "2023-02-10", "2022-12-01"))
    counted.case(convicted("CC2", "young", "2023-11-10", "2023-10-01"))
    known(counted, "2024-09-01")
    found = counted.values("H07", YEAR)
    assert (found["n"], found["too_young"], found["rate"]) == (1, 1, 0.0)
    (only,) = counted.ask("H07", ("2023-10", "2023-12"))
    assert (only.values["rate"], only.mature) == (None, False)


def test_immediate_custody_begins_no_cohort_and_release_from_remand_neither(counted: Counted) -> None:
    counted.case(convicted("CC1", "inside", "2023-02-10", "2022-12-01", "1002", "Imprisonment"))
    counted.case(released("A0002AA", "2023-02-20T10:00:00Z", "remand_untried"))
    known(counted, "2025-06-01")
    assert counted.values("H07", YEAR)["n"] == 0
