"""A linkage model as data: read from a Splink settings JSON, with its level conditions as syntax trees.

    settings   the document -> a Model
    structure  what a Model is made of
    columns    which record of a pair a column is of
    types      what columns hold
    dialects   what other databases write otherwise than DuckDB
    written    a part of a condition as its author wrote it
    standard   the model that an instance begins with
    errors     what may be wrong with a model
"""

from processors.people.model.errors import ModelError, UnknownConditionError
from processors.people.model.settings import read_settings
from processors.people.model.structure import Comparison, ComparisonLevel, Model, TermFrequencyAdjustment

__all__ = [
    "Comparison", "ComparisonLevel", "Model", "ModelError", "TermFrequencyAdjustment", "UnknownConditionError",
    "read_settings",
]  # fmt: skip
