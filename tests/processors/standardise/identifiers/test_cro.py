"""CRO numbers: standard ones are padded, those of small files stay as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.identifiers import Fault, Identifier, canonical
from processors.standardise.identifiers.check_letter import CHECK_LETTERS, check_letter
from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault, each

VALID = {
    "SF05/482703J": "SF05/482703J", "SF83/50058Z": "SF83/50058Z", "sf83/50058z": "SF83/50058Z",
    "65656/91H": "065656/91H", "24457/05Q": "024457/05Q", "171482/19R": "171482/19R", " 171482/19r": "171482/19R",
}  # fmt: skip

INVALID = {
    **dict.fromkeys(
        (
            "85227/65G", "123456/20L", "SF20/123456M", "440847/45N", "11111/79J", "123456/00A",
            "SF83/050058Z",  # padded: its letter is that of 50058
        ),
        "cro-check-letter",
    ),
    **dict.fromkeys(("1234", "", "SF83/Z", "1234567/91H", "SF/50058Z", "65656-91H", "٦٥٦٥٦/91H"), "cro-format"),
    "000000/00Z": "cro-placeholder", "0/00Z": "cro-placeholder",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "value"), each(VALID))
def test_a_valid_cro_number_has_one_canonical_form(raw: str, value: str) -> None:
    assert_canonical("cro", raw, value)


@pytest.mark.parametrize(("raw", "rule"), each(INVALID))
def test_an_invalid_cro_number_names_its_rule(raw: str, rule: str) -> None:
    assert_fault("cro", raw, rule)


@given(st.integers(0, 99), st.integers(1, 999_999))
def test_padding_and_case_of_one_number_give_one_value(year: int, serial: int) -> None:
    letter = check_letter(int(f"{year:02}{serial:06}"))
    expected = Identifier("cro", f"{serial:06}/{year:02}{letter}")
    for padded in (f"{serial}", f"{serial:06}"):
        assert canonical("cro", f"{padded}/{year:02}{letter}") == expected
        assert canonical("cro", f"{padded}/{year:02}{letter.lower()}") == expected


@given(st.integers(0, 99), st.integers(1, 999_999), st.booleans())
def test_only_its_own_letter_fits(year: int, serial: int, small_file: bool) -> None:
    start, end = (f"SF{year:02}/{serial}", "") if small_file else (f"{serial:06}", f"/{year:02}")
    letter = check_letter(int(f"{year:02}{serial}" if small_file else f"{year:02}{serial:06}"))
    for other in CHECK_LETTERS + "IOS":
        found = canonical("cro", f"{start}{end}{other}")
        if other == letter:
            assert found == Identifier("cro", f"{start}{end}{letter}")
        else:
            assert isinstance(found, Fault)
            assert found.rule == "cro-check-letter"
