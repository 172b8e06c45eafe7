"""What people are to be scored by, as a user names it: a settings file, a snapshot of term frequencies, or both."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casestream.errors import UserError
from clickhouse.store import Store
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.model import ModelError
from processors.people.usable import usable
from streams.people_frequencies import taken
from streams.people_model import Scoring, wished


def read_json(file: Path) -> Any:
    """The JSON document of a file; UserError where it is none."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{file}: cannot be read as JSON: {error}") from None


def settings_of(file: Path) -> Mapping[str, Any]:
    """The settings of a file that can be used; UserError for another."""
    settings: Mapping[str, Any] = read_json(file)
    try:
        usable(settings)
    except ModelError as error:
        raise UserError(f"{file}: {error}") from None
    return settings


def wished_of(store: Store, held: Scoring, file: Path | None, snapshot: str | None) -> Scoring:
    """What is in force, with another model, another snapshot, or both. UserError where one cannot be used."""
    key = held.snapshot if snapshot is None else ""
    if snapshot not in (None, NO_FREQUENCIES.name):
        keys = {one.key for one in taken(store) if one.name == snapshot}
        if len(keys) != 1:
            known = ", ".join(one.name for one in taken(store)) or "no other"
            raise UserError(f"--snapshot {snapshot}: there is none, and {known}")
        (key,) = keys
    return wished(store, held.settings if file is None else settings_of(file), key)
