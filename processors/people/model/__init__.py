"""A linkage model as data: read from a Splink settings JSON, with its level conditions as syntax trees."""

from processors.people.model.errors import ModelError, UnknownConditionError
from processors.people.model.settings import read_settings
from processors.people.model.structure import Comparison, ComparisonLevel, Model, TermFrequencyAdjustment

__all__ = [
    "Comparison", "ComparisonLevel", "Model", "ModelError", "TermFrequencyAdjustment", "UnknownConditionError",
    "read_settings",
]  # fmt: skip
