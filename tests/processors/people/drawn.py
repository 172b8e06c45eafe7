"""Histories of people drawn event by event: one that fails shrinks to the few events that matter."""

from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from tests.streams.match_stories import said_of_defendants
from tests.streams.people_stories import Said, event_of, said_of_people
from tests.streams.stories import Event

History = list[Event]

LENGTH = 40
CHANCE = st.randoms(use_true_random=False)
"""For orders and sizes: it likes zeros and ones too much to tell stories by."""


class _Chance(Random):
    """All by even draws of hypothesis, in hundredths."""

    draw: st.DrawFn

    def random(self) -> float:
        return self.draw(st.integers(0, 99)) / 100

    def getrandbits(self, k: int, /) -> int:
        return self.draw(st.integers(0, 2**k - 1))


@st.composite
def _said(draw: st.DrawFn, said: Callable[[Random], Said]) -> Said | None:
    chance = _Chance(0)
    chance.draw = draw
    return None if chance.random() < 0.1 else said(chance)


def _histories(said: Callable[[Random], Said]) -> st.SearchStrategy[History]:
    """A list of any length would mostly have five events; here the least is one of nothing but gaps."""
    return st.lists(_said(said), min_size=LENGTH, max_size=LENGTH).map(_numbered)


def _numbered(told: list[Said | None]) -> History:
    return [event_of(n, one) for n, one in enumerate(told) if one is not None]


OF_PEOPLE, OF_DEFENDANTS = _histories(said_of_people), _histories(said_of_defendants)
"""Of all kinds of records that tell of people; of defendants above all, whom the courts match."""


def in_disorder(history: History, pick: Random) -> History:
    """Some of it twice, and all in any order."""
    again = [*history, *(one for one in history if pick.random() < 0.25)]
    pick.shuffle(again)
    return again
