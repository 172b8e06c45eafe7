"""What link tells of people: the record's current state, when it says something else than before; and of the courts'
defendants what other states say, since the past of a match matters."""

from processors.linking.link import link
from processors.linking.memory import Memory
from schemas.flow import EventRef, Head, Order, Part, part_id
from schemas.person_facts import PeopleChange

REF = EventRef("feeds.police", 1, 0, 0)


def _head(at: int, said: bytes, *, deleted: bool = False) -> Head:
    parts = () if deleted else (Part("r1", "", (), b"{}", said),)
    return Head("r1", "police.suspect", "s", "S1", Order("", at, f"e{at}", f"d{at}"), deleted, parts, REF)


def _told(memory: Memory, *heads: Head) -> list[PeopleChange]:
    return list(link(memory, heads, 100).people.values())


def test_a_change_of_what_is_said_is_told_once() -> None:
    memory = Memory()
    assert _told(memory, _head(1, b"alba")) == [PeopleChange("r1", "police.suspect", b"alba")]
    assert _told(memory, _head(1, b"alba")) == []  # a repeat
    assert _told(memory, _head(2, b"alba")) == []  # a new state that says the same
    assert _told(memory, _head(3, b"zeb")) == [PeopleChange("r1", "police.suspect", b"zeb")]
    assert _told(memory, _head(0, b"una")) == []  # a late state changes nothing current
    assert _told(memory, _head(4, b"", deleted=True)) == [PeopleChange("r1", "police.suspect", b"")]
    assert _told(memory, _head(2, b"una")) == []


def test_only_the_last_state_of_a_message_is_told() -> None:
    assert [one.facts for one in _told(Memory(), _head(1, b"alba"), _head(2, b"zeb"))] == [b"zeb"]


def test_a_record_that_says_nothing_is_not_told() -> None:
    memory = Memory()
    assert _told(memory, _head(1, b"")) == []
    assert _told(memory, _head(2, b"", deleted=True)) == []


def test_a_part_that_is_no_more_says_nothing() -> None:
    memory = Memory()
    ids = [part_id("rh", name) for name in ("K1", "K2")]

    def hearing(at: int, *parts: str) -> Head:
        told = tuple(Part(one, one, (), b"{}", one.encode()) for one in parts)
        return Head("rh", "court.hearing", "s", "H1", Order("", at, f"e{at}", f"d{at}"), False, told, REF)

    assert {one.record_id: one.facts for one in _told(memory, hearing(1, *ids))} == {one: one.encode() for one in ids}
    assert _told(memory, hearing(2, ids[0])) == [PeopleChange(ids[1], "court.hearing", b"")]
    assert _told(memory, hearing(3, *ids)) == [PeopleChange(ids[1], "court.hearing", ids[1].encode())]


def test_what_courts_said_before_is_told_as_the_past_in_every_order() -> None:
    """Each state once, as what counts or as the past; also of two states in one message, and of a part that is late."""

    def hearing(at: int) -> Head:
        parts = (Part("rh1", "K1", (), b"{}", f"said {at}".encode()),)
        return Head("rh", "court.hearing", "s", "H1", Order("", at, f"e{at}", f"d{at}"), False, parts, REF)

    def match(at: int) -> Head:
        parts = (Part("rm", "", (), b"{}", f"said {at}".encode()),)
        return Head("rm", "court.match", "s", "D1", Order("", at, f"e{at}", f"d{at}"), False, parts, REF)

    for made in (hearing, match):
        for order in ((1, 2, 3), (3, 2, 1), (2, 3, 1)):
            for heads in ([[made(at)] for at in order], [[made(at) for at in order]]):
                memory = Memory()
                told = [one for message in heads for one in _told(memory, *message)]
                assert sorted(one.facts for one in told) == [b"said 1", b"said 2", b"said 3"]
                assert [one.facts for one in told if not one.past][-1] == b"said 3"
                assert all(one.past or one.facts == b"said 3" or len(heads) > 1 for one in told)
                assert _told(memory, *(made(at) for at in order)) == []
