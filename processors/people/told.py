"""What agencies' records say of people -> person records: each is the sum of what all records say of it now.

A function of the current states alone: whichever came first, the record that says most of a person comes first (of two
that say as much, by content), and the others add what it does not say: names become aliases, further dates of birth and
postcodes are kept beside the first. Of identifiers the first that keeps the rules of its kind counts, so that what
somebody wrote for "none" hides nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import msgspec

from processors.people.cleaning.record import PersonRecord
from processors.people.clustering.decisions import Decision
from processors.people.masters import NO_PAST, Past, current_master, met_in
from processors.standardise.identifiers import canonical_value, kinds
from schemas.people import Address, Person, PersonName
from schemas.person_facts import FACTS_DECODER, MatchFacts, NameFacts, PeopleChange, PersonFacts

Fact = TypeVar("Fact", PersonFacts, MatchFacts)


class Teller(msgspec.Struct, frozen=True, array_like=True, tag="t", gc=False):
    """An agency's record: the person records that it tells of, the decision that it is, and the person record whose
    match by the courts it is."""

    persons: tuple[str, ...] = ()
    decision: Decision | None = None
    matches: str = ""

    def people(self) -> tuple[str, ...]:
        """All person records that it says something of."""
        return (*self.persons, self.matches) if self.matches else self.persons


class Told(msgspec.Struct, frozen=True, array_like=True, tag="p", gc=False):
    """A person record: what each agency's record says of it, and the courts' matches of it, by the records' ids; and
    with whom the courts ever had it together."""

    said: tuple[tuple[str, PersonFacts], ...] = ()
    matches: tuple[tuple[str, MatchFacts], ...] = ()
    past: Past = NO_PAST


TOLD_ENCODER = msgspec.msgpack.Encoder()
TOLD_DECODER: msgspec.msgpack.Decoder[Teller | Told] = msgspec.msgpack.Decoder(Teller | Told)

NO_TELLER, NOT_TOLD = Teller(), Told()


@dataclass(slots=True)
class ToldStep:
    """What one message changes: person records (None: told no more), decisions, and those taken back; the state of what
    changed; and who tells of whom from now on: (person record, agency's record) -> its role, empty for no more."""

    records: dict[str, PersonRecord | None] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    taken_back: list[Decision] = field(default_factory=list)
    states: dict[str, Teller | Told] = field(default_factory=dict)
    sources: dict[tuple[str, str], str] = field(default_factory=dict)


class ToldElsewhere(Protocol):
    """Where tellers and what they told are when they are not at hand."""

    def told(self, ids: Collection[str]) -> Mapping[str, Teller | Told]:
        """Those of some ids that there are."""


class TellingMemory:
    """Tellers and person records at hand."""

    def __init__(self, elsewhere: ToldElsewhere) -> None:
        self._elsewhere = elsewhere
        self._states: dict[str, Teller | Told | None] = {}

    def clear(self) -> None:
        """Forget all."""
        self._states.clear()

    def forget(self, most: int) -> None:
        """Forget what was met longest ago; between chunks only."""
        if len(self._states) > most * 1.2:
            for one in list(self._states)[: len(self._states) - most]:
                del self._states[one]

    def apply(self, changes: Iterable[PeopleChange]) -> ToldStep:
        """Take in one message."""
        told = tuple((one, FACTS_DECODER.decode(one.facts) if one.facts else None) for one in changes)
        facts = {one.record_id: found for one, found in told if not one.past}
        together = [met for _one, found in told if found is not None for met in met_in(found)]
        self._bring(facts)
        said = {record_id: {one.person_record_id: one for one in found.persons} if found is not None else {}
                for record_id, found in facts.items()}  # fmt: skip
        matched = {record_id: found.match for record_id, found in facts.items() if found is not None and found.match}
        self._bring({person for persons in said.values() for person in persons}
                    | {person for record_id in said for person in self._teller(record_id).people()}
                    | {match.person_record_id for match in matched.values()}
                    | {person for person, _past in together})  # fmt: skip
        step = ToldStep()
        touched: dict[str, None] = {}
        for record_id, persons in said.items():
            found = facts[record_id]
            decision = None
            if found is not None and (one := found.decision) is not None:
                decision = Decision(one.time_us, record_id, one.kind, one.first, one.second)
            before = self._teller(record_id)
            if before.decision != decision:
                step.taken_back += [before.decision] if before.decision is not None else []
                step.decisions += [decision] if decision is not None else []
            for person in dict.fromkeys((*before.persons, *persons)):
                touched[person] = None
                self._say(step, person, record_id, persons.get(person))
            match = matched.get(record_id)
            of = match.person_record_id if match is not None else ""
            for person in {before.matches, of} - {""}:
                touched[person] = None
                self._match(step, person, record_id, match if person == of else None)
            self._put(step, record_id, Teller(tuple(persons), decision, of))
        for person, met in together:
            before_of = self._told(person)
            past = before_of.past.with_(met)
            if past != before_of.past:
                touched[person] = None
                self._put(step, person, Told(before_of.said, before_of.matches, past))
        step.records = {person: summed(self._told(person)) for person in touched}
        return step

    def _bring(self, ids: Iterable[str]) -> None:
        wanted = [one for one in ids if one not in self._states]
        if wanted:
            self._states.update(dict.fromkeys(wanted))
            self._states.update(self._elsewhere.told(wanted))

    def _teller(self, record_id: str) -> Teller:
        state = self._states[record_id]
        return state if isinstance(state, Teller) else NO_TELLER

    def _told(self, person: str) -> Told:
        state = self._states[person]
        return state if isinstance(state, Told) else NOT_TOLD

    def _say(self, step: ToldStep, person: str, record_id: str, facts: PersonFacts | None) -> None:
        before = self._told(person)
        step.sources[person, record_id] = facts.role if facts is not None else ""
        self._put(step, person, Told(_with(before.said, record_id, facts), before.matches, before.past))

    def _match(self, step: ToldStep, person: str, record_id: str, match: MatchFacts | None) -> None:
        before = self._told(person)
        self._put(step, person, Told(before.said, _with(before.matches, record_id, match), before.past))

    def _put(self, step: ToldStep, one: str, state: Teller | Told) -> None:
        self._states.pop(one, None)
        self._states[one] = step.states[one] = state


def _with(told: tuple[tuple[str, Fact], ...], record_id: str, now: Fact | None) -> tuple[tuple[str, Fact], ...]:
    """What is told, with what one record tells now; None for nothing any more."""
    kept = [item for item in told if item[0] != record_id]
    if now is not None:
        kept.append((record_id, now))
    return tuple(sorted(kept, key=lambda item: item[0]))


def summed(told: Told) -> PersonRecord | None:
    """A person record of all that is said of it; None when nothing is. A match by itself makes nobody: it waits."""
    all_said = sorted((one for _by, one in told.said), key=_place)
    if not all_said:
        return None
    first = all_said[0]
    names = list(dict.fromkeys(name for one in all_said for name in one.names))
    own_births = [one.date_of_birth for one in all_said if one.date_of_birth]
    births = list(dict.fromkeys([*own_births, *(day for one in all_said for day in one.other_births)]))
    postcodes = list(dict.fromkeys(one.postcode for one in all_said if one.postcode))
    mastered = current_master(all_said, told.matches, told.past)
    return PersonRecord(
        first.person_record_id,
        first.role,
        Person(
            name=_name(names[0]) if names else PersonName(),
            aliases=tuple(_name(name) for name in names[1:]),
            date_of_birth=births[0] if births else None,
            address=Address(postcode=postcodes[0]) if postcodes else None,
            pnc=_first(kinds.PNC, [one.pnc for one in all_said]),
            cro=_first(kinds.CRO, [one.cro for one in all_said]),
        ),
        master_defendant_id=mastered.master,
        prison_number=_first(kinds.PRISON_NUMBER, [one.prison_number for one in all_said]),
        crn=_first(kinds.CRN, [one.crn for one in all_said]),
        sentence_dates=tuple(sorted({day for one in all_said for day in one.sentence_dates})),
        youth=any(one.youth for one in all_said),
        other_births=tuple(births[1:]),
        other_postcodes=tuple(postcodes[1:]),
        court_name=mastered.court_name,
        master_decision=mastered.decision,
    )


def _place(one: PersonFacts) -> tuple[object, ...]:
    """Who says most comes first; of those who say as much, the least by what they say, field by field."""
    told = (one.date_of_birth, one.postcode, one.pnc, one.cro, one.master_defendant_id, one.prison_number, one.crn)
    names = [part or "" for name in one.names for part in name]
    return -sum(value is not None for value in told), names, [value or "" for value in told], one.other_births


def _first(kind: str, values: Sequence[str | None]) -> str | None:
    """The first identifier that is one; else the first that was told, for those who look at the record."""
    known = (value for value in values if canonical_value(kind, value) is not None)
    return next(known, None) or next((value for value in values if value), None)


def _name(told: NameFacts) -> PersonName:
    return PersonName(first=told.first, middle=told.middle, last=told.last)
