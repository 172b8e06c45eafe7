"""The courts match defendants and undo it: scenarios, each in every order of arrival and with everything told twice."""

from itertools import permutations
from random import Random
from typing import Any

import orjson

from schemas.person_facts import person_record_id
from tests.processors.people.in_memory import persons
from tests.streams import people_plainly
from tests.streams.stories import Event

COURT = "/hmcts/cp"
ALBA = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1980-01-02", "pnc": "79/163001B"}
UNA = {"name": {"first": "Una", "last": "Dunmarsh"}, "date_of_birth": "1991-11-30"}


def _event(kind: str, subject: str, day: int, data: dict[str, Any], topic: str = "feeds.hmcts") -> Event:
    body = {
        "specversion": "1.0", "id": f"{kind}/{subject}/{day}", "source": COURT, "type": kind, "subject": subject,
        "time": f"2025-03-{day:02}T10:00:00Z", "data": data,
    }  # fmt: skip
    return topic, subject.encode(), orjson.dumps(body)


def _tells(day: int, defendant: str, person: dict[str, Any], hearing: str = "", **more: Any) -> Event:
    """A hearing that tells of one defendant."""
    hearing = hearing or f"H-{defendant}"
    told = {"defendant_id": defendant, "person": person, **more}
    return _event("court.hearing", f"{hearing}/2025-03-10", day, {
        "hearing_id": hearing, "hearing_day": "2025-03-10",
        "cases": [{"ids": {"court_case_id": f"K-{defendant}"}, "defendants": [told]}],
    })  # fmt: skip


def _match(day: int, defendant: str, other: str | None = None, *, master: str | None = None) -> Event:
    return _match_or_not(day, defendant, other, master, True)


def _unmatch(day: int, defendant: str, other: str | None = None, *, master: str | None = None) -> Event:
    return _match_or_not(day, defendant, other, master, False)


def _match_or_not(day: int, defendant: str, other: str | None, master: str | None, matched: bool) -> Event:
    data = {"matched": matched, "defendant_id": defendant, "court_case_id": f"K-{defendant}",
            "matched_defendant_id": other, "master_defendant_id": master}  # fmt: skip
    told = {name: value for name, value in data.items() if value is not None}
    return _event("court.match", defendant, day, told)


def _found(*events: Event) -> list[str]:
    """The persons, each its defendants in a row: the same in every order, twice too, and told plainly."""
    expected = people_plainly.clusters(events)
    for order in permutations(events):
        assert persons(order, Random(1)) == expected
    assert persons([*events, *reversed(events)], Random(2)) == expected
    names = {person_record_id(COURT, "defendant", one): one for one in ("D1", "D2", "D3")}
    names[person_record_id(COURT, "victim", "V1")] = "V1"
    return sorted(
        ",".join(sorted(names[one] for one in records)) + ("!" if attention else "")
        for records, _merged, attention in expected
    )


def test_two_who_do_not_look_alike_are_one_when_the_courts_match_them() -> None:
    told = _tells(1, "D1", ALBA), _tells(1, "D2", UNA)
    assert _found(*told) == ["D1", "D2"]
    assert _found(*told, _match(2, "D2", "D1")) == ["D1,D2"]
    assert _found(*told, _match(2, "D2", master="M1"), _match(2, "D1", master="M1")) == ["D1,D2"]


def test_two_who_look_alike_are_two_when_the_courts_unmatch_them() -> None:
    told = _tells(1, "D1", ALBA, master_defendant_id="M1"), _tells(1, "D2", ALBA, master_defendant_id="M1")
    assert _found(*told) == ["D1,D2"]
    assert _found(*told, _unmatch(2, "D2", "D1")) == ["D1", "D2"]
    assert _found(*told, _unmatch(2, "D2", master="M1")) == ["D1", "D2"]
    assert _found(*told, _unmatch(2, "D2")) == ["D1", "D2"], "HMCTS names no master when it undoes a match"


def test_an_unmatch_by_name_is_of_that_pair_alone() -> None:
    """The defendant stays of their master, though not one person with the other."""
    poor = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1980-01-02"}
    told = _tells(1, "D1", poor, master_defendant_id="M1"), _tells(1, "D2", poor, master_defendant_id="M1")
    assert _found(*told, _tells(1, "D3", UNA), _unmatch(2, "D2", "D3")) == ["D1,D2", "D3"]
    assert _found(*told, _unmatch(2, "D2", master="M3")) == ["D1,D2"]


def test_an_unmatch_with_nobody_undoes_nothing_that_is_told_later() -> None:
    told = _tells(1, "D1", ALBA, master_defendant_id="M1"), _tells(3, "D2", ALBA, master_defendant_id="M1")
    assert _found(*told, _unmatch(2, "D2")) == ["D1,D2"]


def test_a_defendants_own_id_as_master_is_no_match() -> None:
    """HMCTS tells a defendant that it has unmatched with their own id as master; others may be called after them."""
    told = _tells(1, "D1", ALBA, master_defendant_id="D1"), _tells(1, "D2", ALBA, master_defendant_id="D1")
    assert _found(*told, _unmatch(2, "D2"), _tells(3, "D2", ALBA, "H9", master_defendant_id="D2")) == ["D1", "D2"]
    assert _found(*told, _unmatch(2, "D1"), _tells(3, "D1", ALBA, "H9", master_defendant_id="D1")) == ["D1", "D2"]
    assert _found(*told, _unmatch(2, "D1"), _tells(3, "D1", ALBA, master_defendant_id="D1")) == ["D1", "D2"]


def test_an_unmatch_with_nobody_undoes_what_no_record_tells_any_more() -> None:
    """HMCTS name nobody when they undo a match, and tell everything of the defendant anew."""
    told = _tells(1, "D1", ALBA, master_defendant_id="M1"), _tells(1, "D2", ALBA, master_defendant_id="M1")
    assert _found(*told, _unmatch(2, "D2"), _tells(3, "D2", ALBA, master_defendant_id="D2")) == ["D1", "D2"]
    gone = _event("record.deleted", "H-D2/2025-03-10", 3, {"kind": "court.hearing"})
    assert _found(*told, _unmatch(2, "D2"), gone, _tells(3, "D2", ALBA, "H9")) == ["D1", "D2"]
    alike = _tells(1, "D1", ALBA), _tells(1, "D2", ALBA)
    assert _found(*alike, _match(2, "D2", "D1"), _unmatch(3, "D2")) == ["D1", "D2"]
    assert _found(*alike, _match(2, "D2", master="D1"), _unmatch(3, "D2")) == ["D1", "D2"]
    assert _found(*alike, _match(4, "D2", "D1"), _unmatch(3, "D2")) == ["D1,D2"]


def test_the_latest_by_its_own_order_stands() -> None:
    told = _tells(1, "D1", ALBA), _tells(1, "D2", UNA)
    assert _found(*told, _match(4, "D2", "D1"), _unmatch(3, "D2", "D1")) == ["D1,D2"]
    assert _found(*told, _match(3, "D2", "D1"), _unmatch(4, "D2", "D1")) == ["D1", "D2"]
    assert _found(*told, _match(3, "D2", "D1"), _unmatch(4, "D1", "D2")) == ["D1", "D2"], "told of the other one"


def test_a_correction_ties_to_another() -> None:
    told = _tells(1, "D1", ALBA), _tells(1, "D2", UNA), _tells(1, "D3", UNA | {"date_of_birth": "1950-06-07"})
    assert _found(*told, _match(2, "D1", "D2"), _match(3, "D1", "D3")) == ["D1,D3", "D2"]
    assert _found(*told, _match(2, "D1", master="D2"), _match(3, "D1", master="D3")) == ["D1,D3", "D2"]


def test_a_match_that_is_deleted_is_as_if_it_had_never_been() -> None:
    told = _tells(1, "D1", ALBA), _tells(1, "D2", UNA)
    gone = _event("record.deleted", "D2", 3, {"kind": "court.match"})
    for match in (_match(2, "D2", "D1"), _match(2, "D2", master="D1")):
        assert _found(*told, match, gone) == ["D1", "D2"]


def test_a_defendant_is_matched_with_all_of_a_master() -> None:
    """Those of whom snapshots tell the master, the one after whom it is called, and those matched with it."""
    first, second = _tells(1, "D1", ALBA), _tells(1, "D2", UNA, master_defendant_id="D1")
    assert _found(first, second) == ["D1", "D2"], "a snapshot's master is weighed, and all else speaks against it"
    third = _tells(1, "D3", {"name": {"first": "Zeb", "last": "Harrow"}})
    assert _found(first, third, _match(2, "D3", master="D1")) == ["D1,D3"]
    assert _found(second, third, _match(2, "D3", master="D1")) == ["D2,D3"]
    alike = _tells(1, "D2", {"name": {"first": "Una", "last": "Harrow"}}, master_defendant_id="D1")
    assert _found(first, alike, third, _match(2, "D3", master="D1")) == ["D1,D2,D3"]


def test_the_master_that_was_told_last_counts() -> None:
    """Of two hearings of a defendant the one that says more was believed, though the master had changed since."""
    poor = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1980-01-02"}
    told = _tells(1, "D1", poor, master_defendant_id="M1"), _tells(1, "D2", poor, master_defendant_id="M1")
    assert _found(*told) == ["D1,D2"]
    assert _found(*told, _tells(2, "D2", {"name": poor["name"]}, "H9", master_defendant_id="M2")) == ["D1", "D2"]
    match = _match(2, "D2", master="M1")
    assert _found(*told, match) == ["D1,D2"]
    assert _found(*told, match, _tells(3, "D2", poor, "H9", master_defendant_id="M2")) == ["D1", "D2"]


def test_a_match_with_a_master_ends_with_that_master() -> None:
    told = _tells(1, "D1", ALBA, master_defendant_id="M1"), _tells(1, "D2", UNA)
    assert _found(*told, _match(2, "D2", master="M1")) == ["D1,D2"]
    assert _found(*told, _match(2, "D2", master="M1"), _tells(3, "D2", UNA, master_defendant_id="M2")) == ["D1", "D2"]
    assert _found(*told, _match(2, "D2", master="M1"), _match(3, "D2", master="M2")) == ["D1", "D2"]


def test_people_may_decide_otherwise_and_the_later_of_both_stands() -> None:
    def decides(day: int, decision: str) -> Event:
        first, second = ({"source": COURT, "id_kind": "defendant", "own_id": one} for one in ("D1", "D2"))
        return _event("hmpps.person_decision", "PD1", day, {"decision": decision, "first": first, "second": second},
                      "feeds.hmpps")  # fmt: skip

    told = _tells(1, "D1", ALBA, master_defendant_id="M1"), _tells(1, "D2", UNA)
    for match in (_match(3, "D2", "D1"), _match(3, "D2", master="M1")):
        assert _found(*told, match, decides(2, "exclude")) == ["D1,D2"]
        assert _found(*told, match, decides(4, "exclude")) == ["D1", "D2"]
    for unmatch in (_unmatch(3, "D2", "D1"), _unmatch(3, "D2", master="M1")):
        assert _found(*told, unmatch, decides(2, "include")) == ["D1", "D2"]
        assert _found(*told, unmatch, decides(4, "include")) == ["D1,D2"]


def test_a_victim_is_never_joined_and_a_youth_is_not_linked() -> None:
    told = _tells(1, "D1", ALBA, master_defendant_id="M1"), _tells(1, "D2", ALBA, youth=True)
    crime = _event("police.crime", "CR1", 1, {
        "crime_ref": "CR1", "force": "40", "recorded_at": "2025-03-01T09:00:00Z", "category": "Burglary",
        "victims": [{"victim_id": "V1", "person": ALBA}],
    }, "feeds.police")  # fmt: skip
    assert _found(*told, crime, _match(2, "D1", "V1"), _match(2, "D2", "D1")) == ["D1", "V1"]
