"""Records that a blocking rule puts together share a key, and no others do."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from processors.people.blocking import PEOPLE_RULES, BlockingIndex, BlockingRuleError, BlockingRules
from processors.people.model import read_settings
from tests.processors.people import made_records, reference

Record = dict[str, Any]
RULES = BlockingRules(PEOPLE_RULES)


def _first(record: Record, column: str, at: int = 0) -> Any:
    return record[column][at] if record[column] else None


def _same(get: Callable[[Record], Any]) -> Callable[[Record, Record], bool]:
    return lambda x, y: get(x) is not None and get(x) == get(y)


def _shared(column: str) -> Callable[[Record, Record], bool]:
    return lambda x, y: bool(set(x[column] or ()) & set(y[column] or ()))


def _start(column: str) -> Callable[[Record, Record], bool]:
    return _same(lambda record: record[column][:2] if record[column] is not None else None)


def _swapped(x: Record, y: Record) -> bool:
    return all(x[one] is not None and x[one] == y[other] for one, other in
               (("name_1_std", "last_name_std"), ("last_name_std", "name_1_std")))  # fmt: skip


BORN, POSTCODE, SENTENCE = _same(lambda r: r["date_of_birth"]), _shared("postcode_arr"), _shared("sentence_date_arr")
FIRST_START, LAST_START = _start("name_1_std"), _start("last_name_std")
PLAIN: list[list[Callable[[Record, Record], bool]]] = [
    [_same(lambda r: r["pnc_single"])],
    [_same(lambda r: r["cro_single"])],
    [BORN, POSTCODE],
    [BORN, _same(lambda r: _first(r, "postcode_outcode_arr")), FIRST_START],
    [_same(lambda r: _first(r, "date_of_birth_arr", -1)), _same(lambda r: _first(r, "postcode_outcode_arr", -1)),
     LAST_START],
    [_same(lambda r: _first(r, "forename_std_arr")), _same(lambda r: _first(r, "last_name_std_arr")), POSTCODE],
    [BORN, SENTENCE],
    [_same(lambda r: _first(r, "forename_std_arr", -1)), _same(lambda r: _first(r, "last_name_std_arr", -1)), BORN],
    [_same(lambda r: _first(r, "forename_std_arr")), _same(lambda r: _first(r, "last_name_std_arr", -1)), BORN],
    [_same(lambda r: r["first_and_last_name_std"]), _same(lambda r: r["name_2_std"])],
    [FIRST_START, LAST_START, BORN],
    [FIRST_START, LAST_START, POSTCODE],
    [FIRST_START, LAST_START, SENTENCE],
    [_swapped, BORN],
    [_same(lambda r: r["override_marker"])],
    [_same(lambda r: r["master_defendant_id"])],
]  # fmt: skip
"""The sixteen rules once more, as plain conditions on a pair."""


def _candidates(one: Record, other: Record, rules: BlockingRules = RULES) -> set[int]:
    """The rules under which two records meet in an index."""
    found = set()
    keys = rules.keys(other)
    for key, role in rules.keys(one):
        index = BlockingIndex(10)
        index.add("other", keys)
        if index.candidates("one", [(key, role)]):
            found.add(key.rule)
    return found


def test_sixteen_rules() -> None:
    assert len(PEOPLE_RULES) == len(PLAIN) == 16


@pytest.mark.parametrize("number", range(16))
def test_a_rule_of_the_ministry_meets_whom_it_says(number: int) -> None:
    met = 0
    for one, other in made_records.pairs(number, 400):
        plain = any(all(holds(x, y) for holds in PLAIN[number]) for x, y in ((one, other), (other, one)))
        assert (number in _candidates(one, other)) == (number in _candidates(other, one)) == plain, (one, other)
        met += plain
    assert met, "no pair tests this rule"


def test_a_model_with_rules_of_its_own_is_blocked_by_them() -> None:
    rules = BlockingRules([("l.a = r.a AND levenshtein(l.b, r.b) < 2", ()), ("r.tags = l.tags", ("tags",))])
    assert _candidates({"a": 1, "b": "x", "tags": None}, {"a": 1, "b": "far", "tags": ["t"]}, rules) == {0}
    assert _candidates({"a": 1, "b": "x", "tags": ["s", "t"]}, {"a": 2, "b": "x", "tags": ["t", "u"]}, rules) == {1}
    assert not _candidates({"a": None, "b": "x", "tags": []}, {"a": None, "b": "x", "tags": []}, rules)


@pytest.mark.parametrize(
    "rule", ["1 = 1", "levenshtein(l.a, r.a) < 2", "l.a = l.b", "l.a = r.a OR l.b = r.b", "l.a = ="]
)
def test_a_rule_that_gives_no_key_is_an_error(rule: str) -> None:
    with pytest.raises(BlockingRuleError):
        BlockingRules([(rule, ())])


@reference.needs_model
def test_the_ministrys_settings_take_every_pair_so_its_live_rules_stand_in() -> None:
    model = read_settings(reference.settings())
    record = made_records.record(Random(4)) | {"date_of_birth": date(1980, 1, 2)}
    assert model.blocking_rules == (("1=1", ()),)
    assert BlockingRules.of(model).keys(record) == RULES.keys(record)


def test_a_key_on_too_many_records_is_held_out_and_let_in_again() -> None:
    index = BlockingIndex(limit=3)
    entries = [(("k", 1), "both")]
    for record_id in "abcd":
        index.add(record_id, entries)  # type: ignore[arg-type]
    assert index.candidates("a", entries) == set()  # type: ignore[arg-type]
    index.remove("d", entries)  # type: ignore[arg-type]
    assert index.candidates("a", entries) == {"b", "c"}  # type: ignore[arg-type]


def test_names_swapped_are_counted_on_both_sides_of_a_key() -> None:
    """Or two records would be candidates from the one side and not from the other."""
    index = BlockingIndex(limit=3)
    index.add("left", [("k", "l")])
    for record_id in ("one", "two", "three"):
        index.add(record_id, [("k", "r")])
    assert index.candidates("left", [("k", "l")]) == index.candidates("one", [("k", "r")]) == set()
