"""Defendants, their offences and their person facts, as Common Platform writes them in every message."""

from processors.adapters.common_platform_codes import (
    bail_status,
    mode_of_trial_reason,
    plea,
    sex,
    verdict_category,
)
from processors.adapters.common_platform_results import results
from processors.adapters.common_platform_shape import Json, at, needed, object_of, objects
from processors.adapters.fields import flag, on, part, parts, short, text
from processors.adapters.refuse import build, each, under
from schemas.court import CourtDefendant, CourtOffence, Verdict
from schemas.people import Address, Person, PersonName, Victim


def defendant(item: Json, attendance: str | None = None) -> CourtDefendant:
    """A defendant of a prosecution case with the offences and results on them."""
    individual = object_of(item, "personDefendant", "individualDefendant")
    custody_limit = on(individual, "custodyTimeLimit") or on(item, "custodyTimeLimit", "custodyTimeLimitDate")
    return build(CourtDefendant, {
        "defendant_id": text(item, "id", "defendantId"),
        "master_defendant_id": text(item, "masterDefendantId"),
        "asn": text(individual, "arrestSummonsNumber") or text(item, "asn", "prosecutorReference"),
        "prosecutor_reference": text(item, "prosecutionAuthorityReference"),
        "cps_defendant_id": text(item, "cpsDefendantId"),
        "person": lambda: person_of(item, individual),
        "organisation": organisation(item),
        "youth": flag(item, "isYouth"),
        "proceedings_initiated_at": at(item, "courtProceedingsInitiated"),
        "bail_status": bail_status(
            text(part(individual, "bailStatus"), "code") or text(individual, "bailStatus")
            or text(part(item, "bailStatus"), "code") or text(item, "bailStatus")
        ),
        "custody_time_limit_on": custody_limit,
        "prison": text(part(individual, "custodialEstablishment"), "name"),
        "attendance": attendance,
        "legal_aid": short(text(item, "legalAidStatus")),
        "concluded": flag(item, "proceedingsConcluded"),
        "offences": lambda: each("offences", objects(item, "offences"), offence),
        "results": lambda: (
            *results(item, "defendantCaseJudicialResults", "case"),
            *results(item, "judicialResults", "defendant"),
        ),
    })


def offence(item: Json) -> CourtOffence:
    """One offence with plea, verdict and results. Raises UnreadableError without a code: it could count as nothing."""
    pleaded = object_of(item, "plea")
    indicated = object_of(item, "indicatedPlea")
    allocation = object_of(item, "allocationDecision")
    limit = part(item, "custodyTimeLimit")
    return build(CourtOffence, {
        "offence_id": text(item, "id", "offenceId"),
        "offence_code": lambda: needed(item, "offenceCode", "code", "cjsCode"),
        "sequence": text(item, "offenceSequenceNumber"),
        "order_index": text(item, "orderIndex"),
        "title": text(item, "offenceTitle", "title"),
        "wording": text(item, "wording", "offenceWording"),
        "category": short(text(item, "offenceCategory", "category")),
        "mode_of_trial": short(text(item, "modeOfTrial")),
        "occurred_from": at(item, "startDate"),
        "occurred_to": at(item, "endDate"),
        "arrest_on": at(item, "arrestDate"),
        "charge_on": at(item, "chargeDate"),
        "laid_on": at(item, "laidDate", "dateOfInformation"),
        "plea": plea(text(pleaded, "pleaValue", "value")),
        "plea_on": on(pleaded, "pleaDate", "date"),
        "indicated_plea": plea(text(indicated, "indicatedPleaValue", "value")),
        "allocation": mode_of_trial_reason(text(allocation, "motReasonCode"))
        or plea(text(indicated, "allocationDecision")),
        "allocation_on": on(allocation, "allocationDecisionDate"),
        "verdict": under("verdict", lambda: verdict(object_of(item, "verdict"))),
        "conviction_on": on(item, "convictionDate"),
        "acquittal_on": on(item, "acquittalDate", "aquittalDate"),
        "introduced_later": flag(item, "isIntroduceAfterInitialProceedings"),
        "discontinued": flag(item, "isDiscontinued"),
        "concluded": _concluded(item),
        "custody_time_limit_on": on(limit, "timeLimit") or on(item, "custodyTimeLimit"),
        "custody_time_limit_extended": flag(limit, "isCtlExtended"),
        "victims": lambda: each(
            "victims", enumerate(objects(item, "victims"), start=1),
            lambda one: victim(one[1], f"{text(item, 'id', 'offenceId') or ''}/{one[0]}"),
        ),
        "results": lambda: results(item, "judicialResults", "offence"),
    })


def verdict(item: Json) -> Verdict | None:
    """A verdict; the type of the category is the code, its description is for people (and contradicts it at times)."""
    if not item:
        return None
    kind = part(item, "verdictType")
    return Verdict.model_validate({
        "category": verdict_category(
            text(kind, "categoryType", "category") or text(item, "verdictCategory", "category")
        ),
        "code": text(kind, "verdictCode", "cjsVerdictCode"),
        "on": on(item, "verdictDate"),
        "alternative_offence_code": text(part(item, "lesserOrAlternativeOffence"), "offenceCode"),
    })


def person_of(item: Json, individual: Json) -> Person | None:
    """The person facts of a defendant; None for an organisation or where nothing is said."""
    details = part(individual, "personDetails") or part(individual, "person") or part(item, "person")
    details = details or part(item, "personDetails") or item
    ethnicity = part(details, "ethnicity")
    found = Person.model_validate({
        "name": name(details),
        "aliases": tuple(
            name(alias) for alias in (*parts(item, "aliases"), *parts(individual, "aliases"))
            if name(alias) != PersonName()
        ),
        "date_of_birth": on(details, "dateOfBirth"),
        "sex": sex(text(details, "gender")),
        "ethnicity_self": short(text(ethnicity, "selfDefinedEthnicityCode")),
        "ethnicity_observed": short(text(ethnicity, "observedEthnicityCode")),
        "nationality": short(text(details, "nationalityCode")),
        "address": address(part(details, "address")),
        "pnc": text(item, "pncId") or text(individual, "pncId"),
        "cro": text(item, "croNumber") or text(individual, "croNumber"),
        "nino": text(details, "nationalInsuranceNumber"),
        "driver_number": text(individual, "driverNumber"),
    })
    return None if found == Person() else found


def name(details: Json) -> PersonName:
    """A name; empty parts are absent."""
    return PersonName.model_validate({
        "title": text(details, "title"), "first": text(details, "firstName"),
        "middle": text(details, "middleName"), "last": text(details, "lastName"),
    })


def address(item: Json) -> Address | None:
    """Five lines and a postcode, in either spelling."""
    lines = tuple(line for number in range(1, 6) if (line := text(item, f"address{number}")))
    postcode = text(item, "postcode", "postCode")
    return Address(lines=lines, postcode=postcode) if lines or postcode else None


def organisation(item: Json) -> str | None:
    """The name of a defendant that is no person."""
    entity = object_of(item, "legalEntityDefendant", "corporateDefendant")
    return text(part(entity, "organisation"), "name") or text(entity, "organisationName", "name")


def victim(item: Json, victim_id: str) -> Victim:
    """A victim of an offence before the court."""
    found = person_of(item, {})
    return Victim(victim_id=text(item, "id") or victim_id, sex=found.sex if found else None, person=found)


def _concluded(item: Json) -> bool | None:
    """Proceedings concluded, disposed of, or marked final to the police; any one that says yes is enough."""
    said = [flag(item, "proceedingsConcluded"), flag(item, "isDisposed")]
    final = {"Y": True, "N": False}.get(text(item, "finalDisposal") or "")
    said.append(final)
    return True if True in said else False if False in said else None
