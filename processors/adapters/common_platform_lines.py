"""The older form of a resulted hearing: `{hearing: {defendants: [{person, cases: [{offences}]}], sharedResultLines}}`,
where results are lines that name their case, defendant and offence."""

from processors.adapters.base import content_digest
from processors.adapters.common_platform_codes import bail_status, days_in, pounds
from processors.adapters.common_platform_people import offence, person_of
from processors.adapters.common_platform_results import deleted
from processors.adapters.common_platform_shape import Json, at, objects
from processors.adapters.documents import canonical
from processors.adapters.fields import on, text
from processors.adapters.refuse import UnreadableError
from schemas.court import CaseIds, CourtDefendant, HearingCase, Result


def old_cases(told: Json) -> list[HearingCase]:
    """The cases of the hearing with the result lines on their offences and defendants. A line of a case or defendant
    that the hearing does not describe makes them known by their ids alone."""
    cases: dict[str, CaseIds] = {}
    defendants: dict[tuple[str, str], CourtDefendant] = {}
    for person in objects(told, "defendants"):
        for case in objects(person, "cases"):
            ids = CaseIds.model_validate({"court_case_id": text(case, "id"), "urn": text(case, "urn", "caseUrn")})
            name = ids.court_case_id or ids.urn
            if name is None:
                raise UnreadableError("missing-field", "cases.id", None, "a case without an id or URN")
            cases.setdefault(name, ids)
            who = text(person, "id") or ""
            one_told = CourtDefendant.model_validate({
                "defendant_id": who or None,
                "person": person_of(person, {}),
                "bail_status": bail_status(text(case, "bailStatus")),
                "custody_time_limit_on": on(case, "custodyTimeLimitDate"),
                "offences": tuple(offence(one) for one in objects(case, "offences")),
            })
            if defendants.setdefault((name, who), one_told) != one_told:
                reason = "the message tells twice, and differently, of a defendant in a case"
                raise UnreadableError("told-twice", "defendants.id", who, reason)
    for line in objects(told, "sharedResultLines"):
        if not deleted(line):
            _add(line, cases, defendants)
    return [
        HearingCase(ids=ids, defendants=tuple(one for (of, _), one in defendants.items() if of == name))
        for name, ids in cases.items()
    ]


def _add(line: Json, cases: dict[str, CaseIds], defendants: dict[tuple[str, str], CourtDefendant]) -> None:
    who = text(line, "defendantId") or ""
    case = text(line, "caseId") or next((of for of, one in defendants if one == who), None)
    if case is None:
        raise UnreadableError("missing-field", "sharedResultLines.caseId", None, "a result of no case")
    cases.setdefault(case, CaseIds(court_case_id=case))
    known = defendants.get((case, who)) or CourtDefendant(defendant_id=who or None)
    told = _line(line)
    offence_id = text(line, "offenceId")
    offences = tuple(
        one.model_copy(update={"results": (*one.results, told)}) if one.offence_id == offence_id else one
        for one in known.offences
    )
    if offence_id and offences != known.offences:
        defendants[case, who] = known.model_copy(update={"offences": offences})
    else:
        defendants[case, who] = known.model_copy(update={"results": (*known.results, told)})


def _line(line: Json) -> Result:
    level = (text(line, "level") or "").upper()
    values = [text(prompt, "value") for prompt in objects(line, "prompts")]
    return Result.model_validate({
        "result_id": text(line, "id") or content_digest(canonical(line)),
        "type_id": text(line, "resultDefinitionId"),
        "cjs_code": text(line, "cjsCode"),
        "label": text(line, "label"),
        "level": "offence" if level == "OFFENCE" else "case" if level == "CASE" else "defendant",
        "ordered_on": on(line, "orderedDate"),
        "duration_days": next((days for value in values if (days := days_in(value)) is not None), None),
        "amount_pounds": next((money for value in values if (money := pounds(value)) is not None), None),
        "amended_at": at(line, "amendmentDate"),
    })
