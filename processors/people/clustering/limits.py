"""The numbers that decide who is joined. Match weights are in bits (log2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`join`: two records of that weight or more are joined (20 bits: one in a million by chance). `fracture`: what it
    takes to doubt a join. It is used in three places: evidence of so many bits against a match (the prior left out)
    contradicts one; a shared service number is not believed against such evidence; and a record that could belong to
    two who must be apart belongs to the nearer only if it is nearer by more than `join - fracture`.
    `cluster_size` and `key_records`: more records than that in a cluster, or under one blocking key, name no one.
    Source of 20 and 14: hmpps-person-match, model/model.py (July 2026). The sizes are ours."""

    join: float = 20.0
    fracture: float = 14.0
    cluster_size: int = 100
    key_records: int = 500

    @property
    def margin(self) -> float:
        """By how much the nearer of two must be nearer, in bits."""
        return self.join - self.fracture


LIMITS = Limits()
