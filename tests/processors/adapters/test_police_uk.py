"""data.police.uk files become incidents, crimes, outcomes and stops; a bad row is refused alone."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.police_uk import police_uk
from processors.adapters.police_uk_texts import force_named, outcome_type
from processors.standardise.standardise import Accepted, standardise
from schemas.events import (
    EVENT,
    Event,
    PoliceCrimeEvent,
    PoliceCrimeOutcomeEvent,
    PoliceIncidentEvent,
    PoliceStopSearchEvent,
)
from schemas.flow import EventRef, Order
from tests.processors.adapters.expected_samples import expected, samples, seen

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
OUTCOMES = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
)
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)
CRIME = "a1" * 32
PLACE = "-0.47,51.89,On or near High Street,E01015761,Luton 009F"
FORCE = "Bedfordshire Police,Bedfordshire Police"
CRIME_ROW = f"{CRIME},2022-05,{FORCE},{PLACE},Burglary,Under investigation,"
INCIDENT_ROW = f",2022-05,{FORCE},{PLACE},Anti-social behaviour,,"
OUTCOME_ROW = f"{CRIME},2022-06,{FORCE},{PLACE},Suspect charged"
STOP_ROW = "Person search,2022-05-01T10:00:00+01:00,True,,51.89,-0.47,Male,18-24,,White,PACE,Drugs,Arrest,,False"
STOPS_NAME = "2022-05-bedfordshire-stop-and-search.csv"


def read(*lines: str, name: str = "street.csv", end: str = "\n", bom: str = "") -> list[Event | Refusal]:
    return list(police_uk(SourceFile(name, (bom + end.join(lines) + end).encode())))


def one(*lines: str, name: str = "street.csv") -> Event | Refusal:
    (only,) = read(*lines, name=name)
    return only


def test_street_row_with_a_crime_id_is_a_crime() -> None:
    event = one(STREET, CRIME_ROW)
    assert isinstance(event, PoliceCrimeEvent)
    assert event.source == "data.police.uk/bedfordshire"
    assert event.subject == event.data.crime_ref == CRIME
    assert event.time == event.data.recorded_at == "2022-05"
    assert event.data.force == "40"
    assert event.data.category == "Burglary"
    assert event.data.last_outcome == "Under investigation"
    assert event.data.location is not None
    assert event.data.location.longitude == -0.47
    assert event.data.location.lsoa_code == "E01015761"


def test_street_row_without_a_crime_id_is_an_incident() -> None:
    event = one(STREET, INCIDENT_ROW)
    assert isinstance(event, PoliceIncidentEvent)
    assert event.data.category == "Anti-social behaviour"
    assert event.data.reported_at == "2022-05"
    assert event.subject == event.data.incident_ref


def test_identical_incidents_are_told_apart_by_their_place_among_equals() -> None:
    first, second = read(STREET, INCIDENT_ROW, INCIDENT_ROW)
    assert isinstance(first, PoliceIncidentEvent)
    assert isinstance(second, PoliceIncidentEvent)
    assert first.subject != second.subject
    assert [first, second] == read(STREET, INCIDENT_ROW, CRIME_ROW, INCIDENT_ROW)[::2]


def test_identical_stops_are_told_apart_too() -> None:
    first, second = read(STOPS, STOP_ROW, STOP_ROW, name=STOPS_NAME)
    assert isinstance(first, PoliceStopSearchEvent)
    assert isinstance(second, PoliceStopSearchEvent)
    assert first.subject != second.subject


def test_the_same_crime_or_outcome_twice_is_the_same_event() -> None:
    for header, row in ((STREET, CRIME_ROW), (OUTCOMES, OUTCOME_ROW)):
        first, second = read(header, row, row)
        assert first == second


def of_release(at: str | None, *lines: str) -> Order:
    """Where the one state of a file of a release stands."""
    (event,) = police_uk(SourceFile("street.csv", "\n".join(lines).encode(), at))
    assert not isinstance(event, Refusal)
    accepted = standardise(event.model_dump_json().encode(), EventRef("", 0, 0, 0))
    assert isinstance(accepted, Accepted)
    return accepted.head.order


@pytest.mark.parametrize("at", ["2022-12-01T00:00:00Z", "2022-08-01T00:00:01Z", "2022-08-01T00:00:00-01:00", "2023-01"])
def test_of_two_releases_of_a_month_the_later_counts(at: str) -> None:
    first, release = "Under investigation", "2022-08-01T00:00:00Z"
    for last in ("Suspect charged", "Local resolution", "Court result unavailable", "Offender given a caution"):
        earlier = of_release(release, STREET, CRIME_ROW)
        assert earlier < of_release(at, STREET, CRIME_ROW.replace(first, last))
        other = OUTCOME_ROW.replace("charged", last)
        assert of_release(release, OUTCOMES, OUTCOME_ROW) < of_release(at, OUTCOMES, other)
        assert of_release(None, STREET, CRIME_ROW.replace(first, last)) < earlier
        assert of_release(None, OUTCOMES, other) < of_release(at, OUTCOMES, OUTCOME_ROW)


def test_a_row_that_a_later_release_takes_back_is_an_event_of_its_own() -> None:
    ids = [
        event.id
        for at in ("2022-08-01T00:00:00Z", "2022-12-01T00:00:00Z", None)
        for row in ((STREET, CRIME_ROW), (OUTCOMES, OUTCOME_ROW))
        for event in police_uk(SourceFile("street.csv", "\n".join(row).encode(), at)) if not isinstance(event, Refusal)
    ]
    assert len(set(ids)) == 6


def test_an_outcome_of_a_later_month_counts_whichever_release_of_an_earlier_one_comes() -> None:
    june, may = OUTCOME_ROW, OUTCOME_ROW.replace("2022-06", "2022-05")
    for at in (None, "2022-08-01T00:00:00Z"):
        assert of_release("2023-01-01T00:00:00Z", OUTCOMES, may) < of_release(at, OUTCOMES, june)


def test_outcome_row_is_the_outcome_of_its_crime_under_the_same_source() -> None:
    event, crime = one(OUTCOMES, OUTCOME_ROW), one(STREET, CRIME_ROW)
    assert isinstance(event, PoliceCrimeOutcomeEvent)
    assert isinstance(crime, PoliceCrimeEvent)
    assert (event.source, event.subject) == (crime.source, crime.subject)
    assert event.time == event.data.outcome_at == "2022-06"
    assert (event.data.outcome_type, event.data.outcome_text) == ("1", "Suspect charged")


def test_text_that_covers_several_outcome_types_has_none() -> None:
    assert outcome_type("Unable to prosecute suspect") is None
    assert outcome_type("Offender given a caution") is None
    assert outcome_type("Court result unavailable") is None
    assert outcome_type("Investigation complete; no suspect identified") == "18"
    assert outcome_type("Further action is not in the public interest") == "22"


def test_stop_takes_its_force_from_the_file_name() -> None:
    event = one(STOPS, STOP_ROW, name=STOPS_NAME)
    assert isinstance(event, PoliceStopSearchEvent)
    assert event.data.force == "40"
    assert event.time == event.data.stopped_at == "2022-05-01T09:00:00Z"
    assert event.data.part_of_operation is True
    assert event.data.outcome_linked_to_object is None
    assert event.data.more_than_outer_clothing is False
    assert event.data.location is not None
    assert event.data.location.latitude == 51.89


@pytest.mark.parametrize("name", ["stops.csv", "2022-05-ruritania-stop-and-search.csv"])
def test_stops_of_an_unknown_force_are_refused_as_a_file(name: str) -> None:
    refusal = one(STOPS, STOP_ROW, name=name)
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "unknown-force"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Metropolitan Police Service", "01"), ("Devon & Cornwall Police", "50"), ("avon-and-somerset", "52"),
        ("Hampshire and Isle of Wight Constabulary", "44"), ("British Transport Police", "93"), ("btp", "93"),
        ("Police Service of Northern Ireland", "98"), ("City of London Police", "48"), ("LEICESTERSHIRE POLICE", "33"),
    ],
)
def test_forces_are_known_by_name_and_slug(name: str, number: str) -> None:
    force = force_named(name)
    assert force is not None
    assert force.number == number


def test_older_files_with_fewer_columns_and_other_texts_go_through() -> None:
    crime, incident = read(
        "Month,Reported by,Falls within,Location,Crime type,Crime ID",
        f"2011-03,Essex Police,Essex Police,On or near Mill Lane,Violent crime,{CRIME}",
        "2011-03,Essex Police,Essex Police,On or near Mill Lane,Public disorder and weapons,",
    )
    assert isinstance(crime, PoliceCrimeEvent)
    assert (crime.data.category, crime.data.last_outcome) == ("Violent crime", None)
    assert isinstance(incident, PoliceIncidentEvent)
    assert incident.data.category == "Public disorder and weapons"


def test_file_of_the_first_months_without_crime_ids_goes_through() -> None:
    event = one(
        "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context",
        "2010-12,Kent Police,Kent Police,590000,160000,On or near Mill Lane,Anti-social behaviour,",
    )
    assert isinstance(event, PoliceIncidentEvent)


def test_byte_order_mark_crlf_blank_lines_and_quoted_commas() -> None:
    (event,) = read(STREET, "", CRIME_ROW.replace("On or near High Street", '"On or near ""A"", B"'), "", end="\r\n",
                    bom="\ufeff")
    assert isinstance(event, PoliceCrimeEvent)
    assert event.data.location is not None
    assert event.data.location.text == 'On or near "A", B'


def test_no_location_is_none() -> None:
    event = one(STREET, f"{CRIME},2022-05,{FORCE},,,No Location,,,Burglary,,")
    assert isinstance(event, PoliceCrimeEvent)
    assert event.data.location is None


@pytest.mark.parametrize(
    ("row", "rule", "field", "value"),
    [
        (CRIME_ROW.replace(CRIME, "abc"), "invalid-crime-id", "Crime ID", "abc"),
        (CRIME_ROW.replace("2022-05", "2022-13"), "invalid-month", "Month", "2022-13"),
        (CRIME_ROW.replace("Bedfordshire", "Ruritania"), "unknown-force", "Reported by", "Ruritania Police"),
        (CRIME_ROW.replace("-0.47", "east"), "invalid-longitude", "Longitude", "east"),
        (CRIME_ROW.replace("51.89", "nan"), "invalid-latitude", "Latitude", "nan"),
        (CRIME_ROW.replace("Burglary", ""), "invalid-crime-type", "Crime type", ""),
        (CRIME_ROW.replace("E01015761", "E" * 41), "invalid-lsoa-code", "location.lsoa_code", "E" * 41),
        (CRIME_ROW + ",more", "wrong-number-of-columns", "columns", "13"),
        ("abc", "wrong-number-of-columns", "columns", "1"),
    ],
)
def test_bad_row_is_refused_alone_with_its_line(row: str, rule: str, field: str, value: str) -> None:
    good, refusal, incident = read(STREET, CRIME_ROW, row, INCIDENT_ROW)
    assert isinstance(good, PoliceCrimeEvent)
    assert isinstance(incident, PoliceIncidentEvent)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field, refusal.value, refusal.line) == (rule, field, value, 3)
    assert refusal.raw == (row + "\n").encode()


def test_outcome_without_its_crime_is_refused() -> None:
    refusal = one(OUTCOMES, OUTCOME_ROW.replace(CRIME, ""))
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "invalid-crime-id"


def test_stop_of_a_bad_date_is_refused() -> None:
    refusal = one(STOPS, STOP_ROW.replace("2022-05-01T10:00:00+01:00", "soon"), name=STOPS_NAME)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field, refusal.value) == ("invalid-date", "Date", "soon")


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (f'"{CRIME},2022-05', "Crime ID", f"{CRIME},2022-05"),
        (CRIME_ROW + '"', "Context", ""),
        (CRIME_ROW.replace("On or near", '"On or near'), "Location", "On or near High Street,E01015761,Luton 009F"),
    ],
)
def test_quotation_mark_that_is_not_closed_costs_its_own_line_only(row: str, column: str, value: str) -> None:
    crime, refusal, incident, again, *rest = read(STREET, CRIME_ROW, row, INCIDENT_ROW, row, INCIDENT_ROW, CRIME_ROW)
    assert isinstance(crime, PoliceCrimeEvent)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field, refusal.line) == ("malformed-csv", column, 3)
    assert refusal.value.startswith(value)
    assert refusal.raw == (row + "\n").encode()
    assert isinstance(incident, PoliceIncidentEvent)
    assert isinstance(again, Refusal) and again.line == 5
    assert [one.type for one in rest if not isinstance(one, Refusal)] == ["police.incident", "police.crime"]


def test_every_row_after_an_open_quotation_mark_is_read() -> None:
    out = read(STREET, CRIME_ROW + '"', *(CRIME_ROW.replace(CRIME, f"{number:064x}") for number in range(2_000)))
    assert [each.rule for each in out if isinstance(each, Refusal)] == ["malformed-csv"]
    assert len(out) == 2_001


def test_header_with_an_open_quotation_mark_is_refused() -> None:
    refusal = one(STREET + ',"', CRIME_ROW)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field, refusal.line) == ("malformed-csv", "header", 1)


def test_value_longer_than_a_reader_holds_costs_its_own_line_only() -> None:
    refusal, crime = read(STREET, CRIME_ROW.replace("High Street", "x" * 200_000), CRIME_ROW)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.line) == ("malformed-csv", 2)
    assert isinstance(crime, PoliceCrimeEvent)


def test_byte_that_is_no_utf_8_costs_its_own_line_only() -> None:
    content = "\n".join((STREET, CRIME_ROW, INCIDENT_ROW)).encode().replace(b"On or near", b"\xff", 1)
    refusal, incident = police_uk(SourceFile("street.csv", content))
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "not-utf-8"
    assert b"\xff" in refusal.raw
    assert isinstance(incident, PoliceIncidentEvent)


def test_header_in_the_middle_of_joined_files_is_no_row() -> None:
    assert len(read(STREET, CRIME_ROW, STREET, INCIDENT_ROW)) == 2


@pytest.mark.parametrize(
    ("content", "rule"), [(b"", "empty-file"), (b"\n \n", "empty-file"), (b"a,b\n", "unknown-header")]
)
def test_file_that_is_none_of_the_three_is_refused(content: bytes, rule: str) -> None:
    (refusal,) = police_uk(SourceFile("x.csv", content))
    assert isinstance(refusal, Refusal)
    assert refusal.rule == rule


@pytest.mark.parametrize(
    ("header", "column"),
    [
        (STREET.replace("Crime ID,", ""), "Crime ID"), (STREET.replace("Month,", ""), "Month"),
        (STREET.replace("Reported by,Falls within,", ""), "Reported by"),
        (OUTCOMES.replace("Crime ID,", ""), "Crime ID"), (OUTCOMES.replace("Month,", ""), "Month"),
        (STOPS.replace("Date,", ""), "Date"), (STOPS.replace("Outcome,", ""), "Outcome"),
    ],
)
def test_column_that_rows_cannot_do_without_is_named_where_it_is_missing(header: str, column: str) -> None:
    refusal = one(header, ",".join("x" for _ in header.split(",")), name=STOPS_NAME)
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field) == ("missing-column", column)
    assert column in refusal.reason


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"PK\x03\x04\x14\x00\x00\x00abc\n\x00", "compressed-file"), (b"\x1f\x8b\x08\x00", "compressed-file"),
        ("\n".join((STREET, CRIME_ROW)).encode("utf-16"), "not-utf-8"),
    ],
)
def test_file_that_is_no_text_is_refused_by_what_it_is(content: bytes, rule: str) -> None:
    (refusal,) = police_uk(SourceFile("2022-05.zip", content))
    assert isinstance(refusal, Refusal)
    assert (refusal.rule, refusal.field, refusal.value) == (rule, "file", "2022-05.zip")


def test_header_alone_is_no_error() -> None:
    assert read(STREET) == []


def test_events_survive_their_own_json() -> None:
    for event in (one(STREET, CRIME_ROW), one(OUTCOMES, OUTCOME_ROW), one(STOPS, STOP_ROW, name=STOPS_NAME)):
        assert not isinstance(event, Refusal)
        assert EVENT.validate_json(event.model_dump_json()) == event


def test_real_samples_become_what_the_table_says() -> None:
    assert seen(police_uk, "police-uk") == expected("police-uk")


def test_real_samples_give_the_counts_of_the_decisions() -> None:
    events = [
        event
        for path in samples("police-uk") if path.suffix == ".csv"
        for event in police_uk(SourceFile(path.name, path.read_bytes()))
    ]
    subjects: dict[str, list[str]] = {}
    for event in events:
        assert not isinstance(event, Refusal)
        subjects.setdefault(event.type, []).append(event.subject)
    assert len(subjects["police.crime"]) == len(set(subjects["police.crime"])) == 9_223
    assert len(subjects["police.incident"]) == len(set(subjects["police.incident"])) == 2_126
    assert len(subjects["police.stop_search"]) == len(set(subjects["police.stop_search"])) == 707
    outcomes = {event.id for event in events if isinstance(event, PoliceCrimeOutcomeEvent)}
    assert (len(subjects["police.crime_outcome"]), len(outcomes)) == (9_514, 9_291)
    assert len(set(subjects["police.crime_outcome"])) == 9_291
    assert len(set(subjects["police.crime_outcome"]) & set(subjects["police.crime"])) == 6_347


@given(st.binary(max_size=400))
def test_arbitrary_bytes_never_raise(content: bytes) -> None:
    assert all(list(police_uk(SourceFile("x.csv", content))))


@settings(max_examples=200)
@given(
    st.sampled_from([STREET, OUTCOMES, STOPS]),
    st.lists(st.lists(st.one_of(st.text(max_size=12), st.sampled_from([CRIME, "2022-05", "Kent Police", '"', "\r\n"])),
                      min_size=9, max_size=16), max_size=6),
)
def test_arbitrary_rows_never_raise(header: str, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    content = (header + "\n" + out.getvalue()).encode("utf-8", "surrogatepass")
    assert all(list(police_uk(SourceFile(STOPS_NAME, content))))
