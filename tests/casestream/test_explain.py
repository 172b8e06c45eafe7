"""`casestream explain`: why records are of one case or are not, over the real tables."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from casestream.explaining import EXPLAINERS
from clickhouse.store import Store
from schemas.flow import case_id_of, subject_id
from tests.casestream.conftest import Told, in_json
from tests.linked import SOURCE, deleted, event, link_all
from tests.tables import empty

pytestmark = pytest.mark.integration

Command = Callable[..., Told]

ASN, URN = "1101ZD0100000448754K", "01ZD0300108"


def record(kind: str, subject: str) -> str:
    return subject_id(SOURCE, kind, subject)


CRIME, SUSPECT = record("police.crime", "CR0001"), record("police.suspect", "S1")
DECISION, COURT = record("cps.decision", "D1"), record("court.case", "K1")
GONE, STRANGER = record("police.suspect", "S9"), record("police.crime", "CR0002")
CASE = case_id_of(CRIME)


def crime(ref: str) -> dict[str, Any]:
    return event("police.crime", ref, {"crime_ref": ref, "force": "40", "recorded_at": "2025-03-01T09:00:00Z"})


@pytest.fixture(scope="module")
def told(store: Store) -> Iterator[None]:
    """A chain of four records of three agencies, a stranger kept apart from it, and a suspect who is deleted."""
    empty(store)
    kept_apart = "/".join(sorted((COURT, STRANGER)))
    link_all(store, [
        event("court.case", "K1", {"ids": {"court_case_id": "K1", "urn": URN}, "jurisdiction": "crown",
                                   "received_at": "2025-03-09T09:00:00Z"}, "2025-03-09T09:00:00Z"),
        event("cps.decision", "D1", {"decision_id": "D1", "decision": "charge", "decision_at": "2025-03-08T09:00:00Z",
                                     "proceeding": {"proceeding_id": "P1", "urn": URN}}, "2025-03-08T09:00:00Z"),
        event("cps.decision", "D1", {"decision_id": "D1", "decision": "charge", "decision_at": "2025-03-08T09:00:00Z",
                                     "proceeding": {"proceeding_id": "P1", "urn": URN, "asn": ASN}},
              "2025-03-10T09:00:00Z"),
        event("police.suspect", "S1", {"suspect_id": "S1", "force": "40", "crime_refs": ["CR0001", "N/A"], "asn": ASN},
              "2025-03-02T10:00:00Z"),
        crime("CR0001"), crime("CR0002"),
        event("police.suspect", "S9", {"suspect_id": "S9", "force": "40", "crime_refs": ["CR0001"]}),
        deleted("police.suspect", "S9", "2025-04-01T10:00:00Z"),
        event("police.incident", "I1", {"incident_ref": "I1", "force": "40", "reported_at": "2025-03-01T08:00:00Z",
                                        "crime_refs": ["CR0001", "CR0002"]}),
        event("casestream.link_decision", kept_apart, {
            "verdict": "exclude", "records": kept_apart.split("/"), "reason": "two burglaries", "decided_by": "desk 4",
        }),
    ])  # fmt: skip
    yield
    empty(store)


@pytest.fixture
def explain(told: None, store_cli: Command) -> Callable[..., dict[str, Any]]:
    return partial(in_json, store_cli, "explain")


def test_a_case_says_which_identifier_links_each_record_and_since_when(explain: Callable[..., dict[str, Any]]) -> None:
    found = explain(CASE)
    assert (found["case"], found["named_after"], found["moved"]) == (CASE, CRIME, "")
    links = {link["second"]: link for link in found["links"]}
    assert links[SUSPECT] == {
        "kind": "crime_ref", "value": "CR0001", "first": CRIME, "second": SUSPECT,
        "since": "2025-03-02T10:00:00+00:00",
    }  # fmt: skip
    assert (links[DECISION]["kind"], links[DECISION]["value"], links[DECISION]["first"]) == ("asn", ASN, SUSPECT)
    assert links[DECISION]["since"] == "2025-03-10T09:00:00+00:00", "its first state did not carry the ASN yet"
    assert (links[COURT]["kind"], links[COURT]["since"]) == ("urn", "2025-03-09T09:00:00+00:00")


def test_an_old_case_id_leads_to_the_case_and_says_why(explain: Callable[..., dict[str, Any]]) -> None:
    found = explain(case_id_of(COURT))
    assert found["case"] == CASE
    assert COURT in found["moved"] and CRIME in found["moved"] and "before" in found["moved"]
    assert [link["kind"] for link in found["chain"]] == ["urn", "asn", "crime_ref"]
    assert explain(COURT)["case"] == CASE


def test_two_records_are_joined_by_the_shortest_chain(explain: Callable[..., dict[str, Any]]) -> None:
    found = explain(CRIME, COURT)
    assert found["one_case"]
    assert [(link["kind"], link["first"], link["second"]) for link in found["path"]] == [
        ("crime_ref", CRIME, SUSPECT), ("asn", SUSPECT, DECISION), ("urn", DECISION, COURT),
    ]  # fmt: skip


def test_an_excluded_pair_says_what_is_held_out_by_whom_and_why(explain: Callable[..., dict[str, Any]]) -> None:
    found = explain(STRANGER, COURT)
    assert not found["one_case"] and found["path"] == []
    assert found["held_out_path"], "identifiers chain them"
    assert any("desk 4" in one and "two burglaries" in one for one in found["decisions"])
    incident = record("police.incident", "I1")
    left_out = explain(incident)["left_out"] + explain(CASE)["left_out"] + explain(case_id_of(STRANGER))["left_out"]
    assert {one["rule"] for one in left_out if one["kind"] == "crime_ref" and one["record"] == incident} == {"excluded"}


def test_a_decision_says_what_it_holds_out(explain: Callable[..., dict[str, Any]]) -> None:
    decision_id = record("casestream.link_decision", "/".join(sorted((COURT, STRANGER))))
    found = explain(decision_id)
    assert found["records"] == sorted((COURT, STRANGER)) and "desk 4" in found["told"]
    assert [one["record"] for one in found["held_out"]] == [record("police.incident", "I1")]


def test_a_placeholder_is_named_with_its_rule(explain: Callable[..., dict[str, Any]]) -> None:
    (left,) = [one for one in explain(CASE)["left_out"] if one["record"] == SUSPECT]
    assert (left["kind"], left["value"], left["rule"]) == ("crime_ref", "N/A", "crime-ref-placeholder")


def test_a_deleted_record_leads_to_the_case_that_carries_its_identifiers(
    explain: Callable[..., dict[str, Any]]
) -> None:
    found = explain(case_id_of(GONE))
    assert found["deleted"] and found["since"] == "2025-04-01T10:00:00+00:00"
    assert found["cases"][CASE] == ["crime_ref CR0001"]


@pytest.mark.parametrize("ids", [(CASE,), (CRIME, COURT), (STRANGER, COURT), (case_id_of(GONE),), (COURT,)])
def test_every_explanation_has_a_text_and_a_picture(
    explain: Callable[..., dict[str, Any]], casestream: Command, tmp_path: Path, ids: tuple[str, ...]
) -> None:
    file = tmp_path / "links.svg"
    done = casestream("explain", *ids, "--picture", str(file))
    assert done.code == 0 and done.out.strip()
    drawn = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    boxes = {title.text for title in drawn.iterfind(".//{*}g/{*}title")}
    named = {CRIME, SUSPECT, DECISION, COURT} if ids in ((CASE,), (COURT,)) else set(ids) & {CRIME, COURT, STRANGER}
    assert named <= boxes
    assert drawn.findall(".//{*}path"), "there are links"


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        (("x1",), "is no id"), (("x" + 24 * "0",), "nothing explains"), ((CASE, CRIME), "nothing explains"),
        (("c" + 24 * "0",), "no such case"), (("r" + 24 * "0",), "no such record"),
    ],
)  # fmt: skip
def test_what_cannot_be_explained_is_a_wrong_call(
    explain: Callable[..., dict[str, Any]], casestream: Command, ids: tuple[str, ...], told: str
) -> None:
    done = casestream("explain", *ids)
    assert done.code == 2 and told in done.err


def test_the_kinds_of_question_are_told_apart_by_their_ids() -> None:
    assert set(EXPLAINERS) >= {"c", "r", "rr"}
