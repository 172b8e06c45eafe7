"""Thin events that nobody could obey are rejected with their reason."""

from typing import Any

import orjson
import pytest

from processors.standardise.standardise import Accepted, Rejected, standardise
from schemas.flow import EventRef

_MERGE = {"id_kind": "crn", "merged_id": "X000001", "kept_id": "X000002"}
_UNMERGE = {"id_kind": "crn", "reactivated_id": "X000001", "unmerged_from_id": "X000002"}


def _standardised(kind: str, data: dict[str, Any], **more: Any) -> Accepted | Rejected:
    event = {"specversion": "1.0", "id": "e1", "source": "cp", "type": kind, "subject": "s1", "data": data, **more}
    return standardise(orjson.dumps(event), EventRef("feeds.hmcts", 1, 0, 0))


def _refused(kind: str, data: dict[str, Any]) -> Rejected:
    found = _standardised(kind, data)
    assert isinstance(found, Rejected), found
    return found


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
