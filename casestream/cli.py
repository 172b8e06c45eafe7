"""The command `casestream`: names its commands, and turns errors into one clear line and an exit code.

Only the command that is called is imported: all of them take more than a second.
"""

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import typer
from confluent_kafka import KafkaException
from pydantic import ValidationError

from casestream.console import NOTES
from casestream.errors import Exit, UserError
from clickhouse.errors import StoreRefused, StoreUnavailable
from streams.topics import TopicError

COMMANDS = (
    "up", "down", "worker", "publish", "validate", "wait", "status", "measure", "measures", "ask", "case", "explain",
    "decide", "quality", "rejects", "doctor", "reproject", "tidy", "migrate", "simulate", "score", "contracts",
    "settings", "demo",
)  # fmt: skip
"""Each is the function of its name in the module of its name in `casestream.commands`."""

GROUPS = ("flags", "people", "reference")
"""Commands that have commands of their own: each is `app` in the module of its name."""


def app_of(names: Iterable[str] = (*COMMANDS, *GROUPS)) -> typer.Typer:
    """The application with some of its commands."""
    app = typer.Typer(
        name="casestream",
        help="Live linked criminal justice cases: agencies' change events from Kafka, linked as they come, in "
        "ClickHouse, on boards. Exit codes: 0 success, 1 a finding, 2 a wrong call, 3 a service that cannot be reached "
        "or a wait that ran out.",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_nothing)  # or one command alone would be the application itself
    for name in names:
        module = import_module(f"casestream.commands.{name}")
        if name in GROUPS:
            app.add_typer(module.app)
        else:
            app.command()(getattr(module, name))
    return app


def _nothing() -> None:
    return


def run(arguments: list[str] | None = None) -> int:
    """Run a command; its exit code. What the user can mend is told in one line, never as a traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        known = given and given[0] in (*COMMANDS, *GROUPS)
        command = typer.main.get_command(app_of(given[:1]) if known else app_of())
        outcome: Any = command.main(given or ["--help"], prog_name="casestream", standalone_mode=False)
        if not given:
            return Exit.WRONG_CALL
        return int(outcome) if isinstance(outcome, int) else Exit.SUCCESS
    except UserError as error:
        _tell(str(error))
        return error.code
    except typer.TyperException as error:
        _tell(_wrong_value(error))
        return Exit.WRONG_CALL
    except (typer.Abort, KeyboardInterrupt):
        _tell("interrupted")
        return 130
    except (KafkaException, TopicError) as error:
        _tell(f"Kafka: {error}")
        return Exit.UNREACHABLE
    except (StoreUnavailable, StoreRefused) as error:
        _tell(f"ClickHouse: {error}")
        return Exit.UNREACHABLE
    except BrokenPipeError:  # the reader of a pipe had enough
        return Exit.SUCCESS
    except OSError as error:
        if error.filename is None:
            raise
        _tell(f"{error.filename}: {error.strerror}")  # a folder that cannot be written, a disk that is full
        return Exit.WRONG_CALL


def _wrong_value(error: typer.TyperException) -> str:
    """What was wrong with the call; of a value that breaks a rule, the value too."""
    told = error.format_message().rstrip(".")
    if not isinstance(error.__cause__, ValidationError):
        return told
    given = repr(error.__cause__.errors(include_url=False)[0]["input"])
    return told if given in told else f"{told}, not {given}"


def _tell(text: str) -> None:
    NOTES.print(f"casestream: {text}", style="bold red" if NOTES.is_terminal else None, markup=False)


def main() -> None:
    """The script's entry."""
    sys.exit(run())
