"""Which tellings are of one person: all that a case's records say of suspects, or of a court case's defendants, is put
side by side first, so that a record which knows two identifiers brings together what records with one of them say.

Identifiers count in a fixed order, the most trusted first; then name and birth date, where they can mean only one. Two
who have different identifiers of a better kind are never joined by a lesser one, nor two whom one message names apart.
What comes out does not depend on the order in which records were found.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from processors.cases.ids import canon
from processors.standardise.identifiers.asn import looks_like_asn
from schemas.people import Person

ASN_PLACE = 1
"""Where the ASN stands among the identifiers: after the id of the system that knows the person best."""


class Who(NamedTuple):
    """What one telling says of who is meant. `ids`: the most trusted first, in the form in which they are compared,
    empty where it has none. `message`: tellings with the same one are named apart by one message."""

    ids: tuple[str, ...]
    message: int
    person: Person | None
    organisation: str | None = None


class _Group:
    """Tellings that are of one person, as far as is known."""

    __slots__ = ("ids", "messages", "places", "within")

    def __init__(self, place: int, who: Who) -> None:
        self.places = [place]
        self.ids = [{value} if value else set() for value in who.ids]
        self.messages = {who.message}
        self.within: _Group | None = None

    def add(self, other: "_Group") -> None:
        self.places += other.places
        self.messages |= other.messages
        for own, more in zip(self.ids, other.ids, strict=True):
            own |= more
        other.within = self


def each_person(tellings: Sequence[Who]) -> list[list[int]]:
    """The places in `tellings` of each person's, in the order of their first."""
    best = tellings[0].ids[0] if tellings else ""
    if len(tellings) < 2 or (best and all(who.ids[0] == best for who in tellings)):
        return [list(range(len(tellings)))] if tellings else []
    groups: list[_Group] = []
    own: dict[str, _Group] = {}
    for place, who in enumerate(tellings):
        made = _Group(place, who)
        best = who.ids[0]
        if best and best in own:
            own[best].add(made)
            continue
        if best:
            own[best] = made
        groups.append(made)
    for level in range(1, len(tellings[0].ids)):
        if len(groups) == 1:
            break
        groups = _joined_by_id(groups, level, tellings)
    if len(groups) > 1:
        groups = _joined_by_name(groups, tellings)
    return [sorted(group.places) for group in sorted(groups, key=lambda group: min(group.places))]


def _joined_by_id(groups: list[_Group], level: int, tellings: Sequence[Who]) -> list[_Group]:
    """Join those who share an identifier of a level. Where several have it who cannot be one, the rest goes to whom
    it is called like, else to the first."""
    having: dict[str, list[_Group]] = {}
    for group in groups:
        for value in group.ids[level]:
            having.setdefault(value, []).append(group)
    for value in sorted(value for value, held in having.items() if len(held) > 1):
        weak = level == ASN_PLACE and not looks_like_asn(value)
        kept: list[_Group] = []
        for group in _ranked(having[value], tellings):
            fit = [held for held in kept if _may_be_one(held, group, level)]
            alike = [held for held in fit if not _otherwise(held, group, tellings)]
            if alike or (fit and not weak):
                _best_named(alike or fit, group, tellings).add(group)
            else:
                kept.append(group)
    return [group for group in groups if group.within is None]


def _joined_by_name(groups: list[_Group], tellings: Sequence[Who]) -> list[_Group]:
    """Join those of one name and birth date, where all of them whom it could mean may be one."""
    having: dict[str, list[_Group]] = {}
    for group in groups:
        for name in _names(group, tellings):
            having.setdefault(name, []).append(group)
    for name in sorted(name for name, held in having.items() if len(held) > 1):
        same = _ranked(having[name], tellings)
        while same:
            near = _near(same)
            if len(near) > 1 and all(_may_be_one(*pair, len(pair[0].ids)) for pair in combinations(near, 2)):
                for other in near[1:]:
                    near[0].add(other)
            same = [group for group in same if group not in near]
    return [group for group in groups if group.within is None]


def _near(same: list[_Group]) -> list[_Group]:
    """The first, and whoever may be one with them or with another of these."""
    found = same[:1]
    for group in found:
        found += [other for other in same if other not in found and _may_be_one(group, other, len(other.ids))]
    return found


def _ranked(groups: list[_Group], tellings: Sequence[Who]) -> list[_Group]:
    """Each once: who is known by the best identifier first, then by what they are called; only of those of whom the
    same is told who was told first."""
    found = set()
    for group in groups:
        while group.within is not None:
            group = group.within
        found.add(group)

    def rank(group: _Group) -> tuple[list[tuple[bool, list[str]]], list[str], int]:
        called = sorted(_called(tellings[place]) for place in group.places)
        return [(not held, sorted(held)) for held in group.ids], called, min(group.places)

    return sorted(found, key=rank)


def _called(who: Who) -> str:
    if who.person is None:
        return canon(who.organisation or "")
    name = who.person.name
    return f"{canon(name.last or '')}|{canon(name.first or '')}|{who.person.date_of_birth or ''}"


def _may_be_one(one: _Group, two: _Group, level: int) -> bool:
    """Whether no identifier better than that of a level says that they are two, nor a message that names both."""
    return one.messages.isdisjoint(two.messages) and not any(
        one.ids[better] and two.ids[better] and one.ids[better].isdisjoint(two.ids[better]) for better in range(level)
    )


def _best_named(fit: list[_Group], group: _Group, tellings: Sequence[Who]) -> _Group:
    """Of several who may be meant the one with the same name and birth date, else the first."""
    if len(fit) == 1:
        return fit[0]
    names = _names(group, tellings)
    return next((held for held in fit if names & _names(held, tellings)), fit[0])


def _names(group: _Group, tellings: Sequence[Who]) -> set[str]:
    return {name for place in group.places if (name := name_of(tellings[place]))}


def _otherwise(one: _Group, two: _Group, tellings: Sequence[Who]) -> bool:
    return called_otherwise([tellings[place] for place in one.places], [tellings[place] for place in two.places])


def called_otherwise(one: Sequence[Who], two: Sequence[Who]) -> bool:
    """Whether name or birth date say that these are two: nothing that one side calls them agrees with what the other
    does. What one side does not say decides nothing."""
    told = [
        (left, right) for left in one for right in two
        if (left.person and right.person) or (left.organisation and right.organisation)
    ]
    return bool(told) and not any(_agree(left, right) for left, right in told)


def _agree(one: Who, two: Who) -> bool:
    if one.person is None or two.person is None:
        return canon(one.organisation or "") == canon(two.organisation or "")
    left, right = one.person, two.person
    pairs = (
        (left.name.first, right.name.first), (left.name.last, right.name.last),
        (left.date_of_birth, right.date_of_birth),
    )
    return all(canon(said) == canon(other) for said, other in pairs if said and other)


def name_of(who: Who) -> str:
    """By what a telling can be found without an identifier: name and birth date, or the name of an organisation."""
    return name_key(who.person) or (f"organisation|{canon(who.organisation)}" if who.organisation else "")


def name_key(person: Person | None) -> str:
    """Name and birth date as one text; empty unless both are known."""
    if person is None or not person.date_of_birth or not person.name.last:
        return ""
    return f"{canon(person.name.first or '')}|{canon(person.name.last)}|{person.date_of_birth}"
