"""Crime references: free text of each force, and the ids of police open data."""

import pytest

from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault, each

OPEN_DATA = "0123456789abcdef" * 4

VALID = {
    "40/12 345/22": "40/12345/22", "40/12345/22": "40/12345/22", "cr-2024-000017": "CR-2024-000017",
    OPEN_DATA: OPEN_DATA, OPEN_DATA.upper(): OPEN_DATA,
}  # fmt: skip

PLACEHOLDERS = ("", "  ", "C1", "UNKNOWN", "not known", "TBC", "n/a", "0000000", "XXXX", "----", "REF1", "{crime_ref}")


@pytest.mark.parametrize(("raw", "value"), each(VALID))
def test_a_crime_reference_is_free_text_in_one_spelling(raw: str, value: str) -> None:
    assert_canonical("crime_ref", raw, value)


@pytest.mark.parametrize("raw", PLACEHOLDERS)
def test_a_placeholder_tells_no_crime_from_another(raw: str) -> None:
    assert_fault("crime_ref", raw, "crime-ref-placeholder")
