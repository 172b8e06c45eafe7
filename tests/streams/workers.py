"""What the tests of `streams` share: a worker in this process, and waiting for what comes later."""

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from streams import producer
from streams.transport import ChunkedApp, Pace, Run, runs

_numbers = itertools.count(1)

Handler = Callable[[Run, "Worker"], Awaitable[None]]


async def finish(run: Run, worker: "Worker") -> None:
    """The usual agent of a test: everything is durable at once."""
    run.done()


@dataclass
class Worker:
    """A Faust worker in this process that reads one topic in runs, remembers what it saw, and calls a handler."""

    bootstrap: str
    topic: str
    group: str
    handler: Handler = finish
    options: dict[str, Any] = field(default_factory=dict)
    pace: Pace | None = None
    beside: dict[str, Pace] = field(default_factory=dict)
    """Other topics that it reads, each with an agent and a pace of its own."""
    seen: list[tuple[int, int, bytes]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    app: Any = None

    async def start(self) -> "Worker":
        settings: dict[str, Any] = {"broker": f"kafka://{self.bootstrap}", "web_enabled": False, **self.options}
        self.app = app = ChunkedApp(self.group, autodiscover=False, **settings)

        async def read(stream: Any) -> None:
            async for run in runs(stream):
                self.runs.append(run)
                self.seen += [(run.partition, record.offset, record.value) for record in run.records]
                await self.handler(run, self)

        for topic, pace in {self.topic: self.pace, **self.beside}.items():
            app.agent(app.chunks(topic, pace=pace), name=f"read-{next(_numbers)}")(read)
        app.finalize()
        await app.start()
        return self

    async def stop(self) -> None:
        if self.app is not None:
            app, self.app = self.app, None
            with contextlib.suppress(*([type(app.crash_reason)] if app.crashed else [])):
                await app.stop()

    def values(self) -> list[bytes]:
        return [value for _, _, value in self.seen]


async def until(condition: Callable[[], bool], seconds: float = 20.0, what: str = "") -> None:
    """Wait for a condition of a test; fail when it does not come true."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, f"not within {seconds:g} s: {what or condition}"
        await asyncio.sleep(0.02)


async def committed_is(
    kafka: str, group: str, topic: str, wanted: dict[int, int | None], seconds: float = 10.0
) -> None:
    """Wait until the group's committed offsets are as wanted, by partition."""
    found: dict[int, int | None] = {}
    deadline = monotonic() + seconds
    while monotonic() < deadline:
        answer = await asyncio.to_thread(producer.committed, kafka, group, [topic])
        found = {partition: offset for (_, partition), offset in answer.items()}
        if found == wanted:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"committed {found}, wanted {wanted}")
