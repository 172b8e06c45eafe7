"""Which tables readers may see, on boards and in analysis: those without people's details (design, principle 10)."""

from schemas.rows import TABLES

LINK_TABLES = frozenset({"records", "record_keys", "case_members", "held_out_keys", "case_faults"})
"""What link knows, without people: case identifiers, never those of persons."""

BOARD_TABLES = (
    frozenset(TABLES)
    | LINK_TABLES
    | {"forces", "feed_messages", "feed_rejects", "v_recorded_crimes"}
    | {f"v_{name}" for name in TABLES}
)
"""Tables and views that the readers' users may select from."""
