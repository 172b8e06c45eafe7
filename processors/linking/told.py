"""Which cases the readers of a message are told of, after its records have their places."""

from collections.abc import Mapping

from processors.linking.at_hand import Bodies
from processors.linking.placing import Placing
from processors.linking.search import Searched
from processors.linking.touched import Touched
from schemas.flow import CaseChange


def told(touched: Touched, placing: Placing, searched: Mapping[str, Searched], bodies: Bodies) -> dict[str, CaseChange]:
    """The cases of which a record changed, or that lost one, by their ids, with the bodies that came along; those that
    ceased are without members."""
    cases = {}
    for case_id, case in placing.told.items():
        put = [node for node in placing.put.get(case_id, ()) if case.has(node)]
        if put or case_id in touched.cases or touched.any_changed(case.nodes):
            cases[case_id] = CaseChange(case_id, case.told([one for one in put if one.record_id in bodies], bodies))
    for case_id, one in searched.items():
        if one.changed or case_id in touched.cases:
            cases[case_id] = one.told
        else:
            cases.pop(case_id, None)
    for case_id in touched.cases:
        if case_id not in cases:
            cases[case_id] = CaseChange(case_id, ())
    return cases
