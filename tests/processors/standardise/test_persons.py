"""What each contract says of people: roles, and the ids by which records tell of one person record."""

from typing import Any

import orjson
import pytest

from processors.standardise.standardise import Accepted, standardise
from schemas.flow import NO_TIME, EventRef
from schemas.person_facts import FACTS_DECODER, NameFacts, PeopleFacts, person_record_id

_ALBA = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1980-01-02", "pnc": "79/163001B",
         "address": {"postcode": "AB1 2CD"}, "aliases": [{"first": "Al", "last": "Merewick"}]}  # fmt: skip


def _said(kind: str, subject: str, data: dict[str, Any], source: str = "s", **more: Any) -> list[PeopleFacts]:
    """What the parts of an event's state say of people."""
    event = {"specversion": "1.0", "id": "e1", "source": source, "type": kind, "subject": subject, "data": data, **more}
    found = standardise(orjson.dumps(event), EventRef("feeds", 1, 0, 0))
    assert isinstance(found, Accepted), found
    return [FACTS_DECODER.decode(part.people) for part in found.head.parts if part.people]


_SUSPECT = {"suspect_id": "S1", "force": "40", "crime_refs": ["CR1"], "person": _ALBA}
_COURT_CASE = {"ids": {"court_case_id": "K1"}, "defendants": [
    {"defendant_id": "D1", "master_defendant_id": "M1", "youth": True, "person": _ALBA}]}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "data", "role", "what", "own_id"),
    [
        ("police.suspect", _SUSPECT, "suspect", "suspect", "S1"),
        ("police.arrest", {"arrest_ref": "A1", "force": "40", "arrest_at": "2025-01-01", "suspect_id": "S1",
                           "person": _ALBA}, "suspect", "suspect", "S1"),
        ("police.crime", {"crime_ref": "CR1", "force": "40", "recorded_at": "2025-01-01",
                          "victims": [{"victim_id": "V1", "person": _ALBA}]}, "victim", "victim", "V1"),
        ("police.prosecution", {"urn": "40AB0001226", "initiation": "C", "defendants": [
            {"asn": "1101ZD0100000448754K", "person": _ALBA}]}, "defendant", "asn", "1101ZD0100000448754K"),
        ("cps.file_review", {"review_id": "R1", "reviewed_at": "2025-01-01", "dg6_compliant": True,
                             "proceeding": {"proceeding_id": "P1", "person": _ALBA}}, "defendant", "proceeding", "P1"),
        ("court.case", _COURT_CASE, "defendant", "defendant", "D1"),
        ("court.resulted_case", {"resulted_case_id": "RC1", "route": "spi", **_COURT_CASE},
         "defendant", "defendant", "D1"),
        ("court.hearing", {"hearing_id": "H1", "hearing_day": "2025-01-02", "cases": [_COURT_CASE]},
         "defendant", "defendant", "D1"),
        ("court.case", {"ids": {}, "defendants": [
            {"libra_defendant_id": "CID1", "master_defendant_id": "M1", "youth": True, "person": _ALBA}]},
         "defendant", "libra_defendant", "CID1"),
        ("hmpps.prisoner", {"prison_number": "A1234AA", "person": _ALBA}, "offender", "prison_number", "A1234AA"),
        ("hmpps.probation_case", {"crn": "X123456", "person": _ALBA}, "offender", "crn", "X123456"),
    ],
)  # fmt: skip
def test_a_contract_says_who_in_which_role_under_their_own_id(
    kind: str, data: dict[str, Any], role: str, what: str, own_id: str
) -> None:
    (facts,) = _said(kind, "subject", data)
    (person,) = facts.persons
    assert (person.role, person.person_record_id) == (role, person_record_id("s", what, own_id))
    assert person.names == (NameFacts("Alba", None, "Merewick"), NameFacts("Al", None, "Merewick"))
    assert (person.date_of_birth, person.postcode, person.pnc) == ("1980-01-02", "AB1 2CD", "79/163001B")
    assert person.youth == what.endswith("defendant")
    assert person.master_defendant_id == ("M1" if what.endswith("defendant") else None)


def test_dates_of_birth_given_with_aliases_are_further_ones() -> None:
    aliases = [{"last": "Merrick", "date_of_birth": "1981-01-02"}, {"last": "M"}, {"date_of_birth": "1979-01-03"}]
    person = {"date_of_birth": "1980-01-02", "aliases": aliases}
    (facts,) = _said("hmpps.prisoner", "A1234AA", {"prison_number": "A1234AA", "person": person})
    assert facts.persons[0].date_of_birth == "1980-01-02"
    assert facts.persons[0].other_births == ("1981-01-02", "1979-01-03")


def test_two_systems_never_tell_of_one_person_record() -> None:
    one, other = (_said("police.suspect", "S1", _SUSPECT, source=source)[0].persons[0] for source in ("40", "41"))
    assert one.person_record_id != other.person_record_id


def test_defendants_without_an_id_are_those_of_their_record() -> None:
    data = {"ids": {"court_case_id": "K1"}, "defendants": [{"person": _ALBA}, {"person": _ALBA}]}
    ids = [one.person_record_id for case in ("K1", "K2") for one in _said("court.case", case, data)[0].persons]
    assert len(set(ids)) == 4


def test_each_case_of_a_hearing_says_its_own() -> None:
    cases = [{"ids": {"court_case_id": f"K{n}"}, "defendants": [{"defendant_id": f"D{n}", "person": _ALBA}]}
             for n in range(2)]  # fmt: skip
    said = _said("court.hearing", "H1/2025-01-02", {"hearing_id": "H1", "hearing_day": "2025-01-02", "cases": cases})
    assert [[one.person_record_id for one in facts.persons] for facts in said] == [
        [person_record_id("s", "defendant", "D0")], [person_record_id("s", "defendant", "D1")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [{"victim_id": "V1", "kind": "organisation", "person": _ALBA}, {"victim_id": "V1"}],
)
def test_an_organisation_and_one_of_whom_nothing_is_said_are_no_persons(data: dict[str, Any]) -> None:
    crime = {"crime_ref": "CR1", "force": "40", "recorded_at": "2025-01-01", "victims": [data]}
    assert _said("police.crime", "CR1", crime) == []


def test_merges_and_unmerges_name_person_records_of_their_service() -> None:
    time = {"time": "1970-01-01T00:00:01Z"}
    merge = {"id_kind": "crn", "merged_id": "X1", "kept_id": "X2"}
    unmerge = {"id_kind": "crn", "reactivated_id": "X1", "unmerged_from_id": "X2"}
    x1, x2 = (person_record_id("s", "crn", crn) for crn in ("X1", "X2"))
    (told,) = _said("hmpps.merge", "X1", merge, **time)
    assert told.decision is not None
    assert (told.decision.kind, told.decision.first, told.decision.second) == ("merge", x1, x2)
    assert told.decision.time_us == 1_000_000
    (told,) = _said("hmpps.unmerge", "X1", unmerge)
    assert told.decision is not None
    assert (told.decision.kind, told.decision.first, told.decision.time_us) == ("unmerge", x1, NO_TIME)


def test_a_prison_number_or_crn_is_one_person_record_whichever_service_tells_it() -> None:
    """Prisoner search tells the prisoner, prison offender events the merge (`processors.adapters.hmpps_types`)."""
    (told,) = _said("hmpps.prisoner", "A1234AA", {"prison_number": "A1234AA", "person": _ALBA}, "prisoner-search")
    merge = {"id_kind": "prison_number", "merged_id": "a1234aa", "kept_id": "B1234BB"}
    (merged,) = _said("hmpps.merge", "A1234AA", merge, "prison-offender-events")
    assert merged.decision is not None
    assert merged.decision.first == told.persons[0].person_record_id


@pytest.mark.parametrize("decision", ["include", "exclude"])
def test_a_decision_names_person_records_of_any_systems(decision: str) -> None:
    (told,) = _said("hmpps.person_decision", "PD1", {
        "decision": decision, "first": {"source": "40", "id_kind": "suspect", "own_id": "S1"},
        "second": {"source": "41", "id_kind": "suspect", "own_id": "S1"},
    })  # fmt: skip
    records = [_said("police.suspect", "S1", _SUSPECT, source=source)[0].persons[0] for source in ("40", "41")]
    assert told.decision is not None
    assert told.decision.kind == decision
    assert [told.decision.first, told.decision.second] == [one.person_record_id for one in records]


def test_people_that_would_leave_no_room_in_a_message_are_left_out_and_counted() -> None:
    aliases = [{"first": f"Alba{n}" + "a" * 40, "last": "Merewick"} for n in range(50_000)]
    data = {**_SUSPECT, "person": {**_ALBA, "aliases": aliases}}
    event = {"specversion": "1.0", "id": "e1", "source": "s", "type": "police.suspect", "subject": "S1", "data": data}
    found = standardise(orjson.dumps(event), EventRef("feeds", 1, 0, 0))
    assert isinstance(found, Accepted)
    (part,) = found.head.parts
    assert len(part.body) < 6_000_000
    assert part.people == b""
    assert "too-many-people" in found.findings


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("pnc", "2004/0012345U", "pnc-check-letter"), ("cro", "85227/65G", "cro-check-letter"),
        ("nino", "QQ123456C", "nino-format"), ("driver_number", "007", "driver-number-format"),
    ],
)  # fmt: skip
def test_what_is_no_identifier_of_a_person_is_a_finding_and_hides_nothing(field: str, value: str, rule: str) -> None:
    person = {**_ALBA, field: value}
    for kind, data in (
        ("police.suspect", {**_SUSPECT, "person": person}),
        ("court.hearing", {"hearing_id": "H1", "hearing_day": "2025-01-02", "cases": [
            {"ids": {"court_case_id": "K1"}, "defendants": [{"defendant_id": "D1", "person": person}]}]}),
    ):  # fmt: skip
        event = {"specversion": "1.0", "id": "e1", "source": "s", "type": kind, "subject": "subject", "data": data}
        found = standardise(orjson.dumps(event), EventRef("feeds", 1, 0, 0))
        assert isinstance(found, Accepted)
        assert rule in found.findings


def test_a_prisoner_with_a_number_of_another_form_is_a_finding() -> None:
    data = {"prison_number": "AB1234C", "crn": "XO12345", "person": _ALBA}
    event = {"specversion": "1.0", "id": "e1", "source": "s", "type": "hmpps.prisoner", "subject": "s", "data": data}
    found = standardise(orjson.dumps(event), EventRef("feeds", 1, 0, 0))
    assert isinstance(found, Accepted)
    assert {"prison-number-format", "crn-format"} <= set(found.findings)
