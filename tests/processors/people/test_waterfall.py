"""A score is told comparison by comparison, without the values that were compared."""

from typing import Any

from processors.people.model import read_settings
from processors.people.scoring import Bar, Scorer, render, waterfall

SETTINGS: dict[str, Any] = {
    "sql_dialect": "duckdb",
    "probability_two_random_records_match": 0.2,
    "comparisons": [
        {
            "output_column_name": "name",
            "comparison_levels": [
                {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": True},
                {"sql_condition": "name_l = name_r", "label_for_charts": "exact", "m_probability": 0.5,
                 "u_probability": 0.125, "tf_adjustment_column": "name", "tf_adjustment_weight": 0.5},
                {"sql_condition": "ELSE", "label_for_charts": "rest", "m_probability": 0.25, "u_probability": 1.0},
            ],
        },
        {
            "output_column_name": "town",
            "comparison_levels": [
                {"sql_condition": "town_l = town_r", "label_for_charts": "exact", "m_probability": 1.0,
                 "u_probability": 0.0625},
                {"sql_condition": "ELSE", "label_for_charts": "rest", "m_probability": 0.125, "u_probability": 1.0},
            ],
        },
    ],
}  # fmt: skip


def test_the_bars_sum_to_the_match_weight() -> None:
    scorer = Scorer(read_settings(SETTINGS))
    left = scorer.prepare({"name": "Hesper", "town": "Merewick", "tf_name": 0.03125})
    chart = waterfall(scorer, left, scorer.prepare({"name": "Hesper", "town": "Dunlock"}))
    assert chart.prior_weight == -2.0
    assert chart.bars == (Bar("name", "exact", 1, 2.0, 1.0), Bar("town", "rest", 0, -3.0, 0.0))
    assert chart.match_weight == scorer.weight(left, scorer.prepare({"name": "Hesper", "town": "Dunlock"})) == -2.0
    assert chart.match_probability == 0.2


def test_the_text_has_a_line_a_comparison_and_no_values() -> None:
    scorer = Scorer(read_settings(SETTINGS))
    record = scorer.prepare({"name": "Hesper", "town": "Merewick", "tf_name": 0.03125})
    text = render(waterfall(scorer, record, record), width=12)
    assert text.splitlines() == [
        "prior                        -2.00  ░░░           two random records",
        "name                         +3.00  █████         exact (term frequency +1.00)",
        "town                         +4.00       ██████   exact",
        "match weight                 +5.00     ████████   p = 0.96969697",
    ]
