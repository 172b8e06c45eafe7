"""What a made-up history is: valid, the same for the same plan, in order of arrival, as long as asked, and cut at its
end."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from schemas.events import EVENT, KINDS, agency_of
from simulator import ALL_AREAS, Defects, Plan, PlanError, happenings, live
from simulator.history import Happening, digest_of
from tests.simulator.links import CASELESS, keys_in

GOLDEN = "535052cbeac71c5742bd44a14577711e"
"""Of 3,000 events of seed 1: a change of it is a change of everyone's demo, and should be meant."""


@pytest.fixture(scope="module")
def run() -> list[Happening]:
    return list(happenings(Plan(events=3_000)))


def test_every_event_is_valid_and_of_its_agency(run: list[Happening]) -> None:
    for each in run:
        event = EVENT.validate_json(each.value)
        assert agency_of(event) == each.agency
        assert each.key == f"{event.source}\x1f{event.type}\x1f{event.subject}"


def test_the_same_plan_gives_the_same_bytes(run: list[Happening]) -> None:
    assert digest_of(run) == digest_of(happenings(Plan(events=3_000))) == GOLDEN
    assert digest_of(happenings(Plan(events=3_000, seed=2))) != GOLDEN


def test_as_many_events_as_asked(run: list[Happening]) -> None:
    assert len(run) == 3_000
    assert sum(1 for _ in happenings(Plan(events=700, months=12, areas=("42",)))) == 700


def test_a_great_number_is_estimated_and_met() -> None:
    assert sum(1 for _ in happenings(Plan(events=60_000))) == 60_000


def test_arrivals_are_in_order_after_their_time_and_before_the_end(run: list[Happening]) -> None:
    plan = Plan()
    assert [each.arrival for each in run] == sorted(each.arrival for each in run)
    for each in run:
        assert datetime.fromisoformat(orjson.loads(each.value)["time"]) <= each.arrival < plan.end


def test_an_event_is_not_before_the_facts_that_it_tells(run: list[Happening]) -> None:
    facts = ("_at", "from_at", "until_at")
    for each in run:
        event = orjson.loads(each.value)
        for name, value in event["data"].items():
            if name.endswith(facts) and name not in ("due_at", "first_hearing_at"):
                assert value <= event["time"], (event["type"], name)


def test_event_ids_are_unique_and_states_of_a_record_have_times_of_their_own(run: list[Happening]) -> None:
    events = [orjson.loads(each.value) for each in run]
    assert len({(event["source"], event["id"]) for event in events}) == len(events)
    times = Counter((event["source"], event["type"], event["subject"], event["time"]) for event in events)
    assert max(times.values()) == 1


def test_most_kinds_of_record_occur() -> None:
    kinds = {orjson.loads(each.value)["type"] for each in happenings(Plan(cases=6_000))}
    assert set(KINDS) - kinds <= {
        "casestream.link_decision", "court.resulted_case", "hmpps.person_decision", "hmpps.unmerge",
    }


def test_clean_runs_hold_the_hard_cases() -> None:
    heard: set[frozenset[str]] = set()
    suspects: dict[str, set[str]] = defaultdict(set)
    crimes: dict[str, set[str]] = defaultdict(set)
    cases_of_person: dict[str, set[str]] = defaultdict(set)
    for each in happenings(Plan(cases=4_000)):
        event = orjson.loads(each.value)
        data = event["data"]
        if event["type"] == "court.hearing":
            heard.add(frozenset(case["ids"]["court_case_id"] for case in data["cases"]))
        if event["type"] == "court.case":
            for defendant in data["defendants"]:
                suspects[event["subject"]].add(defendant["defendant_id"])
                cases_of_person[defendant["master_defendant_id"]].add(event["subject"])
        if event["type"] == "police.suspect":
            crimes[event["subject"]] |= set(data["crime_refs"])
    assert any(len(cases) == 2 for cases in heard)
    assert any(len(defendants) > 1 for defendants in suspects.values())
    assert any(len(refs) > 1 for refs in crimes.values())
    assert any(len(cases) > 1 for cases in cases_of_person.values())


def test_people_of_no_case_carry_no_identifier_of_a_case(run: list[Happening]) -> None:
    for each in run:
        event = orjson.loads(each.value)
        if event["type"] in CASELESS - {"court.match"}:
            assert not list(keys_in(event["data"]))


def test_live_goes_on_where_the_history_ends() -> None:
    start = datetime(2026, 10, 1, tzinfo=UTC)
    plan = Plan(cases=500, end=start + timedelta(days=30))
    after = list(live(plan, start))
    assert after
    assert all(each.arrival > start for each in after)
    assert [each for each in happenings(plan) if each.arrival > start] == after


def test_open_cases_exist() -> None:
    closed: dict[str, bool] = {}
    for each in happenings(Plan(cases=3_000)):
        event = orjson.loads(each.value)
        if event["type"] == "court.case":
            closed[event["subject"]] = "disposed_at" in event["data"]
    assert 0.3 < sum(closed.values()) / len(closed) < 0.97


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"cases": 0}, "cases"), ({"events": -1}, "events"), ({"cases": 1, "events": 1}, "cases"),
        ({"areas": ("02",)}, "areas"), ({"areas": ()}, "areas"), ({"months": 0}, "months"),
        ({"end": datetime(2026, 1, 1)}, "end"),  # noqa: DTZ001  (that it has no zone is the point)
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(PlanError) as refused:
        Plan(**wrong)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_shares_are_from_nought_to_one() -> None:
    with pytest.raises(PlanError) as refused:
        Defects(late=1.5)
    assert (refused.value.field, refused.value.value) == ("late", 1.5)


def test_all_areas_take_part() -> None:
    forces = {
        orjson.loads(each.value)["data"]["force"]
        for each in happenings(Plan(cases=400)) if each.key.startswith("/police/") and "police.crime\x1f" in each.key
    }  # fmt: skip
    assert forces == set(ALL_AREAS)
