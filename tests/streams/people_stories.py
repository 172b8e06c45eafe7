"""Small, dense histories of people: few of them, told by all agencies with gaps and slips, corrected, deleted, merged
and unmerged, so that persons join, part and lose records again and again. Everybody in them is invented."""

import random
from typing import Any

import orjson

from tests.streams.stories import Event

_FIRST, _LAST = ("Alba", "Zeb", "Una"), ("Merewick", "Harrowgate")
_PNCS = ("79/163001B", "81/34U", "02/73319Z")
_PRISON, _PROBATION, _COURT, _POLICE, _CPS = "/hmpps/nomis", "/hmpps/delius", "/hmcts/cp", "/police/40", "/cps/cms"


def event_of(n: int, topic: str, kind: str, source: str, subject: str, time: int, data: dict[str, Any]) -> Event:
    """An event of a day of March, under the key of its record, as a publisher sends it."""
    of = data["kind"] if kind == "record.deleted" else kind
    body = {
        "specversion": "1.0", "id": f"{kind}-{subject}-{time}-{n}", "source": source, "type": kind,
        "subject": subject, "time": f"2025-03-{1 + time % 28:02}T10:00:00Z", "data": data,
    }  # fmt: skip
    return topic, f"{source}{of}{subject}".encode(), orjson.dumps(body)


def _person(pick: random.Random, number: int) -> dict[str, Any]:
    """One of three people, mostly the one of that number, as somebody wrote them down."""
    who = random.Random(f"person {number % 3 if pick.random() < 0.85 else pick.randrange(3)}")
    first, last = who.choice(_FIRST), who.choice(_LAST)
    born = f"19{who.randrange(60, 99)}-0{who.randrange(1, 9)}-11"
    postcode, pnc = who.choice(("AB1 2CD", "XY1 9YZ")), who.choice(_PNCS)
    told: dict[str, Any] = {"name": {"first": pick.choice((first, first, first[:-1])), "last": last}}
    if pick.random() < 0.8:
        told["date_of_birth"] = born if pick.random() < 0.8 else "1970-01-01"
    if pick.random() < 0.6:
        told["address"] = {"postcode": postcode}
    if pick.random() < 0.6:
        told["pnc"] = pnc if pick.random() < 0.9 else "not known"
    if pick.random() < 0.2:
        told["aliases"] = [{"first": pick.choice(_FIRST), "last": last, "date_of_birth": born}]
    return told


def people_story(seed: int, length: int = 160) -> list[Event]:
    """A history of that many events, repeats and late ones among them."""
    pick = random.Random(f"people {seed}")
    events: list[Event] = []
    for n in range(length):
        time = pick.randrange(1, 28)
        number = pick.randrange(6)
        crn, prison_number = f"X00000{number}", f"A000{number % 3}AA"
        match pick.randrange(10):
            case 0 | 1:
                subject = f"S{number}"
                events.append(event_of(n, "feeds.police", "police.suspect", _POLICE, subject, time, {
                    "suspect_id": subject, "force": "40", "crime_refs": [f"CR000{pick.randrange(4)}"],
                    **({"person": _person(pick, number)} if pick.random() < 0.85 else {}),
                }))  # fmt: skip
            case 2:
                ref = f"CR000{pick.randrange(4)}"
                events.append(event_of(n, "feeds.police", "police.crime", _POLICE, ref, time, {
                    "crime_ref": ref, "force": "40", "recorded_at": "2025-03-01T09:00:00Z", "category": "Burglary",
                    "victims": [{"victim_id": f"V{number}", "person": _person(pick, number)}],
                }))  # fmt: skip
            case 3:
                subject = f"D{pick.randrange(3)}"
                events.append(event_of(n, "feeds.cps", "cps.decision", _CPS, subject, time, {
                    "decision_id": subject, "decision": "charge",
                    "proceeding": {"proceeding_id": f"P{number}", "person": _person(pick, number)},
                }))  # fmt: skip
            case 4 | 5 if pick.random() < 0.25:
                events.append(_matched(n, pick, time))
            case 4 | 5:
                hearing = f"H{pick.randrange(2)}"
                cases = pick.sample(range(4), pick.randrange(3))
                events.append(event_of(n, "feeds.hmcts", "court.hearing", _COURT, f"{hearing}/2025-03-10", time, {
                    "hearing_id": hearing, "hearing_day": "2025-03-10",
                    "cases": [{"ids": {"court_case_id": f"K{one}"}, "defendants": [{
                        "defendant_id": f"K{one}-d", "person": _person(pick, one), "youth": pick.random() < 0.1,
                        **({"master_defendant_id": f"M{one % 2}"} if pick.random() < 0.4 else {}),
                    }]} for one in cases],
                }))  # fmt: skip
            case 6:
                events.append(event_of(n, "feeds.hmpps", "hmpps.prisoner", _PRISON, prison_number, time, {
                    "prison_number": prison_number, "person": _person(pick, number),
                }))  # fmt: skip
            case 7:
                events.append(event_of(n, "feeds.hmpps", "hmpps.probation_case", _PROBATION, crn, time, {
                    "crn": crn, "person": _person(pick, number),
                    **({"prison_number": prison_number} if pick.random() < 0.5 else {}),
                }))  # fmt: skip
            case 8:
                events.append(_decided(n, pick, crn, time))
            case _:
                again = events and pick.random() < 0.5
                events.append(pick.choice(events) if again else _deleted(n, pick, crn, time))
    return events


def _matched(n: int, pick: random.Random, time: int) -> Event:
    """The courts match a defendant, or undo that (`match_stories` has all that they may say)."""
    of = pick.randrange(4)
    matched = pick.random() < 0.7
    return event_of(n, "feeds.hmcts", "court.match", _COURT, f"K{of}-d", time, {
        "matched": matched, "defendant_id": f"K{of}-d",
        **({"master_defendant_id": f"M{pick.randrange(2)}"} if matched or pick.random() < 0.5 else {}),
        **({"matched_defendant_id": f"K{(of + 1) % 4}-d"} if pick.random() < 0.3 else {}),
    })  # fmt: skip


def _decided(n: int, pick: random.Random, crn: str, time: int) -> Event:
    other = f"X00000{(int(crn[-1]) + pick.randrange(1, 6)) % 6}"
    if pick.random() < 0.3:
        subject = f"PD{pick.randrange(4)}"
        return event_of(n, "feeds.hmpps", "hmpps.person_decision", _PROBATION, subject, time, {
            "decision": pick.choice(("include", "exclude")),
            "first": {"source": _PROBATION, "id_kind": "crn", "own_id": crn},
            "second": {"source": _POLICE, "id_kind": "suspect", "own_id": f"S{pick.randrange(6)}"},
        })  # fmt: skip
    if pick.random() < 0.5:
        return event_of(n, "feeds.hmpps", "hmpps.merge", _PROBATION, crn, time, {
            "id_kind": "crn", "merged_id": crn, "kept_id": other,
        })  # fmt: skip
    return event_of(n, "feeds.hmpps", "hmpps.unmerge", _PROBATION, crn, time, {
        "id_kind": "crn", "reactivated_id": crn, "unmerged_from_id": other,
    })  # fmt: skip


def _deleted(n: int, pick: random.Random, crn: str, time: int) -> Event:
    topic, source, kind, subject = pick.choice((
        ("feeds.police", _POLICE, "police.suspect", f"S{pick.randrange(6)}"),
        ("feeds.hmpps", _PROBATION, "hmpps.probation_case", crn), ("feeds.hmpps", _PROBATION, "hmpps.merge", crn),
    ))  # fmt: skip
    return event_of(n, topic, "record.deleted", source, subject, time, {"kind": kind})
