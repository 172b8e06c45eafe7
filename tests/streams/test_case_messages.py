"""Messages of `cases` are read in two steps: which cases they change, then the changes of a batch."""

import msgspec

from schemas.flow import CaseChange, Member, Order, Reason, State
from streams.case_messages import Bodies, batches, read_changes, told_by_case
from streams.offsets import Record
from tests.pipeline import Chunk


def member(record_id: str, digest: str, body: bytes | None) -> Member:
    state = State(Order("", 1, "e", digest), False, body)
    return Member(record_id, "police.crime", "s", "x", "", (state,), Reason("", "", ""))


def run(*messages: object) -> Chunk:
    records = [Record(at, None, msgspec.msgpack.encode(message), 0, ()) for at, message in enumerate(messages)]
    return Chunk("cases", 0, records)


FIRST = CaseChange("c1", (member("r1", "d1", b"{}"),))
OTHER = CaseChange("c2", (member("r2", "d2", None),))
LATER = CaseChange("c1", (member("r1", "d1", None),), True)


def test_each_case_has_its_changes_in_order_and_those_that_others_may_have_written_are_marked() -> None:
    told = told_by_case([run((5, (FIRST, OTHER)), (6, (LATER,)))], {0: 1})
    bodies: Bodies = {}
    assert list(told) == ["c1", "c2"]
    assert read_changes(told["c1"], bodies) == [(5, True, FIRST), (6, False, LATER)]
    assert read_changes(told["c2"], {}) == [(5, True, OTHER)]
    assert bodies == {("r1", "d1"): b"{}"}, "what came along with the earlier message is there for the later"


def test_a_batch_ends_with_the_case_that_fills_it_and_no_case_is_in_two() -> None:
    told = told_by_case([run(*((at, (CaseChange(f"c{at % 7}", FIRST.members),)) for at in range(20)))], {0: 0})
    size = len(told["c0"][-1].change)
    assert [list(batch) for batch in batches(told, size + 1)] == [["c0", "c1"], ["c2", "c3"], ["c4", "c5"], ["c6"]]
    assert [list(batch) for batch in batches(told, 1)] == [[f"c{n}"] for n in range(7)]
    assert [sum(map(len, batch.values())) for batch in batches(told, 1_000_000)] == [20]
    assert not list(batches({}, 1))


def test_a_message_of_before_cases_could_be_asked_for_is_read() -> None:
    told = told_by_case([run([5, [["c1", []]]])], {0: 0})
    assert read_changes(told["c1"], {}) == [(5, False, CaseChange("c1", ()))]
