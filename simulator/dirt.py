"""What goes wrong when agencies write people down: each does so for each record of its own, and in all states of that
record alike. The truth names people rightly. The rates are assumed: no agency publishes its own."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from simulator.people import Person, Population, near, person, random_name
from simulator.plan import Dirt
from simulator.story import Persons, Told

LEVELS = (
    Dirt("light", misspelt=0.01, swapped=0.001, alias=0.01, birth_mistyped=0.005, placeholder_birth=0.002, moved=0.05,
         no_postcode=0.02, no_identifiers=0.05, another_number=0.0002, twins=0.02),
    Dirt("middling", misspelt=0.03, swapped=0.003, alias=0.03, birth_mistyped=0.015, placeholder_birth=0.01, moved=0.12,
         no_postcode=0.06, no_identifiers=0.15, another_number=0.001, twins=0.02),
    Dirt("heavy", misspelt=0.08, swapped=0.01, alias=0.06, birth_mistyped=0.03, placeholder_birth=0.02, moved=0.25,
         no_postcode=0.15, no_identifiers=0.3, another_number=0.003, twins=0.02),
)  # fmt: skip

_PLACEHOLDERS = ("1970-01-01", "1900-01-01")
_SOMEONE_ELSE = 3_000_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def written(known: Mapping[str, Any], who: Person, another: Person, dirt: Dirt, rng: Random) -> dict[str, Any]:
    """A person as somebody writes down what is `known` of them; `another` is whose PNC id may be taken for theirs."""
    made = {**known, "name": dict(known["name"])}
    name = made["name"]
    if rng.random() < dirt.alias:
        made["aliases"] = [dict(name)] if rng.random() < 0.5 else []
        made["name"] = name = random_name(rng, who.female)
    if rng.random() < dirt.misspelt:
        part = rng.choice(("first", "last"))
        name[part] = _misspelt(name[part], rng)
    if rng.random() < dirt.swapped:
        name["first"], name["last"] = name["last"], name["first"]
    if rng.random() < dirt.placeholder_birth:
        made["date_of_birth"] = rng.choice(_PLACEHOLDERS)
    elif rng.random() < dirt.birth_mistyped:
        year, month, day = made["date_of_birth"].split("-")
        made["date_of_birth"] = rng.choice(
            (f"{int(year) - rng.choice((1, 10))}-{month}-{day}", f"{year}-{rng.randrange(1, 13):02d}-{day}",
             f"{year}-{month}-{rng.randrange(1, 29):02d}")
        )  # fmt: skip
    if "address" in made:
        if rng.random() < dirt.no_postcode:
            del made["address"]
        elif rng.random() < dirt.moved:
            made["address"] = Person(who.number, rng.randrange(_SOMEONE_ELSE)).at_police["address"]
    for column in ("pnc", "cro"):
        if column in made and rng.random() < dirt.no_identifiers:
            del made[column]
    if "pnc" in made and rng.random() < dirt.another_number:
        made["pnc"] = another.at_police["pnc"]
    return made


def _misspelt(text: str, rng: Random) -> str:
    at = rng.randrange(1, len(text))
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + rng.choice(_LETTERS) + text[at:]
    return text[:at] + rng.choice(_LETTERS) + text[at + 1 :]


def written_down(told: Iterable[Told], population: Population, dirt: Dirt) -> list[Told]:
    """The states of a case with its people as agencies write them down. A match of a defendant whom the courts do not
    recognise is not told."""
    hand = _Hand(population, dirt)
    return [
        state._replace(data=hand.rewritten(state)) for state in told
        if state.kind != "court.match" or hand.recognised(state.subject)
    ]  # fmt: skip


class _Hand:
    """Writes people down: the same of the same record each time."""

    def __init__(self, population: Population, dirt: Dirt) -> None:
        self._population, self._dirt = population, dirt

    def recognised(self, defendant_id: str) -> bool:
        """Whether the courts see that a defendant is somebody whom they know."""
        return self._drawn("recognised", defendant_id).random() >= self._dirt.no_identifiers

    def rewritten(self, state: Told) -> dict[str, Any]:
        """The data of a state. Victims stay: each has one record."""
        data, persons = state.data, state.parts[0].persons
        match state.kind:
            case "police.suspect":
                return self._with_person(data, "suspect_id", persons[0])
            case "police.prosecution":
                told = zip(data["defendants"], persons, strict=True)
                return {**data, "defendants": [self._with_person(one, "asn", label) for one, label in told]}
            case "cps.consultation" | "cps.file_review" | "cps.decision" | "cps.defendant_outcome":
                return {**data, "proceeding": self._with_person(data["proceeding"], "proceeding_id", persons[0])}
            case "court.case":
                return self._case(data, persons)
            case "court.hearing":
                heard = zip(data["cases"], state.parts, strict=True)
                return {**data, "cases": [self._case(case, part.persons) for case, part in heard]}
            case "hmpps.prisoner":
                return self._with_person(data, "prison_number", persons[0])
            case "hmpps.probation_case":
                return self._with_person(data, "crn", persons[0])
            case _:
                return data

    def _case(self, case: dict[str, Any], persons: Persons) -> dict[str, Any]:
        made = []
        for one, label in zip(case["defendants"], persons, strict=True):
            defendant = self._with_person(one, "defendant_id", label)
            if not self.recognised(one["defendant_id"]):  # who is nobody they know is called after themselves
                defendant["master_defendant_id"] = one["defendant_id"]
            made.append(defendant)
        return {**case, "defendants": made}

    def _with_person(self, holder: dict[str, Any], own_id: str, label: str) -> dict[str, Any]:
        number = int(label[1:])
        who, another = person(self._population, number), person(self._population, near(number))
        rng = self._drawn(own_id, holder[own_id])
        return {**holder, "person": written(holder["person"], who, another, self._dirt, rng)}

    def _drawn(self, what: str, own_id: str) -> Random:
        return Random(f"dirt {self._population.seed} {what} {own_id}")
