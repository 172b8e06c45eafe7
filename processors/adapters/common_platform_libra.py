"""The case of a magistrates' court list from Libra, the courts' older system, as it reaches HMPPS: a case with one
defendant, whose offences have a title but no code."""

from collections.abc import Iterator

from processors.adapters.common_platform_codes import sex
from processors.adapters.common_platform_people import address
from processors.adapters.common_platform_shape import Json, made, needed
from processors.adapters.fields import on, part, text
from schemas.court import CaseIds, CourtCase, CourtDefendant
from schemas.events import CourtCaseEvent, Event
from schemas.people import Person

SOURCE = "libra"


def libra_case(message: str, payload: Json, time: str | None) -> Iterator[Event]:
    """court.case: the case number, the court and the defendant. The offences come with the results that police get."""
    number = needed(payload, "caseNo", "caseId")
    name = part(payload, "name")
    person = Person.model_validate({
        "name": {
            "title": text(name, "title"), "first": text(name, "forename1", "firstName"),
            "middle": text(name, "forename2"), "last": text(name, "surname", "lastName"),
        },
        "date_of_birth": on(payload, "defendantDob"),
        "sex": sex(text(payload, "defendantSex")),
        "nationality": text(payload, "nationality1"),
        "address": address({
            **{f"address{line}": text(part(payload, "defendantAddress"), f"line{line}") for line in range(1, 6)},
            "postcode": text(part(payload, "defendantAddress"), "pcode", "postcode"),
        }),
        "pnc": text(payload, "pnc"),
        "cro": text(payload, "cro"),
    })
    corporate = text(payload, "defendantType") == "O"
    whole_name = text(payload, "defendantName") or text(payload, "name")
    data = CourtCase.model_validate({
        "ids": CaseIds(libra_case_number=number, urn=text(payload, "urn")),
        "jurisdiction": "magistrates",
        "court_ou": text(payload, "courtCode"),
        "defendants": (
            CourtDefendant.model_validate({
                "defendant_id": text(payload, "defendantId"),
                "person": None if corporate or person == Person() else person,
                "organisation": (whole_name or text(name, "surname")) if corporate else None,
            }),
        ),
    })
    yield made(CourtCaseEvent, message, SOURCE, f"libra/{number}", data, time)
