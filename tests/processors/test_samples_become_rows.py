"""The committed table of what each real sample file becomes by itself: records, and rows by table.

What events, identifiers, defendants, offences and results a file holds, or which rule rejects it and why, stands in
tests/processors/adapters/expected/. `python -m tests.processors.test_samples_become_rows` writes this table anew; read
the difference before it is committed.
"""

import json
import random
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from processors.adapters.base import Adapter, Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from processors.adapters.cps import cps
from processors.adapters.hmpps import hmpps
from processors.adapters.police_uk import police_uk
from processors.adapters.spi import spi
from schemas.events import Event
from schemas.rows import Row
from tests.conftest import SHARED
from tests.in_process import heads_of, rows_of
from tests.shares import results_of

SAMPLES = SHARED / "samples"
TABLE = Path(__file__).parent / "expected" / "rows.yaml"
TOGETHER = Path(__file__).parent / "expected" / "together.yaml"
FOLDERS: dict[str, Adapter] = {
    "hmcts": common_platform, "spi/spi-in": spi, "spi/spi-out": spi, "spi/cpp-json": spi, "spi/cps": cps,
    "hmpps": hmpps, "police-uk": police_uk,
}  # fmt: skip
AT = "2026-01-31T12:00:00Z"

Found = dict[str, dict[str, int]] | dict[str, str]


def files() -> Iterator[tuple[str, Path, Adapter]]:
    for folder, adapter in FOLDERS.items():
        for path in sorted((SAMPLES / folder).rglob("*")):
            if path.is_file() and path.name != "SOURCES.md":
                yield str(path.relative_to(SAMPLES)), path, adapter


def told(path: Path, adapter: Adapter) -> tuple[list[Event], list[Refusal]]:
    events, refusals = [], []
    for one in adapter(SourceFile(path.name, path.read_bytes(), AT)):
        if isinstance(one, Refusal):
            refusals.append(one)
        else:
            events.append(one)
    return events, refusals


def becomes(path: Path, adapter: Adapter) -> Found:
    """Records by kind and rows by table, or the rule that rejects the file."""
    events, refusals = told(path, adapter)
    if refusals and not events:
        return {"rejected": ", ".join(sorted({refusal.rule for refusal in refusals}))}
    heads = heads_of(events)
    records: dict[str, int] = {}
    for kind, record_id in sorted({(head.kind, part.record_id) for head in heads for part in head.parts}):
        assert record_id
        records[kind] = records.get(kind, 0) + 1
    return {"records": records, "rows": {table: len(rows) for table, rows in rows_of(heads).items()}}


def write() -> None:
    """Write the table anew."""
    table = {name: becomes(path, adapter) for name, path, adapter in files()}
    head = "# What each public sample becomes by itself: records by kind, rows by table, or the rule that rejects it.\n"
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(head + yaml.safe_dump(table, sort_keys=True, default_flow_style=None, width=120), encoding="utf-8")
    head = "# Rows by table of the samples in the folders hmcts, spi and hmpps, all of them in one instance.\n"
    rows = {table: len(made) for table, made in rows_of(heads_of(together())).items()}
    TOGETHER.write_text(head + yaml.safe_dump(rows, sort_keys=True), encoding="utf-8")


def together() -> list[Event]:
    """The events of all samples of courts, SPI and HMPPS. Placeholder ids that several files carry make them one."""
    named = ("hmcts/", "spi/spi-", "spi/cpp-json/", "hmpps/")
    return [event for name, path, adapter in files() if name.startswith(named) for event in told(path, adapter)[0]]


def counted_together() -> dict[str, int]:
    """Rows by table of all those samples in one instance, as committed."""
    found: dict[str, int] = yaml.safe_load(TOGETHER.read_text(encoding="utf-8"))
    return found


needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not beside this checkout")


@needs_samples
@pytest.mark.parametrize(("name", "path", "adapter"), list(files()), ids=[name for name, _p, _a in files()])
def test_a_real_sample_becomes_the_rows_of_the_table(name: str, path: Path, adapter: Adapter) -> None:
    expected = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    assert name in expected, "a new sample: read what it becomes, then write the table anew"
    assert becomes(path, adapter) == expected[name]


@needs_samples
@pytest.mark.parametrize("seed", range(3))
def test_all_samples_together_give_the_same_rows_in_any_order_and_twice(seed: int) -> None:
    events = together()
    expected = rows_of(heads_of(events))
    assert {table: len(rows) for table, rows in expected.items()} == counted_together()
    again = [*events, *events]
    random.Random(seed).shuffle(again)
    assert rows_of(heads_of(again)) == expected


@needs_samples
def test_an_amended_hearing_has_the_results_of_its_last_share_in_every_order() -> None:
    shares = sorted((SAMPLES / "hmcts" / "sequences" / "amend-new-offence-only").glob("*.json"))
    expected = results_of(json.loads(shares[-1].read_text(encoding="utf-8")))
    events = [event for path in shares for event in told(path, common_platform)[0]]
    first: dict[str, list[Row]] = {}
    for order in permutations(events):
        rows = rows_of(heads_of(order))
        first = first or rows
        assert rows == first
    shown: Any = first["case_results"]
    assert sorted((r.defendant_id, r.offence_id, r.application_id, r.code, r.label) for r in shown) == expected


if __name__ == "__main__":
    write()
