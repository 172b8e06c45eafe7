"""The preview in a real browser: the board is drawn, filters, moves, and a case opens from it."""

import json
import re
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from clickhouse.store import Store
from grafana.boards.system_overview import SYSTEM_OVERVIEW
from grafana.model import Panel
from tests.grafana.conftest import got, opened
from tests.grafana.drawn_cases import draw_cases

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

PERIOD = "from=2015-01-01&to=2035-01-01"


def stat(page: Page, number: int) -> str:
    return page.locator(f"#panel-{number} .body").inner_text()


def test_the_board_is_drawn_with_true_figures(page: Page, address: str, store: Store, tmp_path: Path) -> None:
    opened(page, f"{address}/d/system-overview?{PERIOD}")
    assert page.title().startswith("System overview")
    crimes = store.query(
        "SELECT count() FROM casestream.case_crimes FINAL WHERE cancelled_at IS NULL AND transferred_at IS NULL", {}
    )
    assert stat(page, 1) == f"{crimes[0][0]:,}"
    for number in (7, 8, 9, 10, 11, 13):
        assert page.locator(f"#panel-{number} .plot svg").count() > 0, number
    picture = tmp_path / "system-overview.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 50_000


def test_units_are_shown_as_grafana_shows_them(page: Page, address: str) -> None:
    opened(page, f"{address}/d/system-overview?{PERIOD}")
    assert re.fullmatch(r"\d+\.\d (days|hours)\s+median\s+\d+\s+arrested before the report", stat(page, 5))
    assert re.fullmatch(r"\d+\.\d%\s+effective\s+\d+\s+listings not recorded", stat(page, 6))
    assert re.fullmatch(r"\d+\.\d\d days", page.locator("#panel-12 tbody tr:first-child td").nth(3).inner_text())
    assert re.fullmatch(r"[\d,]+", page.locator("#panel-14 tbody tr:first-child td").nth(1).inner_text())
    assert re.fullmatch(
        r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d", page.locator("#panel-15 tbody tr:first-child td").last.inner_text()
    )
    assert re.fullmatch(r"[A-Z][a-z]{2} \d{4}", page.locator("#panel-17 tbody tr:first-child td").first.inner_text())


def test_a_filter_is_chosen_on_the_page_and_is_in_the_address(page: Page, address: str, store: Store) -> None:
    opened(page, f"{address}/d/system-overview?{PERIOD}")
    before = stat(page, 1)
    force, name, crimes = store.query(
        "SELECT force, any(name), count() AS n FROM casestream.case_crimes FINAL"
        " INNER JOIN casestream.forces USING force"
        " WHERE cancelled_at IS NULL AND transferred_at IS NULL GROUP BY force ORDER BY n DESC LIMIT 1", {},
    )[0]  # fmt: skip
    page.locator("#variable-force summary").click()
    page.locator(f"#variable-force input[value='{force}']").check()
    page.locator("h1").click()
    page.wait_for_url(f"**var-force={force}*")
    page.wait_for_selector("body[data-ready=true]")
    assert stat(page, 1) == f"{crimes:,}" != before
    assert page.locator("#panel-12 tbody tr").count() == 1
    assert str(name) in page.locator("#panel-12 tbody").inner_text()


def test_a_chosen_value_that_is_not_there_is_shown_and_can_be_taken_away(page: Page, address: str) -> None:
    opened(page, f"{address}/d/system-overview?{PERIOD}&var-force=no-force&var-force=")
    assert stat(page, 1) == "0"
    assert page.locator("#variable-force summary b").inner_text() == "no-force (not known)"
    page.locator("#variable-force summary").click()
    page.locator("#variable-force input[value='no-force']").uncheck()
    page.locator("h1").click()
    page.wait_for_url(lambda url: "var-force" not in url)
    page.wait_for_selector("body[data-ready=true]")
    assert page.locator("#variable-force summary b").inner_text() == "All"
    assert stat(page, 1) != "0"


def test_the_period_that_the_figures_are_of_is_shown(page: Page, address: str) -> None:
    for period, told in (
        ("from=now-1y", "Last year"),
        ("from=now-1y&to=2026-01-31", "From now-1y to 2026-01-31"),
        ("from=2025-01-01", "From 2025-01-01"),
    ):
        opened(page, f"{address}/d/system-overview?{period}")
        assert page.locator("#range option:checked").inner_text() == told
    page.locator("#range").select_option("now-7d")
    page.wait_for_url("**from=now-7d")


@pytest.mark.parametrize("width", [390, 800, 1400])
def test_no_panel_covers_another(page: Page, address: str, store: Store, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    case_id = store.query("SELECT any(case_id) FROM casestream.cases", {})[0][0]
    for path in (f"system-overview?{PERIOD}", f"case-explorer?var-case_id={case_id}"):
        opened(page, f"{address}/d/{path}")
        boxes = [box for one in page.locator(".panel").all() if (box := one.bounding_box())]
        assert len(boxes) > 10
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
                below = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
                assert beside or below
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_board_that_is_not_there_is_told_in_a_line(page: Page, address: str) -> None:
    page.goto(f"{address}/d/no-board")
    page.wait_for_selector("body[data-ready=true]")
    box = page.locator("main > .error").bounding_box()
    assert box is not None
    assert box["width"] > 1_000
    assert "there is no board 'no-board'" in page.locator("main > .error").inner_text()


@pytest.mark.parametrize("number", ["99", "9" * 5_000])
def test_a_panel_that_is_not_there_is_not_found(address: str, number: str) -> None:
    assert got(f"{address}/api/boards/system-overview/panels/{number}")[0] == 404


def figures(address: str, panel: Panel, query: str) -> list[list[object]]:
    """The rows of a panel without what moves with the clock."""
    status, body = got(f"{address}/api/boards/system-overview/panels/{panel.id}?{query}")
    assert status == 200, body
    found = json.loads(body)
    names = [column["name"] for column in found["columns"]]
    return [[cell for name, cell in zip(names, row, strict=True) if name != "arrived"] for row in found["rows"]]


@pytest.mark.parametrize("variable", ["force", "offence_group"])
@pytest.mark.parametrize("panel", SYSTEM_OVERVIEW.panels, ids=lambda panel: str(panel.id))
def test_a_filter_moves_every_panel_that_does_not_say_otherwise(address: str, panel: Panel, variable: str) -> None:
    _status, body = got(f"{address}/api/boards/system-overview/variables/{variable}")
    chosen = {"force": ["20", "46"], "offence_group": [one["value"] for one in json.loads(body)]}[variable]
    everything = figures(address, panel, PERIOD)
    nothing = figures(address, panel, f"{PERIOD}&var-{variable}=none-of-this-name")
    parts = [figures(address, panel, f"{PERIOD}&var-{variable}={quote(value)}") for value in chosen]
    if "all areas" in panel.title:
        assert all(part == everything for part in [nothing, *parts])
        return
    assert not any(isinstance(cell, int | float) and cell for row in nothing for cell in row)
    assert any(part != everything for part in parts)
    if panel.id in (1, 2, 3, 4):
        assert sum(int(str(part[0][0])) for part in parts) == int(str(everything[0][0]))


def test_a_case_opens_with_its_timeline_and_how_it_was_linked(page: Page, address: str) -> None:
    opened(page, f"{address}/d/system-overview?{PERIOD}")
    link = page.locator("#panel-15 tbody a").first
    case_id = link.inner_text()
    link.click()
    page.wait_for_url("**/d/case-explorer/**")
    page.wait_for_selector("body[data-ready=true]")
    assert case_id in page.locator("#panel-1 .body").inner_text()
    assert page.locator("#panel-2 tbody tr").count() >= 5
    assert "asn" in page.locator("#panel-3 .body").inner_text()
    drawn = page.locator("#links-picture img")
    drawn.wait_for(state="visible")
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") > 200


def test_the_links_of_a_case_are_drawn_without_its_identifiers(address: str, store: Store) -> None:
    case_id, records = store.query(
        "SELECT case_id, groupArray(record_id) AS of_case FROM casestream.case_members FINAL GROUP BY case_id"
        " ORDER BY length(of_case) DESC, case_id LIMIT 1", {},
    )[0]  # fmt: skip
    status, drawn = got(f"{address}/api/cases/{case_id}/links.svg")
    assert status == 200
    boxes = {title.text for title in ElementTree.fromstring(drawn.decode()).iterfind(".//{*}g/{*}title")}
    assert boxes == set(records)  # type: ignore[call-overload]
    for (value,) in store.query(
        "SELECT DISTINCT key_value FROM casestream.record_keys FINAL WHERE key_kind IN ('asn', 'urn', 'crime_ref')", {}
    ):
        assert str(value) not in drawn.decode()
    old = f"c{sorted(records)[-1][1:]}"  # type: ignore[call-overload]
    assert got(f"{address}/api/cases/{old}/links.svg") == (200, drawn)


def test_an_older_name_of_a_case_leads_to_it(page: Page, address: str, store: Store) -> None:
    case_id, record_id = store.query(
        "SELECT case_id, record_id FROM casestream.case_members FINAL WHERE reason_kind != '' LIMIT 1", {}
    )[0]
    opened(page, f"{address}/d/case-explorer?var-case_id=c{str(record_id)[1:]}")
    assert str(case_id) in page.locator("#panel-1 .body").inner_text()


def test_the_page_moves_by_itself(page: Page, address: str, store: Store) -> None:
    opened(page, f"{address}/d/system-overview?{PERIOD}&refresh=5s")
    before = stat(page, 1)
    draw_cases(store, seed=2)
    page.wait_for_function(
        "before => document.querySelector('#panel-1 .body').innerText !== before", arg=before, timeout=20_000
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/boards/absent", 404),
        ("/api/boards/system-overview/panels/99", 404),
        ("/api/boards/absent/panels/1", 404),
        ("/api/boards/system-overview/variables/absent", 404),
        ("/api/boards/system-overview/panels/1?from=yesterday", 400),
        ("/api/boards/system-overview/panels/1?to=now/x", 400),
        ("/api/boards/system-overview/panels/1?from=now-999999999y", 400),
        ("/api/cases/c000000000000000000000000/links.svg", 404),
        ("/api/cases/c0'%20OR%201=1/links.svg", 404),
    ],
)
def test_a_question_that_cannot_be_answered_is_told(address: str, path: str, status: int) -> None:
    told, body = got(address + path)
    assert told == status
    assert json.loads(body)["error"]


def test_the_page_of_a_board_that_is_not_there_is_not_found(address: str) -> None:
    assert got(address + "/d/absent")[0] == 404
    assert got(address + "/d/system-overview")[0] == 200


def test_grafanas_rounded_times_are_taken(address: str) -> None:
    for period in ("from=now-1y/y&to=now-1y/y", "from=now/M&to=now/M", "from=now-3y&to=now/d"):
        status, body = got(f"{address}/api/boards/system-overview/panels/1?{period}")
        assert status == 200, body


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}], ids=str
)
def test_a_page_from_elsewhere_gets_nothing(address: str, headers: dict[str, str]) -> None:
    for path in ("/d/system-overview", "/api/boards/system-overview/panels/15"):
        status, body = got(address + path, headers)
        assert status == 403
        assert "this machine" in json.loads(body)["error"]
