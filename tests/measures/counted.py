"""Cases told as events, projected by the processors, stored in the real engine; and what a measure makes of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from casestream.measuring import Figures, Question, answer
from casestream.periods import period_of
from clickhouse.measures import measures
from clickhouse.store import Store
from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from processors.people.clustering import Change
from processors.people.told import Teller, TellingMemory, Told
from processors.standardise.persons import said_of_people
from schemas.events import KINDS
from schemas.person_facts import FACTS_ENCODER, PeopleChange
from schemas.tables import TABLES
from streams.people_rows import PeopleRows
from tests.builders import history

NOW = datetime(2026, 6, 1, tzinfo=UTC)
YEAR = ("2025", "2025")


class _Nothing:
    """No person record is kept elsewhere."""

    def told(self, ids: object) -> dict[str, Teller | Told]:
        return {}


class Counted:
    """The tables of one test."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._cases = 0
        self._people = 0
        self._told = TellingMemory(_Nothing())
        self.written: set[str] = set()

    def case(self, *records: RecordHistory, name: str = "") -> None:
        """A linked case of these records."""
        self._cases += 1
        for table, rows in project_case(name or f"case-{self._cases}", list(records)).items():
            names = TABLES[table].row._fields
            told = zip(*rows, strict=True)
            columns: dict[str, list[Any]] = {name: list(values) for name, values in zip(names, told, strict=True)}
            self.written.add(table)
            self.store.insert(table, {**columns, "version": [1] * len(rows), "is_deleted": [0] * len(rows)})

    def people(self, *records: RecordHistory) -> None:
        """What these records say of people, as the agent people keeps it, beside what was told before."""
        said = []
        for one in records:
            data = KINDS[one.kind].model.model_validate_json(msgspec.json.encode(one.states[-1].data))
            facts = said_of_people(one.source, one.record_id, data, None).facts
            if facts is not None:
                said.append(PeopleChange(one.record_id, one.kind, FACTS_ENCODER.encode(facts)))
        step = self._told.apply(said)
        self._people += 1
        rows = PeopleRows(1, "", "")
        rows.take(self._people, step, Change(told=set(step.records)))
        self.written.add("people_records")
        self.store.insert("people_records", rows.columns("people_records"))

    def forget(self) -> None:
        """Empty what was written."""
        for table in self.written:
            self.store.command(f"TRUNCATE TABLE casestream.{table}")

    def ask(
        self, measure: str, period: tuple[str, str] = YEAR, by: str = "", shareable: bool = False, **chosen: str
    ) -> list[Figures]:
        """The figures of a measure; `chosen` narrows it: force="20"."""
        narrowed = {name: (value,) for name, value in chosen.items()}
        return answer(self.store, Question(measures()[measure], period_of(*period, NOW), narrowed, by, shareable))

    def values(self, measure: str, period: tuple[str, str] = YEAR, **chosen: str) -> dict[str, float | None]:
        """The values of a measure of one figure."""
        (only,) = self.ask(measure, period, **chosen)
        return only.values

    def by(
        self, measure: str, value: str, period: tuple[str, str] = YEAR, by: str = "", **chosen: str
    ) -> dict[str, float | None]:
        """One value of a measure, under the last of its keys."""
        found = self.ask(measure, period, by, **chosen)
        return {list(one.keys.values())[-1]: one.values[value] for one in found}


def outcome(ref: str, kind: str | None, on: str, at: str | None = None, **more: Any) -> RecordHistory:
    """An outcome of a crime of the West Midlands."""
    data = {"crime_ref": ref, "force": "20", "outcome_at": on} | ({"outcome_type": kind} if kind else {}) | more
    return history("police.crime_outcome", data, at=at or f"{on[:10]}T12:00:00Z")


def suspect(number: int, *refs: str, **more: Any) -> RecordHistory:
    """A suspect of these crimes."""
    return history("police.suspect", {"suspect_id": f"S{number}", "force": "20", "crime_refs": refs} | more)


def arrest(number: int, at: str, *refs: str, **more: Any) -> RecordHistory:
    """An arrest of suspect `number` for these crimes."""
    told = {"arrest_ref": f"A{number}-{at}", "force": "20", "arrest_at": at, "crime_refs": refs}
    return history("police.arrest", told | {"suspect_id": f"S{number}"} | more)


def proceeding(number: int, **more: Any) -> dict[str, Any]:
    """Whom a record of the CPS is about."""
    return {"proceeding_id": f"P{number}", "suspect_id": f"S{number}", "cps_area": "West Midlands"} | more


def consultation(
    number: int, received: str, completed: str | None = None, kind: str = "charging_decision", n: int = 1, **more: Any
) -> RecordHistory:
    """A consultation on suspect `number`."""
    told = {"consultation_id": f"K{number}-{n}", "proceeding": proceeding(number), "kind": kind}
    told |= {"received_at": received}
    return history("cps.consultation", told | ({"completed_at": completed} if completed else {}) | more)


def decision(number: int, what: str, at: str, n: int = 1, **more: Any) -> RecordHistory:
    """A decision on suspect `number`."""
    told = {"decision_id": f"L{number}-{n}", "proceeding": proceeding(number), "decision": what, "decision_at": at}
    return history("cps.decision", told | more)


def finalised(number: int, result: str, at: str, **more: Any) -> RecordHistory:
    """How the CPS finalised defendant `number`."""
    told = {"outcome_id": f"F{number}", "proceeding": proceeding(number), "completed_at": at, "final_result": result}
    return history("cps.defendant_outcome", told | more)


def groups(rows: Sequence[Figures], *names: str) -> list[tuple[Any, ...]]:
    """Keys and these values of each row."""
    return [(*one.keys.values(), *(one.values[name] for name in names)) for one in rows]
