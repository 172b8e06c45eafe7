"""How often, how long: the numbers that shape a history, each with its source, or `assumed` where none was found.

Shares are from 0 to 1. Durations are in days, the mean of an exponential spread unless said otherwise.
"""

from typing import NamedTuple

ASSUMED = "assumed"
_OUTCOMES = "Home Office, Crime outcomes in England and Wales 2022 to 2023"
_OUTCOMES_2025 = "Home Office, outcomes of recorded crime, year ending June 2025"
_COURTS_2023 = "MoJ, Criminal court statistics quarterly, January to March 2023"
_COURTS_2024 = "MoJ, Criminal court statistics quarterly, October to December 2024"


class Rate(NamedTuple):
    """A number and where it is from."""

    value: float
    source: str


RATES: dict[str, Rate] = {
    # police
    "no suspect identified": Rate(0.397, f"set so that 38.6% are closed so (outcome 18): {_OUTCOMES_2025}"),
    "not yet assigned": Rate(0.085, f"of those not charged, so that 8.0% have no outcome yet: {_OUTCOMES}"),
    "days to outcome, no suspect": Rate(8.0, "set so that all outcomes have the published median of 14 days"),
    "days to outcome, suspect": Rate(15.0, "set so that all outcomes have the published median of 14 days"),
    "charged at once": Rate(0.049, "set so that as many crimes are charged as published, together with those that are "
                            "heard with another case or reopened"),
    "outcome 18 among those without a suspect": Rate(0.9, ASSUMED),
    "incident first": Rate(0.55, ASSUMED),
    "second crime": Rate(0.14, ASSUMED),
    "co-suspect": Rate(0.16, ASSUMED),
    "known person": Rate(0.3, ASSUMED),
    "persistent": Rate(0.62, "set so that the proven reoffending rate is as published"),
    "charged cases a year, persistent": Rate(3.6, "set so that a reoffender commits as many reoffences as published"),
    "arrested": Rate(0.78, ASSUMED),
    "days to arrest": Rate(9.0, ASSUMED),
    "days of investigation, magistrates": Rate(50.0, ASSUMED),
    "days of investigation, crown": Rate(120.0, "set so that offence to completion takes as long as published, and no "
                                         "more cases are open for over a year"),
    "reopened": Rate(0.02, ASSUMED),
    "victim named": Rate(0.3, ASSUMED),
    "victim withdraws": Rate(0.12, ASSUMED),
    "stop and search": Rate(0.09, ASSUMED),
    # CPS
    "police charge": Rate(0.3, ASSUMED),
    "consulted, not charged": Rate(0.037, "set so that the CPS charge as often as published"),
    "early advice": Rate(0.12, ASSUMED),
    "pending first": Rate(0.28, ASSUMED),
    "days to decision": Rate(20.0, ASSUMED),
    "days pending": Rate(46.0, "set so that referral to charge takes as long as published"),
    "days to first hearing": Rate(32.0, ASSUMED),
    "file compliant": Rate(0.77, ASSUMED),
    "guilty plea anticipated": Rate(0.6, ASSUMED),
    # courts
    "guilty plea, magistrates": Rate(0.7, ASSUMED),
    "guilty plea, crown": Rate(0.46, "set so that the Crown Court's guilty plea rate is as published"),
    "dropped": Rate(0.09, ASSUMED),
    "remanded in custody, magistrates": Rate(0.06, ASSUMED),
    "remanded in custody, crown": Rate(0.74, "set so that as many are remanded at the Crown Court as published"),
    "custody, magistrates": Rate(0.5, "assumed: of the share of custody of the offence"),
    "custody after remand": Rate(0.6, ASSUMED),
    "fails to attend": Rate(0.05, ASSUMED),
    "days to next hearing, magistrates": Rate(34.0, ASSUMED),
    "days to plea hearing": Rate(75.0, ASSUMED),
    "days to sentence, crown": Rate(75.0, ASSUMED),
    "days from trial to sentence": Rate(28.0, ASSUMED),
    "days to magistrates' trial": Rate(160.0, ASSUMED),
    "days to Crown trial": Rate(245.0, ASSUMED),
    "vacated": Rate(0.15, ASSUMED),
    "effective": Rate(0.35, f"set so that 42% of those in the list on the day are: {_COURTS_2023}"),
    "cracked": Rate(0.315, f"set so that 22% and 25% of those in the list on the day are ineffective: {_COURTS_2024}"),
    "convicted at trial": Rate(0.66, ASSUMED),
    "witness contacted": Rate(0.85, ASSUMED),
    "reshared": Rate(0.05, ASSUMED),
    "asn at court": Rate(0.35, ASSUMED),
    "crime reference at court": Rate(0.15, ASSUMED),
    # prisons and probation
    "urn on supervision": Rate(0.6, ASSUMED),
    "recalled": Rate(0.4, ASSUMED),
    "order completed": Rate(0.68, ASSUMED),
    "held twice": Rate(0.01, ASSUMED),
}  # fmt: skip


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


# Weights: in the order of size of the recorded crime tables; of shoplifting, robbery and theft from the person as
# published, else assumed. Shares charged: of violence, robbery, theft, burglary and rape as published, else assumed
# (docs/reference/simulator-figures.md has the figures and their sources). Custody and its months at the Crown Court:
# assumed for each offence, all together as published. Codes: PNLD.
OFFENCES: tuple[Offence, ...] = (
    Offence("8N", "OF61102", "Assault with injury", 13, 0.85, 0.6, 0.45, 22, "person", "EWAY", "domestic_abuse"),
    Offence("105A", "CJ88116", "Assault without injury", 15, 0.7, 0.03, 0.08, 3, "person", "SNONIMP",
            "domestic_abuse"),
    Offence("5D", "OF61131", "Assault with intent to cause serious harm", 1.5, 1.5, 1, 0.85, 82, "person", "IND",
            "knife"),
    Offence("8L", "PH97002", "Harassment", 7, 0.65, 0.1, 0.1, 4, "person", "SNONIMP", "domestic_abuse"),
    Offence("8U", "SC15004", "Controlling or coercive behaviour", 2, 0.75, 0.7, 0.55, 34, "person", "EWAY",
            "domestic_abuse"),
    Offence("19C", "SX03001", "Rape of a female aged 16 and over", 1.2, 0.1, 1, 0.95, 130, "woman", "IND", "rape"),
    Offence("20A", "SX03005", "Sexual assault on a female aged 13 and over", 1.8, 0.55, 0.8, 0.55, 52, "woman", "EWAY",
            "child_abuse"),
    Offence("34B", "TH68023", "Robbery of personal property", 1.5, 1.1, 1, 0.8, 66, "person", "IND", "knife"),
    Offence("28E", "TH68026", "Burglary in a dwelling", 4, 0.7, 0.9, 0.8, 46, "person", "EWAY", ""),
    Offence("30C", "TH68037", "Burglary, business and community", 2, 0.9, 0.6, 0.6, 30, "organisation", "EWAY", ""),
    Offence("45", "TH68007", "Theft from a vehicle", 5, 0.05, 0.15, 0.3, 6, "person", "EWAY", ""),
    Offence("48", "TH68013", "Theft of a vehicle", 3, 0.2, 0.35, 0.35, 20, "person", "EWAY", ""),
    Offence("46", "TH68010", "Shoplifting", 7.2, 3.3, 0.1, 0.35, 10, "organisation", "EWAY", ""),
    Offence("39", "TH68001", "Theft from the person", 2.3, 0.05, 0.2, 0.3, 11, "person", "EWAY", ""),
    Offence("49", "TH68015", "Other theft", 7, 0.15, 0.2, 0.25, 11, "person", "EWAY", ""),
    Offence("58D", "CD71039", "Other criminal damage", 8, 0.6, 0.04, 0.06, 3, "person", "SNONIMP", ""),
    Offence("92D", "MD71231", "Possession of a controlled drug", 3.5, 2, 0.08, 0.1, 4, "state", "EWAY", ""),
    Offence("92A", "MD71530", "Possession of a controlled drug with intent to supply", 1, 3, 0.95, 0.65, 60, "state",
            "EWAY", "modern_slavery"),
    Offence("10D", "PC53001", "Possession of an article with a blade or point", 1.5, 4.5, 0.5, 0.45, 18, "state",
            "EWAY", "knife"),
    Offence("9A", "PU86116", "Public fear, alarm or distress", 8, 0.8, 0.04, 0.03, 2, "state", "SNONIMP", "hate_race"),
)  # fmt: skip
FLAG_SHARE: dict[str, float] = {
    "domestic_abuse": 0.35, "knife": 0.4, "rape": 0.0, "child_abuse": 0.25, "hate_race": 0.12, "modern_slavery": 0.03,
}  # fmt: skip
"""How often a crime of an offence carries the flag that goes with it; assumed."""

_MEAN_CHARGE = sum(offence.weight * offence.charge for offence in OFFENCES) / sum(o.weight for o in OFFENCES)
CHARGE_SHARE: dict[str, float] = {
    offence.ho_code: min(0.9, rate("charged at once") * offence.charge / _MEAN_CHARGE)
    for offence in OFFENCES
}
"""The share charged of each offence: relative to each other as assumed, their mean as in RATES."""

CHARGED = rate("charged at once")
"""The share of cases that are charged at once."""

WITHOUT_SUSPECT = rate("no suspect identified") / (
    rate("outcome 18 among those without a suspect") * (1 - rate("not yet assigned")) * (1 - CHARGED)
)
"""The share without a suspect of those that are not charged, so that outcome 18 is as frequent as it should be."""
