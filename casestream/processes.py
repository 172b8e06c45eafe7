"""Processes of an instance: started in a session of their own, so that they outlive the command; stopped in order."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import psutil

from casestream.errors import UnreachableError
from casestream.instance import Instance, Process, alive

_ROOT = Path(__file__).resolve().parents[1]
"""Where the packages are, so that a child finds them also where they are not installed."""

_END_OF_LOG = 1_500


def spawn(
    instance: Instance, name: str, arguments: Sequence[str], environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start `python ARGUMENTS` in the background. It runs in the instance's folder `run`; standard error goes to
    logs/NAME.log, standard output to run/NAME.out, where `ready_port` reads it."""
    run = instance.folder / "run"
    run.mkdir(parents=True, exist_ok=True)
    instance.logs.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    with (run / f"{name}.out").open("wb") as out, (instance.logs / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=log,
            cwd=run,
            env={**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **environment},
            start_new_session=True,
        )


def ready_port(instance: Instance, name: str, process: "subprocess.Popen[bytes]", timeout: float) -> int:
    """The port in the line `{"port": N}` that a server prints when it is ready. UnreachableError, with the end of its
    log, when it ends or says nothing within `timeout` seconds."""
    out = instance.folder / "run" / f"{name}.out"
    deadline = monotonic() + timeout
    while monotonic() < deadline:
        first, newline, _rest = out.read_bytes().partition(b"\n")
        if newline:
            with suppress(ValueError, KeyError, TypeError):
                return int(json.loads(first)["port"])
        if process.poll() is not None:
            raise UnreachableError(f"{name} ended at its start; {end_of_log(instance, name)}")
        sleep(0.05)
    process.kill()
    raise UnreachableError(f"{name} was not ready within {timeout:g} s; {end_of_log(instance, name)}")


def end_of_log(instance: Instance, name: str) -> str:
    """Where the log of a process is, and its last lines."""
    file = instance.logs / f"{name}.log"
    with suppress(OSError):
        text = file.read_bytes()[-_END_OF_LOG:].decode(errors="replace").strip()
        return f"the end of {file}:\n{text}"
    return f"there is no {file}"


def running_with(program: str, argument: str) -> int | None:
    """The id of a process whose command has a program (a part of a word) and an argument (a whole word)."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if argument in words and any(program in word for word in words):
            return process.pid
    return None


def stop(process: Process, *, timeout: float) -> bool:
    """End a process with SIGTERM, by force after `timeout` seconds; whether it ended by itself. One that is gone
    already, or whose id another process has now, is left alone."""
    if not alive(process):
        return True
    try:
        found = psutil.Process(process.pid)
        found.terminate()
        found.send_signal(signal.SIGCONT)  # a stopped process would never see the SIGTERM
        if not _ended(process, timeout):
            found.kill()
            _ended(process, 10)
            return False
    except psutil.NoSuchProcess:
        pass
    return True


def _ended(process: Process, timeout: float) -> bool:
    """Wait for a process to end. One that another command started stays as a zombie until that command collects it, so
    its id alone does not say that it runs; one of our own is collected."""
    deadline = monotonic() + timeout
    while alive(process):
        if monotonic() > deadline:
            return False
        sleep(0.05)
    with suppress(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)
    return True
