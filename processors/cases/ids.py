"""The ids in rows: the courts' own opaque ids, and pseudonyms of all identifiers that a person or a reader may know;
and the form in which two of them are compared within a case."""

from functools import lru_cache
from hashlib import blake2b

from processors.standardise.identifiers import canonical
from processors.standardise.identifiers.asn import long_form


@lru_cache(1 << 16)
def pseudonym(kind: str, value: str) -> str:
    """16 hexadecimal digits that stand for an identifier: the same in every case and run, and not readable."""
    return blake2b(f"{kind}\x1f{canon(value)}".encode(), digest_size=8).hexdigest()


@lru_cache(1 << 16)
def own_id(value: str) -> str:
    """An opaque id of the courts (case, defendant, offence, hearing, application) as linking writes it: it says nothing
    of anyone outside their system, so rows keep it, and a figure can be traced to its message."""
    return canonical("court_case_id", value).value


@lru_cache(1 << 16)
def canon(value: str) -> str:
    """Letters and digits only, in capitals: how an identifier or name is compared within one case."""
    return "".join(filter(str.isalnum, value)).upper()


@lru_cache(1 << 16)
def asn_of(value: str) -> str:
    """An ASN as linking writes it, so that one number is one in whatever way an agency spells it; within a case also
    one that links nothing (a wrong check letter, a dummy). Any other reference: letters and digits."""
    return long_form(value) or canon(value)
