"""The courts' code lists in our vocabulary, for Common Platform and SPI alike: pleas, verdicts, sex, trial status,
durations and amounts. Unknown codes are kept as they came where the contract is open, and left out where it is not.

Sources: the plea types, bail statuses and trial types that HMCTS publishes with cpp-context-staging-prosecutors-spi,
-results and -hearing; the plea, verdict and duration lists of bichard7-next-data.
"""

import re
from typing import Literal

from schemas.codes import FINDINGS, PLEAS, REMAND, words
from schemas.court import Jurisdiction
from schemas.people import Sex

SPI_PLEAS = words(PLEAS, "spi")
"""SPI's digit for a plea."""

_PLEAS = {"admits_magistrates": "admits", "denies_magistrates": "denies"}
_SPI_FINDINGS = words(FINDINGS, "spi")
_SPI_REMAND = {code: code if code in row.hmcts else row.hmcts[0] for row in REMAND for code in row.spi}
_SEXES: dict[str, Sex] = {
    "male": "male", "female": "female", "not_known": "not_known", "not_specified": "not_known", "other": "other",
    "m": "male", "f": "female", "1": "male", "2": "female", "0": "not_known", "9": "not_known",
}
_BAIL = {"IN_CUSTODY": "C", "CONDITIONAL": "B", "UNCONDITIONAL": "U"}
_STATUSES: dict[str, Literal["effective", "cracked", "ineffective", "vacated"]] = {
    "effective": "effective", "cracked": "cracked", "ineffective": "ineffective", "vacated": "vacated",
}
_DAYS = {"H": 1 / 24, "D": 1.0, "W": 7.0, "M": 30.4375, "Y": 365.25}
_PERIOD = re.compile(r"(\d{1,6})\s*(day|week|month|year)s?\b", re.IGNORECASE | re.ASCII)
_ONLY_PERIODS = re.compile(r"(?:\s*\d{1,6}\s*(?:day|week|month|year)s?\s*(?:,|and)?)+\s*\Z", re.IGNORECASE | re.ASCII)
_POUNDS = re.compile(r"£\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,2})?\s*\Z", re.ASCII)


def plea(value: str | None) -> str | None:
    """`NOT_GUILTY` -> not_guilty; one vocabulary for both feeds, unknown values in lower case."""
    if value is None:
        return None
    word = _word(value)
    return _PLEAS.get(word, word)


def spi_plea(value: str | None) -> str | None:
    """SPI's digit, with or without leading zeros."""
    return None if value is None else SPI_PLEAS.get(value.lstrip("0"), value)


def verdict_category(value: str | None) -> str | None:
    """`GUILTY_BY_JURY_CONVICTED`, `Not Guilty` -> lower case with underscores."""
    return None if value is None else _word(value)


def spi_finding(value: str | None) -> str | None:
    """SPI's letter for a finding."""
    return None if value is None else _SPI_FINDINGS.get(value, value)


def sex(value: str | None) -> Sex | None:
    """HMCTS words and SPI (ISO 5218) digits; any other (`7`) is `not_known`, as from the other feeds: it costs no
    charge file, and says no sex."""
    return None if value is None else _SEXES.get(_word(value), "not_known")


def bail_status(value: str | None) -> str | None:
    """The letter of the bail status; older messages write a word."""
    return None if value is None else _BAIL.get(value.upper(), value)


def spi_remand(value: str | None) -> str | None:
    """SPI's letter for remand as the letter that HMCTS has for it: SPI's P is custody, HMCTS's P bail. An unknown one
    is kept."""
    return None if value is None else _SPI_REMAND.get(value.strip().upper(), value)


def case_status(value: str | None) -> str | None:
    """`SJP Referral` and `SJP_REFERRAL` are one status."""
    return None if value is None else _word(value).upper()


def mode_of_trial_reason(value: str | None) -> str | None:
    """The zero-padding of this code varies between senders: `01` and `1` are one reason."""
    return None if value is None else value.lstrip("0") or "0"


def jurisdiction(value: str | None) -> Jurisdiction | None:
    """MAGISTRATES or CROWN."""
    word = (value or "").strip().lower()
    return "magistrates" if word == "magistrates" else "crown" if word == "crown" else None


def trial_status(value: str | None) -> Literal["effective", "cracked", "ineffective", "vacated"] | None:
    """`InEffective`, `Cracked` ...; an unknown one says nothing."""
    return None if value is None else _STATUSES.get(value.strip().lower())


def days_of(value: object, unit: object) -> float | None:
    """A number and the letter of its unit as days; None for life, sessions and what is no number."""
    if not isinstance(unit, str) or isinstance(value, bool):
        return None
    factor = _DAYS.get(unit.strip().upper())
    number = value if isinstance(value, int | float) else _number(value)
    if factor is None or number is None or not 0 <= number < 1_000_000:
        return None
    return round(number * factor, 4)


def days_in(text: str | None) -> float | None:
    """`18 Months`, `1 year 6 months` as days; None when the text says anything else."""
    if text is None or len(text) > 100 or not _ONLY_PERIODS.match(text):
        return None
    return round(sum(int(found[1]) * _DAYS[found[2][0].upper()] for found in _PERIOD.finditer(text)), 4)


def pounds(text: str | None) -> float | None:
    """`£1,250.00` as pounds."""
    found = _POUNDS.match(text.strip()) if text is not None else None
    return float(found[1].replace(",", "") + (found[2] or "")) if found else None


def _number(value: object) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"\d{1,6}", value.strip(), re.ASCII):
        return float(value)
    return None


def _word(value: str) -> str:
    return re.sub(r"[\s-]+", "_", value.strip()).lower()
