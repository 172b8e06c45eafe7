"""Co-defendants whom SPI tells in messages of their own, from the message to the rows."""

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.spi import spi
from schemas.events import Event
from schemas.rows import CourtCaseRow, DefendantRow, ResultRow
from tests.in_process import heads_of, rows_of
from tests.processors.adapters.test_spi import ANN, BEN, NEW_CASE, both

ADDED = NEW_CASE.replace("2401AB0000000000001A", "2401AB0000000000002B").replace(">Made<", ">Added<")


def events(content: str, at: str) -> list[Event]:
    found = list(spi(SourceFile("message.xml", content.encode(), at)))
    assert not any(isinstance(one, Refusal) for one in found), found
    return [one for one in found if not isinstance(one, Refusal)]


def defendants(*told: list[Event]) -> list[DefendantRow]:
    return rows_of(heads_of([one for some in told for one in some]))["case_defendants"]  # type: ignore[return-value]


def test_results_of_co_defendants_under_one_reference_are_two_defendants() -> None:
    apart = (events(ANN, "2024-07-01T17:00:00Z"), events(BEN, "2024-07-01T17:05:00Z"))
    assert len(defendants(*apart)) == 2
    assert len(defendants(*reversed(apart))) == 2
    assert len(defendants(events(both(ANN, BEN), "2024-07-01T17:00:00Z"))) == 2


def test_an_amended_result_replaces_that_of_its_defendant_alone() -> None:
    amended = events(BEN.replace(">1015<", ">1016<"), "2024-07-02T17:00:00Z")
    rows = rows_of(heads_of([*events(both(ANN, BEN), "2024-07-01T17:00:00Z"), *amended]))
    results: list[ResultRow] = rows["case_results"]  # type: ignore[assignment]
    assert len({row.defendant_id for row in results}) == 2
    assert sorted(row.code for row in results) == ["1002", "1002", "1015", "1016", "4028", "4028"]


def test_a_defendant_added_later_leaves_the_first_in_the_case() -> None:
    first, later = events(NEW_CASE, "2024-06-05T10:00:00Z"), events(ADDED, "2024-06-06T10:00:00Z")
    assert len(defendants(first, later)) == len(defendants(later, first)) == 2


def test_what_is_said_of_the_whole_case_is_that_of_the_latest_message() -> None:
    summons = ADDED.replace("<CaseInitiation>C", "<CaseInitiation>S")
    told = [*events(summons, "2024-06-06T10:00:00Z"), *events(NEW_CASE, "2024-06-05T10:00:00Z")]
    (row,) = rows_of(heads_of(told))["case_court_cases"]
    assert isinstance(row, CourtCaseRow)
    assert (row.initiation, row.defendants) == ("S", 2)
