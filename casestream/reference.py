"""The generated part of docs: commands, settings, topics, contracts, measures, each made from the code it is about.

`python -m casestream.reference` writes the pages; a test fails when one is not what would be written.
"""

import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import typer
from annotated_types import Ge, Le
from pydantic import BaseModel
from typer.core import TyperArgument, TyperGroup, TyperOption

from casestream.errors import Exit
from casestream.markdown import joined, page, prose, table
from casestream.reference_measures import glossary_page, measures_page
from casestream.reference_simulator import simulator_page
from casestream.settings import PREFIX, Settings, described
from schemas.events import KINDS, Envelope
from schemas.generate import EVENT_MODELS
from streams.topics import MESSAGE_MAX_BYTES, declared

FOLDER = Path(__file__).resolve().parents[1] / "docs"


def cli() -> str:
    """Every command with its arguments and options."""
    from casestream.cli import app_of

    group = typer.main.get_command(app_of())
    assert isinstance(group, TyperGroup)
    parts = [page("Commands", group.help or "")]
    parts.append(table(("exit code", "meaning"), [(f"`{code.value}`", _EXIT[code]) for code in Exit]))
    for name, command in _commands(group):
        parts.append(f"## casestream {name}\n\n{prose(command.help or '')}")
        context = typer.Context(command, info_name=f"casestream {name}")
        usage = " ".join(command.collect_usage_pieces(context))
        parts.append(f"    casestream {name} {usage}")
        parameters = [one for one in command.params if isinstance(one, TyperArgument | TyperOption)]
        rows = [_parameter(one) for one in parameters if "--help" not in one.opts]
        if rows:
            parts.append(table(("argument or option", "default", "what it is"), rows))
    return joined(parts)


def _commands(group: TyperGroup, before: str = "") -> Iterator[tuple[str, Any]]:
    """The commands of a group by name; those of a group within it follow its own line."""
    for name, command in group.commands.items():
        yield before + name, command
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{before}{name} ")


_EXIT = {
    Exit.SUCCESS: "success",
    Exit.FINDING: "a finding: an invalid file, a difference",
    Exit.WRONG_CALL: "a wrong call",
    Exit.UNREACHABLE: "a service that cannot be reached, or a wait that ran out",
}


def _parameter(parameter: TyperArgument | TyperOption) -> tuple[str, str, str]:
    help_text = str(getattr(parameter, "help", "") or "")
    if not isinstance(parameter, TyperOption):
        return f"`{_placeholder(parameter)}`", "", help_text
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    if not parameter.is_flag:
        names += f" {_placeholder(parameter)}"
    default = parameter.default
    shown = "" if default is None or default is False or callable(default) else f"`{default}`"
    return names, shown, help_text


def _placeholder(parameter: TyperArgument | TyperOption) -> str:
    """What stands for the value: the parameter's own word, its choices, or its type."""
    if parameter.metavar:
        return str(parameter.metavar)
    kind = parameter.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "{" + ",".join(str(one.value) for one in kind) + "}"
    return {int: "N", float: "NUMBER", Path: "PATH"}.get(kind, str(parameter.name).upper())


def settings() -> str:
    """Every setting."""
    rows = [
        (f"`{one.name}`", f"`{one.default}`" if one.default else "", _kind(one.name), one.description)
        for one in described(Settings.model_construct())
    ]
    told = (
        "Settings come from the environment, else from the file `casestream.env` in the working folder, else from "
        "here; an empty value is none. `casestream settings` shows them as they are now and where each comes from, and "
        "names what is set and no setting. Sizes are in bytes, times in seconds."
    )
    return joined([page("Settings", told), table(("setting", "default", "type", "what it is"), rows)])


def _kind(name: str) -> str:
    annotation = Settings.model_fields[name.removeprefix(PREFIX).lower()].annotation
    return {int: "number", float: "number", str: "text", Path: "path", bool: "yes or no"}.get(annotation, "text")  # type: ignore[arg-type]


def topics() -> str:
    """Every topic."""
    rows = []
    for topic in declared():
        days = topic.retention_ms // 86_400_000
        kept = f"{days} days" if topic.retention_ms >= 0 else "until casestream deletes"
        rows.append((f"`{topic.name}`", str(topic.partitions), kept, topic.what))
    told = (
        f"Declared in `streams/topics.py`, made by `casestream up` and by every worker where they are missing, never "
        f"altered. A message may have {MESSAGE_MAX_BYTES:,} bytes. Partitions of the feeds and of `cases` are "
        "settings for the time when the topic is made; `records` and `people` have one, because their one order is "
        "what makes everything behind them exact."
    )
    feeds = (
        "A feed message is a CloudEvent in structured mode (header `content-type: application/cloudevents+json`), or "
        "in binary mode (attributes in `ce_` headers). Its key is source, kind and subject, separated by the "
        "character U+001F, so that a subject keeps to its partition. The consumer group of the workers is "
        "`casestream`."
    )
    return joined([
        page("Topics", told),
        table(("topic", "partitions", "kept", "a message is"), rows),
        f"## Messages of the feeds\n\n{feeds}",
    ])  # fmt: skip


def contracts() -> str:
    """Every type of event with its fields."""
    told = (
        "What agencies send: CloudEvents 1.0, one contract for each `type`. An event carries the whole state of one "
        "record; a later one replaces it. JSON Schemas are in `schemas/generated/`, an example of each type in "
        "`schemas/examples/`; `casestream contracts TYPE` prints them, and `casestream validate FILE` says line by "
        "line what is wrong with a file."
    )
    parts = [page("Contracts", told), "## Attributes of every event", _fields(Envelope)]
    told_models: dict[str, type[BaseModel]] = {}
    for name, event in EVENT_MODELS.items():
        data = event.model_fields["data"].annotation
        assert isinstance(data, type)
        agency = f"Agency: {KINDS[name].agency}." if name in KINDS else "Agency: that of the deleted record."
        parts += [f"## {name}", f"{prose(inspect.getdoc(event) or '')} {agency}", prose(inspect.getdoc(data) or "")]
        parts.append(_fields(data))
        _gather(data, told_models)
    parts.append("## What the contracts share")
    for title in sorted(told_models):
        parts += [f"### {title}", prose(inspect.getdoc(told_models[title]) or ""), _fields(told_models[title])]
    return joined(parts)


def _fields(model: type[BaseModel]) -> str:
    rows = []
    for name, info in model.model_fields.items():
        needed = "yes" if info.is_required() else ""
        rows.append((f"`{name}`", _type(info.annotation, info.metadata), needed, info.description or ""))
    return table(("field", "type", "needed", "what it is"), rows)


def _type(annotation: Any, metadata: Sequence[Any] = ()) -> str:
    """A field's type as a sender reads it."""
    arguments = get_args(annotation)
    if annotation is type(None):
        return ""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    if arguments and all(isinstance(one, str) for one in arguments):
        return ", ".join(f"`{one}`" for one in arguments)
    if arguments and Ellipsis in arguments:
        return f"list of {_type(arguments[0])}"
    if arguments and type(None) in arguments:
        return _type(next(one for one in arguments if one is not type(None)), metadata)
    if arguments and isinstance(arguments[0], type):
        return _type(arguments[0], arguments[1:])
    checks = {getattr(getattr(one, "func", None), "__name__", "") for one in metadata}
    if "_check_moment" in checks:
        return "moment"
    if "_check_day" in checks:
        return "day"
    named = {str: "text", int: "whole number", float: "number", bool: "yes or no"}.get(annotation, "text")
    return named + _range(metadata)


def _range(metadata: Sequence[Any]) -> str:
    """Between what a number lies, where its type says so."""
    rules = [rule for one in metadata for rule in getattr(one, "metadata", (one,))]
    least = next((rule.ge for rule in rules if isinstance(rule, Ge)), None)
    most = next((rule.le for rule in rules if isinstance(rule, Le)), None)
    return "" if least is None or most is None else f", {least:,.0f} to {most:,.0f}"


def _gather(model: type[BaseModel], into: dict[str, type[BaseModel]]) -> None:
    """The models within a model, at any depth."""
    pending: list[Any] = [info.annotation for info in model.model_fields.values()]
    while pending:
        annotation = pending.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation.__name__ not in into:
                into[annotation.__name__] = annotation
                _gather(annotation, into)
        else:
            pending.extend(get_args(annotation))


PAGES: dict[str, Callable[[], str]] = {
    "reference/cli": cli, "reference/settings": settings, "reference/topics": topics, "reference/contracts": contracts,
    "reference/simulator-figures": simulator_page, "measures": measures_page, "glossary": glossary_page,
}  # fmt: skip
"""The pages by name: docs/NAME.md."""


def main() -> None:
    """Write every page that differs."""
    for name, made in PAGES.items():
        file = FOLDER / f"{name}.md"
        text = made()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote {name}.md\n")


if __name__ == "__main__":
    main()
