"""Made-up histories with their truth: cases through police, CPS, courts and HMPPS, for demo, tests and benchmarks.

`happenings(plan)` gives CloudEvents in the order in which they arrive; `write_history` writes them and their truth;
`score` compares what was linked with the truth. Pure: no clock, no network, the same plan gives the same bytes.
It knows the schemas only. Every person, place reference and number in it is invented.
"""

from simulator.dirt import LEVELS
from simulator.history import AGENCY_OF, Happening, happenings
from simulator.plan import ALL_AREAS, Defects, Dirt, Plan, PlanError
from simulator.score import Score, score
from simulator.truth import TruthLine
from simulator.write import live, write_history

__all__ = [
    "AGENCY_OF", "ALL_AREAS", "LEVELS", "Defects", "Dirt", "Happening", "Plan", "PlanError", "Score", "TruthLine",
    "happenings", "live", "score", "write_history",
]  # fmt: skip
