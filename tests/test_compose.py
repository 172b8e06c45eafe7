"""docker-compose.yml is sound where no Docker is: its shape, and that every file, variable, port, service, command and
setting that it names exists."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from casestream.cli import COMMANDS
from casestream.settings import Settings
from clickhouse.tables import BOARD_TABLES, DICTIONARIES, DICTIONARY_TABLES
from streams.topics import MESSAGE_MAX_BYTES

ROOT = Path(__file__).resolve().parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

_WORDS = {"type": "array", "items": {"type": "string"}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["name", "services", "volumes"],
    "additionalProperties": False,
    "patternProperties": {"^x-": {}},
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z][a-z0-9_-]*$"},
        "services": {"type": "object", "additionalProperties": {"$ref": "#/$defs/service"}},
        "volumes": {"type": "object", "additionalProperties": {"type": ["object", "null"]}},
        "configs": {"type": "object", "additionalProperties": {"type": "object", "required": ["content"]}},
    },
    "$defs": {
        "service": {
            "type": "object",
            "required": ["image", "environment", "restart"],
            "additionalProperties": False,
            "properties": {
                "image": {"type": "string"},
                "build": {"type": "string"},
                "command": _WORDS,
                "environment": {"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
                "ports": _WORDS,
                "volumes": _WORDS,
                "configs": {"type": "array", "items": {"type": "object", "required": ["source", "target"]}},
                "ulimits": {"type": "object"},
                "stop_grace_period": {"type": "string"},
                "restart": {"enum": ["unless-stopped", "on-failure"]},
                "depends_on": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "required": ["condition"],
                        "additionalProperties": False,
                        "properties": {"condition": {"enum": ["service_healthy", "service_completed_successfully"]}},
                    },
                },
                "healthcheck": {
                    "type": "object",
                    "required": ["test", "interval", "timeout", "retries"],
                    "properties": {"test": {"type": "array", "prefixItems": [{"const": "CMD"}]}},
                },
            },
        }
    },
}


def test_its_shape_is_that_of_a_compose_file() -> None:
    Draft202012Validator(SCHEMA).validate(COMPOSE)


def test_every_variable_has_the_default_of_the_example() -> None:
    used = dict(re.findall(r"\$\{([A-Z_]+):-([^}]*)\}", TEXT))
    assert not re.findall(r"\$\{[A-Z_]+\}", TEXT), "a variable without a default"
    example = dict(
        line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if line and line[0] != "#"
    )
    assert used == example


def test_every_mounted_or_built_path_exists() -> None:
    for name, service in SERVICES.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).exists(), f"{name} mounts {source}"
            else:
                assert source in COMPOSE["volumes"], f"{name} uses the volume {source}"
        if "build" in service:
            assert (ROOT / service["build"] / "Dockerfile").is_file()
        for config in service.get("configs", []):
            assert config["source"] in COMPOSE["configs"]


def test_every_named_volume_is_used() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert set(COMPOSE["volumes"]) <= used


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY"):
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
                assert f"!{source.removeprefix('./')}" in ignored


@pytest.mark.parametrize("name", ["migrate", "worker"])
def test_commands_are_commands_of_casestream(name: str) -> None:
    known = set(COMMANDS)
    assert SERVICES[name]["command"][0] in known
    test = SERVICES[name].get("healthcheck", {}).get("test", [])
    assert not test or (test[1] == "casestream" and test[2] in known)


def test_settings_are_settings_of_casestream() -> None:
    fields = {f"CASESTREAM_{field.upper()}" for field in Settings.model_fields}
    for service in SERVICES.values():
        named = {variable for variable in service["environment"] if variable.startswith("CASESTREAM_")}
        assert named <= fields


def test_dependencies_are_services_and_those_waited_for_have_a_health_check() -> None:
    for service in SERVICES.values():
        for other, how in service.get("depends_on", {}).items():
            assert other in SERVICES
            if how["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other]


def test_ports_are_open_on_this_machine_only_and_meet_what_listens() -> None:
    for service in SERVICES.values():
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")
    kafka = SERVICES["kafka"]["environment"]
    listeners = dict(re.findall(r"(\w+)://:(\d+)", kafka["KAFKA_LISTENERS"]))
    assert SERVICES["kafka"]["ports"][0].endswith(f":{listeners['EXTERNAL']}")
    worker = SERVICES["worker"]["environment"]
    assert worker["CASESTREAM_KAFKA"] == f"kafka:{listeners['INTERNAL']}"
    assert worker["CASESTREAM_CLICKHOUSE"].endswith(SERVICES["clickhouse"]["ports"][0].split(":")[-1])


def test_the_boards_user_may_read_what_boards_may_and_nothing_else() -> None:
    grants = re.findall(r"<query>(.*?)</query>", COMPOSE["configs"]["board_user"]["content"])
    assert sorted(grants) == [
        *(f"GRANT SELECT ON casestream.{table}" for table in sorted(BOARD_TABLES)),
        *(f"GRANT dictGet ON casestream.{name}" for name in sorted(DICTIONARIES)),
    ]


@pytest.mark.parametrize(
    "told",
    [
        COMPOSE["configs"]["dictionaries_user"]["content"],
        (ROOT / "clickhouse" / "embedded_engine.xml").read_text(encoding="utf-8").partition("<dictionaries>")[2],
    ],
    ids=["compose", "embedded"],
)
def test_dictionaries_read_their_tables_and_nothing_else(told: str) -> None:
    grants = re.findall(r"<query>(.*?)</query>", told)
    assert sorted(grants) == [f"GRANT SELECT ON casestream.{table}" for table in sorted(DICTIONARY_TABLES)]
    assert DICTIONARY_TABLES <= BOARD_TABLES
    assert set(re.findall(r"<ip>(.*?)</ip>", told)) <= {"127.0.0.1", "::1"}


def test_the_largest_message_is_the_same_everywhere() -> None:
    assert SERVICES["kafka"]["environment"]["KAFKA_MESSAGE_MAX_BYTES"] == MESSAGE_MAX_BYTES
    assert SERVICES["kafka"]["environment"]["KAFKA_REPLICA_FETCH_MAX_BYTES"] == MESSAGE_MAX_BYTES


def test_grafanas_provisioning_names_what_the_compose_file_gives() -> None:
    grafana = SERVICES["grafana"]
    files = [*(ROOT / "grafana" / "provisioning").rglob("*.yaml"), *(ROOT / "grafana" / "provisioning").rglob("*.yml")]
    assert files
    mounted = {volume.split(":")[1] for volume in grafana["volumes"]}
    for file in files:
        text = file.read_text(encoding="utf-8")
        for variable in re.findall(r"\$\{?([A-Z][A-Z_0-9]+)", text):
            assert variable in grafana["environment"], f"{file.name} names {variable}"
        for provider in yaml.safe_load(text).get("providers", []):
            assert provider["options"]["path"] in mounted, f"{file.name}: no such folder in the container"
