"""The pinned requirements: complete, with hashes, and naming no registry."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def named(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def pinned(name: str) -> dict[str, str]:
    """The pins of a file: name -> the rest of its entry."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line.split("==", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {named(package): rest for package, rest in entries}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    """`make requirements` makes them anew from pyproject.toml."""
    pins = pinned(name)
    assert all("--hash=sha256:" in rest for rest in pins.values())
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert "--index" not in (ROOT / name).read_text(encoding="utf-8")
    assert {named(one) for one in PROJECT["dependencies"]} <= set(pins)


def test_the_tests_run_with_the_packages_that_are_delivered() -> None:
    versions = {name: rest.split()[0] for name, rest in pinned("requirements-dev.txt").items()}
    delivered = {name: rest.split()[0] for name, rest in pinned("requirements.txt").items()}
    assert {name: versions[name] for name in delivered} == delivered
    assert {named(one) for one in PROJECT["optional-dependencies"]["dev"]} <= set(versions)
