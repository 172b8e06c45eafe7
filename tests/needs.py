"""`python -m tests.needs`: what the tests can use on this machine and what has to be left out, said before they run.

With CI set, a thing that is missing is an error: nothing is left out there.
"""

import os
import shutil
import sys
from pathlib import Path

from streams.broker import JarsError, JavaMissingError, prepare

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"


def missing(cache: Path) -> list[str]:
    """What is missing, each with the tests that are left out for it. Fetches Kafka's jars where it can."""
    found = []
    try:
        prepare(cache)
    except JavaMissingError as error:
        found.append(f"{error}: tests on Apache Kafka")
    except JarsError as error:
        found.append(f"{error}: tests on Apache Kafka")
    if not any(shutil.which(name) for name in BROWSERS):
        found.append("no Chromium: tests of the preview in a browser")
    return found


def main() -> int:
    """Print what is left out; the exit code is 1 when that may not be."""
    left_out = missing(Path(".pytest_cache/d/kafka"))
    for one in left_out:
        sys.stdout.write(f"LEFT OUT: {one}\n")
    if not SAMPLES.is_dir():  # agencies' real messages are not part of the project
        sys.stdout.write("LEFT OUT: no folder ../shared/samples beside the project: tests on real messages\n")
    if not left_out:
        sys.stdout.write("Apache Kafka, the ClickHouse engine and a browser are there: nothing is left out for them\n")
    return 1 if left_out and os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
