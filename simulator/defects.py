"""What goes wrong between a clean history and what arrives: identifiers, arrival, repeats, deletions.

The truth stays as it is: a record whose identifier is lost still belongs to its case."""

from typing import Any, NamedTuple

from simulator.days import DAY, HOUR
from simulator.dice import Dice
from simulator.plan import Defects
from simulator.rates import SPREADS
from simulator.telling import Data, Told


class Delivery(NamedTuple):
    """A state on its way: when it arrives (seconds since 1970 UTC), and its place in the chapter, which names it: a
    repeat has that of its original, a state that is added one of its own."""

    arrival: int
    name: str
    told: Told


_OPTIONAL: dict[str, tuple[str, ...]] = {
    "police.incident": ("crime_refs",), "police.suspect": ("asn",), "police.arrest": ("asn", "crime_refs"),
    "police.victim_service": ("urn", "crime_ref"), "cps.consultation": ("asn", "urn", "cps_case_id"),
    "cps.decision": ("asn", "urn", "cps_case_id"), "cps.file_review": ("asn", "urn", "cps_case_id"),
    "cps.defendant_outcome": ("asn", "urn", "cps_case_id"), "court.case": ("urn", "asn"),
    "court.hearing": ("urn", "asn"), "court.resulted_case": ("urn", "court_case_id"),
    "court.remand": ("defendant_id", "court_case_id"), "court.warrant": ("defendant_id", "court_case_id"),
    "hmpps.custody_movement": ("court_case_id",), "hmpps.recall": ("court_case_id",),
    "hmpps.supervision": ("urn", "asn"),
}  # fmt: skip
"""Identifiers that a record may lose, by kind."""

_TYPED: dict[str, tuple[str, ...]] = {
    **_OPTIONAL, "police.suspect": ("asn", "crime_refs"), "police.crime_outcome": ("crime_ref",),
    "police.victim_support": ("crime_ref",),
}
"""Identifiers that somebody may type wrongly, by kind."""

WRONGABLE = frozenset(_TYPED)
LOSABLE = frozenset(_OPTIONAL)
_KEPT = 400


def identifiers(data: Any, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    """The identifiers of these fields in a state, wherever they stand: (field, value), each once."""
    found: dict[tuple[str, str], None] = {}
    todo = [data]
    for one in todo:
        if isinstance(one, dict):
            for name, value in one.items():
                if isinstance(value, str):
                    if name in fields:
                        found[name, value] = None
                elif isinstance(value, list | dict):
                    if name in fields:
                        found.update({(name, item): None for item in value})
                    else:
                        todo.append(value)
        elif isinstance(one, list):
            todo.extend(item for item in one if isinstance(item, list | dict))
    return list(found)


def replaced(data: Any, field: str, value: str, by: str | None) -> Any:
    """The state with one identifier replaced, or left out."""
    if isinstance(data, dict):
        made = {}
        for name, item in data.items():
            if name == field and item == value:
                if by is not None:
                    made[name] = by
            elif name == field and isinstance(item, list):
                made[name] = [by if one == value else one for one in item if by is not None or one != value]
            else:
                made[name] = replaced(item, field, value, by) if isinstance(item, dict | list) else item
        return made
    return [replaced(one, field, value, by) if isinstance(one, dict | list) else one for one in data]


def mistyped(value: str, dice: Dice) -> str:
    """One character of an identifier changed."""
    places = [index for index, letter in enumerate(value) if letter.isalnum()]
    index = dice.pick(places)
    letters = "0123456789" if value[index].isdigit() else "ABCDEFGHJKLMNPQRTUVWXY" if value[index].isupper() \
        else "abcdef"
    other = dice.pick([letter for letter in letters if letter != value[index]])
    return value[:index] + other + value[index + 1 :]


class Spoiler:
    """Spoils one chapter after the other; of those before it remembers some identifiers, to confuse cases with."""

    def __init__(self, defects: Defects, end: int) -> None:
        self.defects = defects
        self._end = end
        self._others: dict[str, list[str]] = {}

    def deliver(self, told: list[Told], dice: Dice) -> tuple[list[Delivery], set[tuple[str, str]]]:
        """The states of a chapter as they arrive, in no order, and the records (kind, subject) that are deleted."""
        by_record: dict[tuple[str, str], list[tuple[str, Told]]] = {}
        for index, one in enumerate(told):
            by_record.setdefault((one.kind, one.subject), []).append((str(index), one))
        deliveries: list[Delivery] = []
        deleted: set[tuple[str, str]] = set()
        for record, states in by_record.items():
            states.sort(key=lambda state: state[1].time)
            arriving = [Delivery(one.time, name, one) for name, one in self._identifiers(states, dice)]
            deliveries += self._arrivals(arriving, dice)
            if dice.chance(self.defects.deletions) and (end := self._deletion(states, dice)) is not None:
                deleted.add(record)
                deliveries.append(end)
                if dice.chance(0.3):  # an earlier state comes only after the deletion
                    held = deliveries[-2]
                    deliveries[-2] = held._replace(arrival=end.arrival + dice.whole(1, 72) * HOUR)
        self._remember(told, dice)
        return deliveries, deleted

    def _identifiers(self, states: list[tuple[str, Told]], dice: Dice) -> list[tuple[str, Told]]:
        """Identifiers lost, mistyped, or first wrong and then put right."""
        kind = states[0][1].kind
        if kind in LOSABLE and dice.chance(self.defects.missing_identifiers):
            states = self._changed(states, _OPTIONAL[kind], dice, lose=True)
        if kind in WRONGABLE and dice.chance(self.defects.mistyped_identifiers):
            states = self._changed(states, _TYPED[kind], dice, lose=False)
        if kind in WRONGABLE and dice.chance(self.defects.corrections):
            states = self._corrected(states, dice)
        return states

    def _changed(
        self, states: list[tuple[str, Told]], fields: tuple[str, ...], dice: Dice, *, lose: bool
    ) -> list[tuple[str, Told]]:
        found = identifiers(states[-1][1].data, fields)
        if not found:
            return states
        field, value = dice.pick(found)
        by = None if lose else mistyped(value, dice)
        return [(name, one._replace(data=replaced(one.data, field, value, by))) for name, one in states]

    def _corrected(self, states: list[tuple[str, Told]], dice: Dice) -> list[tuple[str, Told]]:
        name, first = states[0]
        found = identifiers(first.data, _TYPED[first.kind])
        if not found:
            return states
        field, value = dice.pick(found)
        others = self._others.get(field)
        by = dice.pick(others) if others and dice.chance(0.5) else mistyped(value, dice)
        wrong = first._replace(data=replaced(first.data, field, value, by))
        if len(states) > 1:
            return [(name, wrong), *states[1:]]
        later = first.time + dice.whole(1, 240) * HOUR
        if later >= self._end:
            return states
        version = None if first.version is None else first.version + 1
        return [(name, wrong), (f"{name}c", first._replace(time=later, version=version))]

    def _arrivals(self, states: list[Delivery], dice: Dice) -> list[Delivery]:
        defects = self.defects
        for index in range(len(states) - 1):
            if dice.chance(defects.out_of_order):
                one, other = states[index], states[index + 1]
                if one.arrival < other.arrival:
                    states[index] = one._replace(arrival=other.arrival)
                    states[index + 1] = other._replace(arrival=one.arrival)
        made: list[Delivery] = []
        for one in states:
            if dice.chance(defects.late):
                one = one._replace(arrival=one.arrival + max(60, dice.spell(SPREADS["lateness of an event"])))
            made.append(one)
            if dice.chance(defects.duplicates):
                made.append(one._replace(arrival=one.arrival + dice.whole(1, 7 * DAY)))
        return made

    def _deletion(self, states: list[tuple[str, Told]], dice: Dice) -> Delivery | None:
        name, last = states[-1]
        when = last.time + dice.whole(1, 60 * 24) * HOUR
        if when >= self._end:
            return None
        version = None if last.version is None else last.version + 2
        return Delivery(when, f"{name}d", last._replace(time=when, data=None, version=version))

    def _remember(self, told: list[Told], dice: Dice) -> None:
        if not self.defects.corrections or not dice.chance(0.2):
            return
        fields = ("asn", "urn", "crime_ref", "crime_refs", "court_case_id", "cps_case_id")
        for one in told[:3]:
            data: Data = one.data or {}
            for field, value in identifiers(data, fields)[:3]:
                held = self._others.setdefault(field, [])
                if len(held) < _KEPT:
                    held.append(value)
                else:
                    held[dice.whole(0, _KEPT - 1)] = value
