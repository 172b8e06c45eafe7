"""The case to which an id leads, in SQL, for boards and pictures."""


def case_of(case_id: str) -> str:
    """A subquery of the case that a case id means now; `case_id`: SQL text. An id names a record, and leads to the case
    where that is. Where it is of none any more (its source deleted it), it leads to the case that has most of the other
    records that were under the id, as `v_former_case_ids` says."""
    own = f"concat('r', substring({case_id}, 2))"
    return (
        "(SELECT case_id FROM casestream.v_case_members"
        f" WHERE record_id = {own}"
        f" OR record_id IN (SELECT record_id FROM casestream.case_events WHERE case_id = {case_id})"
        f" GROUP BY case_id ORDER BY max(record_id = {own}) DESC, count() DESC, case_id DESC LIMIT 1)"
    )
