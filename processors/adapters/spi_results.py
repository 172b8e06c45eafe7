"""SPI from court to police: `ResultedCaseMessage` -> court.resulted_case, one a defendant of a case.

The courts send a message for each case and defendant, so the record is the defendant's results of one case at one
court on one day: results of a co-defendant, in the same message or the next, are another record, also where the
prosecutor gives everyone the same reference.
"""

from collections.abc import Iterator

from processors.adapters.base import content_digest
from processors.adapters.common_platform_codes import days_of, mode_of_trial_reason, spi_finding, spi_plea, spi_remand
from processors.adapters.common_platform_shape import made
from processors.adapters.refuse import UnreadableError, build, each
from processors.adapters.spi_case import SOURCE, organisation, person
from processors.adapters.spi_defendants import Named, names_of
from processors.adapters.spi_values import day_in, demanded, point, sequence_number
from processors.adapters.xml import Element, child, children, local, value
from schemas.court import CaseIds, CourtDefendant, CourtOffence, NextHearing, Result, ResultedCase, Verdict
from schemas.events import CourtResultedCaseEvent

_PRESENT = {"Y": "in_person", "N": "not_present", "A": "by_representative"}
_FINAL = {"Y": True, "N": False}


def resulted_cases(message: Element, time: str | None) -> Iterator[CourtResultedCaseEvent]:
    """The resulted cases of all sessions of a message. Plea, finding and status codes are in the courts' vocabulary
    of this project."""
    found: dict[str, ResultedCase] = {}
    sessions: list[Element | None] = [*children(message, "Session")]
    for session in sessions or [None]:
        _add(session, found)
    for subject, data in found.items():
        yield made(CourtResultedCaseEvent, local(message), SOURCE, subject, data, time)


def _add(session: Element | None, found: dict[str, ResultedCase]) -> None:
    """The results of a session, to those found so far. A defendant of a case who is told twice, in one element or in
    several, is one with the offences of all tellings."""
    court = child(session, "CourtHearing")
    hearing = child(court, "Hearing")
    demanded(hearing, 40, "DateOfHearing")
    on_day = day_in(hearing, "DateOfHearing")
    where = value(hearing, "CourtHearingLocation")
    cases = list(children(session, "Case"))
    if not cases:
        raise UnreadableError("missing-field", "Case", None, "a resulted session has at least one case")
    for case in cases:
        urn = demanded(case, 40, "PTIURN")
        told = list(children(case, "Defendant"))
        if not told:
            raise UnreadableError("missing-field", "Defendant", None, "a case has at least one defendant")
        subjects = [f"{urn}/{on_day}/{where or ''}/{called}" for called in names_of(each("Defendant", told, _named))]
        defendants = each("Defendant", zip(told, subjects, strict=True), lambda one: _defendant(*one))
        for subject, defendant in zip(subjects, defendants, strict=True):
            if held := found.get(subject):
                (known,) = held.defendants
                more = tuple(offence for offence in defendant.offences if offence not in known.offences)
                defendant = known.model_copy(update={"offences": (*known.offences, *more)})
            found[subject] = ResultedCase.model_validate({
                "resulted_case_id": subject,
                "ids": CaseIds(urn=urn),
                "route": "spi",
                "court_ou": where,
                "psa_code": value(court, "PSAcode"),
                "hearing_day": on_day,
                "defendants": (defendant,),
            })


def _named(item: Element) -> Named:
    individual = child(item, "CourtIndividualDefendant")
    return Named(
        demanded(item, 40, "ProsecutorReference"), person(individual) if individual is not None else None,
        organisation(child(item, "CourtCorporateDefendant")),
    )


def _defendant(item: Element, known_as: str) -> CourtDefendant:
    reference, someone, company = _named(item)
    individual = child(item, "CourtIndividualDefendant")
    either = individual if individual is not None else child(item, "CourtCorporateDefendant")
    present = value(either, "PresentAtHearing")
    return CourtDefendant.model_validate({
        "asn": reference,
        "person": someone,
        "organisation": company,
        "bail_status": spi_remand(value(either, "BailStatus")),
        "attendance": _PRESENT.get(present or "", present),
        "offences": each(
            "Offence", enumerate(children(item, "Offence"), start=1),
            lambda one: _offence(one[1], f"{known_as}/{one[0]}"),
        ),
    })


def _offence(item: Element, known_as: str) -> CourtOffence:
    base = child(item, "BaseOffenceDetails")
    timing = child(base, "OffenceTiming")
    finding = spi_finding(value(item, "Finding"))
    return build(CourtOffence, {
        "offence_code": lambda: demanded(base, 40, "OffenceCode"),
        "sequence": lambda: sequence_number(base),
        "wording": value(base, "OffenceWording"),
        "mode_of_trial": mode_of_trial_reason(value(item, "ModeOfTrial")),
        "occurred_from": lambda: point(child(timing, "OffenceStart"), "OffenceDateStartDate", "OffenceStartTime"),
        "occurred_to": lambda: point(child(timing, "OffenceEnd"), "OffenceEndDate", "OffenceEndTime"),
        "arrest_on": day_in(base, "ArrestDate"),
        "charge_on": day_in(base, "ChargeDate"),
        "laid_on": day_in(item, "InitiatedDate"),
        "plea": spi_plea(value(item, "Plea")),
        "verdict": Verdict(category=finding, code=value(item, "Finding")) if finding else None,
        "conviction_on": day_in(item, "ConvictionDate"),
        "concluded": _FINAL.get(value(item, "FinalDisposalIndicator") or ""),
        "results": lambda: each(
            "Result", enumerate(children(item, "Result"), start=1), lambda one: _result(one[1], f"{known_as}/{one[0]}")
        ),
    })


def _result(item: Element, known_as: str) -> Result:
    """A result has no number in SPI: its place in the message and what it is stand for it."""
    code = value(item, "ResultCode")
    duration = child(item, "Outcome", "Duration")
    unit = value(duration, "DurationUnit")
    following = child(item, "NextHearing")
    details = child(following, "NextHearingDetails")
    return Result.model_validate({
        "result_id": content_digest(known_as, code or ""),
        "cjs_code": code.zfill(4) if code else None,
        "text": value(item, "ResultText"),
        "level": "offence",
        "custody_status": spi_remand(value(following, "BailStatusOffence")),
        "duration_days": days_of(value(duration, "DurationValue"), unit),
        "indeterminate": True if unit == "L" else None,
        "amount_pounds": value(item, "Outcome", "ResultAmountSterling"),
        "next_hearing": NextHearing.model_validate({
            "court_ou": value(details, "CourtHearingLocation"),
            "listed_for": point(details, "DateOfHearing", "TimeOfHearing"),
        }) if details is not None else None,
    })
