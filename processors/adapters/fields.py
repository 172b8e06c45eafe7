"""Reading parsed JSON without trusting its shape: each reader gives its type or nothing, and never raises.

Feeds write numbers as text and text as numbers, and an empty text where they mean nothing; so do these."""

from processors.adapters.times import day

_CODE_LENGTH = 40


def text(holder: object, *names: str) -> str | None:
    """The first of the named fields that holds text or a number, stripped; None for an empty one."""
    if isinstance(holder, dict):
        for name in names:
            value = holder.get(name)
            if isinstance(value, str) and (stripped := value.strip()):
                return stripped
            if isinstance(value, int | float) and not isinstance(value, bool):
                return str(value)
    return None


def flag(holder: object, name: str) -> bool | None:
    """A yes or no."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, bool) else None


def part(holder: object, name: str) -> dict[str, object]:
    """The object under a name; an empty one where there is none."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def parts(holder: object, name: str) -> list[dict[str, object]]:
    """The objects of the list under a name; whatever else is in it is left out."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def on(holder: object, *names: str) -> str | None:
    """A day. What is no day comes back as it is, so that the contract refuses it by the field's name."""
    written = text(holder, *names)
    return day(written) or written


def short(written: str | None) -> str | None:
    """A text where the contract has a code: cut to a code's length, so that one long word costs no record."""
    return None if written is None else written[:_CODE_LENGTH]


def code(holder: object, name: str) -> str | None:
    """A code list's value, written `"M"` or `{"code": "M", "description": ...}`."""
    return text(holder, name) or text(part(holder, name), "code", "description")
