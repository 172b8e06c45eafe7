"""All settings of casestream: the worker's and those of an instance on this machine.

They come from the environment (`CASESTREAM_...`), else from the file `casestream.env` in the working folder, else from
here. `casestream settings` lists them, and docs/reference/settings.md is made from them.
"""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import Field, ValidationError

from casestream.errors import UserError
from casestream.nearest import nearest
from streams.settings import WorkerSettings

ENV_FILE = "casestream.env"
PREFIX = "CASESTREAM_"
_PASSWORD_OF_A_USER = re.compile(PREFIX + r"CLICKHOUSE_\w+_PASSWORD")
"""What the embedded ClickHouse asks of a user is no setting of a command."""


def _cache_folder() -> Path:
    """Within the virtual environment, so that removing it removes all; else where the user's caches are."""
    if sys.prefix != sys.base_prefix:
        return Path(sys.prefix) / "cache" / "casestream"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "casestream"


class Settings(WorkerSettings):
    """Settings of the command line. A port is the one wished for; when it is taken, any free one is used."""

    data: Path = Field(Path(".casestream"), description="folder of the instance: data, endpoints, processes, logs")
    cache: Path = Field(
        default_factory=_cache_folder,
        description="folder for what is fetched once, such as Kafka's jars; in the virtual environment unless set",
    )
    kafka_port: int = Field(9092, ge=0, le=65_535, description="wanted port of the local Kafka; 0 for any free one")
    clickhouse_port: int = Field(
        8123, ge=0, le=65_535, description="wanted port of the embedded ClickHouse; 0 for any free one"
    )
    preview_port: int = Field(8050, ge=0, le=65_535, description="wanted port of the preview; 0 for any free one")
    workers: int = Field(1, ge=0, le=64, description="worker processes that `casestream up` starts")
    clickhouse_board_password: str = Field("", description="password of the user board, as whom the preview reads")
    start_timeout: float = Field(90.0, gt=0, description="seconds that a process may take to start")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is now: `source` says where its value comes from."""

    name: str
    value: str
    default: str
    source: Literal["environment", "file", "default"]
    description: str


def load() -> Settings:
    """The settings as they are now; UserError names the one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise UserError(f"{name}={first['input']!r}: {first['msg'].lower()}") from None
    except UnicodeDecodeError as error:
        raise UserError(f"{ENV_FILE}: byte {error.start} is not UTF-8") from None


def misspelt() -> list[str]:
    """What is set under a name that no setting has, each with the nearest: it changes nothing, and nobody would see."""
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    names = {name.upper() for name in (*os.environ, *_in_file())}
    unknown = sorted(
        name for name in names - known if name.startswith(PREFIX) and _PASSWORD_OF_A_USER.fullmatch(name) is None
    )
    return [f"{name} is no setting; the nearest: {', '.join(nearest(name, known))}" for name in unknown]


def _in_file() -> dict[str, str | None]:
    return dotenv_values(ENV_FILE) if Path(ENV_FILE).is_file() else {}


def described(settings: Settings) -> list[Setting]:
    """Every setting, in the order of the classes; a password is not shown."""
    in_file = {name.upper() for name, value in _in_file().items() if value}
    found = []
    for field, info in Settings.model_fields.items():
        name = PREFIX + field.upper()
        source: Literal["environment", "file", "default"] = "default"
        if any(set_name.upper() == name and value for set_name, value in os.environ.items()):
            source = "environment"
        elif name in in_file:
            source = "file"
        now = str(getattr(settings, field))
        if "password" in field and now:
            now = "(set)"
        default = _default(field)
        found.append(Setting(name, now, default, source, info.description or ""))
    return found


def _default(field: str) -> str:
    """The default as documentation shows it: no path of this machine."""
    info = Settings.model_fields[field]
    return str(info.default) if info.default_factory is None else ".venv/cache/casestream"
