"""The deterministic state machine over the topic `records`: what one of its messages does.

A function of the memory as of the offsets before and of the message, and of nothing else: no clock, no arrival, no
chunk border. Each message ends in the records and identifiers that it changed, and the cases as they now are.
"""

from collections.abc import Iterable, Sequence

from processors.linking.accept import accept
from processors.linking.at_hand import Bodies
from processors.linking.memory import Memory
from processors.linking.placing import Placing
from processors.linking.search import search
from processors.linking.told import told
from processors.linking.touched import LinkStep, Touched
from schemas.flow import CaseChange, Head, record_id_of


def link(memory: Memory, heads: Iterable[Head], limit: int, reproject: Sequence[str] = ()) -> LinkStep:
    """Apply one message. The memory must hold every record, subject and identifier that it touches (`needs`).
    `reproject`: cases to be told although nothing of them may have changed, so that all their rows are written anew.
    """
    step = LinkStep()
    touched = Touched(memory, limit, step)
    placing = Placing(touched)
    bodies: Bodies = {}
    for head in heads:
        for part in head.parts:
            of_record = bodies.get(part.record_id)
            if of_record is None:
                bodies[part.record_id] = {head.order.digest: part.body}
            else:
                of_record[head.order.digest] = part.body
        accept(touched, head)
        placing.settle()
    for case_id in reproject:
        touched.tell(record_id_of(case_id))
    placing.settle()
    searched = search(touched, placing, bodies)
    touched.finish()
    cases = told(touched, placing, searched, bodies)
    for case_id in reproject:
        _tell_anew(memory, cases, case_id)
    step.cases = [cases[case_id] for case_id in sorted(cases)]
    return step


def _tell_anew(memory: Memory, cases: dict[str, CaseChange], case_id: str) -> None:
    """Mark a case, and the one in which the record is now that it was called after. One that does not exist (any more)
    is told as ceased, so that whatever rows it has are buried."""
    record = memory.record(record_id_of(case_id))
    now = record.case_id if record is not None and record.current else case_id
    for one in {case_id, now}:
        members = cases[one].members if one in cases else ()
        cases[one] = CaseChange(one, members, True)
