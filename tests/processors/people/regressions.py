"""Histories of people with something special in them, made as small as they can be: what was wrong once, and what a
search may get wrong. One that a search finds belongs here too."""

from typing import Any

from tests.processors.people.drawn import History
from tests.streams.people_stories import Said, event_of

_COURT, _LIBRA, _POLICE, _NOMIS = "/hmcts/cp", "/hmcts/libra", "/police/40", "/hmpps/nomis"
_ALBA = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1961-03-11", "pnc": "79/163001B",
         "address": {"postcode": "AB1 2CD"}}  # fmt: skip
_POOR = {"name": _ALBA["name"], "date_of_birth": "1961-03-11"}
_UNA = {"name": {"first": "Una", "last": "Dunmarsh"}, "date_of_birth": "1991-11-30"}


def _told(*said: Said) -> History:
    return [event_of(n, one) for n, one in enumerate(said)]


def _prisoner(number: str, person: dict[str, Any], time: int = 1, **more: Any) -> Said:
    return Said("hmpps.prisoner", _NOMIS, number, time, {"prison_number": number, "person": person, **more})


def _on_probation(crn: str, person: dict[str, Any], time: int = 1) -> Said:
    return Said("hmpps.probation_case", "/hmpps/delius", crn, time, {"crn": crn, "person": person})


def _merge(one: str, other: str, time: int = 2, source: str = _NOMIS) -> Said:
    return Said("hmpps.merge", source, one, time, {"id_kind": "prison_number", "merged_id": one, "kept_id": other})


def _suspect(subject: str, person: dict[str, Any], time: int = 1, suspect: str = "") -> Said:
    return Said("police.suspect", _POLICE, subject, time, {
        "suspect_id": suspect or subject, "force": "40", "crime_refs": [], "person": person,
    })  # fmt: skip


def _case(name: str, *defendants: dict[str, Any], time: int = 1, source: str = _COURT) -> Said:
    return Said("court.case", source, name, time, {"ids": {"court_case_id": name}, "defendants": list(defendants)})


def _hearing(name: str, *cases: tuple[str, dict[str, Any]], time: int = 1) -> Said:
    return Said("court.hearing", _COURT, f"{name}/2025-03-10", time, {
        "hearing_id": name, "hearing_day": "2025-03-10",
        "cases": [{"ids": {"court_case_id": case}, "defendants": [defendant]} for case, defendant in cases],
    })  # fmt: skip


def _defendant(name: str, person: dict[str, Any], master: str = "") -> dict[str, Any]:
    return {"defendant_id": name, "person": person, **({"master_defendant_id": master} if master else {})}


def _match(name: str, time: int, matched: bool = True, **named: str) -> Said:
    return Said("court.match", _COURT, name, time, {"matched": matched, "defendant_id": name, **named})


def _decides(decision: str, one: tuple[str, str, str], other: tuple[str, str, str], time: int = 2) -> Said:
    return Said("hmpps.person_decision", "/hmpps/delius", "PD", time, {
        "decision": decision,
        **{of: dict(zip(("source", "id_kind", "own_id"), whom, strict=True))
           for of, whom in (("first", one), ("second", other))},
    })  # fmt: skip


HISTORIES: dict[str, History] = {
    "a record that says too little to be linked follows the one that it was merged into": _told(
        _prisoner("A0002AA", {"name": {"first": "Alba"}}), _prisoner("A0000AA", _ALBA), _merge("A0002AA", "A0000AA"),
    ),
    "a merge over a record that is deleted": _told(
        _prisoner("A0000AA", _ALBA), _prisoner("A0001AA", _UNA), _prisoner("A0002AA", _UNA),
        _merge("A0000AA", "A0001AA"), _merge("A0001AA", "A0002AA"),
        Said("hmpps.prisoner", _NOMIS, "A0001AA", 3, {}),
    ),
    "merges in a circle, one of which is taken back": _told(
        _prisoner("A0000AA", _ALBA), _prisoner("A0001AA", _UNA), _merge("A0000AA", "A0001AA"),
        _merge("A0001AA", "A0000AA", time=3), Said("hmpps.merge", _NOMIS, "A0001AA", 4, {}),
    ),
    "a merge that another service of prisons tells": _told(
        _prisoner("A0000AA", _ALBA), _prisoner("A0001AA", _UNA),
        _merge("A0000AA", "A0001AA", source="/hmpps/prison-offender-events"),
    ),
    "an unmerge that is taken back": _told(
        _prisoner("A0000AA", _ALBA), _prisoner("A0001AA", _ALBA), _merge("A0000AA", "A0001AA"),
        Said("hmpps.unmerge", _NOMIS, "U", 3, {
            "id_kind": "prison_number", "reactivated_id": "A0000AA", "unmerged_from_id": "A0001AA"}),
        Said("hmpps.unmerge", _NOMIS, "U", 4, {}),
    ),
    "a prisoner whose number at probation is told, and told no more": _told(
        _prisoner("A0000AA", _ALBA, crn="X000001"), _on_probation("X000001", _UNA), _prisoner("A0000AA", _ALBA, 2),
    ),
    "a suspect's record that tells of another suspect later": _told(
        _suspect("S1", _ALBA), _suspect("S2", _ALBA), _suspect("S1", _UNA, 2, suspect="S2"),
    ),
    "twins, and a misspelt name between them": _told(
        _suspect("S1", _POOR), _suspect("S2", {**_POOR, "name": {"first": "Albn", "last": "Merewick"}}),
        _suspect("S3", {**_POOR, "name": {"first": "Ann", "last": "Merewick"}, "address": {"postcode": "AB1 2CD"}}),
        _suspect("S4", _ALBA),
    ),
    "a master told by the record that says less": _told(
        _case("K1", _defendant("D1", _POOR, "M1")), _case("K2", _defendant("D2", _POOR, "M1")),
        _hearing("H", ("K2", _defendant("D2", {"name": _POOR["name"]}, "M2")), time=2),
    ),
    "an unmatch with nobody named, after which everything is told anew": _told(
        _hearing("H1", ("K1", _defendant("D1", _ALBA, "M1"))), _hearing("H2", ("K2", _defendant("D2", _ALBA, "M1"))),
        _match("D2", 2, matched=False), _hearing("H2", ("K2", _defendant("D2", _ALBA, "D2")), time=3),
    ),
    "an unmatch by another defendant's name": _told(
        _case("K1", _defendant("D1", _POOR, "M1")), _case("K2", _defendant("D2", _POOR, "M1")),
        _case("K3", _defendant("D3", _UNA)), _match("D2", 2, matched=False, matched_defendant_id="D3"),
    ),
    "a match before its defendants, with a master that a later hearing tells no more": _told(
        _match("D2", 2, master_defendant_id="M1"), _case("K1", _defendant("D1", _UNA, "M1")),
        _case("K2", _defendant("D2", _ALBA)), _hearing("H", ("K2", _defendant("D2", _ALBA, "M2")), time=3),
    ),
    "a hearing that loses one of its cases": _told(
        _hearing("H", ("K1", _defendant("D1", _ALBA)), ("K2", _defendant("D2", _ALBA))),
        _hearing("H", ("K2", _defendant("D2", _ALBA)), time=2), _suspect("S1", _ALBA),
    ),
    "two of Libra's defendants in one case, and a decision by Libra's id": _told(
        _case("K1", {"libra_defendant_id": "L1", "person": _ALBA}, {"libra_defendant_id": "L2", "person": _UNA},
              source=_LIBRA),
        _suspect("S1", _UNA), _decides("include", (_LIBRA, "libra_defendant", "L1"), (_POLICE, "suspect", "S1")),
    ),
    "defendants without any id, and one told twice in a case": _told(
        _case("K1", {"person": _ALBA}, _defendant("D1", _UNA), _defendant("D1", _ALBA), {"person": _UNA}),
        _case("K2", {"person": _ALBA}), _suspect("S1", _ALBA),
    ),
    "an application of no case in its hearing, and then of one": _told(*(
        Said("court.hearing", _COURT, "H/2025-03-10", time, {
            "hearing_id": "H", "hearing_day": "2025-03-10",
            "cases": [{"ids": {"court_case_id": "K1"}, "defendants": []}],
            "applications": [{"application_id": "A1", "court_case_ids": cases, "subject": _defendant("D9", _ALBA)}],
        }) for time, cases in ((1, []), (2, ["K1"]))
    ), _suspect("S1", _ALBA)),
    "a decision that names another pair from now on, and is deleted": _told(
        _suspect("S1", _ALBA), _suspect("S2", _ALBA), _suspect("S3", _UNA),
        _decides("exclude", (_POLICE, "suspect", "S1"), (_POLICE, "suspect", "S2")),
        _decides("include", (_POLICE, "suspect", "S1"), (_POLICE, "suspect", "S3"), 3),
        Said("hmpps.person_decision", "/hmpps/delius", "PD", 4, {}),
    ),
}  # fmt: skip
