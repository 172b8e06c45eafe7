"""Records in a few lines: generated identifiers, obviously made-up people, times by hand.

    history("police.crime", {"crime_ref": "C1", "force": "20", "recorded_at": "2025-03-01"}, at="2025-03-01T09:00:00Z")

Several states of one record: `states(kind, (at, data), (at, None), ...)`; None is a deletion.
"""

from typing import Any

from processors.cases.histories import RecordHistory, RecordState, parse_body
from processors.standardise.order import order_of
from schemas.events import KINDS
from schemas.flow import part_id, subject_id

SOURCE = "/test"
Data = dict[str, Any]


def subject_of(kind: str, data: Data) -> str:
    """The subject that the contracts give a record of this kind (schemas.events)."""
    match kind:
        case "court.hearing":
            return f"{data['hearing_id']}/{data['hearing_day']}"
        case "court.case":
            return str(data["ids"].get("court_case_id") or data["ids"]["urn"])
        case "court.trial_listing":
            return f"{data['hearing_id']}/{data['listed_for']}"
        case "court.patch":
            target = data.get("offence_id") or data.get("hearing_id") or data.get("defendant_id") or ""
            return f"{data['patch']}/{target}"
        case "hmpps.prison_capacity":
            return f"{data['prison_id']}/{data['on']}"
        case "court.session":
            return f"{data['court_ou']}/{data['court_room']}/{data['session_on']}"
        case "police.victim_support":
            return str(data["victim_id"])
        case _:
            return str(data[next(iter(KINDS[kind].model.model_fields))])


def states(
    kind: str, *told: tuple[str | None, Data | None], part: str = "", source: str = SOURCE, subject: str = ""
) -> RecordHistory:
    """A record with its states, in whatever order they are given: (source time, data or None for a deletion)."""
    first = next(data for _, data in told if data is not None)
    subject = subject or subject_of(kind, first)
    if kind == "court.hearing" and not part:
        cases = first.get("cases") or ()
        part = cases[0]["ids"].get("court_case_id") or cases[0]["ids"].get("urn") if cases else "application"
    found = []
    for number, (at, data) in enumerate(told):
        body = KINDS[kind].model.model_validate(data).model_dump_json() if data is not None else ""
        read = parse_body(kind, body.encode()) if data is not None else None
        found.append(RecordState(order_of(at, None, f"e{number}", body), data is None, read))
    name = subject_id(source, kind, subject)
    return RecordHistory(
        part_id(name, part) if part else name, kind, source, subject, part,
        tuple(sorted(found, key=lambda state: state.order)),
    )


def history(kind: str, data: Data, at: str | None = "2025-01-01T00:00:00Z", source: str = SOURCE) -> RecordHistory:
    """A record with one state."""
    return states(kind, (at, data), source=source)


def crime(ref: str = "C1", at: str = "2025-03-01T09:00:00Z", **more: Any) -> RecordHistory:
    """A recorded crime; a burglary of the West Midlands, unless it is told otherwise."""
    data = {"crime_ref": ref, "force": "20", "recorded_at": at, "ho_code": "28E"} | more
    return history("police.crime", data, at=at)


def person(last: str = "Testname", first: str = "Ann", born: str = "1990-04-02", **more: Any) -> Data:
    """A made-up person."""
    return {"name": {"first": first, "last": last}, "date_of_birth": born} | more


def offence(code: str = "TH68036", number: int = 1, **more: Any) -> Data:
    """An offence before the court."""
    return {"offence_id": f"O{number}", "offence_code": code, "sequence": number} | more


def defendant(number: int = 1, *offences: Data, **more: Any) -> Data:
    """A defendant before the court, with one offence unless told otherwise."""
    told = {"defendant_id": f"D{number}", "asn": f"2500{number}", "offences": offences or (offence(),)}
    return told | more


def hearing(
    hearing_id: str, day: str, *defendants: Data, at: str | None = None, case: str = "CC1", urn: str | None = None,
    **more: Any,
) -> RecordHistory:
    """One sitting day of a hearing in one court case, shared in the evening of the day unless told otherwise."""
    return states("court.hearing", (at or f"{day}T18:00:00Z", hearing_data(
        hearing_id, day, *defendants, case=case, urn=urn, **more
    )))


def hearing_data(
    hearing_id: str, day: str, *defendants: Data, case: str = "CC1", urn: str | None = None, **more: Any
) -> Data:
    """The data of `hearing`, for records of several states."""
    ids = {"court_case_id": case} | ({"urn": urn} if urn else {})
    return {
        "hearing_id": hearing_id, "hearing_day": day, "jurisdiction": "crown", "hearing_type": "Trial",
        "cases": ({"ids": ids, "defendants": defendants or (defendant(),)},),
    } | more


def trial(status: str, code: str = "", on: str | None = None) -> Data:
    """What a court records of a trial on its day."""
    return {"trial": {"status": status} | ({"reason_code": code} if code else {}) | ({"on": on} if on else {})}


def result(code: str, label: str = "", number: int = 1, **more: Any) -> Data:
    """A judicial result."""
    return {"result_id": f"R{code}-{number}", "cjs_code": code, "label": label or code, "category": "final"} | more
