"""Records that the memory has packed are at hand as before; what it forgot has to be looked up again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.linking.link import link
from processors.linking.memory import Memory, NotAtHandError
from schemas.flow import Head, Key
from tests.processors.linking.heads import carriers_of, complete_memory, entries_of, head
from tests.processors.linking.test_link_equals_batch import HISTORY, LIMIT


@settings(max_examples=200, deadline=None)
@given(HISTORY, st.integers(1, 5), st.integers(0, 3))
def test_a_memory_that_packs_does_the_same(heads: list[Head], size: int, keep: int) -> None:
    packing, plain = complete_memory(*heads), complete_memory(*heads)
    for start in range(0, len(heads), size):
        some = heads[start : start + size]
        assert link(packing, some, LIMIT) == link(plain, some, LIMIT)
        packing.commit()
        packing.forget(keep, 1_000)
        for key in plain.ties.keys() - packing.ties.keys():
            packing.know_tie(key)  # looked up again: of a key that was dropped nobody at hand is a carrier
        assert len(ready(packing)) <= keep * 1.2
    assert entries_of(packing) == entries_of(plain)
    assert carriers_of(packing) == carriers_of(plain)


def ready(memory: Memory) -> list[str]:
    return [
        entry_id
        for entry_id, node in memory.nodes.items()
        if node.state is not None and not isinstance(node.state, bytes)
    ]


def held() -> Memory:
    memory = complete_memory(*(head("police.crime", subject, ("urn", subject)) for subject in "abc"))
    link(memory, [head("police.crime", subject, ("urn", subject)) for subject in "abc"], LIMIT)
    memory.commit()
    return memory


def test_a_chunk_that_fails_leaves_a_packed_record_as_it_was() -> None:
    memory, before = held(), entries_of(held())
    memory.forget(0, 10)
    assert not ready(memory)
    link(memory, [head("police.crime", "a", ("urn", "b"), time=2)], LIMIT)
    memory.rollback()
    assert {entry_id: memory.entry(entry_id) for entry_id in before} == before
    assert carriers_of(memory) == carriers_of(held())


def test_what_is_over_the_limit_is_forgotten_with_its_identifiers_the_oldest_first() -> None:
    memory = held()
    first, second, third = memory.nodes
    memory.forget(0, 2)
    assert not memory.at_hand(first) and memory.at_hand(second) and memory.at_hand(third)
    assert set(memory.ties) == {Key("urn", "b"), Key("urn", "c")}
    with pytest.raises(NotAtHandError):
        link(memory, [head("police.crime", "d", ("urn", "a"))], LIMIT)


def test_identifiers_that_nobody_at_hand_carries_do_not_pile_up() -> None:
    memory = held()
    for number in range(10):
        memory.know_tie(Key("urn", str(number)))
    memory.forget(3, 0)
    assert set(memory.ties) == {Key("urn", subject) for subject in "abc"}
