"""The master defendant of a defendant: the courts' name for all the defendants who are one person.

The courts' snapshots tell it, and a match or unmatch changes it. What was told last counts, by the time of the events:

    a snapshot     the master is what it tells; a likelihood weighs that, as it does a name
    a match        the master is the one named; that the defendants of a master are one person is decided then
    an unmatch     the master that is undone does not count, and the defendant is not one person with those of it,
                   until a later match or snapshot tells it again

An unmatch that names nobody, as HMCTS send it, undoes all that was told by then, though no record may tell it any more:
so of the past it is kept whom the courts ever had a defendant together with.

A defendant of whom no master is told is their own: HMCTS calls a person after their first defendant.
Source: hmcts/cpp-context-progression, DefendantMatchingEventProcessor: an unmatch names the defendant and the case, no
master, and the defendant is told with its own id as master from then on.
"""

from collections.abc import Collection, Iterator, Sequence, Set
from typing import NamedTuple

import msgspec

from processors.people.cleaning.record import MasterDecision
from processors.standardise.identifiers import canonical_value, kinds
from schemas.flow import NO_TIME
from schemas.person_facts import MatchFacts, PeopleFacts, PersonFacts


def master(raw: str | None) -> str | None:
    """A master's id, or a defendant's as one, in canonical form; None for one that names nothing."""
    return canonical_value(kinds.MASTER_DEFENDANT_ID, raw)


class Past(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """With whom the courts ever had a defendant together: masters, and the records of other defendants, each with when
    it was told first (microseconds since 1970 UTC). Of all states that were ever accepted, whichever came first."""

    masters: tuple[tuple[str, int], ...] = ()
    others: tuple[tuple[str, int], ...] = ()

    def with_(self, met: "Past") -> "Past":
        """Both."""
        return Past(_earliest(self.masters + met.masters), _earliest(self.others + met.others))


NO_PAST = Past()


def _earliest(told: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    first: dict[str, int] = {}
    for name, time_us in told:
        first[name] = min(time_us, first.get(name, time_us))
    return tuple(sorted(first.items()))


def met_in(facts: PeopleFacts) -> Iterator[tuple[str, Past]]:
    """With whom the courts have defendants together, as one state of a record tells it: person records, each with its
    master, or with another defendant."""
    for one in facts.persons:
        if one.master_told_us is not None and (named := master(one.master_defendant_id)) is not None:
            yield one.person_record_id, Past(((named, one.master_told_us),))
    match = facts.match
    if match is not None and match.matched:
        named = master(match.master_defendant_id)
        masters = ((named, match.time_us),) if named is not None else ()
        others = ((facts.decision.second, match.time_us),) if facts.decision is not None else ()
        yield match.person_record_id, Past(masters, others)


class Mastered(NamedTuple):
    """A defendant's master; the name by which the courts' matches find the defendant, which is the master or else the
    defendant's own id; and what the courts decided about it that still stands."""

    master: str | None
    court_name: str | None
    decision: MasterDecision | None


def current_master(said: Sequence[PersonFacts], matches: Sequence[tuple[str, MatchFacts]], past: Past) -> Mastered:
    """The master of a defendant now. `matches`: the current matches of the defendant with the ids of their records.
    Facts of a version that told no time of a master give no court name: no keys were kept for them."""
    told = [
        (NO_TIME if one.master_told_us is None else one.master_told_us, named)
        for one in said
        if (named := master(one.master_defendant_id)) is not None
    ]
    own = {named for one in said if (named := master(one.defendant_id)) is not None}
    now, decision = _decided(told, own, matches, past) if matches else (_last(told), None)
    if decision is None and not own and all(one.master_told_us is None for one in said):
        return Mastered(now, None, None)
    return Mastered(now, now or min(own, default=None), decision)


def _last(told: Collection[tuple[int, str]]) -> str | None:
    return max(told)[1] if told else None


def _decided(
    told: Collection[tuple[int, str]], own: Set[str], matches: Sequence[tuple[str, MatchFacts]], past: Past
) -> tuple[str | None, MasterDecision | None]:
    record_id, match = max(matches, key=lambda item: (item[1].time_us, item[0]))
    named = master(match.master_defendant_id)
    later = _last([one for one in told if one[0] > match.time_us])
    if match.matched:
        if named is None:
            return _last(told), None
        if later is not None and later != named:
            return later, None
        return named, MasterDecision(record_id, match.time_us, True, (named,))
    undone = {named} if named is not None else set()
    others: tuple[str, ...] = ()
    if named is None and not match.others:  # from all whom they were with by then, and those called after the defendant
        undone = {*own, *(one for one, time_us in past.masters if time_us <= match.time_us)}
        others = tuple(one for one, time_us in past.others if time_us <= match.time_us)
    now = _last([one for one in told if one[0] > match.time_us or one[1] not in undone])
    if later is not None and later not in own:  # the own id says that they are alone, not that they are matched again
        undone.discard(later)
    if not undone and not others:
        return now, None
    return now, MasterDecision(record_id, match.time_us, False, tuple(sorted(undone)), others)
