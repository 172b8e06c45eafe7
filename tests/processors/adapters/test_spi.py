"""SPI messages: what is read of a new case and of results, in which envelopes, and what is refused and why."""

import html
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.spi import spi
from schemas import court, police
from schemas.events import EVENT, Event

NEW_CASE = """<?xml version="1.0" encoding="utf-8"?>
<NewCaseMessage xmlns="http://www.dca.gov.uk/xmlschemas/libra" Flow="NewCasesFromThePolice" SchemaVersion="0.6g">
<Case>
<PTIURN>01AB0000124</PTIURN>
<OriginatingOrganisation>001HQ00</OriginatingOrganisation>
<CaseInitiation>C</CaseInitiation>
<CPSorganisation>A01AC00</CPSorganisation>
<CaseMarker>DV</CaseMarker>
<InitialHearing>
<CourtHearingLocation>B01LY00</CourtHearingLocation>
<DateOfHearing>2024-07-01</DateOfHearing>
<TimeOfHearing>09:00:00.0000000-00:00</TimeOfHearing>
</InitialHearing>
<Defendant>
<ProsecutorReference>2401AB0000000000001A</ProsecutorReference>
<PoliceIndividualDefendant>
<PersonDefendant><BasePersonDetails><PersonName><PersonGivenName1>Made</PersonGivenName1>
<PersonFamilyName>Up</PersonFamilyName></PersonName><Birthdate>1990-02-01</Birthdate><Gender>2</Gender>
</BasePersonDetails><PNCidentifier>20240000001A</PNCidentifier></PersonDefendant>
<Address><PAON xmlns="http://www.govtalk.gov.uk/people/bs7666">          89</PAON>
<PostCode xmlns="http://www.govtalk.gov.uk/people/bs7666">A0 0AA</PostCode></Address>
<PersonEthnicity><ObservedEthnicity>1</ObservedEthnicity><SelfDefinedEthnicity>W1</SelfDefinedEthnicity></PersonEthnicity>
<CustodyStatus>U</CustodyStatus>
</PoliceIndividualDefendant>
<Offence><BaseOffenceDetails>
<OffenceSequenceNumber>001</OffenceSequenceNumber>
<OffenceCode>TH68010</OffenceCode>
<OffenceTiming><OffenceDateCode>1</OffenceDateCode>
<OffenceStart><OffenceDateStartDate>2024-06-01</OffenceDateStartDate><OffenceStartTime>23:30:00</OffenceStartTime></OffenceStart>
<OffenceEnd/></OffenceTiming>
<ChargeDate>2024-06-03</ChargeDate><ArrestDate>2024-06-02</ArrestDate>
</BaseOffenceDetails>
<OtherPartyVictim><PersonDetails><PersonFamilyName>Other</PersonFamilyName></PersonDetails><Gender>1</Gender></OtherPartyVictim>
</Offence>
</Defendant>
</Case>
</NewCaseMessage>"""

RESULTS = """<m:ResultedCaseMessage xmlns:m="http://www.dca.gov.uk/xmlschemas/libra"><m:Session>
<m:CourtHearing><m:Hearing><m:CourtHearingLocation>B01LY00</m:CourtHearingLocation>
<m:DateOfHearing>2024-07-01</m:DateOfHearing></m:Hearing><m:PSAcode>2577</m:PSAcode></m:CourtHearing>
<m:Case><m:PTIURN>01AB0000124</m:PTIURN>
<m:Defendant><m:ProsecutorReference>2401AB0000000000001A</m:ProsecutorReference>
<m:CourtIndividualDefendant><m:BailStatus>C</m:BailStatus><m:PresentAtHearing>Y</m:PresentAtHearing></m:CourtIndividualDefendant>
<m:Offence><m:BaseOffenceDetails><m:OffenceSequenceNumber>1</m:OffenceSequenceNumber><m:OffenceCode>TH68010</m:OffenceCode>
</m:BaseOffenceDetails><m:Plea>2</m:Plea><m:ModeOfTrial>01</m:ModeOfTrial>
<m:FinalDisposalIndicator>Y</m:FinalDisposalIndicator><m:ConvictionDate>2024-07-01</m:ConvictionDate><m:Finding>G</m:Finding>
<m:Result><m:ResultCode>1002</m:ResultCode><m:ResultText>Imprisonment</m:ResultText><m:Outcome><m:Duration>
<m:DurationValue>2</m:DurationValue><m:DurationUnit>W</m:DurationUnit></m:Duration></m:Outcome></m:Result>
<m:Result><m:ResultCode>1015</m:ResultCode><m:ResultText>Fine</m:ResultText><m:Outcome>
<m:ResultAmountSterling>250.50</m:ResultAmountSterling></m:Outcome></m:Result>
<m:Result><m:ResultCode>4028</m:ResultCode><m:ResultText>Remanded</m:ResultText><m:NextHearing><m:NextHearingDetails>
<m:CourtHearingLocation>C01SW00</m:CourtHearingLocation><m:DateOfHearing>2024-08-01</m:DateOfHearing>
<m:TimeOfHearing>10:00:00</m:TimeOfHearing></m:NextHearingDetails><m:BailStatusOffence>C</m:BailStatusOffence>
</m:NextHearing></m:Result></m:Offence></m:Defendant>
<m:Defendant><m:ProsecutorReference>2401AB0000000000002B</m:ProsecutorReference>
<m:CourtCorporateDefendant><m:OrganisationName><m:OrganisationName>Made Up Ltd</m:OrganisationName></m:OrganisationName>
</m:CourtCorporateDefendant>
<m:Offence><m:BaseOffenceDetails><m:OffenceCode>TH68010</m:OffenceCode></m:BaseOffenceDetails>
<m:Result><m:ResultCode>2006</m:ResultCode><m:ResultText>Dismissed</m:ResultText></m:Result></m:Offence></m:Defendant>
</m:Case></m:Session></m:ResultedCaseMessage>"""


def envelope(payload: str) -> str:
    """The exchange's envelope around a payload, which is escaped text in it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<RouteData xmlns:e="http://schemas.cjse.gov.uk/common/businessentities" xmlns="http://schemas.cjse.gov.uk/common/operations">
<DataStream><e:Dated>2024-06-05</e:Dated><e:Timed>10:34:13.357Z</e:Timed>
<e:DataStreamContent>{html.escape(payload)}</e:DataStreamContent></DataStream></RouteData>"""


def read(content: str | bytes, at: str | None = None) -> list[Event | Refusal]:
    raw = content.encode() if isinstance(content, str) else content
    return list(spi(SourceFile("message.xml", raw, at)))


def case(content: str | bytes, at: str | None = None) -> police.Prosecution:
    (event,) = read(content, at)
    assert not isinstance(event, Refusal), event
    assert isinstance(event.data, police.Prosecution)
    return event.data


def refused(content: str | bytes) -> Refusal:
    (refusal,) = read(content)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def test_a_new_case_is_a_prosecution() -> None:
    (event,) = read(NEW_CASE)
    assert not isinstance(event, Refusal)
    assert (event.type, event.source, event.subject, event.time) == (
        "police.prosecution", "spi", "01AB0000124/2401AB0000000000001A", None,
    )
    told = case(NEW_CASE)
    assert (told.initiation, told.originating_organisation, told.cps_organisation) == ("C", "001HQ00", "A01AC00")
    assert (told.court_ou, told.first_hearing_on, told.first_hearing_at) == ("B01LY00", "2024-07-01", "10:00")
    assert told.markers == ("DV",)
    (defendant,) = told.defendants
    assert defendant.person is not None
    person = defendant.person
    assert (person.sex, person.ethnicity_self, person.pnc) == ("female", "W1", "20240000001A")
    assert defendant.person.address is not None and defendant.person.address.lines == ("89",)
    (offence,) = defendant.offences
    assert (offence.sequence, offence.offence_code, offence.charge_on) == (1, "TH68010", "2024-06-03")
    assert offence.occurred_from == "2024-06-01T22:30:00Z"
    assert (offence.victims[0].victim_id, offence.victims[0].sex) == ("01AB0000124/2401AB0000000000001A/1/1", "male")


def test_in_an_envelope_it_is_the_same_case_at_the_envelopes_time() -> None:
    (event,) = read(envelope(NEW_CASE))
    assert not isinstance(event, Refusal)
    assert event.time == "2024-06-05T10:34:13.357Z"
    assert event.data == case(NEW_CASE)


def test_a_message_that_its_envelope_carries_as_elements_has_the_envelopes_time() -> None:
    bare = NEW_CASE.partition("?>")[2]
    (event,) = read(envelope("").replace("<e:DataStreamContent>", f"<e:DataStreamContent>{bare}"))
    assert not isinstance(event, Refusal)
    assert (event.time, event.data) == ("2024-06-05T10:34:13.357Z", case(NEW_CASE))


@pytest.mark.parametrize("wrap", [
    lambda payload: envelope(html.escape(payload)),
    lambda payload: envelope(envelope(payload)),
    lambda payload: f'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>{envelope(payload)[38:]}'
                    "</s:Body></s:Envelope>",
    lambda payload: envelope("").replace("<e:DataStreamContent>", f"<e:DataStreamContent><![CDATA[{payload}]]>"),
], ids=["escaped twice", "envelope in envelope", "soap", "cdata"])
def test_other_wrappings(wrap: Any) -> None:
    assert case(wrap(NEW_CASE)) == case(NEW_CASE)


def test_any_prefix_and_any_encoding() -> None:
    prefixed = NEW_CASE.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    prefixed = prefixed.replace('xmlns="http://www.dca', 'xmlns:x="http://www.dca')
    prefixed = prefixed.replace(' xmlns="http://www.govtalk.gov.uk/people/bs7666"', "")
    assert case(prefixed) == case(NEW_CASE)
    assert case(NEW_CASE.replace("utf-8", "utf-16").encode("utf-16")) == case(NEW_CASE)


def test_without_an_envelope_the_time_is_at() -> None:
    (event,) = read(NEW_CASE, at="2024-06-05T12:00:00+01:00")
    assert not isinstance(event, Refusal) and event.time == "2024-06-05T11:00:00Z"


def test_an_update_of_a_case_is_a_later_state_of_it() -> None:
    (first,), (second,) = read(NEW_CASE), read(NEW_CASE.replace("<CaseInitiation>C", "<CaseInitiation>S"))
    assert not isinstance(first, Refusal) and not isinstance(second, Refusal)
    assert first.subject == second.subject
    assert first.id != second.id


def test_a_defendant_who_is_added_later_is_a_record_beside_the_first() -> None:
    added = NEW_CASE.replace("2401AB0000000000001A", "2401AB0000000000002B")
    (first,), (second,) = read(NEW_CASE), read(added)
    assert not isinstance(first, Refusal) and not isinstance(second, Refusal)
    assert (first.subject, second.subject) == (
        "01AB0000124/2401AB0000000000001A", "01AB0000124/2401AB0000000000002B",
    )
    together = NEW_CASE.replace("</Case>", added[added.index("<Defendant>") : added.index("</Case>")] + "</Case>")
    assert read(together) == [first, second]


def test_results_are_a_record_for_each_defendant() -> None:
    events = read(RESULTS)
    assert [event.subject for event in events if not isinstance(event, Refusal)] == [
        "01AB0000124/2024-07-01/B01LY00/2401AB0000000000001A", "01AB0000124/2024-07-01/B01LY00/2401AB0000000000002B",
    ]
    person, company = events
    assert not isinstance(person, Refusal) and not isinstance(company, Refusal)
    assert isinstance(person.data, court.ResultedCase) and isinstance(company.data, court.ResultedCase)
    assert (person.type, person.data.route, person.data.psa_code) == ("court.resulted_case", "spi", "2577")
    defendant = person.data.defendants[0]
    assert (defendant.bail_status, defendant.attendance) == ("C", "in_person")
    offence = defendant.offences[0]
    assert (offence.plea, offence.conviction_on, offence.concluded, offence.mode_of_trial) == (
        "not_guilty", "2024-07-01", True, "1",
    )
    assert offence.verdict == court.Verdict(category="guilty", code="G")
    prison, fine, remand = offence.results
    assert (prison.cjs_code, prison.duration_days, fine.amount_pounds) == ("1002", 14.0, 250.5)
    assert remand.custody_status == "C"
    assert remand.next_hearing == court.NextHearing(court_ou="C01SW00", listed_for="2024-08-01T09:00:00Z")
    assert company.data.defendants[0].organisation == "Made Up Ltd"


def results_of(who: str, birth: str, reference: str = "TFL") -> str:
    """A message with one defendant of the first offence of RESULTS."""
    first, rest = RESULTS.split("<m:Defendant>", 1)
    told = rest[: rest.index("</m:Defendant>")].replace("2401AB0000000000001A", reference)
    named = f"""<m:CourtIndividualDefendant><m:PersonDefendant><m:BasePersonDetails><m:PersonName>
<m:PersonGivenName1>{who}</m:PersonGivenName1><m:PersonFamilyName>Up</m:PersonFamilyName></m:PersonName>
<m:Birthdate>{birth}</m:Birthdate></m:BasePersonDetails></m:PersonDefendant>"""
    told = told.replace("<m:CourtIndividualDefendant>", named)
    return f"{first}<m:Defendant>{told}</m:Defendant></m:Case></m:Session></m:ResultedCaseMessage>"


def both(*messages: str) -> str:
    """The defendants of several messages in one."""
    inner = "".join(one[one.index("<m:Defendant>") : one.index("</m:Case>")] for one in messages)
    return messages[0][: messages[0].index("<m:Defendant>")] + inner + "</m:Case></m:Session></m:ResultedCaseMessage>"


def subjects(content: str) -> list[str]:
    return [event.subject for event in read(content) if not isinstance(event, Refusal)]


ANN, BEN = results_of("Ann", "1990-02-01"), results_of("Ben", "1991-03-02")


def test_defendants_who_share_a_reference_are_told_apart_by_their_person_in_any_message_and_order() -> None:
    assert subjects(ANN) != subjects(BEN)
    assert subjects(both(ANN, BEN)) == subjects(ANN) + subjects(BEN)
    assert subjects(both(BEN, ANN)) == subjects(BEN) + subjects(ANN)
    assert all("Ann" not in subject for subject in subjects(ANN))


def test_a_corrected_name_under_an_asn_is_the_same_defendant() -> None:
    asn = "2401AB0000000000001A"
    assert subjects(results_of("Ann", "1990-02-01", asn)) == subjects(results_of("Anne", "1990-02-01", asn))


def test_an_asn_that_a_message_gives_to_two_people_names_neither() -> None:
    same = RESULTS.replace("2401AB0000000000002B", "2401AB0000000000001A")
    assert len(set(subjects(same))) == 2


def test_one_who_is_told_twice_in_a_message_is_one_with_all_offences() -> None:
    (event,) = read(both(ANN, ANN.replace(">TH68010<", ">TH68036<")))
    assert not isinstance(event, Refusal) and isinstance(event.data, court.ResultedCase)
    assert [one.offence_code for one in event.data.defendants[0].offences] == ["TH68010", "TH68036"]


def test_every_case_of_a_new_case_message_is_read() -> None:
    start, end = NEW_CASE.index("<Case>"), NEW_CASE.index("</Case>") + len("</Case>")
    other = NEW_CASE[start:end].replace("01AB0000124", "01AB0000224")
    assert subjects(NEW_CASE[:end] + other + NEW_CASE[end:]) == [
        "01AB0000124/2401AB0000000000001A", "01AB0000224/2401AB0000000000001A",
    ]
    assert len(subjects(NEW_CASE[:end] + NEW_CASE[start:end] + NEW_CASE[end:])) == 2  # the same event twice
    differs = NEW_CASE[start:end].replace("TH68010", "TH68036")
    refusal = refused(NEW_CASE[:end] + differs + NEW_CASE[end:])
    assert (refusal.rule, refusal.field, refusal.value) == (
        "told-twice", "ProsecutorReference", "2401AB0000000000001A",
    )


def test_every_session_of_results_is_read() -> None:
    start, end = RESULTS.index("<m:Session>"), RESULTS.index("</m:Session>") + len("</m:Session>")
    session = RESULTS[start:end]
    next_day = session.replace("<m:DateOfHearing>2024-07-01", "<m:DateOfHearing>2024-07-02")
    assert len(set(subjects(RESULTS[:end] + next_day + RESULTS[end:]))) == 4
    assert subjects(RESULTS[:end] + session + RESULTS[end:]) == subjects(RESULTS)
    more = read(RESULTS[:end] + session.replace("TH68010", "TH68036") + RESULTS[end:])
    for event in more:
        assert not isinstance(event, Refusal) and isinstance(event.data, court.ResultedCase)
        assert [one.offence_code for one in event.data.defendants[0].offences] == ["TH68010", "TH68036"]
    assert len(more) == 2


@pytest.mark.parametrize("zone", ["Z", "+01:00", "-05:00"])
def test_days_may_carry_a_zone(zone: str) -> None:
    with_zone = re.sub(r"(\d{4}-\d{2}-\d{2})<", rf"\g<1>{zone}<", NEW_CASE)
    assert with_zone.count(zone + "<") == 5
    assert case(with_zone) == case(NEW_CASE)
    results = re.sub(r"(\d{4}-\d{2}-\d{2})<", rf"\g<1>{zone}<", RESULTS)
    assert read(results) == read(RESULTS)
    (event,) = read(envelope(NEW_CASE).replace("2024-06-05<", f"2024-06-05{zone}<"))
    assert not isinstance(event, Refusal) and event.time == "2024-06-05T10:34:13.357Z"


def test_results_of_a_case_without_defendants_are_refused_and_not_dropped() -> None:
    start, end = RESULTS.index("<m:Defendant>"), RESULTS.rindex("</m:Defendant>") + len("</m:Defendant>")
    empty = RESULTS[RESULTS.index("<m:Case>"):start] + RESULTS[end:RESULTS.index("</m:Session>")]
    for message in (RESULTS[:start] + RESULTS[end:], RESULTS.replace("</m:Session>", empty + "</m:Session>")):
        assert (refused(message).rule, refused(message).field) == ("missing-field", "Defendant")


@pytest.mark.parametrize(
    ("cut", "put", "rule", "field"),
    [
        ("<PTIURN>01AB0000124</PTIURN>", "", "missing-field", "PTIURN"),
        ("<PTIURN>01AB0000124</PTIURN>", "<PTIURN>01AB00001240</PTIURN>", "too-long", "PTIURN"),
        ("<OriginatingOrganisation>001HQ00<", "<OriginatingOrganisation>001HQ0000000<", "too-long",
         "OriginatingOrganisation"),
        ("<CaseInitiation>C</CaseInitiation>", "", "missing-field", "CaseInitiation"),
        ("<CaseInitiation>C<", "<CaseInitiation>Charge<", "too-long", "CaseInitiation"),
        (">2401AB0000000000001A<", "><", "missing-field", "ProsecutorReference"),
        ("<OffenceCode>TH68010</OffenceCode>", "", "missing-field", "OffenceCode"),
        ("<OffenceSequenceNumber>001<", "<OffenceSequenceNumber>1001<", "invalid-sequence", "OffenceSequenceNumber"),
        ("<Birthdate>1990-02-01<", "<Birthdate>1990-02-31<", "invalid-date-of-birth", "date_of_birth"),
        ("<ChargeDate>2024-06-03<", "<ChargeDate>yesterday<", "invalid-charge-on", "charge_on"),
        ("<DateOfHearing>2024-07-01<", "<DateOfHearing>01.07.2024<", "invalid-first-hearing-on", "first_hearing_on"),
        ("<TimeOfHearing>09:00:00.0000000-00:00<", "<TimeOfHearing>25:00<", "invalid-time", "TimeOfHearing"),
        ("<OffenceStartTime>23:30:00<", "<OffenceStartTime>midnight<", "invalid-time", "OffenceStartTime"),
    ],
)
def test_a_case_that_breaks_a_rule_of_the_interface_is_refused_by_it(cut: str, put: str, rule: str, field: str) -> None:
    assert cut in NEW_CASE
    refusal = refused(NEW_CASE.replace(cut, put, 1))
    assert refusal.rule == rule
    assert refusal.field.endswith(field)


@pytest.mark.parametrize(
    "garnish", [
        "<Gender>2</Gender>", "<CustodyStatus>U</CustodyStatus>", "<CaseMarker>DV</CaseMarker>",
        "<OriginatingOrganisation>001HQ00</OriginatingOrganisation>",
    ],
)
def test_a_case_lives_without_what_nothing_hangs_on(garnish: str) -> None:
    assert case(NEW_CASE.replace(garnish, "", 1)).urn == "01AB0000124"


def test_every_fault_of_a_message_is_told_with_its_path() -> None:
    message = NEW_CASE
    for cut, put in (
        ("<CaseInitiation>C<", "<CaseInitiation>Charge<"), (">09:00:00.0000000-00:00<", ">25:00<"),
        ("<Birthdate>1990-02-01<", "<Birthdate>1990-02-31<"), ("<ChargeDate>2024-06-03<", "<ChargeDate>yesterday<"),
        ("<OffenceCode>TH68010</OffenceCode>", ""), ("<OffenceSequenceNumber>001<", "<OffenceSequenceNumber>1001<"),
    ):
        assert cut in message
        message = message.replace(cut, put, 1)
    refusal = refused(message)
    assert {refusal.field, *(one.field for one in refusal.more)} == {
        "CaseInitiation", "TimeOfHearing", "Defendant.0.date_of_birth", "Defendant.0.Offence.0.charge_on",
        "Defendant.0.Offence.0.OffenceCode", "Defendant.0.Offence.0.OffenceSequenceNumber",
    }
    assert len(refusal.more) == 5


def test_a_sex_that_is_no_code_is_not_known() -> None:
    someone = case(NEW_CASE.replace("<Gender>2<", "<Gender>7<")).defendants[0].person
    assert someone is not None and someone.sex == "not_known"


@pytest.mark.parametrize("content", [
    '<!DOCTYPE a [<!ENTITY e "x">]><NewCaseMessage/>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    envelope('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><NewCaseMessage>&e;</NewCaseMessage>'),
    '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
])
def test_a_document_type_is_refused(content: str | bytes) -> None:
    assert refused(content).rule == "xml-doctype"


def test_malformed_xml_is_refused_with_its_place() -> None:
    refusal = refused("<NewCaseMessage>\n<Case></NewCaseMessage>")
    assert refusal.rule == "malformed-xml"
    assert "line 2" in refusal.reason and "column" in refusal.reason
    assert refused(envelope("malformed xml")).rule == "malformed-xml"


def test_deep_and_large_documents_are_refused() -> None:
    assert refused("<a>" * 120 + "</a>" * 120).rule == "too-deep"
    assert refused("<a>" * 5000 + "</a>" * 5000).rule in ("malformed-xml", "too-deep")
    assert refused(b"<a>" + b" " * (16 * 1024 * 1024) + b"</a>").rule == "too-large"


def test_an_acknowledgement_has_no_case() -> None:
    status = "<OperationStatus><StatusClass>Success</StatusClass></OperationStatus>"
    refusal = refused(f"<RouteDataResp>{status}</RouteDataResp>")
    assert (refusal.rule, refusal.field, refusal.value) == ("no-record-content", "RouteDataResp", "Success")


def test_another_document_is_refused_by_its_name() -> None:
    refusal = refused("<Invoice/>")
    assert (refusal.rule, refusal.value) == ("unknown-message-type", "Invoice")


def test_a_case_in_the_courts_json() -> None:
    told = case("""{"caseDetails": {"ptiurn": "01AB0000124", "caseInitiationCode": "S", "summonsCode": "M"},
        "defendants": [{"prosecutorReference": "2401AB0000000000001A",
            "policeIndividualDefendant": {"selfDefinedEthnicity": "A1", "personDefendant": {"basePersonDetails": {
                "birthDate": "1990-02-01", "gender": 1, "personName": {"personFamilyName": "Up"}}}},
            "offence": [{"baseOffenceDetails": {"offenceCode": "TH68010", "offenceSequenceNumber": 2}}]}]}""")
    (defendant,) = told.defendants
    assert defendant.person is not None
    assert (told.summons_code, defendant.person.sex, defendant.offences[0].sequence) == ("M", "male", 2)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(content: bytes) -> None:
    for event in read(content):
        assert isinstance(event, Refusal) or event.id


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_message_gives_events_or_a_refusal(data: st.DataObject) -> None:
    """Lines of a message go, are doubled or change place; a run of its bytes becomes another."""
    lines = data.draw(st.sampled_from([NEW_CASE, RESULTS])).splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines.pop(at)
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    content = "\n".join(lines)
    at = data.draw(st.integers(0, len(content)))
    content = content[:at] + data.draw(st.text(max_size=4)) + content[at + data.draw(st.integers(0, 6)) :]
    if data.draw(st.booleans()):
        content = envelope(content)
    for event in read(content.encode(errors="replace")):
        if not isinstance(event, Refusal):
            assert EVENT.validate_json(event.model_dump_json()) == event
        else:
            assert event.rule and event.reason
