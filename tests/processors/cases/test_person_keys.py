"""`person_key` of a row names a person record that its records tell of, as people linking calls it."""

from operator import attrgetter
from typing import Any

import msgspec
import pytest

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from processors.standardise.persons import said_of_people
from schemas.events import KINDS
from schemas.person_facts import person_record_id
from tests.builders import SOURCE, crime, history, person
from tests.measures.counted import arrest, decision, proceeding, suspect

ANN = person()


def told_of(record: RecordHistory) -> set[str]:
    """The person records that a record tells of."""
    data = KINDS[record.kind].model.model_validate_json(msgspec.json.encode(record.states[-1].data))
    facts = said_of_people(record.source, record.record_id, data, None).facts
    return {one.person_record_id for one in facts.persons} if facts is not None else set()


def keys(table: str, *records: RecordHistory) -> list[str]:
    """The person keys of a table, all of which the records tell of."""
    found = list(map(attrgetter("person_key"), project_case("c", list(records)).get(table, ())))
    assert set(found) - {""} <= set().union(*map(told_of, records))
    return found


def victim(number: int, **more: Any) -> dict[str, Any]:
    return {"victim_id": f"V{number}", "person": person(last=f"Victim{number}")} | more


def test_a_victim_is_known_as_the_police_know_them() -> None:
    told = crime("C1", victims=(victim(1), victim(2, person=None), victim(3, kind="organisation")))
    assert keys("case_victims", told) == [person_record_id(SOURCE, "victim", "V1"), "", ""]


def test_a_suspect_by_their_own_id_whichever_record_tells_of_the_person() -> None:
    own = person_record_id(SOURCE, "suspect", "S1")
    assert keys("case_suspects", crime("C1"), suspect(1, "C1", person=ANN)) == [own]
    told = (crime("C1"), suspect(1, "C1"), arrest(1, "2025-03-02T10:00:00Z", "C1", person=ANN))
    assert keys("case_suspects", *told) == [own]
    assert keys("case_arrests", *told) == [own]
    assert keys("case_suspects", crime("C1"), suspect(1, "C1")) == [""], "nobody is told of as a person"


def test_an_arrest_without_an_id_of_the_suspect_names_its_own_person() -> None:
    alone = history("police.arrest", {
        "arrest_ref": "A1", "force": "20", "arrest_at": "2025-03-02T10:00:00Z", "crime_refs": ("C1",), "asn": "25001",
        "person": ANN,
    })  # fmt: skip
    assert keys("case_suspects", crime("C1"), alone) == [person_record_id(alone.record_id, "suspect", "0")]
    assert keys("case_arrests", crime("C1"), alone) == [person_record_id(alone.record_id, "suspect", "0")]


@pytest.mark.parametrize("police", [True, False])
def test_a_proceeding_is_known_as_the_cps_know_it_else_as_the_police_do(police: bool) -> None:
    at = "2025-04-01T10:00:00Z"
    with_person = decision(1, "charge", at, proceeding=proceeding(1, person=ANN))
    without = decision(1, "charge", at)
    of_police = [suspect(1, "C1", person=ANN)] if police else []
    own = person_record_id(SOURCE, "proceeding", "P1")
    assert keys("case_proceedings", crime("C1"), *of_police, with_person) == [own]
    theirs = person_record_id(SOURCE, "suspect", "S1") if police else ""
    assert keys("case_proceedings", crime("C1"), *of_police, without) == [theirs]
    assert keys("case_suspects", crime("C1"), *of_police, with_person) == [theirs or own]
