"""What other flag rules would change: every case of the instance projected by both, from what is stored, and compared
row by row. So what differs is exact, and is what has to be projected again."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from clickhouse.queries import read
from clickhouse.store import Store
from processors.cases.flag_facts import facts_of_record
from processors.cases.flags.rule_set import RuleSet
from processors.cases.histories import RecordHistory, RecordState, parse_body
from processors.cases.offences import BUILT_IN
from processors.cases.project import CaseRows, project_case
from processors.linking.entries import ENTRY_DECODER
from processors.linking.entries import RecordState as Entry

logger = logging.getLogger(__name__)

CASES_TOGETHER = 500


class Difference(NamedTuple):
    """A case whose rows differ. `gained` and `lost` are the case's own flags; both are empty where only the reason, the
    time, or the flags of something in the case differ. A case that cannot be projected counts as different."""

    case_id: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def differences(
    store: Store, old: RuleSet, new: RuleSet, *, on_cases: Callable[[int], None] = lambda _: None
) -> Iterator[Difference]:
    """The cases that `new` rules change, one after another, with bounded memory. Raises StoreError."""
    if old.digest == new.digest:
        return
    done = 0
    for batch in store.batches(read("current_cases")):
        for at in range(0, len(batch), CASES_TOGETHER):
            case_ids = [str(case_id) for case_id in batch[at : at + CASES_TOGETHER]]
            for case_id, histories in histories_of(store, case_ids).items():
                found = _differs(case_id, histories, old, new)
                if found is not None:
                    yield found
            done += len(case_ids)
            on_cases(done)


def counts(found: Sequence[Difference]) -> dict[str, tuple[int, int]]:
    """By flag: how many cases gain it, and how many lose it."""
    gained = Counter(flag for one in found for flag in one.gained)
    lost = Counter(flag for one in found for flag in one.lost)
    return {flag: (gained[flag], lost[flag]) for flag in sorted(gained | lost)}


def histories_of(store: Store, case_ids: Sequence[str]) -> dict[str, list[RecordHistory]]:
    """The records of some cases with all their states, from what link and standardise have stored."""
    stored = store.lookup(read("link_records_of_cases"), case_ids, {})
    entries = [one for state in stored.get("state", ()) if isinstance(one := ENTRY_DECODER.decode(state), Entry)]
    found: dict[str, list[RecordHistory]] = {}
    if not entries:
        return found
    bodies = store.lookup(read("states_of_records"), [one.record_id for one in entries], {})
    by_state = {
        (record_id, digest): body
        for record_id, digest, body in zip(bodies["record_id"], bodies["digest"], bodies["body"], strict=True)
    }
    wanted = set(case_ids)
    for one in entries:
        if one.case_id not in wanted:  # it has moved to another case meanwhile, which is projected anyway
            continue
        states = tuple(
            RecordState(
                state.order, state.deleted,
                None if state.deleted else parse_body(one.kind, by_state[one.record_id, state.order.digest]),
            )
            for state in one.states
        )
        found.setdefault(one.case_id, []).append(
            RecordHistory(one.record_id, one.kind, one.source, one.subject, one.part, states, one.reason)
        )
    return found


def _differs(case_id: str, histories: list[RecordHistory], old: RuleSet, new: RuleSet) -> Difference | None:
    if not any(_tells(histories, rules) for rules in (old, new)):
        return None
    try:
        before, after = (project_case(case_id, histories, BUILT_IN, rules) for rules in (old, new))
    except Exception:
        logger.exception("case %s could not be projected", case_id)
        return Difference(case_id, (), ())
    if before == after:
        return None
    held, holds = _flags(before), _flags(after)
    return Difference(case_id, tuple(sorted(holds - held)), tuple(sorted(held - holds)))


def _tells(histories: list[RecordHistory], rules: RuleSet) -> bool:
    return any(
        told.facts for history in histories for told in facts_of_record(rules, BUILT_IN, history).told
    )


def _flags(rows: CaseRows) -> set[str]:
    return {flag for row in rows.get("cases", ()) for flag in row.flags}  # type: ignore[union-attr]
