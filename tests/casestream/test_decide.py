"""`casestream decide`: what is sent, what is refused, and that a running instance goes by it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casestream.commands.decide import SOURCE, Verdict, decision
from processors.standardise.standardise import DECISIONS_TOPIC, Accepted, Rejected, accept
from schemas.events import Event
from schemas.flow import EventRef, Key, case_id_of, subject_id
from schemas.linking import LINK_DECISION
from tests.casestream.conftest import Told
from tests.instances import PORTS, Instances
from tests.linked import SOURCE as AGENCY
from tests.linked import event

ONE, OTHER = "r" + 24 * "1", "r" + 24 * "2"
AT = datetime(2026, 5, 13, 8, tzinfo=UTC)


def sent(verdict: Verdict, at: datetime = AT) -> Event:
    return decision(verdict, (ONE, OTHER), "a mistyped URN", "desk 4", at)


def taken(told: Event, topic: str = DECISIONS_TOPIC) -> Accepted | Rejected:
    return accept(told, EventRef(topic, 1, 0, 0))


def test_a_decision_and_its_withdrawal_are_states_of_one_subject() -> None:
    made, gone = taken(sent(Verdict.EXCLUDE)), taken(sent(Verdict.WITHDRAW, AT.replace(hour=9)))
    assert isinstance(made, Accepted) and isinstance(gone, Accepted)
    assert made.head.subject_id == gone.head.subject_id == subject_id(SOURCE, LINK_DECISION, f"{ONE}/{OTHER}")
    assert made.head.parts[0].keys == (Key("exclude", ONE), Key("exclude", OTHER))
    assert gone.head.deleted and gone.head.order > made.head.order
    assert made.findings == gone.findings == ()


@pytest.mark.parametrize("verdict", Verdict)
def test_a_decision_is_taken_from_its_own_topic_alone(verdict: Verdict) -> None:
    for topic in ("feeds.police", "feeds.cps", "feeds.hmcts", "feeds.hmpps"):
        refused = taken(sent(verdict), topic)
        assert isinstance(refused, Rejected)
        assert (refused.rule, refused.field) == ("decision-on-a-feed", "type")
        assert DECISIONS_TOPIC in refused.reason
    assert isinstance(taken(sent(verdict), ""), Accepted), "a file that is only checked"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("include", "x", OTHER), "'x' is no record id"),
        (("include", ONE, ONE), "are one record"),
        (("include", "c" + ONE[1:], ONE), "are one record"),
        (("maybe", ONE, OTHER), "maybe"),
    ],
)
def test_what_cannot_be_decided_is_a_wrong_call(
    casestream: Callable[..., Told], arguments: tuple[str, ...], told: str
) -> None:
    done = casestream("decide", *arguments, "--reason", "why", "--by", "desk 4")
    assert done.code == 2 and told in done.err
    empty = casestream("decide", "include", ONE, OTHER, "--reason", " ", "--by", "desk 4")
    assert empty.code == 2 and "--reason" in empty.err


@pytest.mark.integration
@pytest.mark.timeout(280)
def test_a_running_instance_goes_by_what_is_decided(instances: Instances, tmp_path: Path) -> None:
    crime, suspect = (subject_id(AGENCY, *one) for one in (("police.crime", "CR0001"), ("police.suspect", "S1")))
    events = tmp_path / "events.jsonl"
    events.write_text("".join(json.dumps(one) + "\n" for one in (
        event("police.crime", "CR0001", {"crime_ref": "CR0001", "force": "40", "recorded_at": "2025-03-01T09:00:00Z"}),
        event("police.suspect", "S1", {"suspect_id": "S1", "force": "40", "crime_refs": ["CR0001"]}),
    )))  # fmt: skip
    instances.right("one", "up", "--detach", *PORTS)
    instances.right("one", "publish", "cloudevents", str(events))
    instances.right("one", "wait", "--timeout", "60")

    def explained() -> dict[str, Any]:
        instances.right("one", "wait", "--timeout", "60")
        found: dict[str, Any] = json.loads(instances.right("one", "explain", crime, suspect, "--json"))
        return found

    def decide(verdict: str) -> str:
        return instances.right("one", "decide", verdict, suspect, case_id_of(crime), "--reason", "why", "--by", "desk")

    assert explained()["one_case"]
    decide("exclude")
    apart = explained()
    assert (apart["one_case"], apart["first_case"], apart["second_case"]) == (
        False, case_id_of(crime), case_id_of(suspect),
    )  # fmt: skip
    assert [one["rule"] for one in apart["left_out"]] == ["excluded"]
    decide("withdraw")
    assert explained()["one_case"]
    unknown = instances.command("one", "decide", "include", crime, OTHER, "--reason", "why", "--by", "desk")
    assert unknown.returncode == 2 and "--ahead" in unknown.stderr
    assert json.loads(instances.right("one", "doctor", "--json"))["sound"]
