"""The Ministry of Justice's own model, beside the project's folder; tests that need it say so when it is absent."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
_FILE = _SHARED / "reference" / "person-model" / "model_2026_02_23_1e09.json"

needs_model = pytest.mark.skipif(not _FILE.is_file(), reason="the Ministry of Justice's model (../shared) is not here")


@cache
def settings() -> dict[str, Any]:
    """The settings document of the model."""
    document: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return document
