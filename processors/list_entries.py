"""What a national list's file gives: entries, or the error that says where it is wrong."""

from typing import NamedTuple


class ListError(ValueError):
    """A file that cannot be taken: the `line` (the heading is 1), the `field`, the `value`, and the `rule`."""

    def __init__(self, line: int, field: str, value: str, rule: str) -> None:
        super().__init__(f"line {line}: {field}={value[:80]!r}: {rule}")
        self.line, self.field, self.value, self.rule = line, field, value, rule


class ListEntry(NamedTuple):
    """A code with its name and all else that its list says of it. `year` is that of a figure, 0 for a code."""

    code: str
    name: str
    details: dict[str, str]
    year: int = 0
