"""`casestream quality` and `casestream rejects`: counts for all; to each agency what it has to mend, and no more."""

import json
from pathlib import Path

import pytest

from schemas.generate import example
from tests.instances import PORTS, Instances

pytestmark = [pytest.mark.integration, pytest.mark.timeout(280)]


def test_an_agency_gets_its_own_rejects_and_quality_counts_them(instances: Instances, tmp_path: Path) -> None:
    crime, decision = json.loads(example("police.crime")), json.loads(example("cps.decision"))
    crime["data"]["recorded_at"] = "2025-13-01"
    wrong = json.loads(example("cps.decision"))
    wrong["id"], wrong["data"]["decision"] = "wrong", "perhaps"
    events = tmp_path / "events.jsonl"
    events.write_text("".join(json.dumps(one) + "\n" for one in (crime, decision, wrong)))
    instances.right("one", "up", "--detach", *PORTS)
    instances.right("one", "publish", "cloudevents", str(events))
    instances.right("one", "wait", "--timeout", "60")

    told = json.loads(instances.right("one", "rejects", "--agency", "police", "--json"))
    (message,) = told["messages"]
    assert (message["topic"], message["event_id"]) == ("feeds.police", crime["id"])
    assert message["field"].endswith("recorded_at")
    assert (message["value"], message["received_at"][-1]) == ("2025-13-01", "Z")
    assert [rule["messages"] for rule in told["rules"]] == [1]
    (other,) = json.loads(instances.right("one", "rejects", "--agency", "cps", "--json"))["messages"]
    assert other["event_id"] == "wrong"
    assert instances.right("one", "rejects", "--agency", "hmpps") == "no message of hmpps is rejected\n"

    quality = json.loads(instances.right("one", "quality", "--json"))
    assert {(row["agency"], row["rejected"]) for row in quality["rejects"]} == {("police", 1), ("cps", 1)}
    assert [row for row in quality["completeness"] if row["thing"] == "crime"] == []  # the only one is rejected
    assert [row["things"] for row in quality["completeness"] if row["field"] == "cps_area"] == [1]
    of_police = json.loads(instances.right("one", "quality", "--agency", "police", "--json"))
    assert [row["agency"] for row in of_police["rejects"]] == ["police"]
    prisons = tmp_path / "prisons.csv"
    prisons.write_text("prison_id,name\nABC,Anywhere (HMP)\n")
    loaded = ("reference", "load", "prisons", str(prisons), "--from", "2024-01-01", "--json")
    assert json.loads(instances.right("one", *loaded))["new"] is True
    assert json.loads(instances.right("one", *loaded))["new"] is False
    prisons.write_text("prison_id,name\nABCD,Anywhere (HMP)\n")
    refused = instances.command("one", "reference", "load", "prisons", str(prisons))
    assert (refused.returncode, refused.stdout) == (
        1, "prisons.csv: line 2: prison_id='ABCD': must be 3 capitals\n"
    )  # fmt: skip
    prisons.write_text("prison_id,name,region\nABC,Anywhere (HMP),Londn\n")
    refused = instances.command("one", "reference", "load", "prisons", str(prisons))
    assert refused.returncode == 1
    assert refused.stdout.startswith("prisons.csv: line 2: region='Londn': ")
    postcodes = tmp_path / "postcodes.csv"
    postcodes.write_bytes(b"\xef\xbb\xbfpcd7,pcds,pfa23cd\r\nLE1 1CC,LE1 1CC,E23000021\r\nLE12CC,LE1 2CC,E23000021\r\n")
    loaded = ("reference", "load", "postcodes", str(postcodes), "--from", "2024-01-01", "--json")
    assert json.loads(instances.right("one", *loaded))["entries"] == 1
    postcodes.write_bytes(b"pcds,pfa\n" + b"LE1 1CC,E23000021\n" * 1_000 + b"LE1 1CC,\xff\n")
    refused = instances.command("one", "reference", "load", "postcodes", str(postcodes))
    assert refused.returncode == 2
    assert f"postcodes.csv: must be UTF-8: byte {9 + 18 * 1_000 + 8}" in refused.stderr
    assert instances.command("one", "reference", "load", "planets", str(prisons)).returncode == 2
    lists = {row["list"]: row for row in json.loads(instances.right("one", "reference", "list", "--json"))}
    assert (lists["prisons"]["entries"], lists["prisons"]["valid_from"]) == (1, "2024-01-01")
    assert lists["courts"]["entries"] is None
    assert instances.command("one", "quality", "--force", "Merseysyde").returncode == 2
    assert "nearest is 'Merseyside'" in instances.command("one", "quality", "--force", "Merseysyde").stderr
