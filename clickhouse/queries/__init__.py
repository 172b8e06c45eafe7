"""The statements that code asks, one file each, named after what it answers; `read` gives their text."""

from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> str:
    """The text of `clickhouse/queries/<name>.sql`."""
    return (files(__name__) / f"{name}.sql").read_text(encoding="utf-8")
