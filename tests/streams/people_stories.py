"""Small, dense histories of people: few of them, two of them twins, told by all agencies with gaps and slips,
corrected, deleted, merged and unmerged, so that persons join, part and lose records again and again. Everybody in them
is invented.

Every kind of record that tells of people or decides about them is among them, and a record may tell of another person
later."""

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

import orjson

from tests.streams.stories import Event

_PEOPLE = (
    ("Alba", "Merewick", "1961-03-11", "AB1 2CD", "79/163001B", "2/61Z"),
    ("Una", "Merewick", "1961-03-11", "AB1 2CD", "81/34U", "31/94W"),
    ("Zeb", "Harrowgate", "1975-08-02", "XY1 9YZ", "02/73319Z", "265416/21G"),
)
_ASNS = ("1101ZD0100000448754K", "1101ZD0100000410836V", "2005FF0500000000555P")
_SENTENCED = ("2024-05-06", "2024-11-12")
_PRISON, _PROBATION, _POLICE, _CPS = "/hmpps/nomis", "/hmpps/delius", "/police/40", "/cps/cms"
_COURT, _LIBRA = "/hmcts/cp", "/hmcts/libra"

TOPICS = {"police": "feeds.police", "cps": "feeds.cps", "court": "feeds.hmcts", "hmpps": "feeds.hmpps"}


class Said(NamedTuple):
    """A state of a record, of a day of March; `kind` of one that is deleted is its own, and `data` is empty."""

    kind: str
    source: str
    subject: str
    time: int
    data: dict[str, Any]


def event_of(n: int, said: Said) -> Event:
    """The event of that number, under the key of its record, as a publisher sends it."""
    deleted = not said.data
    kind = "record.deleted" if deleted else said.kind
    body = {
        "specversion": "1.0", "id": f"{kind}-{said.subject}-{said.time}-{n}", "source": said.source, "type": kind,
        "subject": said.subject, "time": f"2025-03-{1 + said.time % 28:02}T10:00:00Z",
        "data": {"kind": said.kind} if deleted else said.data,
    }  # fmt: skip
    topic = TOPICS[said.kind.split(".")[0]]
    return topic, f"{said.source}{said.kind}{said.subject}".encode(), orjson.dumps(body)


def people_story(seed: int, length: int = 160) -> list[Event]:
    """A history of that many events, repeats and late ones among them."""
    pick = Random(f"people {seed}")
    events: list[Event] = []
    for n in range(length):
        again = events and pick.random() < 0.05
        events.append(pick.choice(events) if again else event_of(n, said_of_people(pick)))
    return events


def said_of_people(pick: Random) -> Said:
    """Something that an agency tells, decides or takes back."""
    kind, source, subject, tell = pick.choice(_TELLERS)
    number = pick.randrange(6)
    time = pick.randrange(1, 28)
    named = subject.format(number=number, few=number % 3)
    if pick.random() < 0.1:
        return Said(kind, source, named, time, {})
    return Said(kind, source, named, time, tell(pick, number, named))


def _person(pick: Random, number: int) -> dict[str, Any]:
    """One of the three, mostly the one of that number, as somebody wrote them down."""
    first, last, born, postcode, pnc, cro = _PEOPLE[number % 3 if pick.random() < 0.85 else pick.randrange(3)]
    told: dict[str, Any] = {"name": {"first": pick.choice((first, first, first[:-1])), "last": last}}
    if pick.random() < 0.1:
        told["name"] = pick.choice(({"last": last}, {"first": first}, {**told["name"], "middle": "Ivy"}))
    if pick.random() < 0.8:
        told["date_of_birth"] = born if pick.random() < 0.95 else "1970-01-01"
    if pick.random() < 0.6:
        told["address"] = {"postcode": postcode}
    if pick.random() < 0.4:
        told["pnc"] = pnc if pick.random() < 0.95 else "not known"
    if pick.random() < 0.2:
        told["cro"] = cro
    if pick.random() < 0.2:
        told["aliases"] = [{"first": pick.choice(_PEOPLE)[0], "last": last, "date_of_birth": born}]
    return told


def _other(pick: Random, named: str, others: tuple[str, ...]) -> str:
    """What a record tells of: mostly the one that it is named after, now and then another."""
    return pick.choice(others) if pick.random() < 0.15 else named


def _suspect(pick: Random, number: int, named: str) -> dict[str, Any]:
    return {
        "suspect_id": _other(pick, named, ("S0", "S1", "S5")), "force": "40", "crime_refs": [f"CR{pick.randrange(4)}"],
        **({"person": _person(pick, number)} if pick.random() < 0.85 else {}),
    }  # fmt: skip


def _arrest(pick: Random, number: int, named: str) -> dict[str, Any]:
    return {
        "arrest_ref": named, "force": "40", "arrest_at": "2025-03-01T09:00:00Z", "person": _person(pick, number),
        **({"suspect_id": f"S{pick.randrange(6)}"} if pick.random() < 0.8 else {}),
    }  # fmt: skip


def _victims(pick: Random, number: int) -> list[dict[str, Any]]:
    victim: dict[str, Any] = {"victim_id": f"V{number}", "person": _person(pick, number)}
    return [victim, *([{"victim_id": "V9", "kind": "organisation"}] if pick.random() < 0.2 else [])]


def _crime(pick: Random, number: int, named: str) -> dict[str, Any]:
    return {"crime_ref": named, "force": "40", "recorded_at": "2025-03-01T09:00:00Z", "category": "Burglary",
            "victims": _victims(pick, number)}  # fmt: skip


def _offence(pick: Random, number: int) -> list[dict[str, Any]]:
    return [{"offence_code": "TH68010", "victims": _victims(pick, number)}] if pick.random() < 0.15 else []


def _prosecution(pick: Random, number: int, named: str) -> dict[str, Any]:
    defendants = [
        {"asn": _ASNS[one], "person": _person(pick, one), "offences": _offence(pick, number)}
        for one in pick.sample(range(3), pick.randrange(1, 3))
    ]  # fmt: skip
    return {"urn": named, "initiation": "C", "defendants": defendants}


def _proceeding(**more: Any) -> Callable[[Random, int, str], dict[str, Any]]:
    def tell(pick: Random, number: int, named: str) -> dict[str, Any]:
        own = {name: named if value is None else value for name, value in more.items()}
        return {"proceeding": {"proceeding_id": f"P{pick.randrange(4)}", "person": _person(pick, number)}, **own}

    return tell


def _defendant(pick: Random, case: int) -> dict[str, Any]:
    """A defendant of a case, as the courts' system or as Libra calls them; now and then without any id."""
    called = {"defendant_id": _other(pick, f"K{case}-d", ("K0-d", "K1-d"))}
    chance = pick.random()
    if chance < 0.15:
        called = {"libra_defendant_id": f"L{case % 2}"}
    return {
        **(called if chance < 0.93 else {}), "person": _person(pick, case), "youth": pick.random() < 0.07,
        "offences": [{"offence_id": "O1", **one} for one in _offence(pick, case)],
        **({"master_defendant_id": f"M{case % 2}"} if pick.random() < 0.4 else {}),
    }  # fmt: skip


def _court_case(pick: Random, number: int, named: str) -> dict[str, Any]:
    return {"ids": {"court_case_id": named}, "defendants": [_defendant(pick, number % 4)]}


def _resulted(pick: Random, number: int, named: str) -> dict[str, Any]:
    return {"resulted_case_id": named, "route": "spi", **_court_case(pick, number, f"K{number % 4}")}


def _patch(pick: Random, number: int, named: str) -> dict[str, Any]:
    return {"patch": "defendant_changed", **_court_case(pick, number, f"K{number % 4}")}


def _hearing(pick: Random, number: int, named: str) -> dict[str, Any]:
    cases = pick.sample(range(4), pick.randrange(3))
    made: dict[str, Any] = {
        "hearing_id": named.split("/")[0], "hearing_day": "2025-03-10",
        "cases": [{"ids": {"court_case_id": f"K{one}"}, "defendants": [_defendant(pick, one)]} for one in cases],
    }  # fmt: skip
    if pick.random() < 0.2:
        made["applications"] = [{
            "application_id": "AP1", "court_case_ids": [f"K{pick.randrange(4)}"] if pick.random() < 0.5 else [],
            "subject": _defendant(pick, number % 4),
        }]  # fmt: skip
    return made


def _match(pick: Random, number: int, named: str) -> dict[str, Any]:
    """The courts match a defendant, or undo that (`match_stories` has all that they may say)."""
    of = number % 4
    matched = pick.random() < 0.7
    return {
        "matched": matched, "defendant_id": f"K{of}-d",
        **({"master_defendant_id": f"M{pick.randrange(2)}"} if matched or pick.random() < 0.5 else {}),
        **({"matched_defendant_id": f"K{(of + 1) % 4}-d"} if pick.random() < 0.3 else {}),
    }  # fmt: skip


def _prisoner(pick: Random, number: int, named: str) -> dict[str, Any]:
    return {
        "prison_number": named, "person": _person(pick, number),
        **({"crn": f"X00000{number}"} if pick.random() < 0.2 else {}),
        **({"sentence_started_on": pick.choice(_SENTENCED)} if pick.random() < 0.4 else {}),
    }  # fmt: skip


def _probation_case(pick: Random, number: int, named: str) -> dict[str, Any]:
    return {
        "crn": named, "person": _person(pick, number),
        **({"prison_number": f"A000{number % 3}AA"} if pick.random() < 0.4 else {}),
        "sentence_dates": pick.sample(_SENTENCED, pick.randrange(3)),
    }  # fmt: skip


def _of_two(pick: Random, number: int) -> tuple[str, str, str]:
    """The numbers of two people of one service, and of which kind they are."""
    if pick.random() < 0.3:
        return "prison_number", f"A000{number % 3}AA", f"A000{(number + 1) % 3}AA"
    return "crn", f"X00000{number}", f"X00000{(number + pick.randrange(1, 6)) % 6}"


def _merge(pick: Random, number: int, named: str) -> dict[str, Any]:
    kind, one, other = _of_two(pick, number)
    return {"id_kind": kind, "merged_id": one, "kept_id": other}


def _unmerge(pick: Random, number: int, named: str) -> dict[str, Any]:
    kind, one, other = _of_two(pick, number)
    return {"id_kind": kind, "reactivated_id": one, "unmerged_from_id": other}


def _decided(pick: Random, number: int, named: str) -> dict[str, Any]:
    others = ((_POLICE, "suspect", f"S{pick.randrange(6)}"), (_COURT, "defendant", f"K{number % 4}-d"),
              (_LIBRA, "libra_defendant", "L0"), (_CPS, "proceeding", "P1"), (_POLICE, "asn", _ASNS[0]))  # fmt: skip
    first, second = (_PROBATION, "crn", f"X00000{number}"), pick.choice(others)
    return {
        "decision": pick.choice(("include", "exclude")),
        **{of: dict(zip(("source", "id_kind", "own_id"), one, strict=True))
           for of, one in (("first", first), ("second", second))},
    }  # fmt: skip


_TELLERS: tuple[tuple[str, str, str, Callable[[Random, int, str], dict[str, Any]]], ...] = (
    *[("police.suspect", _POLICE, "S{number}", _suspect)] * 3,
    ("police.crime", _POLICE, "CR{few}", _crime),
    ("police.arrest", _POLICE, "A{few}", _arrest),
    ("police.prosecution", _POLICE, "40AB000{few}26", _prosecution),
    ("cps.decision", _CPS, "D{few}", _proceeding(decision_id=None, decision="charge")),
    ("cps.consultation", _CPS, "C{few}", _proceeding(
        consultation_id=None, kind="early_advice", received_at="2025-03-01T09:00:00Z")),
    ("cps.file_review", _CPS, "F{few}", _proceeding(
        review_id=None, reviewed_at="2025-03-01T09:00:00Z", dg6_compliant=True)),
    ("cps.defendant_outcome", _CPS, "O{few}", _proceeding(
        outcome_id=None, completed_at="2025-03-01T09:00:00Z", final_result="acquitted")),
    *[("court.hearing", _COURT, "H{few}/2025-03-10", _hearing)] * 3,
    ("court.case", _COURT, "K{few}", _court_case),
    ("court.case", _LIBRA, "K{few}", _court_case),
    ("court.resulted_case", _COURT, "R{few}", _resulted),
    ("court.patch", _COURT, "defendant_changed/K{few}", _patch),
    ("court.match", _COURT, "K{few}-d", _match),
    *[("hmpps.prisoner", _PRISON, "A000{few}AA", _prisoner)] * 2,
    *[("hmpps.probation_case", _PROBATION, "X00000{number}", _probation_case)] * 2,
    ("hmpps.merge", _PROBATION, "X00000{number}", _merge),
    ("hmpps.unmerge", _PROBATION, "X00000{number}", _unmerge),
    ("hmpps.person_decision", _PROBATION, "PD{few}", _decided),
)  # fmt: skip
"""Kind, source, what the record is called, and what it tells."""
