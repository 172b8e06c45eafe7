"""One word for each interface's code: the whole national lists agree with the tables."""

import json
from typing import Any

import pytest

from processors.adapters.common_platform_codes import sex, spi_finding, spi_plea, spi_remand
from schemas.codes import (
    ETHNICITIES_SELF,
    FINDINGS,
    MODES_OF_TRIAL,
    PLEAS,
    REMAND,
    SEXES,
    Coded,
    words,
)
from schemas.vocabulary import BAIL_STATUSES
from simulator.people import ETHNICITIES
from tests.conftest import SHARED

LISTS = {
    "plea-status": PLEAS, "verdict": FINDINGS, "remand-status": REMAND, "gender": SEXES,
    "mode-of-trial-reason": MODES_OF_TRIAL,
}  # fmt: skip


def standing(name: str) -> list[dict[str, str]]:
    path = SHARED / "reference" / "bichard7-standing-data" / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the national list {name} is not here")
    found: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", LISTS)
def test_the_rows_of_a_national_list_are_each_one_word(name: str) -> None:
    rows = LISTS[name]
    seen = set()
    for told in standing(name):
        row = next(row for row in rows if told["spiCode"] in row.spi)
        assert told["cjsCode"] in (row.cjs or ("",)), told
        assert told.get("pncCode", "") in (row.pnc or ("",)), told
        assert told.get("xhibitCode", "") in (row.xhibit or ("",)), told
        seen.add(row.word)
    assert seen == {row.word for row in rows}


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
def test_an_spi_code_is_of_one_word_only(rows: tuple[Coded, ...]) -> None:
    codes = [code for row in rows for code in row.spi]
    assert len(codes) == len(set(codes)) == len(words(rows, "spi"))


def test_every_bail_status_of_the_courts_has_its_word() -> None:
    path = SHARED / "reference" / "hmcts-refdata" / "bail-statuses.json"
    if not path.exists():
        pytest.skip("the national list of bail statuses is not here")
    told: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["bailStatuses"]
    assert {one["statusCode"] for one in told} == set(words(REMAND, "hmcts"))
    assert set(words(REMAND, "hmcts")) <= set(BAIL_STATUSES)


def test_custody_of_spi_does_not_become_the_courts_conditional_bail() -> None:
    assert BAIL_STATUSES[spi_remand("P") or ""] == "custody"
    assert BAIL_STATUSES["P"] == "conditional_bail"
    assert [spi_remand(code) for code in ("B", "u", "Z", None)] == ["B", "U", "Z", None]
    for code, word in words(REMAND, "spi").items():
        assert BAIL_STATUSES[spi_remand(code) or ""] == word


def test_adapters_speak_these_words() -> None:
    assert all(spi_plea(code) == word for code, word in words(PLEAS, "spi").items())
    assert all(spi_finding(code) == word for code, word in words(FINDINGS, "spi").items())
    assert all(sex(code) == word for code, word in words(SEXES, "spi").items())


def test_made_up_people_have_known_ethnicities() -> None:
    assert set(ETHNICITIES) <= set(ETHNICITIES_SELF)
