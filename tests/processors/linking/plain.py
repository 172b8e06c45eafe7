"""Cases by the plainest means, from all accepted heads at once: sets that are merged one link at a time.

It shares no code with the live linking, and its order of trust is written out once more: what the two agree on is what
the documentation says (docs/explanation/linking.md), not what one of them happens to do.
"""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.events import KINDS
from schemas.flow import Head, Key

ATTACH = ("hearing_id", "application_id", "movement")
TRUST = (
    "include", "court_case_id", "defendant_id", "offence_id", "cps_case_id", "supervision_id", "asn",
    "crown_case_number", "libra_case_number", "pnc_court_reference", "urn", "prosecutor_ref", "crime_ref", *ATTACH,
)  # fmt: skip


Reason = tuple[str, str, str]


class Outcome(NamedTuple):
    """`cases`: each current record and the least record of its case. `reasons`: the kind and value of the identifier,
    and the record, that lead there; empty for the least one. `held_out`: (decision, record, identifier). `crowded`: the
    identifiers on too many records, and on how many."""

    cases: dict[str, str]
    reasons: dict[str, Reason]
    held_out: set[tuple[str, str, Key]]
    crowded: dict[Key, int]


def cases_of_all(heads: Iterable[Head], limit: int) -> Outcome:
    """The cases of everything that was ever told."""
    highest: dict[str, Head] = {}
    for one in heads:
        if one.subject_id not in highest or highest[one.subject_id].order < one.order:
            highest[one.subject_id] = one
    now = [one for one in highest.values() if not one.deleted]
    records = {
        part.record_id: (KINDS[one.kind].rank, part.record_id, part.keys)
        for one in now if one.kind != "casestream.link_decision" for part in one.parts
    }  # fmt: skip
    decisions = {
        one.subject_id: (one.parts[0].keys[0].kind, *(key.value for key in one.parts[0].keys))
        for one in now if one.kind == "casestream.link_decision"
    }  # fmt: skip
    carriers = _carriers(records)
    links = _links(records, carriers, limit)
    for decision_id, (verdict, first, second) in decisions.items():
        if verdict == "include" and first in records and second in records:
            links += [(Key("include", decision_id), record_id) for record_id in (first, second)]
    links.sort(key=lambda link: (TRUST.index(link[0].kind), link[0], not _joins(records[link[1]]), records[link[1]]))
    apart = [(one, {first, second}) for one, (verdict, first, second) in decisions.items() if verdict == "exclude"]
    groups: dict[object, set[object]] = {}
    held_out = set()
    laid: dict[Key, set[str]] = {}
    for key, record_id in links:
        one, other = groups.setdefault(key, {key}), groups.setdefault(record_id, {record_id})
        against = [decision_id for decision_id, pair in apart if pair <= one | other]
        if against:
            held_out |= {(decision_id, record_id, key) for decision_id in against}
            continue
        laid.setdefault(key, set()).add(record_id)
        both = one | other
        for member in both:
            groups[member] = both
    named = {
        record_id: min(records[one][:2] for one in groups.get(record_id, {record_id}) if isinstance(one, str))[1]
        for record_id in records
    }
    crowded = {key: len(of_key) for key, of_key in carriers.items() if len(of_key) > limit}
    return Outcome(named, _reasons(records, named, laid), held_out, crowded)


Records = dict[str, tuple[int, str, tuple[Key, ...]]]


def _joins(record: tuple[int, str, tuple[Key, ...]]) -> bool:
    return any(key.kind not in ATTACH for key in record[2])


def _carriers(records: Records) -> dict[Key, list[str]]:
    carriers: dict[Key, list[str]] = {}
    for record_id, (_rank, _id, keys) in records.items():
        for key in keys:
            carriers.setdefault(key, []).append(record_id)
    return carriers


def _links(records: Records, carriers: dict[Key, list[str]], limit: int) -> list[tuple[Key, str]]:
    links = []
    for key, of_key in carriers.items():
        if len(of_key) > limit:
            continue
        if key.kind in ATTACH:
            owners = [record_id for record_id in of_key if _joins(records[record_id])]
            followers = [record_id for record_id in of_key if not _joins(records[record_id])]
            owner = min(owners, key=lambda record_id: records[record_id][:2], default=None)
            if owner is None:
                of_key = followers
            else:
                of_key = [owner, *followers] if followers else []
        links += [(key, record_id) for record_id in of_key]
    return links


def _reasons(records: Records, named: dict[str, str], laid: dict[Key, set[str]]) -> dict[str, Reason]:
    """Ring by ring outwards from the least record of each case. Within a ring a record is met from the one that was met
    first itself, over the first identifier of that one, and of several the least; decisions come after identifiers.
    What follows an owner leads to it alone, and the owner to all that follow."""
    reasons: dict[str, Reason] = dict.fromkeys(named.values(), ("", "", ""))
    ring = sorted(reasons)
    while ring:
        nearer, ring = ring, []
        for near in nearer:
            keys = [*records[near][2], *sorted(key for key in laid if key.kind == "include")]
            for key in keys:
                if near not in laid.get(key, ()):
                    continue
                others = laid[key]
                if key.kind in ATTACH and not _joins(records[near]):
                    others = {one for one in others if _joins(records[one])} or others
                new = sorted(others - reasons.keys())
                reasons.update(dict.fromkeys(new, (key.kind, key.value, near)))
                ring += new
    return reasons
