"""`casestream validate`: tells an agency, line by line, what is wrong with its file and why. Sends nothing."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Annotated

import typer

from casestream.checking import Finding, check
from casestream.commands.publish import Format
from casestream.console import OUT, print_json, print_line
from casestream.errors import Exit
from casestream.options import AsJson
from casestream.sources import Source, find
from processors.adapters.base import Fault, Refusal, SourceFile
from streams.publish import ADAPTERS, CLOUDEVENTS, Unit, cloudevents_in


class Checked:
    """What was found in a file. events: how many were read, whether right or wrong."""

    def __init__(self) -> None:
        self.events = 0
        self.findings: list[Finding] = []

    @property
    def errors(self) -> int:
        """Findings that have an event rejected."""
        return sum(one.level == "error" for one in self.findings)


def check_source(source: Source, format_: str) -> Checked:
    """Check one file of a format."""
    found = Checked()
    for unit, number, outcome in _items(source, format_):
        found.events += 1
        if isinstance(outcome, Refusal):
            first = Fault(outcome.rule, outcome.field, outcome.value, outcome.reason)
            found.findings.extend(
                Finding(number, "error", one.field, one.value, one.rule, one.reason, "", unit)
                for one in (first, *outcome.more)
            )
        else:
            found.findings.extend(replace(one, unit=unit) for one in check(number, outcome))
    if not found.events:
        # a file that was written to be sent, and has nothing in it, is a mistake of whoever wrote it
        found.findings.append(Finding(0, "error", "file", source.name, "empty-file", "holds no event", ""))
    return found


def _items(source: Source, format_: str) -> Iterator[tuple[Unit, int, bytes | Refusal]]:
    if format_ == CLOUDEVENTS:
        unit, events = cloudevents_in(source.lines, source.content)
        for number, event in events:
            yield unit, number, event
        return
    adapter, _ = ADAPTERS[format_]
    content = source.content()
    in_file: Unit = "item" if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[") else "line"
    for number, item in enumerate(adapter(SourceFile(source.name, content)), start=1):
        if isinstance(item, Refusal):
            yield in_file, item.line, item
        else:
            yield "event", number, item.model_dump_json(exclude_none=True).encode()


def validate(
    file: Annotated[list[str], typer.Argument(metavar="FILE", help="Files, folders, or - for standard input.",
                                              show_default=False)],
    format_: Annotated[
        Format, typer.Option("--format", help="The file's format; CloudEvents, one a line or an array, unless given.")
    ] = Format.CLOUDEVENTS,
    as_json: AsJson = False,
) -> None:
    """Check files against the contracts: line, field, value, rule, reason, and what would be right.

    Every fault of an event is told, also of the formats of the real world. Exit code 1 when an event would be rejected,
    or a file holds none. Findings about quality (an identifier that is a placeholder, an event without a time) are told
    too; such events are accepted.
    """
    results = [(source.name, check_source(source, format_.value)) for source in find(format_.value, file).sources]
    errors = sum(found.errors for _, found in results)
    if as_json:
        print_json({
            "events": sum(found.events for _, found in results),
            "errors": errors,
            "findings": [{"file": name, **asdict(one)} for name, found in results for one in found.findings],
        })  # fmt: skip
    else:
        for name, found in results:
            for one in found.findings:
                _show(name, one)
        events = sum(found.events for _, found in results)
        print_line(f"{events:,} events checked, {errors:,} errors")
    if errors:
        raise typer.Exit(Exit.FINDING)


def _show(name: str, one: Finding) -> None:
    place = f"{name}:{one.line}" if one.unit == "line" else f"{name}: {one.unit} {one.line}"
    if not one.line:
        place = name  # the file as a whole
    what = f"{one.field}={one.value!r}" if one.field and one.value else one.field
    line = f"{place}: {one.level} {one.rule}{': ' + what if what else ''}: {one.reason}"
    OUT.print(line + (f"; expected {one.expected}" if one.expected else ""), markup=False)
