"""Small code lists that projection needs at run time, each with its source. Lists that change often, or are long
(all offence codes, courts, results), are loaded from a file that the user points at; these are enough without it."""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.codes import REMAND, words


class OutcomeType(NamedTuple):
    """A Home Office outcome: its text, its group on the boards, and what it does to the crime (decisions, section
    5): charged, diverted, transferred or lost."""

    text: str
    group: str
    fate: str


CHARGED, TIC = "Charged or summonsed", "Taken into consideration"
FORMAL, INFORMAL = "Out of court, formal", "Out of court, informal"
PREVENTED = "Prosecution prevented or not in the public interest"
EVIDENTIAL, NO_SUSPECT = "Evidential difficulties", "No suspect identified"
OTHER_BODY, NFIB = "Transferred to another body", "Fraud bureau"
NOT_FURTHER = "Further investigation not in the public interest"
DIVERSIONARY = "Diversionary, educational or intervention activity"

# Home Office, Crime Outcomes in England and Wales: the outcomes framework (types 1 to 22); the groups are those of
# the CJS Delivery Data Dashboard. 1A, 2A and 3A are the same outcome for an alternative offence.
HO_OUTCOMES: dict[str, OutcomeType] = {
    "1": OutcomeType("Charged or summonsed", CHARGED, "charged"),
    "1A": OutcomeType("Charged or summonsed, alternative offence", CHARGED, "charged"),
    "2": OutcomeType("Caution, youth", FORMAL, "diverted"),
    "2A": OutcomeType("Caution, youth, alternative offence", FORMAL, "diverted"),
    "3": OutcomeType("Caution, adult", FORMAL, "diverted"),
    "3A": OutcomeType("Caution, adult, alternative offence", FORMAL, "diverted"),
    "4": OutcomeType("Taken into consideration", TIC, "diverted"),
    "5": OutcomeType("Offender died", PREVENTED, "lost"),
    "6": OutcomeType("Penalty notice for disorder", FORMAL, "diverted"),
    "7": OutcomeType("Cannabis or khat warning", INFORMAL, "diverted"),
    "8": OutcomeType("Community resolution", INFORMAL, "diverted"),
    "9": OutcomeType("Not in the public interest (CPS)", PREVENTED, "lost"),
    "10": OutcomeType("Not in the public interest (police)", PREVENTED, "lost"),
    "11": OutcomeType("Suspect under the age of responsibility", PREVENTED, "lost"),
    "12": OutcomeType("Suspect too ill", PREVENTED, "lost"),
    "13": OutcomeType("Victim or key witness dead or too ill", PREVENTED, "lost"),
    "14": OutcomeType("Suspect not identified, victim does not support", EVIDENTIAL, "lost"),
    "15": OutcomeType("Suspect identified, victim supports, evidential difficulties", EVIDENTIAL, "lost"),
    "16": OutcomeType("Suspect identified, victim does not support", EVIDENTIAL, "lost"),
    "17": OutcomeType("Prosecution time limit expired", PREVENTED, "lost"),
    "18": OutcomeType("Investigation complete, no suspect identified", NO_SUSPECT, "lost"),
    "19": OutcomeType("Recorded by the National Fraud Intelligence Bureau", NFIB, "transferred"),
    "20": OutcomeType("Action by another body", OTHER_BODY, "transferred"),
    "21": OutcomeType("Further investigation not in the public interest", NOT_FURTHER, "lost"),
    "22": OutcomeType("Diversionary, educational or intervention activity", DIVERSIONARY, "diverted"),
}

# data.police.uk, outcome categories of the street-level files: the text, and the type where it names exactly one
# (decisions, section 8), with the group and the fate. Court results mean that the crime was charged.
_COURT = OutcomeType("", CHARGED, "charged")
POLICE_UK_OUTCOMES: dict[str, tuple[str, OutcomeType]] = {
    "Investigation complete; no suspect identified": ("18", HO_OUTCOMES["18"]),
    "Unable to prosecute suspect": ("", OutcomeType("", EVIDENTIAL, "lost")),
    "Suspect charged": ("1", HO_OUTCOMES["1"]),
    "Suspect charged as part of another case": ("", _COURT),
    "Local resolution": ("8", HO_OUTCOMES["8"]),
    "Offender given a caution": ("", OutcomeType("", FORMAL, "diverted")),
    "Offender given a drugs possession warning": ("7", HO_OUTCOMES["7"]),
    "Offender given a penalty notice": ("6", HO_OUTCOMES["6"]),
    "Formal action is not in the public interest": ("", OutcomeType("", PREVENTED, "lost")),
    "Further action is not in the public interest": ("22", HO_OUTCOMES["22"]),
    "Further investigation is not in the public interest": ("21", HO_OUTCOMES["21"]),
    "Action to be taken by another organisation": ("20", HO_OUTCOMES["20"]),
    "Awaiting court outcome": ("", _COURT),
    "Court result unavailable": ("", _COURT),
    "Court case unable to proceed": ("", _COURT),
    "Defendant found not guilty": ("", _COURT),
    "Defendant sent to Crown Court": ("", _COURT),
    "Offender sent to prison": ("", _COURT),
    "Offender given suspended prison sentence": ("", _COURT),
    "Offender given community sentence": ("", _COURT),
    "Offender fined": ("", _COURT),
    "Offender given conditional discharge": ("", _COURT),
    "Offender given absolute discharge": ("", _COURT),
    "Offender ordered to pay compensation": ("", _COURT),
    "Offender deprived of property": ("", _COURT),
    "Offender otherwise dealt with": ("", _COURT),
}
POLICE_UK_NO_OUTCOME = frozenset({"Under investigation", "Status update unavailable"})
"""Texts that say that there is no outcome yet, or that nobody knows."""

VAP, SEXUAL, ROBBERY, THEFT = "Violence against the person", "Sexual offences", "Robbery", "Theft offences"
DAMAGE, DRUGS, WEAPONS = "Criminal damage and arson", "Drug offences", "Possession of weapons"
ORDER, MISC, FRAUD = "Public order offences", "Miscellaneous crimes against society", "Fraud"
MOTORING, SUMMARY = "Summary motoring", "Summary non-motoring"

VICTIM_BASED = frozenset({VAP, SEXUAL, ROBBERY, THEFT, DAMAGE})
STATE_BASED = frozenset({DRUGS, WEAPONS, ORDER, MISC})
"""Victim-based and state-based crime, CJS Delivery Data Dashboard; fraud is neither."""

# data.police.uk crime types: group and sub-group of the Home Office's recorded crime tables, where one covers it.
POLICE_UK_CRIME_TYPES: dict[str, tuple[str, str]] = {
    "Violence and sexual offences": ("", ""),
    "Robbery": (ROBBERY, ""),
    "Burglary": (THEFT, "Burglary"),
    "Vehicle crime": (THEFT, "Vehicle offences"),
    "Theft from the person": (THEFT, "Theft from the person"),
    "Bicycle theft": (THEFT, "Bicycle theft"),
    "Shoplifting": (THEFT, "Shoplifting"),
    "Other theft": (THEFT, "Other theft"),
    "Criminal damage and arson": (DAMAGE, ""),
    "Drugs": (DRUGS, ""),
    "Possession of weapons": (WEAPONS, WEAPONS),
    "Public order": (ORDER, ORDER),
    "Other crime": (MISC, MISC),
}

_INJURY, _NO_INJURY, _STALKING = "Violence with injury", "Violence without injury", "Stalking and harassment"
_DRIVING, _HOMICIDE = "Death or serious injury by unlawful driving", "Homicide"
_OTHER_SEXUAL, _RAPE = "Other sexual offences", "Rape"
_RESIDENTIAL, _NON_RESIDENTIAL = "Residential burglary", "Non-residential burglary"
_VEHICLE = "Vehicle offences"

# Home Office counting rules: offence class numbers, by their number. Police and courts share the numbers below 100.
HO_CLASSES: dict[int, tuple[str, str]] = {
    1: (VAP, _HOMICIDE), 2: (VAP, _INJURY), 3: (VAP, _NO_INJURY), 4: (VAP, _HOMICIDE), 5: (VAP, _INJURY),
    6: (VAP, _INJURY), 7: (VAP, _INJURY), 8: (VAP, _INJURY), 9: (ORDER, ORDER), 10: (WEAPONS, WEAPONS),
    11: (VAP, _NO_INJURY), 12: (VAP, _NO_INJURY), 13: (VAP, _NO_INJURY), 14: (VAP, _NO_INJURY), 15: (MISC, MISC),
    16: (SEXUAL, _OTHER_SEXUAL), 17: (SEXUAL, _OTHER_SEXUAL), 18: (SEXUAL, _OTHER_SEXUAL), 19: (SEXUAL, _RAPE),
    20: (SEXUAL, _OTHER_SEXUAL), 21: (SEXUAL, _OTHER_SEXUAL), 22: (SEXUAL, _OTHER_SEXUAL),
    23: (SEXUAL, _OTHER_SEXUAL), 24: (MISC, MISC), 25: (SEXUAL, _OTHER_SEXUAL), 26: (MISC, MISC), 27: (MISC, MISC),
    28: (THEFT, _RESIDENTIAL), 29: (THEFT, _RESIDENTIAL), 30: (THEFT, _NON_RESIDENTIAL),
    31: (THEFT, _NON_RESIDENTIAL), 33: (MISC, MISC), 34: (ROBBERY, ROBBERY), 35: (THEFT, "Other theft"),
    36: (VAP, _NO_INJURY), 37: (THEFT, _VEHICLE), 38: (MISC, MISC), 39: (THEFT, "Theft from the person"),
    40: (THEFT, "Other theft"), 41: (THEFT, "Other theft"), 42: (THEFT, "Other theft"), 43: (THEFT, "Other theft"),
    44: (THEFT, "Bicycle theft"), 45: (THEFT, _VEHICLE), 46: (THEFT, "Shoplifting"), 47: (THEFT, "Other theft"),
    48: (THEFT, _VEHICLE), 49: (THEFT, "Other theft"), 51: (FRAUD, FRAUD), 52: (FRAUD, FRAUD), 53: (FRAUD, FRAUD),
    54: (MISC, MISC), 55: (FRAUD, FRAUD), 56: (DAMAGE, "Arson"), 57: (DAMAGE, "Criminal damage"),
    58: (DAMAGE, "Criminal damage"), 59: (MISC, MISC), 60: (MISC, MISC), 61: (MISC, MISC), 62: (ORDER, ORDER),
    64: (ORDER, ORDER), 65: (ORDER, ORDER), 66: (ORDER, ORDER), 67: (MISC, MISC), 68: (MISC, MISC), 69: (MISC, MISC),
    70: (SEXUAL, _OTHER_SEXUAL), 71: (SEXUAL, _OTHER_SEXUAL), 72: (SEXUAL, _OTHER_SEXUAL),
    73: (SEXUAL, _OTHER_SEXUAL), 74: (SEXUAL, _OTHER_SEXUAL), 76: (MISC, MISC), 77: (DRUGS, "Trafficking of drugs"),
    79: (MISC, MISC), 80: (MISC, MISC), 81: (WEAPONS, WEAPONS), 83: (MISC, MISC), 86: (MISC, MISC),
    88: (SEXUAL, _OTHER_SEXUAL), 90: (WEAPONS, WEAPONS), 92: (DRUGS, "Possession of drugs"), 95: (MISC, MISC),
    96: (MISC, MISC), 99: (MISC, MISC), 104: (VAP, _NO_INJURY), 105: (VAP, _NO_INJURY), 126: (THEFT, _VEHICLE),
    802: (MISC, MISC), 814: (MISC, MISC),
}

# Police letters and points that leave the group or sub-group of their number.
POLICE_CLASSES: dict[str, tuple[str, str]] = {
    "4.3": (VAP, _INJURY), "4.4": (VAP, _DRIVING), "4.6": (VAP, _DRIVING), "4.7": (VAP, _INJURY),
    "4.8": (VAP, _DRIVING), "4.9": (VAP, _DRIVING), "8L": (VAP, _STALKING), "8M": (VAP, _STALKING),
    "8Q": (VAP, _STALKING), "8R": (VAP, _STALKING), "34A": (ROBBERY, "Robbery of business property"),
    "34B": (ROBBERY, "Robbery of personal property"), "37.1": (VAP, _DRIVING),
    "92A": (DRUGS, "Trafficking of drugs"), "106": (VAP, _NO_INJURY),
    "1-4.1-4.10-4.2": (VAP, _HOMICIDE),
}

# Court classes (number/sub-number) that leave the group of their number: weapons and breaches within 008, the drug
# trafficking part of 092, summary classes that the police record under another number.
COURT_CLASSES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("004/12", "004/13", "004/17", "004/18"), (VAP, _DRIVING)),
    "008/11": (WEAPONS, WEAPONS), "008/26": (WEAPONS, WEAPONS), "008/61": (WEAPONS, WEAPONS),
    "008/32": (MISC, MISC), "008/29": (VAP, _STALKING), "008/30": (VAP, _STALKING), "008/65": (VAP, _STALKING),
    "125": (ORDER, ORDER), "130": (THEFT, _VEHICLE), "131": (THEFT, _VEHICLE), "149": (DAMAGE, "Criminal damage"),
}

# Classes that the courts number otherwise, or more finely, than the police: police class -> court classes of the same
# offences, by the titles of both (Home Office counting rules; PNLD offence codes). Other classes share their number.
COURT_CLASSES_OF_POLICE: dict[str, tuple[str, ...]] = {
    "19C": ("019/08",), "19D": ("019/07",), "19E": ("019/16",), "19F": ("019/10",), "19G": ("019/09",),
    "19H": ("019/17",), "8L": ("008/29", "008/30"), "8Q": ("008/65",), "10C": ("008/11", "008/61"),
    "10D": ("008/26",), "106": ("036/06",),
}  # fmt: skip

# The commonest charges: CJS offence code -> class as the courts write it (PNLD offence codes).
CJS_CLASSES: dict[str, str] = {
    "TH68001": "039/00", "TH68002": "040/00", "TH68007": "045/10", "TH68009": "045/11", "TH68010": "046/00",
    "TH68013": "048/01", "TH68015": "049/12", "TH68023": "034/01", "TH68026": "028/03", "TH68036": "028/03",
    "TH68037": "030/02", "TH68058": "043/00", "TH68072": "054/01", "TH68151": "037/02", "TH68152": "131/03",
    "OF61016": "005/01", "OF61017": "005/01", "OF61102": "008/06", "OF61131": "008/01", "CJ88001": "105/01",
    "CJ88116": "105/01", "CJ88117": "008/26", "CJ88144": "008/26", "MD71230": "092/70", "MD71231": "092/71",
    "CD71039": "149/00", "CD71040": "058/00", "CD71015": "056/02", "PU86116": "125/09", "PU86004": "125/11",
    "PC53001": "008/11", "PC53002": "008/61", "SX03001": "019/07", "SX03002": "019/08", "SX03003": "019/09",
    "SX03004": "019/10", "SX03005": "020/03", "SX03007": "020/05", "SX03011": "022/02", "SX03013": "019/16",
    "SX03014": "019/17", "SX03025": "022/06", "COML025": "001/01", "COML064": "019/07", "PH97002": "008/30",
    "PH97010": "008/65", "FA06001": "053/40", "MS15001": "036/06", "SC15004": "008/67",
}

# Crown Court monthly trial report (XHIBIT): reason letters. The prosecution and defence split of the cracked trials
# is the report's own, that of the ineffective ones ours.
CRACKED_REASONS: dict[str, str] = {
    **dict.fromkeys("ACEGH", "defence"),
    **dict.fromkeys("BDFIJKL", "prosecution"),
}
INEFFECTIVE_REASONS: dict[str, str] = {
    **dict.fromkeys(("M1", "M2", "M3", "N1", "N2", "N3", "O1", "O2", "P"), "prosecution"),
    **dict.fromkeys(("Q1", "Q2", "Q3", "R", "S1", "S2", "S4", "T", "U1", "U2", "V"), "defence"),
    "S3": "other_agency",
    **dict.fromkeys(("W1", "W2", "W3", "W4", "W5", "X", "Y", "Z"), "court"),
}
PROSECUTION_ENDED = frozenset("IJKL")
"""Cracked because the prosecution ended the case (measure T08); J: its witness was absent or withdrew."""

# CJS result codes (MoJ police results exchange, standing data) by what they do.
SENTENCE_CODES: dict[str, str] = {
    **dict.fromkeys(("1002", "1003", "1007", "1024", "1081", "1088", "1507", "1510"), "custody"),
    **dict.fromkeys(("1115", "1134"), "suspended"),
    **dict.fromkeys(("1083", "1097", "1116", "1141", "1142", "1143", "1144"), "community"),
    "1015": "fine",
    **dict.fromkeys(("1017", "1018"), "discharge"),
    **dict.fromkeys(("1008", "1014", "1016", "1057", "3012"), "other"),
}
ACQUITTED_CODES = frozenset({"2004", "2006"})
DROPPED_CODES = frozenset({"2050", "2051", "2053", "2060", "2061", "2063", "4010"})
DIED_CODES = frozenset({"2065", "2503"})
SENT_CODES = frozenset({"4558", "4559", "4560", "4561"})
"""Sent to the Crown Court for trial."""

BAIL_STATUSES: Mapping[str, str] = {**words(REMAND, "cjs"), **words(REMAND, "hmcts")}
"""Bail statuses of HMCTS, and those of the criminal justice system's exchange -> remand statuses of the contracts."""
