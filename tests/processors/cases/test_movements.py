"""A movement that several HMPPS services tell is one row with its sources."""

import random
from typing import Any

import orjson

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.hmpps import hmpps
from schemas.events import EVENT, Event
from schemas.rows import CustodyRow
from tests.in_process import heads_of, rows_of

SEARCH, PRISONS = "prisoner-offender-search", "prison-offender-events"


def told(feed: str, at: str, what: str = "received", number: str = "A0001AA", **more: str) -> Event:
    found = {"nomsNumber": number, "prisonId": "MDI", "reason": "TRANSFERRED"} | more
    message = {
        "eventType": f"{feed}.prisoner.{what}", "version": 1, "occurredAt": at, "additionalInformation": found,
    }
    (event,) = hmpps(SourceFile("message.json", orjson.dumps(message)))
    assert not isinstance(event, Refusal), event
    return event


def of_case(urn: str, at: str) -> list[Event]:
    """A case at court, and a reception that names it."""
    def event(kind: str, subject: str, data: dict[str, Any]) -> Event:
        return EVENT.validate_python({
            "id": f"{kind} {subject}", "source": "/prisons", "type": kind, "subject": subject, "time": at, "data": data,
        })

    return [
        event("court.case", urn, {"ids": {"court_case_id": f"CC{urn}", "urn": urn}}),
        event("hmpps.custody_movement", f"M{urn}", {
            "movement_id": f"M{urn}", "prison_number": "A0001AA", "movement": "received", "at": at,
            "sentence": {"urn": urn, "sentenced_on": "2026-01-02"}, "custody_type": "sentenced",
        }),
    ]


def custody(*events: Event) -> list[CustodyRow]:
    return rows_of(heads_of(events)).get("case_custody", [])  # type: ignore[return-value]


def admission(at: str, number: str = "A0001AA") -> Event:
    return told(SEARCH, at, number=number, reason="NEW_ADMISSION")


def confirmed(at: str, number: str = "A0001AA") -> Event:
    return told(PRISONS, at, number=number, reason="ADMISSION", nomisMovementReasonCode="N")


def test_a_reception_told_by_two_services_is_one_row_in_any_order() -> None:
    for events in ([admission("2026-01-02T10:00:05Z"), confirmed("2026-01-02T10:00:05Z")],
                   [confirmed("2026-01-02T09:59:00Z"), admission("2026-01-02T10:00:05Z")]):
        for order in (events, events[::-1]):
            (row,) = custody(*order)
            assert (row.movement, row.reason, row.movement_code) == ("received", "ADMISSION", "N")
            assert row.sources == ("hmpps/prison-offender-events", "hmpps/prisoner-offender-search")


def test_what_one_service_tells_twice_is_one_row() -> None:
    (row,) = custody(admission("2026-01-02T10:00:05Z"), admission("2026-01-02T10:00:06Z"))
    assert row.sources == ("hmpps/prisoner-offender-search",)


def test_movements_that_differ_stay_apart() -> None:
    rows = custody(
        admission("2026-01-02T10:00:05Z"), confirmed("2026-01-02T16:30:00Z"),  # back after a release on the day
        confirmed("2026-01-02T10:00:05Z", "A0002AA"),
        told(PRISONS, "2026-01-02T10:00:30Z", reason="RETURN_FROM_COURT"),
        told(PRISONS, "2026-01-02T10:01:00Z", "released", reason="RELEASED"),
        told(PRISONS, "2026-01-02T10:00:40Z", reason="ADMISSION", prisonId="LEI"),
    )
    assert len(rows) == 6


def test_a_thin_telling_belongs_to_the_case_of_the_one_that_names_it() -> None:
    events = [*of_case("01ZD0300108", "2026-01-02T10:00:05Z"), confirmed("2026-01-02T10:01:10Z")]
    for seed in range(3):
        random.Random(seed).shuffle(events)
        (row,) = custody(*events)
        assert (row.linked, row.custody_type, row.movement_code) == (1, "sentenced", "N")
        assert row.sources == ("/prisons", "hmpps/prison-offender-events")


def test_a_movement_under_two_cases_joins_them_never() -> None:
    at = "2026-01-02T10:00:05Z"
    events = [*of_case("01ZD0300108", at), *of_case("01ZD0300208", at), confirmed(at)]
    rows = rows_of(heads_of(events))
    assert len(rows["cases"]) == 2
    assert len(rows["case_custody"]) == 2
    assert {row.case_id for row in rows["case_custody"]} == {row.case_id for row in rows["cases"]}
