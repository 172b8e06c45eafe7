"""By what an instance scores people: a model and a snapshot of term frequencies, together a *scoring*, with a number.

Number 0 is the model that the instance began with, without frequencies: a number in `link_rules` names it, as the other
rules are kept there. Others are only ever added (`casestream people model use`), and the agent people takes one up when
it meets the message that names it: rows that different scorings made would not compare.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer
from streams.rules import fixed_rule

CURRENT: Final = 1
"""The built-in model of a new instance."""

MODELS: Final[Mapping[int, tuple[str, Mapping[str, Any]]]] = {1: (standard.NAME, standard.SETTINGS)}
"""Every model that an instance may have begun with: never taken away, never changed."""


class UnknownModelError(RuntimeError):
    """The instance scores people by a model that this version of casestream has not: `number` in link_rules."""

    def __init__(self, number: int) -> None:
        super().__init__(f"link_rules: people_model is {number}, which this version does not know: update casestream")
        self.number = number


class Scoring(NamedTuple):
    """A model by its name and Splink settings, under a number and a digest."""

    number: int
    digest: str
    model: str
    settings: Mapping[str, Any]

    def scorer(self) -> PairScorer:
        """What scores pairs by it. Raises ModelError."""
        return PairScorer(read_settings(self.settings), NO_FREQUENCIES)


class Added(NamedTuple):
    """A scoring that was added: when (UTC), by whom and why."""

    number: int
    digest: str
    model: str
    added_at: datetime
    added_by: str
    reason: str


class Standing(NamedTuple):
    """The number of the scoring in force, and up to which version all messages of `people` are in its tables."""

    number: int
    done: int


def standing(store: Store) -> Standing:
    """How far people linking is. Raises StoreError."""
    found = store.query(read("people_progress"), {})
    return Standing(int(str(found[0][0])), int(str(found[0][1]))) if found else Standing(0, 0)


def begun_with(store: Store) -> Scoring:
    """The scoring that the instance began with; a new one begins with it now. Raises UnknownModelError, StoreError."""
    return _built_in(fixed_rule(store, "people_model", CURRENT))


def scoring_of(store: Store, number: int) -> Scoring:
    """A scoring that is or was in force. Nothing is fixed by it. Raises UnknownModelError, StoreError."""
    if number:
        ((digest, *_rest),) = store.query(read("people_rescoring"), {"number": number})
        return kept(store, number, str(digest))
    found = store.query(read("link_rule"), {"name": "people_model"})
    return _built_in(int(str(found[0][0])) if found else CURRENT)


def in_force(store: Store) -> Scoring:
    """The scoring in force, for one who only looks. Raises UnknownModelError, StoreError."""
    return scoring_of(store, standing(store).number)


def kept(store: Store, number: int, digest: str) -> Scoring:
    """A scoring that was added. Raises StoreError, and ValueError where there is none of that number and digest."""
    found = store.query(read("people_scoring"), {"number": number, "digest": digest})
    if not found:
        raise ValueError(f"there is no scoring {number} with the digest {digest}")
    model, settings = found[0]
    return Scoring(number, digest, str(model), json.loads(str(settings)))


def added(store: Store) -> tuple[Added, ...]:
    """All scorings that were added. Raises StoreError."""
    return tuple(
        Added(int(str(number)), str(digest), str(model), _utc(at), str(by), str(reason))
        for number, digest, model, at, by, reason in store.query(read("people_scorings"), {})
    )


def digest_of(settings: Mapping[str, Any]) -> str:
    """16 hexadecimal digits over what a settings document says, however it is laid out."""
    return blake2b(json.dumps(settings, sort_keys=True).encode(), digest_size=8).hexdigest()


def add(store: Store, settings: Mapping[str, Any], by: str, reason: str, at: datetime) -> Scoring:
    """Keep a model under the next number; it is not in force by that. Settings that have a name already keep it. `at`:
    now, with its zone. Raises StoreError."""
    before = added(store)
    number = max((one.number for one in before), default=0) + 1
    digest = digest_of(settings)
    first = scoring_of(store, 0)
    names = {digest_of(first.settings): first.model, **{one.digest: one.model for one in before}}
    scoring = Scoring(number, digest, names.get(digest, f"model-{number}"), settings)
    store.insert(
        "people_scorings",
        {
            "number": [number], "digest": [digest], "model": [scoring.model], "settings": [json.dumps(settings)],
            "added_at": [at.astimezone(UTC)], "added_by": [by], "reason": [reason],
        },
    )  # fmt: skip
    return scoring


def _built_in(number: int) -> Scoring:
    if number not in MODELS:
        raise UnknownModelError(number)
    name, settings = MODELS[number]
    return Scoring(0, digest_of(settings), name, settings)


def _utc(at: object) -> datetime:
    assert isinstance(at, datetime)
    return at.replace(tzinfo=UTC)
