"""Libra, the magistrates' courts' older system: an item of a case list, as it reaches HMPPS -> court.case, court.patch.

    {"caseNo", "urn", "courtCode", "courtRoom", "sessionStartTime": London time, "listNo", "seq", "cId",
     "name": {"title", "forename1", "forename2", "forename3", "surname"}, "defendantName",
     "defendantType": P (person) or O (organisation), "defendantSex", "defendantDob": dd/MM/yyyy,
     "defendantAddress": {"line1" ... "line5", "pcode"}, "nationality1", "nationality2", "pnc", "cro",
     "offences": [{"seq", "title", "summary", "act", "offenceCode"}]}

It comes bare or in an SNS envelope of messageType LIBRA_COURT_CASE. An item is one defendant in one case on one day of
the court's list: co-defendants come in items of their own, so each is a record (`court/case number/defendant`), and so
is the day on which the case is listed. Event time is the envelope's, else `SourceFile.at`, else none: an item has none.
Source of the shape: court-case-matcher and hmpps-person-record.
"""

import re
from collections.abc import Iterator

import orjson

from processors.adapters.base import Refusal, SourceFile, content_digest
from processors.adapters.common_platform_people import address
from processors.adapters.common_platform_shape import Json, made, needed, objects
from processors.adapters.documents import Document
from processors.adapters.fields import on, part, short, text
from processors.adapters.refuse import UnreadableError, each
from processors.adapters.sns import unwrap
from processors.adapters.spi_defendants import said_of
from processors.adapters.times import day, moment
from processors.adapters.whole import each_whole
from schemas.codes import SEXES, words
from schemas.court import CaseIds, CourtCase, CourtDefendant, CourtOffence, Patch, UncodedOffence
from schemas.events import CourtCaseEvent, CourtPatchEvent, Event
from schemas.people import Person

SOURCE = "libra"
MESSAGE = "LIBRA_COURT_CASE"

_SEXES = words(SEXES, "libra")
_FIVE = re.compile(r"[A-Z][0-9]{2}[A-Z]{2}\Z")


def libra(source: SourceFile) -> Iterator[Event | Refusal]:
    """The events of a file or message of Libra, in its order. Never raises.

    Refusals: `malformed-json`, `too-large`, `too-deep`, `unknown-message-type` (it names the type), `wrong-shape`,
    `missing-field`, `invalid-<field>`; the item is refused whole."""
    return each_whole(source, lambda document: _item(document, moment(source.at)))


def is_item(payload: object) -> bool:
    """Whether a bare message has the shape of an item."""
    return isinstance(payload, dict) and {"caseNo", "courtCode"} <= payload.keys()


def libra_item(payload: Json, time: str | None) -> Iterator[Event]:
    """The defendant's record of the case, and the day on which the case is listed, where the item tells it. Raises
    UnreadableError or pydantic's ValidationError."""
    number, court = needed(payload, "caseNo"), needed(payload, "courtCode")
    ids = CaseIds.model_validate({
        "libra_case_number": number, "libra_court": court, "urn": text(payload, "urn"),
    })
    told = _defendant(payload)
    who = told.libra_defendant_id or said_of(told.person, told.organisation)
    data = CourtCase.model_validate({
        "ids": ids, "jurisdiction": "magistrates", "court_ou": _ou(court), "defendants": (told,),
    })
    yield made(CourtCaseEvent, MESSAGE, SOURCE, f"{court}/{number}/{who}", data, time)
    if session := text(payload, "sessionStartTime"):
        yield made(CourtPatchEvent, MESSAGE, SOURCE, *_listing(payload, ids, session), time)


def _item(document: Document, at: str | None) -> Iterator[Event]:
    payload, attributes, sent = unwrap(document.value)
    kind = attributes.get("messageType") or attributes.get("eventType")
    if kind is not None and kind != MESSAGE:
        raise UnreadableError("unknown-message-type", "messageType", kind, f"{kind} is no message of Libra")
    if not isinstance(payload, dict):
        raise UnreadableError("wrong-shape", "message", None, "an item of Libra's list is a JSON object")
    if kind is None and not payload.keys() & {"caseNo", "courtCode"}:
        keys = ", ".join(sorted(payload)[:8])
        raise UnreadableError("unknown-message-type", "message", keys, "is no item of Libra's list")
    return libra_item(payload, sent or at)


def _listing(payload: Json, ids: CaseIds, session: str) -> tuple[str, Patch]:
    """The subject and data of the listing. Libra has no ids of hearings: the case's day in the list is one, and its id
    a digest, since rows show ids of hearings and a case number is known outside the courts."""
    listed = day(session)
    if listed is None:
        raise UnreadableError("invalid-sessionStartTime", "sessionStartTime", session, "is no time that we can read")
    place = f"{ids.libra_court}/{ids.libra_case_number}/{listed}"
    room = text(payload, "courtRoom")
    return f"hearing_listed/{place}", Patch.model_validate({
        "patch": "hearing_listed", "message": MESSAGE, "ids": ids,
        "hearing_id": f"{SOURCE}/{content_digest(place)}",
        "jurisdiction": "magistrates", "court_ou": _ou(ids.libra_court or ""), "listed_for": (moment(session),),
        "detail": orjson.dumps({"courtRoom": room}).decode() if room else None,
    })


def _defendant(payload: Json) -> CourtDefendant:
    kind = text(payload, "defendantType")
    if kind not in ("P", "O", None):
        raise UnreadableError("invalid-defendantType", "defendantType", kind, "must be P (person) or O (organisation)")
    told = each(
        "offences", objects(payload, "offences"), lambda one: (_offence if text(one, "offenceCode") else _uncoded)(one)
    )
    return CourtDefendant.model_validate({
        "libra_defendant_id": text(payload, "cId"),
        "person": None if kind == "O" else _person(payload),
        "organisation": _organisation(payload) if kind == "O" else None,
        "offences": tuple(one for one in told if isinstance(one, CourtOffence)),
        "uncoded_offences": tuple(one for one in told if isinstance(one, UncodedOffence)),
    })


def _person(payload: Json) -> Person | None:
    name, home = part(payload, "name"), part(payload, "defendantAddress")
    middle = " ".join(more for field in ("forename2", "forename3") if (more := text(name, field)))
    sex = text(payload, "defendantSex")
    found = Person.model_validate({
        "name": {
            "title": text(name, "title"), "first": text(name, "forename1"), "middle": middle or None,
            "last": text(name, "surname"),
        },
        "date_of_birth": on(payload, "defendantDob"),
        "sex": _SEXES.get(sex.upper(), "not_known") if sex else None,
        "nationality": short(text(payload, "nationality1", "nationality2")),
        "address": address({
            **{f"address{number}": text(home, f"line{number}") for number in range(1, 6)},
            "postcode": text(home, "pcode"),
        }),
        "pnc": text(payload, "pnc"),
        "cro": text(payload, "cro"),
    })
    return None if found == Person() else found


def _organisation(payload: Json) -> str | None:
    return text(payload, "defendantName") or text(part(payload, "name"), "surname")


def _offence(item: Json) -> CourtOffence:
    """`seq` is the place in the list. Whether it is the police's sequence number too, no public source says."""
    return CourtOffence.model_validate({
        "offence_code": text(item, "offenceCode"), "order_index": text(item, "seq"), "title": text(item, "title"),
        "wording": text(item, "summary"),
    })


def _uncoded(item: Json) -> UncodedOffence:
    return UncodedOffence.model_validate({
        "order_index": text(item, "seq"), "title": text(item, "title"), "wording": text(item, "summary"),
        "act": text(item, "act"),
    })


def _ou(court: str) -> str:
    """Libra writes the first five characters of a court's OU code. The other feeds write all seven, and the last two
    are 00 for the court as a whole."""
    return f"{court}00" if _FIVE.match(court) else court
