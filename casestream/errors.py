"""What a user is told in one line, and the exit code that goes with it."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    SUCCESS = 0
    FINDING = 1
    WRONG_CALL = 2
    UNREACHABLE = 3


class UserError(Exception):
    """Ends a command with one clear line and exit code 2: the call was wrong."""

    code: Exit = Exit.WRONG_CALL


class UnreachableError(UserError):
    """A service cannot be reached, or a wait ran out: exit code 3."""

    code = Exit.UNREACHABLE
