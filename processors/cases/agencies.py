"""Records of a case -> how many each agency told of it: what link rates are counted from."""

from collections.abc import Mapping, Sized

from schemas.events import AGENCIES, KINDS
from schemas.rows import AgencyRow

_AGENCY = {kind.name: kind.agency for kind in KINDS.values() if kind.of_cases}


def agency_rows(
    case_id: str, linked: int, force: str, group: str, flags: tuple[str, ...], by_kind: Mapping[str, Sized]
) -> list[AgencyRow]:
    """A row for each agency that has current records in the case. `linked`: whether a record opens the case."""
    records: dict[str, int] = {}
    for kind, told in by_kind.items():
        agency = _AGENCY.get(kind)
        if agency is not None:
            records[agency] = records.get(agency, 0) + len(told)
    agencies = tuple(agency for agency in AGENCIES if agency in records)
    return [AgencyRow(case_id, agency, linked, force, group, records[agency], agencies, flags) for agency in agencies]
