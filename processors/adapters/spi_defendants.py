"""Who a defendant of an SPI message is, by what the message says of them: records, offences and victims are called
after it, never after a place in the message.

A police reference is an ASN and names one person. Other prosecutors write one reference for everyone, often their own
code (`TFL`), or their own numbers; there it takes what is said of the person as well.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from processors.adapters.base import content_digest
from processors.standardise.identifiers.asn import looks_like_asn
from schemas.people import Person


class Named(NamedTuple):
    """The reference of a defendant and who they are."""

    reference: str
    person: Person | None
    organisation: str | None


def names_of(defendants: Sequence[Named]) -> list[str]:
    """What each defendant of a message is called within their case: the ASN; else the reference with a digest of the
    person's name and birth date, or the organisation's name. Two that are called alike are one defendant told twice."""
    who = [said_of(told.person, told.organisation) for told in defendants]
    people: dict[str, set[str]] = {}
    for told, digest in zip(defendants, who, strict=True):
        people.setdefault(told.reference, set()).add(digest)
    return [
        told.reference if not digest or (looks_like_asn(told.reference) and len(people[told.reference]) == 1)
        else f"{told.reference}/{digest}"
        for told, digest in zip(defendants, who, strict=True)
    ]


def said_of(person: Person | None, organisation: str | None) -> str:
    """A digest of name and birth date, or of the organisation's name; nothing where the message says none of them."""
    if person is not None:
        name = person.name
        said = (_plain((name.first, name.last)), person.date_of_birth or "")
    else:
        said = (_plain((organisation,)), "")
    return content_digest(*said) if any(said) else ""


def _plain(words: Iterable[str | None]) -> str:
    return " ".join("".join(filter(str.isalnum, word or "")).upper() for word in words).strip()
