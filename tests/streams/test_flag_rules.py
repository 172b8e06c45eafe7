"""The flag rules of an instance: the same for every worker, and what other rules change is projected again, so that the
tables are as if the rules had always been these. On the real Kafka and engine."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from clickhouse.store import Store
from processors.cases.flags.rule import FlagRuleError, read_rule
from processors.cases.flags.rule_set import BUILT_IN_RULES, RuleSet, with_local
from streams import reproject
from streams.flag_difference import counts, differences
from streams.flag_rules import NONE_KEPT, add, fix_rules, in_force, wished
from tests.pipeline import Pipeline
from tests.streams.stories import publish, story
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

System = Callable[[], None]
BURGLARY = """
flag: burglary
title: Burglary
definition: Any burglary.
source: a test
any_of:
  - ho_subgroups: ["Burglary"]
"""
WITH_BURGLARY = with_local([read_rule("burglary.yaml", BURGLARY)])


@pytest.fixture
def nothing_kept(store: Store) -> Store:
    store.command("TRUNCATE TABLE casestream.flag_rule_sets")
    return store


def test_the_first_rules_hold_for_every_later_worker(nothing_kept: Store, caplog: pytest.LogCaptureFixture) -> None:
    store = nothing_kept
    assert in_force(store) is NONE_KEPT
    first = fix_rules(store, WITH_BURGLARY)
    assert (first.number, first.rules.digest, caplog.text) == (1, WITH_BURGLARY.digest, "")
    assert fix_rules(store, BUILT_IN_RULES).digest == WITH_BURGLARY.digest
    assert "not used" in caplog.text


def test_a_set_that_is_added_is_in_force_and_one_that_is_known_is_not_read_again(nothing_kept: Store) -> None:
    store = nothing_kept
    first = fix_rules(store, BUILT_IN_RULES)
    assert in_force(store, first) is first
    second = add(store, WITH_BURGLARY)
    assert (second.number, second.digest) == (2, WITH_BURGLARY.digest)
    assert in_force(store, first)[:2] == second[:2]
    assert in_force(store, second) is second


def test_of_two_that_take_one_number_at_once_both_go_by_the_same(nothing_kept: Store) -> None:
    for rules in (WITH_BURGLARY, BUILT_IN_RULES):
        nothing_kept.insert(
            "flag_rule_sets",
            {"number": [1], "digest": [rules.digest], "rules": [rules.dumped().decode()]},
        )
    assert in_force(nothing_kept).digest == min(WITH_BURGLARY.digest, BUILT_IN_RULES.digest)


def test_the_rules_of_a_folder_are_the_built_in_ones_and_its_own(tmp_path: Path) -> None:
    (tmp_path / "burglary.yaml").write_text(BURGLARY)
    assert wished(str(tmp_path)).digest == WITH_BURGLARY.digest
    assert wished("") is BUILT_IN_RULES
    with pytest.raises(FlagRuleError, match="is no folder"):
        wished(str(tmp_path / "elsewhere"))
    (tmp_path / "wrong.yaml").write_bytes(b"\xff")
    with pytest.raises(FlagRuleError, match=r"wrong.yaml: \(file\)"):
        wished(str(tmp_path))


def use(store: Store, kafka: str, old: RuleSet, new: RuleSet) -> list[str]:
    """What `casestream flags use` does; the cases that are asked for."""
    add(store, new)
    touched = [one.case_id for one in differences(store, old, new)]
    assert reproject.ask(kafka, touched) == len(touched)
    return touched


@pytest.mark.parametrize("seed", [3, 11])
def test_after_a_change_the_tables_are_as_if_the_rules_had_always_been_these(
    system: System, store: Store, kafka: str, seed: int
) -> None:
    events = story(seed)
    fix_rules(store, WITH_BURGLARY)
    publish(kafka, events)
    Pipeline(store, kafka).run()
    expected = dump(store)
    assert any("burglary" in row for row in map(str, expected["cases"]))
    system()

    fix_rules(store, BUILT_IN_RULES)
    half = random.Random(seed).randrange(60, 180)
    publish(kafka, events[:half])
    pipeline = Pipeline(store, kafka)
    pipeline.run()
    touched = use(store, kafka, BUILT_IN_RULES, WITH_BURGLARY)
    assert touched
    publish(kafka, events[half:])
    pipeline.run()
    found = dump(store)
    for table, rows in expected.items():
        assert found[table] == rows, table


def test_flags_that_other_rules_no_longer_make_are_removed(system: System, store: Store, kafka: str) -> None:
    events = story(5)
    fix_rules(store, BUILT_IN_RULES)
    publish(kafka, events)
    Pipeline(store, kafka).run()
    expected = dump(store)
    system()

    fix_rules(store, WITH_BURGLARY)
    publish(kafka, events)
    pipeline = Pipeline(store, kafka)
    pipeline.run()
    found = list(differences(store, WITH_BURGLARY, BUILT_IN_RULES))
    sql = "SELECT case_id FROM casestream.cases FINAL WHERE has(flags, 'burglary')"
    with_flag = {case_id for (case_id,) in store.query(sql, {})}
    assert {one.case_id for one in found if "burglary" in one.lost} == with_flag != set()
    assert counts(found) == {"burglary": (0, len(with_flag))}
    use(store, kafka, WITH_BURGLARY, BUILT_IN_RULES)
    pipeline.run()
    after = dump(store)
    for table, rows in expected.items():
        assert after[table] == rows, table


def test_rules_that_are_equal_change_nothing(store: Store) -> None:
    assert list(differences(store, BUILT_IN_RULES, RuleSet(BUILT_IN_RULES.rules.values()))) == []
