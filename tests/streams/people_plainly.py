"""Who is who once more, in the plainest way: the last state of every record, what it says of people, every pair looked
at. Shares the score of a pair with the live linking (which is held against Splink elsewhere), and nothing else of it:
neither what is read out of events, nor how it is summed, blocked or clustered."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import combinations
from typing import Any, NamedTuple

import orjson

from processors.people.cleaning import PersonRecord, clean
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer
from schemas.flow import part_id, subject_id
from schemas.people import Address, Person, PersonName
from schemas.person_facts import person_record_id
from tests.processors.people.clustering import plain
from tests.processors.people.test_blocking import PLAIN
from tests.streams.stories import Event

Shown = set[tuple[tuple[str, ...], tuple[str, ...], bool]]
"""Persons: their person records, those merged into them, whether they need attention."""

_SIDES = {"victim": "victims_and_witnesses"}


def shown(tables: Mapping[str, list[tuple[Any, ...]]]) -> Shown:
    """The persons that the tables hold."""
    held: dict[str, tuple[list[str], list[str]]] = {}
    for record_id, person_id, merged, *_rest in tables["people_members"]:
        held.setdefault(person_id, ([], []))[merged].append(record_id)
    attention = {row[0]: row[2] == "needs attention" for row in tables["people"]}
    assert attention.keys() == held.keys()
    return {
        (tuple(sorted(records)), tuple(sorted(merged)), attention[person])
        for person, (records, merged) in held.items()
    }


def _last(events: Iterable[Event]) -> list[tuple[tuple[str, str, str], dict[str, Any]]]:
    """The state of each record that counts, of those that are not deleted."""
    last: dict[tuple[str, str, str], tuple[datetime, str, dict[str, Any]]] = {}
    for _topic, _key, value in events:
        event = orjson.loads(value)
        deleted = event["type"] == "record.deleted"
        record = event["source"], event["data"]["kind"] if deleted else event["type"], event["subject"]
        order = datetime.fromisoformat(event["time"]), event["id"]
        if record not in last or order > last[record][:2]:
            last[record] = (*order, event)
    return [(record, event) for record, (_at, _id, event) in last.items() if event["type"] != "record.deleted"]


class _Told(NamedTuple):
    """What a record says of one person: role, person record, the person, and what else it says of them."""

    role: str
    record_id: str
    person: dict[str, Any]
    more: dict[str, Any]


def _records(source: str, kind: str, subject: str, data: dict[str, Any]) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The records that a state is, each with those whom it tells of: role, what the system calls them, its id for them,
    the person, and more. A hearing is a record for each case, with the applications of that case, and one for each
    application of no case in it."""
    whole = subject_id(source, kind, subject)
    match kind:
        case "police.suspect" | "police.arrest":
            told = [("suspect", "suspect", data.get("suspect_id"), data.get("person"), {})]
        case "police.crime":
            told = _victims(data)
        case "police.prosecution":
            told = [told for one in data["defendants"]
                    for told in (("defendant", "asn", one["asn"], one.get("person"), {}), *_of_offences(one))]
        case "cps.consultation" | "cps.decision" | "cps.file_review" | "cps.defendant_outcome":
            of = data["proceeding"]
            told = [("defendant", "proceeding", of["proceeding_id"], of.get("person"), {})]
        case "court.case" | "court.resulted_case" | "court.patch":
            told = _defendants(data["defendants"])
        case "court.hearing":
            parts = {case["ids"]["court_case_id"]: _defendants(case["defendants"]) for case in data["cases"]}
            for one in data.get("applications", ()):
                cases = parts.keys() & set(one["court_case_ids"])
                for name in cases or {f"application:{one['application_id']}"}:
                    parts.setdefault(name, []).extend(_defendants([one["subject"]]))
            return [(part_id(whole, name), told) for name, told in parts.items()]
        case "hmpps.prisoner":
            dates = [data["sentence_started_on"]] if "sentence_started_on" in data else []
            told = [("offender", "prison_number", data["prison_number"], data["person"],
                     {"prison_number": data["prison_number"], "crn": data.get("crn"), "sentence_dates": dates})]
        case "hmpps.probation_case":
            told = [("offender", "crn", data["crn"], data["person"],
                     {"crn": data["crn"], "prison_number": data.get("prison_number"),
                      "sentence_dates": data.get("sentence_dates", [])})]
        case _:
            told = []
    return [(whole, told)]


def _victims(of: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [("victim", "victim", one["victim_id"], one.get("person"), {}) for one in of.get("victims", ())
            if one.get("kind", "person") == "person"]  # fmt: skip


def _of_offences(defendant: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [victim for offence in defendant.get("offences", ()) for victim in _victims(offence)]


def _defendants(defendants: Iterable[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Those of a case, and the victims of their offences. Libra's id counts where the courts' own is not told."""
    told: list[tuple[Any, ...]] = []
    for one in defendants:
        own, libra = one.get("defendant_id"), one.get("libra_defendant_id")
        what = "libra_defendant" if own is None and libra is not None else "defendant"
        told.append(("defendant", what, own or libra, one.get("person"), {
            "master_defendant_id": one.get("master_defendant_id"), "youth": one.get("youth", False), "own_id": own,
        }))  # fmt: skip
        told += _of_offences(one)
    return told


def _told(source: str, event: dict[str, Any]) -> list[_Told]:
    """What a state says of people: each once in a record, as it says first. Who has no id is named by their place."""
    found: list[_Told] = []
    for record, told in _records(source, event["type"], event["subject"], event["data"]):
        once: dict[str, _Told] = {}
        for role, what, own_id, person, more in told:
            if person is not None:
                named = (record, what, str(len(once))) if own_id is None else (source, what, own_id)
                record_id = person_record_id(*named)
                once.setdefault(record_id, _Told(role, record_id, person, {**more, "at": event["time"]}))
        found += once.values()
    return found


class _Matched(NamedTuple):
    """The courts' last word on a defendant's master: when and in which record, whether it ties or unties, and whom:
    those of masters, and other records."""

    at: tuple[str, str]
    ties: bool
    masters: set[str]
    others: set[str]


def _masters(
    said: list[tuple[dict[str, Any], dict[str, Any]]],
    match: tuple[tuple[str, str], dict[str, Any]] | None,
    ever: list[tuple[str, str, str]],
) -> tuple[str | None, _Matched | None]:
    """A defendant's master and the last word on it: what is told after a match or unmatch is told instead of it.
    `ever`: with whom the courts had the defendant together: when, `master` or `other`, and which."""
    snapshots = sorted((more["at"], more["master_defendant_id"]) for _person, more in said
                       if more.get("master_defendant_id"))  # fmt: skip
    last = snapshots[-1][1] if snapshots else None
    if match is None:
        return last, None
    at, data = match
    named, other = data.get("master_defendant_id"), data.get("matched_defendant_id")
    told_after = bool(snapshots) and snapshots[-1][0] > at[0]
    if data["matched"] and not named:
        return last, None
    if data["matched"]:
        if told_after and last != named:
            return last, None
        return named, _Matched(at, True, {named}, set())
    own = said[0][1]["own_id"]
    apart, others = ({named}, set[str]()) if named else (set(), set())
    if not named and not other:
        by_then = [(what, which) for time, what, which in ever if time <= at[0]]
        apart = {own, *(which for what, which in by_then if what == "master")}
        others = {which for what, which in by_then if what == "other"}
    counting = [told for time, told in snapshots if time > at[0] or told not in apart]
    again = {last} if told_after and last != own else set()
    return counting[-1] if counting else None, _Matched(at, False, apart - again, others)


def _ever(events: Iterable[Event]) -> dict[str, list[tuple[str, str, str]]]:
    """With whom the courts ever had each defendant together, in any state of any record: when, `master` or `other`, and
    which master or record."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for _topic, _key, value in events:
        event = orjson.loads(value)
        source, data, at = event["source"], event["data"], event["time"]
        for one in _told(source, event) if event["type"] != "record.deleted" else ():
            if one.more.get("master_defendant_id") is not None:
                found.setdefault(one.record_id, []).append((at, "master", one.more["master_defendant_id"]))
        if event["type"] == "court.match" and data["matched"]:
            met = found.setdefault(person_record_id(source, "defendant", data["defendant_id"]), [])
            if "master_defendant_id" in data:
                met.append((at, "master", data["master_defendant_id"]))
            if "matched_defendant_id" in data:
                met.append((at, "other", person_record_id(source, "defendant", data["matched_defendant_id"])))
    return found


def _between(one: str, other: str, called: dict[str, str | None], last: dict[str, _Matched | None]) -> list[Any]:
    """What the courts say of two records over their masters, as rulings on that pair."""
    return [
        (word.at, "include" if word.ties else "exclude", x, y)
        for x, y in ((one, other), (other, one))
        if (word := last[x]) is not None and (called[y] in word.masters or y in word.others)
    ]


def _summed(
    record_id: str, role: str, said: list[tuple[dict[str, Any], dict[str, Any]]], master: str | None
) -> PersonRecord:
    """A person record of all that is said of it: who says most comes first, then by names and what else is said."""
    rows = []
    for person, more in said:
        facts = [person.get("date_of_birth"), person.get("address", {}).get("postcode"), person.get("pnc"),
                 person.get("cro"), more.get("master_defendant_id"), more.get("prison_number"),
                 more.get("crn")]  # fmt: skip
        aliases = person.get("aliases", ())
        names = [tuple(name.get(part) for part in ("first", "middle", "last"))
                 for name in (person["name"], *aliases)]  # fmt: skip
        others = [name["date_of_birth"] for name in aliases if "date_of_birth" in name]
        flat = [part or "" for name in names for part in name]
        untold = len([fact for fact in facts if fact is None])
        rows.append((untold, flat, [fact or "" for fact in facts], others, names))
    rows.sort(key=lambda row: row[:4])
    born, postcodes, pncs, cros, _masters, prison_numbers, crns = (
        list(dict.fromkeys(row[2][at] for row in rows if row[2][at])) for at in range(7)
    )
    born = list(dict.fromkeys([*born, *(day for row in rows for day in row[3])]))
    pncs.sort(key=lambda pnc: not pnc[0].isdigit())  # what is no PNC id comes last
    names = list(dict.fromkeys(name for row in rows for name in row[4]))
    return PersonRecord(
        record_id,
        role,  # type: ignore[arg-type]
        Person(
            name=PersonName(first=names[0][0], middle=names[0][1], last=names[0][2]),
            aliases=tuple(PersonName(first=first, middle=middle, last=last) for first, middle, last in names[1:]),
            date_of_birth=next(iter(born), None),
            address=Address(postcode=postcodes[0]) if postcodes else None,
            pnc=next(iter(pncs), None),
            cro=next(iter(cros), None),
        ),
        master_defendant_id=master,
        prison_number=next(iter(prison_numbers), None),
        crn=next(iter(crns), None),
        sentence_dates=tuple(sorted({day for _person, more in said for day in more.get("sentence_dates", ())})),
        youth=any(more.get("youth") for _person, more in said),
        other_births=tuple(born[1:]),
        other_postcodes=tuple(postcodes[1:]),
    )


_SCORER = PairScorer(read_settings(standard.SETTINGS), NO_FREQUENCIES)


def clusters(events: Iterable[Event], scorer: PairScorer = _SCORER) -> Shown:
    """The persons that the events end in, scored by a model whose blocking rules are the sixteen built in."""
    events = list(events)
    said: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    roles: dict[str, str] = {}
    rulings = []
    matches: dict[str, tuple[tuple[str, str], dict[str, Any]]] = {}
    for (source, kind, _subject), event in _last(events):
        data = event["data"]
        if kind in ("hmpps.merge", "hmpps.unmerge"):
            names = ("merged_id", "kept_id") if kind == "hmpps.merge" else ("reactivated_id", "unmerged_from_id")
            first, second = (person_record_id(source, data["id_kind"], data[name]) for name in names)
            at = (event["time"], subject_id(source, kind, event["subject"]))
            rulings.append((at, kind.removeprefix("hmpps."), first, second))
        if kind == "hmpps.person_decision":
            first, second = (person_record_id(*(data[of][name] for name in ("source", "id_kind", "own_id")))
                             for of in ("first", "second"))  # fmt: skip
            rulings.append(
                ((event["time"], subject_id(source, kind, event["subject"])), data["decision"], first, second)
            )
        if kind == "court.match":
            at = event["time"], subject_id(source, kind, event["subject"])
            first = person_record_id(source, "defendant", data["defendant_id"])
            matches[first] = max(matches.get(first, (at, data)), (at, data), key=lambda one: one[0])
            if (other := data.get("matched_defendant_id")) is not None:
                second = person_record_id(source, "defendant", other)
                rulings.append((at, "include" if data["matched"] else "exclude", first, second))
        for role, record_id, person, more in _told(source, event):
            roles[record_id] = role
            said.setdefault(record_id, []).append((person, more))
    ever = _ever(events)
    of_courts = {
        record_id: _masters(told, matches.get(record_id), ever.get(record_id, [])) for record_id, told in said.items()
    }
    records = {
        record_id: _summed(record_id, roles[record_id], told, of_courts[record_id][0])
        for record_id, told in said.items()
    }
    called = {record_id: of_courts[record_id][0] or said[record_id][0][1].get("own_id") for record_id in records}
    words = {record_id: word for record_id, (_master, word) in of_courts.items()}
    for one, other in combinations(sorted(records), 2):
        rulings += _between(one, other, called, words)
    columns = {record_id: clean(record).columns() for record_id, record in records.items()}
    ready = {record_id: scorer.prepare(record_id, clean(record)) for record_id, record in records.items()}

    def meet(one: str, other: str) -> bool:
        same = [{getattr(records[record], kind) for record in (one, other)} for kind in ("crn", "prison_number")]
        return any(len(numbers) == 1 and None not in numbers for numbers in same) or any(
            all(holds(x, y) for holds in rule)
            for rule in PLAIN
            for x, y in ((columns[one], columns[other]), (columns[other], columns[one]))
        )

    def same_number(one: str, other: str) -> bool:
        return any(
            getattr(records[one], kind) and getattr(records[one], kind) == getattr(records[other], kind)
            for kind in ("crn", "prison_number")
        )

    facts = {
        record_id: plain.Fact(record_id, "", _SIDES.get(roles[record_id], "accused"))
        for record_id, record in records.items()
        if not record.youth and record.person.name.last
        and (record.person.name.first or record.person.name.middle or record.person.date_of_birth)
    }
    told = [plain.Ruling(at, kind, first, second) for at, (_order, kind, first, second) in enumerate(sorted(rulings))]
    numbers = plain.Numbers(20, 14, scorer.prior_weight, 100, 500)
    return plain.clusters(
        facts, told, lambda one, other: scorer.weight(ready[one], ready[other]), numbers, meet, same_number,
        records.keys() - facts.keys(),
    )  # fmt: skip
