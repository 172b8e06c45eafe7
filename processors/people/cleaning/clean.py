"""A person record -> the columns that the model compares and blocks on. None where nothing is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from processors.people.cleaning.names import clean_name, name_parts
from processors.people.cleaning.places import clean_postcode, outcode
from processors.people.cleaning.record import PersonRecord
from processors.standardise.identifiers import canonical_value, kinds

_PLACEHOLDER_DAYS = frozenset({date(1900, 1, 1), date(1970, 1, 1)})
"""What systems write where no day is known."""


class Override(NamedTuple):
    """What people have decided about a record: records with one marker are of one person; records with different
    markers and a scope in common are not."""

    marker: str | None = None
    scopes: tuple[str, ...] = ()


NO_OVERRIDE = Override()


@dataclass(frozen=True, slots=True)
class CleanPerson:
    """A record's columns, under the names of the Ministry of Justice's model. Arrays are sorted and without repeats,
    and never empty: None then."""

    name_1_std: str | None
    name_2_std: str | None
    name_3_std: str | None
    last_name_std: str | None
    first_and_last_name_std: str | None
    forename_std_arr: tuple[str, ...] | None
    last_name_std_arr: tuple[str, ...] | None
    date_of_birth: date | None
    date_of_birth_arr: tuple[date, ...] | None
    postcode_arr: tuple[str, ...] | None
    postcode_outcode_arr: tuple[str, ...] | None
    pnc_single: str | None
    cro_single: str | None
    sentence_date_arr: tuple[date, ...] | None
    override_marker: str | None
    override_scopes: tuple[str, ...] | None
    master_defendant_id: str | None

    def columns(self) -> dict[str, object]:
        """The columns by name."""
        return {name: getattr(self, name) for name in CleanPerson.__slots__}


def clean(record: PersonRecord, override: Override = NO_OVERRIDE) -> CleanPerson:
    """The columns of a record, with what was decided about it."""
    person = record.person
    parts = name_parts(person.name.first, person.name.middle, person.name.last)
    forename = parts[0] if len(parts) > 1 else None
    last = parts[-1] if parts else None
    addresses = person.address.postcode if person.address is not None else None, *record.other_postcodes
    postcodes = _array(clean_postcode(one) for one in addresses)
    births = person.date_of_birth, *record.other_births
    return CleanPerson(
        name_1_std=forename,
        name_2_std=parts[1] if len(parts) > 2 else None,
        name_3_std=parts[2] if len(parts) > 3 else None,
        last_name_std=last,
        first_and_last_name_std=" ".join(part for part in (forename, last) if part) or None,
        forename_std_arr=_array([forename, *(clean_name(alias.first) for alias in person.aliases)]),
        last_name_std_arr=_array([last, *(clean_name(alias.last) for alias in person.aliases)]),
        date_of_birth=next((day for told in births if (day := _day(told)) is not None), None),
        date_of_birth_arr=_days(births),
        postcode_arr=postcodes,
        postcode_outcode_arr=_array(outcode(one) for one in postcodes or ()),
        pnc_single=canonical_value(kinds.PNC, person.pnc),
        cro_single=canonical_value(kinds.CRO, person.cro),
        sentence_date_arr=_days(record.sentence_dates),
        override_marker=override.marker,
        override_scopes=_array(override.scopes),
        master_defendant_id=canonical_value(kinds.MASTER_DEFENDANT_ID, record.master_defendant_id),
    )


def strong_identifiers(record: PersonRecord) -> tuple[tuple[str, str], ...]:
    """The identifiers that name one person by themselves, as kind and canonical value: the prison number and the
    probation case reference number, which their services give to a person once."""
    told = ((kinds.PRISON_NUMBER, record.prison_number), (kinds.CRN, record.crn))
    return tuple((kind, value) for kind, raw in told if (value := canonical_value(kind, raw)) is not None)


def _array(values: Iterable[str | None]) -> tuple[str, ...] | None:
    return tuple(sorted({value for value in values if value})) or None


def _day(text: str | None) -> date | None:
    found = date.fromisoformat(text) if text else None
    return None if found in _PLACEHOLDER_DAYS else found


def _days(texts: Iterable[str | None]) -> tuple[date, ...] | None:
    return tuple(sorted({day for text in texts if (day := _day(text)) is not None})) or None
