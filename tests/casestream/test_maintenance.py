"""What an engineer does to a running instance: look whether it is sound, project cases again, tidy."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clickhouse.checks import checks
from clickhouse.store import Endpoint, Store
from schemas.flow import case_id_of
from schemas.generate import EVENT_MODELS, example
from streams import topics
from streams.lag import Watch
from tests.instances import PORTS, Instances

pytestmark = [pytest.mark.integration, pytest.mark.timeout(280)]

NOBODY = "c" + 24 * "0"


@pytest.fixture
def running(instances: Instances, tmp_path: Path) -> Iterator[Instances]:
    """An instance that holds one event of each type and a line that is none, and has done all of it."""
    events = tmp_path / "events.jsonl"
    events.write_text("".join(json.dumps(json.loads(example(one))) + "\n" for one in sorted(EVENT_MODELS)) + "{\n")
    instances.right("one", "up", "--detach", *PORTS)
    instances.right("one", "publish", "cloudevents", str(events))
    instances.right("one", "wait", "--timeout", "60")
    yield instances


def store_of(instances: Instances) -> Store:
    address = instances.status("one")["endpoints"]["clickhouse"]
    return Store.connect(Endpoint(port=int(address.rsplit(":", 1)[1])))


def doctor(instances: Instances, code: int) -> dict[str, dict[str, Any]]:
    done = instances.command("one", "doctor", "--json")
    assert done.returncode == code, done.stderr + done.stdout
    told = json.loads(done.stdout)
    assert told["sound"] == (code == 0)
    return {one["name"]: one for one in told["checks"]}


def found(told: dict[str, dict[str, Any]]) -> dict[str, int]:
    return {name: one["found"] for name, one in told.items() if one["found"]}


def test_the_doctor_finds_what_is_wrong_and_the_remedies_work(running: Instances) -> None:
    told = doctor(running, 0)
    assert set(told) == {"migrations", "topics", *(check.name for check in checks())}
    assert not any(one["left_out"] for one in told.values())
    store = store_of(running)
    ((case_id,),) = store.query("SELECT case_id FROM casestream.cases FINAL", {})
    rows = store.query("SELECT * EXCEPT version FROM casestream.cases FINAL", {})

    store.command(f"INSERT INTO casestream.cases SELECT * REPLACE ('{NOBODY}' AS case_id) FROM casestream.cases FINAL")
    store.command("INSERT INTO casestream.cases SELECT * REPLACE ('99' AS force) FROM casestream.cases FINAL")
    store.command(f"INSERT INTO casestream.case_faults VALUES ('{case_id}', 'an error', 1, 0)")
    store.command(f"DELETE FROM casestream.case_projections WHERE case_id = '{case_id}'")
    store.command("INSERT INTO casestream.held_out_keys VALUES (1, 'urn', 'X', 900, 1, 0)")
    store.command(
        "INSERT INTO casestream.events (topic, epoch, partition, offset, record_ids)"
        " VALUES ('feeds.police', 1, 0, 900, ['rlost'])"
    )
    store.command(
        # of a record that no deletion told of: link counts a deletion among the states, the archive holds none
        "INSERT INTO casestream.record_states SELECT * REPLACE ('lost' AS tie) FROM casestream.record_states"
        " WHERE record_id IN (SELECT record_id FROM casestream.records FINAL WHERE states = 1)"
        " ORDER BY record_id LIMIT 1"
    )
    wrong = doctor(running, 1)
    assert found(wrong) == {
        "rows_without_case": 1, "cases_behind_link": 1, "faulted_cases": 1, "held_out_identifiers": 1,
        "events_not_linked": 1, "states_not_linked": 1,
    }  # fmt: skip
    assert wrong["rows_without_case"]["examples"] == [{"case_id": NOBODY, "rows": 1, "tables": ["cases"]}]
    assert wrong["events_not_linked"]["examples"][0]["offset"] == 900
    text = running.command("one", "doctor")
    assert text.returncode == 1
    assert all(one["remedy"] in text.stdout for one in wrong.values() if one["found"])

    asked = running.command("one", "reproject", str(case_id), NOBODY, "--json")
    assert asked.returncode == 1  # one of them does not exist
    assert json.loads(asked.stdout) == {"asked": 2, "moved": {}, "gone": [NOBODY]}
    running.right("one", "wait", "--timeout", "60")
    assert store.query("SELECT * EXCEPT version FROM casestream.cases FINAL", {}) == rows
    assert set(found(doctor(running, 1))) == {"held_out_identifiers", "events_not_linked", "states_not_linked"}
    store.close()


def test_with_lag_the_doctor_leaves_out_what_would_be_false_alarms(instances: Instances, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(json.loads(example("police.crime"))))
    instances.right("one", "up", "--detach", "--no-worker", *PORTS)
    instances.right("one", "publish", "cloudevents", "one.json")
    told = doctor(instances, 0)
    left_out = {name for name, one in told.items() if "1 messages are still under way" in one["left_out"]}
    assert left_out == {check.name for check in checks() if check.settled}

    store = store_of(instances)
    store.command("DELETE FROM casestream.schema_migrations WHERE number = 5")
    told = doctor(instances, 1)
    assert found(told) == {"migrations": 1}
    assert all("not as this version" in told[check.name]["left_out"] for check in checks())
    instances.right("one", "migrate")
    store.close()
    instances.environment["CASESTREAM_CASE_PARTITIONS"] = "7"
    told = doctor(instances, 1)
    assert told["topics"]["examples"] == [{"topic": "cases", "setting": "partitions", "wanted": "7", "found": "4"}]


def test_cases_are_chosen_by_name_by_fault_or_all(running: Instances) -> None:
    store = store_of(running)
    ((case_id,),) = store.query("SELECT case_id FROM casestream.cases FINAL", {})
    ((member,),) = store.query(
        "SELECT max(record_id) FROM casestream.case_members FINAL WHERE case_id = {case_id:String}"
        " AND record_id != concat('r', substring(case_id, 2))", {"case_id": case_id},
    )  # fmt: skip
    ((cases,),) = store.query("SELECT uniqExact(case_id) FROM casestream.case_members FINAL", {})
    store.close()
    told = json.loads(running.right("one", "reproject", case_id_of(str(member)), "--json"))
    assert told == {"asked": 1, "moved": {case_id_of(str(member)): case_id}, "gone": []}
    assert json.loads(running.right("one", "reproject", "--all", "--json"))["asked"] == cases
    assert json.loads(running.right("one", "reproject", "--faulted", "--json"))["asked"] == 0
    for wrong in (["reproject"], ["reproject", "C-1"]):
        assert running.command("one", *wrong).returncode == 2
    running.right("one", "wait", "--timeout", "60")
    doctor(running, 0)


def test_tidying_by_hand_and_by_the_worker_itself(running: Instances) -> None:
    spared = json.loads(running.right("one", "tidy", "--json"))
    assert set(spared["messages"].values()) == {0}  # the margin is a million messages
    tidied = json.loads(running.right("one", "tidy", "--keep", "0", "--json"))
    bootstrap = running.status("one")["endpoints"]["kafka"]
    with Watch(bootstrap) as watch:
        low, high = watch.ends((topics.RECORDS,))[topics.RECORDS, 0]
    assert low == high == tidied["messages"][topics.RECORDS] > 0
    doctor(running, 0)

    running.right("one", "down")
    running.environment |= {"CASESTREAM_TIDY_HOURS": "0.0003", "CASESTREAM_TIDY_KEEP": "0"}
    running.right("one", "up", "--detach")
    (running.folder / "again.json").write_text(json.dumps(json.loads(example("police.crime"))))
    running.right("one", "publish", "cloudevents", "again.json")
    running.right("one", "wait", "--timeout", "60")
    bootstrap = running.status("one")["endpoints"]["kafka"]
    with Watch(bootstrap) as watch:
        while True:  # the worker's timer; the test's own limit ends it
            low, high = watch.ends((topics.RECORDS,))[topics.RECORDS, 0]
            if low == high > tidied["messages"][topics.RECORDS]:
                break
    doctor(running, 0)
