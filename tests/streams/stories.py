"""Small, dense histories: few subjects, many states, so that cases merge, split and lose rows again and again, and
people decide about what belongs together."""

import random
from typing import Any

import orjson

from schemas.flow import part_id, subject_id
from streams.producer import Producer

Event = tuple[str, bytes, bytes]
"""Topic, key and body."""


def _event(n: int, topic: str, kind: str, subject: str, time: int, data: dict[str, Any]) -> Event:
    body = {
        "specversion": "1.0", "id": f"{kind}-{subject}-{time}-{n % 3}", "source": "test", "type": kind,
        "subject": subject, "time": f"2025-03-{1 + time % 28:02}T10:00:00Z", "data": data,
    }  # fmt: skip
    return topic, f"{kind}{subject}".encode(), orjson.dumps(body)


def story(seed: int, length: int = 240) -> list[Event]:
    """A history of that many events, repeats and late ones among them."""
    pick = random.Random(seed)
    events: list[Event] = []
    for n in range(length):
        time = pick.randrange(1, 28)
        ref, asn, urn, case = (f"CR{pick.randrange(6):04}", pick.choice(_ASNS), f"40AB000{pick.randrange(4)}26",
                               f"K{pick.randrange(5)}")  # fmt: skip
        match pick.randrange(8):
            case 0:
                events.append(_event(n, "feeds.police", "police.crime", ref, time, {
                    "crime_ref": ref, "force": "40", "recorded_at": "2025-03-01T09:00:00Z", "category": "Burglary",
                    "victims": [{"victim_id": f"V{v}"} for v in range(pick.randrange(3))],
                }))  # fmt: skip
            case 1:
                subject = f"S{pick.randrange(4)}"
                events.append(_event(n, "feeds.police", "police.suspect", subject, time, {
                    "suspect_id": subject, "force": "40", "crime_refs": [ref], "asn": asn,
                }))  # fmt: skip
            case 2:
                subject = f"D{pick.randrange(3)}"
                events.append(_event(n, "feeds.cps", "cps.decision", subject, time, {
                    "decision_id": subject, "decision": "charge", "decision_at": "2025-03-02T09:00:00Z",
                    "proceeding": {"proceeding_id": f"P{subject}", "asn": asn, "urn": urn},
                }))  # fmt: skip
            case 3:
                events.append(_event(n, "feeds.hmcts", "court.case", case, time, {
                    "ids": {"court_case_id": case, "urn": urn}, "jurisdiction": "crown",
                    "received_at": "2025-03-05T09:00:00Z",
                }))  # fmt: skip
            case 4 | 5:
                hearing = f"H{pick.randrange(2)}"
                cases = pick.sample(range(5), pick.randrange(3))
                events.append(_event(n, "feeds.hmcts", "court.hearing", f"{hearing}/2025-03-10", time, {
                    "hearing_id": hearing, "hearing_day": "2025-03-10", "jurisdiction": "crown",
                    "hearing_type": "Trial", "cases": [_heard(pick, f"K{number}") for number in cases],
                }))  # fmt: skip
            case 6:
                kind, subject, topic = pick.choice((
                    ("police.suspect", f"S{pick.randrange(4)}", "feeds.police"),
                    ("court.case", case, "feeds.hmcts"), ("police.crime", ref, "feeds.police"),
                ))  # fmt: skip
                name, _key, body = _event(n, topic, "record.deleted", subject, time, {"kind": kind})
                events.append((name, f"{kind}{subject}".encode(), body))
            case _:
                events.append(pick.choice(events) if events else ("feeds.police", b"x", b"{not json"))
    for told in _decisions(random.Random(seed + 4), length // 6):
        events.insert(pick.randrange(len(events)), told)
    return events


def _decisions(pick: random.Random, count: int) -> list[Event]:
    """What people decide about the records of a story, corrections and withdrawals among it."""
    records = [
        *(subject_id("test", "police.crime", f"CR000{n}") for n in range(6)),
        *(subject_id("test", "police.suspect", f"S{n}") for n in range(4)),
        *(subject_id("test", "cps.decision", f"D{n}") for n in range(3)),
        *(subject_id("test", "court.case", f"K{n}") for n in range(5)),
        part_id(subject_id("test", "court.hearing", "H0/2025-03-10"), "K0"),
        subject_id("test", "cps.decision", "never told"),
    ]
    told = []
    for n in range(count):
        named = sorted(pick.sample(records, 2))
        subject, time = "/".join(named), pick.randrange(1, 28)
        kind, data = "casestream.link_decision", {
            "verdict": pick.choice(("include", "exclude", "exclude")), "records": named, "reason": "a test",
            "decided_by": "a test",
        }  # fmt: skip
        if pick.randrange(5) == 0:
            *_, body = _event(n, "feeds.casestream", "record.deleted", subject, time, {"kind": kind})
        else:
            *_, body = _event(n, "feeds.casestream", kind, subject, time, data)
        told.append(("feeds.casestream", f"{kind}{subject}".encode(), body))
    return told


def _heard(pick: random.Random, case: str) -> dict[str, Any]:
    results = [
        {"result_id": f"{case}-r{n}", "cjs_code": "1015", "label": "Fine", "category": "final",
         "ordered_on": "2025-03-10"} for n in range(pick.randrange(3))
    ]  # fmt: skip
    offence = {"offence_id": f"{case}-o", "offence_code": "TH68010", "plea": "guilty", "results": results}
    return {
        "ids": {"court_case_id": case},
        "defendants": [{"defendant_id": f"{case}-d", "asn": pick.choice(_ASNS), "offences": [offence]}],
    }


_ASNS = ("1101ZD0100000448754K", "1101ZD0100000410836V", "2005FF0500000000555P")


def publish(bootstrap: str, events: list[Event]) -> None:
    """Send the events in their order."""
    with Producer(bootstrap) as producer:
        for topic, key, value in events:
            producer.send(topic, key, value)
