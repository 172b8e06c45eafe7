"""Clustering: the records of people, what was decided about them, a model and a snapshot -> clusters, one a person.

    limits      the thresholds and sizes that the rules use
    decisions   merges, unmerges, includes and excludes: which of them stand
    matched     what the courts' matches say of two records, over their master defendants
    verdicts    a pair: joined, neutral, or to be kept apart
    partition   a component of joined records -> parts in which nothing is kept apart
    cluster     a part with its name and status
    entries     a record as linking knows it, and where it is looked up
    near        what is near to records, and what joins tie together
    change      what one step did
    meeting     how two records come to be compared
    reasons     the joins that hold a cluster together
    difference  one way of telling who is who beside another
    people      all records: components around what changes, so that an update equals a run over everything

Clusters are a function of what is known now, never of the clusters before (docs/explanation/people-linking.md).
"""

from processors.people.clustering.change import Change
from processors.people.clustering.cluster import Attention, Cluster
from processors.people.clustering.decisions import Decision, Decisions
from processors.people.clustering.entries import Elsewhere, Entry
from processors.people.clustering.limits import LIMITS, Limits
from processors.people.clustering.meeting import Meeting, SharedKey
from processors.people.clustering.people import People

__all__ = [
    "LIMITS", "Attention", "Change", "Cluster", "Decision", "Decisions", "Elsewhere", "Entry", "Limits", "Meeting",
    "People", "SharedKey",
]  # fmt: skip
