"""For any history, order, duplication and message borders the cases equal those of a plain batch computation over the
final records, which shares no code with the live one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.linking.entries import RecordState
from processors.linking.link import link
from schemas.events import KINDS
from schemas.flow import Head
from tests.processors.linking.heads import complete_memory, head, hearing

LIMIT = 4
KIND_NAMES = ("police.crime", "police.suspect", "cps.decision", "court.case", "court.patch")
KEYS = [(kind, str(n)) for kind in ("crime_ref", "asn", "urn", "court_case_id", "hearing_id") for n in range(2)]


@st.composite
def plain_head(draw: st.DrawFn) -> Head:
    kind = draw(st.sampled_from(KIND_NAMES))
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True))
    return head(
        kind, draw(st.sampled_from("abcd")), *keys,
        time=draw(st.integers(1, 4)), deleted=draw(st.integers(0, 5)) == 0, tie=draw(st.sampled_from("xy")),
    )  # fmt: skip


@st.composite
def hearing_head(draw: st.DrawFn) -> Head:
    cases = draw(st.lists(st.sampled_from("0123"), max_size=3, unique=True))
    return hearing(
        f"{draw(st.sampled_from('01'))}/day", *cases, time=draw(st.integers(1, 4)), tie=draw(st.sampled_from("xy"))
    )


def batch(heads: list[Head]) -> dict[str, str]:
    """Record -> name of its case's least record, by repeated label spreading over the highest states."""
    highest: dict[str, Head] = {}
    for one in heads:
        if one.subject_id not in highest or highest[one.subject_id].order < one.order:
            highest[one.subject_id] = one
    keys = {
        part.record_id: (one.kind, set(part.keys)) for one in highest.values() if not one.deleted for part in one.parts
    }
    name = {record_id: (KINDS[kind].rank, record_id) for record_id, (kind, _keys) in keys.items()}
    carriers: dict[object, set[str]] = {}
    for record_id, (_kind, of_record) in keys.items():
        for key in of_record:
            carriers.setdefault(key, set()).add(record_id)
    groups: list[set[str]] = []
    for key, records in carriers.items():
        if len(records) > LIMIT:
            continue
        if key[0] != "hearing_id":  # type: ignore[index]
            groups.append(records)
            continue
        anchors = {r for r in records if any(k.kind != "hearing_id" for k in keys[r][1])}
        owner = min(anchors, key=lambda r: (KINDS[keys[r][0]].rank, r), default=None)
        groups.append((records - anchors) | ({owner} if owner else set()))
    changed = True
    while changed:
        changed = False
        for group in groups:
            least = min((name[r] for r in group), default=None)
            for record_id in group:
                if least is not None and name[record_id] != least:
                    name[record_id] = least
                    changed = True
    return {record_id: least_id for record_id, (_rank, least_id) in name.items()}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(plain_head(), hearing_head()), max_size=25), st.integers(1, 5), st.randoms())
def test_any_history_in_any_order_ends_as_the_batch(heads: list[Head], size: int, random: object) -> None:
    unique = {(one.subject_id, one.order): one for one in heads}  # the same order is the same state
    history = [unique[one.subject_id, one.order] for one in heads]
    memory = complete_memory(*history)
    told: dict[str, frozenset[str]] = {}
    for start in range(0, len(history), size):
        for change in link(memory, history[start : start + size], LIMIT).cases:
            told[change.case_id] = frozenset(member.record_id for member in change.members)
    found = {
        entry.record_id: "r" + entry.case_id[1:]
        for entry in memory.entries.values()
        if isinstance(entry, RecordState) and entry.current
    }
    expected = batch(history)
    assert found == expected
    by_case: dict[str, set[str]] = {}
    for record_id, least_id in expected.items():
        by_case.setdefault("c" + least_id[1:], set()).add(record_id)
    assert {case: members for case, members in told.items() if members} == by_case
    for key, carriers in memory.carriers.items():
        assert all(key in memory.held(record_id).keys for record_id in carriers)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(plain_head(), hearing_head()), min_size=1, max_size=12))
def test_a_failed_chunk_leaves_the_memory_as_it_was(heads: list[Head]) -> None:
    memory = complete_memory(*heads)
    half = len(heads) // 2
    link(memory, heads[:half], LIMIT)
    memory.commit()
    entries = dict(memory.entries)
    carriers = {key: set(records) for key, records in memory.carriers.items()}
    link(memory, heads[half:], LIMIT)
    memory.rollback()
    assert memory.entries == entries
    assert memory.carriers == carriers
