"""`casestream people model`: files are checked without an instance; a model is shown, used, and everybody scored anew,
also when the worker is killed over it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from clickhouse.store import Endpoint, Store
from processors.people.model import standard
from streams.people_model import standing
from streams.people_rescoring import begun
from tests.casestream.conftest import Told
from tests.instances import PORTS, Instances
from tests.streams.people_models import STRICT, edited

Command = Callable[..., Told]


def written(folder: Path, settings: object, name: str = "model.json") -> str:
    file = folder / name
    file.write_text(json.dumps(settings))
    return str(file)


def test_a_settings_file_is_checked_without_an_instance(casestream: Command, tmp_path: Path) -> None:
    told = casestream("people", "model", "check", written(tmp_path, standard.SETTINGS), "--json")
    assert told.code == 0
    found = json.loads(told.out)
    assert found["right"] and found["comparisons"] == 6 and found["blocking_rules"] == 0
    assert found["term_frequencies"] == ["first_and_last_name_std", "date_of_birth", "name_2_std"]
    every_pair = edited() | {"blocking_rules_to_generate_predictions": ["1 = 1"]}  # as Splink has where none was given
    told = casestream("people", "model", "check", written(tmp_path, every_pair))
    assert "blocking rules: the sixteen built in" in told.out
    again = {key: standard.SETTINGS[key] for key in reversed(standard.SETTINGS)}
    told = casestream("people", "model", "check", written(tmp_path, again), "--json")
    assert json.loads(told.out)["digest"] == found["digest"], "the digest is of what it says, not of how it is laid out"


def with_level(condition: str) -> dict[str, Any]:
    settings = edited()
    settings["comparisons"][1]["comparison_levels"][2]["sql_condition"] = condition
    return settings


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (with_level("soundex(name_1_std_l) = 'S1'"), "date_of_birth, a day shared: no function for"),
        (with_level("shoe_size_l = shoe_size_r"), "no column 'shoe_size'"),
        (edited() | {"blocking_rules_to_generate_predictions": ["l.shoe_size = r.shoe_size"]}, "no column 'shoe_size'"),
        (edited() | {"blocking_rules_to_generate_predictions": ["l.date_of_birth < r.date_of_birth"]}, "equal in both"),
        (edited() | {"comparisons": []}, "needs comparisons"),
        (edited() | {"comparisons": ["one"]}, "no Splink settings"),
        ([], "JSON object"),
    ],
)  # fmt: skip
def test_what_is_no_model_here_is_named(settings: object, said: str, casestream: Command, tmp_path: Path) -> None:
    told = casestream("people", "model", "check", written(tmp_path, settings))
    assert told.code == 1
    assert said in told.out


def test_a_file_that_is_no_json_is_a_wrong_call(casestream: Command, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text("{")
    told = casestream("people", "model", "check", str(file))
    assert (told.code, "cannot be read as JSON" in told.err) == (2, True)


def persons(store: Store) -> dict[object, object]:
    return dict(store.query("SELECT person_record_id, person_id FROM casestream.v_people_of_records", {}))  # type: ignore[arg-type]


@pytest.mark.integration
@pytest.mark.timeout(280)
def test_a_model_is_trained_shown_used_and_scores_everybody(instances: Instances, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    instances.right("one", "up", "--detach", *PORTS)
    subprocess.run(
        [sys.executable, "-m", "casestream", "simulate", "--cases", "300", "--out", str(events)],
        check=True, cwd=tmp_path, env=instances.environment,
    )  # fmt: skip
    instances.right("one", "publish", "cloudevents", str(events))
    instances.right("one", "wait", "--timeout", "150")
    address = instances.status("one")["endpoints"]["clickhouse"]
    store = Store.connect(Endpoint(port=int(address.rsplit(":", 1)[1])))

    instances.right("one", "people", "export", "people.parquet", "--model", "held.json")
    held = json.loads((tmp_path / "held.json").read_text())
    assert held == standard.SETTINGS
    instances.right("one", "people", "model", "diff", "held.json")  # the same
    file = written(tmp_path, STRICT, "strict.json")
    shown = instances.command("one", "people", "model", "diff", file, "--json")
    assert shown.returncode == 1
    told = json.loads(shown.stdout)
    assert told["pairs_parted"] > 0 and told["examples"]["parted"]

    refused = instances.command("one", "people", "model", "use", file, "--reason", "to see", "--by", "a test")
    assert refused.returncode != 0, "nobody is there to say yes"
    before = persons(store)
    killed_while_used(instances, store, file)
    assert persons(store) == before, "until all are scored the persons before stand"
    instances.right("one", "up", "--detach", *PORTS)
    instances.right("one", "wait", "--timeout", "100")
    after = persons(store)
    assert (told["persons_before"], told["persons_after"]) == (len(set(before.values())), len(set(after.values())))
    for one in told["examples"]["parted"]:
        assert after[one["first"]] != after[one["second"]]
        why = json.loads(instances.right("one", "explain", one["first"], one["second"], "--json"))
        assert (why["scoring"], why["model"], why["snapshot"]) == (1, "model-1", "none")
        assert why["match_weight"] == pytest.approx(one["weight_after"])
    kept = json.loads(instances.right("one", "people", "model", "list", "--json"))
    assert kept["in_force"] == 1
    assert [(one["number"], one["model"], one["added_by"], one["state"]) for one in kept["scorings"]] == [
        (0, "standard-1", "", "former"), (1, "model-1", "a test", "in force"),
    ]  # fmt: skip
    instances.right("one", "doctor")

    back = instances.right(
        "one", "people", "model", "use", "held.json", "--reason", "back", "--by", "a test", "--yes", "--json"
    )
    assert json.loads(back)["model"] == "standard-1"
    instances.right("one", "wait", "--timeout", "100")
    assert persons(store) == before

    taken = json.loads(instances.right(
        "one", "people", "frequencies", "snapshot", "--reason", "first", "--by", "a test", "--json"
    ))  # fmt: skip
    exported = pq.read_metadata(tmp_path / "people.parquet").num_rows
    assert (taken["name"], taken["records"]) == ("frequencies-1", exported)
    assert instances.command("one", "people", "model", "diff", "--snapshot", "another").returncode == 2
    with_snapshot = ("--snapshot", "frequencies-1")
    told = json.loads(instances.command("one", "people", "model", "diff", *with_snapshot, "--json").stdout)
    instances.right(
        "one", "people", "model", "use", *with_snapshot, "--reason", "rare names", "--by", "a test", "--yes", "--json"
    )
    instances.right("one", "wait", "--timeout", "100")
    assert len(set(persons(store).values())) == told["persons_after"]
    ((first, second),) = store.query(
        "SELECT person_record_id, with_record FROM casestream.v_people_links WHERE ground = 'model' LIMIT 1", {}
    )
    why = json.loads(instances.right("one", "explain", str(first), str(second), "--json"))
    assert (why["scoring"], why["model"], why["snapshot"]) == (3, "standard-1", "frequencies-1")
    assert any(one["frequency_adjustment"] for one in why["comparisons"])
    assert "scoring 3: standard-1, term frequencies frequencies-1" in instances.right(
        "one", "explain", str(first), str(second)
    )
    (listed,) = json.loads(instances.right("one", "people", "frequencies", "list", "--json"))
    assert (listed["name"], listed["in_force"]) == ("frequencies-1", True)
    store.close()


def killed_while_used(instances: Instances, store: Store, file: str) -> None:
    """The model is used, and the worker killed while it scores everybody anew."""
    worker = instances.status("one")["processes"]["worker-1"]
    using = subprocess.Popen(
        [sys.executable, "-m", "casestream", "people", "model", "use", file, "--reason", "to see", "--by", "a test",
         "--yes", "--json", "--data", str(instances.folder / "one")],
        cwd=instances.folder, env=instances.environment,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while begun(store, 1) is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.kill(worker, signal.SIGKILL)
    assert using.wait(60) == 0
    assert standing(store).number == 0, "it was killed in time"
