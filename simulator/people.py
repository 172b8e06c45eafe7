"""Invented people: names built from syllables, postcodes that do not exist. One person may be in several cases."""

from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from simulator import identifiers
from simulator.rates import rate


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST_MALE = _words(
    "Aldo Benno Corvin Dario Edric Fenn Garet Hollin Iven Jarek Kellan Lorcan Marek Nevin Orin Perrin Quill Rowen "
    "Soren Tobin Ulric Varen Wendel Yorin Zeb Ansel Brody Cael Denholm Ellis"
)
_FIRST_FEMALE = _words(
    "Alba Brenna Celia Delia Elowen Fara Greta Hesper Ianthe Jorah Kestrel Liora Maren Nerys Odile Petra Quenna "
    "Rhoswen Selka Tamsin Una Verity Willa Xenia Ysolde Zelda Arden Blythe Corin Dove"
)
_HEAD = _words(
    "Ash Bram Copp Dun Elder Fern Gorse Haw Iron Juni Knap Lark Mossy Nettle Oat Pebble Quern Rush Sedge Thistle "
    "Umber Vetch Wren Yarrow Amber Barley Cinder Drift Ember Flint"
)
_TAIL = _words("bottle wick mere combe lock shaw croft tarn hollow garth stead wath brook field")
ETHNICITIES = ("W1",) * 74 + ("W9",) * 8 + ("A1", "A2", "A3", "A9", "B1", "B2", "B9", "M1", "M9", "O9", "NS") * 2
_OBSERVED = {"W": "1", "B": "3", "A": "4", "M": "3", "O": "6", "N": "0"}
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


class Person:
    """One person: their number (the truth's name for them), and how each agency writes them down."""

    __slots__ = ("at_court", "at_police", "at_prison", "at_probation", "birth_year", "female", "number")

    def __init__(self, seed: int, number: int) -> None:
        rng = Random(f"person {seed} {number}")
        self.number = number
        self.female = rng.random() < 0.17
        name = random_name(rng, self.female)
        self.birth_year = max(1925, min(2011, 2008 - int(rng.expovariate(1 / 15))))  # nobody is older than people get
        born = f"{self.birth_year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        ethnicity = rng.choice(ETHNICITIES)
        sex = "female" if self.female else "male"
        first_known = min(2024, self.birth_year + 14 + rng.randrange(12))
        pnc = identifiers.pnc(number, first_known)
        address = {"postcode": f"XX{rng.randrange(10, 99)} {rng.randrange(1, 9)}{_two(rng)}"}
        self.at_police: dict[str, Any] = {
            "name": name, "date_of_birth": born, "sex": sex, "ethnicity_self": ethnicity,
            "ethnicity_observed": _OBSERVED[ethnicity[0]], "address": address, "pnc": pnc,
        }  # fmt: skip
        if rng.random() < 0.5:
            self.at_police["cro"] = identifiers.cro(number, first_known)
        self.at_court: dict[str, Any] = {"name": name, "date_of_birth": born, "sex": sex, "address": address}
        if rng.random() < 0.7:
            self.at_court["pnc"] = pnc
        # prisons and probation took the name down themselves: now and then another spelling, or a middle name
        theirs = dict(name)
        chance = rng.random()
        if chance < 0.05:
            theirs["last"] = name["last"][:2] + name["last"][3:]
        elif chance < 0.15:
            theirs["middle"] = rng.choice(_FIRST_FEMALE if self.female else _FIRST_MALE)
        self.at_prison: dict[str, Any] = {
            "name": theirs, "date_of_birth": born, "sex": sex, "ethnicity_self": ethnicity, "pnc": pnc,
        }  # fmt: skip
        self.at_probation: dict[str, Any] = {"name": theirs, "date_of_birth": born, "sex": sex}
        if rng.random() < 0.8:
            self.at_probation["pnc"] = pnc

    def become_twin(self, other: "Person", rng: Random) -> None:
        """From now on they are a twin of the other one, of the same sex and address."""
        first = other.at_police["name"]["first"]
        while first == other.at_police["name"]["first"]:
            first = random_name(rng, other.female)["first"]
        self.female, self.birth_year = other.female, other.birth_year
        for own, of in ((self.at_police, other.at_police), (self.at_court, other.at_court),
                        (self.at_prison, other.at_prison), (self.at_probation, other.at_probation)):  # fmt: skip
            own["name"] = {"first": first, "last": of["name"]["last"]}
            own["date_of_birth"], own["sex"] = of["date_of_birth"], of["sex"]
            if "address" in of:
                own["address"] = of["address"]

    @property
    def crn(self) -> str:
        """Their number at probation."""
        return identifiers.crn(self.number)

    @property
    def prison_number(self) -> str:
        """Their number in prisons."""
        return identifiers.prison_number(self.number)

    @property
    def label(self) -> str:
        """Their name in the truth."""
        return f"p{self.number}"


def random_name(rng: Random, female: bool) -> dict[str, str]:
    """A first and a last name."""
    first = rng.choice(_FIRST_FEMALE if female else _FIRST_MALE)
    return {"first": first, "last": rng.choice(_HEAD) + rng.choice(_TAIL)}


def _two(rng: Random) -> str:
    return rng.choice(_LETTERS) + rng.choice(_LETTERS)


def _mixed(seed: int, case: int) -> int:
    value = (seed * 0x9E3779B97F4A7C15 + (case + 1) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    value = ((value ^ (value >> 30)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return value ^ (value >> 31)


SLOTS = 8
"""So many numbers are kept for the people of a case."""


def case_of(number: int) -> int:
    """The case whose people have a number."""
    return number // SLOTS


def person_number(seed: int, case: int, slot: int, neighbours: int) -> int:
    """Who the suspect of a case and slot is. Some first suspects are those of an earlier case of the same area,
    which is a multiple of `neighbours` before."""
    while slot == 0 and case >= neighbours:
        chance = _mixed(seed, case)
        if chance % 10_000 >= rate("known person") * 10_000:
            break
        case -= neighbours * (1 + (chance >> 20) % min(40, case // neighbours))
    return case * SLOTS + slot


def near(number: int) -> int:
    """Somebody near by: the first suspect of the same case, for whom it is that of the case before."""
    return max(0, number - SLOTS) if number % SLOTS == 0 else number - number % SLOTS


class Population(NamedTuple):
    """Who there is. An area's cases are `neighbours` apart; so many are twins of somebody `near`, who is none."""

    seed: int
    neighbours: int
    twins: float = 0.0


@lru_cache(maxsize=20_000)
def person(population: Population, number: int) -> Person:
    """The person of a number; the same in every case."""
    made, other = Person(population.seed, number), near(number)
    if other != number and _is_twin(population, number) and not _is_twin(population, other):
        made.become_twin(Person(population.seed, other), Random(f"twin's name {population.seed} {number}"))
    return made


def _is_twin(population: Population, number: int) -> bool:
    return Random(f"twin {population.seed} {number}").random() < population.twins


PERSISTENT_SLOT = 3
"""The slot of those who are before the courts again and again, above the three that suspects of a case have."""


def persistent_number(case: int, share_of: int) -> int:
    """The persistent offender to whom a case falls: any `share_of` cases that follow one another have one."""
    return case // share_of * share_of * SLOTS + PERSISTENT_SLOT


DOUBLE_SLOT = 7
"""From here downwards are the slots of second numbers that probation gave to suspects by mistake."""
