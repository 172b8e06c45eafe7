"""A request to project cases again: link tells the named cases as they are, and changes nothing."""

from processors.linking.link import link
from processors.linking.memory import Memory
from processors.linking.needs import named
from processors.linking.touched import LinkStep
from schemas.flow import case_id_of, subject_id
from tests.processors.linking.heads import LIMIT, complete_memory, head

CRIME = head("police.crime", "CR1", ("crime_ref", "01:CR1"))
SUSPECT = head("police.suspect", "S1", ("crime_ref", "01:CR1"), ("asn", "A1"))
COURT = head("court.case", "K1", ("asn", "A1"))
CASE = case_id_of(subject_id("s", "police.crime", "CR1"))
COURT_CASE = case_id_of(subject_id("s", "court.case", "K1"))
NOBODY = case_id_of(subject_id("s", "police.crime", "never seen"))


def linked() -> Memory:
    """One case of a crime, its suspect and the court's record."""
    memory = complete_memory(CRIME, SUSPECT, COURT)
    for one in (CRIME, SUSPECT, COURT):
        link(memory, [one], LIMIT)
    memory.commit()
    return memory


def asked(memory: Memory, *case_ids: str) -> LinkStep:
    return link(memory, [], LIMIT, case_ids)


def test_the_named_case_is_told_as_it_is_and_nothing_else_changes() -> None:
    memory = linked()
    step = asked(memory, CASE)
    (told,) = step.cases
    assert (told.case_id, told.anew) == (CASE, True)
    assert [member.record_id for member in told.members] == sorted(
        subject_id("s", kind, name) for kind, name in (("police.crime", "CR1"), ("police.suspect", "S1"),
                                                       ("court.case", "K1"))
    )  # fmt: skip
    assert not step.entries and not step.keys and not step.held_out


def test_the_reasons_are_those_that_were_told_before() -> None:
    memory = complete_memory(CRIME, SUSPECT, COURT)
    before = [link(memory, [one], LIMIT).cases for one in (CRIME, SUSPECT, COURT)][-1][0]
    (told,) = asked(memory, CASE).cases
    assert [(one.record_id, one.reason) for one in told.members] == [
        (one.record_id, one.reason) for one in before.members
    ]


def test_an_old_name_leads_to_the_case_where_its_record_is_now() -> None:
    step = asked(linked(), COURT_CASE)
    told = {change.case_id: len(change.members) for change in step.cases}
    assert told == {CASE: 3, COURT_CASE: 0}
    assert all(change.anew for change in step.cases)


def test_a_case_that_never_was_is_told_as_ceased() -> None:
    (told,) = asked(linked(), NOBODY).cases
    assert (told.case_id, told.members, told.anew) == (NOBODY, (), True)


def test_a_deleted_case_is_told_as_ceased() -> None:
    memory = complete_memory(CRIME)
    link(memory, [CRIME], LIMIT)
    link(memory, [head("police.crime", "CR1", time=2, deleted=True)], LIMIT)
    (told,) = asked(memory, CASE).cases
    assert (told.case_id, told.members, told.anew) == (CASE, (), True)


def test_a_case_that_is_not_named_is_not_told_anew() -> None:
    memory = linked()
    step = link(memory, [head("court.case", "K1", ("asn", "A1"), time=2)], LIMIT)
    assert [change.anew for change in step.cases] == [False]


def test_what_a_request_needs_is_the_record_that_the_case_is_called_after() -> None:
    assert named([], [CASE]).entries == {subject_id("s", "police.crime", "CR1")}
