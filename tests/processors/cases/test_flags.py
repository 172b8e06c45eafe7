"""Priority flags (decisions, section 7), also over the whole national list of offences."""

import csv
from typing import Any

import pytest

from processors.cases.flags.rule_set import BUILT_IN_RULES, RuleSet
from processors.cases.offences import of_ho_code
from processors.cases.project import project_case
from schemas.vocabulary import COURT_CLASSES_OF_POLICE
from tests.builders import crime, defendant, hearing, history, offence, person, states
from tests.conftest import SHARED

SEXUAL = {"017", "020", "021", "022", "070", "071"}
ABOUT_SEX = {"rape", "serious_sexual"}
RULES = BUILT_IN_RULES


def listed(name: str) -> list[dict[str, str]]:
    path = SHARED / "reference" / name
    if not path.exists():
        pytest.skip(f"the national list {name} is not here")
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def of_code(code: str) -> set[str]:
    return set(RULES.flags(RULES.of_code(code)))


def of_class(text: str) -> set[str]:
    return set(RULES.flags(RULES.of_sort(of_ho_code(text))))


def test_codes_and_classes_of_the_national_list_agree() -> None:
    unclassed = set()
    for row in listed("offence-codes.csv"):
        number, code = row["ho_classification"][:3], row["cjs_code"]
        expected = ABOUT_SEX if number == "019" else {"serious_sexual"} if number in SEXUAL else set()
        if number:
            assert of_code(code) & ABOUT_SEX == expected, row
            assert of_class(row["ho_classification"]) & ABOUT_SEX == expected, row
        elif of_code(code) & ABOUT_SEX:
            unclassed.add(code)
    assert unclassed == {"SX56001", "SO96001", "SO96008"}


def test_both_spellings_of_a_class_are_one_in_the_titles_of_the_national_lists() -> None:
    police = {row["ho_offence_code"]: row["description"].lower() for row in listed("ho-offence-groups.csv")}
    titles: dict[str, list[str]] = {}
    for row in listed("offence-codes.csv"):
        titles.setdefault(row["ho_classification"], []).append(row["title"].lower())
    victims = {"female": ("girl", "woman", "female"), "male": ("boy", "man ", "male")}
    ages = {"under 13": ("under 13",), "under 16": ("13 / 14 / 15", "under 16"), "16 and over": ("16",)}
    for code, classes in COURT_CLASSES_OF_POLICE.items():
        assert code in police, code
        for of_courts in classes:
            assert titles[of_courts], of_courts
            if code.startswith("19"):
                sex = "female" if "female" in police[code] else "male"
                age = next(age for age in ages if age in police[code])
                for title in titles[of_courts]:
                    if title != "attempt rape":
                        assert any(word in title for word in victims[sex]), (code, title)
                        assert any(word in title for word in ages[age]), (code, title)


def test_rape_codes_without_a_class_are_listed() -> None:
    assert "rape" in of_code("SX56001")
    assert "rape" in of_code("SO96001")
    assert of_code("SX03002C") >= {"rape", "serious_sexual", "rasso", "vawg"}  # a conspiracy


def test_every_police_class_of_the_national_list_has_its_group() -> None:
    for row in listed("ho-offence-groups.csv"):
        expected = row["offence_group"].replace("Possession of weapons offences", "Possession of weapons")
        assert of_ho_code(row["ho_offence_code"]).group == expected, row


@pytest.mark.parametrize(
    ("police", "courts"),
    [("19C", "019/08"), ("19D", "019/07"), ("20A", "020/05"), ("21", "021/02"), ("10D", "008/26"), ("106", "036/06")],
)
def test_both_spellings_flag_alike(police: str, courts: str) -> None:
    assert of_class(police) == of_class(courts) != set()


@pytest.mark.parametrize("code", ["88A", "88E", "088/14", "088/15"])
def test_grooming_exposure_and_image_offences_are_not_serious_sexual(code: str) -> None:
    assert of_class(code) == set()


def test_adult_rape_has_two_definitions() -> None:
    assert {"adult_rape_ho16", "adult_rape_cps18", "adult_rape", "rasso"} <= of_class("19C")
    flags = RULES.flags(frozenset({"cps_flag=rape", "cps_flag=child_abuse"}))
    assert "rape" in flags
    assert not [flag for flag in flags if flag.startswith("adult_rape")]


def test_a_flag_of_an_agency_that_no_rule_names_is_kept() -> None:
    told = RULES.why(RULES.of_words("police_flag", ("Operation Nightjar", "DA", "hate-disability")))
    assert told["operation_nightjar"].rule == "agency"
    assert told["domestic_abuse"].facts == ("police_flag=da",)
    assert "da" not in told
    assert {"hate_disability", "hate_crime"} <= set(told)


def test_rules_are_equal_in_any_order_and_after_a_round_trip() -> None:
    assert RuleSet(reversed(RULES.rules.values())).digest == RULES.digest
    assert RuleSet.loaded(RULES.dumped()).digest == RULES.digest


def test_a_case_with_a_rape_and_a_burglary_has_one_flagged_crime() -> None:
    rows: dict[str, Any] = project_case("c1", [crime("C1", ho_code="19C"), crime("C2")])
    assert [("rape" in row.flags) for row in rows["case_crimes"]] == [True, False]
    assert "rape" in rows["cases"][0].flags


def flags_of(rows: dict[str, Any]) -> dict[tuple[str, str], Any]:
    return {(row.flag, row.scope): row for row in rows["case_flags"]}


def test_a_row_says_which_rule_and_which_fact_made_it() -> None:
    rows: dict[str, Any] = project_case("c1", [crime("C1", ho_code="19C", flags=("dv",))])
    flags = flags_of(rows)
    assert (flags["rape", "crime"].rule, flags["rape", "crime"].evidence) == (
        "rape/1", ("police.crime: ho_class=19C",)
    )  # fmt: skip
    assert flags["domestic_abuse", "case"].evidence == ("police.crime: police_flag=dv",)
    assert (flags["rasso", "crime"].rule, flags["rasso", "crime"].evidence) == ("rasso/1", ("flag=serious_sexual",))


def test_a_victim_under_18_of_a_serious_sexual_offence_makes_child_abuse_and_no_adult_rape() -> None:
    young = {"victim_id": "V1", "age": 17, "sex": "female"}
    born = {"victim_id": "V1", "person": person(born="2010-04-02")}
    for victim, expected in ((young, True), (born, True), (young | {"age": 18}, False), ({"victim_id": "V1"}, False)):
        rows: dict[str, Any] = project_case("c1", [crime("C1", ho_code="19C", victims=(victim,))])
        flags = rows["case_crimes"][0].flags
        assert ("child_abuse" in flags) is expected
        assert ("adult_rape" in flags) is not expected
        assert ("vawg_female_victim" in flags) is (victim.get("sex") == "female")
    assert "child_abuse" not in project_case("c1", [crime("C1", victims=(young,))])["case_crimes"][0].flags  # type: ignore[union-attr]


def cps(*flags: str) -> dict[str, Any]:
    proceeding = {"proceeding_id": "P1", "crime_refs": ("C1",), "flags": flags}
    return {"consultation_id": "K1", "proceeding": proceeding, "kind": "early_advice", "received_at": "2025-03-05"}


def test_flags_of_the_cps_stay_and_those_of_police_do_not() -> None:
    told = states("cps.consultation", ("2025-03-05T00:00:00Z", cps("rape")), ("2025-03-09T00:00:00Z", cps()))
    base = {"crime_ref": "C1", "force": "20", "recorded_at": "2025-03-01", "ho_code": "28E"}
    marked = states(
        "police.crime",
        ("2025-03-01T00:00:00Z", base),
        ("2025-03-02T00:00:00Z", base | {"flags": ("domestic_abuse",)}),
        ("2025-03-04T00:00:00Z", base),
    )
    rows: dict[str, Any] = project_case("c1", [marked, told])
    assert "rape" in rows["case_proceedings"][0].flags
    flags = flags_of(rows)
    assert flags["rape", "proceeding"].cleared_at is None
    gone = flags["domestic_abuse", "crime"]
    day = 86_400_000
    assert (gone.current, gone.cleared_at - gone.set_at) == (0, 2 * day)
    assert gone.evidence == ("police.crime: police_flag=domestic_abuse",)
    assert rows["case_crimes"][0].flags == ()


def test_a_flag_that_needs_two_agencies_is_set_when_the_second_tells() -> None:
    young = {"victim_id": "V1", "age": 15}
    told = crime("C1", at="2025-03-01T00:00:00Z", victims=(young,))
    rows: dict[str, Any] = project_case("c1", [told, history("cps.consultation", cps("rape"), "2025-03-05T00:00:00Z")])
    flags = flags_of(rows)
    assert flags["child_abuse", "case"].set_at == flags["rape", "case"].set_at
    assert flags["child_abuse", "case"].evidence == (
        "flag=serious_sexual", "police.crime: victim=age_below 18"
    )  # fmt: skip
    assert ("child_abuse", "crime") not in flags  # the crime alone is a burglary


def test_adult_rape_ceases_when_child_abuse_is_told() -> None:
    told = states("cps.consultation", ("2025-03-05T00:00:00Z", cps("rape")), ("2025-03-09T00:00:00Z", cps("csa")))
    gone = flags_of(project_case("c1", [crime("C1"), told]))["adult_rape", "case"]
    assert (gone.current, gone.cleared_at - gone.set_at) == (0, 4 * 86_400_000)


def test_markers_of_the_court_flag_the_defendants() -> None:
    told = hearing(
        "H1",
        "2025-06-02",
        defendant(1),
        cases=({"ids": {"court_case_id": "CC1"}, "markers": ("HT",), "defendants": (defendant(1, offence()),)},),
    )
    rows: dict[str, Any] = project_case(
        "c1", [told, history("police.suspect", {"suspect_id": "S1", "force": "20", "crime_refs": ("C1",)})]
    )
    assert rows["case_defendants"][0].flags == ("modern_slavery",)
    assert flags_of(rows)["modern_slavery", "defendant"].evidence == ("court.hearing: court_marker=HT",)
