"""Thin events: what a match of the courts says of people, and what nobody could obey is rejected with its reason."""

from typing import Any

import orjson
import pytest

from processors.standardise.standardise import Accepted, Rejected, standardise
from schemas.flow import NO_TIME, EventRef
from schemas.person_facts import FACTS_DECODER, DecisionFacts, MatchFacts, PeopleFacts, person_record_id

_MERGE = {"id_kind": "crn", "merged_id": "X000001", "kept_id": "X000002"}
_UNMERGE = {"id_kind": "crn", "reactivated_id": "X000001", "unmerged_from_id": "X000002"}
_D1, _D2 = (person_record_id("cp", "defendant", one) for one in ("D1", "D2"))


def _standardised(kind: str, data: dict[str, Any], **more: Any) -> Accepted | Rejected:
    event = {"specversion": "1.0", "id": "e1", "source": "cp", "type": kind, "subject": "s1", "data": data, **more}
    return standardise(orjson.dumps(event), EventRef("feeds.hmcts", 1, 0, 0))


def _said(data: dict[str, Any], **more: Any) -> PeopleFacts:
    found = _standardised("court.match", data, **more)
    assert isinstance(found, Accepted), found
    return FACTS_DECODER.decode(found.head.parts[0].people)


def _refused(kind: str, data: dict[str, Any]) -> Rejected:
    found = _standardised(kind, data)
    assert isinstance(found, Rejected), found
    return found


@pytest.mark.parametrize("matched", [True, False])
def test_a_match_is_a_decision_about_two_defendants_and_tells_the_master_of_one(matched: bool) -> None:
    data = {"matched": matched, "defendant_id": "D1"}
    decided = DecisionFacts("include" if matched else "exclude", _D1, _D2, 1_000_000)
    time = {"time": "1970-01-01T00:00:01Z"}
    named, master = {"matched_defendant_id": "D2"}, {"master_defendant_id": "M1"}
    assert _said(data | named, **time) == PeopleFacts((), decided, MatchFacts(_D1, matched, None, True, 1_000_000))
    assert _said(data | master, **time) == PeopleFacts((), None, MatchFacts(_D1, matched, "M1", False, 1_000_000))
    assert _said(data | named | master, **time) == PeopleFacts(
        (), decided, MatchFacts(_D1, matched, "M1", True, 1_000_000)
    )


def test_an_unmatch_may_name_nobody_and_have_no_time() -> None:
    said = _said({"matched": False, "defendant_id": "D1", "court_case_id": "K1"})
    assert said == PeopleFacts((), None, MatchFacts(_D1, False, None, False, NO_TIME))


@pytest.mark.parametrize(
    "nobody", [{}, {"master_defendant_id": "00000000-0000-0000-0000-000000000000"}], ids=["none", "zeros"]
)
def test_a_match_with_nobody_is_rejected(nobody: dict[str, str]) -> None:
    refused = _refused("court.match", {"matched": True, "defendant_id": "D1", **nobody})
    assert refused.rule == "match-with-nobody"
    assert "matched_defendant_id" in refused.reason


def test_a_defendant_matched_with_itself_is_rejected() -> None:
    for matched in (True, False):
        data = {"matched": matched, "defendant_id": "D1", "matched_defendant_id": "D1"}
        assert _refused("court.match", data).rule == "names-one-record-twice"


@pytest.mark.parametrize("kind", ["hmpps.merge", "hmpps.unmerge"])
@pytest.mark.parametrize(
    ("id_kind", "instead"),
    [
        ("defendant_id", "court.match"), ("master_defendant_id", "court.match"),
        ("pnc", "hmpps.person_decision"), ("cro", "hmpps.person_decision"),
    ],
)  # fmt: skip
def test_a_merge_by_what_names_no_single_record_is_rejected(kind: str, id_kind: str, instead: str) -> None:
    data = _MERGE if kind == "hmpps.merge" else _UNMERGE
    refused = _refused(kind, {**data, "id_kind": id_kind})
    assert (refused.rule, refused.field, refused.value) == ("names-no-record", "data.id_kind", id_kind)
    assert "'crn' or 'prison_number'" in refused.reason
    assert instead in refused.reason
    assert _refused(kind, {**data, "id_kind": "nino"}).rule == "unknown-code"


def test_a_merge_of_a_record_with_itself_is_rejected() -> None:
    for kind, data in (("hmpps.merge", _MERGE | {"kept_id": "x000001"}),
                       ("hmpps.unmerge", _UNMERGE | {"unmerged_from_id": "X000001"})):  # fmt: skip
        assert _refused(kind, data).rule == "names-one-record-twice"


def test_a_decision_that_nobody_could_follow_is_rejected() -> None:
    victim, suspect = ({"source": "rms", "id_kind": kind, "own_id": "1"} for kind in ("victim", "suspect"))
    data = {"decision": "include", "first": victim, "second": suspect}
    assert _refused("hmpps.person_decision", data).rule == "victim-with-accused"
    assert isinstance(_standardised("hmpps.person_decision", {**data, "decision": "exclude"}), Accepted)
    assert _refused("hmpps.person_decision", {**data, "second": victim}).rule == "names-one-record-twice"
