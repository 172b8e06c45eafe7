"""Events -> rows in this process: standardise, link and project as pure functions, without Kafka and ClickHouse."""

from collections.abc import Iterable, Sequence

from processors.cases.histories import RecordHistory, RecordState, parse_body
from processors.cases.project import project_case
from processors.linking.as_known import WholeMemory
from processors.linking.link import link
from processors.people.blocking import BlockingRules
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.clustering import People
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from processors.people.told import Teller, TellingMemory, Told
from processors.standardise.standardise import Accepted, accept
from schemas.events import Event
from schemas.flow import CaseChange, EventRef, Head, Member
from schemas.rows import Row

LIMIT = 500


def heads_of(events: Iterable[Event]) -> list[Head]:
    """The heads of events, all of which must be accepted."""
    heads = []
    for offset, event in enumerate(events):
        accepted = accept(event, EventRef("feeds.test", 1, 0, offset))
        assert isinstance(accepted, Accepted), accepted
        heads.append(accepted.head)
    return heads


def rows_of(heads: Sequence[Head]) -> dict[str, list[Row]]:
    """The rows of every table, in an order of their own."""
    memory = WholeMemory()
    bodies = {(part.record_id, head.order.digest): part.body for head in heads for part in head.parts}
    cases: dict[str, CaseChange] = {}
    for head in heads:
        for change in link(memory, [head], LIMIT).cases:
            cases[change.case_id] = change
    rows: dict[str, list[Row]] = {}
    for change in cases.values():
        histories = [_history(member, bodies) for member in change.members]
        for table, made in project_case(change.case_id, histories).items():
            rows.setdefault(table, []).extend(made)
    return {table: sorted(made, key=repr) for table, made in sorted(rows.items())}


class _Nothing:
    """No person record is kept elsewhere."""

    def told(self, ids: object) -> dict[str, Teller | Told]:
        return {}


def people_of(heads: Sequence[Head]) -> list[tuple[str, ...]]:
    """Who is who by the model of our own: the person records of each person, sorted."""
    model = read_settings(standard.SETTINGS)
    people: People[ReadyRecord] = People(PairScorer(model, NO_FREQUENCIES), BlockingRules.of(model))
    memory, told = WholeMemory(), TellingMemory(_Nothing())
    for head in heads:
        step = told.apply(link(memory, [head], LIMIT).people.values())
        people.apply(step.records, step.decisions, step.taken_back)
    return sorted(tuple(sorted(one.records)) for one in people.clusters)


def _history(member: Member, bodies: dict[tuple[str, str], bytes]) -> RecordHistory:
    states = tuple(
        RecordState(
            order, deleted, None if deleted else parse_body(member.kind, bodies[member.record_id, order.digest])
        )
        for order, deleted, _body in ((state.order, state.deleted, state.body) for state in member.states)
    )
    return RecordHistory(
        member.record_id, member.kind, member.source, member.subject, member.part, states, member.reason
    )
