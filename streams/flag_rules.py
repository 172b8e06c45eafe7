"""Which flag rules an instance goes by: kept in ClickHouse, so that every worker projects by the same, and changed only
by adding a set with the next number (`casestream flags use`).

The first worker keeps the built-in rules and those of the folder that the setting names. A projector asks before each
chunk: what was fetched after a set was added is projected by it, or by a later one.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from clickhouse.queries import read
from clickhouse.store import Store
from processors.cases.flags.rule import FlagRuleError
from processors.cases.flags.rule_set import BUILT_IN_RULES, RuleSet, read_rules, with_local

logger = logging.getLogger(__name__)


class InForce(NamedTuple):
    """A set of rules, its number, and the digest by which it is kept. Number 0: none is kept yet, the built-in ones."""

    number: int
    digest: str
    rules: RuleSet


NONE_KEPT = InForce(0, "", BUILT_IN_RULES)


def wished(folder: str) -> RuleSet:
    """The built-in rules with those of a folder's files `*.yaml`; without a folder the built-in ones. Raises
    FlagRuleError, also for a folder or a file that cannot be read."""
    if not folder:
        return BUILT_IN_RULES
    path = Path(folder)
    if not path.is_dir():
        raise FlagRuleError(folder, "CASESTREAM_FLAG_RULES", folder, "is no folder that can be read")
    return with_local(read_rules(dict(_texts(path))))


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.yaml")):
        yield file.name, read_text(file)


def read_text(file: Path) -> str:
    """The text of a rule file. Raises FlagRuleError where it cannot be read or is no UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FlagRuleError(file.name, "(file)", str(file), f"cannot be read: {error}") from None


def in_force(store: Store, known: InForce = NONE_KEPT) -> InForce:
    """The rules in force now; `known`, what they were, is given back when they are the same. Raises StoreError."""
    found = store.query(read("flag_rules_in_force"), {})
    if not found:
        return NONE_KEPT
    number, digest = int(str(found[0][0])), str(found[0][1])
    if (number, digest) == (known.number, known.digest):
        return known
    ((dumped,),) = store.query(read("flag_rules"), {"number": number, "digest": digest})
    return InForce(number, digest, RuleSet.loaded(str(dumped).encode()))


def fix_rules(store: Store, wanted: RuleSet) -> InForce:
    """The rules that hold: those that are kept, else `wanted`, which are kept then. A worker that wishes others says so
    in its log and goes by what is kept."""
    kept = in_force(store)
    if not kept.number:
        kept = add(store, wanted)
    if kept.digest != wanted.digest:
        logger.warning(
            "flag rules %s are in force (set %d); %s are not used: see `casestream flags diff`",
            kept.digest, kept.number, wanted.digest,
        )  # fmt: skip
    return kept


def add(store: Store, rules: RuleSet) -> InForce:
    """Put rules in force, under the next number; what is in force then."""
    number = in_force(store).number + 1
    store.insert(
        "flag_rule_sets", {"number": [number], "digest": [rules.digest], "rules": [rules.dumped().decode()]}
    )
    return in_force(store)
