"""One walk finds what `components` finds in two: the same case, named after the same record, for the same reasons."""

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.linking.components import component, least, reasons
from processors.linking.link import link
from processors.linking.walk import case_around, likely_first
from schemas.flow import Head
from tests.processors.linking.heads import changes_of, complete_memory, current_of, head
from tests.processors.linking.test_link_equals_batch import LIMIT, hearing_head, plain_head

UNDECIDED = st.lists(st.one_of(plain_head(), plain_head(), hearing_head()), max_size=30)


@settings(max_examples=300, deadline=None)
@given(UNDECIDED)
def test_walk_equals_component_least_and_reasons(history: list[Head]) -> None:
    memory = complete_memory(*history)
    link(memory, history, LIMIT)
    for record in current_of(memory):
        members, ties = component(memory, record, LIMIT)
        named_after = least(members)
        node = memory.node(record.record_id)
        first, met = case_around(memory, node, LIMIT)
        assert memory.record_of(first) == named_after
        assert sorted(one.record_id for one in met) == sorted(one.record_id for one in members)
        assert {one.record_id: led.reason for one, led in met.items()} == reasons(named_after, ties)
        assert likely_first(memory, node, LIMIT, set()) in (first, node)


def test_a_record_that_moved_leaves_its_case_and_joins_another_in_one_message() -> None:
    first, second = head("police.crime", "a", ("urn", "1")), head("police.suspect", "b", ("urn", "1"))
    third, fourth = head("police.crime", "c", ("urn", "2")), head("police.suspect", "d", ("urn", "2"))
    moved = head("police.suspect", "b", ("urn", "2"), time=2)
    memory = complete_memory(first, second, third, fourth)
    link(memory, [first, second, third, fourth], LIMIT)
    told = {case_id: len(change.members) for case_id, change in changes_of(memory, moved).items()}
    assert told == {"c" + first.subject_id[1:]: 1, "c" + third.subject_id[1:]: 3}
