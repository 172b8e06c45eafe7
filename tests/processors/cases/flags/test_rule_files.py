"""A rule file: what it may say, and what its author is told when it says something else."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from processors.cases.flags.rule import FlagRuleError, read_rule
from processors.cases.flags.rule_set import BUILT_IN_RULES, NO_FACTS, RuleSet, with_local

GOOD: dict[str, Any] = {
    "flag": "dogs", "title": "Dangerous dogs", "definition": "Out of control.", "source": "Dangerous Dogs Act 1991",
    "any_of": [{"offence_codes": ["DD91*"]}],
}  # fmt: skip


def read(told: object, file: str = "dogs.yaml") -> Any:
    return read_rule(file, told if isinstance(told, str) else yaml.safe_dump(told))


def test_a_rule_needs_no_code() -> None:
    rules = with_local([read(GOOD)])
    assert rules.flags(rules.of_code("DD91001")) == ("dogs",)
    assert BUILT_IN_RULES.flags(BUILT_IN_RULES.of_code("DD91001")) == ()


def test_a_local_rule_takes_the_place_of_the_built_in_one() -> None:
    own = read(GOOD | {"flag": "knife_crime", "any_of": [{"police_flags": ["blade"]}]}, "knife_crime.yaml")
    rules = with_local([own])
    assert "knife_crime" not in rules.flags(rules.of_words("police_flag", ("knife",)))
    assert "knife_crime" in rules.flags(rules.of_words("police_flag", ("blade",)))


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"flag": "Dogs"}, "flag", "lower-case"),
        ({"flag": "cats"}, "flag", "must be called cats.yaml"),
        ({"titel": "x"}, "titel", "no such field"),
        ({"title": None}, "title", "valid string"),
        ({"any_of": []}, "any_of", "at least 1"),
        ({"any_of": [{}]}, "any_of.0", "at least one fact"),
        ({"any_of": [{"offence_codes": ["DD9?"]}]}, "any_of.0.offence_codes.0", "CJS offence code"),
        ({"any_of": [{"offence_codes": ["SX03001-TH68002"]}]}, "any_of.0.offence_codes.0", "CJS offence code"),
        ({"any_of": [{"ho_classes": [19]}]}, "any_of.0.ho_classes.0", "put it in quotes"),
        ({"any_of": [{"ho_classes": ["19CC"]}]}, "any_of.0.ho_classes.0", "as the courts do"),
        ({"any_of": [{"court_markers": ["dv"]}]}, "any_of.0.court_markers.0", "capitals"),
        ({"any_of": [{"victim": {}}]}, "any_of.0.victim", "must say something"),
        ({"any_of": [{"victim": {"age_below": "18"}}]}, "any_of.0.victim.age_below", "integer"),
        ({"any_of": [{"victim": {"sex": "f"}}]}, "any_of.0.victim.sex", "'male', 'female'"),
    ],
)
def test_what_is_wrong_is_told_with_file_field_value_and_rule(change: dict[str, Any], field: str, rule: str) -> None:
    with pytest.raises(FlagRuleError) as told:
        read(GOOD | change)
    assert (told.value.file, told.value.field) == ("dogs.yaml", field)
    assert rule in told.value.rule
    assert str(told.value).startswith(f"dogs.yaml: {field}=")


@pytest.mark.parametrize(
    ("text", "field", "rule"),
    [
        ("flag: [", "line 1", "is no YAML"),
        ("flag: dogs\nflag: cats\n", "line 2", "stands twice"),
        ("- flag", "(file)", "must be a mapping"),
        ("", "(file)", "must be a mapping"),
        ("flag: !!python/object/apply:os.system ['true']", "line 1", "is no YAML"),
        ("x" * 100_001, "(file)", "at most"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, field: str, rule: str) -> None:
    with pytest.raises(FlagRuleError) as told:
        read(text)
    assert told.value.field == field
    assert rule in told.value.rule


def test_a_missing_field_is_named() -> None:
    with pytest.raises(FlagRuleError, match=r"dogs.yaml: source='': must be given"):
        read({name: value for name, value in GOOD.items() if name != "source"})


def test_rules_may_not_ask_for_each_other_nor_for_flags_that_no_rule_makes() -> None:
    a, b = GOOD | {"flag": "aa", "any_of": [{"flags": ["bb"]}]}, GOOD | {"flag": "bb", "any_of": [{"flags": ["aa"]}]}
    with pytest.raises(FlagRuleError, match="aa -> bb -> aa"):
        RuleSet([read(a, "aa.yaml"), read(b, "bb.yaml")])
    with pytest.raises(FlagRuleError, match=r"aa.yaml: flags='bb': no rule makes this flag"):
        RuleSet([read(a, "aa.yaml")])
    with pytest.raises(FlagRuleError, match="two rules"):
        RuleSet([read(GOOD), read(GOOD)])


FACTS = sorted({
    "police_flag=da", "cps_flag=rape", "cps_flag=child_abuse", "ho_class=19C", "ho_class=019/08", "court_marker=HT",
    "offence_code=SX03013", "victim=age_below 18", "victim=sex female", "police_flag=hate_race", "cps_flag=hba",
    "ho_subgroup=Stalking and harassment", "police_flag=a_word_of_its_own",
})  # fmt: skip


@given(st.frozensets(st.sampled_from(FACTS)))
def test_every_flag_names_facts_that_are_there_and_flags_that_hold(facts: frozenset[str]) -> None:
    why = BUILT_IN_RULES.why(facts)
    for flag, made in why.items():
        assert made.facts
        for fact in made.facts:
            assert fact in facts or (fact.startswith("flag=") and fact.removeprefix("flag=") in why), (flag, fact)


@given(st.frozensets(st.sampled_from(FACTS)), st.frozensets(st.sampled_from(FACTS)))
def test_more_facts_never_take_a_flag_away_save_where_a_rule_says_so(
    some: frozenset[str], more: frozenset[str]
) -> None:
    lost = set(BUILT_IN_RULES.flags(some)) - set(BUILT_IN_RULES.flags(some | more))
    assert lost <= {"adult_rape", "adult_rape_cps18"}


def test_no_fact_makes_no_flag() -> None:
    assert BUILT_IN_RULES.flags(NO_FACTS) == ()
