"""Areas by every name, and offences."""

import pytest

from casestream import areas, offences
from casestream.errors import UserError
from clickhouse.measures import measures
from clickhouse.store import Store

pytestmark = pytest.mark.integration

H01 = measures()["H01"]


def values(store: Store, *names: str) -> tuple[str, ...]:
    return areas.resolve(store, list(names), "force", measures()["P01"]).values


def test_the_transport_police_are_an_area_too(store: Store) -> None:
    assert values(store, "British Transport Police") == ("93",)
    assert values(store, "BTP") == ("93",)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("1", ("01",)), ("Devon & Cornwall", ("50",)), ("THAMES VALLEY POLICE", ("43",)), ("e23000001", ("01",)),
        ("London", ("01", "48")), ("Cleveland and Durham", ("11", "17")), ("Wales", ("60", "61", "62", "63")),
        ("West Midlands", ("20",)), ("West Midlands region", ("20", "21", "22", "23")), ("W15000004", ("63",)),
    ],
)  # fmt: skip
def test_the_narrowest_reading_of_a_name_counts(store: Store, name: str, numbers: tuple[str, ...]) -> None:
    assert values(store, name) == numbers


def test_areas_add_up_without_counting_one_twice(store: Store) -> None:
    assert values(store, "London", "Metropolitan", "Kent") == ("01", "48", "46")


def test_no_area_is_all_of_them(store: Store) -> None:
    assert areas.resolve(store, [], "force", measures()["A04"]) == areas.Areas("force", (), "all areas")


def test_of_a_prison_an_area_is_a_region_or_that_none_is_known(store: Store) -> None:
    found = areas.resolve(store, ["yorkshire & the humber", "London region", "not known"], "prison_region", H01)
    assert found.values == ("Yorkshire and The Humber", "London", "Not known")
    assert found.name == "Yorkshire and The Humber, London, Not known"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Kent", ("46",)), ("33", ("33",)), ("London", ("01", "48")), ("not known", ("Not known",)),
        ("Wales", ("60", "61", "62", "63")),
    ],
)  # fmt: skip
def test_where_people_live_an_area_is_that_of_forces_or_that_none_is_known(
    store: Store, name: str, values: tuple[str, ...]
) -> None:
    assert areas.resolve(store, [name], "home", measures()["V01"]).values == values


def test_nobody_lives_in_the_area_of_the_transport_police(store: Store) -> None:
    with pytest.raises(UserError, match="British Transport Police is no area where people live"):
        areas.resolve(store, ["BTP"], "home", measures()["V01"])


@pytest.mark.parametrize("measure", ["P01", "P11", "T02", "H02", "FLOW"])
def test_a_measure_that_counts_no_people_says_that_it_has_no_home_area(store: Store, measure: str) -> None:
    told = f"{measure} cannot be filtered by the police force of the area where the person lives; it has"
    with pytest.raises(UserError, match=told):
        areas.resolve(store, ["Kent"], "home", measures()[measure])


def test_a_region_that_is_none_is_an_error_that_names_the_nearest(store: Store) -> None:
    with pytest.raises(UserError, match=r"--area 'Londn'.*the nearest: London"):
        areas.resolve(store, ["Londn"], "prison_region", H01)


@pytest.mark.parametrize("measure", ["P01", "H04", "T02"])
def test_a_measure_without_prisons_says_that_it_has_none(store: Store, measure: str) -> None:
    with pytest.raises(UserError, match=f"{measure} cannot be filtered by the region that the prison stands in; it"):
        areas.resolve(store, ["London"], "prison_region", measures()[measure])


@pytest.mark.parametrize(
    ("name", "dimension", "found"),
    [
        ("Burglary", "offence_subgroup", ("Burglary", "Non-residential burglary", "Residential burglary")),
        ("residential burglary", "offence_subgroup", ("Residential burglary",)),
        ("sexual offences", "offence_group", ("Sexual offences",)), ("drug", "offence_group", ("Drug offences",)),
        ("rape", "offence_subgroup", ("Rape",)), ("robbery", "offence_group", ("Robbery",)),
    ],
)  # fmt: skip
def test_offences_by_group_sub_group_or_a_common_word(name: str, dimension: str, found: tuple[str, ...]) -> None:
    assert offences.resolve([name]) == {dimension: found}


def test_groups_and_sub_groups_are_not_mixed() -> None:
    with pytest.raises(UserError, match="one kind at a time"):
        offences.resolve(["robbery", "rape"])
