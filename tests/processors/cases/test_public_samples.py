"""Real public messages and files: every row fits its table, and the open data counts as in decisions, section 8."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from processors.adapters.police_uk import police_uk
from processors.adapters.spi import spi
from processors.cases.histories import RecordHistory, RecordState, parse_body
from processors.cases.project import project_case
from processors.standardise.standardise import Accepted, accept
from schemas.flow import EventRef, Part, case_id_of
from tests.processors.cases.test_project import check

SAMPLES = Path(__file__).resolve().parents[3] / ".." / "shared" / "samples"
ADAPTERS = {"hmcts": common_platform, "spi": spi, "police-uk": police_uk}


def read(paths: Iterable[Path]) -> Iterator[tuple[RecordHistory, Part]]:
    """The records of some files, with all their states, and the last part of each."""
    states: dict[str, list[RecordState]] = defaultdict(list)
    last: dict[str, tuple[tuple[str, str, str], Part]] = {}
    for path in paths:
        adapter = ADAPTERS[path.relative_to(SAMPLES).parts[0]]
        for event in adapter(SourceFile(path.name, path.read_bytes(), "2025-01-01T00:00:00Z")):
            if isinstance(event, Refusal):
                continue
            accepted = accept(event, EventRef("test", 0, 0, 0))
            if not isinstance(accepted, Accepted):
                continue
            head = accepted.head
            for part in head.parts:
                states[part.record_id].append(RecordState(head.order, False, parse_body(head.kind, part.body)))
                last[part.record_id] = ((head.kind, head.source, head.subject), part)
    for name, told in states.items():
        (kind, source, subject), part = last[name]
        ordered = tuple(sorted({state.order: state for state in told}.values(), key=lambda state: state.order))
        yield RecordHistory(name, kind, source, subject, part.part, ordered), part


def files(pattern: str) -> list[Path]:
    found = sorted(path for path in SAMPLES.glob(pattern) if path.suffix in (".json", ".xml", ".csv"))
    if not found:
        pytest.skip("the public samples are not here")
    return found


@pytest.mark.parametrize("pattern", ["hmcts/**/*", "spi/**/*"])
def test_each_real_message_is_projected(pattern: str) -> None:
    projected = 0
    for path in files(pattern):
        records = [record for record, _ in read([path])]
        rows = project_case("c1", records)
        check(rows)
        assert project_case("c1", list(reversed(records))) == rows
        projected += bool(rows)
    assert projected >= 10


def test_open_data_counts_crimes_incidents_stops_and_waiting_outcomes() -> None:
    cases: dict[str, list[RecordHistory]] = defaultdict(list)
    for record, part in read(files("police-uk/*.csv")):
        cases[part.keys[0].value if part.keys else record.record_id].append(record)
    counts: Counter[str] = Counter()
    waiting = matched = 0
    for records in cases.values():
        rows: dict[str, Any] = project_case(case_id_of(records[0].record_id), records)
        for name, made in rows.items():
            counts[name] += len(made)
        matched += sum(bool(row.sources.count("police.crime_outcome")) for row in rows.get("case_crimes", ()))
        waiting += set(rows) == {"case_agencies"}
    assert counts["case_crimes"] == counts["cases"] == 9_223
    assert counts["incidents"] == 2_126
    assert counts["stop_searches"] == 707
    assert (matched, waiting) == (6_347, 2_944)
