"""A court's sitting day as the records in it."""

from collections.abc import Iterable

from processors.standardise.contract_faults import ContractFault
from processors.standardise.keys import libra_number
from schemas import court


def told_twice(data: court.Hearing) -> ContractFault | None:
    """The first case or application that a hearing tells twice, and differently: only one telling can be kept, and
    nothing says which counts. None where there is none."""
    cases = ((_name(case), case) for case in data.cases)
    applications = ((one.application_id, one) for one in data.applications)
    return _differs("cases", cases) or _differs("applications", applications)


def _differs(field: str, told: Iterable[tuple[str, object]]) -> ContractFault | None:
    first: dict[str, object] = {}
    for place, (name, one) in enumerate(told):
        if first.setdefault(name, one) != one:
            reason = "is told twice, and differently: a hearing tells each case and application once"
            return ContractFault("told-twice", f"data.{field}.{place}", name, reason)
    return None


def hearing_parts(data: court.Hearing) -> list[tuple[str, court.Hearing]]:
    """A sitting day as the records in it: one a case, with the applications that concern it, and one an application
    of no case in the hearing. A case that is told twice is one; see `told_twice`."""
    parts: dict[str, court.Hearing] = {}
    ours: dict[str, str] = {}
    for case in data.cases:
        name = _name(case)
        if name in parts:
            continue
        for called in (case.ids.court_case_id, case.ids.urn):
            if called is not None:
                ours[called] = name
        parts[name] = data.model_copy(update={"cases": (case,), "applications": ()})
    for application in {one.application_id: one for one in data.applications}.values():
        names = {ours[called] for called in (*application.court_case_ids, *application.urns) if called in ours}
        if not names:
            parts[f"application:{application.application_id}"] = data.model_copy(
                update={"cases": (), "applications": (application,)}
            )
        for name in names:
            part = parts[name]
            parts[name] = part.model_copy(update={"applications": (*part.applications, application)})
    return list(parts.items())


def _name(case: court.HearingCase) -> str:
    """What a case is called in its hearing; nothing for one without any identifier."""
    ids = case.ids
    return ids.court_case_id or ids.urn or ids.prosecutor_reference or libra_number(ids) or ""
