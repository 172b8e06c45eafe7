"""A settings document -> a model that people can be scored by here, or what stands against it."""

from collections.abc import Mapping
from typing import Any

from processors.people.blocking import BlockingRuleError, BlockingRules
from processors.people.cleaning import PersonRecord, clean
from processors.people.cleaning.frequencies import COUNTED, NO_FREQUENCIES
from processors.people.model import Model, ModelError, read_settings
from processors.people.scoring import MissingColumnError
from processors.people.scoring.pairs import PairScorer
from schemas.people import Person

_NOBODY = clean(PersonRecord("", "suspect", Person()))
"""A record of which nothing is known: it has every column that there is."""


def usable(settings: object) -> Model:
    """The model of a Splink settings document whose conditions, columns and blocking rules are all known here. Raises
    ModelError, and UnknownConditionError for a condition that there is no function for."""
    if not isinstance(settings, Mapping):
        raise ModelError("a Splink settings document is a JSON object")
    model = _model(settings)
    columns = _NOBODY.columns()
    for column in model.frequency_columns:
        if column not in COUNTED:
            raise ModelError(f"term frequencies of {column!r} are not counted, only those of {', '.join(COUNTED)}")
    try:
        PairScorer(model, NO_FREQUENCIES).prepare("", _NOBODY)
        BlockingRules.of(model).keys(columns)
    except MissingColumnError as error:
        raise ModelError(f"person records have no column {error.column!r}") from None
    except BlockingRuleError as error:
        raise ModelError(str(error)) from None
    return model


def _model(settings: Mapping[str, Any]) -> Model:
    try:
        return read_settings(settings)
    except ModelError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"it is no Splink settings document ({error!r})") from None
