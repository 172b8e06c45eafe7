"""With only what a step comes to at hand, and the rest looked up, clusters are those of one who has everything."""

from collections.abc import Collection, Mapping
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.people.blocking import BlockingRules, KeyRole
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


@settings(max_examples=300, deadline=None)
@given(told=steps, table=tables, pick=st.randoms(use_true_random=False))
def test_what_is_looked_up_is_enough(
    told: list[tuple[str, ...]], table: Mapping[tuple[str, str], float], pick: Random
) -> None:
    scoring, rules = Table(table), BlockingRules(RULES)
    whole = People(scoring, rules, LIMITS)
    kept = Kept()
    partly = People(scoring, rules, LIMITS, kept)
    shown: dict[str, Cluster] = {}
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
        whole.apply(states, made, back)
        if pick.random() < 0.5:
            partly.prefetch(states)
        change = partly.apply(states, made, back)
        kept.take(change)
        for gone in change.gone:
            del shown[gone]
        shown.update((cluster.person_id, cluster) for cluster in change.clusters)
        if pick.random() < 0.6:
            partly.forget_all()
        else:
            partly.forget(pick.randrange(6), pick.randrange(4))
    assert tuple(shown[one] for one in sorted(shown)) == whole.clusters
    again = People(scoring, rules, LIMITS)
    final = {one: entry.record for one, entry in kept.stored.items() if entry.record is not None}
    again.apply(final, decisions.values())
    assert again.clusters == whole.clusters
    _members_say_the_same(shown, kept.stored)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1_000_000), pick=st.randoms(use_true_random=False))
def test_what_the_courts_match_is_looked_up_too(seed: int, pick: Random) -> None:
    """Also who is of a master that a defendant is matched with, and the other way round."""
    events = match_story(seed)
    pick.shuffle(events)
    kept = Kept()
    whole, partly = people_of(), people_of(kept)
    shown: dict[str, Cluster] = {}
    for step in told_in_steps(events, pick):
        whole.apply(step.records, step.decisions, step.taken_back)
        if pick.random() < 0.5:
            partly.prefetch(step.records)
        change = partly.apply(step.records, step.decisions, step.taken_back)
        kept.take(change)
        for gone in change.gone:
            del shown[gone]
        shown.update((cluster.person_id, cluster) for cluster in change.clusters)
        if pick.random() < 0.6:
            partly.forget_all()
        else:
            partly.forget(pick.randrange(6), pick.randrange(4))
    assert tuple(shown[one] for one in sorted(shown)) == whole.clusters
    _members_say_the_same(shown, kept.stored)


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
