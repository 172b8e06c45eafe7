"""The local Apache Kafka of `make demo` and of the tests: its jars (pom.xml), its settings, its launcher.

One KRaft node on loopback, durable, the same software that production runs. Nothing outside `launcher.py` knows that
the broker is local: everyone else is given bootstrap servers.
"""

from streams.broker.launcher import (
    Broker,
    BrokerError,
    JarsError,
    JavaMissingError,
    lacking,
    launch,
    prepare,
    start,
    stop,
)

__all__ = ["Broker", "BrokerError", "JarsError", "JavaMissingError", "lacking", "launch", "prepare", "start", "stop"]
