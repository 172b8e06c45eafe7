"""Which tables readers may see, on boards and in analysis: those without people's details (design, principle 10)."""

from schemas.tables import TABLES

LINK_TABLES = frozenset(
    {"records", "record_keys", "case_members", "held_out_keys", "held_out_links", "case_faults"}
)
"""What link knows, with the identifiers and the agencies' own ids of records: no reader's. Each has a view `v_...`
without them."""

PEOPLE_TABLES = frozenset({"people", "people_members", "people_records", "people_sources"})
"""Who is who, with names, dates of birth, addresses and identifiers of people in people_records: no reader's. Readers
have views without any of that."""

QUALITY = ("completeness", "validity", "timeliness", "uniqueness", "rejects", "consistency", "links")
"""The views of data quality, without `v_quality_`."""

BOARD_TABLES = (
    frozenset(TABLES)
    | {f"v_{name}" for name in TABLES}
    | {f"v_{name}" for name in LINK_TABLES}
    | {f"v_quality_{view}" for view in QUALITY}
    | {
        "areas",
        "ethnicities",
        "feed_messages",
        "feed_rejects",
        "forces",
        "places",
        "reference_entries",
        "reference_loads",
        "v_assigned_outcomes",
        "v_case_links",
        "v_court_case_spans",
        "v_crown_completions",
        "v_data_span",
        "v_force_areas",
        "v_former_case_ids",
        "v_link_decisions",
        "v_people",
        "v_people_cases",
        "v_people_homes",
        "v_people_links",
        "v_people_of_records",
        "v_people_scorings",
        "v_people_snapshots",
        "v_recorded_crimes",
        "v_reference",
        "v_reoffending",
        "v_sentences_served",
        "v_trials",
        "v_unknown_codes",
        "v_unknown_ethnicities",
    }
)
"""Tables and views that the readers' users may select from."""

DICTIONARIES = frozenset({"dict_areas", "dict_ethnicities", "dict_forces", "dict_places", "dict_reference"})
"""Dictionaries that the readers' users may look codes up in."""

DICTIONARY_TABLES = frozenset({"areas", "ethnicities", "forces", "places", "reference_entries", "reference_loads"})
"""What the user `dictionaries` may read, for them; readers may read it too."""
