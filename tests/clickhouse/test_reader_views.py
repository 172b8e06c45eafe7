"""The boards' reader gets no identifier that an agency knows a person or a case by, from anything that it may read."""

import pytest

from clickhouse.store import Endpoint, Store
from clickhouse.tables import BOARD_TABLES, LINK_TABLES, PEOPLE_TABLES
from processors.standardise.identifiers.kinds import OPAQUE_KINDS
from tests.clickhouse.talk import Talk
from tests.grafana.drawn_cases import draw_cases
from tests.tables import empty

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def identifiers(store: Store) -> set[str]:
    """ASNs, URNs and all other identifiers of a simulated history that are not opaque, and the agencies' own ids of
    records, prison numbers and CRNs among them. Short ones are left out: they may stand in any number."""
    empty(store)
    draw_cases(store)
    keys = store.query(
        "SELECT DISTINCT key_kind, key_value FROM casestream.record_keys FINAL"
        " WHERE key_kind NOT IN {opaque:Array(String)}",
        {"opaque": sorted(OPAQUE_KINDS)},
    )
    assert {"asn", "urn", "crime_ref"} <= {str(kind) for kind, _value in keys}
    subjects = store.query("SELECT DISTINCT subject FROM casestream.records FINAL WHERE agency != 'hmcts'", {})
    found = {str(value) for _kind, value in keys} | {str(subject) for (subject,) in subjects}
    people = store.query(
        "SELECT DISTINCT arrayJoin(arrayConcat(births, postcodes, arrayFilter(one -> one != '',"
        " arrayMap(one -> ifNull(one, ''), [first_name, last_name, pnc, cro, master_defendant_id, prison_number,"
        " crn]))))"
        " FROM casestream.people_records FINAL",
        {},
    )
    assert len(people) > 100
    found |= {str(value) for (value,) in people}
    return {value for value in found if len(value) > 5}


@pytest.mark.parametrize("user", ["board", "analyst"])
@pytest.mark.parametrize("table", [
    *sorted(LINK_TABLES | PEOPLE_TABLES), "events", "rejects", "record_states", "link_keys", "people_told",
    "people_entries", "people_keys", "people_scorings", "people_rescorings",
    "people_frequencies", "people_snapshots",
])  # fmt: skip
def test_the_tables_with_identifiers_are_no_readers(
    store: Store, clickhouse_endpoint: Endpoint, user: str, table: str
) -> None:
    assert Talk(clickhouse_endpoint, user=user)(f"SELECT * FROM casestream.{table}").code == 497


def test_no_identifier_stands_in_anything_that_a_reader_may_read(
    identifiers: set[str], clickhouse_endpoint: Endpoint
) -> None:
    board = Talk(clickhouse_endpoint, user="board")
    for table in sorted(BOARD_TABLES):
        reply = board(f"SELECT * FROM casestream.{table} FORMAT TSVRaw")
        assert reply.status == 200, reply.text
        cells = set(reply.text.replace("\n", "\t").split("\t"))
        assert not cells & identifiers, table


def test_a_pseudonym_tells_which_records_share_an_identifier(identifiers: set[str], store: Store) -> None:
    (by_value,) = store.query(
        "SELECT groupArraySorted(1000000)(n) FROM (SELECT count() AS n FROM casestream.record_keys FINAL"
        " GROUP BY key_kind, key_value)", {},
    )  # fmt: skip
    (by_pseudonym,) = store.query(
        "SELECT groupArraySorted(1000000)(n) FROM (SELECT count() AS n FROM casestream.v_record_keys"
        " GROUP BY key_kind, pseudonym)", {},
    )  # fmt: skip
    assert by_value == by_pseudonym
    found = store.query(
        "SELECT count() FROM casestream.v_case_members AS member LEFT JOIN casestream.v_record_keys AS key"
        " ON key.record_id = member.record_id AND key.key_kind = member.reason_kind"
        " AND key.pseudonym = member.reason_pseudonym WHERE member.reason_kind != '' AND key.pseudonym = ''", {},
    )  # fmt: skip
    assert found == [(0,)], "the reason of a link is an identifier of its record"


def test_a_person_is_shown_with_their_cases_and_how_their_records_were_joined(
    identifiers: set[str], clickhouse_endpoint: Endpoint
) -> None:
    board = Talk(clickhouse_endpoint, user="board")

    def ask(question: str) -> int:
        reply = board(question)
        assert reply.status == 200, reply.text
        return int(reply.text)

    assert ask("SELECT max(n) FROM (SELECT count() AS n FROM casestream.v_people_cases GROUP BY person_id)") > 1
    assert ask("SELECT countIf(has(roles, 'suspect') AND has(roles, 'defendant')) FROM casestream.v_people_cases") > 10
    assert ask("SELECT count() FROM casestream.v_people_links WHERE ground = 'model' AND match_weight >= 20") > 10
    assert ask("SELECT count() FROM casestream.v_people_links WHERE person_id NOT IN"
               " (SELECT person_id FROM casestream.v_people)") == 0  # fmt: skip
