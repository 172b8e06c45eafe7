"""Numbers of people that have a form and no check letter: CRN, prison, national insurance, driver; and MAAT."""

import pytest

from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault, each, only

CRN = only("X688624", "X963105", "B123435", "E158374", "J147283", "X346204", "X777878", "AB123456")
NOT_CRN = ("XO12345", "ABC123456", "", "This is not an identifier", "A1234BC", "x688624", "X6886244", "X68862٤")

PRISON = {
    **only("A1234AA", "A7089EY", "G6333VK", "A4433DZ", "A1234BC", "G7090AC", "A8513EA"),
    "a4433dz": "A4433DZ", " A1234BC ": "A1234BC",
}  # fmt: skip
NOT_PRISON = ("A12345BC", "AB1234C", "X688624", "XO12345", "", "A123AA", "A123٤BC")

NINO = {
    **only("NH222222B", "NH111111B", "HB133542A", "EZ814857C", "CB275326B", "AB123456"),
    "AB 12 34 56 C": "AB123456C", "nh222222b": "NH222222B", "AB123456 ": "AB123456",
}  # fmt: skip
NOT_NINO = ("QQ123456C", "BG123456A", "AB123456E", "AA0A", "person-ni-2", "ZZ123456A", "DA123456A", "AO123456A", "")

DRIVER = {
    **only("VANFL002222OW9PH", "CRIME709136TC9GZ", "AUPSU711267IE9ZK", "WILSO911107T99YA", "VANFL002222OW9PI"),
    "wilso911107t99ya": "WILSO911107T99YA",
}  # fmt: skip
NOT_DRIVER = (
    "AACC12345", "ABCD1234", "007", "ABCDE751231AB12", "ABCDE0,0010BCFAA", "ABCDE702321AB1CD", "ABCDE722311AB1CD", "",
)  # fmt: skip

MAAT = {**only("1", "4900003", "999999998"), "0004900003": "4900003", " 4900003": "4900003"}
NOT_MAAT = {
    "A10000": "maat-dummy", "Z10000": "maat-dummy", "z10000": "maat-dummy",
    **dict.fromkeys(("", "0", "999999999", "1234567890", "-1", "4.9", "B10000"), "maat-format"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "value"), each(CRN))
def test_a_crn_is_one_or_two_capital_letters_and_six_digits(raw: str, value: str) -> None:
    assert_canonical("crn", raw, value)


@pytest.mark.parametrize("raw", NOT_CRN)
def test_anything_else_is_no_crn(raw: str) -> None:
    assert_fault("crn", raw, "crn-format")


@pytest.mark.parametrize(("raw", "value"), each(PRISON))
def test_a_prison_number_is_in_capitals(raw: str, value: str) -> None:
    assert_canonical("prison_number", raw, value)


@pytest.mark.parametrize("raw", NOT_PRISON)
def test_anything_else_is_no_prison_number(raw: str) -> None:
    assert_fault("prison_number", raw, "prison-number-format")


@pytest.mark.parametrize(("raw", "value"), each(NINO))
def test_a_national_insurance_number_has_no_spaces(raw: str, value: str) -> None:
    assert_canonical("nino", raw, value)


@pytest.mark.parametrize("raw", NOT_NINO)
def test_anything_else_is_no_national_insurance_number(raw: str) -> None:
    assert_fault("nino", raw, "nino-format")


@pytest.mark.parametrize(("raw", "value"), each(DRIVER))
def test_a_driver_number_has_sixteen_characters(raw: str, value: str) -> None:
    assert_canonical("driver_number", raw, value)


@pytest.mark.parametrize("raw", NOT_DRIVER)
def test_anything_else_is_no_driver_number(raw: str) -> None:
    assert_fault("driver_number", raw, "driver-number-format")


@pytest.mark.parametrize(("raw", "value"), each(MAAT))
def test_a_maat_reference_is_a_number(raw: str, value: str) -> None:
    assert_canonical("maat", raw, value)


@pytest.mark.parametrize(("raw", "rule"), each(NOT_MAAT))
def test_an_invalid_maat_reference_names_its_rule(raw: str, rule: str) -> None:
    assert_fault("maat", raw, rule)
