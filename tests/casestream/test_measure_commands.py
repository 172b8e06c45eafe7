"""`casestream measure`, `measures` and `ask` over a real store with a simulated history."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clickhouse.measures import NOT_BUILT, measures
from clickhouse.store import Store
from tests.casestream.conftest import Told, in_json
from tests.conftest import SHARED
from tests.grafana.drawn_cases import draw_cases
from tests.tables import empty

pytestmark = pytest.mark.integration

Cli = Callable[..., Told]
ALWAYS = ("--from", "2020", "--to", "2099")


@pytest.fixture(scope="module")
def drawn(store: Store) -> Store:
    empty(store)
    draw_cases(store)
    return store


@pytest.fixture
def cli(store_cli: Cli, drawn: Store) -> Cli:
    return store_cli


def test_every_measure_of_the_list_is_there_built_or_with_its_reason(casestream: Cli) -> None:
    listed = {one["id"]: one for one in json.loads(casestream("measures", "--json").out)}
    assert set(listed) == {*measures(), *NOT_BUILT}
    for one in listed.values():
        assert one["title"]
        assert one["built"] != bool(one["reason"])
    file = SHARED / "domain" / "measures.md"
    if not file.exists():
        pytest.skip("the list of measures is not here")
    wanted: set[str] = {f"A{number:02}" for number in range(1, 9)}
    for line in file.read_text(encoding="utf-8").split("## 2.")[0].splitlines():
        cell = line.split("|")[1] if line.startswith("|") else ""
        wanted.update(re.findall(r"\b([PCTSHV]\d\d[a-c]?)\b(?=[ ;])", cell))
    assert len(wanted) > 70
    assert wanted <= set(listed)


def test_the_list_says_in_which_roles_a_measure_is_narrowed_to_an_area(casestream: Cli) -> None:
    told = casestream("measures").out
    row = told[told.index("H01") : told.index("H02")]
    assert "prison_region" in row
    assert "home" in row
    listed = {one["id"]: one["by"] for one in json.loads(casestream("measures", "--json").out)}
    assert listed["H01"] == ["prison_region", "home"]


def test_a_measure_has_figure_n_definition_freshness_and_comparisons(cli: Cli, drawn: Store) -> None:
    found = in_json(cli, "measure", "p04A", "--area", "West Midlands", *ALWAYS)
    ((charged, closed),) = drawn.query(
        "SELECT countIf(outcome_group = 'Charged or summonsed'), count() FROM casestream.case_crimes FINAL"
        " WHERE force = '20' AND outcome_group != '' AND cancelled_at IS NULL", {},
    )  # fmt: skip
    assert closed
    assert found["id"] == "P04a"
    assert (found["n"], found["value"]) == (closed, pytest.approx(100 * int(str(charged)) / int(str(closed))))
    assert found["area"] == {"role": "force", "values": ["20"], "name": "West Midlands"}
    assert found["definition"] and found["source"] and found["missing"] is None
    assert found["freshness"][0]["agency"] == "police"
    assert found["freshness"][0]["told_at"]
    peers = found["comparisons"]["peers"]
    assert (peers["areas"], peers["lowest"]) == (1, peers["highest"]), "Kent, the other force of this history"
    earlier = found["comparisons"]["previous_period"]
    assert (earlier["value"], earlier["change"]) == (None, None)


@pytest.mark.parametrize("area", ["20", "E23000014", "west midlands police", "West Midlands region"])
def test_an_area_by_number_gss_code_or_name(cli: Cli, area: str) -> None:
    found = in_json(cli, "measure", "P01", "--area", area, *ALWAYS)
    assert "20" in found["area"]["values"]


def test_offences_flags_and_where_narrow_a_figure(cli: Cli, drawn: Store) -> None:
    burglaries = in_json(cli, "measure", "P01", "--offence", "burglary", *ALWAYS)["value"]
    assert 0 < burglaries < in_json(cli, "measure", "P01", *ALWAYS)["value"]
    flagged = in_json(cli, "measure", "P01", "--flag", "rape", *ALWAYS)["value"]
    assert [(flagged,)] == drawn.query("SELECT count() FROM casestream.case_crimes FINAL WHERE has(flags, 'rape')", {})
    crown = in_json(cli, "measure", "T02", "--where", "jurisdiction=crown", *ALWAYS)
    assert crown["narrowed_to"] == {"jurisdiction": ["crown"]}


def test_divided_by_a_name_each_part_is_told(cli: Cli) -> None:
    parts = in_json(cli, "measure", "P01", "--by", "force", *ALWAYS)["figures"]
    whole = in_json(cli, "measure", "P01", *ALWAYS)["value"]
    assert sum(part["values"]["crimes"]["value"] for part in parts) == whole
    assert {part["force"] for part in parts} == {"20", "46"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["measure", "T55"], ["'T55'", "T05 Trial effectiveness"]),
        (["measure", "P13"], ["P13", "not built", "people"]),
        (["measure", "P01", "--area", "West Middlands"], ["'West Middlands'", "West Midlands"]),
        (["measure", "P01", "--area", "E23999999"], ["'E23999999'"]),
        (["measure", "P01", "--offence", "burglery"], ["'burglery'", "burglary"]),
        (["measure", "P01", "--flag", "rapes"], ["'rapes'", "rape"]),
        (["measure", "P01", "--area-role", "courts", "--area", "20"], ["'courts'", "court"]),
        (["measure", "P01", "--area-role", "court", "--area", "20"], ["P01", "it has force"]),
        (["measure", "P01", "--area-role", "home", "--area", "20"], ["P01", "person lives", "it has force"]),
        (["measure", "H04", "--area-role", "prison_region", "--area", "London"], ["H04", "it has force, home"]),
        (["measure", "H01", "--area-role", "prison_region", "--area", "Londn"], ["'Londn'", "London"]),
        (["measure", "V01", "--area-role", "home", "--area", "Kennt"], ["'Kennt'", "Kent"]),
        (["measure", "FRESH", "--area", "20"], ["FRESH", "all areas"]),
        (["measure", "P01", "--where", "sex=female"], ["P01", "'sex'"]),
        (["measure", "P01", "--where", "colour=red"], ["'colour=red'", "force"]),
        (["measure", "P01", "--by", "court"], ["P01", "'court'"]),
        (["measure", "P01", "--from", "soon"], ["--from", "'soon'"]),
        (["measure", "T01", "--area-role", "court", "--area", "nowhere"], ["'nowhere'", "court"]),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_not_known_is_named_and_the_nearest_offered(cli: Cli, arguments: list[str], said: list[str]) -> None:
    told = cli(*arguments)
    assert told.code == 2
    assert len(told.err.splitlines()) == 1
    for word in said:
        assert word in told.err


def test_prisons_by_the_region_where_they_stand(cli: Cli) -> None:
    whole = in_json(cli, "measure", "H02", *ALWAYS)
    parts = in_json(cli, "measure", "H02", "--by", "prison_region", *ALWAYS)["figures"]
    places = {part["prison_region"]: part["values"]["places"]["value"] for part in parts}
    assert sum(places.values()) == whole["figures"][0]["values"]["places"]["value"]
    for region, held in places.items():
        found = in_json(cli, "measure", "H02", "--area-role", "prison_region", "--area", region, *ALWAYS)
        assert found["area"] == {"role": "prison_region", "values": [region], "name": region}
        assert found["figures"][0]["values"]["places"]["value"] == held


def test_people_by_the_area_where_they_live(cli: Cli) -> None:
    told = cli("measure", "V01", "--area-role", "home", "--area", "Kent", *ALWAYS)
    assert told.code == 0, told.err
    assert "Kent (the police force of the area where the person lives)" in told.out
    parts = in_json(cli, "measure", "V01", "--by", "home", *ALWAYS)["figures"]
    assert [part["home"] for part in parts] == ["Not known"], "the postcodes of made-up people do not exist"


def test_an_area_that_never_told_anything_has_no_figure_rather_than_nought(cli: Cli) -> None:
    found = in_json(cli, "measure", "P01", "--area", "Wiltshire", *ALWAYS)
    assert (found["value"], found["missing"], found["shown"]) == (None, "Data not available", "Data not available")
    found = in_json(cli, "measure", "T05", "--area", "20", "--from", "2001", "--to", "2001")
    assert (found["value"], found["missing"], found["n"]) == (None, "No data to calculate this field", 0)


def test_a_mix_of_nothing_says_why_too(cli: Cli) -> None:
    found = in_json(cli, "measure", "P03", "--area", "Wiltshire", *ALWAYS)
    assert (found["figures"], found["missing"]) == ([], "Data not available")
    found = in_json(cli, "measure", "P03", "--area", "20", "--from", "2001", "--to", "2001")
    assert (found["figures"], found["missing"]) == ([], "No data to calculate this field")
    assert "Data not available" in cli("measure", "P03", "--area", "Wiltshire", *ALWAYS).out


def test_a_mix_is_compared_part_by_part(cli: Cli) -> None:
    parts = in_json(cli, "measure", "P03", "--area", "20", *ALWAYS)["figures"]
    assert all(part["comparisons"]["peers"]["areas"] == 1 for part in parts if part["comparisons"]["peers"])
    assert any(part["comparisons"]["peers"] for part in parts)
    told = cli("measure", "P03", "--area", "20", *ALWAYS)
    assert "other forces" in told.out


@pytest.fixture
def without_lists(drawn: Store) -> Iterator[None]:
    yield
    for table in ("reference_entries", "reference_loads"):
        drawn.command(f"TRUNCATE TABLE casestream.{table}")


@pytest.mark.usefixtures("without_lists")
def test_a_volume_has_a_rate_by_the_population_of_its_forces(cli: Cli, tmp_path: Path) -> None:
    year = ("--from", "2025", "--to", "2025")
    (before,) = in_json(cli, "measure", "P01", "--area", "20", *year)["figures"]
    assert (before["per_100k"]["value"], before["per_100k"]["missing"]) == (None, "Data not available")
    file = tmp_path / "people.csv"
    file.write_text("force,year,population\nWest Midlands,2024,50000\n")
    assert cli("reference", "load", "population", str(file), "--from", "2024-01-01").code == 0
    found = in_json(cli, "measure", "P01", "--area", "20", *year)
    assert found["figures"][0]["per_100k"] == {
        "value": 2.0 * found["value"], "shown": f"{2 * found['value']} per 100,000 people", "missing": None,
        "population": 2024,
    }  # fmt: skip
    told = cli("measure", "P01", "--area", "20", *year).out
    assert "by the population of mid-2024" in told
    assert f"{2 * found['value']} per 100,000 people" in told
    assert "per 100,000 people" in cli("measure", "P01", "--by", "force", *year).out
    assert "per_100k" not in in_json(cli, "measure", "T01", *year)["figures"][0]


def test_on_the_terminal(cli: Cli) -> None:
    told = cli("measure", "T05", *ALWAYS)
    assert told.code == 0
    for word in ("Trial effectiveness", "published definition", "Left out: vacated trials", "hmcts tells up to", "%"):
        assert word in told.out


@pytest.mark.parametrize("name", ["burglary-attrition", "report-to-arrest", "victim-profile", "trial-effectiveness"])
def test_each_question_has_pictures_and_the_measures_behind_them(cli: Cli, name: str) -> None:
    found = in_json(cli, "ask", name, *ALWAYS)
    assert all(picture["bars"] for picture in found["pictures"])
    assert {picture["measure"] for picture in found["pictures"]} <= {one["id"] for one in found["measures"]}
    assert all(one["definition"] and one["freshness"] for one in found["measures"])
    told = cli("ask", name, *ALWAYS)
    assert told.code == 0
    assert "█" in told.out


def test_burglary_attrition_is_of_burglaries(cli: Cli) -> None:
    found = in_json(cli, "ask", "burglary-attrition", *ALWAYS)
    funnel = {bar["label"]: bar["value"] for bar in found["pictures"][0]["bars"]}
    assert funnel["recorded"] == in_json(cli, "measure", "A01", "--offence", "burglary", *ALWAYS)["value"]
    assert list(funnel.values()) == sorted(funnel.values(), reverse=True)


def test_the_victim_profile_suppresses_small_numbers(cli: Cli) -> None:
    for picture in in_json(cli, "ask", "victim-profile", *ALWAYS)["pictures"]:
        for bar in picture["bars"]:
            assert bar["value"] is None or bar["value"] > 4
            assert bar["value"] is not None or bar["shown"] == "Suppressed due to low volumes"


def test_reoffending_is_asked_of_cohorts_that_are_complete(cli: Cli) -> None:
    found = in_json(cli, "ask", "reoffending")
    assert [one["id"] for one in found["measures"]] == ["H07", "H08"]
    until = datetime.fromisoformat(found["measures"][0]["period"]["to"])
    assert until < datetime.now(UTC) - timedelta(days=18 * 30)


def test_free_words(cli: Cli) -> None:
    found = in_json(cli, "ask", "effective trials in Kent in 2025")
    assert found["measures"][0]["id"] == "T05"
    assert "Kent" in found["understood"]
    told = cli("ask", "what", "is", "the", "rate")
    assert told.code == 1
    assert told.out.count("casestream measure ") == 3


def test_free_words_lead_to_the_pictures_of_the_same(cli: Cli) -> None:
    told = cli("ask", "victims of rape in West Midlands from 2024 to 2025")
    (line,) = [line for line in told.out.splitlines() if line.startswith("With pictures: ")]
    words = shlex.split(line)[3:]
    assert words[:2] == ["ask", "victim-profile"]
    pictured = in_json(cli, *words)["measures"][0]
    same = in_json(cli, "measure", "V01", *words[2:])
    assert (pictured["value"], pictured["period"], pictured["narrowed_to"]) == (
        same["value"], same["period"], {"flag": ["rape"]}
    )  # fmt: skip
    assert pictured["area"]["values"] == ["20"]
