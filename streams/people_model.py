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
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer
from streams.people_frequencies import columns_of, frequencies
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
    """A model by its name and Splink settings, and the key of a snapshot (empty for none), under a number and a digest
    of both."""

    number: int
    digest: str
    model: str
    settings: Mapping[str, Any]
    snapshot: str


class Added(NamedTuple):
    """A scoring that was added: when (UTC), by whom and why. `snapshot` is a key, empty for none."""

    number: int
    digest: str
    model: str
    snapshot: str
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
    model, settings, snapshot = found[0]
    return Scoring(number, digest, str(model), json.loads(str(settings)), str(snapshot))


def added(store: Store) -> tuple[Added, ...]:
    """All scorings that were added. Raises StoreError."""
    return tuple(
        Added(int(str(number)), str(digest), str(model), str(snapshot), _utc(at), str(by), str(reason))
        for number, digest, model, snapshot, at, by, reason in store.query(read("people_scorings"), {})
    )


def scorer_of(store: Store, scoring: Scoring) -> PairScorer:
    """What scores pairs by a scoring. Raises ModelError, StoreError."""
    model = read_settings(scoring.settings)
    return PairScorer(model, frequencies(store, scoring.snapshot, columns_of(model)))


def digest_of(settings: Mapping[str, Any], snapshot: str) -> str:
    """16 hexadecimal digits over what a settings document says, however it is laid out, then the snapshot's key."""
    digits = blake2b(json.dumps(settings, sort_keys=True).encode(), digest_size=8).hexdigest()
    return f"{digits}-{snapshot}" if snapshot else digits


def wished(store: Store, settings: Mapping[str, Any], snapshot: str) -> Scoring:
    """A scoring as the next one that is added would be. A model that has a name already keeps it. Raises StoreError."""
    before = added(store)
    number = max((one.number for one in before), default=0) + 1
    first = scoring_of(store, 0)
    names = {_of_model(first.digest): first.model, **{_of_model(one.digest): one.model for one in before}}
    digest = digest_of(settings, snapshot)
    return Scoring(number, digest, names.get(_of_model(digest), f"model-{number}"), settings, snapshot)


def _of_model(digest: str) -> str:
    return digest.partition("-")[0]


def add(store: Store, scoring: Scoring, by: str, reason: str, at: datetime) -> None:
    """Keep a scoring under its number; it is not in force by that. `at`: now, with its zone. Raises StoreError."""
    store.insert(
        "people_scorings",
        {
            "number": [scoring.number], "digest": [scoring.digest], "model": [scoring.model],
            "settings": [json.dumps(scoring.settings)], "snapshot": [scoring.snapshot],
            "added_at": [at.astimezone(UTC)], "added_by": [by], "reason": [reason],
        },
    )  # fmt: skip


def _built_in(number: int) -> Scoring:
    if number not in MODELS:
        raise UnknownModelError(number)
    name, settings = MODELS[number]
    return Scoring(0, digest_of(settings, ""), name, settings, "")


def _utc(at: object) -> datetime:
    assert isinstance(at, datetime)
    return at.replace(tzinfo=UTC)
