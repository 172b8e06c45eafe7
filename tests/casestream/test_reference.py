"""docs/reference is what the code gives, and leaves out no command, option, setting, topic or field."""

import pytest
import typer
from typer.core import TyperGroup, TyperOption

from casestream import reference
from casestream.cli import COMMANDS, GROUPS, app_of
from casestream.settings import PREFIX, Settings
from schemas.generate import EVENT_MODELS
from streams.topics import declared


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_page_is_what_the_code_gives(name: str) -> None:
    """`make reference` makes it anew."""
    assert (reference.FOLDER / f"{name}.md").read_text(encoding="utf-8") == reference.PAGES[name]()


def test_every_command_and_option_is_described() -> None:
    page = reference.cli()
    group = typer.main.get_command(app_of())
    assert isinstance(group, TyperGroup)
    assert len(group.commands) == len(COMMANDS) + len(GROUPS)
    for name, command in group.commands.items():
        assert f"## casestream {name}\n" in page
        assert command.help
        for parameter in command.params:
            for option in parameter.opts if isinstance(parameter, TyperOption) else ():
                assert f"`{option}`" in page or option == "--help"
            if isinstance(parameter, TyperOption):
                assert parameter.help, f"{name} {parameter.name}"


def test_every_setting_is_described() -> None:
    page = reference.settings()
    for field, info in Settings.model_fields.items():
        assert f"| `{PREFIX}{field.upper()}` |" in page
        assert info.description, field


def test_every_topic_is_described() -> None:
    page = reference.topics()
    for topic in declared():
        assert f"| `{topic.name}` |" in page


def test_every_field_of_every_contract_is_named() -> None:
    page = reference.contracts()
    for event_type, model in EVENT_MODELS.items():
        assert f"## {event_type}\n" in page
        for field in model.model_fields["data"].annotation.model_fields:  # type: ignore[union-attr]
            assert f"| `{field}` |" in page
