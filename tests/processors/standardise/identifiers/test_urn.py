"""URNs of police and CPS, and the other references that arrive in their field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.identifiers import Identifier, canonical
from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault, each, only

VALID = {
    **only(
        "01ZD0300108", "16BH0037004", "53CP2215321", "42CY0300108", "61GD7528225", "12GD8000017", "37QI4405072",
        "01XB1041111", "30DD1111220", "20GD0217100", "68CY557175",
    ),
    "16bh0037004": "16BH0037004", " 16BH0037004\n": "16BH0037004",
}  # fmt: skip

OTHER_PROSECUTORS = {
    "TFL12345": "TFL:TFL12345", "TVL1234": "TVL:TVL1234", "TFL4359536": "TFL:TFL4359536",
    "DVLA7148813": "DVLA:DVLA7148813", "tfl12345": "TFL:TFL12345",
}  # fmt: skip

INVALID = {
    **dict.fromkeys(
        (
            "123X", "qriGUBZKR5", "01ZD/0300108", "01ZD 0300108", "82CD34397719", "90GDAPPS314", "TRGDKDCXWXG",
            "16BH", "TFL1", "16BH٠٠٣٧٠٠٤",
        ),
        "urn-format",
    ),
    **dict.fromkeys(
        (
            "URN_NUMBER", "URN_DEFAULT_VALUE", "CASE_URN", "CASE_URN_2", "MAIN_CASE_URN", "URN12345", "REF1", "%URN%",
            "<CASE_URN>", "{urn}", "TBC", "Unknown", "N/A", "", "   ", "TFL00000", "XXXXXXXXXXX",
        ),
        "urn-placeholder",
    ),
    **dict.fromkeys(("00NP0000008", "00PP0000008", "16000037004", "00000000000"), "urn-dummy"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "value"), each(VALID))
def test_a_valid_urn_has_one_canonical_form(raw: str, value: str) -> None:
    assert_canonical("urn", raw, value)


@pytest.mark.parametrize(("raw", "rule"), each(INVALID))
def test_an_invalid_urn_names_its_rule(raw: str, rule: str) -> None:
    assert_fault("urn", raw, rule)


@pytest.mark.parametrize(("raw", "value"), each(OTHER_PROSECUTORS))
def test_another_prosecutors_reference_meets_the_same_in_its_own_field(raw: str, value: str) -> None:
    assert canonical("urn", raw) == Identifier("prosecutor_ref", value) == canonical("prosecutor_ref", value)


@given(
    st.integers(1, 99), st.from_regex(r"[A-Z]{2}", fullmatch=True), st.integers(0, 99_999), st.integers(0, 99)
)
def test_every_force_unit_sequence_and_year_is_a_urn(force: int, unit: str, sequence: int, year: int) -> None:
    urn = f"{force:02}{unit}{sequence:05}{year:02}"
    assert canonical("urn", urn.lower()) == canonical("urn", urn) == Identifier("urn", urn)
