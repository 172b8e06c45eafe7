"""The model that an instance links people by unless it is given another: a Splink settings document of our own.

It was not trained: no records of people may be had for that. Each level's match weight is that of the Ministry of
Justice's live model (hmpps-person-match, model_2026_02_23_1e09, MIT licence; rounded), and its m probability our
assumption, from which u follows. The conditions are ours, and fewer: no sentence dates, no frequencies of postcodes.
"""

from typing import Any, Final

NAME: Final = "standard-1"
"""The model's name, in every row that was scored by it: another model has another name."""

PRIOR: Final = 2.65e-7
"""The probability that two random records are of one person. Source: as above."""


def _level(label: str, condition: str, weight: float, m: float, frequencies: str | None = None) -> dict[str, Any]:
    """A level of a comparison by its match weight in bits and its m probability."""
    level: dict[str, Any] = {
        "label_for_charts": label, "sql_condition": condition, "m_probability": m, "u_probability": m / 2.0**weight,
    }  # fmt: skip
    if frequencies is not None:
        level["tf_adjustment_column"] = frequencies
    return level


def _unknown(*columns: str) -> dict[str, Any]:
    """The level of a pair of which one record does not say it."""
    condition = " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in ("l", "r"))
    return {"label_for_charts": "not told", "sql_condition": condition, "is_null_level": True}


def _both(column: str) -> str:
    return f"{column}_l = {column}_r"


def _shared(column: str) -> str:
    return f"array_length(list_intersect({column}_l, {column}_r)) >= 1"


_ID_DIFFERS: Final = "{0}_l IS NOT NULL AND {0}_r IS NOT NULL AND {0}_l <> {0}_r"
_PNC_DIFFERS: Final = _ID_DIFFERS.format("pnc_single")
_CRO_DIFFERS: Final = _ID_DIFFERS.format("cro_single")


SETTINGS: Final[dict[str, Any]] = {
    "link_type": "dedupe_only",
    "sql_dialect": "duckdb",
    "unique_id_column_name": "person_record_id",
    "probability_two_random_records_match": PRIOR,
    "blocking_rules_to_generate_predictions": [],
    "comparisons": [
        {
            "output_column_name": "name",
            "comparison_levels": [
                _unknown("first_and_last_name_std"),
                _level("same name", _both("first_and_last_name_std"), 17.06, 0.88, "first_and_last_name_std"),
                _level(
                    "similar name",
                    "jaro_winkler_similarity(first_and_last_name_std_l, first_and_last_name_std_r) >= 0.9", 7.3, 0.073,
                ),
                _level("names swapped", "name_1_std_l = last_name_std_r AND last_name_std_l = name_1_std_r", 14, 0.002),
                _level("names shared", f"{_shared('forename_std_arr')} AND {_shared('last_name_std_arr')}", 9.15, 0.02),
                _level("same last name", _both("last_name_std"), 2.76, 0.0053),
                _level("other names", "ELSE", -7.91, 0.0041),
            ],
        },
        {
            "output_column_name": "date_of_birth",
            "comparison_levels": [
                _unknown("date_of_birth"),
                _level("same day", _both("date_of_birth"), 13.87, 0.948, "date_of_birth"),
                _level("a day shared", _shared("date_of_birth_arr"), 8.84, 0.017),
                _level(
                    "one figure differs",
                    "levenshtein(CAST(date_of_birth_l AS VARCHAR), CAST(date_of_birth_r AS VARCHAR)) <= 1", 3.29, 0.017,
                ),
                _level("other days", "ELSE", -8.58, 0.0026),
            ],
        },
        {
            "output_column_name": "postcode",
            "comparison_levels": [
                _unknown("postcode_arr"),
                _level("a postcode shared", _shared("postcode_arr"), 12.03, 0.71),
                _level("an outcode shared", _shared("postcode_outcode_arr"), 5.25, 0.092),
                _level("other postcodes", "ELSE", -2.32, 0.2),
            ],
        },
        {
            "output_column_name": "middle_name",
            "comparison_levels": [
                _unknown("name_2_std"),
                _level("same middle name", _both("name_2_std"), 6.24, 0.93, "name_2_std"),
                _level("similar", "jaro_winkler_similarity(name_2_std_l, name_2_std_r) >= 0.85", 3.63, 0.031),
                _level("another middle name", "ELSE", -4.58, 0.041),
            ],
        },
        {
            "output_column_name": "pnc_and_cro",
            "comparison_levels": [
                _level("both", f"{_both('pnc_single')} AND {_both('cro_single')}", 29.9, 0.3),
                _level("PNC id", _both("pnc_single"), 21.58, 0.41),
                _level("CRO number", _both("cro_single"), 21.79, 0.24),
                _level("both differ", f"{_PNC_DIFFERS} AND {_CRO_DIFFERS}", -14, 6e-5),
                {
                    "label_for_charts": "not told in both", "is_null_level": True,
                    "sql_condition": "(pnc_single_l IS NULL OR pnc_single_r IS NULL)"
                    " AND (cro_single_l IS NULL OR cro_single_r IS NULL)",
                },
                _level("one differs", "ELSE", -10, 0.00097),
            ],
        },
        {
            "output_column_name": "master_defendant_id",
            "comparison_levels": [
                _unknown("master_defendant_id"),
                _level("same master defendant", _both("master_defendant_id"), 19.93, 0.9),
                _level("another", "ELSE", 0, 0.1),
            ],
        },
    ],
}  # fmt: skip
"""As Splink reads it."""
