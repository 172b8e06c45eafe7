"""The arithmetic of runs: only what is done is committed, in order, once, and only in its own assignment."""

import random

from streams.offsets import Ledger, Partition, Record, Run

P = Partition("records", 0)
Q = Partition("records", 1)


def run(ledger: Ledger, start: int, end: int, where: Partition = P, assignment: int = 1) -> Run:
    """A run of the offsets start to end - 1; `take` it to hand it on."""
    records = [Record(offset, None, b"", 0, ()) for offset in range(start, end)]
    return Run(ledger, where, records, start_offset=start, next_offset=end, size=0, assignment=assignment)


def ledger() -> Ledger:
    fresh = Ledger()
    fresh.assign(1)
    fresh.position({P: 0, Q: 0})
    return fresh


def test_nothing_is_pending_until_a_run_is_done() -> None:
    book = ledger()
    first = run(book, 0, 10)
    assert book.take(first)
    assert book.pending() == {}
    assert book.under_way | book.rewinding == {P}
    assert first.done()
    assert book.pending() == {P: 10}
    assert book.under_way | book.rewinding == frozenset()
    book.committed({P: 10}, 1)
    assert book.pending() == {}


def test_a_partition_has_one_run_under_way() -> None:
    book = ledger()
    assert book.take(run(book, 0, 10))
    assert not book.take(run(book, 10, 20))
    assert book.take(run(book, 0, 5, Q))


def test_a_hole_is_never_handed_on() -> None:
    book = ledger()
    first = run(book, 0, 10)
    book.take(first)
    first.done()
    assert not book.take(run(book, 11, 20))
    assert not book.take(run(book, 9, 20))
    assert book.take(run(book, 10, 20))


def test_a_run_whose_last_messages_nobody_sees_is_committed_past_them() -> None:
    book = ledger()
    gap = Run(book, P, [Record(3, None, b"", 0, ())], start_offset=0, next_offset=9, size=0, assignment=1)
    book.take(gap)
    gap.done()
    assert book.pending() == {P: 9}
    assert book.skip(P, 9, 12, 1)
    assert book.pending() == {P: 12}


def test_a_skip_does_not_overtake_a_run_under_way() -> None:
    book = ledger()
    book.take(run(book, 0, 10))
    assert not book.skip(P, 10, 12, 1)
    assert book.pending() == {}


def test_a_run_is_done_once() -> None:
    book = ledger()
    first = run(book, 0, 10)
    book.take(first)
    assert first.done()
    assert not first.done()
    assert not first.abandon()


def test_revoked_runs_change_nothing_in_the_next_assignment() -> None:
    book = ledger()
    old = run(book, 0, 10)
    book.take(old)
    book.revoke()
    assert not old.is_current
    assert not old.done()
    book.assign(2)
    assert not book.take(run(book, 0, 10, assignment=1)), "fetched before the rebalance"
    assert not book.take(run(book, 0, 10, assignment=2)), "its position is not known yet"
    book.position({P: 0})
    new = run(book, 0, 10, assignment=2)
    assert book.take(new)
    assert not old.done()
    assert new.is_current
    book.committed({P: 50}, 1)  # an answer that came late
    new.done()
    assert book.pending() == {P: 10}


def test_nothing_is_handed_on_while_nobody_owns_the_partition() -> None:
    book = Ledger()
    assert not book.take(run(book, 0, 10, assignment=-1))


def test_an_abandoned_run_is_fetched_again_when_reading_has_gone_back() -> None:
    asked: list[tuple[Partition, int]] = []
    book = Ledger(on_rewind=lambda where, offset: asked.append((where, offset)))
    book.assign(1)
    book.position({P: 5})
    first = run(book, 5, 10)
    book.take(first)
    assert first.abandon()
    assert asked == [(P, 5)]
    assert book.under_way | book.rewinding == {P}
    assert not book.take(run(book, 5, 10)), "fetched before reading went back"
    book.free(P)
    assert book.pending() == {}
    assert book.take(run(book, 5, 10))


def test_what_does_not_follow_is_asked_for_again_once() -> None:
    asked: list[tuple[Partition, int]] = []
    book = Ledger(on_rewind=lambda where, offset: asked.append((where, offset)))
    book.assign(1)
    book.position({P: 5})
    book.rewind(P)
    book.rewind(P)
    assert asked == [(P, 5)]


def test_a_new_position_drops_what_was_under_way() -> None:
    book = ledger()
    first = run(book, 0, 10)
    book.take(first)
    book.position({P: 0})
    assert not first.is_current
    assert book.take(run(book, 0, 10))


def test_any_order_of_steps_commits_exactly_the_finished_head_of_each_partition() -> None:
    for seed in range(200):
        dice = random.Random(seed)
        book = ledger()
        finished = {P: 0, Q: 0}
        under_way: dict[Partition, Run] = {}
        for _ in range(60):
            where = dice.choice((P, Q))
            step = dice.choice(("take", "done", "abandon", "skip", "commit"))
            start = finished[where]
            if step == "take":
                end = start + dice.randint(1, 9)
                fetched = run(book, start, end, where)
                assert book.take(fetched) == (where not in under_way)
                under_way.setdefault(where, fetched)
            elif step == "done" and where in under_way:
                finished[where] = under_way[where].next_offset
                assert under_way.pop(where).done()
            elif step == "abandon" and where in under_way:
                assert under_way.pop(where).abandon()
                book.free(where)
            elif step == "skip" and where not in under_way:
                finished[where] = start + 2
                assert book.skip(where, start, start + 2, 1)
            elif step == "commit":
                pending = book.pending()
                assert all(offset == finished[which] for which, offset in pending.items())
                book.committed(pending, 1)
