"""An instance on this machine: a folder with `instance.json` (its endpoints and processes), its data and its logs.

A process is known by its id and the time when it was made, so an id that another process got since is not mistaken
for ours. The file is replaced as a whole; who changes it holds the folder's lock.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import orjson
import psutil

from casestream.errors import UnreachableError, UserError

_SAME_TIME_SECONDS = 2.0  # the system's clock may be set while a process runs


@dataclass(frozen=True, slots=True)
class Process:
    """A process of the instance: its id and when it was made (seconds since 1970 UTC)."""

    pid: int
    created: float


@dataclass(slots=True)
class State:
    """What `instance.json` says. endpoints: kafka (host:port), clickhouse and preview (http URLs), also of
    what does not run now: it comes back there. outside: which of them are servers that the settings named."""

    endpoints: dict[str, str] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)

    def served(self, name: str) -> bool:
        """Whether the instance's own process, or one that the settings named, is at the endpoint. Whoever else answers
        there is another's: it took the port since."""
        process = self.processes.get(name)
        return name in self.outside or (process is not None and alive(process))


class Instance:
    """One instance: the folder and what is read from and written to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    @property
    def file(self) -> Path:
        """Where the state is kept."""
        return self.folder / "instance.json"

    @property
    def logs(self) -> Path:
        """The folder of the logs, one file a process."""
        return self.folder / "logs"

    def read(self) -> State:
        """The state; an empty one where there is no instance. UserError for a file that is none of ours."""
        try:
            raw = self.file.read_bytes()
        except FileNotFoundError:
            return State()
        try:
            told = orjson.loads(raw)
            processes = {
                str(name): Process(int(one["pid"]), float(one["created"])) for name, one in told["processes"].items()
            }
            endpoints = dict(told["endpoints"])
            outside = told.get("outside", endpoints.keys() - processes.keys())  # an older file does not say
            return State(endpoints, processes, set(outside))
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise UserError(f"{self.file} is damaged ({error}): stop its processes and remove it") from None

    def write(self, state: State) -> None:
        """Replace the state as a whole, durably."""
        self.folder.mkdir(parents=True, exist_ok=True)
        told = {
            "endpoints": state.endpoints,
            "processes": {
                name: {"pid": one.pid, "created": one.created} for name, one in state.processes.items()
            },
            "outside": sorted(state.outside),
        }
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".instance-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(orjson.dumps(told, option=orjson.OPT_INDENT_2))
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    @contextmanager
    def locked(self, timeout: float = 120.0) -> Iterator[None]:
        """Only one command at a time changes an instance. UnreachableError when another holds it for too long."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "instance.lock").open("a") as file:
            deadline = monotonic() + timeout
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if monotonic() > deadline:
                        raise UnreachableError(f"another command is still changing {self.folder}") from None
                    sleep(0.1)
            yield

    def running(self) -> dict[str, int]:
        """The processes that are alive, by name: their ids."""
        return {name: one.pid for name, one in self.read().processes.items() if alive(one)}


def made(pid: int) -> Process:
    """A process as the instance remembers it. Raises psutil.NoSuchProcess."""
    return Process(pid, psutil.Process(pid).create_time())


def alive(process: Process) -> bool:
    """Whether the very process still runs; one that has ended and was not collected does not."""
    try:
        found = psutil.Process(process.pid)
        return (
            abs(found.create_time() - process.created) < _SAME_TIME_SECONDS
            and found.status() != psutil.STATUS_ZOMBIE
        )
    except psutil.NoSuchProcess:
        return False
