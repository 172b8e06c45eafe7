"""Times as the agencies' systems really write them -> the moments of the contracts.

`moment(text)` takes one time in any of the shapes below and returns ISO 8601 text: a time in UTC with `Z` (at most
microseconds), a day, or a month. It returns None for anything else and never raises, so that the caller can refuse
with the field's name. Nothing here reads a clock or the machine's time zone.

    2022-05                                   a month
    2022-05-12, 12/05/2022                    a day (Europe/London)
    2022-05-12Z, 2022-05-12+01:00             a day as XML Schema has it: the one that is written, in whichever zone
    2023-06-19T18:35:59.1234567+01:00         any number of fractional digits; the seventh and later are dropped
    2023-06-19T18:35:59.442+01:00[Europe/London]
    2023-07-31T09:26:39.362Z+01:00            two zones: the `Z` is taken, the rest of the text is ignored
    2020-02-25T11:24:32.935401                no zone: Europe/London, as the justice systems' screens show it
    Mon Jun 19 18:35:59 BST 2023              Java's Date text; BST, GMT or UTC
    12/05/2022 18:35[:59]                     Europe/London

A London time that the clocks pass twice (the end of summer time) is taken as its first pass; one that they skip is
moved on by the hour skipped.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_MONTH = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:Z|[+-]\d{2}:\d{2})?\Z", re.ASCII)
_BRITISH = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?: (\d{2}):(\d{2})(?::(\d{2}))?)?\Z", re.ASCII)
_TIME = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,30}))?)?"
    r" ?(?:(?P<utc>[Zz])(?:[+-]\d{2}:?\d{2})?|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?)?"
    r"(?P<region>\[[A-Za-z_/+\-0-9]{1,40}\])?\Z",
    re.ASCII,
)
_JAVA = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\w{3}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) (BST|GMT|UTC) (\d{4})\Z", re.ASCII
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_REGIONS = {"[Europe/London]": LONDON, "[UTC]": UTC, "[Z]": UTC, "[GMT]": UTC, "[Etc/UTC]": UTC}


def moment(text: str | None) -> str | None:
    """A month, a day, or a time in UTC; None when `text` is none of the known shapes or no real date."""
    if not text or len(text) > 100:
        return None
    text = text.strip()
    try:
        return _read(text)
    except (ValueError, OverflowError):
        return None


def day(text: str | None) -> str | None:
    """The day in Europe/London of a day or a time; None for a month and for what `moment` does not know."""
    read = moment(text)
    if read is None or len(read) < len("2022-05-12"):
        return None
    if len(read) == len("2022-05-12"):
        return read
    try:
        return datetime.fromisoformat(read).astimezone(LONDON).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _read(text: str) -> str | None:
    if found := _TIME.match(text):
        return _iso_time(found)
    if found := _DAY.match(text):
        return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC).date().isoformat()
    if found := _MONTH.match(text):
        return text if 1 <= int(found[2]) <= 12 and int(found[1]) >= 1 else None
    if found := _BRITISH.match(text):
        date = datetime(int(found[3]), int(found[2]), int(found[1]), tzinfo=LONDON)
        if found[4] is None:
            return date.date().isoformat()
        return _utc_text(date.replace(hour=int(found[4]), minute=int(found[5]), second=int(found[6] or 0)))
    if (found := _JAVA.match(text)) and (month := _MONTHS.get(found[1])):
        zone = timezone(timedelta(hours=1)) if found[6] == "BST" else UTC
        return _utc_text(
            datetime(int(found[7]), month, int(found[2]), int(found[3]), int(found[4]), int(found[5]), tzinfo=zone)
        )
    return None


def _iso_time(found: re.Match[str]) -> str:
    fraction = (found[7] or "")[:6].ljust(6, "0")
    zone: tzinfo
    if found["utc"]:
        zone = UTC
    elif found["sign"]:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        zone = timezone(-offset if found["sign"] == "-" else offset)
    else:
        zone = _REGIONS.get(found["region"] or "", LONDON)
    return _utc_text(
        datetime(
            int(found[1]), int(found[2]), int(found[3]), int(found[4]), int(found[5]), int(found[6] or 0),
            int(fraction), tzinfo=zone,
        )
    )


def _utc_text(when: datetime) -> str:
    """ISO 8601 with `Z`; trailing zeros of the fraction are dropped, so that equal instants are equal texts."""
    text = when.astimezone(UTC).replace(tzinfo=None).isoformat()
    if "." in text:
        text = text.rstrip("0")
    return text + "Z"
