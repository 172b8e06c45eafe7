"""Each defect occurs about as often as asked, and changes arrivals and contents, never the truth."""

from collections import Counter
from datetime import timedelta
from typing import Any

import orjson
import pytest

from schemas.events import EVENT
from simulator import Defects, Happening, Plan, happenings
from simulator.defects import links
from simulator.write import truth_lines

CASES = 1_500


def run(defects: Defects | None = None) -> list[Happening]:
    return list(happenings(Plan(cases=CASES, defects=defects or Defects())))


def by_id(happened: list[Happening]) -> dict[str, dict[str, Any]]:
    return {event["id"]: event for event in (orjson.loads(each.value) for each in happened)}


@pytest.fixture(scope="module")
def clean() -> list[Happening]:
    return run()


ALL = Defects(0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05)


def test_events_stay_valid_and_the_history_the_same_each_time() -> None:
    spoilt = run(ALL)
    assert spoilt == run(ALL)
    for each in spoilt:
        EVENT.validate_json(each.value)


def test_duplicates_are_the_same_bytes_again(clean: list[Happening]) -> None:
    spoilt = run(Defects(duplicates=0.1))
    counts = Counter(each.value for each in spoilt)
    assert set(counts) == {each.value for each in clean}
    assert sum(counts.values()) - len(counts) == pytest.approx(0.1 * len(clean), rel=0.2)


def test_late_events_arrive_hours_to_weeks_later(clean: list[Happening]) -> None:
    usual = {each.value: each.arrival for each in clean}
    spoilt = run(Defects(late=0.1))
    delays = [each.arrival - usual[each.value] for each in spoilt]
    late = [delay for delay in delays if delay]
    assert len(late) == pytest.approx(0.1 * len(clean), rel=0.2)
    assert min(late) >= timedelta(hours=2)
    assert max(late) > timedelta(days=14)


def test_out_of_order_events_arrive_after_their_successors(clean: list[Happening]) -> None:
    usual = {each.value: each.arrival for each in clean}
    spoilt = run(Defects(out_of_order=0.1))
    later = sum(each.arrival > usual[each.value] for each in spoilt)
    assert later == pytest.approx(0.1 * len(clean), rel=0.3)


def linking(event: dict[str, Any], optional: bool) -> list[str]:
    return sorted(
        str(link.holder[link.field]) for link in links(event["type"], event["data"]) if link.optional or not optional
    )


@pytest.mark.parametrize("defect", ["missing_identifiers", "mistyped_identifiers", "corrections"])
def test_identifiers_go_wrong_as_often_as_asked(clean: list[Happening], defect: str) -> None:
    before, after = by_id(clean), by_id(run(Defects(**{defect: 0.1})))
    optional = defect == "missing_identifiers"
    able = [name for name, event in before.items() if linking(event, optional)]
    changed = [name for name in able if name in after and before[name]["data"] != after[name]["data"]]
    assert len(changed) == pytest.approx(0.1 * len(able), rel=0.2)
    for name in changed:
        lost = len(linking(before[name], False)) - len(linking(after[name], False))
        assert lost == (1 if optional else 0)
    corrected = [name for name in after if name.endswith("c")]
    assert bool(corrected) == (defect == "corrections")
    for name in corrected:
        assert after[name]["data"] == before[name[:-1]]["data"]
        assert after[name]["time"] > before[name[:-1]]["time"]


def test_deletions_are_told_and_marked_in_the_truth(clean: list[Happening]) -> None:
    plan = Plan(cases=CASES, defects=Defects(deletions=0.1))
    gone = [each for each in happenings(plan) if b'"type":"record.deleted"' in each.value]
    records = len({each.key for each in clean})
    assert len(gone) == pytest.approx(0.1 * records, rel=0.2)
    assert {each.key for each in gone} <= {each.key for each in clean}
    lines = list(truth_lines(plan))
    marked = {(line.source, line.kind, line.subject) for line in lines if line.deleted}
    assert marked == {tuple(each.key.split("\x1f")) for each in gone}
    assert {line.record for line in lines} == {line.record for line in truth_lines(Plan(cases=CASES))}


def test_merges_tell_a_second_number_first(clean: list[Happening]) -> None:
    spoilt = run(Defects(merges=0.5))
    people = len({each.key for each in clean if "hmpps.probation_case" in each.key})
    merged = [orjson.loads(each.value)["data"] for each in spoilt if "hmpps.merge" in each.key]
    known = {each.key.split("\x1f")[2] for each in spoilt if "hmpps.probation_case" in each.key}
    assert len({each["merged_id"] for each in merged}) == pytest.approx(0.5 * people, rel=0.3)
    assert all({each["merged_id"], each["kept_id"]} <= known for each in merged)
    assert all(each["merged_id"] != each["kept_id"] for each in merged)


def test_the_truth_is_that_of_the_clean_history() -> None:
    spoilt = Defects(missing_identifiers=0.2, mistyped_identifiers=0.2, duplicates=0.2, corrections=0.2)
    truth = set(truth_lines(Plan(cases=400)))
    assert set(truth_lines(Plan(cases=400, defects=spoilt))) == truth
