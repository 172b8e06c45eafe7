"""What is told of a case while it is made up: the states of its records, and whose they are in truth."""

from random import Random
from typing import Any, NamedTuple

from simulator import identifiers
from simulator.people import Person
from simulator.rates import Offence

Persons = tuple[str, ...]
COURTS, CPS = "/hmcts/common-platform", "/cps/cms"
PRISONS, PROBATION = "/hmpps/nomis", "/hmpps/delius"


def weighted(rng: Random, table: tuple[tuple[str, float], ...]) -> str:
    """One of the values, as likely as its weight says."""
    at = rng.random() * sum(weight for _, weight in table)
    for value, weight in table:
        at -= weight
        if at < 0:
            return value
    return table[-1][0]


class Part(NamedTuple):
    """A record that a state tells: its part (empty, or the court case of a hearing), its true case, its people."""

    part: str
    case: str | None
    persons: Persons


class Told(NamedTuple):
    """One state of one record, at `time` (seconds)."""

    time: int
    kind: str
    source: str
    subject: str
    data: dict[str, Any]
    parts: tuple[Part, ...]


class Crime:
    """A crime of a case: when it happened and was recorded, in seconds since 1970."""

    __slots__ = ("happened_at", "offence", "recorded_at", "ref", "victims")

    def __init__(
        self, ref: str, offence: Offence, happened_at: int, recorded_at: int, victims: list[dict[str, Any]]
    ) -> None:
        self.ref, self.offence, self.happened_at, self.recorded_at = ref, offence, happened_at, recorded_at
        self.victims = victims


class Charge:
    """An offence before the court: what stays the same of it, and what is so by now."""

    __slots__ = ("base", "concluded", "conviction_on", "crime", "plea", "plea_on", "results", "verdict")

    def __init__(self, crime: Crime, base: dict[str, Any]) -> None:
        self.crime, self.base = crime, base
        self.plea: str | None = None
        self.plea_on: str | None = None
        self.verdict: dict[str, Any] | None = None
        self.conviction_on: str | None = None
        self.concluded = False
        self.results: list[dict[str, Any]] = []


class Suspect:
    """A suspect, later perhaps a defendant. `fate` is how it ends at court: guilty, convicted, acquitted, dropped."""

    __slots__ = (
        "arrested_at", "asn", "charges", "custody", "defendant_id", "fate", "persons", "proceeding", "ref",
        "remanded_at", "who",
    )  # fmt: skip

    def __init__(self, ref: str, who: Person, asn: str) -> None:
        self.ref, self.who, self.asn = ref, who, asn
        self.persons: Persons = (who.label,)
        self.arrested_at: int | None = None
        self.remanded_at = 0
        self.charges: list[Charge] = []
        self.custody = False
        self.defendant_id = ""
        self.fate = ""
        self.proceeding: dict[str, Any] = {}

    @property
    def convicted(self) -> bool:
        """Whether it is proved."""
        return self.fate in ("guilty", "convicted")


class Case:
    """One made-up case. `rng` is its own; `told` is shared with the case heard with it. `crown`: it goes to the Crown
    Court once it is charged."""

    __slots__ = (
        "anticipated_plea", "asn_at_court", "court_case_id", "cps_case_id", "crimes", "crown", "force", "label",
        "police", "rng", "serial", "suspects", "told", "urn",
    )  # fmt: skip

    def __init__(self, serial: int, force: str, rng: Random, told: list[Told]) -> None:
        self.serial, self.force, self.rng, self.told = serial, force, rng, told
        self.label = str(serial)
        self.police = f"/police/{force}"
        self.crimes: list[Crime] = []
        self.suspects: list[Suspect] = []
        self.urn = self.court_case_id = self.anticipated_plea = ""
        self.cps_case_id = f"CPS{serial:08d}"
        self.asn_at_court = True
        self.crown = False

    def tell(
        self, time: int, kind: str, source: str, subject: str, data: dict[str, Any], persons: Persons = (),
    ) -> None:  # fmt: skip
        """A state of a record of this case."""
        self.told.append(Told(time, kind, source, subject, data, (Part("", self.label, persons),)))

    def tell_apart(
        self, time: int, kind: str, source: str, subject: str, data: dict[str, Any], persons: Persons = (),
    ) -> None:  # fmt: skip
        """A state of a record that belongs to no case."""
        self.told.append(Told(time, kind, source, subject, data, (Part("", None, persons),)))

    def new_id(self) -> str:
        """A UUID."""
        return identifiers.uuid(self.rng)
