"""One ASN is one, however an agency spells it: with slashes, with a top-level code, without zeros, in small letters."""

from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from processors.cases.ids import asn_of
from processors.cases.project import project_case
from processors.standardise.identifiers.check_letter import CHECK_LETTERS
from tests.builders import crime, defendant, hearing, history, offence
from tests.processors.standardise.identifiers.test_asn import VALID

TABLES = ("case_suspects", "case_proceedings", "case_defendants", "case_offences", "case_results", "case_sentences")
FINE = {"result_id": "R1", "cjs_code": "1015", "label": "Fine", "category": "final"}


def spelt(asn: str) -> dict[str, RecordHistory]:
    """What each feed tells of one suspect whom it knows by the ASN alone."""
    told = {"asn": asn, "offences": ({"sequence": 1, "offence_code": "TH68036", "results": (FINE,)},)}
    return {
        "suspect": history("police.suspect", {
            "suspect_id": "S1", "force": "20", "crime_refs": ("C1",), "asn": asn}),
        "arrest": history("police.arrest", {
            "arrest_ref": "A1", "force": "20", "arrest_at": "2025-03-02", "crime_refs": ("C1",), "asn": asn}),
        "cps": history("cps.decision", {
            "decision_id": "X1", "decision": "charge", "decision_at": "2025-03-09T10:00:00Z",
            "proceeding": {"proceeding_id": "P1", "asn": asn}}),
        "charge file": history("police.prosecution", {"urn": "20AA1", "initiation": "C", "defendants": (
            {"asn": asn, "offences": ({"sequence": 1, "offence_code": "TH68036"},)},)}),
        "hearing": hearing("H1", "2025-06-02", defendant(1, offence(results=(FINE,)), asn=asn), urn="20AA1"),
        "spi": history("court.resulted_case", {
            "resulted_case_id": "RC", "ids": {"urn": "20AA1"}, "route": "spi", "hearing_day": "2025-06-02",
            "defendants": (told,)}),
        "remand": history("court.remand", {
            "remand_id": "RM1", "defendant": {"asn": asn, "urn": "20AA1"}, "status": "custody",
            "from_at": "2025-03-28T10:00:00Z"}),
    }  # fmt: skip


def rows_of(told: dict[str, RecordHistory], *without: str) -> dict[str, Any]:
    return dict(project_case("c1", [crime(), *(one for feed, one in told.items() if feed not in without)]))


@pytest.mark.parametrize(("raw", "value"), VALID.items())
def test_a_feed_that_spells_the_asn_otherwise_tells_of_the_same_people_and_offences(raw: str, value: str) -> None:
    own, other = spelt(value), spelt(raw)
    wanted = rows_of(own)
    assert {table: len(wanted[table]) for table in TABLES} == dict.fromkeys(TABLES, 1)
    for feed in other:
        assert rows_of(own | {feed: other[feed]}) == wanted, feed


@pytest.mark.parametrize(("raw", "value"), VALID.items())
def test_who_is_called_after_an_asn_is_called_so_in_every_spelling(raw: str, value: str) -> None:
    for without in (("hearing",), ("suspect",), ("hearing", "suspect", "charge file")):
        assert rows_of(spelt(raw), *without) == rows_of(spelt(value), *without)


def test_the_charge_finds_its_crime_whichever_way_the_police_spell_the_asn() -> None:
    own, other = spelt("1101ZD0100000448754K"), spelt("11/01ZD/01/448754K")
    told = rows_of(own | {feed: other[feed] for feed in ("suspect", "arrest")})
    assert [(row.charge_link, row.stage) for row in told["case_crimes"]] == [("asn_subgroup", "convicted")]


def test_a_mistyped_asn_and_a_dummy_have_one_form_too_and_other_references_are_compared_by_their_characters() -> None:
    assert len({asn_of(f"1101ZD0100000448754{letter}") for letter in CHECK_LETTERS}) == len(CHECK_LETTERS)
    assert asn_of("11/01ZD/01/448754J") == asn_of("1101zd0100000448754j") == "1101ZD0100000448754J"
    assert asn_of("08/00NP/01/1H") == asn_of("0800NP0100000000001H")
    assert asn_of("TFL 1/a") == "TFL1A"
