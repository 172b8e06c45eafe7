"""Priority flags (decisions, section 7): what a code, a marker or an agency's own flag means."""

from collections.abc import Iterable
from functools import lru_cache

from processors.cases.offences import Offence, of_cjs_code
from schemas.vocabulary import COURT_MARKERS

# CJS codes of rape, attempts and conspiracies: Sexual Offences Act 2003 sections 1 and 5, the 1956 Act, and the
# offences committed abroad; some have no Home Office class in the national list.
RAPE_CODES = frozenset({
    "COML064", "SX03001", "SX03002", "SX03003", "SX03004", "SX03013", "SX03014", "SX56001", "SX56007", "SX56070",
    "SX56071", "SX56072", "SX56073", "SO96001", "SO96008",
})
# Sexual Offences Act 2003 sections 2 to 4, 6 to 15A and 30 to 50 and their old-law forms: the codes whose class is
# 017, 020, 021, 022, 070 or 071. Sections 66A and 66B (class 088) are not among them.
_SERIOUS_RANGES = (
    (3005, 3012), (3015, 3046), (3047, 3047), (3078, 3117), (3156, 3171), (3208, 3209), (3224, 3224), (3227, 3232),
    (3235, 3241),
)
_SERIOUS_OLD = frozenset({
    "SX56005", "SX56006", "SX56025", "SX56026", "SX56027", "SX56028", "SX56029", "SX56030", "SC15003",
})
_SERIOUS_CLASSES = frozenset({17, 20, 21, 22, 70, 71})
_ADULT_RAPE = frozenset({"19C", "19F", "019/08", "019/10"})

_SAME = {"da": "domestic_abuse", "dv": "domestic_abuse", "domestic_violence": "domestic_abuse",
         "hate": "hate_crime", "csa": "child_abuse", "child_sexual_abuse": "child_abuse", "msa": "modern_slavery",
         "human_trafficking": "modern_slavery", "weapon": "knife", "knife_crime": "knife",
         "elder_abuse": "older_people", "hba": "honour_based_abuse", "fm": "forced_marriage"}
_VAWG = frozenset({"domestic_abuse", "rape", "serious_sexual", "stalking_harassment", "honour_based_abuse",
                   "forced_marriage", "fgm"})


@lru_cache(1 << 12)
def flags_of_code(code: str) -> frozenset[str]:
    """Of a CJS offence code, by list."""
    plain = code[:7].upper()
    if plain in RAPE_CODES:
        return frozenset({"rape", "serious_sexual"})
    if plain in _SERIOUS_OLD:
        return frozenset({"serious_sexual"})
    if plain.startswith("SX0") and plain[3:].isdigit():
        number = int(plain[2:])
        if any(low <= number <= high for low, high in _SERIOUS_RANGES):
            return frozenset({"serious_sexual"})
    return frozenset()


@lru_cache(1 << 12)
def flags_of_class(offence: Offence) -> frozenset[str]:
    """Of a Home Office class in either spelling."""
    found: set[str] = set()
    if offence.number == 19:
        found |= {"rape", "serious_sexual"}
        if offence.ho_code.lstrip("0") in ("19C", "19F") or offence.ho_code in _ADULT_RAPE:
            found.add("adult_rape_ho16")
    elif offence.number in _SERIOUS_CLASSES:
        found.add("serious_sexual")
    elif offence.subgroup == "Stalking and harassment":
        found.add("stalking_harassment")
    return frozenset(found)


@lru_cache(1 << 12)
def agency_flag(text: str) -> str:
    """An agency's own flag in our words."""
    word = text.strip().lower().replace(" ", "_").replace("-", "_")
    return _SAME.get(word, word)


@lru_cache(1 << 12)
def complete(flags: frozenset[str]) -> tuple[str, ...]:
    """With the flags that follow from others, sorted."""
    found = set(flags)
    if "rape" in found:
        found.add("serious_sexual")
        if "child_abuse" not in found:
            found.add("adult_rape_cps18")
    if "serious_sexual" in found:
        found.add("rasso")
    if any(flag.startswith("hate_") for flag in found):
        found.add("hate_crime")
    if found & _VAWG:
        found.add("vawg")
    return tuple(sorted(found))


@lru_cache(1 << 12)
def flags_of_crime(offence: Offence, offence_code: str, own: tuple[str, ...]) -> frozenset[str]:
    """Of a crime: its class, its CJS code and the force's own markers."""
    return flags_of_class(offence) | flags_of_code(offence_code) | frozenset(agency_flag(flag) for flag in own)


@lru_cache(1 << 12)
def flags_of_offence(offence_code: str) -> frozenset[str]:
    """Of a charged offence."""
    return flags_of_class(of_cjs_code(offence_code)) | flags_of_code(offence_code)


def flags_of_markers(markers: Iterable[str]) -> frozenset[str]:
    """Of a court case's markers."""
    return frozenset(COURT_MARKERS[marker.upper()] for marker in markers if marker.upper() in COURT_MARKERS)
