"""A question in free words -> a measure, an area, offences, flags and a period. Plain matching over titles and what
people call things: nothing is guessed that cannot be said back to the asker."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz

from casestream.asking import KNOWN_FLAGS, Narrowed
from casestream.offences import GROUPS, SUBGROUPS
from clickhouse.measures import Measure

SURE = 90.0
"""From which score on a measure is taken without asking; 100 is: all of its words are there."""
OFFERED: Final = 3

_FLAG_WORDS: dict[str, str] = {
    **{flag.replace("_", " "): flag for flag in KNOWN_FLAGS},
    "domestic violence": "domestic_abuse", "sexual offences unit": "rasso", "violence against women": "vawg",
    "serious sexual offences": "serious_sexual", "stalking": "stalking_harassment", "hate": "hate_crime",
    "human trafficking": "modern_slavery", "honour based": "honour_based_abuse",
}  # fmt: skip
_OFFENCE_WORDS: dict[str, str] = {
    **{name.lower(): name for name in (*GROUPS, *SUBGROUPS)},
    "burglary": "burglary", "burglaries": "burglary", "theft": "Theft offences", "thefts": "Theft offences",
    "drugs": "Drug offences", "drug": "Drug offences", "violence": "Violence against the person",
    "sexual offences": "Sexual offences", "robberies": "Robbery", "weapons": "Possession of weapons",
    "criminal damage": "Criminal damage and arson", "public order": "Public order offences",
}  # fmt: skip
_AREA_WORDS: dict[str, str] = {"met": "01", "metropolitan police": "01", "gmp": "06", "btp": "93"}
_BY_WORDS: dict[str, str] = {
    "sex": "sex", "gender": "sex", "age": "age_band", "ethnicity": "ethnicity", "race": "ethnicity", "force": "force",
    "area": "force", "court": "court", "cps area": "cps_area", "offence": "offence_group", "flag": "flag",
    "offence group": "offence_group", "relationship": "relationship", "prison region": "prison_region",
    "home area": "home", "home force": "home",
}  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_STOP_WORDS = """
the a an of in for at on and is are was were what which who whom how many much do does did our my we me show tell give
us it its there by to from with over per please
"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to mean. `measure` is None where none is sure; `nearest` are the measures that come
    closest, best first."""

    measure: Measure | None
    nearest: list[Measure]
    narrowed: Narrowed

    def said_back(self) -> str:
        """What was understood, in words."""
        narrowed = self.narrowed
        parts = [f"measure {self.measure.id}, {self.measure.title}" if self.measure is not None else "no sure measure"]
        parts.append(f"area {', '.join(narrowed.area)}" if narrowed.area else "all areas")
        parts += [f"offence {name}" for name in narrowed.offence] + [f"flag {name}" for name in narrowed.flag]
        parts.append(f"from {narrowed.start} to {narrowed.end}")
        if narrowed.by:
            parts.append(f"by {narrowed.by}")
        return "; ".join(parts)


def understand(
    text: str, known: Mapping[str, Measure], areas: Sequence[str], narrowed: Narrowed, *, period_given: bool = False
) -> Understood:
    """What a question means. `areas`: the names of forces, boards and regions; `narrowed`: what options said, which
    counts before the words."""
    words = " ".join(re.sub(r"[^a-z0-9' -]", " ", text.lower()).split())
    if not period_given:
        start, end, words = _period(words)
        narrowed = replace(narrowed, start=start or narrowed.start, end=end or narrowed.end)
    words, by = _by(words)
    words, area = _found(words, {**{name.lower(): name for name in areas}, **_AREA_WORDS})
    kept, flag = _found(words, _FLAG_WORDS)
    kept, offence = _found(kept, _OFFENCE_WORDS)
    ranked = _ranked(kept, known)
    best = (
        ranked[0][1] if ranked and ranked[0][0] >= SURE and (len(ranked) == 1 or ranked[1][0] < ranked[0][0]) else None
    )
    narrowed = replace(
        narrowed, area=narrowed.area or area, flag=narrowed.flag or flag, offence=narrowed.offence or offence,
        by=narrowed.by or by,
    )  # fmt: skip
    return Understood(best, [measure for _, measure in ranked[:OFFERED]], narrowed)


def _found(words: str, known: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The known words in a text, the longest first, and the text without them."""
    found: list[str] = []
    for word in sorted(known, key=len, reverse=True):
        pattern = rf"\b{re.escape(word)}\b"
        if re.search(pattern, words):
            words = re.sub(pattern, " ", words)
            if known[word] not in found:
                found.append(known[word])
    return " ".join(words.split()), tuple(found)


def _by(words: str) -> tuple[str, str]:
    for word in sorted(_BY_WORDS, key=len, reverse=True):
        if re.search(rf"\bby {word}\b", words):
            return re.sub(rf"\bby {word}\b", " ", words), _BY_WORDS[word]
    return words, ""


def _period(words: str) -> tuple[str, str, str]:
    """From, to, and the text without the words for them."""
    for pattern, start, end in _PERIODS:
        found = re.search(pattern, words)
        if found is not None:
            values = {
                name: f"{_MONTHS.index(value) + 1:02}" if value in _MONTHS else value
                for name, value in found.groupdict().items()
                if value
            }
            return start.format(**values), end.format(**values), words[: found.start()] + " " + words[found.end() :]
    return "", "", words


_PERIODS: tuple[tuple[str, str, str], ...] = (
    (rf"\b(between|from) (?P<m>{_MONTH}) (?P<y>20\d\d) (and|to) (?P<n>{_MONTH}) (?P<z>20\d\d)\b", "{y}-{m}", "{z}-{n}"),
    (r"\b(between|from) (?P<y>20\d\d) (and|to) (?P<z>20\d\d)\b", "{y}", "{z}"),
    (rf"\b(in )?(?P<m>{_MONTH}) (?P<y>20\d\d)\b", "{y}-{m}", "{y}-{m}"),
    (rf"\bsince (?P<m>{_MONTH}) (?P<y>20\d\d)\b", "{y}-{m}", "now"),
    (r"\bsince (?P<y>20\d\d)\b", "{y}", "now"),
    (r"\b(in )?(the )?(last|past) (?P<n>\d{1,3}) years?\b", "now-{n}y", "now"),
    (r"\b(in )?(the )?(last|past) (?P<n>\d{1,3}) months?\b", "now-{n}M", "now"),
    (r"\b(in )?(the )?(last|past) (?P<n>\d{1,3}) weeks?\b", "now-{n}w", "now"),
    (r"\b(in )?(the )?(last|past) (?P<n>\d{1,3}) days?\b", "now-{n}d", "now"),
    (r"\blast year\b", "now-1y/y", "now-1y/y"),
    (r"\bthis year\b", "now/y", "now"),
    (r"\blast month\b", "now-1M/M", "now-1M/M"),
    (r"\bthis month\b", "now/M", "now"),
    (r"\b(in )?(?P<y>20\d\d)\b", "{y}", "{y}"),
)


def _ranked(words: str, known: Mapping[str, Measure]) -> list[tuple[float, Measure]]:
    """Measures by how well the words name them: where all words of a name are there, the longer name wins."""
    text = " ".join(word for word in words.split() if word not in _STOP)
    found = []
    for measure in known.values():
        best = 0.0
        for name in (*measure.words, measure.title.lower(), measure.id.lower()):
            plain = " ".join(word for word in name.split() if word not in _STOP) or name
            score = fuzz.token_set_ratio(text, plain) if text else 0.0
            if score >= SURE and set(plain.split()) <= set(text.split()):
                score = 100 + len(plain.split())
            elif score >= SURE:  # the question is a part of the name: near, not sure
                score = fuzz.token_sort_ratio(text, plain)
            best = max(best, score)
        if best > 0:
            found.append((best, measure))
    return sorted(found, key=lambda one: (-one[0], one[1].id))
