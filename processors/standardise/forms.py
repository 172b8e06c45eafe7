"""What CloudEvents 1.0 lets a producer write in another way than our contracts have it."""

import re
from base64 import b64decode

import orjson

from processors.standardise.contract_faults import ContractFault

_TIME = re.compile(r"[0-9]{4}-[0-9:.+tTzZ-]{6,40}\Z")


class BrokenDataError(Exception):
    """`data_base64` is not JSON in base64."""

    fault = ContractFault("malformed-base64", "data_base64", "", "must be JSON in base64")


def as_contracted(document: object) -> object:
    """The event in the form of the contracts; the same object where it has that already, or is no event at all.

    `data_base64` (JSON format, 3.1) becomes `data`, and `time`, which may have its T and Z in small letters (RFC 3339,
    5.6), has capitals. Raises BrokenDataError for what is no base64 or no JSON behind it."""
    if not isinstance(document, dict):
        return document
    changed: dict[str, object] = {}
    time = document.get("time")
    if isinstance(time, str) and _TIME.match(time) and time != time.upper():
        changed["time"] = time.upper()
    if "data_base64" in document and "data" not in document:
        try:
            changed["data"] = orjson.loads(b64decode(document["data_base64"], validate=True))
        except (TypeError, ValueError) as error:  # orjson's error is a ValueError
            raise BrokenDataError from error
    if not changed:
        return document
    return {name: value for name, value in document.items() if name != "data_base64" or "data" in document} | changed
