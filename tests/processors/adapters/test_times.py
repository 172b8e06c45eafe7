"""Times as agencies write them become moments: UTC with `Z`, a day, or a month."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from processors.adapters.times import day, moment
from schemas.values import Moment

_MOMENT: TypeAdapter[str] = TypeAdapter(Moment)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2022-05", "2022-05"),
        ("2022-05-12", "2022-05-12"),
        ("12/05/2022", "2022-05-12"),
        ("2022-05-12Z", "2022-05-12"),
        ("2022-05-12+01:00", "2022-05-12"),
        ("01/01/2022 09:05", "2022-01-01T09:05:00Z"),
        ("12/05/2022 18:35:59", "2022-05-12T17:35:59Z"),
        ("2022-05-12T10:04:00Z", "2022-05-12T10:04:00Z"),
        ("2022-05-12 10:04Z", "2022-05-12T10:04:00Z"),
        ("2023-07-31T09:26:39+01:00", "2023-07-31T08:26:39Z"),
        ("2023-07-31T09:26:39-0130", "2023-07-31T10:56:39Z"),
        ("2023-06-19T18:35:59.442+01:00[Europe/London]", "2023-06-19T17:35:59.442Z"),
        ("2023-06-19T18:35:59[Europe/London]", "2023-06-19T17:35:59Z"),
        ("2023-06-19T18:35:59[UTC]", "2023-06-19T18:35:59Z"),
        ("2023-07-31T09:26:39.362Z+01:00", "2023-07-31T09:26:39.362Z"),
        ("2021-03-01T12:30:45.1234567Z", "2021-03-01T12:30:45.123456Z"),
        ("2021-03-01T12:30:45.500000000Z", "2021-03-01T12:30:45.5Z"),
        ("2020-02-25T11:24:32.935401", "2020-02-25T11:24:32.935401Z"),
        ("2020-07-25T11:24:32", "2020-07-25T10:24:32Z"),
        ("Mon Jun 19 18:35:59 BST 2023", "2023-06-19T17:35:59Z"),
        ("Fri Jan 05 00:00:00 GMT 2024", "2024-01-05T00:00:00Z"),
        (" 2022-05-12T10:04:00Z ", "2022-05-12T10:04:00Z"),
    ],
)
def test_written_time_is_read(written: str, read: str) -> None:
    assert moment(written) == read
    assert _MOMENT.validate_python(read) == read


@pytest.mark.parametrize(
    "written",
    [
        None, "", "yesterday", "2022-13", "0000-01", "2022-02-30", "31/02/2022", "2022-05-12T25:00:00Z", "1652349840",
        "2022-05-12T10:04:00+99:00", "0001-01-01T00:00:00+01:00", "Mon Foo 19 18:35:59 BST 2023", "٢٠٢٢-٠٥",
    ],
)
def test_anything_else_is_none(written: str | None) -> None:
    assert moment(written) is None


def test_end_of_summer_time_is_taken_as_its_first_pass() -> None:
    assert moment("2022-10-30T01:30:00") == "2022-10-30T00:30:00Z"


def test_hour_that_the_clocks_skip_is_moved_on() -> None:
    assert moment("2022-03-27T01:30:00") == "2022-03-27T01:30:00Z"


def test_day_is_that_of_london() -> None:
    assert day("2023-06-19T23:30:00Z") == "2023-06-20"
    assert day("2023-06-19") == "2023-06-19"
    assert day("2023-06") is None
    assert day("9999-12-31T23:59:59Z") == "9999-12-31"


@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    read = moment(text)
    assert read is None or _MOMENT.validate_python(read) == read


@given(st.datetimes(timezones=st.just(UTC)))
def test_utc_times_keep_their_instant(when: datetime) -> None:
    read = moment(when.isoformat())
    assert read is not None
    assert datetime.fromisoformat(read) == when
