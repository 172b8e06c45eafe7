"""Results that the court gave on a person rather than in a case (`defendantJudicialResults`), and where they belong."""

from typing import NamedTuple

from processors.adapters.common_platform_results import deleted, result
from processors.adapters.common_platform_shape import Json, object_of, objects
from processors.adapters.fields import text
from processors.adapters.refuse import UnreadableError
from schemas.court import Application, CourtDefendant, HearingCase, Result


class PersonResult(NamedTuple):
    """A result, whom it is on (master defendant id) and the offence that it names, if any."""

    who: str
    offence_id: str | None
    result: Result


class _Place(NamedTuple):
    case: int
    defendant: int


def person_results(hearing: Json) -> list[PersonResult]:
    """The hearing's results on persons that were not deleted."""
    found = []
    for item in objects(hearing, "defendantJudicialResults"):
        given = object_of(item, "judicialResult") or item
        if not deleted(given):
            who = text(item, "masterDefendantId", "defendantId") or ""
            found.append(PersonResult(who, text(given, "offenceId"), result(given, "defendant")))
    return found


def place(given: list[PersonResult], cases: list[HearingCase], applications: list[Application]) -> None:
    """Puts each result, once, on that person's defendant: the one with the offence that it names, else the first; else
    on the application that the person is the subject of. Where the hearing knows nobody by that id: on the one
    defendant whose person's id it does not tell, else on a defendant known by the id alone in the first case, else on
    the first application. Raises UnreadableError, rule `result-on-nobody`, where there is neither."""
    for one in given:
        everyone = [
            (_Place(case, number), item)
            for case, told in enumerate(cases)
            for number, item in enumerate(told.defendants)
        ]
        theirs = [at for at, item in everyone if one.who and one.who in (item.master_defendant_id, item.defendant_id)]
        asked = [
            number for number, item in enumerate(applications)
            if one.who and one.who in (item.subject_master_defendant_id, item.subject_defendant_id)
        ]
        nameless = [at for at, item in everyone if item.master_defendant_id is None]
        if theirs:
            _on_defendant(cases, _with_offence(theirs, cases, one.offence_id), one.result)
        elif asked:
            _on_application(applications, asked[0], one.result)
        elif len(nameless) == 1:
            _on_defendant(cases, nameless[0], one.result)
        elif cases:
            stranger = CourtDefendant(master_defendant_id=one.who or None, results=(one.result,))
            cases[0] = cases[0].model_copy(update={"defendants": (*cases[0].defendants, stranger)})
        elif applications:
            _on_application(applications, 0, one.result)
        else:
            raise UnreadableError("result-on-nobody", "defendantJudicialResults", one.who, "no case and no application")


def _with_offence(places: list[_Place], cases: list[HearingCase], offence_id: str | None) -> _Place:
    for at in places:
        if offence_id in {item.offence_id for item in cases[at.case].defendants[at.defendant].offences}:
            return at
    return places[0]


def _on_defendant(cases: list[HearingCase], at: _Place, one: Result) -> None:
    defendants = list(cases[at.case].defendants)
    known = defendants[at.defendant]
    defendants[at.defendant] = known.model_copy(update={"results": (*known.results, one)})
    cases[at.case] = cases[at.case].model_copy(update={"defendants": tuple(defendants)})


def _on_application(applications: list[Application], number: int, one: Result) -> None:
    known = applications[number]
    applications[number] = known.model_copy(update={"results": (*known.results, one)})
