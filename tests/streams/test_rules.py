"""Rules of link hold for an instance, not for a worker. On the real engine."""

import pytest

from clickhouse.store import Store
from streams.people_model import UnknownModelError, begun_with, scorer_of
from streams.rules import fixed_rule

pytestmark = pytest.mark.integration


def test_the_first_value_holds_for_every_later_worker(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    assert fixed_rule(store, "a-limit", 500) == 500
    assert not caplog.records
    assert fixed_rule(store, "a-limit", 20) == 500
    assert "20 is not used" in caplog.text


def test_of_two_that_begin_at_once_both_take_the_least(store: Store) -> None:
    store.insert("link_rules", {"name": ["both", "both"], "value": [700, 300]})
    assert [fixed_rule(store, "both", wanted) for wanted in (700, 300)] == [300, 300]


def test_the_model_of_an_instance_is_the_one_that_it_began_with(store: Store) -> None:
    store.command("DELETE FROM casestream.link_rules WHERE name = 'people_model'")
    first = begun_with(store)
    assert (first.number, first.model, scorer_of(store, first).snapshot.name) == (0, "standard-1", "none")
    assert begun_with(store) == first
    store.command("DELETE FROM casestream.link_rules WHERE name = 'people_model'")
    store.insert("link_rules", {"name": ["people_model"], "value": [99]})
    with pytest.raises(UnknownModelError, match="99"):
        begun_with(store)
    store.command("DELETE FROM casestream.link_rules WHERE name = 'people_model'")
