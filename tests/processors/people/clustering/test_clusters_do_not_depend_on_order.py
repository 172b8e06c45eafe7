"""The same facts give the same clusters, whatever order they came in and in how many steps; and they are those of the
plain implementation, which looks at everything at once."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations_with_replacement
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.people.blocking import BlockingRules
from processors.people.cleaning import Counts, PersonRecord, Snapshot, clean
from processors.people.clustering import Cluster, Decision, Limits, People
from processors.people.model import read_settings
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from schemas.people import Address, Person, PersonName
from tests.processors.people import reference
from tests.processors.people.clustering import plain
from tests.processors.people.clustering.world import AGAINST, FRACTURE, JOIN, NO_MATCH, PRIOR, Table

RECORDS = [f"r{letter}" for letter in "ABCDEFGH"]
LABELS = ["AA", "BB", "CC", "DD", "EE"]
WEIGHTS = [JOIN, JOIN + 3, JOIN + 7, JOIN, FRACTURE, NO_MATCH, AGAINST]
LIMITS = Limits(cluster_size=4, key_records=3)
RULES = [("l.last_name_std = r.last_name_std", ()), ("l.name_1_std = r.last_name_std", ())]
KINDS = ["include", "exclude", "merge", "unmerge"]
GROUPS = {"defendant": "accused", "offender": "accused", "victim": "others"}

facts = st.builds(
    plain.Fact, st.sampled_from(LABELS), st.sampled_from(["SAME", "SAME", "OTHER", "LABELAA"]),
    st.sampled_from(["defendant", "defendant", "offender", "victim"]),
    st.sampled_from([None, None, None, "X000001", "X000002"]),
)  # fmt: skip
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(RECORDS), facts | st.none()),
        st.tuples(st.sampled_from(KINDS), st.sampled_from(RECORDS), st.sampled_from(RECORDS)),
    ),
    max_size=25,
)
tables = st.fixed_dictionaries({pair: st.sampled_from(WEIGHTS) for pair in combinations_with_replacement(LABELS, 2)})


def _record(record_id: str, fact: plain.Fact) -> PersonRecord:
    person = Person(name=PersonName(first=f"label{fact.label}", last=fact.last))
    return PersonRecord(record_id, fact.group, person, crn=fact.number)  # type: ignore[arg-type]


def _seen(found: tuple[Cluster, ...]) -> plain.Found:
    return {(one.records, one.merged, bool(one.attention)) for one in found}


@settings(max_examples=400, deadline=None)
@given(told=steps, table=tables, shuffled=st.randoms(use_true_random=False))
def test_any_history_ends_as_one_run_over_what_remains(
    told: list[tuple[str, ...]],
    table: Mapping[tuple[str, str], float],
    shuffled: Random,
) -> None:
    scoring = Table(table)
    live = People(scoring, BlockingRules(RULES), LIMITS)
    shown: dict[str, Cluster] = {}
    remaining: dict[str, plain.Fact] = {}
    decisions: list[Decision] = []
    for at, step in enumerate(told):
        if len(step) == 3:
            decisions.append(Decision(at, f"d{at}", *step))  # type: ignore[arg-type]
            change = live.apply({}, [decisions[-1]])
        else:
            record_id, fact = step
            remaining.pop(record_id, None)
            if fact is not None:
                remaining[record_id] = fact  # type: ignore[assignment]
            change = live.apply({record_id: None if fact is None else _record(record_id, fact)})  # type: ignore[arg-type]
        for gone in change.gone:
            del shown[gone]
        shown.update((cluster.person_id, cluster) for cluster in change.clusters)

    assert tuple(shown[person_id] for person_id in sorted(shown)) == live.clusters

    batch = People(scoring, BlockingRules(RULES), LIMITS)
    batch.apply({record_id: _record(record_id, fact) for record_id, fact in remaining.items()}, decisions)
    assert live.clusters == batch.clusters

    again = People(scoring, BlockingRules(RULES), LIMITS)
    mixed: list[str | Decision] = [*remaining, *decisions]
    shuffled.shuffle(mixed)
    for one in mixed:
        if isinstance(one, Decision):
            again.apply({}, [one])
        else:
            again.apply({one: _record(one, remaining[one])})
    assert again.clusters == batch.clusters

    expected = plain.clusters(
        {record_id: replace(fact, group=GROUPS[fact.group]) for record_id, fact in remaining.items()},
        [plain.Ruling(one.time_us, one.kind, one.first, one.second) for one in decisions],
        scoring.weight,
        plain.Numbers(LIMITS.join, LIMITS.fracture, PRIOR, LIMITS.cluster_size, LIMITS.key_records),
    )
    assert _seen(batch.clusters) == expected


def _person(rng: Random, record_id: str) -> PersonRecord:
    """One of few people, told with gaps and slips."""
    who = Random(f"person {rng.randrange(6)}")
    first, last = who.choice(("Alba", "Zeb", "Una")), who.choice(("Merewick", "Harrowgate"))
    born, postcode = f"19{who.randrange(60, 99)}-0{who.randrange(1, 9)}-11", who.choice(("AB1 2CD", "XY1 9YZ"))
    pnc = who.choice(("79/163001B", "81/34U", "02/73319Z"))
    name = PersonName(first=rng.choice((first, first, first[:-1])), last=rng.choice((last, last, last.upper())))
    return PersonRecord(
        record_id,
        rng.choice(("defendant", "suspect", "offender")),
        Person(
            name=name,
            date_of_birth=rng.choice((born, born, None)),
            address=rng.choice((Address(postcode=postcode), None)),
            pnc=rng.choice((pnc, pnc, None)),
        ),
        sentence_dates=rng.choice(((), ("2020-05-06",))),
    )


@reference.needs_model
def test_the_same_with_the_ministrys_model_and_a_snapshot() -> None:
    model = read_settings(reference.settings())
    rules = BlockingRules.of(model)
    rng = Random("orders")
    counts = Counts(model.frequency_columns)
    for number in range(60):
        counts.add(clean(_person(rng, f"r{number}")))
    sixty = counts.snapshot("sixty")  # among many others, or the few names would be the commonest there are
    nation = Snapshot("nation", sixty.counts, {column: total * 10_000 for column, total in sixty.totals.items()})
    scoring = PairScorer(model, nation)
    sizes: set[int] = set()
    for _ in range(12):
        ids = [f"r{number:02d}" for number in range(25)]
        final = {record_id: _person(rng, record_id) for record_id in ids}
        decisions = [
            Decision(at, f"d{at}", rng.choice(("include", "exclude", "merge", "unmerge")), *rng.sample(ids, 2))
            for at in range(4)
        ]
        expected: tuple[Cluster, ...] | None = None
        for _ in range(3):
            people: People[ReadyRecord] = People(scoring, rules)
            steps: list[str | Decision] = [*ids, *ids, *decisions]
            rng.shuffle(steps)
            for at, step in enumerate(steps):
                if isinstance(step, Decision):
                    people.apply({}, [step])
                elif step in steps[at + 1 :]:  # an earlier state
                    people.apply({step: _person(rng, step)})
                else:
                    people.apply({step: final[step]})
            assert expected is None or people.clusters == expected
            expected = people.clusters
            sizes.update(len(cluster.records) for cluster in people.clusters)
        batch: People[ReadyRecord] = People(scoring, rules)
        batch.apply(final, decisions)
        assert batch.clusters == expected
    assert max(sizes) > 3
