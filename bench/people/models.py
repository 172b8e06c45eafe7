"""The models that made-up people are linked by: the default one of an instance, and one that Splink trained."""

from copy import deepcopy
from typing import Any

from bench.people.by_splink import Training, trained
from bench.people.collections import Rows, Settings
from processors.people.blocking import PEOPLE_RULES
from processors.people.clustering import LIMITS
from processors.people.model import standard

_SAME = "l.first_and_last_name_std = r.first_and_last_name_std AND l.date_of_birth = r.date_of_birth"
_HOW = Training(["l.pnc_single = r.pnc_single", _SAME], 0.9, ["l.pnc_single = r.pnc_single", _SAME])

JOIN_STANDARD = LIMITS.join
JOIN_TRAINED = 10.0
"""Bits (p = 0.999). A model trained on a collection has that collection's prior, a thousand times that of the country:
the same evidence reaches 10 bits more."""


def standard_model() -> Settings:
    """The default model as an instance runs it: without term frequencies, since it has no snapshot of any."""
    return _with(lambda level: level.pop("tf_adjustment_column", None))


def trained_model(rows: Rows) -> Settings:
    """The same comparisons, with what Splink estimates on some rows, term frequencies included."""

    def untrained(level: dict[str, Any]) -> None:
        level.pop("m_probability", None)
        level.pop("u_probability", None)

    return trained(rows, _with(untrained), _HOW)


def _with(change: Any) -> Settings:
    settings = deepcopy(standard.SETTINGS)
    settings["blocking_rules_to_generate_predictions"] = [rule for rule, _exploded in PEOPLE_RULES]
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            change(level)
    return settings
