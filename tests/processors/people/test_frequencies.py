"""Counts follow the records, snapshots do not; a score reads a snapshot."""

from random import Random

import pytest

from processors.people.cleaning import Counts, Snapshot, clean, with_frequencies
from processors.people.cleaning.clean import CleanPerson
from processors.people.cleaning.frequencies import NO_FREQUENCIES, POSTCODES_IN_USE
from processors.people.model import read_settings
from processors.people.scoring.pairs import PairScorer
from schemas.people import Address
from tests.processors.people import reference
from tests.processors.people.test_cleaning import record

COLUMNS = ("name_1_std", "last_name_std")


def person(first: str, last: str, postcode: str | None = None) -> CleanPerson:
    return clean(record(first, None, last, address=Address(postcode=postcode)))


def test_frequencies_are_shares_of_the_records_with_a_value() -> None:
    counts = Counts(COLUMNS)
    for one in (person("Alba", "Mere"), person("Alba", "Combe"), person("a", "Mere"), person("Zeb", "Mere")):
        counts.add(one)
    snapshot = counts.snapshot("first")
    assert snapshot.frequency("name_1_std", "ALBA") == 2 / 3  # one has no first name
    assert snapshot.frequency("last_name_std", "MERE") == 3 / 4
    assert snapshot.frequency("last_name_std", "WATH") is None
    assert snapshot.frequency("last_name_std", None) is None


def test_a_snapshot_does_not_move() -> None:
    counts = Counts(COLUMNS)
    counts.add(person("Alba", "Mere"))
    snapshot = counts.snapshot("first")
    counts.add(person("Zeb", "Mere"))
    assert snapshot.frequency("name_1_std", "ALBA") == 1.0
    with pytest.raises(TypeError):
        snapshot.counts["name_1_std"]["ALBA"] = 5  # type: ignore[index]


def test_counts_are_those_of_the_records_that_remain_in_any_order() -> None:
    people = [person(first, last, "AB1 2CD") for first in ("Alba", "Zeb", "Una") for last in ("Mere", "Combe")]
    rng = Random("counts")
    counts, held = Counts(COLUMNS), []
    for _ in range(300):
        if held and rng.random() < 0.5:
            counts.remove(held.pop(rng.randrange(len(held))))
        else:
            held.append(rng.choice(people))
            counts.add(held[-1])
    batch = Counts(COLUMNS)
    for one in held:
        batch.add(one)
    assert counts.snapshot("same") == batch.snapshot("same")


def test_removing_what_was_not_counted_is_an_error() -> None:
    with pytest.raises(ValueError, match="name_1_std"):
        Counts(COLUMNS).remove(person("Alba", "Mere"))


def test_a_postcode_that_a_snapshot_has_not_seen_is_rare() -> None:
    """The live linkage of the Ministry counts it as everybody's until its next refresh (its cold start)."""
    assert NO_FREQUENCIES.postcode_frequency("AB12CD") == 1 / POSTCODES_IN_USE
    crowded = Snapshot("hostel", {"postcode_arr": {"AB12CD": 90_000}}, {"postcode_arr": 3_000_000})
    assert crowded.postcode_frequency("AB12CD") == pytest.approx(0.02, rel=1e-4)
    assert crowded.postcode_frequency("ZE39ZZ") == 1 / 4_500_000


def test_a_record_carries_its_values_frequencies() -> None:
    snapshot = Snapshot("one", {"name_1_std": {"ALBA": 1}}, {"name_1_std": 4})
    made = with_frequencies(person("Alba", "Mere", "AB1 2CD"), COLUMNS, snapshot)
    assert (made["tf_name_1_std"], made["tf_last_name_std"]) == (0.25, None)
    assert made["postcode_arr_with_freq"] == [{"value": "AB12CD", "rel_freq": 1 / POSTCODES_IN_USE}]


@reference.needs_model
def test_a_score_is_a_function_of_records_model_and_snapshot() -> None:
    model = read_settings(reference.settings())
    rare = Snapshot("rare", {"first_and_last_name_std": {"ALBA MERE": 1}}, {"first_and_last_name_std": 10**7})
    common = Snapshot("common", {"first_and_last_name_std": {"ALBA MERE": 1}}, {"first_and_last_name_std": 10**4})

    def weight(snapshot: Snapshot) -> float:
        scorer = PairScorer(model, snapshot)
        one, other = (scorer.prepare(name, person("Alba", "Mere")) for name in ("r1", "r2"))
        assert scorer.weight(one, other) == scorer.weight(other, one) == scorer.explain(one, other).match_weight
        return scorer.weight(one, other)

    assert weight(rare) - weight(common) == pytest.approx(9.9657842846, abs=1e-9)  # log2 of 1,000
