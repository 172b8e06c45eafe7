"""`casestream explain` tells who decided that person records are one, or are not: which event, whose, and when."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from clickhouse.store import Store
from schemas.flow import subject_id
from schemas.person_facts import person_record_id
from tests.casestream.conftest import Told, in_json
from tests.linked import SOURCE, event, link_all
from tests.tables import empty

pytestmark = pytest.mark.integration

Command = Callable[..., Told]

ALBA = {"name": {"first": "Alba", "last": "Merewick"}, "date_of_birth": "1980-01-02", "pnc": "79/163001B"}
UNA = {"name": {"first": "Una", "last": "Dunmarsh"}, "date_of_birth": "1991-11-30"}
D1, D2, D3, D4 = (person_record_id(SOURCE, "defendant", f"D{number}") for number in range(1, 5))
X1, X2 = (person_record_id(SOURCE, "crn", f"X00000{number}") for number in (1, 2))


def _hearing(number: int, person: dict[str, Any], master: str) -> dict[str, Any]:
    defendant = {"defendant_id": f"D{number}", "person": person, "master_defendant_id": master}
    return event("court.hearing", f"H{number}/2025-03-01", {
        "hearing_id": f"H{number}", "hearing_day": "2025-03-01",
        "cases": [{"ids": {"court_case_id": f"K{number}"}, "defendants": [defendant]}],
    })  # fmt: skip


@pytest.fixture(scope="module")
def told(store: Store) -> Iterator[None]:
    """Two who do not look alike and are matched over a master; two who do, unmatched by name; a merge of probation."""
    empty(store)
    link_all(store, [
        event("court.match", "D2", {"matched": True, "defendant_id": "D2", "master_defendant_id": "M1"},
              "2025-03-04T10:00:00Z"),
        _hearing(1, ALBA, "M1"), _hearing(2, UNA, "D2"), _hearing(3, UNA, "M3"), _hearing(4, ALBA, "M3"),
        event("court.match", "D4", {"matched": False, "defendant_id": "D4", "matched_defendant_id": "D1"},
              "2025-03-05T10:00:00Z"),
        event("court.match", "D3", {"matched": False, "defendant_id": "D3", "court_case_id": "K3"},
              "2025-03-06T10:00:00Z"),
        *(event("hmpps.probation_case", crn, {"crn": crn, "person": UNA}) for crn in ("X000001", "X000002")),
        event("hmpps.merge", "X000001", {"id_kind": "crn", "merged_id": "X000001", "kept_id": "X000002"},
              "2025-03-07T10:00:00Z"),
    ])  # fmt: skip
    yield
    empty(store)


@pytest.mark.usefixtures("told")
def test_a_match_over_a_master_is_told_with_its_event(store_cli: Command) -> None:
    found = in_json(store_cli, "explain", D1)
    (tied,) = [one for one in found["members"] if one["ground"]]
    assert {tied["person_record"], tied["with_record"]} == {D1, D2}
    assert tied["ground"] == "decision"
    assert tied["decided"] == {
        "says": "include", "first": min(D1, D2), "second": max(D1, D2), "over_master": True,
        "record": subject_id(SOURCE, "court.match", "D2"), "kind": "court.match", "agency": "hmcts", "source": SOURCE,
        "event": "court.match/D2/2025-03-04T10:00:00Z", "time": "2025-03-04T10:00:00+00:00",
    }  # fmt: skip
    told = store_cli("explain", D1).out
    assert "by decision: include by the master defendant: hmcts, 2025-03-04T10:00:00+00:00" in told
    assert "M1" not in told, "identifiers of people are never told"
    pair = in_json(store_cli, "explain", D1, D2)
    assert (pair["outcome"], pair["decided"]) == ("joined by a decision", "include")
    assert pair["decision"] == tied["decided"]


@pytest.mark.usefixtures("told")
def test_an_unmatch_is_told_with_its_event(store_cli: Command) -> None:
    pair = in_json(store_cli, "explain", D4, D1)
    assert (pair["outcome"], pair["decided"]) == ("kept apart: excluded", "exclude")
    assert (pair["decision"]["agency"], pair["decision"]["over_master"]) == ("hmcts", False)
    assert pair["decision"]["event"] == "court.match/D4/2025-03-05T10:00:00Z"
    (apart,) = in_json(store_cli, "explain", D4)["apart"]
    assert apart == pair["decision"]
    assert f"{D4} is kept apart from {D1}: exclude: hmcts" in store_cli("explain", D4).out
    (of_master,) = in_json(store_cli, "explain", D3)["apart"]
    assert (of_master["first"], of_master["second"], of_master["over_master"]) == (D3, "", True)
    assert "kept apart from others of a master defendant: exclude by the master defendant: hmcts" in store_cli(
        "explain", D3
    ).out  # fmt: skip
    assert in_json(store_cli, "explain", D3, D4)["decision"]["event"] == "court.match/D3/2025-03-06T10:00:00Z"


@pytest.mark.usefixtures("told")
def test_a_merge_is_told_with_its_event(store_cli: Command) -> None:
    members = {one["person_record"]: one for one in in_json(store_cli, "explain", X2)["members"]}
    assert members[X1]["merged"]
    assert members[X1]["decided"]["agency"] == "hmpps"
    assert members[X1]["decided"]["event"] == "hmpps.merge/X000001/2025-03-07T10:00:00Z"
    assert "its service gave it up for another: merge: hmpps" in store_cli("explain", X2).out
