"""When a flag was first known, and when it ceased: over all states of the records that tell it (decisions, 1)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from processors.cases.flags.rule_set import NO_FACTS, Facts, RuleSet


class Told(NamedTuple):
    """What one record told, from a moment on: milliseconds since 1970 UTC, None where the source is silent, which is
    before all others. `source` is the record's kind."""

    known_at: int | None
    facts: Facts


class Telling(NamedTuple):
    """A record that tells facts, or told them: its kind, and its states' facts in their order."""

    kind: str
    told: tuple[Told, ...]


class Known(NamedTuple):
    """Since when a flag is known, and when it ceased for the last time: None while it holds."""

    set_at: int | None
    cleared_at: int | None
    cleared: bool


def known(rules: RuleSet, tellings: Sequence[Telling], within: Facts) -> dict[str, Known]:
    """Every flag that the facts `within` ever made. A flag that needs facts of several records is known when the last
    of them is."""
    steps = sorted(
        ((told.known_at if told.known_at is not None else -1, number, told) for number, one in enumerate(tellings)
         for told in one.told),
        key=lambda step: step[0],
    )  # fmt: skip
    now: list[Facts] = [NO_FACTS] * len(tellings)
    found: dict[str, Known] = {}
    held: tuple[str, ...] = ()
    for at, (_, number, told) in enumerate(steps):
        now[number] = told.facts & within
        if at + 1 < len(steps) and steps[at + 1][0] == steps[at][0]:
            continue  # what is known at one moment is known together
        flags = rules.flags(NO_FACTS.union(*now))
        if flags == held:
            continue
        for flag in flags:
            before = found.get(flag)
            if before is None:
                found[flag] = Known(told.known_at, None, False)
            elif before.cleared:
                found[flag] = Known(before.set_at, None, False)
        for flag in held:
            if flag not in flags:
                found[flag] = Known(found[flag].set_at, told.known_at, True)
        held = flags
    return found


def tellers(tellings: Iterable[Telling], facts: Iterable[str]) -> tuple[str, ...]:
    """The facts, each with the kinds of records that tell it or told it: `police.crime: ho_class=19C`. What follows
    from another flag is told by no record."""
    listed = list(tellings)
    found = []
    for fact in facts:
        kinds = {one.kind for one in listed if any(fact in told.facts for told in one.told)}
        found += [f"{kind}: {fact}" for kind in sorted(kinds)] or [fact]
    return tuple(sorted(found))
