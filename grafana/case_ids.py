"""The case to which an id leads, in SQL, for boards and pictures."""

from importlib.resources import files

_CASE_OF = (files(__package__) / "case_of.sql").read_text(encoding="utf-8").strip()


def case_of(case_id: str) -> str:
    """A subquery of the case that a case id means now; `case_id`: SQL text. An id names a record, and leads to the case
    where that is. Where it is of none any more (its source deleted it), it leads to the case that has most of the other
    records that were under the id, as `v_former_case_ids` says."""
    return f"({_CASE_OF.format(case_id=case_id)})"
