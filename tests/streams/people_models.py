"""Models beside the built-in one, to switch to: its settings edited, as an analyst would."""

import copy
from typing import Any

from processors.people.model import standard


def edited(**weights: float) -> dict[str, Any]:
    """The standard model, with the exact level of some comparisons at other match weights, in bits."""
    settings = copy.deepcopy(standard.SETTINGS)
    for comparison in settings["comparisons"]:
        wanted = weights.get(comparison["output_column_name"])
        if wanted is not None:
            level = next(one for one in comparison["comparison_levels"] if not one.get("is_null_level"))
            level["u_probability"] = level["m_probability"] / 2.0**wanted
    return settings


STRICT = edited(pnc_and_cro=6, postcode=2, name=9)
"""Joins less: no name, postcode or identifier says as much."""

OWN_KEYS = edited(name=40) | {
    "blocking_rules_to_generate_predictions": [
        "l.last_name_std = r.last_name_std", "l.pnc_single = r.pnc_single",
    ],
}  # fmt: skip
"""Joins more, and compares other records with one another: other blocking keys."""
