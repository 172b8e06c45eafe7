"""`casestream flags`: files are checked without an instance; other rules are shown, used and projected."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clickhouse.store import Endpoint, Store
from tests.instances import PORTS, Instances

RULE = """
flag: everything
title: Everything
definition: Any burglary, violence or theft, so that something is found.
source: a test
any_of:
  - ho_classes: ["28", "8", "39", "46", "105", "20", "19"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "rules"
    made.mkdir()
    (made / "everything.yaml").write_text(RULE)
    return made


def alone(instances: Instances, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command that knows no instance."""
    return subprocess.run(
        [sys.executable, "-m", "casestream", *arguments],
        capture_output=True, text=True, cwd=instances.folder, env=instances.environment, timeout=100, check=False,
    )  # fmt: skip


def flagged(instances: Instances, flag: str) -> int:
    address = instances.status("one")["endpoints"]["clickhouse"]
    store = Store.connect(Endpoint(port=int(address.rsplit(":", 1)[1])))
    sql = "SELECT count() FROM casestream.cases FINAL WHERE has(flags, {flag:String})"
    ((count,),) = store.query(sql, {"flag": flag})
    store.close()
    return int(str(count))


def test_a_file_is_checked_without_an_instance(instances: Instances, folder: Path) -> None:
    done = alone(instances, "flags", "check", str(folder / "everything.yaml"))
    assert (done.returncode, done.stdout) == (0, "1 of 1 rule files are right: everything\n")
    wrong = folder / "wrong.yaml"
    wrong.write_text(RULE.replace('"28"', "28"))
    done = alone(instances, "flags", "check", str(wrong), "--json")
    assert done.returncode == 1
    (fault,) = json.loads(done.stdout)["faults"]
    assert (fault["file"], fault["field"], fault["value"]) == ("wrong.yaml", "any_of.0.ho_classes.0", "28")


@pytest.mark.integration
@pytest.mark.timeout(280)
def test_other_rules_are_shown_used_and_projected(instances: Instances, folder: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    alone(instances, "simulate", "--cases", "60", "--out", str(events))
    instances.right("one", "up", "--detach", *PORTS)
    instances.right("one", "publish", "cloudevents", str(events))
    instances.right("one", "wait", "--timeout", "100")
    assert json.loads(instances.right("one", "flags", "list", "--json"))["set"] == 1
    instances.right("one", "flags", "diff")  # the same rules

    instances.environment["CASESTREAM_FLAG_RULES"] = str(folder)
    shown = instances.command("one", "flags", "diff", "--json")
    assert shown.returncode == 1
    told = json.loads(shown.stdout)
    assert told["rules"] == {"everything": "new"}
    assert told["flags"].keys() == {"everything"}
    assert told["cases"] == told["flags"]["everything"]["gained"] > 0

    refused = instances.command("one", "flags", "use")  # nobody is there to say yes
    assert refused.returncode != 0
    assert json.loads(instances.right("one", "flags", "list", "--json"))["set"] == 1
    used = json.loads(instances.right("one", "flags", "use", "--yes", "--json"))
    assert (used["set"], used["asked"]) == (2, told["cases"])
    instances.right("one", "wait", "--timeout", "100")
    rules = json.loads(instances.right("one", "flags", "list", "--json"))["rules"]
    listed = {one["flag"]: one["origin"] for one in rules}
    assert (listed["everything"], listed["rape"]) == ("own", "built in")
    assert flagged(instances, "everything") == told["cases"]
