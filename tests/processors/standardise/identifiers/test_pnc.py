"""PNC ids: every spelling of one id is one value, and a wrong check letter is a finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.identifiers import Fault, Identifier, canonical
from processors.standardise.identifiers.check_letter import CHECK_LETTERS, check_letter
from processors.standardise.identifiers.pnc import PIVOT_YEAR, parse_pnc
from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault, each

VALID = {
    "81/34U": "1981/0000034U", "02/73319Z": "2002/0073319Z", "00/223R": "2000/0000223R",
    "79/163001B": "1979/0163001B", "79163001B": "1979/0163001B", "19790163001B": "1979/0163001B",
    "1979163001B": "1979/0163001B", "033Y": "2003/0000003Y", "67/9893091D": "1967/9893091D",
    "2012/394773H": "2012/0394773H", "2008/359381C": "2008/0359381C", "12/0394773H": "2012/0394773H",
    "12/394773h": "2012/0394773H", " 2012/0394773H ": "2012/0394773H",
}  # fmt: skip

INVALID = {
    **dict.fromkeys(
        (
            "20030011985Z", "20120052494O", "20230583843N", "2001/0171310S", "2004/0012345U", "2004/0000500U",
            "2000/0448754K", "24/123456H", "2099/1234567L",
        ),
        "pnc-check-letter",
    ),
    **dict.fromkeys(
        (
            "1923/1Z34567A", "1X23/1234567A", "1923[1234567A", "1923/1234567AA", "0123456789", "01234567890123",
            "TOTALLYINVALID", "", "/", "12/H", "012/394773H", "2012//394773H", "2012/3947 73H", "12/٣٩٤٧٧٣H",
        ),
        "pnc-format",
    ),
    "00/0Z": "pnc-placeholder", "2000/0000000Z": "pnc-placeholder",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "value"), each(VALID))
def test_a_valid_pnc_id_has_one_canonical_form(raw: str, value: str) -> None:
    assert_canonical("pnc", raw, value)


@pytest.mark.parametrize(("raw", "rule"), each(INVALID))
def test_an_invalid_pnc_id_names_its_rule(raw: str, rule: str) -> None:
    assert_fault("pnc", raw, rule)


@given(st.integers(0, 99), st.integers(1, 9_999_999))
def test_slash_padding_case_and_century_of_one_id_give_one_value(year: int, serial: int) -> None:
    letter = check_letter(int(f"{year:02}{serial:07}"))
    full = f"{'20' if year <= PIVOT_YEAR else '19'}{year:02}"
    for spelt in (
        f"{year:02}/{serial}{letter}", f"{year:02}/{serial:07}{letter}", f"{year:02}{serial}{letter}",
        f"{year:02}{serial:07}{letter}", f"{full}/{serial}{letter}", f"{full}/{serial:07}{letter}",
        f"{full}{serial:07}{letter}", f"{full}{serial:06}{letter}", f"{year:02}/{serial}{letter.lower()}",
    ):  # fmt: skip
        assert canonical("pnc", spelt) == Identifier("pnc", f"{full}/{serial:07}{letter}")


@given(st.integers(1900, 2099), st.integers(1, 9_999_999))
def test_only_its_own_letter_fits(year: int, serial: int) -> None:
    letter = check_letter(int(f"{year % 100:02}{serial:07}"))
    for other in CHECK_LETTERS + "IOS":
        found = canonical("pnc", f"{year}/{serial:07}{other}")
        if other == letter:
            assert found == Identifier("pnc", f"{year}/{serial:07}{letter}")
        else:
            assert isinstance(found, Fault)
            assert found.rule == "pnc-check-letter"


@pytest.mark.parametrize(("pivot", "century"), [(29, "19"), (30, "20"), (38, "20")])
def test_two_digits_up_to_the_pivot_are_of_this_century(pivot: int, century: str) -> None:
    letter = check_letter(int("300000123"))
    assert parse_pnc(f"30/123{letter}", pivot) == Identifier("pnc", f"{century}30/0000123{letter}")


@pytest.mark.parametrize("pivot", [0, 38, 99])
def test_four_digits_of_a_year_are_kept_whatever_the_pivot(pivot: int) -> None:
    assert parse_pnc("1979/163001B", pivot) == Identifier("pnc", "1979/0163001B")
