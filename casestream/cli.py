"""The command `casestream`: names its commands, and turns errors into one clear line and an exit code."""

import sys
from typing import Any

import typer
from confluent_kafka import KafkaException

from casestream.commands.ask import ask
from casestream.commands.case import case
from casestream.commands.contracts import contracts
from casestream.commands.decide import decide
from casestream.commands.demo import demo
from casestream.commands.doctor import doctor
from casestream.commands.down import down
from casestream.commands.explain import explain
from casestream.commands.flags import app as flags
from casestream.commands.measure import measure
from casestream.commands.measures import measures
from casestream.commands.migrate import migrate
from casestream.commands.people import app as people
from casestream.commands.publish import publish
from casestream.commands.quality import quality
from casestream.commands.reference import app as reference
from casestream.commands.rejects import rejects
from casestream.commands.reproject import reproject
from casestream.commands.score import score
from casestream.commands.settings import settings
from casestream.commands.simulate import simulate
from casestream.commands.status import status
from casestream.commands.tidy import tidy
from casestream.commands.up import up
from casestream.commands.validate import validate
from casestream.commands.wait import wait
from casestream.commands.worker import worker
from casestream.console import NOTES
from casestream.errors import Exit, UserError
from clickhouse.store import StoreRefused, StoreUnavailable
from streams.topics import TopicError

COMMANDS = (
    up, down, worker, publish, validate, wait, status, measure, measures, ask, case, explain, decide, quality, rejects,
    doctor, reproject, tidy, migrate, simulate, score, contracts, settings, demo,
)  # fmt: skip

GROUPS = (flags, people, reference)
"""Commands that have commands of their own."""

app = typer.Typer(
    name="casestream",
    help="Live linked criminal justice cases: agencies' change events from Kafka, linked as they come, in ClickHouse, "
    "on boards. Exit codes: 0 success, 1 a finding, 2 a wrong call, 3 a service that cannot be reached or a wait that "
    "ran out.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in COMMANDS:
    app.command()(_command)
for _group in GROUPS:
    app.add_typer(_group)


def run(arguments: list[str] | None = None) -> int:
    """Run a command; its exit code. What the user can mend is told in one line, never as a traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        command = typer.main.get_command(app)
        outcome: Any = command.main(given or ["--help"], prog_name="casestream", standalone_mode=False)
        if not given:
            return Exit.WRONG_CALL
        return int(outcome) if isinstance(outcome, int) else Exit.SUCCESS
    except UserError as error:
        _tell(str(error))
        return error.code
    except typer.TyperException as error:
        _tell(error.format_message())
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


def _tell(text: str) -> None:
    NOTES.print(f"casestream: {text}", style="bold red" if NOTES.is_terminal else None, markup=False)


def main() -> None:
    """The script's entry."""
    sys.exit(run())
