"""Items of Libra's case lists: a defendant of a case and the day on which it is listed, through each format that
carries them."""

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.adapters.base import Adapter, Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from processors.adapters.hmpps import hmpps
from processors.adapters.libra import libra
from schemas.court import CourtOffence, UncodedOffence
from schemas.events import CourtCaseEvent, CourtPatchEvent, Event
from schemas.people import Address, Person, PersonName
from tests.processors.adapters.expected_samples import samples

AT = "2024-01-02T03:04:05Z"
ITEM: dict[str, Any] = {
    "caseId": 1, "caseNo": "1600000001", "cId": "CID1", "courtCode": "B10JQ", "courtRoom": "07",
    "sessionStartTime": "2024-06-03T09:01:00", "listNo": "1st", "seq": 1, "defendantType": "P", "defendantSex": "F",
    "name": {"title": "Ms", "forename1": "Ann", "forename2": "Bee", "forename3": "Cee", "surname": "TESTNAME"},
    "defendantName": "Ms Ann TESTNAME", "defendantDob": "02/04/1990", "defendantAge": "34", "pnc": "2012/394773H",
    "cro": "", "nationality1": "Angolan", "nationality2": "Austrian",
    "defendantAddress": {"line1": "1 The Street", "line2": "", "pcode": "ZZ1 1ZZ"},
    "offences": [
        {"seq": 1, "title": "Theft from a shop", "summary": "Stole an article.", "act": "Contrary to the Theft Act."},
        {"seq": 2, "title": "Theft from a shop", "summary": "Stole another.", "offenceCode": "TH68010"},
    ],
}


def sns(payload: object, **attributes: str) -> dict[str, object]:
    return {
        "Type": "Notification", "Message": orjson.dumps(payload).decode(), "Timestamp": "2024-06-02T20:00:00.5Z",
        "MessageAttributes": {name: {"Type": "String", "Value": value} for name, value in attributes.items()},
    }


def changed(**fields: object) -> dict[str, Any]:
    """The item with other fields; None leaves one out."""
    return {name: value for name, value in (copy.deepcopy(ITEM) | fields).items() if value is not None}


def read(document: object, adapter: Adapter = libra, at: str | None = AT) -> list[Event | Refusal]:
    return list(adapter(SourceFile("item.json", orjson.dumps(document), at)))


def item(document: object) -> tuple[CourtCaseEvent, CourtPatchEvent]:
    case, listing = read(document)
    assert isinstance(case, CourtCaseEvent)
    assert isinstance(listing, CourtPatchEvent)
    return case, listing


def refused(document: object) -> Refusal:
    (refusal,) = read(document)
    assert isinstance(refusal, Refusal)
    return refusal


def test_an_item_is_a_defendant_of_a_case() -> None:
    case, _ = item(ITEM)
    assert (case.source, case.subject, case.time) == ("libra", "B10JQ/1600000001/CID1", AT)
    ids = case.data.ids
    assert (ids.libra_case_number, ids.libra_court, ids.urn) == ("1600000001", "B10JQ", None)
    assert (case.data.jurisdiction, case.data.court_ou) == ("magistrates", "B10JQ00")
    (who,) = case.data.defendants
    assert (who.libra_defendant_id, who.defendant_id, who.organisation) == ("CID1", None, None)
    assert who.person == Person(
        name=PersonName(title="Ms", first="Ann", middle="Bee Cee", last="TESTNAME"), date_of_birth="1990-04-02",
        sex="female", nationality="Angolan", address=Address(lines=("1 The Street",), postcode="ZZ1 1ZZ"),
        pnc="2012/394773H",
    )


def test_offences_are_told_with_their_code_or_by_their_words() -> None:
    (who,) = item(ITEM)[0].data.defendants
    assert who.offences == (
        CourtOffence(offence_code="TH68010", order_index=2, title="Theft from a shop", wording="Stole another."),
    )
    assert who.uncoded_offences == (
        UncodedOffence(
            order_index=1, title="Theft from a shop", wording="Stole an article.", act="Contrary to the Theft Act."
        ),
    )


def test_the_day_in_the_list_is_a_listing_of_the_case_by_london_time() -> None:
    _, listing = item(ITEM)
    data = listing.data
    assert listing.subject == "hearing_listed/B10JQ/1600000001/2024-06-03"
    assert (data.patch, data.message) == ("hearing_listed", "LIBRA_COURT_CASE")
    assert (data.ids.libra_case_number, data.listed_for) == ("1600000001", ("2024-06-03T08:01:00Z",))
    assert data.detail == '{"courtRoom":"07"}'


def test_each_case_has_a_hearing_of_its_own_each_day_whose_id_tells_no_case_number() -> None:
    others = ({"caseNo": "1600000002"}, {"sessionStartTime": "2024-06-04T09:01:00"}, {"courtCode": "B01LY"})
    ids = {item(changed(**other))[1].data.hearing_id for other in ({}, {"sessionStartTime": "2024-06-03T14:00:00"})}
    assert len(ids) == 1
    ids |= {item(changed(**other))[1].data.hearing_id for other in others}
    assert len(ids) == 4
    assert not any("16000000" in (hearing_id or "") for hearing_id in ids)


def test_co_defendants_are_records_of_their_own_with_one_listing() -> None:
    first, listing = item(ITEM)
    second, again = item(changed(cId="CID2", seq=2, listNo="2nd"))
    assert first.subject != second.subject
    assert listing == again


def test_a_defendant_without_an_id_is_known_by_name_and_birth() -> None:
    subjects = {item(changed(cId=None, **more))[0].subject for more in ({}, {"listNo": "9th"}, {"seq": 7})}
    assert len(subjects) == 1
    assert item(changed(cId=None, defendantDob="03/04/1990"))[0].subject not in subjects


def test_an_organisation_is_no_person() -> None:
    (who,) = item(changed(defendantType="O", defendantName="Made-up Trading Ltd"))[0].data.defendants
    assert (who.person, who.organisation, who.libra_defendant_id) == (None, "Made-up Trading Ltd", "CID1")


@pytest.mark.parametrize(
    ("written", "sex"), [("M", "male"), ("f", "female"), ("N", "not_known"), ("NS", "not_known"), ("?", "not_known"),
                         ("", None)]
)  # fmt: skip
def test_sex_is_read_by_libras_letters(written: str, sex: str | None) -> None:
    person = item(changed(defendantSex=written))[0].data.defendants[0].person
    assert person is not None
    assert person.sex == sex


@pytest.mark.parametrize(("written", "ou"), [("B10JQ", "B10JQ00"), ("B10JQ01", "B10JQ01"), ("2732", "2732")])
def test_a_court_of_five_characters_is_the_whole_court_and_an_unknown_one_is_kept(written: str, ou: str) -> None:
    case, listing = item(changed(courtCode=written))
    assert (case.data.court_ou, listing.data.court_ou, case.data.ids.libra_court) == (ou, ou, written)


def test_what_is_absent_or_empty_is_tolerated() -> None:
    (case,) = read({"caseNo": 1600000001, "courtCode": "B10JQ", "offences": None, "name": {}, "pnc": "", "extra": [1]})
    assert isinstance(case, CourtCaseEvent)
    assert case.data.ids.libra_case_number == "1600000001"
    (who,) = case.data.defendants
    assert (who.person, who.offences, who.uncoded_offences) == (None, (), ())


def test_the_urn_that_later_messages_carry_is_the_cases() -> None:
    case, listing = item(changed(urn="16BH0037004"))
    assert case.data.ids.urn == listing.data.ids.urn == "16BH0037004"


@pytest.mark.parametrize("adapter", [libra, hmpps, common_platform])
@pytest.mark.parametrize("wrapped", [True, False])
def test_every_format_that_carries_items_reads_them_alike(adapter: Adapter, wrapped: bool) -> None:
    document = sns(ITEM, messageType="LIBRA_COURT_CASE") if wrapped else ITEM
    assert read(document, adapter) == read(document)
    case, _ = read(document, adapter)
    assert isinstance(case, CourtCaseEvent)
    assert case.time == ("2024-06-02T20:00:00.5Z" if wrapped else AT)


def test_a_file_may_hold_one_a_line_or_an_array() -> None:
    lines = b"\n".join((orjson.dumps(ITEM), b"{broken", orjson.dumps(changed(courtCode=None))))
    case, listing, broken, without = libra(SourceFile("items.jsonl", lines))
    assert isinstance(case, CourtCaseEvent) and isinstance(listing, CourtPatchEvent) and case.time is None
    assert isinstance(broken, Refusal) and isinstance(without, Refusal)
    assert [(broken.rule, broken.line), (without.rule, without.line)] == [("malformed-json", 2), ("missing-field", 3)]
    assert len(read([ITEM, changed(cId="CID2")])) == 4


@pytest.mark.parametrize(
    ("document", "rule", "field", "value"),
    [
        (changed(caseNo=""), "missing-field", "caseNo", ""),
        (changed(courtCode=None), "missing-field", "courtCode", ""),
        (changed(defendantType="X"), "invalid-defendantType", "defendantType", "X"),
        (changed(defendantDob="31/02/1990"), "invalid-date-of-birth", "date_of_birth", "31/02/1990"),
        (changed(sessionStartTime="tomorrow"), "invalid-sessionStartTime", "sessionStartTime", "tomorrow"),
        (changed(offences={"seq": 1}), "wrong-shape", "offences", ""),
        (changed(offences=[{"seq": "first"}]), "invalid-order-index", "offences.0.order_index", "first"),
        ({"a": 1}, "unknown-message-type", "message", "a"),
        ([[]], "wrong-shape", "message", ""),
        (sns(ITEM, messageType="COMMON_PLATFORM_HEARING"), "unknown-message-type", "messageType",
         "COMMON_PLATFORM_HEARING"),
        (sns({"a": 1}, messageType="LIBRA_COURT_CASE"), "missing-field", "caseNo", ""),
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_rule_field_and_value(document: object, rule: str, field: str, value: str) -> None:
    refusal = refused(document)
    assert (refusal.rule, refusal.field) == (rule, field)
    assert value in refusal.value
    assert refusal.reason


def test_real_items_are_read_alike_by_both_formats() -> None:
    files = [path for path in samples("hmpps/court-hearing-as-seen-by-hmpps") if "libra" in path.name]
    assert files
    for path in files:
        source = SourceFile(path.name, path.read_bytes(), AT)
        told = list(libra(source))
        assert [type(one) for one in told] == [CourtCaseEvent, CourtPatchEvent]
        assert list(hmpps(source)) == told


VALUES = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=6) | st.just({}) | st.just([{}])


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(ITEM, VALUES)))
def test_any_values_make_events_or_one_refusal(fields: dict[str, Any]) -> None:
    told = read(changed(**fields))
    assert len([one for one in told if isinstance(one, Refusal)]) in (0, len(told))
    assert told == read(changed(**fields))


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(content: bytes) -> None:
    assert list(libra(SourceFile("m.json", content)))
