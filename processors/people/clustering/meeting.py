"""How two records come to be compared: by the blocking keys that they share, by a decision, or as records of one
component. Two that share no key that counts are never looked up for one another, whatever their match weight."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from processors.people.blocking import BlockingIndex, BlockingRules
from processors.people.blocking.index import opposite
from processors.people.blocking.rules import KeyRole, rule_of

How = Literal["key", "decision", "component", "held out", "no key"]
"""By what two records meet: a shared key, a decision that names both or their master, others that join them; and why
they do not: all keys that they share are held out, or there is none."""

NO_RULE: Final = 0
"""The number of a key that no rule of the model makes: a service's own number, a master that the courts matched."""


_NO_RULES: Final = {"court": "master_defendant_id, as matched"}
"""What keys that no rule makes are called where it is not by their kind."""


class SharedKey(NamedTuple):
    """A blocking key of two records: the number of its rule, from 1; what must be the same in both, by column; on how
    many records it is, and whether these are too many to say who is who. Never the values."""

    rule: int
    on: tuple[str, ...]
    records: int
    held_out: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """How two records meet, or why they do not, with the keys that they share."""

    how: How
    keys: tuple[SharedKey, ...] = ()

    @property
    def compared(self) -> bool:
        """Whether they are compared at all."""
        return self.how not in ("held out", "no key")


Keys = tuple[tuple[str, KeyRole], ...]
"""The keys of a record as text, with what the record is under each."""


def shared_keys(one: Keys, other: Keys, index: BlockingIndex, rules: BlockingRules) -> tuple[SharedKey, ...]:
    """The keys that two records share, by rule; those that look the same told once. All of them are in the index."""
    carried = set(other)
    return tuple(sorted({_shared(key, index, rules) for key, role in one if (key, opposite(role)) in carried}))


def _shared(key: str, index: BlockingIndex, rules: BlockingRules) -> SharedKey:
    rule, kind = rule_of(key)
    on = (_NO_RULES.get(kind, kind),) if rule is None else rules.told(rule)
    return SharedKey(NO_RULE if rule is None else rule + 1, on, len(index.records(key)), index.held_out(key))


def meeting(
    keys: tuple[SharedKey, ...], of_master: tuple[SharedKey, ...], *, named: bool, in_component: Callable[[], bool]
) -> Meeting:
    """How two records meet that share some keys. `named`: a decision that names both includes them; `of_master`: what
    they share where the courts decided so; `in_component`: whether others join them, asked only where it matters."""
    told = (*keys, *of_master)
    if any(not key.held_out for key in keys):
        return Meeting("key", told)
    if named or any(not key.held_out for key in of_master):
        return Meeting("decision", told)
    if in_component():
        return Meeting("component", told)
    return Meeting("held out" if told else "no key", told)
