"""What agencies write becomes the columns of the model, as the Ministry of Justice's live linkage cleans them."""

from datetime import date
from typing import Any

import pytest

from processors.people.cleaning import Override, PersonRecord, clean, is_linkable
from processors.people.cleaning.clean import strong_identifiers
from processors.people.cleaning.places import clean_postcode, outcode
from schemas.people import Address, Person, PersonName


def record(first: str | None = None, middle: str | None = None, last: str | None = None, **more: Any) -> PersonRecord:
    """A defendant of that name; `more` are fields of the record, or of its person."""
    about = {key: more.pop(key) for key in list(more) if key in Person.model_fields}
    person = Person(name=PersonName(first=first, middle=middle, last=last), **about)
    return PersonRecord("r1", "defendant", person, **more)


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (("john    james", "JR", "o'connor"), ("JOHN", "JAMES", "JR", "OCONNOR")),
        (("Mary-Jane", None, "O'Connor"), ("MARY", "JANE", None, "OCONNOR")),
        (("a", None, "Smith"), (None, None, None, "SMITH")),
        (("MIG_ERROR_Alba", None, "Mc Combe"), ("ALBA", None, None, "MCCOMBE")),
        (("Not entered", "Liora", "Drift-Wath"), ("LIORA", "DRIFT", None, "WATH")),
        ((None, None, None), (None, None, None, None)),
    ],
)
def test_names(names: tuple[str | None, ...], columns: tuple[str | None, ...]) -> None:
    made = clean(record(*names))
    assert (made.name_1_std, made.name_2_std, made.name_3_std, made.last_name_std) == columns
    assert made.first_and_last_name_std == (" ".join(part for part in (columns[0], columns[3]) if part) or None)


def test_alias_names_stand_beside_the_main_one() -> None:
    aliases = (PersonName(first="Zeb", last="Flint-Wick"), PersonName(first="Alba"), PersonName(last=""))
    made = clean(record("Alba", None, "Mere", aliases=aliases))
    assert made.forename_std_arr == ("ALBA", "ZEB")
    assert made.last_name_std_arr == ("FLINT WICK", "MERE")


def test_days_that_stand_for_none_are_none() -> None:
    made = clean(record("Alba", None, "Mere", date_of_birth="1970-01-01",
                        sentence_dates=("2020-05-06", "1900-01-01", "2019-01-02", "2020-05-06")))  # fmt: skip
    assert made.date_of_birth is None
    assert made.date_of_birth_arr is None
    assert made.sentence_date_arr == (date(2019, 1, 2), date(2020, 5, 6))


@pytest.mark.parametrize(
    ("told", "others", "born"),
    [
        ("1970-01-01", ("1980-01-02", "1981-01-02"), date(1980, 1, 2)),
        ("1900-01-01", ("1970-01-01", "1981-01-02"), date(1981, 1, 2)),
        (None, ("1980-01-02",), date(1980, 1, 2)),
        ("1982-01-02", ("1980-01-02",), date(1982, 1, 2)),
        ("1970-01-01", ("1900-01-01",), None),
    ],
)
def test_a_day_for_none_hides_no_other(told: str | None, others: tuple[str, ...], born: date | None) -> None:
    assert clean(record("Alba", None, "Mere", date_of_birth=told, other_births=others)).date_of_birth == born


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [("ab1 2cd", "AB12CD"), ("XY1 9YZ", "XY19YZ"), ("GIR 0AA", "GIR0AA"), ("1AB 2YX", None), ("NF1 1NF", None),
     ("NF1 1FA", None), ("ABC 123", None), ("A1A 1A1", None), ("12345", None), ("W1W ABC", None), ("1AA 1AA", None),
     ("AP@ 1AA", None), ("", None), (None, None)],
)  # fmt: skip
def test_postcodes(raw: str | None, cleaned: str | None) -> None:
    assert clean_postcode(raw) == cleaned


def test_outcodes() -> None:
    assert [outcode(one) for one in ("AB12CD", "XY199YZ", "E11AA")] == ["AB1", "XY19", "E1"]
    made = clean(record("Alba", None, "Mere", address=Address(postcode="ab1 2cd")))
    assert (made.postcode_arr, made.postcode_outcode_arr) == (("AB12CD",), ("AB1",))


def test_identifiers_that_break_a_rule_are_none() -> None:
    made = clean(record("Alba", None, "Mere", pnc="2001/0171310S", cro="000000/00Z", master_defendant_id="  "))
    assert (made.pnc_single, made.cro_single, made.master_defendant_id) == (None, None, None)
    made = clean(record("Alba", None, "Mere", pnc="79/163001B", cro="65656/91H"))
    assert (made.pnc_single, made.cro_single) == ("1979/0163001B", "065656/91H")


def test_strong_identifiers_are_the_services_own() -> None:
    made = record("Alba", None, "Mere", pnc="79/163001B", prison_number="a1234aa", crn="X688624")
    assert strong_identifiers(made) == (("prison_number", "A1234AA"), ("crn", "X688624"))


def test_overrides_are_columns() -> None:
    made = clean(record("Alba", None, "Mere"), Override("m", ("t", "s")))
    assert (made.override_marker, made.override_scopes) == ("m", ("s", "t"))


@pytest.mark.parametrize(
    ("made", "linkable"),
    [
        (record("Alba", None, "Mere"), True),
        (record(None, "Alba", "Mere"), True),
        (record(None, None, "Mere", date_of_birth="1980-01-02"), True),
        (record(None, None, "Mere"), False),
        (record("Alba", None, None, date_of_birth="1980-01-02"), False),
        (record("Alba", None, "Mere", youth=True), False),
    ],
)
def test_who_is_linked_at_all(made: PersonRecord, linkable: bool) -> None:
    assert is_linkable(made) == linkable
