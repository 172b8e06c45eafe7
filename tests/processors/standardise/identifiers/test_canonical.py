"""What holds for identifiers of every kind: the dispatch, what each kind may join, the key's hash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.identifiers import Fault, Identifier, canonical, key_hash, kinds
from processors.standardise.keys import raw_keys
from schemas import hmpps, police

ALL = sorted(kinds.ALL_KINDS)
ALMOST = st.text("0123456789ABCSFTYZ/:-_% afz٣ſ", max_size=24)


@given(st.sampled_from(ALL), st.one_of(st.text(max_size=60), ALMOST))
def test_any_text_is_an_identifier_that_stays_so_or_a_fault_that_says_why(kind: str, text: str) -> None:
    found = canonical(kind, text)
    if isinstance(found, Fault):
        assert found.rule
        assert found.reason
        assert found.value == text
    else:
        assert canonical(found.kind, found.value) == found


@given(st.sampled_from(ALL), ALMOST)
def test_space_around_an_identifier_changes_nothing(kind: str, text: str) -> None:
    found, padded = canonical(kind, text), canonical(kind, f" {text}\t")
    if isinstance(found, Fault):
        assert isinstance(padded, Fault)
        assert padded.rule == found.rule
    else:
        assert padded == found


@pytest.mark.parametrize("kind", ALL)
def test_nothing_is_never_an_identifier(kind: str) -> None:
    assert isinstance(canonical(kind, ""), Fault)


def test_a_kind_that_is_not_known_is_an_error() -> None:
    with pytest.raises(KeyError):
        canonical("shoe_size", "9")


def test_each_kind_joins_cases_or_attaches_or_decides_or_is_a_persons_or_informs() -> None:
    sets = (kinds.CASE_KINDS, kinds.ATTACHING_KINDS, kinds.DECIDING_KINDS, kinds.PERSON_KINDS, kinds.INFORMING_KINDS)
    assert sum(map(len, sets)) == len(kinds.ALL_KINDS)


@pytest.mark.parametrize("kind", ["pnc", "cro", "crn", "prison_number", "nino", "driver_number", "master_defendant_id"])
def test_a_persons_identifier_never_joins_cases(kind: str) -> None:
    assert kind in kinds.PERSON_KINDS
    assert kind not in kinds.CASE_KINDS | kinds.ATTACHING_KINDS


def test_a_hearing_may_hold_several_cases_and_joins_none() -> None:
    assert "hearing_id" in kinds.ATTACHING_KINDS


def test_a_movement_brings_its_tellings_together_names_no_prisoner_and_joins_no_cases() -> None:
    told = {"movement_id": "M1", "prison_number": "A0001AA", "movement": "received", "at": "2026-01-02T10:00:05Z"}
    one, two = (hmpps.CustodyMovement.model_validate(told | more) for more in (
        {}, {"movement_id": "M2", "at": "2026-01-02T10:01:10+00:00", "prison_number": "a0001aa"},
    ))
    (key,) = raw_keys(one)
    assert [key] == list(raw_keys(two))
    assert key[0] in kinds.ATTACHING_KINDS
    assert "A0001AA" not in key[1]


def test_the_keys_of_a_record_may_be_canonical_as_they_come() -> None:
    crime = police.Crime(crime_ref="20/1/25", force="20", recorded_at="2025-03-01")
    assert [canonical(kind, raw) for kind, raw in raw_keys(crime)] == [Identifier("crime_ref", "20/1/25")]


def test_the_hash_of_a_key_is_64_bits_and_never_changes() -> None:
    assert key_hash("urn", "16BH0037004") == 2_011_062_449_198_863_930
    assert key_hash("urn", "16BH0037004") != key_hash("asn", "16BH0037004")


@given(st.sampled_from(ALL), st.text(max_size=40))
def test_a_hash_fits_an_unsigned_integer_of_64_bits(kind: str, value: str) -> None:
    assert 0 <= key_hash(kind, value) < 2**64
