"""The table of ethnicities says what the list says; unknown codes are counted. On the real engine."""

import pytest

from clickhouse.ethnicity_list import write_ethnicities
from clickhouse.store import Store
from schemas.codes import ETHNICITIES_OBSERVED, ETHNICITIES_SELF
from tests.measures.test_once import put
from tests.tables import empty

pytestmark = pytest.mark.integration


def test_the_table_agrees_with_the_list_and_a_repeat_writes_nothing(store: Store) -> None:
    assert not write_ethnicities(store)
    store.insert("ethnicities", {"series": ["self"], "code": ["W1"], "name": ["Elsewhere"], "ethnic_group": [""]})
    assert write_ethnicities(store)
    rows = store.query("SELECT code, name FROM casestream.ethnicities FINAL WHERE series = 'self' ORDER BY code", {})
    assert rows == sorted((code, one.name) for code, one in ETHNICITIES_SELF.items())
    observed = store.query("SELECT code, name FROM casestream.ethnicities FINAL WHERE series = 'observed'", {})
    assert dict(map(tuple, observed)) == ETHNICITIES_OBSERVED


def test_codes_of_neither_series_are_counted(store: Store) -> None:
    empty(store)
    put(store, "case_victims", [
        {"case_id": "c1", "crime_id": "k1", "victim_id": f"v{n}", "ethnicity_self": own, "ethnicity_observed": seen}
        for n, (own, seen) in enumerate((("W1", "1"), ("Z7", "W1"), ("", "9")))
    ])  # fmt: skip
    rows = store.query(
        "SELECT thing, series, code, uses FROM casestream.v_unknown_ethnicities ORDER BY series, code", {}
    )
    assert rows == [("victim", "observed", "9", 1), ("victim", "observed", "W1", 1), ("victim", "self", "Z7", 1)]
    empty(store)
