"""C measures, counted by hand."""

import pytest

from tests.builders import crime, defendant, hearing, history, offence
from tests.measures.counted import Counted, consultation, decision, finalised, proceeding, suspect

pytestmark = pytest.mark.integration


def returned_and_charged(counted: Counted) -> None:
    """One suspect: early advice, a charging decision asked for, returned to the police, charged; 60 days in all."""
    counted.case(
        crime("C1"), suspect(1, "C1"),
        consultation(1, "2025-03-02", "2025-03-12", kind="early_advice", n=1),
        consultation(1, "2025-03-20", "2025-03-25", n=2),
        decision(1, "pending", "2025-03-25", n=1),
        consultation(1, "2025-04-20", "2025-05-30", n=3),
        decision(1, "charge", "2025-05-01", n=2, charge_authorised_at="2025-05-01",
                 first_hearing_registered_at="2025-05-03"),
    )  # fmt: skip


def no_action(counted: Counted, number: int, reason: str) -> None:
    counted.case(
        crime(f"C{number}"),
        suspect(number, f"C{number}"),
        consultation(number, "2025-03-02", "2025-03-08"),
        decision(number, "no_further_action", "2025-03-09", nfa_reason=reason),
    )


def test_a_suspect_returned_to_police_and_charged_later_is_one_decision_from_the_first_referral(
    counted: Counted,
) -> None:
    returned_and_charged(counted)
    assert counted.values("C01") == {"suspects": 1, "early_advice": 1, "charging_decision": 0}
    assert counted.values("C02", ("2025-03", "2025-03")) == {"suspects": 1}, "the first charging consultation done"
    assert counted.values("C03")["suspects"] == 1
    assert counted.values("C03", ("2025-03", "2025-03"))["suspects"] == 0, "the pending response is no decision"
    assert counted.values("C06", ("2025-05-03", "2025-05-03")) == {"suspects": 1}
    found = counted.values("C07")
    assert (found["mean"], found["median"], found["n"]) == (60.0, 60.0, 1)


def test_c04_and_c05_leave_out_pending_responses(counted: Counted) -> None:
    returned_and_charged(counted)
    no_action(counted, 2, "evidential")
    no_action(counted, 3, "evidential")
    no_action(counted, 4, "public_interest")
    counted.case(crime("C5"), suspect(5, "C5"), consultation(5, "2025-03-02", "2025-03-08"),
                 decision(5, "pending", "2025-03-09"))  # fmt: skip
    assert counted.values("C04") == {"rate": 25.0, "n": 4, "charged": 1}
    found = counted.values("C05")
    assert (found["nfa"], found["evidential"], found["public_interest"], found["out_of_court"]) == (75.0, 50.0, 25.0, 0)
    assert counted.values("C01")["suspects"] == 5


def test_c06_a_charge_without_a_registered_hearing_is_no_volume(counted: Counted) -> None:
    charged = decision(1, "charge", "2025-03-09", charge_authorised_at="2025-03-09")
    counted.case(crime("C1"), suspect(1, "C1"), charged)
    assert counted.values("C06") == {"suspects": 0}
    assert counted.values("C03")["charge"] == 1


def test_c08_within_28_days_without_the_pilots_custody_cases_and_reviews_after_the_charge(counted: Counted) -> None:
    counted.case(
        crime("C1"), suspect(1, "C1"),
        consultation(1, "2025-03-01", "2025-03-29", n=1),  # 28 days
        consultation(1, "2025-03-01", "2025-03-30", n=2),  # 29 days
        consultation(1, "2025-03-01", "2025-03-01", n=3, custody=True, charging_pilot=True),
        decision(1, "charge", "2025-03-31"), consultation(1, "2025-04-10", "2025-04-11", n=4),
    )  # fmt: skip
    assert counted.values("C08") == {"rate": 50.0, "n": 2, "median": 28.5}


def test_c15_two_denominators_and_c16(counted: Counted) -> None:
    told = [("guilty_plea", {}), ("convicted_after_trial", {}), ("acquitted", {}),
            ("discontinued", {"nonconviction_reason": "complainant_does_not_support"}),
            ("administratively_finalised", {})]  # fmt: skip
    for number, (result, more) in enumerate(told, start=1):
        ended = finalised(number, result, "2025-06-01", **more)
        counted.case(crime(f"C{number}"), suspect(number, f"C{number}"), ended)
    assert counted.values("C15") == {
        "of_non_convictions": 50.0, "n": 2, "of_completed": 25.0, "completed": 4, "victim_reason_n": 1,
    }  # fmt: skip
    assert counted.values("C16") == {"rate": 50.0, "n": 4, "guilty_plea": 25.0, "after_trial": 25.0}


def test_cps_measures_filter_by_the_cps_area_and_by_the_force_of_the_crime(counted: Counted) -> None:
    counted.case(crime("C1"), suspect(1, "C1"), history("cps.consultation", {
        "consultation_id": "K9", "proceeding": proceeding(1) | {"cps_area": "London North"},
        "kind": "charging_decision", "received_at": "2025-03-02",
    }))  # fmt: skip
    counted.case(crime("C2", force="46"), suspect(2, "C2", force="46"), consultation(2, "2025-03-02"))
    assert counted.values("C01", cps_area="London North")["suspects"] == 1
    assert counted.values("C01", force="20")["suspects"] == 1
    assert counted.by("C01", "suspects", by="cps_area") == {"London North": 1, "West Midlands": 1}


def test_c09_c10_c11_of_the_file_to_the_first_hearing(counted: Counted) -> None:
    returned_and_charged(counted)  # three consultations
    heard = hearing("H2", "2025-05-05", defendant(2, offence(plea="GUILTY", plea_on="2025-05-05"), asn="ASN2"))
    of = proceeding(2) | {"asn": "ASN2"}
    counted.case(
        crime("C2"), suspect(2, "C2", asn="ASN2"), heard,
        history("cps.consultation", {"consultation_id": "K2", "proceeding": of, "kind": "charging_decision",
                                     "received_at": "2025-04-01", "completed_at": "2025-04-09"}),
        history("cps.decision", {"decision_id": "L2", "proceeding": of, "decision": "charge",
                                 "decision_at": "2025-04-10", "anticipated_plea": "guilty"}),
    )  # fmt: skip
    for number, (compliant, plea) in enumerate(
        [(True, "not_guilty"), (False, "not_guilty"), (True, "guilty")], start=3
    ):
        counted.case(crime(f"C{number}"), suspect(number, f"C{number}"), history("cps.file_review", {
            "review_id": f"R{number}", "proceeding": proceeding(number), "reviewed_at": "2025-04-01",
            "dg6_compliant": compliant, "anticipated_plea": plea,
        }))  # fmt: skip
    assert counted.values("C09") == {"mean": 2.0, "n": 2, "one": 50.0}
    assert counted.values("C10") == {"rate": 50.0, "n": 2}
    assert counted.values("C11") == {"rate": 100.0, "n": 1}


def test_c12_suspects_before_charge_are_those_of_the_day(counted: Counted) -> None:
    returned_and_charged(counted)  # referred on 2 March, returned to the police, charged on 1 May
    no_action(counted, 2, "evidential")  # referred on 2 March, closed on 9 March
    at = {end: counted.values("C12", ("2025", end))["suspects"] for end in ("2025-03-01", "2025-03-05", "2025-04-30")}
    assert at == {"2025-03-01": 0, "2025-03-05": 2, "2025-04-30": 1}
    assert counted.values("C12")["suspects"] == 0
    assert counted.values("C12", ("2025", "2025-04-30"))["median_age"] == 59.0


def test_c14_prosecutions_stopped_with_their_reason(counted: Counted) -> None:
    told = [("discontinued", "evidential"), ("no_evidence_offered", "victim_or_witness"), ("acquitted", None),
            ("guilty_plea", None)]  # fmt: skip
    for number, (result, reason) in enumerate(told, start=1):
        ended = finalised(number, result, "2025-06-01", **({"stop_reason": reason} if reason else {}))
        counted.case(crime(f"C{number}"), suspect(number, f"C{number}"), ended)
    assert counted.values("C14") == {
        "stopped": 2, "n": 4, "share": 50.0, "evidential": 1, "public_interest": 0, "victim_or_witness": 1,
    }  # fmt: skip
