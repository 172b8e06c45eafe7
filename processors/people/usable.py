"""A settings document -> a model that people can be scored by here, or what stands against it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from processors.people.blocking import BlockingRuleError, BlockingRules
from processors.people.cleaning import Override, PersonRecord, clean
from processors.people.cleaning.frequencies import COUNTED, NO_FREQUENCIES
from processors.people.model import Model, ModelError, read_settings
from processors.people.scoring import MissingColumnError
from processors.people.scoring.pairs import PairScorer
from schemas.people import Address, Person, PersonName

_NOBODY = clean(PersonRecord("", "suspect", Person()))
"""A record of which nothing is known: it has every column that there is."""

_SOMEBODY = clean(
    PersonRecord(
        "", "suspect",
        Person(
            name=PersonName(first="Alba", middle="Una Maud", last="Merewick"),
            aliases=(PersonName(first="Al", last="Mere"),), date_of_birth="1980-01-02",
            address=Address(postcode="AB1 2CD"), pnc="79/163001B", cro="65656/91H",
        ),
        master_defendant_id="m", sentence_dates=("2020-05-06", "2021-05-06"), other_births=("1981-01-02",),
        other_postcodes=("XY1 9YZ",),
    ),
    Override("a", ("s",)),
)
_SOMEBODY_ELSE = clean(
    PersonRecord(
        "", "suspect",
        Person(
            name=PersonName(first="Zeb", middle="Jo Ann", last="Harrowgate"), date_of_birth="1950-07-08",
            address=Address(postcode="E1 1AA"), pnc="81/34U", cro="SF05/482703J",
        ),
        master_defendant_id="n", sentence_dates=("2019-01-02",),
    ),
    Override("b", ("s", "t")),
)
"""Records of which everything is known, of nobody who ever was."""


_MISTAKES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a function raises for values that it was not made for."""


def usable(settings: object) -> Model:
    """The model of a Splink settings document whose conditions, columns and blocking rules are all known here. Raises
    ModelError, and UnknownConditionError for a condition that there is no function for."""
    if not isinstance(settings, Mapping):
        raise ModelError("a Splink settings document is a JSON object")
    model = _model(settings)
    for column in model.frequency_columns:
        if column not in COUNTED:
            raise ModelError(f"term frequencies of {column!r} are not counted, only those of {', '.join(COUNTED)}")
    try:
        for comparison in model.comparisons:
            _score(replace(model, comparisons=(comparison,)))
        _block(model)
    except MissingColumnError as error:
        raise ModelError(f"person records have no column {error.column!r}") from None
    return model


def _score(model: Model) -> None:
    """Score pairs by a model of one comparison: what stops it stops it here, and not the worker that scores people."""
    scorer = PairScorer(model, NO_FREQUENCIES)
    ready = [scorer.prepare(name, one) for name, one in zip("abc", (_NOBODY, _SOMEBODY, _SOMEBODY_ELSE), strict=True)]
    try:
        for one, other in product(ready, repeat=2):
            scorer.weight(one, other)
    except _MISTAKES as error:
        raise ModelError(f"a pair of people cannot be scored by it ({error})", model.comparisons[0].name) from error


def _block(model: Model) -> None:
    """Look records up by the model's blocking rules, for the same reason."""
    try:
        rules = BlockingRules.of(model)
        for one in (_NOBODY, _SOMEBODY, _SOMEBODY_ELSE):
            rules.keys(one.columns())
    except BlockingRuleError as error:
        raise ModelError(str(error)) from None
    except MissingColumnError:
        raise
    except _MISTAKES as error:
        raise ModelError(f"its blocking rules cannot be worked out for a person record ({error})") from error


def _model(settings: Mapping[str, Any]) -> Model:
    try:
        return read_settings(settings)
    except ModelError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"it is no Splink settings document ({error!r})") from None
