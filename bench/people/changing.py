"""Records of people that come, are corrected and are deleted, in chunks, and whom each tells of at any time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from bench.people.made import Made, made_people
from processors.people.cleaning import PersonRecord
from simulator import LEVELS

CHUNK = 100
CORRECTED, TOLD_OF_ANOTHER, DELETED, NEW = 0.08, 0.02, 0.05, 0.05
"""Shares of the records, assumed: written down again, with other mistakes; told of somebody else at first, of whom the
police and the courts know too; deleted; not there yet when the changes begin."""


@dataclass(frozen=True, slots=True)
class State:
    """What a record says, and whom it tells of."""

    record: PersonRecord
    person: str


Chunk = Mapping[str, State | None]
"""Records by their ids, as they are from now on; None for one that is deleted."""


@dataclass(frozen=True, slots=True)
class Changing:
    """The records that there are at first, and what becomes of them."""

    first: Mapping[str, State]
    chunks: tuple[Chunk, ...]

    def after_each(self) -> Iterator[tuple[Chunk, Made]]:
        """Each chunk, and all records that there are after it."""
        now = dict(self.first)
        for chunk in self.chunks:
            for record_id, state in chunk.items():
                if state is None:
                    del now[record_id]
                else:
                    now[record_id] = state
            yield chunk, as_made(now)


def as_made(states: Mapping[str, State]) -> Made:
    """Records and truth of some states."""
    return Made({one: state.record for one, state in states.items()},
                {one: state.person for one, state in states.items()})  # fmt: skip


def changing(people: int, seed: int) -> Changing:
    """Middling records of so many people."""
    made, again = (made_people(seed, people, LEVELS[1], draw) for draw in (0, 1))
    known = {one: State(record, made.truth[one]) for one, record in made.records.items()}
    anybody = [one for one, record in made.records.items() if record.role in ("suspect", "defendant")]
    rng = Random(f"corrections {seed}")
    first, changes = dict(known), dict[str, State | None]()
    for record_id, state in known.items():
        chance = rng.random()
        if chance < CORRECTED and record_id in again.records:
            changes[record_id] = State(again.records[record_id], state.person)
        elif chance < CORRECTED + TOLD_OF_ANOTHER and state.record.role in ("suspect", "defendant"):
            changes[record_id] = state
            other = known[rng.choice(anybody)]
            first[record_id] = State(replace(other.record, record_id=record_id, role=state.record.role), other.person)
        elif chance < CORRECTED + TOLD_OF_ANOTHER + DELETED:
            changes[record_id] = None
        elif chance < CORRECTED + TOLD_OF_ANOTHER + DELETED + NEW:
            changes[record_id] = first.pop(record_id)
    order = sorted(changes)
    rng.shuffle(order)
    chunks = (order[at : at + CHUNK] for at in range(0, len(order), CHUNK))
    return Changing(first, tuple({one: changes[one] for one in chunk} for chunk in chunks))
