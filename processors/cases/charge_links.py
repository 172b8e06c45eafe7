"""Which recorded crime a charged offence is about (decisions, section 3)."""

from processors.cases.ids import canon
from processors.cases.investigation import Crime
from processors.cases.judged import Judged


def link_offences(crimes: list[Crime], judged: list[Judged]) -> dict[str, tuple[str, str]]:
    """Tie charged offences to crimes (decisions, section 3): by crime reference, else the same sub-group and the
    suspect's ASN, else at the level of the case. By offence key: the crime's key and how it was found."""
    links: dict[str, tuple[str, str]] = {}
    if not crimes or not judged:
        return links
    by_ref = {crime.ref: crime for crime in crimes}
    loose: list[Judged] = []
    for offence in judged:
        ref = offence.offence.crime_ref
        crime = by_ref.get(canon(ref)) if ref else None
        how = "crime_ref"
        if crime is None:
            asns = offence.defendant.asns
            how = "asn_subgroup"
            crime = next(
                (
                    one for one in crimes
                    if offence.sort.subgroup and one.sort.subgroup == offence.sort.subgroup
                    and any(not suspect.asns.isdisjoint(asns) for suspect in one.suspects)
                ),
                None,
            )
        if crime is None:
            loose.append(offence)
            continue
        crime.judged.append(offence)
        crime.link = crime.link or how
        links[_link_key(offence)] = (crime.key, how)
    if loose:
        unlinked = [crime for crime in crimes if not crime.judged]
        for offence in loose:
            only = crimes[0].key if len(crimes) == 1 else ""
            links[_link_key(offence)] = (only, "case_level")
        for crime in unlinked:
            crime.judged.extend(loose)
            crime.link = "case_level"
    return links


def _link_key(offence: Judged) -> str:
    return offence.defendant.key + offence.offence.key


def crime_of_offence(links: dict[str, tuple[str, str]], offence: Judged) -> tuple[str, str]:
    """The crime's key of a charged offence, and how it was found; both empty where none was."""
    return links.get(_link_key(offence), ("", ""))
