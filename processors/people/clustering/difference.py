"""How one way of telling who is who differs from another, over the same person records."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from math import comb


@dataclass(frozen=True, slots=True)
class Difference:
    """`records`: person records that are of a person; `records_changed`: those whose person has other records than
    before. Of persons: how many before and after, and how many after that were none before. Pairs of records of one
    person: how many before, how many more, and how many no longer."""

    records: int
    records_changed: int
    persons_before: int
    persons_after: int
    persons_changed: int
    pairs_before: int
    pairs_joined: int
    pairs_parted: int


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """Compare two maps from person records to their persons. A record that only one of them has is alone in the other.
    """
    records = sorted(before.keys() | after.keys())
    whole_before, whole_after = _persons(before, records), _persons(after, records)
    same = set(whole_before.values()) & set(whole_after.values())
    pairs_before, pairs_after = (
        sum(comb(len(one), 2) for one in persons.values()) for persons in (whole_before, whole_after)
    )
    owner_before, owner_after = _owners(whole_before), _owners(whole_after)
    together = Counter((owner_before[one], owner_after[one]) for one in records)
    kept = sum(comb(count, 2) for count in together.values())
    return Difference(
        records=len(records),
        records_changed=len(records) - sum(map(len, same)),
        persons_before=len(whole_before),
        persons_after=len(whole_after),
        persons_changed=len(whole_after) - len(same),
        pairs_before=pairs_before,
        pairs_joined=pairs_after - kept,
        pairs_parted=pairs_before - kept,
    )


def _persons(told: Mapping[str, str], records: list[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record in records:
        found.setdefault(told.get(record) or record, set()).add(record)
    return {person: frozenset(one) for person, one in found.items()}


def _owners(persons: Mapping[str, Set[str]]) -> dict[str, str]:
    return {record: person for person, records in persons.items() for record in records}
