"""The truth of a clean history is what its identifiers say; and it takes a chain of them to see it."""

from collections import defaultdict
from pathlib import Path

import orjson
import pytest

from processors.standardise.standardise import Accepted, standardise
from schemas.flow import EventRef
from simulator import Plan, happenings, score, write_history
from simulator.write import truth_lines
from tests.simulator.links import components, longest_chain, records


@pytest.mark.parametrize("plan", [
    Plan(seed=1, cases=1_500), Plan(seed=2, events=4_000), Plan(seed=3, cases=600, areas=("42",)),
    Plan(seed=4, cases=800, months=6),
], ids=lambda plan: f"seed {plan.seed}")  # fmt: skip
def test_truth_is_what_the_identifiers_join(plan: Plan) -> None:
    found = records(each.value for each in happenings(plan))
    truth = {line.record: line.case for line in truth_lines(plan) if line.case is not None}
    assert set(truth) == set(found)
    result = score(truth.items(), components(found).items())
    assert (result.precision, result.recall, result.f1) == (1.0, 1.0, 1.0)
    assert result.cases_true == result.cases_found
    assert result.missing == result.unknown == 0


def test_at_least_half_of_the_charged_cases_need_a_chain_of_three_identifiers() -> None:
    plan = Plan(cases=2_500)
    found = records(each.value for each in happenings(plan))
    cases: dict[str, dict[str, tuple[str, set[tuple[str, str]]]]] = defaultdict(dict)
    for line in truth_lines(plan):
        if line.case is not None:
            cases[line.case][line.record] = found[line.record]
    charged = [case for case in cases.values() if any(kind == "police.prosecution" for kind, _ in case.values())]
    assert len(charged) > 100
    assert sum(longest_chain(case) >= 3 for case in charged) / len(charged) >= 0.5
    for case in charged:  # no identifier is on all records
        shared = set.intersection(*({kind for kind, _ in keys} for _, keys in case.values()))
        assert not shared


def test_hearings_have_a_line_for_each_case(tmp_path: Path) -> None:
    count = write_history(Plan(cases=1_200), tmp_path / "events.jsonl", tmp_path / "truth.jsonl")
    assert count == len((tmp_path / "events.jsonl").read_bytes().splitlines())
    lines = [orjson.loads(line) for line in (tmp_path / "truth.jsonl").read_bytes().splitlines()]
    assert len({line["record"] for line in lines}) == len(lines)
    assert all(set(line) == {"record", "kind", "source", "subject", "part", "case", "persons"} for line in lines)
    cases_of: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        assert bool(line["part"]) == (line["kind"] == "court.hearing")
        if line["part"]:
            cases_of[line["subject"]].add(line["case"])
    assert {len(cases) for cases in cases_of.values()} == {1, 2}


def test_history_without_truth_and_with_progress(tmp_path: Path) -> None:
    told: list[int] = []
    assert write_history(Plan(events=12_000), tmp_path / "events.jsonl", None, told.append) == 12_000
    assert told == [10_000, 12_000]
    assert [path.name for path in tmp_path.iterdir()] == ["events.jsonl"]


def test_the_flow_makes_the_same_records_and_finds_no_fault() -> None:
    plan = Plan(cases=400)
    made: set[str] = set()
    for offset, each in enumerate(happenings(plan)):
        accepted = standardise(each.value, EventRef("feeds", 0, 0, offset))
        assert isinstance(accepted, Accepted)
        assert accepted.findings == ()
        made |= {part.record_id for part in accepted.head.parts}
    assert made == {line.record for line in truth_lines(plan)}
