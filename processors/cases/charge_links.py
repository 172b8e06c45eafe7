"""Which recorded crime a charged offence is about (decisions, section 3).

A charge is tied to a crime by its reference, else to a crime of the same Home Office sub-group whose suspect has the
defendant's ASN. Of several such crimes a defendant's charges take one each: those of an offence day first take the
crimes of that day, the others take the crimes that have no charge of theirs yet, in the order of days and references;
charges that are left over are of the first. Where there is one crime it has them all.
"""

from collections.abc import Iterable

from processors.cases.court_model import day_of
from processors.cases.ids import canon
from processors.cases.investigation import Crime
from processors.cases.judged import Judged
from processors.cases.who_is_who import sequence_of

_UNKNOWN = 1 << 40


def link_offences(crimes: list[Crime], judged: list[Judged]) -> dict[str, tuple[str, str]]:
    """Tie charged offences to crimes: by crime reference, else sub-group and ASN, else at the level of the case. By
    offence key: the crime's key and how it was found."""
    links: dict[str, tuple[str, str]] = {}
    if not crimes or not judged:
        return links
    by_ref = {crime.ref: crime for crime in crimes}
    named = {
        _link_key(offence): crime
        for offence in judged if (ref := offence.offence.crime_ref) and (crime := by_ref.get(canon(ref))) is not None
    }
    shared = _by_subgroup(crimes, judged, named) if len(named) < len(judged) else {}
    loose: list[Judged] = []
    for offence in judged:
        key = _link_key(offence)
        crime = named.get(key) or shared.get(key)
        if crime is None:
            loose.append(offence)
            continue
        how = "crime_ref" if key in named else "asn_subgroup"
        crime.judged.append(offence)
        crime.link = crime.link or how
        links[key] = (crime.key, how)
    if loose:
        unlinked = [crime for crime in crimes if not crime.judged]
        for offence in loose:
            only = crimes[0].key if len(crimes) == 1 else ""
            links[_link_key(offence)] = (only, "case_level")
        for crime in unlinked:
            crime.judged.extend(loose)
            crime.link = "case_level"
    return links


def _by_subgroup(crimes: list[Crime], judged: list[Judged], named: dict[str, Crime]) -> dict[str, Crime]:
    """The crimes of the charges that no reference ties, by offence key."""
    asked: dict[tuple[int, str], list[Judged]] = {}
    for offence in judged:
        if offence.sort.subgroup and _link_key(offence) not in named:
            asked.setdefault((id(offence.defendant), offence.sort.subgroup), []).append(offence)
    found: dict[str, Crime] = {}
    for (_, subgroup), charges in asked.items():
        defendant = charges[0].defendant
        possible = [
            crime for crime in crimes
            if crime.sort.subgroup == subgroup
            and any(not suspect.asns.isdisjoint(defendant.asns) for suspect in crime.suspects)
        ]
        if len(possible) == 1:
            found.update((_link_key(charge), possible[0]) for charge in charges)
        elif possible:
            theirs = (_link_key(one) for one in judged if one.defendant is defendant)
            taken = {named[key].key for key in theirs if key in named}
            found.update(_one_each(charges, possible, taken))
    return found


def _one_each(charges: list[Judged], possible: list[Crime], taken: set[str]) -> dict[str, Crime]:
    """Which of several crimes each of a defendant's charges is about. `taken`: crimes that have a charge of theirs."""
    possible = sorted(possible, key=lambda crime: (_crime_day(crime), crime.ref))
    waiting = sorted(charges, key=lambda one: (_day(one), sequence_of(one.offence) or 0, one.offence.key))
    found: dict[str, Crime] = {}

    def take(some: list[Judged], crimes: Iterable[Crime]) -> None:
        same = list(crimes)
        free = [crime for crime in same if crime.key not in taken]
        for place, charge in enumerate(some):
            crime = free[place] if place < len(free) else same[0]
            found[_link_key(charge)] = crime
            taken.add(crime.key)

    told = {day for crime in possible if (day := day_of(crime.data.occurred_from)) is not None}
    for day in sorted(told.intersection(map(_day, waiting))):
        take(
            [charge for charge in waiting if _day(charge) == day],
            (crime for crime in possible if day_of(crime.data.occurred_from) == day),
        )
    take([charge for charge in waiting if _link_key(charge) not in found], possible)
    return found


def _day(charge: Judged) -> int:
    day = day_of(charge.occurred_from)
    return _UNKNOWN if day is None else day


def _crime_day(crime: Crime) -> int:
    day = day_of(crime.data.occurred_from or crime.data.recorded_at)
    return _UNKNOWN if day is None else day


def _link_key(offence: Judged) -> str:
    return offence.defendant.key + offence.offence.key


def crime_of_offence(links: dict[str, tuple[str, str]], offence: Judged) -> tuple[str, str]:
    """The crime's key of a charged offence, and how it was found; both empty where none was."""
    return links.get(_link_key(offence), ("", ""))
