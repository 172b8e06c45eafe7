"""What two records are to each other: joined, neutral, or to be kept apart."""

from math import inf
from typing import Literal, NamedTuple

from processors.people.clustering.decisions import Standing
from processors.people.clustering.limits import Limits

Apart = Literal["excluded", "contradiction"]
"""Why two records must not be in one cluster: it was decided; too much speaks against it."""


class Verdict(NamedTuple):
    """`weight` in bits, infinite where a decision or a service's own number says that they are one. `joined`: an edge
    of a component. `disputed`: they share a service's number, but too much speaks against it."""

    weight: float
    joined: bool
    apart: Apart | None
    disputed: bool


def verdict(
    weight: float, standing: Standing | None, same_number: bool, prior_weight: float, limits: Limits
) -> Verdict:
    """The verdict on a pair of that match weight. A decision wins over everything; a shared number of prisons or
    probation wins over the model, unless too much speaks against it. Possible twins are not joined (their weight is
    held down), but may be bridged: a first name misspelt looks the same, and then an identifier ties the two."""
    if standing == "exclude":
        return Verdict(weight, False, "excluded", False)
    if standing == "include":
        return Verdict(inf, True, None, False)
    if weight - prior_weight <= -limits.fracture:
        return Verdict(weight, False, "contradiction", same_number)
    if same_number:
        return Verdict(inf, True, None, False)
    return Verdict(weight, weight >= limits.join, None, False)
