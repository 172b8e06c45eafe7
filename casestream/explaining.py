"""Explanations by the ids that are asked about: one function for each pattern of prefixes (`EXPLAINERS`).

An id says by its first letter what it is of: `c` a case, `r` a record or a decision, `p` a person, `i` a person record.
"""

import re
from collections.abc import Callable, Sequence

from casestream.errors import UserError
from casestream.explaining_people import explain_person
from casestream.explaining_people_pairs import explain_person_pair
from casestream.explanations import (
    CaseExplained,
    DecisionExplained,
    Explanation,
    GoneExplained,
    PairExplained,
    label,
)
from processors.linking.entries import RecordState
from processors.linking.explain import Record, explain_case, explain_pair
from processors.standardise.identifiers import Fault, canonical
from processors.standardise.keys import raw_keys
from schemas.events import KINDS
from schemas.flow import NO_TIME, Key, record_id_of
from streams.look import Look

_ID = re.compile(r"[a-z][0-9a-f]{24}")


def _case(look: Look, ids: Sequence[str]) -> Explanation:
    return _of_record(look, ids[0], _found(look, record_id_of(ids[0]), ids[0]))


def _record(look: Look, ids: Sequence[str]) -> Explanation:
    look.record(ids[0])
    decision = look.memory.decisions.get(ids[0])
    if decision is not None:
        held_out = tuple((held.record_id, held.key) for held in decision.held_out)
        return DecisionExplained(ids[0], _decision(look, ids[0]), decision.named, held_out)
    return _of_record(look, ids[0], _found(look, ids[0], ids[0]))


def _of_record(look: Look, asked: str, record: RecordState) -> Explanation:
    if not record.current:
        return _gone(look, asked, record)
    bodies = look.bodies(record)
    case = explain_case(look.memory, record, look.limit, bodies)
    if case.case_id == asked or case.named_after == asked:
        return CaseExplained(asked, case, "", ())
    first = look.memory.held(case.named_after)
    chain = explain_pair(look.memory, record, first, look.limit, bodies).path
    where = f"its record {record.record_id} ({record.kind}) is in the case of {first.record_id}"
    moved = f"{where}, {_order(first, record)}"
    return CaseExplained(asked, case, moved, chain)


def _order(first: RecordState, record: RecordState) -> str:
    """Why one record names the case and not the other."""
    if first.kind != record.kind:
        return f"and a {first.kind} names a case before a {record.kind} does"
    return "and of two records of a kind the lesser id names the case"


def _gone(look: Look, asked: str, record: RecordState) -> Explanation:
    bodies = look.bodies_of([record.record_id])
    told = (bodies.get((record.record_id, state.order.digest)) for state in reversed(record.states))
    last = next((body for body in told if body is not None), None)
    keys: set[Key] = set()
    if last is not None:
        read = (canonical(*raw) for raw in raw_keys(KINDS[record.kind].model.model_validate_json(last)))
        keys = {Key(one.kind, one.value) for one in read if not isinstance(one, Fault)}
    cases: dict[str, list[str]] = {}
    for key, carriers in look.carriers(keys).items():
        for case_id in sorted({one.case_id for one in carriers if one.case_id}):
            cases.setdefault(case_id, []).append(label(key))
    time = record.states[-1].order.time_us
    named = Record(record.record_id, record.kind, record.source, record.subject, record.part)
    return GoneExplained(
        asked, named, None if time == NO_TIME else time, {case_id: tuple(shared) for case_id, shared in cases.items()}
    )


def _pair(look: Look, ids: Sequence[str]) -> Explanation:
    first, second = (_found(look, one, one) for one in ids)
    for record in (first, second):
        if not record.current:
            return _gone(look, record.record_id, record)
    pair = explain_pair(look.memory, first, second, look.limit, look.bodies(first, second))
    return PairExplained(pair, tuple(_decision(look, one) for one in pair.decisions))


def _decision(look: Look, decision_id: str) -> str:
    decision = look.memory.decisions[decision_id]
    bodies = look.bodies_of([decision_id])
    body = bodies.get((decision_id, decision.states[-1].order.digest))
    told = KINDS[decision.kind].model.model_validate_json(body).model_dump() if body is not None else {}
    by, reason = told.get("decided_by", "somebody"), told.get("reason", "")
    return f"{decision.verdict or 'withdrawn'} by {by}: {reason} ({decision_id})"


def _found(look: Look, record_id: str, asked: str) -> RecordState:
    record = look.record(record_id)
    if record is None:
        raise UserError(f"{asked}: link knows no such {'case' if asked[0] == 'c' else 'record'}, and never did")
    return record


EXPLAINERS: dict[str, Callable[[Look, Sequence[str]], Explanation]] = {
    "c": _case, "r": _record, "rr": _pair, "p": explain_person, "i": explain_person, "ii": explain_person_pair,
}  # fmt: skip
"""By the prefixes of the ids that are asked about."""


def explain(look: Look, ids: Sequence[str]) -> Explanation:
    """The explanation of what was asked. UserError for ids of no known form, or of nothing. Raises StoreError."""
    wrong = next((one for one in ids if _ID.fullmatch(one) is None), None)
    if wrong is not None:
        raise UserError(f"{wrong!r} is no id: a letter and 24 hexadecimal digits")
    explainer = EXPLAINERS.get("".join(one[0] for one in ids))
    if explainer is None:
        known = ", ".join("two ids " + one[0] if len(one) == 2 else f"an id {one}" for one in EXPLAINERS)
        raise UserError(f"nothing explains {' '.join(ids)}: give {known}")
    return explainer(look, ids)
