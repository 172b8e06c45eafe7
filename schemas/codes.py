"""One word for what each interface writes in its own code: pleas, findings, remand, sex, mode of trial, ethnicity.

Codes are those of the criminal justice system's own exchange (`cjs`), of SPI (`spi`), of the Police National Computer
(`pnc`), of the Crown Court's XHIBIT (`xhibit`), of HMCTS Common Platform (`hmcts`) and of Libra (`libra`). Where a code
stands for several words the first row counts. Source: standing data of the police results exchange (Bichard7:
plea-status, verdict, remand-status, gender, mode-of-trial-reason), the bail statuses of HMCTS reference data, and
hmpps-person-record (Libra).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

Codes = tuple[str, ...]


class Coded(NamedTuple):
    """A word of our vocabulary with its codes at each interface; none where an interface has no such code."""

    word: str
    cjs: Codes = ()
    spi: Codes = ()
    pnc: Codes = ()
    xhibit: Codes = ()
    hmcts: Codes = ()
    libra: Codes = ()


PLEAS: Final = (
    Coded("guilty", ("G",), ("1",), ("GUILTY",), hmcts=("GUILTY",)),
    Coded("not_guilty", ("NG",), ("2",), ("NOT GUILTY",), hmcts=("NOT_GUILTY",)),
    Coded("no_plea", ("NONE",), ("3",), ("NO PLEA TAKEN",), hmcts=("NO_PLEA",)),
    Coded("consents", ("CON",), ("4",), ("CONSENTED",), hmcts=("CONSENTS",)),
    Coded("opposes", ("OPP",), ("5",), ("RESISTED",), hmcts=("OPPOSES",)),
    Coded("guilty_single_justice_procedure", ("G",), ("6",), ("GUILTY",), hmcts=("GUILTY_SINGLE_JUSTICE_PROCEDURE",)),
    Coded("admits", ("ADM",), ("7",), ("GUILTY",), hmcts=("ADMITS", "ADMITS_MAGISTRATES")),
    Coded("denies", ("DEN",), ("8",), ("NOT GUILTY",), hmcts=("DENIES", "DENIES_MAGISTRATES")),
)
FINDINGS: Final = (
    Coded("guilty", ("G",), ("G",), ("GUILTY",)),
    Coded("not_guilty", ("NG",), ("N",), ("NOT GUILTY",)),
    Coded("guilty_of_alternative", ("NA",), ("A",), ("NOT GUILTY",)),
    Coded("no_conviction", ("NC",), ("O",), ("NON-CONVICTION",)),
    Coded("caution", spi=("C",)),
)
REMAND: Final = (
    Coded("not_applicable", ("NA",), ("A",), ("A",), hmcts=("A",)),
    Coded("conditional_bail", ("CB",), ("B",), ("B",), hmcts=("B", "P")),
    Coded("unconditional_bail", ("UB",), ("U",), ("B",), hmcts=("U",)),
    Coded("custody", ("PR", "PB"), ("C", "P"), ("C",), hmcts=("C", "R")),
    Coded("local_authority", ("LA", "SA"), ("L", "S"), ("O",), hmcts=("L", "S")),
)
"""P is custody for SPI, and conditional bail with conditions before release for HMCTS: never read one as the other."""

SEXES: Final = (
    Coded("male", ("1",), ("1",), ("M",), ("male",), ("MALE",), ("M",)),
    Coded("female", ("2",), ("2",), ("F",), ("female",), ("FEMALE",), ("F",)),
    Coded(
        "not_known", ("0", "9"), ("0", "9"), ("U",), ("unknown", "indeterminate"), ("NOT_KNOWN", "NOT_SPECIFIED"),
        ("N", "NS"),
    ),
)
MODES_OF_TRIAL: Final = (
    Coded("summary_only", ("SUM",), ("1",)),
    Coded("indictable_only", ("I",), ("2",)),
    Coded("elects_summary_trial", ("EST",), ("3",)),
    Coded("elects_trial_by_jury", ("ETJ",), ("4",)),
    Coded("indictable_only_previous_record", ("IPR",), ("5",)),
    Coded("value_of_the_offence", ("U",), ("6",)),
    Coded("no_mode_of_trial", ("NOMOT",), ("7", "8", "9")),
)


def words(rows: tuple[Coded, ...], interface: str) -> Mapping[str, str]:
    """The words of an interface's codes: `cjs`, `spi`, `pnc`, `xhibit`, `hmcts` or `libra`."""
    found: dict[str, str] = {}
    for row in rows:
        for code in getattr(row, interface):
            found.setdefault(code, row.word)
    return found


class Ethnicity(NamedTuple):
    """An ethnicity as people say it themselves, and the group of the 5+1 in which figures are published."""

    name: str
    group: str


WHITE, MIXED, ASIAN, BLACK, OTHER, NOT_STATED = "White", "Mixed", "Asian", "Black", "Other", "Not stated"
# The 16+1 of the 2001 census as police and prisons write it, with what 2011 (18+1) and 2021 added. Prisons write
# Chinese as A4, which the 18+1 counts as Asian; O1 is Chinese of the 16+1, which it counts as Other.
ETHNICITIES_SELF: Final[dict[str, Ethnicity]] = {
    "W1": Ethnicity("White British", WHITE), "W2": Ethnicity("White Irish", WHITE),
    "W3": Ethnicity("Gypsy or Irish Traveller", WHITE), "W4": Ethnicity("Roma", WHITE),
    "W9": Ethnicity("Any other White background", WHITE),
    "M1": Ethnicity("White and Black Caribbean", MIXED), "M2": Ethnicity("White and Black African", MIXED),
    "M3": Ethnicity("White and Asian", MIXED), "M9": Ethnicity("Any other mixed background", MIXED),
    "A1": Ethnicity("Indian", ASIAN), "A2": Ethnicity("Pakistani", ASIAN), "A3": Ethnicity("Bangladeshi", ASIAN),
    "A4": Ethnicity("Chinese", ASIAN), "A9": Ethnicity("Any other Asian background", ASIAN),
    "B1": Ethnicity("Black Caribbean", BLACK), "B2": Ethnicity("Black African", BLACK),
    "B9": Ethnicity("Any other Black background", BLACK),
    "O1": Ethnicity("Chinese", OTHER), "O2": Ethnicity("Arab", OTHER), "O9": Ethnicity("Any other background", OTHER),
    "NS": Ethnicity("Not stated", NOT_STATED),
}  # fmt: skip
# What an officer observes, the 6+1: a series of its own, never merged with the other.
ETHNICITIES_OBSERVED: Final[dict[str, str]] = {
    "0": "Unknown", "1": "White, North European", "2": "White, South European", "3": "Black", "4": "Asian",
    "5": "Chinese, Japanese or South East Asian", "6": "Arabic or North African",
}  # fmt: skip
