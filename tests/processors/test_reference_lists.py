"""National lists: the whole files are taken, and a bad one is told by line, field, value and rule."""

import pytest

from processors.list_entries import ListError
from processors.reference_lists import FORMS, read_list
from tests.conftest import SHARED

FILES = {
    "offence-codes": ("offence-codes.csv", 23_953), "courts": ("court-ou-codes.csv", 440),
    "results": ("hmcts-result-definitions.csv", 543), "trial-reasons": ("trial-effectiveness-reason-codes.csv", 61),
    "prisons": ("prisons.csv", 154), "probation-regions": ("probation-regions.csv", 12),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_national_list_is_taken_whole(name: str) -> None:
    file, entries = FILES[name]
    path = SHARED / "reference" / file
    if not path.exists():
        pytest.skip(f"the national list {file} is not here")
    assert len(read_list(name, path.read_text(encoding="utf-8"))) == entries


def test_population_is_by_force_and_year() -> None:
    told = read_list("population", "force,year,population\nE23000014,2023,2950000\nwest-midlands,2022,2900000\n")
    assert [(one.code, one.year, one.name) for one in told] == [("20", 2023, "2950000"), ("20", 2022, "2900000")]


def test_what_the_form_does_not_name_is_kept() -> None:
    (told,) = read_list("prisons", "prison_id,name,opened\nABC,Anywhere (HMP), 1900 \n")
    assert told.details == {"opened": "1900"}


def test_a_prison_may_have_a_region_in_any_usual_spelling() -> None:
    text = "prison_id,name,region\nABC,Anywhere,yorkshire & the humber\nDEF,Nowhere,\nGHI,Elsewhere,London\n"
    told = read_list("prisons", text)
    assert [one.details["region"] for one in told] == ["Yorkshire and The Humber", "", "London"]


OFFENCES = "cjs_code,title,category,ho_classification,notifiable_to_ho,recordable_on_pnc\n"
RIGHT = "TH68010,Theft,CE,046/00,True,True\n"


@pytest.mark.parametrize(
    ("name", "text", "line", "field", "value"),
    [
        ("offence-codes", OFFENCES + RIGHT + "TH6801,Theft,CE,046/00,True,True\n", 3, "cjs_code", "TH6801"),
        ("offence-codes", OFFENCES + RIGHT + RIGHT, 3, "cjs_code", "TH68010"),
        ("offence-codes", OFFENCES + RIGHT.replace("046/00", "46"), 2, "ho_classification", "46"),
        ("offence-codes", OFFENCES + RIGHT.replace("True,True", "True,1"), 2, "recordable_on_pnc", "1"),
        ("offence-codes", OFFENCES + RIGHT.replace("Theft", " "), 2, "title", ""),
        ("offence-codes", OFFENCES + "TH68010,Theft\n", 2, "(line)", ""),
        ("offence-codes", OFFENCES + RIGHT.replace("\n", ",more\n"), 2, "(line)", ""),
        ("offence-codes", OFFENCES + 'TH68010,"Theft,CE\n', 2, "(line)", ""),
        (
            "offence-codes",
            OFFENCES.replace("title", "name") + RIGHT,
            1,
            "title",
            OFFENCES.replace("title", "name")[:-1],
        ),
        ("offence-codes", OFFENCES, 2, "cjs_code", ""),
        ("offence-codes", "", 1, "cjs_code", ""),
        ("population", "force,year,population\nMerseysyde,2023,1400000\n", 2, "force", "Merseysyde"),
        ("prisons", "prison_id,name,region\nABC,Anywhere,Yorkshire\n", 2, "region", "Yorkshire"),
        ("population", "force,year,population\n05,2023,1.4m\n", 2, "population", "1.4m"),
    ],
)
def test_a_bad_file_is_told_by_line_field_and_value(name: str, text: str, line: int, field: str, value: str) -> None:
    with pytest.raises(ListError) as told:
        read_list(name, text)
    assert (told.value.line, told.value.field, told.value.value) == (line, field, value)
    assert told.value.rule


def test_every_form_has_patterns_only_for_columns_that_it_asks_for() -> None:
    for form in FORMS.values():
        assert set(form.patterns) <= {form.code, form.name, *form.columns}
