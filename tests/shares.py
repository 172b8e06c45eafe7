"""The results of a shared hearing, read from the courts' own message and not with our adapter: what rows must show."""

from collections.abc import Iterator
from typing import Any

Told = tuple[str, str, str, str, str]
"""A result: the HMCTS ids of defendant, offence and application (empty where it is on none), its code and label."""


def results_of(message: dict[str, Any]) -> list[Told]:
    """Every result of the message with what it is on: offence, defendant or application."""
    return sorted(_results(message["hearing"]))


def _results(hearing: dict[str, Any]) -> Iterator[Told]:
    master: dict[str, str] = {}
    for case in hearing.get("prosecutionCases", []):
        for defendant in case["defendants"]:
            master[defendant["masterDefendantId"]] = defendant["id"]
            yield from _told(defendant["id"], "", "", defendant.get("defendantCaseJudicialResults", []))
            for offence in defendant["offences"]:
                yield from _told(defendant["id"], offence["id"], "", offence.get("judicialResults", []))
    for one in hearing.get("defendantJudicialResults", []):
        yield from _told(master[one["masterDefendantId"]], "", "", [one["judicialResult"]])
    for application in hearing.get("courtApplications", []):
        subject = master[application["subject"]["masterDefendant"]["masterDefendantId"]]
        of_offences = [
            *(offence for case in application.get("courtApplicationCases", []) for offence in case.get("offences", [])),
            *(one["offence"] for one in application.get("courtOrder", {}).get("courtOrderOffences", [])),
        ]
        for results in (application, *of_offences):
            yield from _told(subject, "", application["id"], results.get("judicialResults", []))


def _told(defendant: str, offence: str, application: str, results: list[dict[str, Any]]) -> Iterator[Told]:
    for result in results:
        yield defendant, offence, application, result.get("cjsCode", result["label"]), result["label"]
