"""When what was fetched of an agent's topics is handed on to it."""

from collections.abc import Mapping


class Pace:
    """When the runs of one agent's topics are handed on: all together, once none of them is under way and `every`
    seconds after the last time, or as soon as one is full or all together hold as many bytes as one may. What comes in
    between is gathered into them. So a single event goes on at once, and under load a flush is rare, which costs nearly
    the same for one event as for ten thousand."""

    def __init__(
        self, every: float, after: Mapping[str, int] | None = None, patience: float = 0.0, max_bytes: int | None = None
    ) -> None:
        """`after`: the topics of the agents before this one, with the messages that these may have left. While the
        whole group has more of one left, on whatever worker, nothing is handed on here for up to `patience` seconds:
        what they send on meanwhile is then done with once. `max_bytes`: a bound of this agent's own instead of the
        worker's."""
        self.every = every
        self.after = after or {}
        self.patience = patience
        self.max_bytes = max_bytes
        self.last = float("-inf")

    def due_in(self, now: float) -> float:
        """Seconds until the next runs may be handed on; nothing or less when they may be now."""
        return self.last + self.every - now
