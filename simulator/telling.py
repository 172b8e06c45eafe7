"""One true case while it is being told: who and what it is about, and the states that agencies tell of it."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from simulator.dice import Dice
from simulator.identifiers import Numbers
from simulator.people import Person
from simulator.places import Place
from simulator.rates import OffenceKind

Data = dict[str, Any]
PersonTruth = tuple[str, str, str]
"""Who a record is about: the record's own id of them (suspect, defendant, victim ...), their role (offender, victim),
and the true person."""


class TrueRecord(NamedTuple):
    """The truth about one record of a state: its part ("" for most kinds, the court case id for a hearing day), the
    true case (None where it belongs to none), and whom it is about."""

    part: str
    case: str | None
    persons: tuple[PersonTruth, ...]


class Told(NamedTuple):
    """One state of one subject: when it came to be (seconds since 1970 UTC), and the truth about its records. data
    None is a deletion. version: the source's own number of the state, where it numbers them."""

    time: int
    kind: str
    source: str
    subject: str
    data: Data | None
    records: tuple[TrueRecord, ...]
    version: int | None


@dataclass(slots=True)
class Victim:
    """A victim of one crime, and who it is in truth."""

    victim_id: str
    true_id: str
    data: Data
    supports: bool = True


@dataclass(slots=True)
class Crime:
    """A recorded crime; times in seconds. of_series: nothing but a common suspect ties it to the case's first crime."""

    ref: str
    kind: OffenceKind
    data: Data
    recorded: int
    occurred: int
    victims: list[Victim]
    domestic: bool
    of_series: bool = False


@dataclass(slots=True)
class Suspect:
    """A suspect, later defendant. Ids as the agencies give them."""

    suspect_id: str
    person: Person
    crimes: list[Crime]
    asn: str
    identified: int = 0
    arrested: int = 0
    interviewed: int = 0
    charged: int = 0
    custody: bool = False
    police_facts: Data = field(default_factory=dict)
    court_facts: Data = field(default_factory=dict)
    proceeding: Data = field(default_factory=dict)
    proceeding_id: str = ""
    cps_defendant_id: str = ""
    defendant_id: str = ""
    decision: Data = field(default_factory=dict)
    decision_version: int = 0
    guilty: bool = False
    offence_ids: list[str] = field(default_factory=list)
    charge_initiation: str = "C"
    urn: str = ""
    victim_left: bool = False


@dataclass(slots=True)
class Case:
    """One true case: crimes of one incident or one series, their suspects, and everything that follows from them.
    shortcut: the courts have the ASN, so that they are near the crime; else only chains of identifiers lead there."""

    number: str
    place: Place
    dice: Dice
    numbers: Numbers
    end: int
    year: str
    told: list[Told]
    merges: float
    crimes: list[Crime] = field(default_factory=list)
    suspects: list[Suspect] = field(default_factory=list)
    returning: bool = False
    shortcut: bool = False
    crime_refs_beyond: bool = False

    def tell(
        self, time: int, kind: str, source: str, subject: str, data: Data,
        persons: tuple[PersonTruth, ...] = (), version: int | None = None,
    ) -> None:
        """A state of a record that belongs to this case."""
        if time < self.end:
            self.told.append(Told(time, kind, source, subject, data, (TrueRecord("", self.number, persons),), version))

    def aside(
        self, time: int, kind: str, source: str, subject: str, data: Data, persons: tuple[PersonTruth, ...] = ()
    ) -> None:
        """A state of a record that belongs to no case: a person's, a notice."""
        if time < self.end:
            self.told.append(Told(time, kind, source, subject, data, (TrueRecord("", None, persons),), None))
