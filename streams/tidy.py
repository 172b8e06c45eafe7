"""Clearing what nobody will ask for any more: superseded rows of link's and people's memory, announcements of
projectors, and the messages of `records`, `cases` and `people` that all readers have done; all of it with a margin
behind the committed offsets.

A linker that goes on at the committed offset, or wakes up with a chunk that is not further behind than the margin,
looks up as of the floor or a later offset: it finds the highest version below the floor and all above it, as before.
Messages that a reader has not committed are never deleted, so nothing is jumped over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

from clickhouse.queries import read
from clickhouse.store import Store
from streams.lag import Watch, Where
from streams.people_model import standing
from streams.people_rescoring import begun
from streams.topics import CASES, PEOPLE, RECORDS, TopicEpoch, topic_ids, version

READ: Final = (RECORDS, CASES, PEOPLE)
"""The topics that have no limit by time or size, and whose readers are all in the workers' group."""

_DELETE_SECONDS: Final = 60.0
_HEX: Final = "0123456789abcdef"
_HASHES: Final = 1 << 64

_SCORED: Final = ("people_entries", "people_keys", "people_members", "people", "people_progress")
"""Tables with what former scorings of people made."""

_NOTHING: Final = dict.fromkeys(("link_records", "link_keys", "people_told", *_SCORED), 0)

Parameters = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was deleted: rows by table, messages by topic."""

    rows: Mapping[str, int]
    messages: Mapping[str, int]


def tidy(store: Store, bootstrap: str, keep: int) -> Tidied:
    """Delete what is superseded or done, and further than `keep` messages behind. May be broken off and repeated at any
    point. Raises StoreError, KafkaException, TopicError."""
    with Watch(bootstrap) as watch:
        ends = watch.ends(READ)
        floors = floors_of(ends, watch.committed(ends), keep)
    floor = floors.get((RECORDS, 0))
    epoch = _epoch_of_records(store, bootstrap) if floor is not None else None
    rows = {"projector_fences": _clear(store, "superseded_fences", "clear_fences", [{}]), **_NOTHING}
    if floor is not None and epoch is not None:
        below = version(epoch, floor)
        rows["link_records"] = _clear(store, "superseded_link_records", "clear_link_records", _ids("r", below))
        rows["link_keys"] = _clear(store, "superseded_link_keys", "clear_link_keys", _hashes(below))
        rows.update(_tidy_people(store, below, keep))
    return Tidied(rows, _delete(bootstrap, ends, floors))


def floors_of(ends: Mapping[Where, tuple[int, int]], committed: Mapping[Where, int], keep: int) -> dict[Where, int]:
    """The offset of each partition below which nothing is needed. A partition that is committed further than it holds
    was made anew, and nothing is known of it."""
    return {
        where: max(0, committed.get(where, 0) - keep)
        for where, (_low, high) in ends.items()
        if committed.get(where, 0) <= high
    }


def _epoch_of_records(store: Store, bootstrap: str) -> int | None:
    """The epoch of the topic as it is now; None while no worker has met it."""
    topic_id = topic_ids(bootstrap, (RECORDS,))[RECORDS]
    known = [TopicEpoch(str(t), str(i), int(str(epoch))) for t, i, epoch in store.query(read("topic_epochs"), {})]
    return next((one.epoch for one in known if (one.topic, one.topic_id) == (RECORDS, topic_id)), None)


def _tidy_people(store: Store, floor: int, keep: int) -> dict[str, int]:
    """The agent people may be behind link: what it will ask for is as of a version above what it has done. A worker
    that sleeps while all are scored anew needs what the scoring before made, and every step of the new one: both stay
    until that lies further back than the margin."""
    number, done = standing(store)
    below = min(floor, done + 1)
    ids = [*_ids("r", below), *_ids("i", below)]
    cleared = dict.fromkeys(_SCORED, 0)
    cleared["people_told"] = _clear(store, "superseded_people_told", "clear_people_told", ids)
    far = begun(store, number)
    if far is not None and min(below, done - keep) <= far.as_of:
        return cleared
    under = {"scoring": number}
    for table, slices in (("people_entries", _ids("i", below)), ("people_keys", _hashes(below))):
        some = [{**one, **under} for one in slices]
        cleared[table] = _clear(store, f"superseded_{table}", f"clear_{table}", some)
    for table in _SCORED:
        cleared[table] += _clear(store, f"former_{table}", f"clear_former_{table}", [under])
    return cleared


def _ids(prefix: str, below: int) -> list[dict[str, object]]:
    """The ids of a prefix in sixteen slices, so that no statement holds many in memory or lasts long."""
    ends = [*(f"{prefix}{digit}" for digit in _HEX), chr(ord(prefix) + 1)]
    return [{"first": ends[at], "end": ends[at + 1], "below": below} for at in range(len(_HEX))]


def _hashes(below: int) -> list[dict[str, object]]:
    step = _HASHES // len(_HEX)
    return [{"first": at * step, "last": (at + 1) * step - 1, "below": below} for at in range(len(_HEX))]


def _clear(store: Store, count: str, clear: str, slices: Sequence[Parameters]) -> int:
    """Clear a table slice by slice; how many rows. A slice without any is left alone: a deletion touches its parts."""
    cleared = 0
    for parameters in slices:
        ((found,),) = store.query(read(count), parameters)
        superseded = int(str(found or 0))
        if superseded:
            store.command(read(clear), parameters)
        cleared += superseded
    return cleared


def _delete(bootstrap: str, ends: Mapping[Where, tuple[int, int]], floors: Mapping[Where, int]) -> dict[str, int]:
    """Delete the messages below the floors; how many, by topic."""
    deleted = dict.fromkeys(READ, 0)
    wanted = {where: floor for where, floor in floors.items() if floor > ends[where][0]}
    if not wanted:
        return deleted
    admin = AdminClient({"bootstrap.servers": bootstrap, "log_level": 3})
    asked = [TopicPartition(topic, partition, floor) for (topic, partition), floor in wanted.items()]
    for one, future in admin.delete_records(asked, operation_timeout=_DELETE_SECONDS).items():
        future.result()
        deleted[one.topic] += wanted[one.topic, one.partition] - ends[one.topic, one.partition][0]
    return deleted
