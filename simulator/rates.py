"""How often, how long: the numbers that shape a history, each with its source, or `assumed` where none was found.

Shares are from 0 to 1. Durations are in days, the mean of an exponential spread unless said otherwise.
"""

from typing import NamedTuple

ASSUMED = "assumed"
_OUTCOMES = "Home Office, Crime outcomes in England and Wales 2022 to 2023"


class Rate(NamedTuple):
    """A number and where it is from."""

    value: float
    source: str


RATES: dict[str, Rate] = {
    # police
    "no suspect identified": Rate(0.393, f"{_OUTCOMES}: 39.3% of crimes closed so (outcome 18)"),
    "not yet assigned": Rate(0.08, f"{_OUTCOMES}: 8.0% had no outcome yet"),
    "days to outcome": Rate(20.2, f"{_OUTCOMES}: a median of 14 days, which is a mean of 14 / ln 2"),
    "charged": Rate(0.057, f"{_OUTCOMES}: 5.7% charged or summonsed, spread over offences by their own weights"),
    "charged, scaled": Rate(2.0, "assumed: charges are made twice as frequent, so that courts have enough to show"),
    "outcome 18 among those without a suspect": Rate(0.8, ASSUMED),
    "incident first": Rate(0.55, ASSUMED),
    "second crime": Rate(0.14, ASSUMED),
    "co-suspect": Rate(0.16, ASSUMED),
    "known person": Rate(0.3, ASSUMED),
    "arrested": Rate(0.78, ASSUMED),
    "days to arrest": Rate(9.0, ASSUMED),
    "reopened": Rate(0.03, ASSUMED),
    "victim named": Rate(0.3, ASSUMED),
    "victim withdraws": Rate(0.12, ASSUMED),
    "stop and search": Rate(0.09, ASSUMED),
    # CPS
    "police charge": Rate(0.3, ASSUMED),
    "consulted, not charged": Rate(0.1, ASSUMED),
    "early advice": Rate(0.12, ASSUMED),
    "pending first": Rate(0.28, ASSUMED),
    "days to decision": Rate(21.0, ASSUMED),
    "days to first hearing": Rate(24.0, ASSUMED),
    "file compliant": Rate(0.6, ASSUMED),
    # courts
    "guilty plea, magistrates": Rate(0.68, ASSUMED),
    "guilty plea, crown": Rate(0.6, ASSUMED),
    "dropped": Rate(0.09, ASSUMED),
    "remanded in custody": Rate(0.14, ASSUMED),
    "custody after remand": Rate(0.6, ASSUMED),
    "fails to attend": Rate(0.05, ASSUMED),
    "days to magistrates' trial": Rate(110.0, ASSUMED),
    "days to Crown trial": Rate(230.0, ASSUMED),
    "vacated": Rate(0.17, ASSUMED),
    "effective": Rate(0.4, ASSUMED),
    "cracked": Rate(0.28, ASSUMED),
    "convicted at trial": Rate(0.62, ASSUMED),
    "reshared": Rate(0.05, ASSUMED),
    "asn at court": Rate(0.35, ASSUMED),
    "crime reference at court": Rate(0.15, ASSUMED),
    # prisons and probation
    "urn on supervision": Rate(0.6, ASSUMED),
    "recalled": Rate(0.2, ASSUMED),
    "order completed": Rate(0.68, ASSUMED),
    "held twice": Rate(0.01, ASSUMED),
}


def rate(name: str) -> float:
    """The number of that name. Raises KeyError."""
    return RATES[name].value


class Offence(NamedTuple):
    """An offence: Home Office code as police write it, CJS code, title, weight among crimes, share charged relative
    to the mean, share sent to the Crown Court when charged, share of custody and mean months of it, victim."""

    ho_code: str
    cjs_code: str
    title: str
    weight: float
    charge: float
    crown: float
    custody: float
    months: float
    victim: str
    mode: str
    flag: str


# Weights and shares: assumed, in the order of size of the recorded crime and outcome tables. Codes: PNLD.
OFFENCES: tuple[Offence, ...] = (
    Offence("8N", "OF61102", "Assault with injury", 13, 1.1, 0.2, 0.2, 10, "person", "EWAY", "domestic_abuse"),
    Offence("105A", "CJ88116", "Assault without injury", 15, 0.9, 0.02, 0.08, 3, "person", "SNONIMP", "domestic_abuse"),
    Offence("5D", "OF61131", "Assault with intent to cause serious harm", 1.5, 1.8, 1, 0.7, 50, "person", "IND",
            "knife"),
    Offence("8L", "PH97002", "Harassment", 7, 0.7, 0.05, 0.1, 4, "person", "SNONIMP", "domestic_abuse"),
    Offence("8U", "SC15004", "Controlling or coercive behaviour", 2, 0.9, 0.4, 0.4, 20, "person", "EWAY",
            "domestic_abuse"),
    Offence("19C", "SX03001", "Rape of a female aged 16 and over", 1.2, 0.7, 1, 0.95, 110, "woman", "IND", "rape"),
    Offence("20A", "SX03005", "Sexual assault on a female aged 13 and over", 1.8, 0.9, 0.5, 0.4, 24, "woman", "EWAY",
            "child_abuse"),
    Offence("34B", "TH68023", "Robbery of personal property", 1.5, 1.2, 1, 0.7, 40, "person", "IND", "knife"),
    Offence("28E", "TH68026", "Burglary in a dwelling", 4, 0.8, 0.5, 0.7, 26, "person", "EWAY", ""),
    Offence("30C", "TH68037", "Burglary, business and community", 2, 1.1, 0.2, 0.5, 12, "organisation", "EWAY", ""),
    Offence("45", "TH68007", "Theft from a vehicle", 5, 0.3, 0.05, 0.3, 4, "person", "EWAY", ""),
    Offence("48", "TH68013", "Theft of a vehicle", 3, 0.5, 0.1, 0.3, 6, "person", "EWAY", ""),
    Offence("46", "TH68010", "Shoplifting", 9, 2.6, 0.03, 0.25, 3, "organisation", "EWAY", ""),
    Offence("39", "TH68001", "Theft from the person", 2, 0.3, 0.05, 0.3, 5, "person", "EWAY", ""),
    Offence("49", "TH68015", "Other theft", 7, 0.4, 0.05, 0.2, 4, "person", "EWAY", ""),
    Offence("58D", "CD71039", "Other criminal damage", 8, 0.9, 0.03, 0.06, 3, "person", "SNONIMP", ""),
    Offence("92D", "MD71231", "Possession of a controlled drug", 3.5, 3, 0.02, 0.04, 2, "state", "EWAY", ""),
    Offence("92A", "MD71530", "Possession of a controlled drug with intent to supply", 1, 4, 0.9, 0.6, 36, "state",
            "EWAY", "modern_slavery"),
    Offence("10D", "PC53001", "Possession of an article with a blade or point", 1.5, 6, 0.2, 0.35, 7, "state", "EWAY",
            "knife"),
    Offence("9A", "PU86116", "Public fear, alarm or distress", 8, 1.2, 0.02, 0.03, 2, "state", "SNONIMP", "hate_race"),
)  # fmt: skip
FLAG_SHARE: dict[str, float] = {
    "domestic_abuse": 0.35, "knife": 0.4, "rape": 0.0, "child_abuse": 0.25, "hate_race": 0.12, "modern_slavery": 0.03,
}  # fmt: skip
"""How often a crime of an offence carries the flag that goes with it; assumed."""

_MEAN_CHARGE = sum(offence.weight * offence.charge for offence in OFFENCES) / sum(o.weight for o in OFFENCES)
CHARGE_SHARE: dict[str, float] = {
    offence.ho_code: min(0.9, rate("charged") * rate("charged, scaled") * offence.charge / _MEAN_CHARGE)
    for offence in OFFENCES
}
"""The share charged of each offence: relative to each other as assumed, their mean as in RATES."""

CHARGED = rate("charged") * rate("charged, scaled")
"""The share of cases that are charged at once."""

WITHOUT_SUSPECT = rate("no suspect identified") / (
    rate("outcome 18 among those without a suspect") * (1 - rate("not yet assigned")) * (1 - CHARGED)
)
"""The share without a suspect of those that are not charged, so that outcome 18 is as frequent as it should be."""
