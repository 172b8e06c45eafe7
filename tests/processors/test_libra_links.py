"""Messages of Libra beside those of other feeds, from the message to the rows: what they share ties them, and nothing
else does."""

from itertools import permutations
from typing import Any

import orjson
import pytest

from processors.adapters.base import Adapter, Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from processors.adapters.libra import libra
from processors.adapters.spi import spi
from schemas.events import EVENT, Event
from schemas.person_facts import person_record_id
from tests.in_process import heads_of, people_of, rows_of
from tests.processors.adapters.test_libra import ITEM, changed
from tests.processors.adapters.test_spi import NEW_CASE

AT = "2024-06-02T20:00:00Z"
URN, PNC = "01AB0000124", "2012/394773H"
SPI_PERSON = changed(
    urn=URN, name={"forename1": "Made", "surname": "UP"}, defendantDob="01/02/1990", pnc=PNC, sessionStartTime=None
)
HEARING = {"hearing": {
    "id": "h-1", "jurisdictionType": "CROWN", "courtCentre": {"code": "C01SW00"},
    "hearingDays": [{"sittingDay": "2024-09-02T09:00:00Z"}],
    "prosecutionCases": [{
        "id": "c-1", "prosecutionCaseIdentifier": {"caseURN": "16BH0037004"}, "defendants": [{
            "id": "d-1", "pncId": "12/394773H", "offences": [{"id": "o-1", "offenceCode": "TH68010"}],
            "personDefendant": {"personDetails": {
                "firstName": "Ann", "lastName": "Testname", "dateOfBirth": "1990-04-02", "gender": "FEMALE",
            }},
        }],
    }],
}}  # fmt: skip


def told(adapter: Adapter, document: object, name: str = "m.json") -> list[Event]:
    content = document.encode() if isinstance(document, str) else orjson.dumps(document)
    events = [one for one in adapter(SourceFile(name, content, AT)) if not isinstance(one, Refusal)]
    assert events
    return events


def rows(*events: list[Event]) -> dict[str, list[Any]]:
    return rows_of(heads_of([one for several in events for one in several]))


def test_an_item_and_the_charge_file_of_its_urn_are_one_case_defendant_and_offence_in_any_order() -> None:
    charged = told(spi, NEW_CASE, "case.xml")
    listed = told(libra, SPI_PERSON | {"offences": [{"seq": 1, "title": "Theft", "offenceCode": "TH68010"}]})
    expected = rows(charged, listed)
    for table in ("cases", "case_court_cases", "case_defendants", "case_offences"):
        assert len(expected[table]) == 1, table
    (who,) = expected["case_defendants"]
    assert who.sources == ("court.case", "police.prosecution")
    for order in permutations((charged, listed, charged)):
        assert rows(*order) == expected


def test_an_item_and_a_hearing_of_its_urn_are_one_case_under_the_courts_own_id() -> None:
    found = rows(told(libra, changed(urn="16BH0037004")), told(common_platform, HEARING))
    (case,) = found["case_court_cases"]
    (who,) = found["case_defendants"]
    assert (case.court_case_id, case.jurisdiction, who.defendant_id) == ("c-1", "crown", "d-1")
    assert [row.offence_code for row in found["case_offences"]] == ["TH68010"]
    assert sorted(row.listed for row in found["case_hearings"]) == [0, 1]


@pytest.mark.parametrize("other", [NEW_CASE, HEARING], ids=["spi", "common-platform"])
def test_one_person_in_two_cases_is_one_person_and_two_cases(other: str | dict[str, Any]) -> None:
    """The police's number of a person is shared; no identifier of a case is."""
    theirs = told(spi, other.replace("20240000001A", PNC), "case.xml") if isinstance(other, str) else told(
        common_platform, other
    )
    item = {**SPI_PERSON, "urn": ""} if isinstance(other, str) else ITEM
    heads = heads_of([*told(libra, item), *theirs])
    assert len(rows_of(heads)["cases"]) == 2
    persons = people_of(heads)
    ours = person_record_id("libra", "libra_defendant", "CID1")
    assert [len(records) for records in persons if ours in records] == [2]


def test_items_of_one_number_are_one_case_and_one_person_in_two_cases_is_one_person_record() -> None:
    bob = changed(cId="CID2", name={"forename1": "Bob", "surname": "OTHERONE"}, defendantDob="05/06/1970", pnc="")
    events = told(libra, [ITEM, bob, changed(caseNo="1600000002")])
    found = rows(events)
    assert sorted(len(found[table]) for table in ("cases", "case_court_cases")) == [2, 2]
    assert sorted(row.defendants for row in found["case_court_cases"]) == [1, 2]
    assert {row.person_key for row in found["case_defendants"]} == {
        person_record_id("libra", "libra_defendant", cid) for cid in ("CID1", "CID2")
    }
    assert len(people_of(heads_of(events))) == 2


def test_a_number_of_another_court_is_another_case() -> None:
    elsewhere = changed(courtCode="B01LY", cId="CID9", pnc="")
    assert len(rows(told(libra, [ITEM, elsewhere]))["cases"]) == 2


def test_a_record_of_the_contracts_with_the_number_and_its_court_is_of_the_same_case() -> None:
    results = EVENT.validate_python({
        "id": "r1", "source": "/courts", "subject": "rc-1", "time": AT, "type": "court.resulted_case", "data": {
            "resulted_case_id": "rc-1", "route": "spi",
            "ids": {"libra_case_number": "1600000001", "libra_court": "B10JQ00"},
            "defendants": [{"libra_defendant_id": "CID1", "offences": [{"offence_code": "TH68010"}]}],
        },
    })
    found = rows(told(libra, ITEM), [results])
    assert len(found["cases"]) == len(found["case_court_cases"]) == len(found["case_defendants"]) == 1
    assert [row.offence_code for row in found["case_offences"]] == ["TH68010"]
