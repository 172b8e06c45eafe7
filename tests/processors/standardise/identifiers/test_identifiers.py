"""Every valid and invalid value that the identifiers' sources name, and the properties of canonical forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.identifiers import Fault, Identifier, canonical, check_letter

VALID = {
    "pnc": {
        "81/34U": "1981/0000034U", "02/73319Z": "2002/0073319Z", "00/223R": "2000/0000223R",
        "79/163001B": "1979/0163001B", "79163001B": "1979/0163001B", "19790163001B": "1979/0163001B",
        "033Y": "2003/0000003Y", "67/9893091D": "1967/9893091D", "2012/394773H": "2012/0394773H",
        "2008/359381C": "2008/0359381C", "12/0394773H": "2012/0394773H", "12/394773h": "2012/0394773H",
    },
    "cro": {
        "SF05/482703J": "SF05/482703J", "SF83/50058Z": "SF83/50058Z", "65656/91H": "065656/91H",
        "24457/05Q": "024457/05Q", "171482/19R": "171482/19R",
    },
    "asn": {
        "1101ZD0100000448754K": "1101ZD0100000448754K", "11/01ZD/01/448754K": "1101ZD0100000448754K",
        "1101ZD0100000410836V": "1101ZD0100000410836V", "2005FF0500000000555P": "2005FF0500000000555P",
        "9700000000000123456K": "9700000000000123456K", "22FD112200001234560X": "22FD112200001234560X",
        "221FD112200001234560X": "22FD112200001234560X", "0416BH0000000090557N": "0416BH0000000090557N",
        "1201ZD0100000445099L": "1201ZD0100000445099L", "0836FP0100000377244A": "0836FP0100000377244A",
        "2311ED0000000003221K": "2311ED0000000003221K", "2300000000000790541H": "2300000000000790541H",
    },
    "urn": {
        urn: urn for urn in (
            "01ZD0300108", "16BH0037004", "53CP2215321", "42CY0300108", "61GD7528225", "12GD8000017", "37QI4405072",
            "01XB1041111",
        )
    },
    "crn": {crn: crn for crn in ("X688624", "X963105", "B123435", "E158374", "J147283", "X346204")},
    "prison_number": {
        "A1234AA": "A1234AA", "A7089EY": "A7089EY", "G6333VK": "G6333VK", "a4433dz": "A4433DZ", "G7090AC": "G7090AC",
    },
    "crown_case_number": {
        "T20161234": "T20161234", "A20161234": "A20161234", "S20161234": "S20161234", "B20161234": "B20161234",
        "U20161234": "U20161234", "t20161234": "T20161234", "T20170101": "T20170101",
    },
    "pnc_court_reference": {
        "97/1626/008395Q": "97/1626/008395Q", "21/2732/000007P": "21/2732/000007P", "09/0418/000448U": "09/0418/000448U",
        "07/1577/020154M": "07/1577/020154M", "12/2732/000028F": "12/2732/000028F", "12/2732/28F": "12/2732/000028F",
    },
    "libra_case_number": {"1600032981": "1600032981", "1600028913": "1600028913", "2100049401": "2100049401"},
    "nino": {"NH222222B": "NH222222B", "NH111111B": "NH111111B", "HB133542A": "HB133542A", "AB 12 34 56 C": "AB123456C"},
    "driver_number": {
        number: number for number in (
            "VANFL002222OW9PH", "CRIME709136TC9GZ", "AUPSU711267IE9ZK", "WILSO911107T99YA", "VANFL002222OW9PI",
        )
    },
    "prosecutor_ref": {"TFL:TFL12345": "TFL:TFL12345", "tvl:tvl1234": "TVL:TVL1234"},
    "crime_ref": {"40/12 345/22": "40/12345/22", "a" * 64: "A" * 64},
}  # fmt: skip

INVALID = {
    "pnc": {
        "20030011985Z": "pnc-check-letter", "20120052494O": "pnc-check-letter", "20230583843N": "pnc-check-letter",
        "2001/0171310S": "pnc-check-letter", "1923/1Z34567A": "pnc-format", "1X23/1234567A": "pnc-format",
        "1923[1234567A": "pnc-format", "1923/1234567AA": "pnc-format", "0123456789": "pnc-format",
        "01234567890123": "pnc-format", "TOTALLYINVALID": "pnc-format", "2004/0012345U": "pnc-check-letter",
        "2004/0000500U": "pnc-check-letter", "2000/0448754K": "pnc-check-letter", "24/123456H": "pnc-check-letter",
        "2099/1234567L": "pnc-check-letter",
    },
    "cro": {
        "85227/65G": "cro-check-letter", "123456/20L": "cro-check-letter", "SF20/123456M": "cro-check-letter",
        "440847/45N": "cro-check-letter", "11111/79J": "cro-check-letter", "123456/00A": "cro-check-letter",
        "SF83/050058Z": "cro-format", "1234": "cro-format", "000000/00Z": "cro-placeholder",
    },
    "asn": {
        "1101ZD0100000448754J": "asn-check-letter", "1101ZD01410811A": "asn-format",
        "2202XC0200000000021D": "asn-check-letter", "ABCDEFG1234567Q": "asn-format",
        "9825FD0012345678912": "asn-format", "98125FD0012345678912XX": "asn-format",
        "1902NP0004361000203O": "asn-format", "2213NX00000006733699": "asn-format", "TFL": "asn-format",
        "arrest123": "asn-format", "E28GC01123537143": "asn-format", "0800NP0100000000001H": "asn-dummy",
    },
    "urn": {
        "123X": "urn-format", "URN_NUMBER": "urn-format", "qriGUBZKR5": "urn-format", "01ZD/0300108": "urn-format",
        "82CD34397719": "urn-format", "00NP0000008": "urn-dummy",
    },
    "crn": dict.fromkeys(("XO12345", "", "This is not an identifier", "A1234BC", "x688624"), "crn-format"),
    "prison_number": dict.fromkeys(("A12345BC", "AB1234C", "X688624", "XO12345", "", "A123AA"), "prison-number-format"),
    "crown_case_number": dict.fromkeys(("T2020432", "T202043298", "G20204321", "120207575", "A201612345"), "crown-case-number-format"),
    "pnc_court_reference": {"23/1234/012345P": "pnc-court-reference-check-letter"},
    "nino": dict.fromkeys(("QQ123456C", "BG123456A", "AB123456E", "AA0A", "person-ni-2"), "nino-format"),
    "driver_number": dict.fromkeys(("AACC12345", "ABCD1234", "007", "ABCDE751231AB12", "ABCDE0,0010BCFAA"), "driver-number-format"),
    "prosecutor_ref": {
        "DERPF:REF1": "prosecutor-ref-placeholder", ":TFL12345": "prosecutor-ref-no-authority",
        "TFL:ABCDEF": "prosecutor-ref-format",
    },
    "court_case_id": {"": "court-case-id-empty", "00000000-0000-0000-0000-000000000000": "court-case-id-empty"},
    "crime_ref": {"": "crime-ref-placeholder", "UNKNOWN": "crime-ref-placeholder"},
}  # fmt: skip


@pytest.mark.parametrize(("kind", "raw", "value"), [(k, r, v) for k, of in VALID.items() for r, v in of.items()])
def test_a_valid_identifier_has_one_canonical_form(kind: str, raw: str, value: str) -> None:
    assert canonical(kind, raw) == Identifier(kind, value)


@pytest.mark.parametrize(("kind", "raw", "rule"), [(k, r, v) for k, of in INVALID.items() for r, v in of.items()])
def test_an_invalid_identifier_names_the_rule_that_it_breaks(kind: str, raw: str, rule: str) -> None:
    found = canonical(kind, raw)
    assert isinstance(found, Fault)
    assert found.rule == rule
    assert found.value == raw
    assert found.reason


@pytest.mark.parametrize(("kind", "value"), [(k, v) for k, of in VALID.items() for v in of.values()])
def test_a_canonical_form_stays_as_it_is(kind: str, value: str) -> None:
    assert canonical(kind, value) == Identifier(kind, value)


def test_opaque_ids_are_kept_as_written_and_uuids_in_lower_case() -> None:
    assert canonical("court_case_id", "CASE_ID") == Identifier("court_case_id", "CASE_ID")
    assert canonical("court_case_id", "0BAECAC5-222B-402D-9047-84803679EDAE") == Identifier(
        "court_case_id", "0baecac5-222b-402d-9047-84803679edae"
    )


@given(st.integers(0, 99), st.integers(1, 9_999_999))
def test_all_spellings_of_a_pnc_id_are_one(year: int, serial: int) -> None:
    letter = check_letter(int(f"{year:02}{serial:07}"))
    century = "20" if year <= 26 else "19"
    expected = Identifier("pnc", f"{century}{year:02}/{serial:07}{letter}")
    for spelt in (
        f"{year:02}/{serial}{letter}", f"{year:02}/{serial:07}{letter}", f"{century}{year:02}/{serial}{letter}",
        f"{century}{year:02}{serial:07}{letter}", f"{year:02}{serial}{letter}", f"{year:02}/{serial}{letter.lower()}",
    ):  # fmt: skip
        assert canonical("pnc", spelt) == expected


@given(st.integers(0, 99), st.sampled_from(["01", "40", "FD"]), st.sampled_from(["ZD", "FF", "00"]), st.integers(1, 10**11 - 1))
def test_an_asn_is_accepted_with_its_letter_and_refused_with_any_other(
    year: int, force: str, unit: str, sequence: int
) -> None:
    digits = (force if force.isdigit() else "") + "01" + f"{year:02}{sequence:011}"
    letter = check_letter(int(digits))
    body = f"{year:02}{force}{unit}01{sequence:011}"
    found = canonical("asn", body + letter)
    assert isinstance(found, Identifier) or found.rule == "asn-dummy"
    for other in set("ABCDEFGHJKLMNPQRTUVWXYZ") - {letter}:
        refused = canonical("asn", body + other)
        assert isinstance(refused, Fault)
    if isinstance(found, Identifier):
        assert canonical("asn", f"{year:02}/{force}{unit}/01/{sequence}{letter}") == found
        assert canonical("asn", f"{body[:2]}0{body[2:]}{letter}") == found


@given(st.sampled_from(sorted(VALID)), st.text(max_size=40))
def test_any_text_is_an_identifier_or_a_fault(kind: str, text: str) -> None:
    found = canonical(kind, text)
    assert isinstance(found, Fault) or canonical(found.kind, found.value) == found
