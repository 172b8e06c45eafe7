"""Identifiers that are valid, and unique across a run: each is a function of its case's serial number."""

from random import Random

LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""The check letters of PNC, CRO and ASN: the letter of n is the one at n mod 23."""
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_letter(number: int) -> str:
    """The check letter of a number."""
    return LETTERS[number % 23]


def unit(serial: int) -> str:
    """Two letters for a police unit; never O or S, so that no number looks like one of the dummies."""
    return LETTERS[serial % 23] + LETTERS[serial // 23 % 23]


def crime_reference(force: str, serial: int, ordinal: int, year: int) -> str:
    """A crime reference, unique in the country: force, number, year."""
    return f"{force}/{serial * 4 + ordinal:07d}/{year % 100:02d}"


def asn(force: str, serial: int, slot: int, year: int) -> str:
    """An arrest or summons number, `YYFFUUSSNNNNNNNNNNNX`."""
    number = serial * 4 + slot + 1
    check = check_letter(int(f"{force}01{year % 100:02d}{number:011d}"))
    return f"{year % 100:02d}{force}{unit(serial)}01{number:011d}{check}"


def urn(force: str, serial: int, year: int) -> str:
    """A unique reference number, `FFUUNNNNNYY`: 529 units with 99,999 numbers each."""
    return f"{force}{unit(serial)}{serial // 529 + 1:05d}{year % 100:02d}"


def pnc(person: int, year: int) -> str:
    """A PNC id, `YYYY/NNNNNNNX`; one serial a person up to ten million."""
    serial = person % 9_999_999 + 1
    return f"{year}/{serial:07d}{check_letter(int(f'{year % 100:02d}{serial:07d}'))}"


def cro(person: int, year: int) -> str:
    """A CRO number, `NNNNNN/YYX`."""
    serial = person % 999_999 + 1
    return f"{serial:06d}/{year % 100:02d}{check_letter(int(f'{year % 100:02d}{serial:06d}'))}"


def crn(person: int) -> str:
    """A probation case reference number: a letter and six digits."""
    return f"{_ALPHABET[person // 1_000_000 % 26]}{person % 1_000_000:06d}"


def prison_number(person: int) -> str:
    """A prison number, `A1234BC`."""
    high, low = divmod(person, 10_000)
    return f"{_ALPHABET[high // 676 % 26]}{low:04d}{_ALPHABET[high // 26 % 26]}{_ALPHABET[high % 26]}"


def uuid(rng: Random) -> str:
    """A UUID of version 4, from the run's own random numbers."""
    text = f"{rng.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


def mistyped(value: str, rng: Random) -> str:
    """The value with one character wrong: a letter for a letter, a digit for a digit."""
    at = rng.choice([i for i, letter in enumerate(value) if letter.isalnum()])
    old = value[at]
    pool = "0123456789" if old.isdigit() else "abcdef" if old.islower() else _ALPHABET
    return value[:at] + rng.choice([new for new in pool if new != old]) + value[at + 1 :]
