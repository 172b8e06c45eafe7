"""The agencies that feed casestream, as an option names them."""

from enum import StrEnum


class Agency(StrEnum):
    """An agency with a feed topic of its own."""

    POLICE = "police"
    CPS = "cps"
    HMCTS = "hmcts"
    HMPPS = "hmpps"
