"""A flag's rule, as its YAML file says it.

    flag: knife_crime
    title: Knife crime
    definition: What it means, in a sentence or two.
    source: Who defines it so.
    any_of:                      # one entry is enough; of an entry with several kinds of facts all must be met
      - ho_classes: ["10D"]
      - {police_flags: ["knife"], victim: {age_below: 18}}
    none_of:                     # an entry that is met takes the flag away
      - flags: ["child_abuse"]

Text in, rules out: `read_rule(name, text)`. What is wrong is a FlagRuleError with file, field, value and rule.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

MAX_BYTES = 100_000


class FlagRuleError(ValueError):
    """A rule file that cannot be used: the `file`, the `field` in it, the `value`, and the `rule` that it breaks."""

    def __init__(self, file: str, field: str, value: object, rule: str) -> None:
        shown = repr(value)
        super().__init__(f"{file}: {field}={shown if len(shown) < 120 else shown[:117] + '...'}: {rule}")
        self.file, self.field, self.value, self.rule = file, field, value, rule


def _form(pattern: str, rule: str) -> Any:
    compiled = re.compile(pattern)

    def check(value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("not_text", "must be text: put it in quotes")
        if not compiled.fullmatch(value):
            raise PydanticCustomError("form", rule)
        return value

    return BeforeValidator(check)


Name = Annotated[str, _form(r"[a-z][a-z0-9_]{1,39}", "must be lower-case letters, digits and _, at most 40")]
OffenceCodes = Annotated[
    str,
    _form(
        r"[A-Z][A-Z0-9]{0,5}\*|[A-Z]{2}[A-Z0-9]{5}|([A-Z]{2,4})[0-9]{3,5}-\1[0-9]{3,5}",
        "must be a CJS offence code of 7 characters (SX03001), its beginning with * (SX03*), or a range of numbers "
        "(SX03005-SX03012)",
    ),
]
HoClasses = Annotated[
    str,
    _form(
        r"[1-9][0-9]{0,2}(\.[0-9]{1,2})?[A-Z]?|[0-9]{3}/[0-9]{2}",
        "must be a Home Office class: a number with all that is in it (19), as the police write it (19C) or as the "
        "courts do (019/08)",
    ),
]
Words = Annotated[str, _form(r"[a-z0-9_]{1,40}\*?", "must be lower-case letters, digits and _, with * for any end")]
Markers = Annotated[str, _form(r"[A-Z0-9]{1,10}", "must be the marker's code in capitals")]
Subgroups = Annotated[str, _form(r"[A-Z].{2,60}", "must be the name of a Home Office sub-group")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class VictimEntry(_Strict):
    """A victim of the crime: all that is said must be so of one victim; what is not known of a victim is not so. Age in
    whole years at the crime."""

    sex: Literal["male", "female", "other", "not_known"] | None = None
    age_from: int | None = Field(None, ge=0, le=120)
    age_below: int | None = Field(None, ge=1, le=120)
    relationship: tuple[Words, ...] = Field((), strict=False)
    vulnerable: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "VictimEntry":
        if not self.text():
            raise PydanticCustomError("empty", "must say something of the victim")
        return self

    def text(self) -> str:
        """As a fact says it; nothing of the victim that the rule does not ask for."""
        parts = []
        for name, value in self:
            if value not in (None, ()):
                parts.append(f"{name} {'|'.join(value) if isinstance(value, tuple) else value}")
        return ", ".join(parts)


class Entry(_Strict):
    """Kinds of facts that must all be there; of a kind one of its patterns is enough."""

    offence_codes: tuple[OffenceCodes, ...] = Field((), strict=False)
    ho_classes: tuple[HoClasses, ...] = Field((), strict=False)
    ho_subgroups: tuple[Subgroups, ...] = Field((), strict=False)
    police_flags: tuple[Words, ...] = Field((), strict=False)
    cps_flags: tuple[Words, ...] = Field((), strict=False)
    court_markers: tuple[Markers, ...] = Field((), strict=False)
    flags: tuple[Name, ...] = Field((), strict=False)
    victim: VictimEntry | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Entry":
        if not any(value for _, value in self):
            raise PydanticCustomError("empty", "must name at least one fact")
        return self


class Rule(_Strict):
    """What makes a flag."""

    flag: Name
    title: str = Field(min_length=1, max_length=80)
    definition: str = Field(min_length=1, max_length=1000)
    source: str = Field(min_length=1, max_length=400)
    any_of: tuple[Entry, ...] = Field(min_length=1, strict=False)
    none_of: tuple[Entry, ...] = Field((), strict=False)


class _Loader(yaml.SafeLoader):
    """Safe YAML in which a key that stands twice is an error, not the last one's."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.MarkedYAMLError(None, None, f"{key.value!r} stands twice", key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_rule(file: str, text: str) -> Rule:
    """The rule of one file, `file` being its name. Raises FlagRuleError."""
    if len(text) > MAX_BYTES:
        raise FlagRuleError(file, "(file)", f"{len(text)} characters", f"at most {MAX_BYTES}")
    try:
        told = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark is not None else "(file)"
        raise FlagRuleError(file, line, "", f"is no YAML: {getattr(error, 'problem', None) or error}") from None
    if not isinstance(told, Mapping):
        raise FlagRuleError(file, "(file)", told, "must be a mapping with flag, title, definition, source and any_of")
    try:
        rule = Rule.model_validate(told)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "(file)"
        value = "" if first["type"] == "missing" else first["input"]
        raise FlagRuleError(file, field, value, _said(first["type"], first["msg"])) from None
    if file.rsplit("/", 1)[-1] != f"{rule.flag}.yaml":
        raise FlagRuleError(file, "flag", rule.flag, f"the file must be called {rule.flag}.yaml")
    return rule


def _said(kind: str, message: str) -> str:
    if kind == "missing":
        return "must be given"
    if kind == "extra_forbidden":
        return "there is no such field"
    return message[0].lower() + message[1:]
