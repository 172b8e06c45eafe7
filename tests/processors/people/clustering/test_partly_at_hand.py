"""With only what a step comes to at hand, and the rest looked up, clusters are those of one who has everything."""

from collections.abc import Collection, Mapping
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.people.blocking import BlockingRules, KeyRole
from processors.people.cleaning.record import PersonRecord
from processors.people.clustering import Change, Cluster, Decision, Entry, People
from processors.people.clustering.entries import Why
from tests.processors.people.clustering import plain
from tests.processors.people.clustering.test_clusters_do_not_depend_on_order import (
    LIMITS,
    RULES,
    _record,
    steps,
    tables,
)
from tests.processors.people.clustering.world import Table
from tests.processors.people.in_memory import people_of
from tests.processors.people.in_memory import steps as told_in_steps
from tests.streams.match_stories import match_story


class Kept:
    """What is kept elsewhere, and what was asked of it."""

    def __init__(self) -> None:
        self.stored: dict[str, Entry] = {}
        self.keys: dict[str, set[tuple[str, KeyRole]]] = {}
        self.asked: set[str] = set()

    def take(self, change: Change) -> None:
        """Keep what a step changed."""
        self.stored.update(change.entries)
        for (key, role, record_id), carried in change.keys.items():
            carriers = self.keys.setdefault(key, set())
            if carried:
                carriers.add((record_id, role))
            else:
                carriers.remove((record_id, role))  # only what was carried can be dropped

    def entries(self, record_ids: Collection[str]) -> Mapping[str, Entry]:
        self.asked.update(record_ids)
        return {record_id: self.stored[record_id] for record_id in record_ids if record_id in self.stored}

    def carriers(self, keys: Collection[str]) -> Mapping[str, set[tuple[str, KeyRole]]]:
        return {key: set(self.keys[key]) for key in keys if key in self.keys}


class Both:
    """The same steps taken by one who has all at hand, and by one who now and then forgets what is kept elsewhere."""

    def __init__(self, whole: People[Any], partly: People[Any], kept: Kept, pick: Random) -> None:
        self.whole, self._partly, self._kept, self._pick = whole, partly, kept, pick
        self._shown: dict[str, Cluster] = {}

    def apply(
        self, records: Mapping[str, PersonRecord | None], made: Collection[Decision], taken_back: Collection[Decision]
    ) -> None:
        """Take a step."""
        self.whole.apply(records, made, taken_back)
        if self._pick.random() < 0.5:
            self._partly.prefetch(records)
        change = self._partly.apply(records, made, taken_back)
        self._kept.take(change)
        for gone in change.gone:
            del self._shown[gone]
        self._shown.update((cluster.person_id, cluster) for cluster in change.clusters)
        if self._pick.random() < 0.6:
            self._partly.forget_all()
        else:
            self._partly.forget(self._pick.randrange(6), self._pick.randrange(4))

    def check(self) -> None:
        """Both have the same clusters, and each record says what its cluster does."""
        assert tuple(self._shown[one] for one in sorted(self._shown)) == self.whole.clusters
        _members_say_the_same(self._shown, self._kept.stored)


@settings(max_examples=300, deadline=None)
@given(told=steps, table=tables, pick=st.randoms(use_true_random=False))
def test_what_is_looked_up_is_enough(
    told: list[tuple[str, ...]], table: Mapping[tuple[str, str], float], pick: Random
) -> None:
    scoring, rules, kept = Table(table), BlockingRules(RULES), Kept()
    both = Both(People(scoring, rules, LIMITS), People(scoring, rules, LIMITS, kept), kept, pick)
    decisions: dict[tuple[str, ...], Decision] = {}
    for at, step in enumerate(told):
        records: dict[str, plain.Fact | None] = {}
        made, back = [], []
        if len(step) == 2:
            records[step[0]] = step[1]  # type: ignore[assignment]
        elif step[1:] in decisions and pick.random() < 0.4:
            back = [decisions.pop(step[1:])]
        elif step[1] != step[2]:
            back = [decisions[step[1:]]] if step[1:] in decisions else []
            made = [Decision(at, "-".join(step[1:]), *step)]  # type: ignore[arg-type]
            decisions[step[1:]] = made[0]
        states = {one: None if fact is None else _record(one, fact) for one, fact in records.items()}
        both.apply(states, made, back)
    both.check()
    again = People(scoring, rules, LIMITS)
    final = {one: entry.record for one, entry in kept.stored.items() if entry.record is not None}
    again.apply(final, decisions.values())
    assert again.clusters == both.whole.clusters


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1_000_000), pick=st.randoms(use_true_random=False))
def test_what_the_courts_match_is_looked_up_too(seed: int, pick: Random) -> None:
    """Also who is of a master that a defendant is matched with, and the other way round."""
    events = match_story(seed)
    pick.shuffle(events)
    kept = Kept()
    both = Both(people_of(), people_of(kept), kept, pick)
    for step in told_in_steps(events, pick):
        both.apply(step.records, step.decisions, step.taken_back)
    both.check()


def _members_say_the_same(shown: Mapping[str, Cluster], stored: Mapping[str, Entry]) -> None:
    """Each record knows its cluster, and the joins that are told lead from each record to the one that names it."""
    placed = {one: person for person, cluster in shown.items() for one in (*cluster.records, *cluster.merged)}
    assert {one: entry.person_id for one, entry in stored.items() if entry.person_id} == placed
    for person, cluster in shown.items():
        for one in cluster.records:
            seen = set()
            while (why := stored[one].why) != Why():
                assert one not in seen
                seen.add(one)
                one = why.with_record
            assert "p" + one[1:] == person


def test_records_that_share_no_key_are_never_looked_up() -> None:
    kept = Kept()
    people = People(Table({}), BlockingRules(RULES), LIMITS, kept)
    for number in range(40):
        record_id = f"r{number:02}"
        kept.take(people.apply({record_id: _record(record_id, plain.Fact("AA", f"NAME{number // 2}", "defendant"))}))
    people.forget_all()
    kept.asked.clear()
    change = people.apply({"r00": _record("r00", plain.Fact("BB", "NAME0", "defendant"))})
    assert kept.asked <= {"r00", "r01"}
    assert [cluster.records for cluster in change.clusters] == [("r00",), ("r01",)]
