"""A judicial result of Common Platform, on an offence, a defendant, a case or an application."""

from datetime import date

from processors.adapters.base import content_digest
from processors.adapters.common_platform_codes import days_in, days_of, jurisdiction, pounds
from processors.adapters.common_platform_shape import Json, at, object_of, objects
from processors.adapters.documents import canonical
from processors.adapters.fields import flag, on, part, text
from processors.adapters.refuse import each
from schemas.court import NextHearing, Result

_LEVELS = {"O": "offence", "D": "defendant", "C": "case", "A": "application"}
"""The message's letter for a level. Older messages write it out (`DEFENDANT_CASE`); those keep the place's level."""

_CATEGORIES = {"FINAL": "final", "INTERMEDIARY": "intermediary", "ANCILLARY": "ancillary"}
_CUSTODIAL = ("totalCustodialPeriod", "imprisonmentPeriod", "periodofConditionalDischarge", "disqualificationPeriod")
_NO_DURATION = {"HEST"}  # the length of the next hearing


def results(holder: Json, name: str, place: str) -> tuple[Result, ...]:
    """The results of a list, without those that the court deleted. A child keeps its parent's id: one order."""
    kept = [item for item in objects(holder, name) if not deleted(item)]
    return each(name, kept, lambda item: result(item, place))


def deleted(item: Json) -> bool:
    """Deleted after it was shared; it counts no more."""
    return flag(item, "isDeleted") is True or flag(item, "deleted") is True


def result(item: Json, place: str) -> Result:
    """One result. `place` (offence, defendant, case, application) is its level where the message gives none."""
    level = _LEVELS.get((text(item, "level") or "").upper(), place)
    prompts = objects(item, "judicialResultPrompts", "prompts")
    duration = object_of(item, "durationElement")
    life = _life(item, duration, prompts)
    return Result.model_validate({
        "result_id": text(item, "judicialResultId", "id") or content_digest(canonical(item)),
        "type_id": text(item, "judicialResultTypeId"),
        "parent_id": text(item, "parentJudicialResultId"),
        "offence_id": None if place == "offence" else text(item, "offenceId"),
        "cjs_code": text(item, "cjsCode"),
        "label": text(item, "label"),
        "text": text(item, "resultText"),
        "category": _CATEGORIES.get((text(item, "category") or "").upper()),
        "level": "application" if place == "application" else level,
        "ordered_on": on(item, "orderedDate"),
        "convicted": flag(item, "isConvictedResult"),
        "adjournment": flag(item, "isAdjournmentResult"),
        "financial": flag(item, "isFinancialResult"),
        "terminates": flag(item, "terminatesOffenceProceedings"),
        "custody_status": text(item, "postHearingCustodyStatus"),
        "duration_days": None if life else _days(duration, prompts, on(item, "orderedDate")),
        "indeterminate": life,
        "amount_pounds": _amount(prompts),
        "next_hearing": next_hearing(object_of(item, "nextHearing")),
        "amended_at": at(item, "amendmentDate"),
    })


def next_hearing(item: Json) -> NextHearing | None:
    """Where the case goes next; None where the result does not say."""
    if not item:
        return None
    court = part(item, "courtCentre")
    return NextHearing.model_validate({
        "court_ou": text(court, "code", "courtHearingLocation"),
        "court_name": text(court, "name"),
        "hearing_type": text(part(item, "type"), "description"),
        "listed_for": at(item, "listedStartDateTime"),
        "week_commencing": on(item, "weekCommencingDate"),
        "hearing_id": text(item, "existingHearingId"),
        "jurisdiction": jurisdiction(text(item, "jurisdictionType")),
    })


def _life(item: Json, duration: Json, prompts: list[Json]) -> bool | None:
    """Two names for one flag, the unit L, or a prompt that says so."""
    if text(duration, "primaryDurationUnit") == "L":
        return True
    for prompt in prompts:
        if text(prompt, "promptReference") == "totalCustodialPeriodIsLife" and prompt.get("value") in ("true", True):
            return True
    flags = [flag(item, "lifeDuration"), flag(item, "isLifeDuration")]
    return True if True in flags else False if False in flags else None


def _days(duration: Json, prompts: list[Json], ordered: str | None) -> float | None:
    """The primary duration; the secondary one is how long a sentence is suspended. Else the prompt that is marked as
    the duration, else the one prompt that is a period, else the time until the order's end."""
    days = days_of(duration.get("primaryDurationValue"), duration.get("primaryDurationUnit"))
    if days is not None:
        return days
    periods: dict[str, float] = {}
    for number, prompt in enumerate(prompts):
        name = text(prompt, "promptReference") or f"{text(prompt, 'label')} {number}"
        period = days_in(text(prompt, "value"))
        if period is not None and name not in _NO_DURATION:
            if text(prompt, "durationSequence") == "1":
                return period
            periods[name] = period
    for name in _CUSTODIAL:
        if name in periods:
            return periods[name]
    if len(set(periods.values())) == 1:
        return next(iter(periods.values()))
    return None if periods else _until(on(duration, "durationStartDate") or ordered, on(duration, "durationEndDate"))


def _until(start: str | None, end: str | None) -> float | None:
    try:
        days = (date.fromisoformat(end or "") - date.fromisoformat(start or "")).days
    except ValueError:
        return None
    return float(days) if days > 0 else None


def _amount(prompts: list[Json]) -> float | None:
    """What is to be paid: the sum of the impositions. Instalments and balances are prompts too, but not marked."""
    marked = [prompt for prompt in prompts if flag(prompt, "isFinancialImposition")]
    amounts = [amount for prompt in marked if (amount := pounds(text(prompt, "value"))) is not None]
    if not amounts and not any("isFinancialImposition" in prompt for prompt in prompts):
        amounts = [amount for prompt in prompts if (amount := pounds(text(prompt, "value"))) is not None][:1]
    return round(sum(amounts), 2) if amounts else None
