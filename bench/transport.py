"""Messages a second through a trivial Faust agent: stock Faust, and the chunk transport.

    python -m bench.transport [--messages 400000] [--size 1000] [--stock-messages 40000]

Starts an Apache Kafka of its own in a temporary folder (jars from `--cache`), publishes, and runs each worker in this
process over the same topic. Prints produced and consumed messages a second; `--json` for a machine.
"""

import argparse
import asyncio
import json
import os
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import faust
import orjson

from streams import producer, topics
from streams.broker import prepare, start, stop
from streams.transport import ChunkedApp, runs

TOPIC = "bench"


def publish(bootstrap: str, messages: int, size: int) -> float:
    """Publish JSON messages of about `size` bytes; messages a second."""
    topics.ensure(bootstrap, [topics.Topic(TOPIC, 4, -1, "benchmark")])
    filler = [os.urandom(size // 4).hex() for _ in range(64)]
    begin = perf_counter()
    with producer.Producer(bootstrap) as sender:
        for number in range(messages):
            body = {
                "id": number,
                "source": "bench",
                "half": filler[number % 64][: size // 2],
                "rest": "a" * (size // 2),
            }
            sender.send(TOPIC, b"%d" % number, orjson.dumps(body))
    return messages / (perf_counter() - begin)


async def consume(app: Any, count: list[int], wanted: int) -> float:
    """Run a worker until it has seen `wanted` messages; messages a second, from the first that it saw."""
    app.finalize()
    await app.start()
    while not count[0]:  # noqa: ASYNC110 (a look a millisecond costs nothing that is measured)
        await asyncio.sleep(0.001)
    begin, first = perf_counter(), count[0]
    while count[0] < wanted:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    rate = (count[0] - first) / (perf_counter() - begin)
    await app.stop()
    return rate


def chunked(bootstrap: str, decode: bool) -> tuple[Any, list[int]]:
    count = [0]
    app = ChunkedApp(f"chunked-{decode}", broker=f"kafka://{bootstrap}", autodiscover=False, web_enabled=False)

    async def read(stream: Any) -> None:
        async for run in runs(stream):
            if decode:
                for record in run.records:
                    orjson.loads(record.value)
            count[0] += len(run)
            run.done()

    app.agent(app.chunks(TOPIC), name="read")(read)
    return app, count


def stock(bootstrap: str) -> tuple[Any, list[int]]:
    count = [0]
    app = faust.App("stock", broker=f"kafka://{bootstrap}", autodiscover=False, web_enabled=False, store="memory://")

    async def read(stream: Any) -> None:
        async for value in stream:
            orjson.loads(value)
            count[0] += 1

    app.agent(app.topic(TOPIC, value_serializer="raw"), name="read")(read)
    return app, count


async def measure(bootstrap: str, messages: int, stock_messages: int) -> dict[str, float]:
    rates = {}
    for name, decode in (("chunked", False), ("chunked, orjson", True)):
        app, count = chunked(bootstrap, decode)
        rates[name] = await consume(app, count, messages)
    app, count = stock(bootstrap)
    rates["stock Faust, orjson"] = await consume(app, count, stock_messages)
    return rates


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--messages", type=int, default=400_000)
    options.add_argument("--size", type=int, default=1_000)
    options.add_argument("--stock-messages", type=int, default=40_000)
    options.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "casestream")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    jars = prepare(chosen.cache)
    with tempfile.TemporaryDirectory() as folder:
        broker = start(Path(folder), jars=jars)
        try:
            rates = {"produced": publish(broker.bootstrap, chosen.messages, chosen.size)}
            rates |= asyncio.run(measure(broker.bootstrap, chosen.messages, chosen.stock_messages))
        finally:
            stop(broker.pid)
    if chosen.json:
        print(json.dumps(rates))
        return
    for name, rate in rates.items():
        print(f"{name:24} {rate:>12,.0f} messages/s")


if __name__ == "__main__":
    main()
