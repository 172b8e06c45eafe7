"""Every public sample of HMCTS Common Platform against the committed table of what it becomes, and against counts that
are taken from its JSON without the adapter."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from schemas import court
from schemas.events import Event

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "hmcts"
TABLE = Path(__file__).parent / "expected" / "hmcts.yaml"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(TABLE.read_text())
OLDER = {"case-events/public.progression.hearing-resulted.json", "hearing-events/public.hearing.resulted.json"}
"""The older form nests cases in defendants: see test_common_platform_hearing."""

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public samples (../shared) are not here")


def read(name: str) -> list[Event | Refusal]:
    path = SAMPLES / name
    return list(common_platform(SourceFile(path.name, path.read_bytes())))


def summary(outcome: list[Event | Refusal]) -> dict[str, Any]:
    """What the table says of a file."""
    refused = [one for one in outcome if isinstance(one, Refusal)]
    if refused:
        return {"refused": {"rule": refused[0].rule, "reason": refused[0].reason}}
    events = [one for one in outcome if not isinstance(one, Refusal)]
    subjects = Counter(one.type for one in events)
    found: dict[str, Any] = {"events": dict(subjects)}
    patched = sorted({one.data.patch for one in events if isinstance(one.data, court.Patch)})
    if patched:
        found["patches"] = patched
    found["urns"] = sorted({urn for one in events for urn in _urns(one.data)})
    defendants = [item for one in events for item in _defendants(one.data)]
    offences = [item for one in defendants for item in one.offences]
    applications = [item for one in events if isinstance(one.data, court.Hearing) for item in one.data.applications]
    found["cases"] = sum(len(one.data.cases) if isinstance(one.data, court.Hearing) else 1 for one in events)
    found["defendants"] = len(defendants)
    found["offences"] = len(offences)
    found["applications"] = len(applications)
    found["results"] = {
        "offence": sum(len(item.results) for item in offences),
        "defendant": sum(len(item.results) for item in defendants),
        "application": sum(len(item.results) for item in applications),
    }
    if patched:
        del found["cases"]
    return found


def _urns(data: object) -> list[str]:
    if isinstance(data, court.Hearing):
        return [item.ids.urn for item in data.cases if item.ids.urn] + [
            urn for item in data.applications for urn in item.urns
        ]
    if isinstance(data, court.Patch):
        return [*data.urns, *([data.ids.urn] if data.ids.urn else [])]
    if isinstance(data, court.CourtCase | court.ResultedCase) and data.ids.urn:
        return [data.ids.urn]
    return []


def _defendants(data: object) -> list[court.CourtDefendant]:
    if isinstance(data, court.Hearing):
        return [one for item in data.cases for one in item.defendants]
    if isinstance(data, court.CourtCase | court.ResultedCase | court.Patch):
        return list(data.defendants)
    return []


def test_every_sample_stands_in_the_table() -> None:
    samples = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.json")}
    assert samples == set(EXPECTED)
    assert list(EXPECTED) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_becomes_what_the_table_says(name: str) -> None:
    assert summary(read(name)) == EXPECTED[name]


def test_only_well_formed_messages_of_documented_kinds_are_public_so_none_is_refused() -> None:
    assert [name for name, said in EXPECTED.items() if "refused" in said] == []


def _results_in(value: object) -> int:
    """Results in the JSON, wherever they stand, without those that were deleted. `prosectionCases` is a misspelt copy
    of the same cases; a court order (no result id) is not a result of this hearing."""
    if isinstance(value, dict):
        own = "judicialResultId" in value and not value.get("isDeleted")
        return own + sum(_results_in(item) for key, item in value.items() if key != "prosectionCases")
    return sum(_results_in(item) for item in value) if isinstance(value, list) else 0


@pytest.mark.parametrize("name", EXPECTED)
def test_no_result_is_lost_or_doubled(name: str) -> None:
    document = json.loads((SAMPLES / name).read_text())
    lines = document.get("hearing", {}).get("sharedResultLines", []) if isinstance(document, dict) else []
    assert sum(EXPECTED[name]["results"].values()) == _results_in(document) + len(lines)


@pytest.mark.parametrize(
    "name", [name for name, said in EXPECTED.items() if "court.hearing" in said["events"] and name not in OLDER]
)
def test_no_case_defendant_or_offence_is_lost(name: str) -> None:
    document = json.loads((SAMPLES / name).read_text())
    hearing = document.get("hearing", document)
    cases = hearing.get("prosecutionCases", [])
    defendants = [one for case in cases for one in case["defendants"]]
    said = EXPECTED[name]
    assert (said["cases"], said["defendants"], said["offences"]) == (
        len(cases), len(defendants), sum(len(one["offences"]) for one in defendants),
    )
    assert said["applications"] == len(hearing.get("courtApplications", []))


def test_a_reshare_is_a_later_state_of_the_same_subject_with_other_content() -> None:
    """Six shares of one day: each is the whole hearing, so the number of results goes up and down."""
    folder = "sequences/amend-new-offence-only"
    shares = [read(f"{folder}/hearing-results-added-for-day-{day}.json")[0] for day in range(1, 7)]
    events = [one for one in shares if not isinstance(one, Refusal)]
    assert len({one.subject for one in events}) == 1
    assert len({one.id for one in events}) == 6
    times = [one.time for one in events]
    assert times == sorted(times, key=str)
    assert [sum(summary([one])["results"].values()) for one in events] == [15, 11, 16, 10, 16, 20]


def test_the_same_file_read_twice_is_the_same_events() -> None:
    name = "hearing-resulted/public.hearing.resulted-adjournment.json"
    assert read(name) == read(name)
