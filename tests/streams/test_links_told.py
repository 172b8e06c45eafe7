"""What readers are told about links: since when, what is held out and let in again, and which ids a case had before."""

from collections.abc import Iterator
from typing import Any

import pytest

from clickhouse.store import Store
from grafana.case_ids import case_of
from schemas.flow import case_id_of, subject_id
from tests.linked import SOURCE, deleted, event, link_all
from tests.tables import empty

pytestmark = pytest.mark.integration

ASN = "1101ZD0100000448754K"


@pytest.fixture
def tables(store: Store) -> Iterator[Store]:
    empty(store)
    yield store
    empty(store)


def suspect(n: int, time: str = "2025-03-02T10:00:00Z", **more: Any) -> dict[str, Any]:
    return event("police.suspect", f"S{n}", {
        "suspect_id": f"S{n}", "force": "40", "asn": ASN, "crime_refs": [f"of its own {n}"], **more,
    }, time)  # fmt: skip


def record(kind: str, subject: str) -> str:
    return subject_id(SOURCE, kind, subject)


def cases(store: Store) -> set[frozenset[str]]:
    found = store.query("SELECT groupArray(subject) FROM casestream.case_members FINAL GROUP BY case_id", {})
    return {frozenset(subjects) for (subjects,) in found}  # type: ignore[arg-type]


def held_out(store: Store) -> list[tuple[object, ...]]:
    return store.query("SELECT toString(key_kind), key_value, records FROM casestream.held_out_keys FINAL", {})


def test_an_identifier_on_too_many_records_is_reported_and_let_in_again_below_the_limit(tables: Store) -> None:
    link_all(tables, (suspect(n) for n in range(4)), limit=3)
    assert held_out(tables) == [("asn", ASN, 4)]
    assert cases(tables) == {frozenset({f"S{n}"}) for n in range(4)}
    assert tables.query("SELECT DISTINCT records FROM casestream.v_held_out_keys", {}) == [(4,)]
    link_all(tables, [deleted("police.suspect", "S3", "2025-04-01T10:00:00Z")], limit=3)
    assert held_out(tables) == []
    assert cases(tables) == {frozenset({"S0", "S1", "S2"})}
    link_all(tables, [suspect(4)], limit=3)
    assert held_out(tables) == [("asn", ASN, 4)], "over the limit again"


def test_a_link_says_its_identifier_its_records_and_since_when(tables: Store) -> None:
    link_all(tables, [
        suspect(1, crime_refs=["CR0001"]),
        event("police.crime", "CR0001", {"crime_ref": "CR0001", "force": "40", "recorded_at": "2025-03-01T09:00:00Z"},
              "2025-03-04T10:00:00Z"),
    ])  # fmt: skip
    crime, one = record("police.crime", "CR0001"), record("police.suspect", "S1")
    links = tables.query(
        "SELECT record_id, toString(reason_kind), reason_record, toString(linked_at) FROM casestream.v_case_links"
        " ORDER BY reason_kind", {},
    )  # fmt: skip
    assert links == [
        (crime, "", "", None), (one, "crime_ref", crime, "2025-03-04 10:00:00.000000"),
    ]  # fmt: skip


def test_an_id_that_a_case_had_before_leads_to_it_and_says_why(tables: Store) -> None:
    crime = event("police.crime", "CR0001",
                  {"crime_ref": "CR0001", "force": "40", "recorded_at": "2025-03-01T09:00:00Z"})  # fmt: skip
    link_all(tables, [suspect(1, crime_refs=["CR0001"])], project=True)
    assert tables.query("SELECT * FROM casestream.v_former_case_ids", {}) == []
    link_all(tables, [crime], project=True)
    old, new = (case_id_of(record(*one)) for one in (("police.suspect", "S1"), ("police.crime", "CR0001")))
    former = "SELECT former_case_id, case_id, reason FROM casestream.v_former_case_ids ORDER BY former_case_id"
    ((found, now, why),) = tables.query(former, {})
    assert (found, now) == (old, new) and "police.crime" in str(why)
    link_all(tables, [deleted("police.suspect", "S1", "2025-04-01T10:00:00Z")], project=True)
    assert tables.query(former, {}) == [(old, "", "its record was deleted at its source")], "it had no other"


def test_the_id_of_a_case_whose_first_record_was_deleted_leads_to_where_most_of_the_others_are(tables: Store) -> None:
    """And the boards go there."""
    first, apart, *rest = sorted(range(1, 5), key=lambda n: record("police.suspect", f"S{n}"))
    link_all(tables, [
        suspect(first, crime_refs=["CR0001"]), suspect(apart, crime_refs=["CR0001"], asn=None),
        *(suspect(one) for one in rest),
    ], project=True)  # fmt: skip
    ((old,),) = tables.query("SELECT DISTINCT case_id FROM casestream.v_case_members", {})
    assert old == case_id_of(record("police.suspect", f"S{first}"))
    link_all(tables, [deleted("police.suspect", f"S{first}", "2025-04-01T10:00:00Z")], project=True)
    assert cases(tables) == {frozenset(f"S{one}" for one in rest), frozenset({f"S{apart}"})}
    of_suspect = "SELECT case_id FROM casestream.v_case_members WHERE record_id = {one:String}"
    ((now,),) = tables.query(of_suspect, {"one": record("police.suspect", f"S{rest[0]}")})
    assert tables.query("SELECT former_case_id, case_id FROM casestream.v_former_case_ids", {}) == [(old, now)]
    for one in (old, now):
        found = tables.query(f"SELECT case_id FROM casestream.cases FINAL WHERE case_id IN {case_of(repr(one))}", {})
        assert found == [(now,)]


def test_an_excluded_pair_is_told_with_what_is_held_out(tables: Store) -> None:
    named = sorted((record("police.suspect", "S1"), record("police.suspect", "S2")))
    decided = event("casestream.link_decision", "/".join(named), {
        "verdict": "exclude", "records": named, "reason": "two people, one ASN mistyped", "decided_by": "desk 4",
    })  # fmt: skip
    link_all(tables, [suspect(1), suspect(2), decided])
    ((decision_id, verdict, first, second),) = tables.query(
        "SELECT decision_id, verdict, first_record, second_record FROM casestream.v_link_decisions", {}
    )
    assert (verdict, [first, second]) == ("exclude", named)
    held = tables.query("SELECT record_id, toString(key_kind), decision_id FROM casestream.v_held_out_links", {})
    assert held == [(named[1], "asn", decision_id)]
    told = tables.query(
        "SELECT toString(agency), current FROM casestream.records FINAL WHERE record_id = {one:String}",
        {"one": decision_id},
    )
    assert told == [("casestream", 1)]
    assert cases(tables) == {frozenset({"S1"}), frozenset({"S2"})}, "a decision is of no case"
    link_all(tables, [deleted("casestream.link_decision", "/".join(named), "2025-04-01T10:00:00Z")])
    assert tables.query("SELECT * FROM casestream.v_link_decisions", {}) == []
    assert tables.query("SELECT * FROM casestream.v_held_out_links", {}) == []
    assert cases(tables) == {frozenset({"S1", "S2"})}
