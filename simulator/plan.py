"""What to make up: how much, where, until when, and what goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

from schemas.areas import TERRITORIAL

ALL_AREAS: tuple[str, ...] = TERRITORIAL
"""Force numbers of the 43 territorial police forces of England and Wales (Police National Computer)."""

LAST_END = datetime(2099, 1, 1, tzinfo=UTC)


class PlanError(ValueError):
    """A plan that cannot be carried out: its `field`, the `value` given, and the `rule` that it breaks."""

    def __init__(self, name: str, value: object, rule: str) -> None:
        super().__init__(f"{name}={value!r}: {rule}")
        self.field, self.value, self.rule = name, value, rule


@dataclass(frozen=True, slots=True)
class Defects:
    """How often feeds go wrong, each from 0 to 1; the truth does not change.

    Shares of events: `duplicates` (the same bytes again later), `late` (hours to weeks), `out_of_order` (arrives
    after its successor). Shares of events that carry linking identifiers: `missing_identifiers` (one is left out),
    `mistyped_identifiers` (one character is wrong), `corrections` (wrong first, right in a later state). Share of
    records: `deletions` (deleted at the source). Share of people known to HMPPS: `merges` (held twice, then merged).
    """

    duplicates: float = 0.0
    late: float = 0.0
    out_of_order: float = 0.0
    missing_identifiers: float = 0.0
    mistyped_identifiers: float = 0.0
    corrections: float = 0.0
    deletions: float = 0.0
    merges: float = 0.0

    def __post_init__(self) -> None:
        _are_shares({each.name: getattr(self, each.name) for each in fields(self)})

    def any(self) -> bool:
        """Whether anything goes wrong at all."""
        return any(getattr(self, each.name) for each in fields(self))


def _are_shares(given: Mapping[str, float]) -> None:
    for name, value in given.items():
        if not 0 <= value <= 1:
            raise PlanError(name, value, "a share is from 0 to 1")


@dataclass(frozen=True, slots=True)
class Dirt:
    """What goes wrong when an agency writes a person down, each from 0 to 1; the truth does not change.

    Shares of records that say it at all: `misspelt`, a letter of the first or last name; `swapped`, first and last
    name; `alias`, another name is given, the own one is an alias or (half of them) not known; `birth_mistyped`;
    `placeholder_birth`, the first of January 1970 or 1900; `moved`, another postcode; `no_postcode`;
    `no_identifiers`, each of PNC id and CRO number, and whether the courts see who a defendant is; `another_number`,
    the PNC id of somebody else. Share of people: `twins`, of somebody of the same sex and address.
    """

    name: str = "none"
    misspelt: float = 0.0
    swapped: float = 0.0
    alias: float = 0.0
    birth_mistyped: float = 0.0
    placeholder_birth: float = 0.0
    moved: float = 0.0
    no_postcode: float = 0.0
    no_identifiers: float = 0.0
    another_number: float = 0.0
    twins: float = 0.0

    def __post_init__(self) -> None:
        _are_shares(self._shares())

    def any(self) -> bool:
        """Whether anything goes wrong at all."""
        return any(self._shares().values())

    def _shares(self) -> dict[str, float]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "name"}


@dataclass(frozen=True, slots=True)
class Plan:
    """A history of `months` months of 30 days up to `end` (aware, UTC). `cases` or `events` says how much, exactly;
    with neither, 1,000 cases. `areas` are force numbers. Raises PlanError."""

    seed: int = 1
    cases: int | None = None
    events: int | None = None
    months: int = 36
    areas: tuple[str, ...] = ALL_AREAS
    end: datetime = datetime(2026, 10, 31, tzinfo=UTC)
    defects: Defects = field(default_factory=Defects)
    dirt: Dirt = field(default_factory=Dirt)

    def __post_init__(self) -> None:
        if self.cases is not None and self.events is not None:
            raise PlanError("cases", self.cases, "give cases or events, not both")
        for name, value in (("cases", self.cases), ("events", self.events), ("months", self.months)):
            if value is not None and value < 1:
                raise PlanError(name, value, "must be 1 or more")
        if self.cases is not None and self.cases > MOST_CASES:
            raise PlanError("cases", self.cases, f"identifiers are unique up to {MOST_CASES}")
        unknown = [area for area in self.areas if area not in ALL_AREAS]
        if unknown or not self.areas or len(set(self.areas)) != len(self.areas):
            raise PlanError("areas", self.areas, "force numbers of England and Wales, each once")
        if self.end.tzinfo is None or self.end > LAST_END:
            raise PlanError("end", self.end, "a time with its zone, before 2099")

    @property
    def end_s(self) -> int:
        """The end, in seconds since 1970 UTC."""
        return int(self.end.timestamp())

    @property
    def start_s(self) -> int:
        """The start, in seconds since 1970 UTC."""
        return self.end_s - self.months * 30 * 86_400


MOST_CASES = 3_000_000
"""Up to here all identifiers are unique: a CRN has 26 million values, and a case up to eight people."""
