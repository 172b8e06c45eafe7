"""The committed table of what real samples become, and how a test holds an adapter to it.

`expected/<samples>.yaml` has an entry for each sample file, by its path: the events that it becomes (their number by
type) and the identifiers in them, or the rule that refuses it and why. A new sample without an entry fails.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from processors.adapters.base import Adapter, Refusal, SourceFile
from schemas.events import Event

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
_EXPECTED = Path(__file__).parent / "expected"
_IDENTIFIERS = {
    "prison_number", "crn", "booking_id", "merged_id", "kept_id", "urn", "court_case_id", "hearing_id", "cps_case_id",
    "libra_case_number", "libra_defendant_id",
}


def samples(folder: str) -> list[Path]:
    """The files of a folder of samples; skips the test where they are absent."""
    root = SHARED / "samples" / folder
    if not root.is_dir():
        pytest.skip(f"the real samples are not here: {folder}")
    return sorted(path for path in root.rglob("*") if path.is_file())


def expected(name: str) -> dict[str, dict[str, object]]:
    """A committed table, by path."""
    table: dict[str, dict[str, object]] = yaml.safe_load((_EXPECTED / f"{name}.yaml").read_text(encoding="utf-8"))
    return table


def seen(adapter: Adapter, folder: str) -> dict[str, dict[str, object]]:
    """What an adapter makes of every file of a folder, in the form of the table."""
    root = SHARED / "samples" / folder
    return {
        path.relative_to(root).as_posix(): _entry(list(adapter(SourceFile(path.name, path.read_bytes()))))
        for path in samples(folder)
    }


def _entry(out: list[Event | Refusal]) -> dict[str, object]:
    entry: dict[str, object] = {}
    events = [each for each in out if not isinstance(each, Refusal)]
    if events:
        entry["events"] = dict(sorted(Counter(event.type for event in events).items()))
        entry["distinct"] = len({(event.source, event.id) for event in events})
        entry["sources"] = sorted({event.source for event in events})
        found = {pair for event in events for pair in _identifiers(event.data.model_dump())}
        if found:
            entry["identifiers"] = [f"{name} {value}" for name, value in sorted(found)]
    refusals = [each for each in out if isinstance(each, Refusal)]
    if refusals:
        entry["refused"] = [{"rule": each.rule, "field": each.field, "reason": each.reason} for each in refusals]
    return entry


def _identifiers(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in _IDENTIFIERS and isinstance(inner, str):
                yield name, inner
            else:
                yield from _identifiers(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _identifiers(inner)
