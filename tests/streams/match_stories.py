"""Small, dense histories of defendants: told in hearings under masters that change, matched, unmatched, corrected and
deleted, and a few records of others beside them. Everybody in them is invented."""

from random import Random
from typing import Any

from tests.streams.people_stories import Said, event_of
from tests.streams.stories import Event

_COURT, _PROBATION = "/hmcts/cp", "/hmpps/delius"
_DEFENDANTS = tuple(f"K{number}-d" for number in range(5))
_ALBA = "Alba", "Merewick"
_NAMES = (_ALBA, _ALBA, ("Una", "Merewick"), ("Zeb", "Harrowgate"), ("Alba", "Harrowgate"))


def _person(pick: Random, number: int) -> dict[str, Any]:
    """One of five, with gaps: by name and birthday alone nobody is joined, by a postcode some are."""
    first, last = _NAMES[number]
    told: dict[str, Any] = {"name": {"first": first, "last": last}}
    if pick.random() < 0.7:
        told["date_of_birth"] = f"1980-01-0{1 + number % 2}"
    if pick.random() < 0.3:
        told["address"] = {"postcode": pick.choice(("AB1 2CD", "XY1 9YZ"))}
    return told


def _master(pick: Random) -> str:
    """One of two, or one of the defendants."""
    return pick.choice(("M0", "M0", "M1", "M1", *_DEFENDANTS[:3]))


def match_story(seed: int, length: int = 40) -> list[Event]:
    """A history of that many events, repeats and late ones among them."""
    pick = Random(f"matches {seed}")
    events: list[Event] = []
    for n in range(length):
        again = events and pick.random() < 0.06
        events.append(pick.choice(events) if again else event_of(n, said_of_defendants(pick)))
    return events


def said_of_defendants(pick: Random) -> Said:
    """Something about a defendant, or about somebody beside them."""
    time, number, chance = pick.randrange(1, 28), pick.randrange(5), pick.random()
    if chance < 0.43:
        hearing = f"H{pick.randrange(4)}"
        return Said("court.hearing", _COURT, f"{hearing}/2025-03-10", time, {
            "hearing_id": hearing, "hearing_day": "2025-03-10",
            "cases": [{"ids": {"court_case_id": f"K{one}"}, "defendants": [{
                "defendant_id": _DEFENDANTS[one], "person": _person(pick, one), "youth": pick.random() < 0.05,
                **({"master_defendant_id": _master(pick)} if pick.random() < 0.6 else {}),
            }]} for one in pick.sample(range(5), pick.randrange(1, 4))],
        })  # fmt: skip
    if chance < 0.75:
        return _matched(pick, number, time)
    if chance < 0.85:
        crn = f"X00000{number}"
        return Said("hmpps.probation_case", _PROBATION, crn, time, {"crn": crn, "person": _person(pick, number)})
    if chance < 0.95:
        return Said("hmpps.person_decision", _PROBATION, f"PD{number}", time, {
            "decision": pick.choice(("include", "exclude")),
            **{of: {"source": _COURT, "id_kind": "defendant", "own_id": one}
               for of, one in zip(("first", "second"), pick.sample(_DEFENDANTS, 2), strict=True)},
        })  # fmt: skip
    kind, subject = pick.choice((("court.hearing", f"H{pick.randrange(4)}/2025-03-10"),
                                 ("court.match", _DEFENDANTS[number])))  # fmt: skip
    return Said(kind, _COURT, subject, time, {})


def _matched(pick: Random, number: int, time: int) -> Said:
    """The courts match a defendant with a master, with another defendant or with both, or undo that. The record is now
    and then not called after its defendant."""
    of, other = _DEFENDANTS[number], _DEFENDANTS[(number + pick.randrange(1, 5)) % 5]
    matched = pick.random() < 0.6
    named = pick.choice(("master", "other", "both") if matched else ("master", "other", "both", "neither", "neither"))
    return Said("court.match", _COURT, pick.choice((of, of, of, f"{of}/2")), time, {
        "matched": matched, "defendant_id": of,
        **({"master_defendant_id": _master(pick)} if named in ("master", "both") else {}),
        **({"matched_defendant_id": other} if named in ("other", "both") else {}),
    })  # fmt: skip
