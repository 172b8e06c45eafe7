"""`casestream doctor`: whether the tables and topics are sound, and what to do where they are not."""

from dataclasses import asdict

import typer

from casestream.console import print_json, print_line, table
from casestream.diagnosis import Diagnosis, Finding, diagnose
from casestream.endpoints import Place
from casestream.errors import Exit
from casestream.options import AsJson, Data


def doctor(as_json: AsJson = False, data: Data = None) -> None:
    """Look for what should never be: rows without a case, events that link does not know, cases behind link or not
    projected; and for what somebody should see to: identifiers held out, topics and migrations that differ.

    While messages are under way, the checks that would raise false alarms are left out: see `casestream wait`. Exit
    code 1 when it finds something.
    """
    place = Place.of(data)
    bootstrap = place.kafka()
    store = place.store()
    try:
        found = diagnose(store, bootstrap, place.settings)
    finally:
        store.close()
    if as_json:
        print_json({
            "sound": found.sound, "lag": dict(found.lag), "checks": [asdict(one) for one in found.findings]
        })  # fmt: skip
    else:
        _show(found)
    if not found.sound:
        raise typer.Exit(Exit.FINDING)


def _show(diagnosis: Diagnosis) -> None:
    table("Checks", ("looked for", "outcome"), [(one.title, _outcome(one)) for one in diagnosis.findings])
    for finding in diagnosis.findings:
        if finding.found:
            rows = [list(example.values()) for example in finding.examples]
            more = finding.found - len(rows)
            table(finding.title.capitalize(), list(finding.examples[0]), rows)
            if more:
                print_line(f"and {more:,} more")
            print_line(finding.remedy)


def _outcome(finding: Finding) -> str:
    if finding.left_out:
        return f"left out: {finding.left_out}"
    return f"{finding.found:,} found" if finding.found else "none"
