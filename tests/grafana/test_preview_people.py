"""The preview in a real browser: from a case to the person of somebody in it, and from a join to its waterfall."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page

from clickhouse.store import Store
from tests.grafana.conftest import got, opened

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

Join = tuple[str, str, str]


@pytest.fixture(scope="module")
def join(address: str, store: Store) -> Join:
    """A person in a case, a record of theirs, and the record that the model joined it with."""
    ((person_id, record_id, other),) = store.query(
        "SELECT person_id, person_record_id, with_record FROM casestream.v_people_links"
        " WHERE ground = 'model' AND person_record_id IN (SELECT person_key FROM casestream.case_defendants FINAL)"
        " AND person_id IN (SELECT person_id FROM casestream.v_people WHERE records > 2)"
        " ORDER BY person_record_id LIMIT 1", {},
    )  # fmt: skip
    return str(person_id), str(record_id), str(other)


def _drawn(image: Locator) -> int:
    """The width of a picture that has come."""
    image.wait_for(state="visible")
    return int(image.evaluate("image => image.decode().then(() => image.naturalWidth)"))


def test_a_case_leads_to_a_person_and_a_join_to_its_waterfall(
    page: Page, address: str, store: Store, join: Join, tmp_path: Path
) -> None:
    person_id, record_id, _other = join
    ((case_id,),) = store.query(
        "SELECT case_id FROM casestream.case_defendants FINAL WHERE person_key = {record:String} LIMIT 1",
        {"record": record_id},
    )
    opened(page, f"{address}/d/case-explorer?var-case_id={case_id}")
    people = page.locator("#panel-9 tbody")
    assert {"defendant", "suspect"} & set(people.inner_text().split())
    people.get_by_text(person_id, exact=True).first.click()
    page.wait_for_url("**/d/person-explorer/**")
    page.wait_for_selector("body[data-ready=true]")
    assert person_id in page.locator("#panel-1 .body").inner_text()
    assert _drawn(page.locator("#links-picture img")) > 600, "two columns and more"
    assert page.locator("#join-picture").count() == 0, "none was clicked yet"
    assert str(case_id) in page.locator("#panel-4 .body").inner_text()

    page.locator("#panel-2 tbody").get_by_role("link", name=record_id).click()
    page.wait_for_url(f"**var-record_id={record_id}*")
    page.wait_for_selector("body[data-ready=true]")
    assert record_id in page.locator("#panel-3 .body").inner_text()
    assert _drawn(page.locator("#join-picture img")) == 1000
    assert _drawn(page.locator("#links-picture img")) > 600
    picture = tmp_path / "person-explorer.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 50_000

    page.locator("#panel-4 tbody a").first.click()
    page.wait_for_url("**/d/case-explorer/**")
    page.wait_for_selector("body[data-ready=true]")


def test_the_pictures_say_how_and_show_nothing_of_anybody(address: str, store: Store, join: Join) -> None:
    person_id, record_id, other = join
    status, graph = got(f"{address}/api/people/{person_id}/links.svg")
    records = store.query(
        "SELECT person_record_id FROM casestream.v_people_of_records WHERE person_id = {person:String}",
        {"person": person_id},
    )
    boxes = {title.text for title in ElementTree.fromstring(graph.decode()).iterfind(".//{*}g/{*}title")}
    assert (status, boxes) == (200, {str(one) for (one,) in records})
    assert got(f"{address}/api/people/p{record_id[1:]}/links.svg") == (200, graph), "an older id leads to the person"
    status, waterfall = got(f"{address}/api/people/pairs/{other}/{record_id}/waterfall.svg")
    told = [text.text or "" for text in ElementTree.fromstring(waterfall.decode()).iterfind(".//{*}text")]
    assert status == 200
    assert "date_of_birth" in told and told[-1] == "joined: 20 bits or more"
    assert [line for line in told if line.startswith("shared key: rule ")]
    details = store.query(
        "SELECT arrayJoin(arrayFilter(x -> x != '', arrayConcat(births, postcodes, alias_last_names,"
        " [ifNull(first_name, ''), ifNull(last_name, ''), ifNull(pnc, ''), ifNull(cro, ''), ifNull(crn, '')])))"
        " FROM casestream.people_records FINAL WHERE person_record_id IN {records:Array(String)}",
        {"records": [str(one) for (one,) in records]},
    )
    assert details and not [one for (one,) in details if str(one) in graph.decode() + waterfall.decode()]


NOBODY = "0" * 24


@pytest.mark.parametrize(
    "path",
    [
        f"p{NOBODY}/links.svg", f"c{NOBODY}/links.svg", "p'%20OR%201=1/links.svg",
        f"pairs/i{NOBODY}/i{NOBODY[:-1]}1/waterfall.svg", f"pairs/r{NOBODY}/r{NOBODY}/waterfall.svg",
    ],
)  # fmt: skip
def test_whoever_is_not_there_is_told(address: str, path: str) -> None:
    status, body = got(f"{address}/api/people/{path}")
    assert status == 404
    assert json.loads(body)["error"]
