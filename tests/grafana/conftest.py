"""The preview of a small simulated history, and a real browser to look at it with."""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from clickhouse.store import Endpoint, Store
from tests.grafana.drawn_cases import draw_cases
from tests.tables import empty


@pytest.fixture(scope="module")
def address(store: Store, clickhouse_endpoint: Endpoint) -> Iterator[str]:
    empty(store)
    draw_cases(store)
    process = subprocess.Popen(
        [sys.executable, "-m", "casestream.preview", "--clickhouse", f"http://127.0.0.1:{clickhouse_endpoint.port}"],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    yield f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}"
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        assert not os.environ.get("CI"), "CI leaves nothing out: install Chromium"
        pytest.skip("no Chromium on this machine: the preview was not opened in a browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1400, "height": 1800})
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("requestfailed", lambda request: faults.append(request.url))
    made.on("request", lambda request: faults.append(request.url) if "127.0.0.1" not in request.url
            and not request.url.startswith(("data:", "blob:")) else None)  # fmt: skip
    yield made
    assert not faults
    made.close()


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector("body[data-ready=true]")
    assert page.locator(".body[data-state=error]").count() == 0
    return page


def got(url: str, headers: Mapping[str, str] = MappingProxyType({})) -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers=dict(headers))
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
