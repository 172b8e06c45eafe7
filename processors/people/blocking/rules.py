"""Blocking rules in Splink's form (SQL over `l` and `r`) -> the keys of a record.

A rule is a conjunction. What must be equal, or must overlap in two arrays, makes the key; a record with nothing there
has none. What else it asks of a pair only narrows it further, and is left to the score.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Literal, NamedTuple

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from processors.people.model.columns import Side, sided
from processors.people.model.dialects import as_duckdb
from processors.people.model.structure import Model
from processors.people.model.written import as_written
from processors.people.scoring.slots import Row, Slots
from processors.people.scoring.values import UnknownPartError, Values

KeyRole = Literal["both", "l", "r"]
"""Which record of a pair one may be under a key: either, or only the left or right one (names swapped)."""

PEOPLE_RULES: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (" AND ".join(parts), ())
    for parts in (
        ("l.pnc_single = r.pnc_single",),
        ("l.cro_single = r.cro_single",),
        ("l.date_of_birth = r.date_of_birth", "l.postcode_arr && r.postcode_arr"),
        ("l.date_of_birth = r.date_of_birth", "l.postcode_outcode_arr[1] = r.postcode_outcode_arr[1]",
         "substr(l.name_1_std, 1, 2) = substr(r.name_1_std, 1, 2)"),
        ("l.date_of_birth_arr[-1] = r.date_of_birth_arr[-1]", "l.postcode_outcode_arr[-1] = r.postcode_outcode_arr[-1]",
         "substr(l.last_name_std, 1, 2) = substr(r.last_name_std, 1, 2)"),
        ("l.forename_std_arr[1] = r.forename_std_arr[1]", "l.last_name_std_arr[1] = r.last_name_std_arr[1]",
         "l.postcode_arr && r.postcode_arr"),
        ("l.date_of_birth = r.date_of_birth", "l.sentence_date_arr && r.sentence_date_arr"),
        ("l.forename_std_arr[-1] = r.forename_std_arr[-1]", "l.last_name_std_arr[-1] = r.last_name_std_arr[-1]",
         "l.date_of_birth = r.date_of_birth"),
        ("l.forename_std_arr[1] = r.forename_std_arr[1]", "l.last_name_std_arr[-1] = r.last_name_std_arr[-1]",
         "l.date_of_birth = r.date_of_birth"),
        ("l.first_and_last_name_std = r.first_and_last_name_std", "l.name_2_std = r.name_2_std"),
        ("substr(l.name_1_std, 1, 2) = substr(r.name_1_std, 1, 2)",
         "substr(l.last_name_std, 1, 2) = substr(r.last_name_std, 1, 2)", "l.date_of_birth = r.date_of_birth"),
        ("substr(l.name_1_std, 1, 2) = substr(r.name_1_std, 1, 2)",
         "substr(l.last_name_std, 1, 2) = substr(r.last_name_std, 1, 2)", "l.postcode_arr && r.postcode_arr"),
        ("substr(l.name_1_std, 1, 2) = substr(r.name_1_std, 1, 2)",
         "substr(l.last_name_std, 1, 2) = substr(r.last_name_std, 1, 2)", "l.sentence_date_arr && r.sentence_date_arr"),
        ("l.name_1_std = r.last_name_std", "l.last_name_std = r.name_1_std", "l.date_of_birth = r.date_of_birth"),
        ("l.override_marker = r.override_marker",),
        ("l.master_defendant_id = r.master_defendant_id",),
    )
)  # fmt: skip
"""The sixteen rules of the Ministry of Justice's live linkage, for a model whose settings bring none of their own.
Source: hmpps-person-match, model/blocking_rules.py."""

_BETWEEN = "\x1f"
_EVERY_PAIR = "1=1"
_ALIKE: KeyRole = "both"


class BlockingRuleError(ValueError):
    """A rule that gives no key, so that all pairs would have to be compared, or one that we cannot read."""

    def __init__(self, rule: str, reason: str) -> None:
        self.rule = rule
        self.reason = reason
        super().__init__(f"{reason}: {' '.join(rule.split())}")


class BlockingKey(NamedTuple):
    """What records must share: the number of the rule, and the values that it asks for."""

    rule: int
    values: tuple[object, ...]

    def text(self, group: str) -> str:
        """The key as text, among the records of a group."""
        return _BETWEEN.join((group, str(self.rule), *(str(value).replace(_BETWEEN, " ") for value in self.values)))


def other_key(group: str, kind: str, value: str) -> str:
    """A key, as text, that no rule makes: a value of a kind that is the same in two records of a group."""
    return _BETWEEN.join((group, kind, value))


def rule_of(key: str) -> tuple[int | None, str]:
    """What made a key: the number of a rule, or None and the kind of its value."""
    kind = key.split(_BETWEEN, 2)[1]
    return (int(kind), "") if kind.isdecimal() else (None, kind)


class _Part(NamedTuple):
    """One condition of a rule: the slots that it takes of the left and of the right record, and whether of each
    element."""

    left: int
    right: int
    exploded: bool


class _Rule(NamedTuple):
    """A rule made ready: its conditions, whether they ask the same of both records, and what they ask for."""

    parts: tuple[_Part, ...]
    alike: bool
    told: tuple[str, ...]


class BlockingRules:
    """The rules of a model, made ready."""

    def __init__(self, rules: Iterable[tuple[str, tuple[str, ...]]], dialect: str = "duckdb") -> None:
        self._dialect = dialect
        self._slots = Slots()
        self._values = Values(self._slots, dialect, one_sided=True)
        self._rules: list[_Rule] = []
        for rule, exploded in rules:
            try:
                told = as_duckdb(sqlglot.parse_one(rule, read=dialect), dialect)
                self._rules.append(self._made(told, rule, exploded))
            except SqlglotError as error:
                raise BlockingRuleError(rule, f"cannot be read ({error})") from error
            except UnknownPartError as error:
                part = as_written(error.part, rule, dialect)
                raise BlockingRuleError(rule, f"cannot be read ({error.reason} `{part}`)") from error

    @classmethod
    def of(cls, model: Model) -> "BlockingRules":
        """The model's own rules; the sixteen of the Ministry where it has none, or one that takes every pair."""
        told = own_rules(model)
        return cls(told or PEOPLE_RULES, model.dialect if told else "duckdb")

    def keys(self, columns: Mapping[str, object]) -> list[tuple[BlockingKey, KeyRole]]:
        """The keys of a record, each once, with what it may be under it."""
        row = self._slots.prepare(columns)
        found: list[tuple[BlockingKey, KeyRole]] = []
        for number, (parts, alike, _told) in enumerate(self._rules):
            found += [(BlockingKey(number, values), _ALIKE if alike else "l") for values in _values(row, parts, "l")]
            if not alike:
                found += [(BlockingKey(number, values), "r") for values in _values(row, parts, "r")]
        return found

    def told(self, rule: int) -> tuple[str, ...]:
        """What a rule asks to be the same in both records, by column."""
        return self._rules[rule].told

    def _made(self, node: exp.Expr, rule: str, exploded: tuple[str, ...]) -> _Rule:
        parts: list[_Part] = []
        told: list[str] = []
        alike = True
        for one in _conjuncts(node):
            pair = _pair(one)
            if pair is None:
                continue
            left, right, overlap = pair
            explode = overlap or any(sided(column).name in exploded for column in left.find_all(exp.Column))
            left, right = left.transform(_bare), right.transform(_bare)
            alike = alike and left == right
            told.append(" with ".join(dict.fromkeys(side.sql(dialect=self._dialect) for side in (left, right))))
            parts.append(_Part(self._values.slot(left), self._values.slot(right), explode))
        if not parts:
            raise BlockingRuleError(rule, "a blocking rule needs something that is equal in both records")
        return _Rule(tuple(parts), alike, tuple(told))


def own_rules(model: Model) -> list[tuple[str, tuple[str, ...]]]:
    """The rules of a model that it is looked up by: without one that takes every pair."""
    return [rule for rule in model.blocking_rules if "".join(rule[0].split()) != _EVERY_PAIR]


def _values(row: Row, parts: Iterable[_Part], side: Side) -> Iterable[tuple[object, ...]]:
    """The values of a rule's keys: none where anything is NULL, one for each element of an exploded array."""
    choices: list[tuple[object, ...]] = []
    for left, right, exploded in parts:
        value = row[left if side == "l" else right]
        if value is None:
            return ()
        if exploded and isinstance(value, tuple):
            choices.append(tuple([one for one in dict.fromkeys(value) if one is not None]))
        else:
            choices.append((value,))
    return product(*choices)


def _conjuncts(node: exp.Expr) -> list[exp.Expr]:
    node = node.unnest()
    return _conjuncts(node.this) + _conjuncts(node.expression) if isinstance(node, exp.And) else [node]


def _pair(node: exp.Expr) -> tuple[exp.Expr, exp.Expr, bool] | None:
    """Of a condition that two expressions, one a record, are equal or overlap: the left one, the right one, overlap."""
    if not isinstance(node, exp.EQ | exp.ArrayOverlaps):
        return None
    one, other = node.this.unnest(), node.expression.unnest()
    sides = _side(one), _side(other)
    if sides == ("r", "l"):
        one, other = other, one
    elif sides != ("l", "r"):
        return None
    return one, other, isinstance(node, exp.ArrayOverlaps)


def _side(node: exp.Expr) -> Side | None:
    sides = {sided(column).side for column in node.find_all(exp.Column)}
    return sides.pop() if len(sides) == 1 else None


def _bare(node: exp.Expr) -> exp.Expr:
    return exp.column(node.name.lower()) if isinstance(node, exp.Column) else node
