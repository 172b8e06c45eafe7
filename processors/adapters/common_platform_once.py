"""Prosecution cases that a message tells more than once -> each once, and nothing of any telling lost."""

from processors.adapters.common_platform_shape import Json, objects
from processors.adapters.fields import text
from processors.adapters.refuse import UnreadableError


def each_once(cases: list[Json]) -> list[Json]:
    """Cases with one id as one case with the defendants of all tellings, in their order. Raises UnreadableError, rule
    `told-twice`, where two tellings of a case, or of a defendant in it, differ: nothing says which of them counts."""
    found: dict[str, Json] = {}
    unnamed: list[Json] = []
    for case in cases:
        name = text(case, "id", "caseId", "prosecutionCaseId")
        if name is None:
            unnamed.append(case)  # refused by who reads it, by the missing field
        else:
            found[name] = _joined(found[name], case) if name in found else case
    return [*found.values(), *unnamed]


def _joined(case: Json, again: Json) -> Json:
    for field in sorted(case.keys() & again.keys() - {"defendants"}):
        if case[field] != again[field]:
            raise _differs("prosecutionCases." + field, again[field], "a case")
    defendants = objects(case, "defendants")
    known = {text(one, "id", "defendantId"): one for one in defendants}
    for one in objects(again, "defendants"):
        who = text(one, "id", "defendantId")
        if who is None or who not in known:
            defendants.append(one)
        elif one != known[who]:
            raise _differs("prosecutionCases.defendants.id", who, "a defendant")
    return {**again, **case, "defendants": defendants}


def _differs(field: str, value: object, what: str) -> UnreadableError:
    return UnreadableError("told-twice", field, value, f"the message tells twice, and differently, of {what}")
