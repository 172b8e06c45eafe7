"""Every public sample of SPI against the committed table of what it becomes, and against counts of its elements that
are taken without the adapter."""

import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.spi import spi
from schemas import court, police
from schemas.events import Event

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "spi"
FOLDERS = ("spi-in", "spi-out", "cpp-json")
TABLE = Path(__file__).parent / "expected" / "spi.yaml"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(TABLE.read_text())
ACCEPTED = [name for name, said in EXPECTED.items() if "refused" not in said]

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public samples (../shared) are not here")


def read(name: str) -> list[Event | Refusal]:
    path = SAMPLES / name
    return list(spi(SourceFile(path.name, path.read_bytes())))


def summary(outcome: list[Event | Refusal]) -> dict[str, Any]:
    """What the table says of a file."""
    refused = [one for one in outcome if isinstance(one, Refusal)]
    if refused:
        return {"refused": {"rule": refused[0].rule, "reason": refused[0].reason}}
    events = [one for one in outcome if not isinstance(one, Refusal)]
    charged = [one for item in events if isinstance(item.data, police.Prosecution) for one in item.data.defendants]
    resulted = [one for item in events if isinstance(item.data, court.ResultedCase) for one in item.data.defendants]
    before = [offence for one in charged for offence in one.offences]
    after = [offence for one in resulted for offence in one.offences]
    return {
        "events": dict(Counter(one.type for one in events)),
        "urns": sorted({_urn(one.data) for one in events}),
        "defendants": len(charged) + len(resulted),
        "offences": len(before) + len(after),
        "victims": sum(len(one.victims) for one in before),
        "results": sum(len(one.results) for one in after),
    }


def _urn(data: object) -> str:
    if isinstance(data, police.Prosecution):
        return data.urn
    assert isinstance(data, court.ResultedCase)
    return data.ids.urn or ""


def test_every_sample_stands_in_the_table() -> None:
    samples = {f"{folder}/{path.name}" for folder in FOLDERS for path in (SAMPLES / folder).iterdir()}
    assert samples == set(EXPECTED)
    assert list(EXPECTED) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_becomes_what_the_table_says(name: str) -> None:
    assert summary(read(name)) == EXPECTED[name]


@pytest.mark.parametrize("name", [name for name in ACCEPTED if name.endswith(".xml")])
def test_no_defendant_offence_victim_or_result_is_lost(name: str) -> None:
    text = html.unescape((SAMPLES / name).read_text())
    said = EXPECTED[name]
    for field, tag in (
        ("defendants", "Defendant"), ("offences", "Offence"), ("victims", "OtherPartyVictim"), ("results", "Result"),
    ):
        assert said[field] == len(re.findall(rf"<(?:\w+:)?{tag}[\s>]", text)), tag


@pytest.mark.parametrize("name", [name for name in ACCEPTED if name.endswith(".json")])
def test_no_defendant_or_offence_of_a_json_case_is_lost(name: str) -> None:
    defendants = json.loads((SAMPLES / name).read_text())["defendants"]
    offences = [one for item in defendants for one in item.get("offence", item.get("offences"))]
    said = EXPECTED[name]
    assert (said["defendants"], said["offences"]) == (len(defendants), len(offences))
    assert said["victims"] == sum(len(one.get("otherPartyVictim", [])) for one in offences)


def test_what_is_refused_carries_no_case() -> None:
    """The sample called `WithInvalidValues` is accepted: what is empty in it are the envelope's routing fields, which
    are the exchange's business; its case is whole."""
    assert {name: said["refused"]["rule"] for name, said in EXPECTED.items() if "refused" in said} == {
        "cpp-json/OIValidationErrorsAll.json": "no-record-content",
        "spi-in/OIValidationMalformedXml.xml": "malformed-xml",
        "spi-in/async-response-from-cjse.xml": "no-record-content",
    }


def test_xml_and_its_json_translation_say_the_same_of_a_defendant() -> None:
    """The message sent by police, and the case as the courts keep it, of one public example (its JSON is reduced)."""
    sent = read("spi-in/SingleDefendantSingeOffence.plain.xml")[0]
    kept = read("cpp-json/ext-SingleDefendantSingeOffence.json")[0]
    assert not isinstance(sent, Refusal) and not isinstance(kept, Refusal)
    assert isinstance(sent.data, police.Prosecution) and isinstance(kept.data, police.Prosecution)
    one, other = sent.data.defendants[0], kept.data.defendants[0]
    assert one.asn == other.asn
    assert one.person is not None and other.person is not None
    assert (one.person.date_of_birth, one.person.sex) == (other.person.date_of_birth, other.person.sex)
    assert one.offences[0].offence_code == other.offences[0].offence_code
