"""Case numbers of the Crown Court, the PNC's court register and Libra."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.identifiers import Fault, Identifier, canonical
from processors.standardise.identifiers.check_letter import CHECK_LETTERS, check_letter
from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault, each, only

CROWN = {
    **only("T20161234", "A20161234", "S20161234", "B20161234", "U20161234", "T20170101", "T19901234"),
    "t20161234": "T20161234",
}
NOT_CROWN = ("T2020432", "T202043298", "G20204321", "120207575", "A201612345", "T19801234", "")

PNC_COURT = {
    **only("97/1626/008395Q", "21/2732/000007P", "09/0418/000448U", "07/1577/020154M", "12/2732/000028F"),
    "12/2732/28F": "12/2732/000028F", "12/2732/28f": "12/2732/000028F",
}  # fmt: skip
NOT_PNC_COURT = {
    "23/1234/012345P": "pnc-court-reference-check-letter",
    **dict.fromkeys(
        ("97/1626/8395", "97/1626/008395O", "1997/1626/008395Q", "971626008395Q", ""), "pnc-court-reference-format"
    ),
}  # fmt: skip

LIBRA = {
    **only("B10JQ/1600032981", "B10JQ/2100049401", "B10JQ/1600028913", "B01LY/1600032981"),
    "B10JQ00/1600032981": "B10JQ/1600032981", " b10jq / 1600032981 ": "B10JQ/1600032981",
}  # fmt: skip
NOT_LIBRA = {
    "B10JQ/0000000000": "libra-case-number-placeholder",
    **dict.fromkeys(
        ("B10JQ/160003298", "B10JQ/16000329811", "CID1234", "B10JQ/160003298A", "B10JQ/", ""),
        "libra-case-number-format",
    ),
    **dict.fromkeys(
        ("1600032981", "/1600032981", "2732/1600032981", "B10JQ0/1600032981"), "libra-case-number-no-court"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "value"), each(CROWN))
def test_a_crown_court_case_number_is_a_letter_a_year_and_four_digits(raw: str, value: str) -> None:
    assert_canonical("crown_case_number", raw, value)


@pytest.mark.parametrize("raw", NOT_CROWN)
def test_anything_else_is_no_crown_court_case_number(raw: str) -> None:
    assert_fault("crown_case_number", raw, "crown-case-number-format")


@pytest.mark.parametrize(("raw", "value"), each(PNC_COURT))
def test_a_pnc_court_reference_has_its_sequence_padded(raw: str, value: str) -> None:
    assert_canonical("pnc_court_reference", raw, value)


@pytest.mark.parametrize(("raw", "rule"), each(NOT_PNC_COURT))
def test_an_invalid_pnc_court_reference_names_its_rule(raw: str, rule: str) -> None:
    assert_fault("pnc_court_reference", raw, rule)


@given(st.integers(0, 99), st.integers(0, 9999), st.integers(1, 999_999))
def test_only_its_own_letter_fits_a_pnc_court_reference(year: int, court: int, sequence: int) -> None:
    letter = check_letter(int(f"{year:02}{court:04}{sequence:06}"))
    expected = Identifier("pnc_court_reference", f"{year:02}/{court:04}/{sequence:06}{letter}")
    for other in CHECK_LETTERS:
        found = canonical("pnc_court_reference", f"{year:02}/{court:04}/{sequence}{other}")
        assert found == expected if other == letter else isinstance(found, Fault)


@pytest.mark.parametrize(("raw", "value"), each(LIBRA))
def test_a_libra_case_number_is_ten_digits_within_a_court(raw: str, value: str) -> None:
    assert_canonical("libra_case_number", raw, value)


@pytest.mark.parametrize(("raw", "rule"), each(NOT_LIBRA))
def test_an_invalid_libra_case_number_names_its_rule(raw: str, rule: str) -> None:
    assert_fault("libra_case_number", raw, rule)
