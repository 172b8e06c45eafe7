"""An identifier knows who carries it, be they few or many; a memory that is gone leaves nothing behind."""

import gc
import weakref

import pytest

from processors.linking.at_hand import CaseAtHand
from processors.linking.link import link
from processors.linking.nodes import FEW, Node, tie_of
from schemas.flow import Key
from tests.processors.linking.heads import LIMIT, complete_memory, head


@pytest.mark.parametrize("many", [3, FEW, FEW + 1, FEW + 9])
def test_records_come_to_an_identifier_and_leave_it(many: int) -> None:
    nodes = [Node(str(number)) for number in range(many)]
    gained, known = tie_of(Key("urn", "1")), tie_of(Key("urn", "1"))
    for node in nodes:
        gained.gain(node)
    known.know([*nodes, nodes[0]])
    for tie in (gained, known):
        assert len(tie.nodes) == many
        assert set(tie.nodes) == set(nodes)
        for node in nodes[1:]:
            tie.lose(node)
        assert list(tie.nodes) == nodes[:1]
        tie.gain(nodes[1])
        assert set(tie.nodes) == set(nodes[:2])


def test_identifiers_are_the_same_only_when_they_are_one() -> None:
    assert tie_of(Key("urn", "1")) != tie_of(Key("urn", "1"))


def test_a_memory_that_is_gone_waits_for_no_garbage_collector() -> None:
    heads = [head("police.suspect", name, ("urn", "1"), ("asn", name)) for name in "abcdefg"]
    memory = complete_memory(*heads)
    link(memory, heads, LIMIT)
    memory.commit()
    assert memory.cases
    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(one, CaseAtHand) for one in gc.get_objects())
        gone = weakref.ref(memory)
        del memory
        assert gone() is None
        assert sum(isinstance(one, CaseAtHand) for one in gc.get_objects()) < before
    finally:
        gc.enable()
