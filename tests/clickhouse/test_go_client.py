"""The Go client of Grafana's plugin, in both its generations, talks to the embedded server."""

import shutil
import subprocess
from pathlib import Path

import pytest

from clickhouse.store import Endpoint

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

MODULES = sorted(path for path in (Path(__file__).parent / "go").iterdir() if path.is_dir())


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_the_plugins_client_is_served(
    store: object, clickhouse_endpoint: Endpoint, module: Path, tmp_path: Path
) -> None:
    if shutil.which("go") is None:
        pytest.skip("Go is not installed: the client of Grafana's plugin was not tried")
    program = tmp_path / "client"
    built = subprocess.run(["go", "build", "-o", program, "."], cwd=module, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    ran = subprocess.run(
        [program, f"{clickhouse_endpoint.host}:{clickhouse_endpoint.port}"], capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == ["it's 7 2025-03-30T01:30:00.5Z", "70000", "[case_id force] false", "true", "1"]
