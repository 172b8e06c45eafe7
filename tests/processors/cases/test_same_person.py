"""Who is one person among all that records tell: by identifiers in their order, then by a name that can mean one."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from processors.cases.same_person import Who, each_person
from schemas.people import Person
from tests.builders import crime, defendant, hearing, history, offence, person, result

ASN, OTHER_ASN = "1101ZD0100000448754K", "1101ZD0100000410836V"
JON, JOHN = person("Testname", "Jon"), person("Testname", "John")


def who(message: int, *ids: str, name: str = "") -> Who:
    """A telling with HMCTS id, ASN, CPS id and Libra id, as far as given."""
    someone = Person.model_validate(person(first=name)) if name else None
    return Who((*ids, *[""] * (4 - len(ids))), message, someone)


def together(*tellings: Who) -> set[frozenset[Who]]:
    return {frozenset(tellings[place] for place in places) for places in each_person(tellings)}


def test_a_telling_with_two_identifiers_brings_together_those_with_one() -> None:
    tellings = (who(1, "D1"), who(2, "", ASN), who(3, "", "", "P9"), who(4, "D1", ASN), who(5, "", ASN, "P9"))
    for order in permutations(tellings):
        assert together(*order) == {frozenset(tellings)}


def test_what_a_better_identifier_says_is_two_no_lesser_one_joins() -> None:
    one, two = who(1, "D1", ASN, name="Ann"), who(2, "D2", ASN, name="Ann")
    assert len(together(one, two)) == 2
    assert len(together(who(1, "", ASN, "P9"), who(2, "", OTHER_ASN, "P9"))) == 2
    assert len(together(who(1, "", ASN, name="Ann"), who(2, "", OTHER_ASN, name="Ann"))) == 2


def test_whom_one_message_names_apart_are_two() -> None:
    assert each_person([who(1, "", ASN), who(1, "", ASN)]) == [[0], [1]]
    assert each_person([who(1, name="Ann"), who(1, name="Ann")]) == [[0], [1]]
    assert each_person([who(1, "D1"), who(1, "D1")]) == [[0, 1]], "but one own id is one person"


def test_an_identifier_of_two_goes_to_whom_it_is_called_like() -> None:
    ann, ben = who(1, "D1", ASN, name="Ann"), who(2, "D2", ASN, name="Ben")
    charged = who(3, "", ASN, name="Ben")
    for order in permutations((ann, ben, charged)):
        assert together(*order) == {frozenset({ann}), frozenset({ben, charged})}


def test_a_reference_that_is_no_asn_means_nobody_who_is_called_otherwise() -> None:
    assert len(together(who(1, "", "TFL", name="Ann"), who(2, "", "TFL", name="Ben"))) == 2
    assert len(together(who(1, "", "TFL", name="Ann"), who(2, "", "TFL", name="Ann"))) == 1
    assert len(together(who(1, "", "TFL", name="Ann"), who(2, "", "TFL"))) == 1
    assert len(together(who(1, "", ASN, name="Ann"), who(2, "", ASN, name="Ben"))) == 1


def test_a_name_joins_only_where_it_can_mean_one() -> None:
    assert len(together(who(1, "D1", name="Ann"), who(2, "", ASN, name="Ann"))) == 1
    twins = who(1, "D1", name="Ann"), who(2, "D2", name="Ann")
    assert len(together(*twins, who(3, "", ASN, name="Ann"))) == 3
    assert len(together(twins[0], who(2, "D2", OTHER_ASN, name="Ann"), who(3, "", ASN, name="Ann"))) == 2
    between = who(1, "", ASN, name="Ann"), who(2, "", OTHER_ASN, name="Ann"), who(3, "D1", name="Ann")
    assert len(together(*between)) == 3, "nobody can say which of the two the third is"


IDS = st.tuples(
    st.sampled_from(("", "D1", "D2")), st.sampled_from(("", ASN, OTHER_ASN, "TFL")), st.sampled_from(("", "P1", "P2")),
    st.just(""),
)


@given(st.data(), st.lists(st.tuples(IDS, st.sampled_from(("", "Ann", "Ben"))), min_size=1, max_size=7))
def test_in_any_order_the_same_are_one_and_no_best_ids_meet(
    data: st.DataObject, told: list[tuple[tuple[str, ...], str]]
) -> None:
    tellings = [who(number, *ids, name=name) for number, (ids, name) in enumerate(told)]
    found = together(*tellings)
    for group in found:
        assert len({one.ids[0] for one in group} - {""}) <= 1
    content = {frozenset((one.ids, one.person) for one in group) for group in found}
    again = together(*data.draw(st.permutations(tellings)))
    assert {frozenset((one.ids, one.person) for one in group) for group in again} == content


FINE = result("1015", "Fine", ordered_on="2025-06-02")
HEARD = hearing(
    "H1", "2025-06-02", defendant(1, offence(results=(FINE,)), asn=None, person=JON), urn="20AA1",
    hearing_type="Sentence",
)  # fmt: skip
CHARGED = history("police.prosecution", {"urn": "20AA1", "initiation": "C", "defendants": (
    {"asn": ASN, "person": JOHN, "offences": ({"sequence": 1, "offence_code": "TH68036"},)},)})
RESULTED = history("court.resulted_case", {
    "resulted_case_id": "S1", "ids": {"urn": "20AA1", "court_case_id": "CC1"}, "route": "police_result",
    "hearing_day": "2025-06-02", "defendants": (
        {"asn": ASN, "defendant_id": "D1", "offences": (
            {"offence_id": "O1", "offence_code": "TH68036", "sequence": 1, "results": (FINE,)},)},)})


def test_a_police_result_brings_the_charged_and_the_heard_together() -> None:
    for told in permutations((HEARD, CHARGED, RESULTED)):
        rows: dict[str, Any] = project_case("c1", list(told))
        (row,) = rows["case_defendants"]
        assert (row.defendant_id, row.offences) == ("D1", 1)
        assert row.sources == ("court.hearing", "court.resulted_case", "police.prosecution")
        assert len(rows["case_offences"]) == len(rows["case_results"]) == len(rows["case_sentences"]) == 1


def suspect(number: int = 1, **more: Any) -> RecordHistory:
    return history("police.suspect", {"suspect_id": f"S{number}", "force": "20", "crime_refs": ("C1",), **more})


def arrest(**more: Any) -> RecordHistory:
    return history("police.arrest", {
        "arrest_ref": "A1", "force": "20", "arrest_at": "2025-03-02T10:00:00Z", "crime_refs": ("C1",), **more})


def decision(**more: Any) -> RecordHistory:
    return history("cps.decision", {
        "decision_id": "X1", "decision": "charge", "decision_at": "2025-03-09T10:00:00Z",
        "proceeding": {"proceeding_id": "P1", "crime_refs": ("C1",), **more}})


def test_the_cps_bring_together_a_suspect_known_by_name_and_an_arrest_known_by_number() -> None:
    for told in permutations((crime(), suspect(person=JON), arrest(asn=ASN), decision(asn=ASN, person=JON))):
        rows: dict[str, Any] = project_case("c1", list(told))
        assert [row.sources for row in rows["case_suspects"]] == [("cps.decision", "police.arrest", "police.suspect")]
        assert [row.suspect_id for row in rows["case_arrests"]] == [row.suspect_id for row in rows["case_suspects"]]
        assert rows["case_proceedings"][0].suspect_id == rows["case_suspects"][0].suspect_id


def test_two_suspects_of_one_number_stay_two_and_so_do_two_numbers_of_one_name() -> None:
    rows = project_case("c1", [crime(), suspect(1, asn=ASN), suspect(2, asn=ASN), decision(asn=ASN, person=JON)])
    assert len(rows["case_suspects"]) == 2
    rows = project_case("c1", [crime(), arrest(asn=ASN, person=JON), decision(asn=OTHER_ASN, person=JON)])
    assert len(rows["case_suspects"]) == 2


def test_records_of_one_proceeding_are_about_one_suspect() -> None:
    asked = history("cps.consultation", {
        "consultation_id": "K1", "kind": "charging_decision", "received_at": "2025-03-05T10:00:00Z",
        "proceeding": {"proceeding_id": "P1", "person": person("Testnam", "Jon")}})
    rows: dict[str, Any] = project_case("c1", [crime(), asked, decision(asn=ASN, person=JON), arrest(asn=ASN)])
    assert len(rows["case_suspects"]) == 1


def test_a_proceeding_that_names_nobody_makes_a_suspect_only_where_no_other_is_known() -> None:
    assert len(project_case("c1", [crime(), decision(asn=ASN)])["case_suspects"]) == 1
    assert len(project_case("c1", [crime(), decision(asn=OTHER_ASN), suspect(asn=ASN)])["case_suspects"]) == 1
    assert "case_suspects" not in project_case("c1", [crime(), decision()])


@pytest.mark.parametrize("first", [{"name": {"first": "Jon", "last": "Testname"}}, JOHN, None])
def test_a_suspect_is_the_defendant_whom_any_of_their_records_names(first: dict[str, Any] | None) -> None:
    told = [crime(), suspect(person=first), arrest(suspect_id="S1", person=JON), HEARD]
    rows: dict[str, Any] = project_case("c1", told)
    (row,) = rows["case_suspects"]
    assert row.defendant_id == "D1"


def test_a_suspect_arrested_twice_is_found_by_either_number() -> None:
    again = history("police.arrest", {
        "arrest_ref": "A2", "force": "20", "arrest_at": "2025-03-05T10:00:00Z", "crime_refs": ("C1",),
        "suspect_id": "S1", "asn": OTHER_ASN})
    heard = hearing("H1", "2025-06-02", defendant(1, asn=OTHER_ASN))
    rows: dict[str, Any] = project_case("c1", [crime(), arrest(suspect_id="S1", asn=ASN), again, heard])
    (row,) = rows["case_suspects"]
    assert row.defendant_id == "D1"


def test_results_by_urn_alone_go_to_the_case_of_the_urn_that_has_the_defendant() -> None:
    other = hearing("H2", "2025-06-02", defendant(2, offence(number=2), asn=OTHER_ASN), case="CC2", urn="20AA1")
    first = hearing("H1", "2025-06-02", defendant(1, asn=ASN), case="CC1", urn="20AA1")
    told = history("court.resulted_case", {
        "resulted_case_id": "RC", "ids": {"urn": "20AA1"}, "route": "spi", "hearing_day": "2025-06-02",
        "defendants": ({"asn": OTHER_ASN, "offences": ({"offence_code": "TH68036", "sequence": 1},)},)})
    rows: dict[str, Any] = project_case("c1", [first, other, told])
    assert [(row.court_case_id, row.defendants) for row in rows["case_court_cases"]] == [("CC1", 1), ("CC2", 1)]
