"""References of other prosecutors: they count within their authority, and police numbers among them are police's."""

import pytest

from processors.standardise.identifiers import Identifier, canonical
from tests.processors.standardise.identifiers.told import assert_canonical, assert_fault, each

VALID = {
    "TFL:TFL12345": "TFL:TFL12345", "tvl:tvl1234": "TVL:TVL1234", "TFL:TFL12345-ABC": "TFL:TFL12345-ABC",
    "DVLA:DVLA7148813": "DVLA:DVLA7148813", "BEDSPF:D28GC01123537140": "BEDSPF:D28GC01123537140",
    "RSPCA: 12  /  34 ": "RSPCA:12 / 34", "NRW:A:B:2024": "NRW:A:B:2024",
    "TFL:1101ZD0100000448754J": "TFL:1101ZD0100000448754J",  # no ASN, by its letter: their own number then
}  # fmt: skip

INVALID = {
    **dict.fromkeys(
        ("DERPF:REF1", "DERPF:", ":", "", "TFL", "TFL:TFL", "TFL:007", "TFL:0000000", "TFL:unknown", "TFL:CASE_REF_1"),
        "prosecutor-ref-placeholder",
    ),
    **dict.fromkeys(
        ("TFL:ABCDEF", "TFL:prosecutionAuthorityReference", "TFL:arrest/summons", f"TFL:{'A1' * 19}"),
        "prosecutor-ref-format",
    ),
    ":TFL12345": "prosecutor-ref-no-authority", " :TFL12345": "prosecutor-ref-no-authority",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "value"), each(VALID))
def test_a_reference_is_kept_after_its_authority(raw: str, value: str) -> None:
    assert_canonical("prosecutor_ref", raw, value)


@pytest.mark.parametrize(("raw", "rule"), each(INVALID))
def test_an_invalid_reference_names_its_rule(raw: str, rule: str) -> None:
    assert_fault("prosecutor_ref", raw, rule)


def test_two_authorities_may_use_the_same_text() -> None:
    assert canonical("prosecutor_ref", "TFL:12345") != canonical("prosecutor_ref", "TVL:12345")


@pytest.mark.parametrize("spelt", ["1101ZD0100000448754K", "11/01ZD/01/448754K", "1101zd0100000448754k"])
@pytest.mark.parametrize("authority", ["DERPF", ""])
def test_an_asn_in_this_field_is_that_asn(authority: str, spelt: str) -> None:
    assert canonical("prosecutor_ref", f"{authority}:{spelt}") == Identifier("asn", "1101ZD0100000448754K")


def test_a_whole_urn_in_this_field_is_that_urn() -> None:
    assert canonical("prosecutor_ref", "DVLA:89gd3347323") == Identifier("urn", "89GD3347323")


@pytest.mark.parametrize(
    ("raw", "kind"), [("DERPF:0800NP0100000000001H", "asn"), ("DERPF:00NP0000008", "urn")]
)
def test_a_police_dummy_in_this_field_is_a_dummy(raw: str, kind: str) -> None:
    found = canonical("prosecutor_ref", raw)
    assert (found.kind, found.value, found.rule) == (kind, raw, f"{kind}-dummy")  # type: ignore[union-attr]
