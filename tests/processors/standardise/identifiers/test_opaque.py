"""Ids that only their owner understands."""

import pytest

from processors.standardise.identifiers.kinds import OPAQUE_KINDS
from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault

KINDS = sorted(OPAQUE_KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_uuid_is_in_lower_case(kind: str) -> None:
    assert_canonical(kind, "0BAECAC5-222B-402D-9047-84803679EDAE", "0baecac5-222b-402d-9047-84803679edae")


@pytest.mark.parametrize("raw", ["HEARING_ID", "%CASE_ID%", "<DEFENDANT_ID_1>", "Case-1a", "1200866", "CID1234"])
@pytest.mark.parametrize("kind", KINDS)
def test_anything_else_is_kept_as_it_is_written(kind: str, raw: str) -> None:
    assert_canonical(kind, f" {raw} ", raw)


@pytest.mark.parametrize("raw", ["", "  ", "0", "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_id_without_content_names_nothing(kind: str, raw: str) -> None:
    assert_fault(kind, raw, f"{kind.replace('_', '-')}-empty")
