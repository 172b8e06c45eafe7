"""V and H measures, counted by hand."""

from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from tests.builders import crime, defendant, hearing, history, offence, result, states
from tests.measures.counted import Counted, groups, outcome, suspect

pytestmark = pytest.mark.integration


def victim(number: int, **more: Any) -> dict[str, Any]:
    return {"victim_id": f"V{number}", "sex": "female", "age": 30, "ethnicity_self": "W1"} | more


def says(number: int, ref: str, status: str, at: str, stage: str | None = None) -> RecordHistory:
    told = {"crime_ref": ref, "victim_id": f"V{number}", "status": status, "at": at}
    return history("police.victim_support", told | ({"stage": stage} if stage else {}), at=at)


def test_v01_each_person_once_with_what_is_not_recorded_as_its_own_group(counted: Counted) -> None:
    counted.case(crime("C1", victims=(victim(1), victim(2, sex="male"))), crime("C2", victims=(victim(1),)))
    unknown = victim(3, sex=None, age=None, ethnicity_self=None)
    counted.case(crime("C3", victims=(unknown, victim(4, kind="organisation"))))
    counted.case(crime("C4", victims=(victim(5),), cancelled_at="2025-04-01"))
    found = counted.values("V01")
    assert (found["victims"], found["crimes"]) == (3, 3)
    assert found["sex_recorded"] == 75.0


def test_v01_by_a_characteristic_small_numbers_are_suppressed_and_not_to_be_subtracted(counted: Counted) -> None:
    for number in range(1, 21):
        sex = "female" if number <= 12 else "male" if number <= 18 else None
        counted.case(crime(f"C{number}", victims=(victim(number, sex=sex),)))
    found = {one.keys["sex"]: one for one in counted.ask("V01", by="sex")}
    assert found["female"].values["victims"] == 12
    assert found["Not recorded"].values["victims"] is None, "two"
    assert found["male"].values["victims"] is None, "the next smallest, or the two could be had from the total"
    assert found["male"].missing["victims"] == "Suppressed due to low volumes"
    (only,) = counted.ask("V01", sex="male", ethnicity="White")
    assert only.values["victims"] == 6
    assert only.values["age_recorded"] is None, "no rate on fewer than ten"


def test_observed_ethnicity_is_a_series_of_its_own(counted: Counted) -> None:
    for number in range(1, 31):
        told = (
            {"ethnicity_self": None, "ethnicity_observed": "3"}
            if number > 20
            else {"ethnicity_self": "B1" if number > 10 else "W1"}
        )
        counted.case(crime(f"C{number}", victims=(victim(number, **told),)))
    assert counted.by("V01", "victims", by="ethnicity") == {"Black": 10, "Observed: Black": 10, "White": 10}


def test_v02_support_ends_at_a_stage_and_may_come_back(counted: Counted) -> None:
    counted.case(crime("C1", victims=(victim(1),)), outcome("C1", "16", "2025-03-20"))  # with the police
    counted.case(
        crime("C2", victims=(victim(2),)), suspect(2, "C2"), outcome("C2", "1", "2025-03-20"),
        says(2, "C2", "does_not_support", "2025-05-01T10:00:00Z", "post_charge"),
    )  # fmt: skip
    told = {"crime_ref": "C3", "victim_id": "V3"}
    counted.case(crime("C3", victims=(victim(3),)), suspect(3, "C3"), outcome("C3", "1", "2025-03-20"), states(
        "police.victim_support",
        ("2025-05-01T10:00:00Z", told | {"status": "does_not_support", "at": "2025-05-01T10:00:00Z"}),
        ("2025-05-09T10:00:00Z", told | {"status": "supports", "at": "2025-05-09T10:00:00Z"}),
    ))  # fmt: skip
    counted.case(crime("C4", victims=(victim(4, kind="organisation"),)))
    assert groups(counted.ask("V02"), "n", "withdrew_n", "withdrew") == [
        ("police", 3, 1, pytest.approx(100 / 3)), ("before charge", 2, 0, 0.0), ("after charge", 2, 1, 50.0),
    ]  # fmt: skip


def moved(number: int, what: str, at: str, **more: Any) -> RecordHistory:
    told = {"movement_id": f"M{number}-{at}", "prison_number": f"A{number:04}AA", "booking_id": f"B{number}"}
    return history("hmpps.custody_movement", told | {"movement": what, "at": at} | more)


def test_h01_people_at_a_moment_by_the_custody_told_last(counted: Counted) -> None:
    counted.case(
        moved(1, "received", "2025-02-01T10:00:00Z", custody_type="remand_untried"),
        moved(1, "to_court", "2025-03-01T10:00:00Z"),
        moved(1, "released", "2025-06-01T10:00:00Z"),
    )
    counted.case(
        moved(2, "received", "2025-02-01T10:00:00Z", custody_type="remand_untried"),
        moved(2, "from_court", "2025-04-01T10:00:00Z", custody_type="sentenced"),
    )
    assert counted.by("H01", "people", ("2025", "2025-03-31")) == {"remand_untried": 2}
    assert counted.by("H01", "people") == {"sentenced": 1}


def test_h03_first_receptions_and_releases_without_those_from_remand(counted: Counted) -> None:
    counted.case(
        moved(1, "received", "2025-02-01T10:00:00Z"),
        moved(1, "received", "2025-03-01T10:00:00Z"),
        moved(1, "released", "2025-06-01T10:00:00Z", custody_type="sentenced"),
    )
    counted.case(
        moved(2, "received", "2025-02-01T10:00:00Z"),
        moved(2, "released", "2025-02-09T10:00:00Z", custody_type="remand_untried"),
    )
    assert counted.values("H03") == {"receptions": 2, "releases": 1}
    assert counted.values("H03", ("2025-03", "2025-06")) == {"receptions": 0, "releases": 1}


def test_h04_reasons_of_recalls_sum_to_more_than_the_recalls(counted: Counted) -> None:
    for number, (kind, reasons) in enumerate(
        [("standard", ("further_charge", "non_compliance")), ("fixed_term", ("non_compliance",))], start=1
    ):
        told = {"recall_id": f"R{number}", "prison_number": f"A{number:04}AA", "recalled_at": "2025-05-01"}
        counted.case(history("hmpps.recall", told | {"kind": kind, "reasons": reasons}))
    found = counted.values("H04")
    assert (found["recalls"], found["standard"], found["fixed_term"]) == (2, 1, 1)
    assert (found["further_charge"], found["non_compliance"]) == (1, 2)


def spell(number: int, crn: str, kind: str, start: str, **more: Any) -> RecordHistory:
    told = {"supervision_id": f"U{number}", "crn": crn, "kind": kind, "started_at": start, "region": "London"}
    return history("hmpps.supervision", told | more)


def end(number: int, crn: str, at: str, why: str) -> RecordHistory:
    told = {"supervision_id": f"U{number}", "crn": crn, "ended_at": at, "termination_reason": why}
    return history("hmpps.supervision_end", told)


def test_h05_a_person_is_one_in_the_total_and_one_in_each_type(counted: Counted) -> None:
    counted.case(spell(1, "X000001", "licence", "2025-01-01"), spell(2, "X000001", "community_order", "2025-02-01"))
    counted.case(spell(3, "X000002", "licence", "2025-01-01"), end(3, "X000002", "2025-05-01", "completed"))
    counted.case(spell(4, "X000002", "licence", "2025-01-01"))
    march = counted.values("H05", ("2025", "2025-03"))
    assert (march["people"], march["licence"], march["community_order"]) == (2, 2, 1)
    assert counted.values("H05", ("2025", "2025-01"))["community_order"] == 0
    assert counted.by("H05", "people", by="region") == {"London": 2}


def test_h06_how_supervision_ended(counted: Counted) -> None:
    for number, why in enumerate(("completed", "completed", "revoked", "recalled"), start=1):
        counted.case(
            spell(number, f"X{number:06}", "licence", "2024-06-01"), end(number, f"X{number:06}", "2025-06-01", why)
        )
    assert counted.values("H06") == {"completed": 50.0, "n": 4, "revoked": 25.0, "recalled": 25.0, "starts": 0}
    assert counted.values("H06", ("2024", "2024"))["starts"] == 4


def test_v03_what_is_owed_in_time_late_and_not_done(counted: Counted) -> None:
    due = "2025-04-10T12:00:00Z"
    for number, done in enumerate(
        ("2025-04-09T12:00:00Z", "2025-04-12T12:00:00Z", None, "2025-04-10T12:00:00Z"), start=1
    ):
        told = {
            "service_ref": f"X{number}",
            "victim_id": "V1",
            "kind": "update",
            "crime_ref": f"C{number}",
            "due_at": due,
        }
        counted.case(
            crime(f"C{number}", victims=(victim(1),)),
            history("police.victim_service", told | ({"done_at": done} if done else {})),
        )
    assert groups(counted.ask("V03"), "in_time", "late", "not_done", "n") == [("update", 50.0, 25.0, 25.0, 4)]


def test_v04_a_victim_waits_until_all_defendants_are_dealt_with(counted: Counted) -> None:
    for number, (ended, other) in enumerate([("2025-06-09", None), ("2025-04-10", "2025-05-10")], start=1):
        told = [(1, ended), *([(2, other)] if other else [])]
        counted.case(
            crime(f"C{number}", victims=(victim(number),), reported_at="2025-03-01"),
            *(
                hearing(f"H{number}-{n}", day, defendant(n, offence(
                    number=n, crime_ref=f"C{number}", results=(result("1015", "Fine", ordered_on=day),)
                )), case=f"CC{number}")
                for n, day in told
            ),
        )  # fmt: skip
    found = counted.values("V04")
    assert (found["median"], found["n"]) == ((100 + 70) / 2, 2)


def capacity(prison: str, on: str, places: int, **more: Any) -> RecordHistory:
    told = {"prison_id": prison, "on": on, "operational_capacity": places}
    return history("hmpps.prison_capacity", told | more)


def test_h02_people_for_each_hundred_places_that_can_be_used(counted: Counted) -> None:
    counted.case(capacity("AAI", "2025-01-01", 5), name="old")
    counted.case(capacity("AAI", "2025-03-01", 6, operating_margin=2, certified_accommodation=2), name="new")
    counted.case(capacity("BBI", "2025-01-01", 4), name="empty")
    for number in (1, 2):
        counted.case(moved(number, "received", "2025-02-01T10:00:00Z", prison_id="AAI"))
    counted.case(moved(3, "received", "2025-02-01T10:00:00Z", prison_id="AAI"),
                 moved(3, "released", "2025-02-09T10:00:00Z", prison_id="AAI"))  # fmt: skip
    counted.case(moved(4, "received", "2025-02-01T10:00:00Z", prison_id="ZZI"))  # its capacity is not told
    february, march = (counted.values("H02", ("2025", end)) for end in ("2025-02", "2025-03"))
    assert (february["in_use"], february["places"]) == (pytest.approx(200 / 9), 9)
    assert march == {"in_use": 25.0, "people_held": 2, "places": 8, "places_left": 6, "of_certified": 100.0}
