"""ASNs: long, with a top-level code and with slashes are one number; dummies and wrong letters never link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.identifiers import Fault, Identifier, canonical
from processors.standardise.identifiers.check_letter import CHECK_LETTERS, check_letter
from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault, each, only

VALID = {
    **only(
        "1101ZD0100000448754K", "1101ZD0100000410836V", "2005FF0500000000555P", "9700000000000123456K",
        "22FD112200001234560X", "0416BH0000000090557N", "1201ZD0100000445099L", "0836FP0100000377244A",
        "2311ED0000000003221K", "2300000000000790541H",
        "1101HZ0100000376274C",  # no such force and unit: that is not checked here
    ),
    "11/01ZD/01/448754K": "1101ZD0100000448754K", "11/01ZD/01/00000448754K": "1101ZD0100000448754K",
    "221FD112200001234560X": "22FD112200001234560X", "22/1FD11/22/1234560X": "22FD112200001234560X",
    " 1101zd0100000448754k ": "1101ZD0100000448754K",
}  # fmt: skip

INVALID = {
    **dict.fromkeys(("1101ZD0100000448754J", "2202XC0200000000021D"), "asn-check-letter"),
    **dict.fromkeys(
        (
            "1101ZD01410811A", "ABCDEFG1234567Q", "9825FD0012345678912", "98125FD0012345678912XX",
            "1902NP0004361000203O", "2213NX00000006733699", "TFL", "TFL1", "REF1", "007", "arrest123", "",
            "E28GC01123537143", "D28GC01123537140", "1101ZD01 00000448754K", "11/01ZD/01/K", "1101ZD01٠٠٠٠٠٤٤٨٧٥٤K",
        ),
        "asn-format",
    ),
    **dict.fromkeys(
        (
            "0800NP0100000000001H", "0800PP0100000000001H", "2201NRPR00000000001A", "2212LN0000000000001A",
            "2200NP0000000000001A", "2263000000000000001A", "2206SS0000000000001A", "2200XX0000000000001A",
            "2250110000000000001A", "2250120000000000001A", "2250210000000000001A", "2250410000000000001A",
            "2250420000000000001A", "2250430000000000001A", "2250OF0000000000001A", "2250SJ0000000000001A",
            "1101ZD0100000000000B",
        ),
        "asn-dummy",
    ),
}  # fmt: skip

TWO = st.text("ABCDEFGHJKLMNPQRTUVWXYZ0123456789", min_size=2, max_size=2)


@pytest.mark.parametrize(("raw", "value"), each(VALID))
def test_a_valid_asn_has_one_canonical_form(raw: str, value: str) -> None:
    assert_canonical("asn", raw, value)


@pytest.mark.parametrize(("raw", "rule"), each(INVALID))
def test_an_invalid_asn_names_its_rule(raw: str, rule: str) -> None:
    assert_fault("asn", raw, rule)


@given(st.integers(0, 99), TWO, TWO, TWO, st.integers(1, 10**11 - 1), st.sampled_from("01ABZ"))
def test_an_asn_has_one_letter_and_all_its_spellings_are_one(
    year: int, force: str, unit: str, system: str, sequence: int, top_level: str
) -> None:
    digits = "".join(part for part in (force, system) if part.isdigit()) + f"{year:02}{sequence:011}"
    letter = check_letter(int(digits))
    body = f"{year:02}{force}{unit}{system}{sequence:011}"
    found = canonical("asn", body + letter)
    spellings = (
        f"{year:02}/{force}{unit}/{system}/{sequence}{letter}", f"{body[:2]}{top_level}{body[2:]}{letter}",
        f"{year:02}/{top_level}{force}{unit}/{system}/{sequence}{letter}", f"{body}{letter}".lower(),
    )  # fmt: skip
    if isinstance(found, Fault):
        assert found.rule == "asn-dummy"
        assert {canonical("asn", spelt).rule for spelt in spellings} == {"asn-dummy"}  # type: ignore[union-attr]
        return
    assert found == Identifier("asn", body + letter)
    assert {canonical("asn", spelt) for spelt in spellings} == {found}
    for other in CHECK_LETTERS:
        if other != letter:
            refused = canonical("asn", body + other)
            assert isinstance(refused, Fault)
            assert refused.rule == "asn-check-letter"


def test_the_unit_takes_no_part_in_the_letter() -> None:
    assert canonical("asn", "1101QQ0100000448754K") == Identifier("asn", "1101QQ0100000448754K")
