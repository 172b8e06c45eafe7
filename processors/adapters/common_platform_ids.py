"""Every id in a Common Platform message, wherever it stands: the messages that change one thing name their cases,
hearings and defendants in a dozen shapes, but under few keys."""

from processors.adapters.common_platform_shape import Json, unique

_CASES = {"caseId", "prosecutionCaseId", "caseIds", "prosecutionCaseIds"}
_URNS = {"urn", "caseUrn", "caseURN", "caseUrns", "urns"}
_HEARINGS = {"hearingId", "hearingIds", "hearingIdToBeUpdated"}
_DEFENDANTS = {"defendantId", "defendantIds"}
_OFFENCES = {"offenceId", "offenceIds"}
_APPLICATIONS = {"applicationId", "applicationIds"}
_OWN_ID = {
    "prosecutionCase": "case", "prosecutionCases": "case", "confirmedHearing": "hearing", "updatedHearing": "hearing",
    "hearing": "hearing", "hearings": "hearing", "defendant": "defendant", "defendants": "defendant",
    "offences": "offence", "courtApplication": "application", "courtApplications": "application",
}
"""Objects whose `id` is that of the thing they are named after; in `cases` and lists of ids a text is the id itself."""

_KINDS = {
    **dict.fromkeys(_CASES, "case"), **dict.fromkeys(_URNS, "urn"), **dict.fromkeys(_HEARINGS, "hearing"),
    **dict.fromkeys(_DEFENDANTS, "defendant"), **dict.fromkeys(_OFFENCES, "offence"),
    **dict.fromkeys(_APPLICATIONS, "application"),
}
_SKIP = {"seedingHearing", "linkedToCases"}  # other hearings and cases than the message is about
_LIMIT = 200  # ids in a patch; a court list is no patch of all its cases


def ids_in(payload: Json) -> dict[str, object]:
    """The id fields of a court.patch. One id of a kind says what the patch is about; several stand in their lists,
    where they join nothing."""
    found: dict[str, list[str | None]] = {
        kind: [] for kind in ("case", "urn", "hearing", "defendant", "offence", "application")
    }
    stack: list[tuple[str, object]] = [("", payload)]
    while stack:
        under, value = stack.pop()
        if isinstance(value, list):
            stack.extend((under, item) for item in reversed(value))
        elif isinstance(value, dict):
            kind = _OWN_ID.get(under)
            own = value.get("id")
            if kind and isinstance(own, str):
                found[kind].append(own)
            stack.extend((name, item) for name, item in reversed(value.items()) if name not in _SKIP)
        elif isinstance(value, str) and value.strip():
            kind = _KINDS.get(under) or ("case" if under in ("cases", "prosecutionCases") else None)
            if kind:
                found[kind].append(value.strip())
    only = {kind: unique(values)[:_LIMIT] for kind, values in found.items()}
    return {
        "urns": only["urn"],
        "court_case_ids": only["case"],
        "hearing_ids": only["hearing"],
        "hearing_id": _one(only["hearing"]),
        "defendant_id": _one(only["defendant"]),
        "offence_id": _one(only["offence"]),
        "application_id": _one(only["application"]),
    }


def _one(values: tuple[str, ...]) -> str | None:
    return values[0] if len(values) == 1 else None
