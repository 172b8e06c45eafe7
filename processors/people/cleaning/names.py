"""Names without what clerks and systems leave in them, and in parts."""

import re

_NOISE = re.compile(r"MIG_ERROR_|NO_SHOW_|DUPLICATE_|NOT ENTERED")
_APOSTROPHES = str.maketrans({"-": " ", "'": None, "’": None, "‘": None, "`": None})
_MC = re.compile(r"\bMC\s+(?=\S)")
_SHORTEST = 2


def clean_name(name: str | None) -> str:
    """A name in capitals: hyphens as spaces, no apostrophes, MC joined to what follows, marks of systems gone."""
    if not name:
        return ""
    return " ".join(_MC.sub("MC", _NOISE.sub("", name.upper()).translate(_APOSTROPHES)).split())


def name_parts(*names: str | None) -> tuple[str, ...]:
    """All words of a person's names in their order, without single letters. The last is the last name."""
    return tuple(word for name in names for word in clean_name(name).split() if len(word) >= _SHORTEST)
