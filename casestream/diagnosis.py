"""What `casestream doctor` asks: the checks of the tables, the topics, the migrations. Read-only.

A check that holds only while nothing is under way is left out when something is, or came while it looked: its findings
would be what the workers are just about to write.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from casestream.settings import Settings
from clickhouse.checks import Check, checks
from clickhouse.migrate import status
from clickhouse.store import Store
from streams.lag import STAGES, Positions, Watch
from streams.topics import declared, differences

MOST_EXAMPLES: Final = 20

_TOPICS: Final = tuple(topic for stage in STAGES for topic in stage)

Example = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check: how many were found, some of them, and what to do about it; `left_out` says why the
    check was not made, and is empty where it was."""

    name: str
    title: str
    found: int
    examples: tuple[Example, ...]
    remedy: str
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All outcomes, and the messages that were still under way, by topic."""

    findings: tuple[Finding, ...]
    lag: Mapping[str, int]

    @property
    def sound(self) -> bool:
        """Whether nothing was found; what was left out is not known."""
        return not any(finding.found for finding in self.findings)


def diagnose(store: Store, bootstrap: str, settings: Settings) -> Diagnosis:
    """Make every check that can be made now. Raises StoreError, KafkaException, TopicError."""
    with Watch(bootstrap) as watch:
        lag = {topic: one.lag for topic, one in watch.lags().items()}
        before = watch.positions(_TOPICS)
        migrations = _migrations(store)
        tables = [_table_check(store, check, _left_out(check, migrations, lag)) for check in checks()]
        after = watch.positions(_TOPICS)
    return Diagnosis(
        (migrations, _topics(bootstrap, settings), *_undisturbed(tables, before, after)), lag
    )


def _left_out(check: Check, migrations: Finding, lag: Mapping[str, int]) -> str:
    """Why a check cannot be made now; empty where it can."""
    if migrations.found:
        return "the tables are not as this version has them"
    under_way = sum(lag.values())
    if check.settled and under_way:
        return f"{under_way:,} messages are still under way"
    return ""


def _undisturbed(findings: Iterable[Finding], before: Positions, after: Positions) -> list[Finding]:
    """Findings that may be false alarms, because messages came while it looked, are taken back."""
    settled = {check.name for check in checks() if check.settled}
    return [
        Finding(one.name, one.title, 0, (), one.remedy, "messages came while it looked")
        if one.found and one.name in settled and before != after
        else one
        for one in findings
    ]


def _table_check(store: Store, check: Check, left_out: str) -> Finding:
    if left_out:
        return Finding(check.name, check.title, 0, (), check.remedy, left_out)
    columns = store.query_columns(check.statement, {"most": MOST_EXAMPLES})
    counts = columns.pop("found")
    examples = tuple(dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return Finding(check.name, check.title, int(counts[0]) if counts else 0, examples, check.remedy)


def _migrations(store: Store) -> Finding:
    examples: tuple[Example, ...] = tuple(
        {"number": one.number, "name": one.name, "state": one.state}
        for one in status(store)
        if one.state != "applied"
    )
    return Finding(
        "migrations", "migrations that are not applied as they are here", len(examples), examples,
        "`casestream migrate` applies what is pending. A file that has changed since is to be put back, and its change "
        "made by a new migration; what is not here is of a newer version of casestream.",
    )  # fmt: skip


def _topics(bootstrap: str, settings: Settings) -> Finding:
    wanted = declared(
        feed_partitions=settings.feed_partitions,
        case_partitions=settings.case_partitions,
        feed_retention_days=settings.feed_retention_days,
    )
    examples = tuple(
        {"topic": one.topic, "setting": one.setting, "wanted": one.wanted, "found": one.found}
        for one in differences(bootstrap, wanted)
    )
    return Finding(
        "topics", "topics that are not as declared", len(examples), examples,
        "A worker makes topics that are missing and alters none. Change the settings, or the topic with Kafka's own "
        "tools; never the partitions of cases or records, by which a case keeps its order.",
    )  # fmt: skip
