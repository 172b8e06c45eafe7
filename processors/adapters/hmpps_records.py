"""The two state records of HMPPS -> contracts: a prisoner as prisoner search answers, a probation case as the
probation integration services answer. Values are passed on as written; the contract checks them."""

from processors.adapters.fields import code, flag, on, part, parts, short, text
from processors.adapters.hmpps_types import ETHNICITIES, SEX


def prisoner(record: dict[str, object]) -> dict[str, object]:
    """The fields of `schemas.hmpps.Prisoner` from a prisoner-search record."""
    return {
        "prison_number": text(record, "prisonerNumber"),
        "booking_id": text(record, "bookingId"),
        "person": {
            "name": _prison_name(record),
            "aliases": [{**_prison_name(alias), **_born(alias)} for alias in parts(record, "aliases")],
            **_born(record),
            "sex": _sex(text(record, "gender")),
            "ethnicity_self": _ethnicity(text(record, "ethnicity")),
            "nationality": short(text(record, "nationality")),
            "address": _address(parts(record, "addresses")),
            "pnc": text(record, "pncNumber", "pncNumberCanonicalLong", "pncNumberCanonicalShort"),
            "cro": text(record, "croNumber"),
        },
        "status": text(record, "status"),
        "in_out_status": text(record, "inOutStatus"),
        "prison_id": text(record, "prisonId"),
        "legal_status": text(record, "legalStatus"),
        "imprisonment_status": text(record, "imprisonmentStatus"),
        "convicted_status": text(record, "convictedStatus"),
        "recall": flag(record, "recall"),
        "indeterminate": flag(record, "indeterminateSentence"),
        "last_movement_type": text(record, "lastMovementTypeCode"),
        "last_movement_reason": text(record, "lastMovementReasonCode"),
        "received_on": on(record, "receptionDate"),
        "sentence_started_on": on(record, "sentenceStartDate"),
        "sentence_expires_on": on(record, "sentenceExpiryDate"),
        "licence_expires_on": on(record, "licenceExpiryDate"),
        "conditional_release_on": on(record, "conditionalReleaseDate"),
        "confirmed_release_on": on(record, "confirmedReleaseDate"),
        "release_on": on(record, "releaseDate"),
        "category": text(record, "category"),
        "most_serious_offence": text(record, "mostSeriousOffence"),
    }


def probation_case(record: dict[str, object]) -> dict[str, object]:
    """The fields of `schemas.hmpps.ProbationCase` from a probation person record."""
    identifiers = part(record, "identifiers")
    return {
        "crn": text(identifiers, "crn"),
        "prison_number": text(identifiers, "prisonerNumber", "prisonNumber", "nomsNumber"),
        "person": {
            "name": {"title": code(record, "title"), **_probation_name(part(record, "name"))},
            "aliases": [
                {**_probation_name(part(alias, "name")), **_born(alias)} for alias in parts(record, "aliases")
            ],
            **_born(record),
            "sex": _sex(code(record, "gender")),
            "ethnicity_self": _ethnicity(code(record, "ethnicity")),
            "nationality": short(code(record, "nationality")),
            "address": _address(parts(record, "addresses")),
            "pnc": text(identifiers, "pnc"),
            "cro": text(identifiers, "cro"),
            "nino": text(identifiers, "ni"),
        },
        "sentence_dates": [day for item in parts(record, "sentences") if (day := on(item, "sentenceDate", "date"))],
    }


def _prison_name(record: dict[str, object]) -> dict[str, object]:
    return {
        "title": text(record, "title"), "first": text(record, "firstName"),
        "middle": text(record, "middleNames", "middleName"), "last": text(record, "lastName"),
    }


def _probation_name(name: dict[str, object]) -> dict[str, object]:
    return {
        "first": text(name, "forename", "firstName"), "middle": text(name, "middleName", "middleNames"),
        "last": text(name, "surname", "lastName"),
    }


def _born(record: dict[str, object]) -> dict[str, object]:
    return {"date_of_birth": on(record, "dateOfBirth")}


def _address(addresses: list[dict[str, object]]) -> dict[str, object] | None:
    """The first address that is not over; only its postcode takes part in linking."""
    for address in addresses:
        if text(address, "endDate") is None:
            written = text(address, "fullAddress")
            lines = [written] if written else [
                line for name in ("buildingName", "addressNumber", "streetName", "district", "townCity", "county")
                if (line := text(address, name))
            ]
            return {"lines": lines, "postcode": text(address, "postcode", "postalCode")}
    return None


def _sex(written: str | None) -> str | None:
    return None if written is None else SEX.get(written.casefold(), "not_known")


def _ethnicity(written: str | None) -> str | None:
    return None if written is None else ETHNICITIES.get(written.casefold()) or short(written)
