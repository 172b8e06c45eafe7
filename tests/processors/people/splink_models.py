"""Models made with the installed Splink's own library, which between them hold every comparison level that it has, and
invented records for them. m and u probabilities are drawn, so every level has a weight of its own."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import ColumnExpression, SettingsCreator

from tests.processors.people.made_records import typo

Record = dict[str, Any]
Settings = dict[str, Any]

TYPES: dict[str, pa.DataType | str] = {
    "first": pa.string(), "last": pa.string(), "full name": pa.string(), "email": pa.string(), "postcode": pa.string(),
    "born": pa.string(), "born_on": pa.date32(), "seen_at": pa.timestamp("us"), "seen_text": pa.string(),
    "number": pa.int64(), "amount": pa.float64(), "lat": pa.float64(), "long": pa.float64(),
    "tags": pa.list_(pa.string()), "sounds": pa.list_(pa.string()), "vector": "DOUBLE[3]", "small": "FLOAT[3]",
    "tf_first": pa.float64(), "tf_last": pa.float64(), "tf_full name": pa.float64(), "tf_email": pa.float64(),
    "tf_postcode": pa.float64(),
}  # fmt: skip
_FIRST = ("Jon", "john", "Amélie", "Amelie", "Zoë", "", "Al", "Alexandra", "Aleksandra")
_LAST = ("Flintwick", "Flyntwick", "Combe", "Coombe", "Obrien", "Al", "x")
_TAGS = ("red", "read", "raid", "blue", "bleu", "green", "greens", "")


def _custom(name: str, *made: Any) -> Any:
    return comparisons.CustomComparison(output_column_name=name, comparison_levels=[*made])


def _strings() -> list[Any]:
    return [
        comparisons.NameComparison("first", dmeta_col_name="sounds"),
        comparisons.JaroWinklerAtThresholds("last", [0.95, 0.9, 0.8]).configure(term_frequency_adjustments=True),
        comparisons.LevenshteinAtThresholds("full name", [1, 3]).configure(term_frequency_adjustments=True),
        comparisons.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        comparisons.EmailComparison("email"),
        _custom(
            "jaros", levels.NullLevel(ColumnExpression("first").nullif("")),
            levels.JaroLevel(ColumnExpression("first").lower(), 0.95), levels.JaroLevel("first", 0.8),
            levels.JaccardLevel(ColumnExpression("last").substr(1, 4), 0.5),
            levels.DistanceFunctionLevel("last", "levenshtein", 2, higher_is_more_similar=False), levels.ElseLevel(),
        ),
    ]  # fmt: skip


def _exact() -> list[Any]:
    return [
        comparisons.ForenameSurnameComparison("first", "last", forename_surname_concat_col_name="full name"),
        comparisons.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        comparisons.PostcodeComparison("postcode", lat_col="lat", long_col="long", km_thresholds=[1, 10, 100]),
        _custom(
            "weighted",
            {"sql_condition": '"email_l" IS NULL OR "email_r" IS NULL', "is_null_level": True},
            {"sql_condition": '"email_l" = "email_r"', "tf_adjustment_column": "email", "tf_adjustment_weight": 0.5,
             "tf_minimum_u_value": 0.01},
            {"sql_condition": 'levenshtein("email_l", "email_r") <= 2', "tf_adjustment_column": "email",
             "tf_adjustment_weight": 0.3, "disable_tf_exact_match_detection": True},
            {"sql_condition": 'levenshtein("email_l", "email_r") <= 4', "tf_adjustment_column": "email",
             "tf_adjustment_weight": 0, "m_probability": "level not observed in training dataset"},
            levels.ElseLevel(),
        ),
        _custom(
            "literals", levels.NullLevel("first", valid_string_pattern="^[A-Za-z]+$"),
            levels.LiteralMatchLevel("first", "john", "string", "both"),
            levels.LiteralMatchLevel("number", "3", "int", "left"),
            levels.LiteralMatchLevel("amount", "2.5", "float", "right"),
            levels.LiteralMatchLevel("born_on", "1990-01-02", "date", "both"),
            levels.ColumnsReversedLevel("first", "last", symmetrical=True),
            levels.ColumnsReversedLevel("last", "first"),
            levels.And(
                levels.Not(levels.ExactMatchLevel("number")), levels.Not(levels.NullLevel("number")),
                levels.Or(levels.ExactMatchLevel("postcode"), levels.ExactMatchLevel("last")),
            ),
            levels.CustomLevel("(first_l || ' ' || last_l) = first_r || ' ' || last_r AND NOT (number_l <> number_r)"),
            levels.CustomLevel("number_l IN (1, 2, number_r) AND amount_r BETWEEN 1 AND 3"),
            levels.CustomLevel("coalesce(first_l, last_l) = coalesce(first_r, last_r)"),
            levels.CustomLevel("(first_l = first_r) IS NOT TRUE AND last_l IS NOT DISTINCT FROM last_r"),
            levels.CustomLevel("CASE WHEN number_l > number_r THEN first_l = last_r WHEN lat_l IS NULL THEN 1=1 END"),
            levels.ElseLevel(),
        ),
    ]  # fmt: skip


def _numbers() -> list[Any]:
    return [
        comparisons.DateOfBirthComparison("born", input_is_string=True),
        comparisons.AbsoluteDateDifferenceAtThresholds(
            "born_on", input_is_string=False, metrics=["day", "month", "year"], thresholds=[10, 2, 5]
        ),
        comparisons.AbsoluteTimeDifferenceAtThresholds(
            "seen_at", input_is_string=False, metrics=["second", "minute", "hour"], thresholds=[30, 5, 3]
        ),
        comparisons.AbsoluteTimeDifferenceAtThresholds(
            "seen_text", input_is_string=True, metrics=["hour", "day"], thresholds=[1, 2]
        ),
        comparisons.DistanceInKMAtThresholds("lat", "long", [0.5, 5, 50, 500]),
        _custom(
            "amounts", levels.NullLevel("amount"), levels.PercentageDifferenceLevel("amount", 0.01),
            levels.PercentageDifferenceLevel("amount", 0.2), levels.AbsoluteDifferenceLevel("number", 1),
            levels.DistanceInKMLevel("lat", "long", 20, not_null=True),
            levels.CustomLevel("abs(amount_l * 2 - amount_r) / 3 + number_l % 3 <= 1.5"),
            levels.CustomLevel("date_diff('month', born_on_l, born_on_r) = 1 or born_on_r - born_on_l > 90"),
            levels.CustomLevel("greatest(number_l, number_r) - least(number_l, amount_r) < -number_r"),
            levels.ElseLevel(),
        ),
    ]  # fmt: skip


def _arrays() -> list[Any]:
    return [
        comparisons.ArrayIntersectAtSizes("tags", [3, 2, 1]),
        _custom("subset", levels.NullLevel("tags"), levels.ArraySubsetLevel("tags"),
                levels.ArraySubsetLevel("sounds", empty_is_subset=True), levels.ElseLevel()),
        comparisons.PairwiseStringDistanceFunctionAtThresholds("tags", "levenshtein", [1, 2]),
        comparisons.PairwiseStringDistanceFunctionAtThresholds("tags", "damerau_levenshtein", [1, 2]),
        comparisons.PairwiseStringDistanceFunctionAtThresholds("sounds", "jaro_winkler", [0.95, 0.8]),
        comparisons.PairwiseStringDistanceFunctionAtThresholds("sounds", "jaro", [0.9]),
        comparisons.CosineSimilarityAtThresholds("vector", [0.99, 0.8, 0.3]),
        comparisons.CosineSimilarityAtThresholds("small", [0.95, 0.5]),
        _custom(
            "elements", levels.NullLevel("tags"),
            levels.ExactMatchLevel(ColumnExpression("tags").access_extreme_array_element("first")),
            levels.ExactMatchLevel(ColumnExpression("tags").access_extreme_array_element("last")),
            levels.ExactMatchLevel(ColumnExpression("born_on").cast_to_string().substr(1, 7)),
            levels.ExactMatchLevel(ColumnExpression("born").try_parse_date()),
            levels.ExactMatchLevel(ColumnExpression("postcode").regex_extract("^([A-Z]{1,2})[0-9]", 1)),
            levels.CustomLevel("list_contains(tags_l, first_r) or tags_l && sounds_r"),
            levels.CustomLevel("len(tags_l) * array_length(tags_r) = 6"),
            levels.CustomLevel("list_max(list_transform(tags_l, x -> len(x))) = 4"), levels.ElseLevel(),
        ),
    ]  # fmt: skip


def _drawn(settings: Settings, rng: Random) -> Settings:
    for at, comparison in enumerate(settings["comparisons"]):
        comparison["output_column_name"] = f"{at} {comparison['output_column_name']}"  # some of them have one name
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level") and "m_probability" not in level and rng.random() < 0.9:
                level["m_probability"], level["u_probability"] = rng.uniform(1e-6, 1), rng.uniform(1e-9, 1)
    return settings


def model(name: str) -> Settings:
    """The settings of one of the models in NAMES, as Splink would save them."""
    made = {"strings": _strings, "exact": _exact, "numbers": _numbers, "arrays": _arrays}[name]()
    creator = SettingsCreator(link_type="dedupe_only", comparisons=made, probability_two_random_records_match=0.003)
    settings: Settings = creator.create_settings_dict(sql_dialect_str="duckdb")
    return _drawn(settings, Random(f"model {name}"))


NAMES = ("strings", "exact", "numbers", "arrays")


def _maybe(rng: Random, value: Any, chance: float = 0.9) -> Any:
    return value if rng.random() < chance else None


def record(rng: Random) -> Record:
    """One record."""
    born = date(1990, 1, 2) + timedelta(rng.choice((0, 0, 1, 12, 30, 200, 400, 4000, -9000)))
    seen = datetime(2024, 5, 6, 7, 8, 9) + timedelta(seconds=rng.choice((0, 20, 200, 5000, 90_000, 10**6)))  # noqa: DTZ001
    first, last = rng.choice(_FIRST), rng.choice(_LAST)
    made: Record = {
        "first": _maybe(rng, first), "last": _maybe(rng, last), "full name": _maybe(rng, f"{first} {last}"),
        "email": _maybe(rng, f"{first}@{rng.choice(('a.uk', 'b.uk'))}"),
        "postcode": _maybe(rng, rng.choice(("AB1 2CD", "AB1 2CE", "AB12 9ZZ", "Z1 1ZZ", "none"))),
        "born": _maybe(rng, rng.choice((born.isoformat(), f"{born.year}-{born.month}-{born.day}", "1990-13-01", ""))),
        "born_on": _maybe(rng, born), "seen_at": _maybe(rng, seen), "seen_text": _maybe(rng, f"{seen.isoformat()}Z"),
        "number": _maybe(rng, rng.randrange(5)), "amount": _maybe(rng, rng.choice((0.0, 1.0, 1.005, 1.1, 2.5, 3.1))),
        "lat": _maybe(rng, 51 + rng.choice((0, 0.001, 0.04, 0.3, 3, 9))),
        "long": _maybe(rng, rng.choice((0, 0.002, 0.5))),
        "tags": _maybe(rng, [rng.choice(_TAGS) for _ in range(rng.randrange(4))]),
        "sounds": _maybe(rng, [rng.choice((*_TAGS, None)) for _ in range(rng.randrange(4))]),
        "vector": _maybe(rng, [rng.choice((0.0, 1.0, -0.5)) for _ in range(3)]),
        "small": _maybe(rng, [rng.choice((0.25, 1.0, -0.5)) for _ in range(3)]),
    }  # fmt: skip
    for column in TYPES:
        if column.startswith("tf_"):
            made[column] = _maybe(rng, rng.choice((1e-5, 0.003, 0.2)), 0.6)
    return made


def like(rng: Random, of: Record) -> Record:
    """A record that differs from another in a few columns."""
    made, other = dict(of), record(rng)
    for column in rng.sample(list(TYPES), rng.randint(0, 8)):
        made[column] = other[column]
    for column in ("first", "last", "full name", "email", "postcode"):
        if made[column] and rng.random() < 0.3:
            made[column] = typo(rng, made[column]) or "x"  # jaccard takes no empty text
    return made


def pairs(name: str, number: int) -> list[tuple[Record, Record]]:
    """Pairs of records, most of them alike."""
    rng = Random(f"pairs {name}")
    made = []
    for _ in range(number):
        one = record(rng)
        made.append((one, like(rng, one) if rng.random() < 0.8 else record(rng)))
    return made
