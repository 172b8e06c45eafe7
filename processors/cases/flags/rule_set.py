"""The rules that are in force together: facts -> flags.

A RuleSet is immutable but for what it remembers of facts that it has seen; equal rules have equal digests, in whatever
order they are given.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Final, NamedTuple, TypeVar

import msgspec

from processors.cases.flags.rule import Entry, FlagRuleError, Rule, VictimEntry, read_rule
from processors.cases.offences import Offence, of_ho_code
from schemas.vocabulary import COURT_CLASSES_OF_POLICE

Facts = frozenset[str]
NO_FACTS: Final[Facts] = frozenset()
OWN = "agency"
"""The rule of a flag that an agency sets and that no rule names: it is kept as it is."""

_REMEMBERED = 1 << 14
_KINDS = {
    "offence_codes": "offence_code", "ho_classes": "ho_class", "ho_subgroups": "ho_subgroup",
    "police_flags": "police_flag", "cps_flags": "cps_flag", "court_markers": "court_marker",
}  # fmt: skip
"""Fields of an entry and the facts that they ask for."""

_COURT_OF: Final[dict[str, frozenset[str]]] = {
    police: frozenset(court) for police, court in COURT_CLASSES_OF_POLICE.items()
}
T = TypeVar("T")
K = TypeVar("K")


class Why(NamedTuple):
    """What made a flag: the rule and the number of its entry (`rape/1`), and the facts that met it."""

    rule: str
    facts: tuple[str, ...]


class VictimFacts(NamedTuple):
    """What rules may ask of a victim."""

    sex: str
    age: int | None
    relationship: str
    vulnerable: bool | None


class RuleSet:
    """Rules by flag. Raises FlagRuleError where two rules make one flag, a rule asks for a flag that no rule makes, or
    rules ask for each other in a circle."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules: dict[str, Rule] = {}
        for rule in sorted(rules, key=lambda one: one.flag):
            if rule.flag in self.rules:
                raise FlagRuleError(f"{rule.flag}.yaml", "flag", rule.flag, "two rules make this flag")
            self.rules[rule.flag] = rule
        self._order = _in_order(self.rules)
        entries = [entry for rule in self.rules.values() for entry in (*rule.any_of, *rule.none_of)]
        self._patterns = {
            fact: tuple(sorted({pattern for entry in entries for pattern in getattr(entry, field)}))
            for field, fact in _KINDS.items()
        }
        self._victims = {entry.victim.text(): entry.victim for entry in entries if entry.victim is not None}
        self.asks_of_victims = bool(self._victims)
        self._why: dict[Facts, dict[str, Why]] = {}
        self._flags: dict[Facts, tuple[str, ...]] = {NO_FACTS: ()}
        self._of_code: dict[str, Facts] = {}
        self._of_sort: dict[Offence, Facts] = {}
        self._of_words: dict[tuple[str, tuple[str, ...]], Facts] = {}
        self._of_victim: dict[VictimFacts, Facts] = {}

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits over the rules."""
        return hashlib.sha256(self.dumped()).hexdigest()[:16]

    def dumped(self) -> bytes:
        """The rules as JSON, sorted by flag."""
        return msgspec.json.encode([rule.model_dump(exclude_defaults=True) for rule in self.rules.values()])

    @classmethod
    def loaded(cls, dumped: bytes) -> "RuleSet":
        """The rules that were dumped."""
        return cls(Rule.model_validate(one) for one in msgspec.json.decode(dumped))

    def of_code(self, code: str) -> Facts:
        """Of a CJS offence code; an eighth letter (attempt, conspiracy, aiding) does not change it."""
        found = self._of_code.get(code)
        if found is None:
            found = _room(self._of_code)[code] = self._named("offence_code", (code[:7].upper(),))
        return found

    def of_sort(self, sort: Offence) -> Facts:
        """Of a Home Office class, in either spelling, and its sub-group."""
        found = self._of_sort.get(sort)
        if found is None:
            found = self._named("ho_class", (sort.ho_code,)) | self._named("ho_subgroup", (sort.subgroup,))
            _room(self._of_sort)[sort] = found
        return found

    def of_words(self, kind: str, words: tuple[str, ...]) -> Facts:
        """Of an agency's own flags: `kind` is police_flag or cps_flag. Every one is a fact."""
        if not words:
            return NO_FACTS
        found = self._of_words.get((kind, words))
        if found is None:
            found = frozenset(f"{kind}={word}" for word in map(_word, words) if word)
            _room(self._of_words)[kind, words] = found
        return found

    def of_markers(self, markers: Iterable[str]) -> Facts:
        """Of the markers of a court case."""
        told = tuple(sorted(marker.upper() for marker in markers))
        if not told:
            return NO_FACTS
        found = self._of_words.get(("court_marker", told))
        if found is None:
            found = _room(self._of_words)["court_marker", told] = self._named("court_marker", told)
        return found

    def of_victim(self, victim: VictimFacts) -> Facts:
        """Of one victim: the rules' questions that it answers."""
        found = self._of_victim.get(victim)
        if found is None:
            found = frozenset(f"victim={text}" for text, asked in self._victims.items() if _is_so(asked, victim))
            _room(self._of_victim)[victim] = found
        return found

    def flags(self, facts: Facts) -> tuple[str, ...]:
        """The flags that facts make, sorted."""
        found = self._flags.get(facts)
        if found is None:
            found = _room(self._flags)[facts] = tuple(sorted(self.why(facts)))
        return found

    def why(self, facts: Facts) -> Mapping[str, Why]:
        """The flags that facts make, and what made each."""
        found = self._why.get(facts)
        if found is None:
            found = _room(self._why)[facts] = self._judge(facts)
        return found

    def _named(self, kind: str, values: Iterable[str]) -> Facts:
        return frozenset(
            f"{kind}={value}"
            for value in values
            if value and any(_matches(kind, pattern, value) for pattern in self._patterns[kind])
        )

    def _judge(self, facts: Facts) -> dict[str, Why]:
        told = sorted(tuple(fact.split("=", 1)) for fact in facts)
        found: dict[str, Why] = {}
        for kind, value in told:
            if kind in ("police_flag", "cps_flag") and value not in self._patterns[kind]:
                found.setdefault(value, Why(OWN, (f"{kind}={value}",)))
        for flag in self._order:
            rule = self.rules[flag]
            if any(_met(entry, told, found) is not None for entry in rule.none_of):
                continue
            for number, entry in enumerate(rule.any_of, start=1):
                met = _met(entry, told, found)
                if met is not None:
                    found[flag] = Why(f"{flag}/{number}", met)
                    break
        return found


def _room(memory: dict[K, T]) -> dict[K, T]:
    """A memory with room for one more."""
    if len(memory) >= _REMEMBERED:
        memory.clear()
    return memory


def _word(text: str) -> str:
    return text.strip().lower().replace(" ", "_").replace("-", "_")


def _met(entry: Entry, told: Sequence[tuple[str, ...]], flags: Mapping[str, Why]) -> tuple[str, ...] | None:
    """The facts that meet an entry; None where it is not met."""
    met: list[str] = []
    for field, kind in _KINDS.items():
        patterns = getattr(entry, field)
        if patterns:
            found = [
                f"{kind}={value}"
                for of_kind, value in told
                if of_kind == kind and any(_matches(kind, pattern, value) for pattern in patterns)
            ]
            if not found:
                return None
            met += found
    if entry.victim is not None:
        text = entry.victim.text()
        if ("victim", text) not in told:
            return None
        met.append(f"victim={text}")
    if entry.flags:
        held = [flag for flag in entry.flags if flag in flags]
        if not held:
            return None
        met += [f"flag={flag}" for flag in held]
    return tuple(met)


def _matches(kind: str, pattern: str, value: str) -> bool:
    if kind == "ho_class":
        return _is_class(pattern, value)
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    if kind == "offence_code" and "-" in pattern:
        first, last = pattern.split("-")
        stem = first.rstrip("0123456789")
        return value.startswith(stem) and value[len(stem) :].isdigit() and first <= value <= last
    return value == pattern


def _is_class(pattern: str, value: str) -> bool:
    """A number holds all of its classes in both spellings, also those that the courts number otherwise; a police class
    holds the courts' classes of the same offences."""
    value = value.upper()
    spelt = value if "/" in value else value.lstrip("0")
    if pattern == spelt or spelt in _COURT_OF.get(pattern, ()):
        return True
    return pattern.isdigit() and of_ho_code(value).number == int(pattern)


def _is_so(asked: VictimEntry, victim: VictimFacts) -> bool:
    return (
        (asked.sex is None or asked.sex == victim.sex)
        and (asked.vulnerable is None or asked.vulnerable == victim.vulnerable)
        and (asked.age_from is None or (victim.age is not None and victim.age >= asked.age_from))
        and (asked.age_below is None or (victim.age is not None and victim.age < asked.age_below))
        and (
            not asked.relationship
            or any(_matches("relationship", one, _word(victim.relationship)) for one in asked.relationship)
        )
    )


def _in_order(rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """Each rule after those whose flags it asks for."""
    order: list[str] = []
    pending: list[str] = []

    def visit(flag: str) -> None:
        if flag in order:
            return
        file = f"{flag}.yaml"
        if flag in pending:
            circle = " -> ".join([*pending[pending.index(flag) :], flag])
            raise FlagRuleError(file, "flags", flag, f"rules ask for each other: {circle}")
        pending.append(flag)
        rule = rules[flag]
        for entry in (*rule.any_of, *rule.none_of):
            for other in entry.flags:
                if other not in rules:
                    raise FlagRuleError(file, "flags", other, "no rule makes this flag")
                visit(other)
        pending.pop()
        order.append(flag)

    for flag in rules:
        visit(flag)
    return tuple(order)


def read_rules(texts: Mapping[str, str]) -> list[Rule]:
    """The rules of some files: text by name. Raises FlagRuleError."""
    return [read_rule(name, text) for name, text in sorted(texts.items())]


def with_local(local: Iterable[Rule]) -> RuleSet:
    """The built-in rules with local ones, which take the place of a built-in one of the same flag. Raises
    FlagRuleError."""
    own = list(local)
    replaced = {rule.flag for rule in own}
    return RuleSet([*(rule for rule in BUILT_IN_RULES.rules.values() if rule.flag not in replaced), *own])


def _built_in() -> RuleSet:
    folder = files(__package__) / "built_in"
    texts = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".yaml")}
    return RuleSet(read_rules(texts))


BUILT_IN_RULES: Final = _built_in()
"""The rules that come with casestream."""
