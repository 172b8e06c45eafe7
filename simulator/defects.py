"""What goes wrong between an agency's records and their arrival. The truth is that of before."""

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

import orjson

from simulator import identifiers
from simulator.moments import DAY, HOUR
from simulator.people import DOUBLE_SLOT, SLOTS, case_of
from simulator.plan import Defects
from simulator.story import PROBATION, Told

DELETED = "record.deleted"


class Arrival(NamedTuple):
    """A state on its way: when it arrives (seconds), its event's id within the case, and what it tells."""

    at: int
    event: str
    told: Told


class Link(NamedTuple):
    """A place in a state's data that holds a linking identifier, and whether the contract can do without it."""

    holder: dict[str, Any]
    field: str
    optional: bool


_OF_PEOPLE = frozenset({"hmpps.prisoner", "hmpps.probation_case"})
_SENTENCES = frozenset({"hmpps.custody_movement", "hmpps.recall", "hmpps.supervision"})


def links(kind: str, data: dict[str, Any]) -> list[Link]:
    """The linking identifiers of a state that may go wrong. The court case id stays, as the part of a hearing and the
    subject of a case do: what an agency calls its own record it does not mistype."""
    found: list[Link] = []

    def look(holder: dict[str, Any], *fields: str, optional: bool = True) -> None:
        found.extend(Link(holder, field, optional) for field in fields if holder.get(field))

    if kind in ("police.incident", "police.suspect", "police.arrest"):
        look(data, "crime_refs", "asn")
    elif kind in ("police.crime_outcome", "police.victim_support"):
        look(data, "crime_ref", optional=False)
    elif kind == "police.victim_service":
        look(data, "crime_ref", "urn")
    elif kind == "police.prosecution":
        for defendant in data["defendants"]:
            look(defendant, "asn", optional=False)
    elif kind.startswith("cps."):
        look(data["proceeding"], "asn", "urn", "cps_case_id")
    elif kind in ("court.case", "court.hearing"):
        for case in data["cases"] if kind == "court.hearing" else (data,):
            look(case["ids"], "urn")
            for defendant in case["defendants"]:
                look(defendant, "asn")
    elif kind in ("court.remand", "court.warrant"):
        look(data["defendant"], "defendant_id", "court_case_id")
    elif kind in _SENTENCES:
        look(data["sentence"], "urn", "asn", "court_case_id")
    return found


def _spoilt(told: Told, rng: Random, how: Callable[[Link, Random], None], needed: bool) -> Told | None:
    """The state with one of its linking identifiers spoilt; None where it has none that can be."""
    data = orjson.loads(orjson.dumps(told.data))
    possible = [link for link in links(told.kind, data) if link.optional or not needed]
    if not possible:
        return None
    how(rng.choice(possible), rng)
    return told._replace(data=data)


def _left_out(link: Link, _: Random) -> None:
    if link.field == "crime_refs":
        link.holder[link.field] = []
    else:
        del link.holder[link.field]


def _mistyped(link: Link, rng: Random) -> None:
    value = link.holder[link.field]
    if isinstance(value, list):
        at = rng.randrange(len(value))
        value[at] = identifiers.mistyped(value[at], rng)
    else:
        link.holder[link.field] = identifiers.mistyped(value, rng)


def arrivals(told: list[Told], lag: int, defects: Defects, rng: Random) -> list[Arrival]:
    """The states of a case, sorted by time, as they arrive: `lag` seconds after their time when nothing goes wrong."""
    if not defects.any():
        return [Arrival(state.time + lag, f"{n:03d}", state) for n, state in enumerate(told)]
    made = told + _merges(told, defects) + _deletions(told, defects, rng)
    last: dict[tuple[str, str], int] = {}
    for n, state in enumerate(told):
        last[state.kind, state.subject] = n
    coming: list[Arrival] = []
    for n, state in enumerate(made):
        coming.append(Arrival(state.time + lag, f"{n:03d}", state))
        if state.kind == DELETED:
            continue
        spoilt = None
        if defects.missing_identifiers and rng.random() < defects.missing_identifiers:
            spoilt = _spoilt(state, rng, _left_out, True)
        elif defects.mistyped_identifiers and rng.random() < defects.mistyped_identifiers:
            spoilt = _spoilt(state, rng, _mistyped, False)
        elif defects.corrections and rng.random() < defects.corrections:
            spoilt = _spoilt(state, rng, _mistyped, False)
            if spoilt is not None and last.get((state.kind, state.subject)) == n:
                later = state._replace(time=state.time + HOUR + int(rng.expovariate(1 / (5 * DAY))))
                coming.append(Arrival(later.time + lag, f"{n:03d}c", later))
        if spoilt is not None:
            at = next(i for i in (len(coming) - 1, len(coming) - 2) if coming[i].event == f"{n:03d}")
            coming[at] = coming[at]._replace(told=spoilt)
    return _in_disorder(coming, defects, rng)


def _merges(told: list[Told], defects: Defects) -> list[Told]:
    """Second numbers of people at probation, and their merges."""
    made: list[Told] = []
    if not defects.merges:
        return made
    already = {of for state in told if state.kind == "hmpps.merge" for of in (state.subject, state.data["kept_id"])}
    for state in {state.subject: state for state in told if state.kind == "hmpps.probation_case"}.values():
        # by the person alone: each of a person's cases has the same answer
        if state.subject not in already and Random(f"held twice {state.subject}").random() < defects.merges:
            made += doubled(state)
    return made


def doubled(state: Told) -> list[Told]:
    """Probation's record of a person told a second time under another number, and the merge nine days later."""
    number = int(state.parts[0].persons[0][1:])
    second = identifiers.crn(case_of(number) * SLOTS + DOUBLE_SLOT - number % SLOTS)
    return [
        state._replace(subject=second, data={**state.data, "crn": second}),
        Told(state.time + 9 * DAY, "hmpps.merge", PROBATION, second, {
            "id_kind": "crn", "merged_id": second, "kept_id": state.subject, "reason": "duplicate record",
        }, state.parts),
    ]  # fmt: skip


def _deletions(told: list[Told], defects: Defects, rng: Random) -> list[Told]:
    """Deletions of records, some days after their last state; not of what prisons and probation hold of a person, since
    other cases of the person tell of it too."""
    if not defects.deletions:
        return []
    last = {
        (state.kind, state.source, state.subject): state.time for state in told if state.kind not in _OF_PEOPLE
    }
    return [
        Told(time + DAY + int(rng.expovariate(1 / (20 * DAY))), DELETED, source, subject,
             {"kind": kind, "reason": "entered in error"}, ())
        for (kind, source, subject), time in last.items() if rng.random() < defects.deletions
    ]  # fmt: skip


def _in_disorder(coming: list[Arrival], defects: Defects, rng: Random) -> list[Arrival]:
    coming.sort(key=lambda arrival: arrival.at)
    for i in range(len(coming) - 1):
        if defects.out_of_order and rng.random() < defects.out_of_order:
            one, two = coming[i], coming[i + 1]
            coming[i], coming[i + 1] = two._replace(at=max(one.at, two.told.time)), one._replace(at=two.at + 1)
    for i, arrival in enumerate(coming):
        if defects.late and rng.random() < defects.late:
            coming[i] = arrival._replace(at=arrival.at + 2 * HOUR + int(rng.expovariate(1 / (5 * DAY))))
    if defects.duplicates:
        coming += [
            arrival._replace(at=arrival.at + 60 + int(rng.expovariate(1 / (2 * DAY))))
            for arrival in coming if rng.random() < defects.duplicates
        ]  # fmt: skip
    return coming
