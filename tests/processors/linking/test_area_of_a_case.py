"""The area of a case is the force of its originating crime: of its records, never of what came first."""

from itertools import permutations
from typing import Any

from schemas.events import EVENT
from schemas.flow import Head
from tests.in_process import heads_of, rows_of

ASN = "1101ZD0100000448754K"


def told(kind: str, subject: str, data: dict[str, Any]) -> Head:
    event = {"id": f"{kind}/{subject}", "source": "test", "type": kind, "subject": subject,
             "time": "2025-03-05T10:00:00Z", "data": data}  # fmt: skip
    (head,) = heads_of([EVENT.validate_python(event)])
    return head


def crime(ref: str, force: str, day: str) -> Head:
    return told("police.crime", ref, {"crime_ref": ref, "force": force, "recorded_at": f"2025-03-{day}T09:00:00Z"})


FIRST, SECOND = crime("CR0001", "40", "01"), crime("CR0002", "20", "02")
SUSPECT = told("police.suspect", "S1", {"suspect_id": "S1", "force": "46", "crime_refs": ["CR0001", "CR0002"],
                                        "asn": ASN})  # fmt: skip
COURT = told("court.case", "K1", {
    "ids": {"court_case_id": "K1", "urn": "01ZD0300108"}, "jurisdiction": "crown",
    "received_at": "2025-03-09T09:00:00Z", "defendants": [{"defendant_id": "D1", "asn": ASN}],
})  # fmt: skip


def areas(*heads: Head) -> set[str]:
    rows: dict[str, Any] = rows_of(heads)
    return {row.force for row in rows["cases"]}


def test_a_case_across_three_forces_is_of_the_force_that_recorded_its_first_crime() -> None:
    assert {frozenset(areas(*order)) for order in permutations((FIRST, SECOND, SUSPECT, COURT))} == {frozenset({"40"})}


def test_without_a_crime_it_is_the_suspects_and_else_that_of_the_urn() -> None:
    for order in permutations((SUSPECT, COURT)):
        assert areas(*order) == {"46"}
    assert areas(COURT) == {"01"}


def test_it_moves_when_an_earlier_crime_joins() -> None:
    assert areas(SECOND, SUSPECT) == {"20"}
    assert areas(SECOND, SUSPECT, FIRST) == {"40"}
