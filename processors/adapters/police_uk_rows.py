"""The rows of the three data.police.uk files -> events: which columns a file has, and what a row of it becomes.

Each class takes one file's columns and turns its rows, values stripped, into events one by one; a row that breaks a
rule raises UnreadableError, or pydantic's ValidationError where the contract does not allow a value.

A month is released again later, with what has become of its crimes since, under the same crime ids and the same month.
Nothing in a file says which release it is, so that has to be told: `release` is its time, 14 digits (YYYYMMDDhhmmss,
UTC), or empty where it is not known. It is the `sequence` of a crime, so that the later release counts. The outcome of
a later month comes before that of any release of an earlier one: there the month stands before it.
"""

import re
from typing import Protocol

from processors.adapters.base import content_digest
from processors.adapters.police_uk_texts import PoliceForce, force_named, outcome_type
from processors.adapters.refuse import UnreadableError
from processors.adapters.times import moment
from schemas.events import Event, PoliceCrimeEvent, PoliceCrimeOutcomeEvent, PoliceIncidentEvent, PoliceStopSearchEvent

_CRIME_ID = re.compile(r"[0-9a-fA-F]{64}\Z")
_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])\Z", re.ASCII)
_NO_LOCATION = "no location"
_NO_RELEASE = "0" * 14


class Rows(Protocol):
    """One file's way of reading a row."""

    def event(self, row: list[str]) -> Event:
        """The event of a row of as many values as the header has, stripped."""


def places(header: list[str], names: tuple[str, ...]) -> tuple[int, ...]:
    """Where a file has the named columns, without regard to case. -1 for a column that it does not have: readers
    append an empty value to a row before they index it."""
    return tuple(header.index(name.casefold()) if name.casefold() in header else -1 for name in names)


class Street:
    """The street file: crimes, and incidents of anti-social behaviour."""

    NAMES = (
        "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
        "LSOA name", "Crime type", "Last outcome category", "Context",
    )

    def __init__(self, header: list[str], release: str) -> None:
        self._place = places(header, self.NAMES)
        self._release = release
        self._common = _Common()
        self._incidents: dict[str, int] = {}

    def event(self, row: list[str]) -> Event:
        row.append("")
        values = [row[place] for place in self._place]
        crime_id, month, reported_by, falls_within, longitude, latitude, text, lsoa, lsoa_name, kind, last, _ = values
        force = self._common.force(reported_by, falls_within)
        self._common.check_month(month)
        if not kind:
            raise UnreadableError("invalid-crime-type", "Crime type", "", "must not be empty")
        content = "\x1f".join(values)
        location = _location(longitude, latitude, text, lsoa, lsoa_name)
        if not crime_id:
            ordinal = self._incidents[content] = self._incidents.get(content, 0) + 1
            ref = content_digest("police.incident", force.number, content, str(ordinal))
            return PoliceIncidentEvent.model_validate({
                "id": ref, "source": _source(force), "subject": ref, "time": month,
                "data": {
                    "incident_ref": ref, "force": force.number, "reported_at": month, "category": kind,
                    "location": location,
                },
            })
        crime_ref = _crime_ref(crime_id)
        return PoliceCrimeEvent.model_validate({
            "id": _event_id("police.crime", content, self._release), "source": _source(force), "subject": crime_ref,
            "time": month, "sequence": self._release or None,
            "data": {
                "crime_ref": crime_ref, "force": force.number, "recorded_at": month, "category": kind,
                "last_outcome": last or None, "location": location,
            },
        })


class Outcomes:
    """The outcomes file: one row for each outcome, in the month it was given."""

    NAMES = (
        "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
        "LSOA name", "Outcome type",
    )

    def __init__(self, header: list[str], release: str) -> None:
        self._place = places(header, self.NAMES)
        self._release = release
        self._common = _Common()

    def event(self, row: list[str]) -> Event:
        row.append("")
        values = [row[place] for place in self._place]
        crime_id, month, reported_by, falls_within, longitude, latitude, text, lsoa, lsoa_name, outcome = values
        force = self._common.force(reported_by, falls_within)
        self._common.check_month(month)
        if not outcome:
            raise UnreadableError("invalid-outcome-type", "Outcome type", "", "must not be empty")
        crime_ref = _crime_ref(crime_id)
        return PoliceCrimeOutcomeEvent.model_validate({
            "id": _event_id("police.crime_outcome", "\x1f".join(values), self._release), "source": _source(force),
            "subject": crime_ref, "time": month, "sequence": month.replace("-", "") + (self._release or _NO_RELEASE),
            "data": {
                "crime_ref": crime_ref, "force": force.number, "outcome_at": month,
                "outcome_type": outcome_type(outcome), "outcome_text": outcome,
                "location": _location(longitude, latitude, text, lsoa, lsoa_name),
            },
        })


class Stops:
    """The stop-and-search file. Nothing numbers a stop: it is known by its content and its place among equals."""

    NAMES = (
        "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
        "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search",
        "Outcome", "Outcome linked to object of search", "Removal of more than just outer clothing",
    )

    def __init__(self, header: list[str], force: PoliceForce) -> None:
        self._place = places(header, self.NAMES)
        self._force = force
        self._seen: dict[str, int] = {}

    def event(self, row: list[str]) -> Event:
        row.append("")
        values = [row[place] for place in self._place]
        (kind, date, in_operation, operation, latitude, longitude, gender, age_range, ethnicity_self,
         ethnicity_observed, legislation, object_of_search, outcome, linked, clothing) = values
        stopped_at = moment(date)
        if stopped_at is None:
            raise UnreadableError("invalid-date", "Date", date, "must be a day or a time (2022-05-12T10:04:00+00:00)")
        content = "\x1f".join(values)
        ordinal = self._seen[content] = self._seen.get(content, 0) + 1
        ref = content_digest("police.stop_search", self._force.number, content, str(ordinal))
        return PoliceStopSearchEvent.model_validate({
            "id": ref, "source": _source(self._force), "subject": ref, "time": stopped_at,
            "data": {
                "stop_ref": ref, "force": self._force.number, "stopped_at": stopped_at, "kind": kind or None,
                "part_of_operation": in_operation or None, "operation": operation or None, "sex": gender or None,
                "age_range": age_range or None, "ethnicity_self": ethnicity_self or None,
                "ethnicity_observed": ethnicity_observed or None, "legislation": legislation or None,
                "object_of_search": object_of_search or None, "outcome": outcome or None,
                "outcome_linked_to_object": linked or None, "more_than_outer_clothing": clothing or None,
                "location": _location(longitude, latitude, "", "", ""),
            },
        })


class _Common:
    """What a file repeats in every row: looked up once."""

    def __init__(self) -> None:
        self._forces: dict[str, PoliceForce] = {}
        self._months: set[str] = set()

    def force(self, reported_by: str, falls_within: str) -> PoliceForce:
        """The force that reported the row, else the one whose area it falls within."""
        if found := self._forces.get(reported_by):
            return found
        if found := force_named(reported_by):
            self._forces[reported_by] = found
            return found
        if found := force_named(falls_within):
            return found
        column = "Reported by" if reported_by or not falls_within else "Falls within"
        raise UnreadableError("unknown-force", column, reported_by or falls_within, "is no force that we know")

    def check_month(self, month: str) -> None:
        if month not in self._months:
            if not _MONTH.match(month):
                raise UnreadableError("invalid-month", "Month", month, "must be a month (2022-05)")
            self._months.add(month)


def _event_id(kind: str, content: str, release: str) -> str:
    """The same row of the same release is the same event. Of another release it is another, or a row that returns to
    what it was would not count."""
    return content_digest(kind, content, release) if release else content_digest(kind, content)


def _source(force: PoliceForce) -> str:
    """One source for the crimes, outcomes and stops of a force."""
    return f"data.police.uk/{force.slug}"


def _crime_ref(crime_id: str) -> str:
    if not _CRIME_ID.match(crime_id):
        raise UnreadableError("invalid-crime-id", "Crime ID", crime_id, "must be 64 hexadecimal digits")
    return crime_id.lower()


def _location(longitude: str, latitude: str, text: str, lsoa: str, lsoa_name: str) -> dict[str, object] | None:
    """The snapped place of a row; None for `No Location`. Longitude and latitude in degrees."""
    if text.casefold() == _NO_LOCATION:
        text = ""
    if not (longitude or latitude or text or lsoa or lsoa_name):
        return None
    return {
        "text": text or None, "lsoa_code": lsoa or None, "lsoa_name": lsoa_name or None,
        "longitude": _degrees("Longitude", longitude, 180.0), "latitude": _degrees("Latitude", latitude, 90.0),
    }


def _degrees(column: str, text: str, most: float) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = most + 1.0
    if not -most <= value <= most:  # also what is not a number at all
        raise UnreadableError(f"invalid-{column.lower()}", column, text, f"must be degrees, -{most:.0f} to {most:.0f}")
    return value
