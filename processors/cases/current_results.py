"""Results as they count: each once, as the feed of the most weight told it last (decisions, section 3)."""

from collections.abc import Sequence
from typing import NamedTuple

from processors.cases.court_model import Share, ToldResult

_FEEDS = ("court.hearing", "police_result", "spi", "court.case")
"""By rank (`ToldResult.rank`)."""


class CurrentResult(NamedTuple):
    """A result that counts, and the feeds that tell it."""

    told: ToldResult
    sources: tuple[str, ...]


def current_results(told: Sequence[ToldResult], shares: Sequence[Share] = ()) -> tuple[CurrentResult, ...]:
    """The results on an offence, or on a defendant, ordered by day and code. Equal result ids of one feed are one; a
    result of the same code and day from several feeds is one, as the feed of the highest precedence tells it. Of a day
    that a feed tells of, those of less weight add nothing to what it says (`shares`: who told of which days)."""
    if not told:
        return ()
    if len(told) == 1 and not told[0].rank:
        return (CurrentResult(told[0], (_FEEDS[0],)),)
    latest: dict[tuple[int, str], ToldResult] = {}
    for one in told:
        key = (one.rank, one.result.result_id)
        held = latest.get(key)
        if held is None or (one.day or 0) >= (held.day or 0):
            latest[key] = one
    groups: dict[tuple[str, int | None], list[ToldResult]] = {}
    for one in sorted(latest.values(), key=lambda one: (one.rank, one.ordered_on or 0, one.code, one.result.result_id)):
        group = (one.code, one.ordered_on)
        if one.ordered_on is None and group not in groups:
            group = next((held for held in groups if held[0] == one.code), group)
        groups.setdefault(group, []).append(one)
    days = {(one.rank, one.ordered_on) for one in latest.values()}
    found: list[CurrentResult] = []
    for same in groups.values():
        best = next((one.rank for one in same if not _outweighed(one, days, shares)), None)
        sources = tuple(_FEEDS[rank] for rank in sorted({one.rank for one in same}))
        found.extend(CurrentResult(one, sources) for one in same if one.rank == best)
    found.sort(key=lambda one: (one.told.ordered_on or 0, one.told.code, one.told.result.result_id))
    return tuple(found)


def _outweighed(one: ToldResult, days: set[tuple[int, int | None]], shares: Sequence[Share]) -> bool:
    """Whether a feed of more weight says what the results of the day are. One that was shared without any result says
    so only against what was told before it: the court had not resulted it yet, or had taken all back."""
    if not one.rank or one.ordered_on is None:
        return False
    return any((rank, one.ordered_on) in days for rank in range(one.rank)) or any(
        share.rank < one.rank and share.day == one.ordered_on and (share.resulted or share.at >= one.at)
        for share in shares
    )
