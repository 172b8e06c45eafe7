"""Numbers of the contracts: what they can mean is accepted, anything else is rejected by its field, value and rule."""

from typing import Any

import orjson
import pytest

from processors.standardise.standardise import Accepted, Rejected, standardise
from schemas.flow import EventRef

PROCEEDING = {"proceeding_id": "P1"}
CAPACITY = {"prison_id": "BMI", "on": "2026-01-02", "operational_capacity": 900}
CRIME = {"crime_ref": "C1", "force": "20", "recorded_at": "2026-01-02"}
SESSION = {"court_ou": "B01LY00", "court_room": "1", "session_on": "2026-01-02"}
OFFENCE = {"offence_code": "TH68036"}


def court(offence: dict[str, Any]) -> dict[str, Any]:
    return {"ids": {"urn": "20GD0000126"}, "defendants": [{"offences": [OFFENCE | offence]}]}


def uncoded(offence: dict[str, Any]) -> dict[str, Any]:
    return {"ids": {"urn": "20GD0000126"}, "defendants": [{"uncoded_offences": [offence]}]}


def result(told: dict[str, Any]) -> dict[str, Any]:
    return court({"results": [{"result_id": "R1"} | told]})


def charged(offence: dict[str, Any]) -> dict[str, Any]:
    asn = "1520AA0100000000001Q"
    return {"urn": "20GD0000126", "initiation": "C", "defendants": [{"asn": asn, "offences": [OFFENCE | offence]}]}


def decided(charge: dict[str, Any]) -> dict[str, Any]:
    told = {"decision_id": "D1", "proceeding": PROCEEDING, "decision": "charge"}
    return told | {"proposed_charges": [OFFENCE | charge]}


AT, IN, NOT_CODED = "defendants.0.offences.0", "defendants.0.offences.0.results.0", "defendants.0.uncoded_offences.0"
FIELDS: list[tuple[str, Any, str, str, float, float]] = [
    ("hmpps.prison_capacity", CAPACITY.__or__, "", "operational_capacity", 0, 1_000_000),
    ("hmpps.prison_capacity", CAPACITY.__or__, "", "certified_accommodation", 0, 1_000_000),
    ("hmpps.prison_capacity", CAPACITY.__or__, "", "operating_margin", 0, 1_000_000),
    ("court.session", SESSION.__or__, "", "minutes_planned", 0, 1_440),
    ("court.session", SESSION.__or__, "", "minutes_sat", 0, 1_440),
    ("court.case", court, AT, "sequence", 0, 999),
    ("court.case", court, AT, "order_index", 0, 2**31 - 1),
    ("court.case", uncoded, NOT_CODED, "order_index", 0, 2**31 - 1),
    ("court.case", result, IN, "duration_days", 0, 366_000),
    ("court.case", result, IN, "amount_pounds", 0, 1e12),
    ("police.prosecution", charged, AT, "sequence", 0, 999),
    ("cps.decision", decided, "proposed_charges.0", "sequence", 0, 999),
    ("police.crime", lambda told: CRIME | {"victims": [{"victim_id": "V1"} | told]}, "victims.0", "age", 0, 150),
    ("police.crime", lambda told: CRIME | {"location": told}, "location", "longitude", -180, 180),
    ("police.crime", lambda told: CRIME | {"location": told}, "location", "latitude", -90, 90),
]
BY_FIELD = pytest.mark.parametrize(
    ("kind", "data", "path", "field", "least", "most"), FIELDS, ids=[f"{one[0]} {one[3]}" for one in FIELDS]
)


def judged(kind: str, data: object, number: str) -> Accepted | Rejected:
    """What becomes of an event in which `"#"` is a number, as the sender's JSON writes it."""
    told = {"specversion": "1.0", "id": "e1", "source": "test", "subject": "s1", "type": kind, "data": data,
            "time": "2026-01-02T09:05:00Z"}  # fmt: skip
    written = orjson.dumps(told).replace(b'"#"', number.encode())
    return standardise(written, EventRef("feeds.test", 1, 0, 7))


@BY_FIELD
def test_what_a_number_can_mean_is_accepted(
    kind: str, data: Any, path: str, field: str, least: float, most: float
) -> None:
    for number in (least, 1, most):
        assert isinstance(judged(kind, data({field: "#"}), str(number)), Accepted), number


@BY_FIELD
@pytest.mark.parametrize("beyond", ["below", "above", "far below", "far above", "NaN", "Infinity", "-Infinity"])
def test_what_it_cannot_mean_is_rejected(
    kind: str, data: Any, path: str, field: str, least: float, most: float, beyond: str
) -> None:
    one = 1 if isinstance(least, int) else 0.5
    number = {"below": str(least - one), "above": str(most + one), "far below": f"-{10**40}",
              "far above": str(10**40)}.get(beyond, beyond)  # fmt: skip
    found = judged(kind, data({field: "#"}), number)
    assert isinstance(found, Rejected), found
    assert found.field == ".".join(filter(None, ("data", path, field)))
    if "Na" not in beyond and "Inf" not in beyond:
        assert (found.rule, float(found.value)) == ("out-of-range", float(number))
        assert found.reason in (f"must be at least {least:,.0f}", f"must be at most {most:,.0f}"), found.reason


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_not_finite_is_out_of_range(number: str) -> None:
    found = judged("police.crime", CRIME | {"location": {"latitude": "#"}}, number)
    assert isinstance(found, Rejected)
    assert (found.rule, found.field, found.reason) == (
        "out-of-range", "data.location.latitude", "must be a number that is finite",
    )  # fmt: skip


def test_a_number_of_more_digits_than_are_read_is_no_json() -> None:
    found = judged("hmpps.prison_capacity", CAPACITY | {"operational_capacity": "#"}, "9" * 5_000)
    assert isinstance(found, Rejected)
    assert (found.rule, found.reason[:27]) == ("malformed-json", "is no JSON: number out of r")


@pytest.mark.parametrize("number", ["-1", "NaN"])
def test_a_reject_for_a_number_tells_whose_event_it_is(number: str) -> None:
    found = judged("hmpps.prison_capacity", CAPACITY | {"operational_capacity": "#"}, number)
    assert isinstance(found, Rejected)
    assert (found.type, found.source, found.subject, found.event_id) == ("hmpps.prison_capacity", "test", "s1", "e1")
