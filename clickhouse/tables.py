"""Which tables readers may see, on boards and in analysis: those without people's details (design, principle 10)."""

from schemas.rows import TABLES

LINK_TABLES = frozenset({"records", "record_keys", "case_members", "held_out_keys", "case_faults"})
"""What link knows, with the identifiers and the agencies' own ids of records: no reader's. Each has a view `v_...`
without them."""

QUALITY = ("completeness", "validity", "timeliness", "uniqueness", "rejects", "consistency", "links")
"""The views of data quality, without `v_quality_`."""

BOARD_TABLES = (
    frozenset(TABLES)
    | {f"v_{name}" for name in TABLES}
    | {f"v_{name}" for name in LINK_TABLES}
    | {
        "forces",
        "areas",
        "v_force_areas",
        "reference_loads",
        "reference_entries",
        "v_reference",
        "v_unknown_codes",
        "ethnicities",
        "v_unknown_ethnicities",
        "feed_messages",
        "feed_rejects",
        "v_data_span",
        "v_recorded_crimes",
    }
    | {f"v_quality_{view}" for view in QUALITY}
)
"""Tables and views that the readers' users may select from."""
