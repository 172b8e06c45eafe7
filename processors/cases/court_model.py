"""What is known of a court case, its defendants and its offences, before it becomes rows."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import asn_of, canon, own_id, pseudonym
from processors.standardise.identifiers import canonical_value
from processors.standardise.keys import libra_number
from processors.standardise.moments import instant, london_day
from schemas import court, police
from schemas.people import Person

When = tuple[int, int]
"""A sitting day, and the source time of the state that tells of it (microseconds): the later one counts."""
NEVER: When = (-(1 << 40), 0)
NOBODY = 1 << 10
"""A rank that every feed comes before."""


class Latest:
    """The value said on the latest sitting day, and that day."""

    __slots__ = ("value", "when")

    def __init__(self) -> None:
        self.value: str = ""
        self.when: When = NEVER

    def say(self, value: str | None, when: When) -> None:
        if value and when >= self.when:
            self.value, self.when = value, when


class ToldResult(NamedTuple):
    """A result, where and when it was told. `rank` is the precedence of its feed: 0 hearing, 1 police result, 2 SPI,
    3 item of a list."""

    result: court.Result
    rank: int
    feed: str
    hearing_id: str
    day: int | None
    ordered_on: int | None
    code: str
    at: int


class Share(NamedTuple):
    """That a feed told of an offence, or of a defendant, on a sitting day; `at`: when, by its source (microseconds);
    `resulted`: whether what it shared had any result."""

    rank: int
    day: int
    at: int
    resulted: bool


class Offence:
    """A charged offence as it is known."""

    __slots__ = ("alternative", "base", "base_rank", "charged", "concluded", "conviction", "crime_ref", "ctl",
                 "ctl_extended", "id", "jury_sworn", "key", "plea", "plea_on", "results", "shares", "sources",
                 "uncoded", "verdict", "verdict_on")

    def __init__(self, key: str) -> None:
        self.key = key
        self.id: str | None = None
        self.base: court.CourtOffence | None = None
        self.base_rank = NOBODY
        self.charged: police.ChargedOffence | None = None
        self.uncoded: court.UncodedOffence | None = None
        self.crime_ref: str | None = None
        self.plea = Latest()
        self.plea_on: str | None = None
        self.verdict = Latest()
        self.verdict_on: str | None = None
        self.alternative: str = ""
        self.conviction = Latest()
        self.concluded: tuple[When, bool] | None = None
        self.jury_sworn: str | None = None
        self.ctl: str | None = None
        self.ctl_extended: bool | None = None
        self.results: list[ToldResult] = []
        self.shares: list[Share] = []
        self.sources: set[str] = set()

    @property
    def code(self) -> str:
        told = self.base or self.charged
        return told.offence_code if told is not None else ""

    @property
    def title(self) -> str:
        told = self.base or self.charged or self.uncoded
        return (told.title if told is not None else None) or ""


class Defendant:
    """A defendant in one court case, as known."""

    __slots__ = ("asns", "attendance", "base", "base_rank", "by_words", "charged", "concluded", "cps_ids", "ctl",
                 "days", "hmcts_id", "key", "libra_id", "offences", "person_keys", "persons", "remand", "results",
                 "shares", "sources", "spells")

    def __init__(self, key: str) -> None:
        self.key = key
        self.person_keys: set[tuple[int, str]] = set()
        self.hmcts_id: str | None = None
        self.asns: set[str] = set()
        self.cps_ids: set[str] = set()
        self.libra_id: str | None = None
        self.base: court.CourtDefendant | None = None
        self.base_rank = NOBODY
        self.charged: police.ChargedDefendant | None = None
        self.persons: list[Person] = []
        self.offences: list[Offence] = []
        self.by_words: court.CourtDefendant | None = None  # who tells offences without codes
        self.results: list[ToldResult] = []
        self.shares: list[Share] = []
        self.remand: list[tuple[When, str]] = []
        self.spells: list[Any] | None = None
        self.attendance = Latest()
        self.concluded: tuple[When, bool] | None = None
        self.ctl: str | None = None
        self.days: set[int] = set()
        self.sources: set[str] = set()

    @property
    def person_key(self) -> str:
        """The person record under which people linking knows the defendant: that of the courts before that of the
        charge; empty where nothing is told of them as a person."""
        return min(self.person_keys)[1] if self.person_keys else ""


class Snapshot(NamedTuple):
    """The current state of one sitting day of a hearing in one court case."""

    history: RecordHistory
    state: RecordState
    data: court.Hearing
    day: int


class Telling(NamedTuple):
    """One defendant as one message tells of them: the courts and who sends results say `told`, a charge file says
    `charged`. `message`: tellings with the same one are named apart by it; `rank`: the precedence of the feed; `share`:
    the sitting day whose results it tells, be it none."""

    source: str
    feed: str
    message: int
    told: court.CourtDefendant | None
    charged: police.ChargedDefendant | None = None
    when: When = NEVER
    snapshot: Snapshot | None = None
    rank: int = 0
    day: int | None = None
    share: Share | None = None


POLICE_RESULT, SPI, LEAST = 1, 2, 3
"""Ranks of feeds after the courts' own, which have 0: results sent to the police, those by SPI, and an item of a list,
which says the least of a case and fills only what all others leave open."""


class CourtCase:
    """A prosecution case at court, as known."""

    __slots__ = ("applications", "defendants", "id", "key", "listings", "markers", "prosecution", "record", "snapshots",
                 "sources", "tellings", "urns")

    def __init__(self, name: str) -> None:
        self.id = name
        self.key = pseudonym("court_case", name) if ":" in name else own_id(name)
        self.urns: set[str] = set()
        self.record: court.CourtCase | None = None
        self.prosecution: police.Prosecution | None = None
        self.snapshots: list[Snapshot] = []
        self.listings: list[tuple[RecordState, court.Patch]] = []  # all states of patches about lists and trials
        self.applications: dict[str, tuple[court.Application, Snapshot]] = {}
        self.tellings: list[Telling] = []
        self.defendants: list[Defendant] = []
        self.markers: set[str] = set()
        self.sources: set[str] = set()

    def has_any(self, asns: frozenset[str]) -> bool:
        """Whether a defendant whom anyone told of so far has one of these ASNs."""
        return bool(asns) and any(
            of is not None and of.asn and asn_of(of.asn) in asns
            for telling in self.tellings for of in (telling.told, telling.charged)
        )

    @property
    def offences(self) -> Iterator[tuple[Defendant, Offence]]:
        for defendant in self.defendants:
            for offence in defendant.offences:
                yield defendant, offence


class Cases:
    """The court cases of a case, found by what a record calls them."""

    def __init__(self) -> None:
        self.by_id: dict[str, CourtCase] = {}
        self.by_urn: dict[str, list[CourtCase]] = {}
        self.by_libra: dict[str, CourtCase] = {}

    def of(self, ids: court.CaseIds, asns: frozenset[str] = frozenset()) -> CourtCase | None:
        """The court case of these ids; a new one for a court case id (or URN, or reference, or Libra's number) that is
        new. Take records that tell a Libra number with another of these before those that tell it alone. `asns`: whom
        it is about, for a URN of several cases."""
        number = _libra(ids)
        if ids.court_case_id:
            found = self.by_id.get(ids.court_case_id)
            if found is None:
                found = self.by_id[ids.court_case_id] = CourtCase(ids.court_case_id)
            if ids.urn and ids.urn not in found.urns:
                found.urns.add(ids.urn)
                self.by_urn.setdefault(canon(ids.urn), []).append(found)
        elif name := ids.urn or ids.prosecutor_reference:
            found = self.of_urn(name, asns)
        elif number in self.by_libra:
            return self.by_libra[number]
        elif number:
            found = self.by_id[f"libra:{number}"] = CourtCase(f"libra:{number}")
        else:
            return None
        if number:
            self.by_libra.setdefault(number, found)
        return found

    def named(self, ids: court.CaseIds) -> CourtCase | None:
        """The court case that Libra's number means, if there is one."""
        return self.by_libra.get(_libra(ids))

    def of_urn(self, urn: str, asns: frozenset[str] = frozenset()) -> CourtCase:
        """The court case of a URN; of several the one that has a defendant with one of the ASNs, else the first."""
        same = self.by_urn.get(canon(urn))
        if not same:
            made = self.by_id[f"urn:{canon(urn)}"] = CourtCase(f"urn:{canon(urn)}")
            made.urns.add(urn)
            self.by_urn[canon(urn)] = [made]
            return made
        if len(same) == 1:
            return same[0]
        same = sorted(same, key=lambda case: case.id)
        return next((case for case in same if case.has_any(asns)), same[0])


def _libra(ids: court.CaseIds) -> str:
    """The Libra number within its court, as linking writes it; empty where there is none that counts."""
    return canonical_value("libra_case_number", libra_number(ids)) or ""


def ms_of(moment: str | None) -> int | None:
    """Milliseconds since 1970 UTC of a moment."""
    return instant(moment).ms if moment else None


def day_of(moment: str | None) -> int | None:
    """Days since 1970, in London, of a moment or a day."""
    return london_day(moment) if moment else None
