"""Rows of priority flags: of the case, its crimes, proceedings, defendants and charged offences (decisions, section 7),
each with when it was known, the rule that made it, and the facts that met the rule."""

from processors.cases.flag_facts import TELLERS, facts_of_record
from processors.cases.flags.known import Known, Telling, known, tellers
from processors.cases.flags.rule_set import NO_FACTS, Facts
from processors.cases.linked import Linked
from schemas.rows import FlagRow


def flag_rows(linked: Linked) -> list[FlagRow]:
    """The flags of everything in the case that has or had one. A flag that ceased has its row, with `current` 0, for
    the case and for its crimes."""
    rules, listed = linked.rules, linked.listed
    tellings = [
        telling
        for history in linked.histories
        if history.kind in TELLERS
        for telling in (facts_of_record(rules, listed, history),)
        if any(told.facts for told in telling.told)
    ]
    if not tellings:
        return []
    made = _Made(linked, tellings)
    made.add("case", linked.case_id, linked.facts.whole, _ever(tellings))
    for crime in linked.crimes:
        own = [facts_of_record(rules, listed, history) for history in crime.histories]
        made.add("crime", crime.key, linked.facts.crimes[crime.key], _ever(own))
    for proceeding in linked.proceedings:
        made.add("proceeding", proceeding.key, proceeding.facts)
    for case in linked.courts:
        for defendant in case.defendants:
            made.add("defendant", f"{case.key}/{defendant.key}", linked.facts.defendants[defendant.key])
        for one in linked.judged[case.id]:
            made.add("offence", f"{case.key}/{one.defendant.key}/{one.offence.key}", one.facts)
    return made.rows


def _ever(tellings: list[Telling]) -> Facts:
    return NO_FACTS.union(*(told.facts for telling in tellings for told in telling.told))


class _Made:
    """The rows, as they are made."""

    def __init__(self, linked: Linked, tellings: list[Telling]) -> None:
        self.rows: list[FlagRow] = []
        self._linked, self._tellings = linked, tellings
        self._known: dict[Facts, dict[str, Known]] = {}
        self._evidence: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}

    def add(self, scope: str, name: str, facts: Facts, ever: Facts = NO_FACTS) -> None:
        """The flags that `facts` make now, and those that they made with what was told before, `ever`."""
        within = facts | ever
        if not within:
            return
        rules = self._linked.rules
        since = self._known.get(within)
        if since is None:
            since = self._known[within] = known(rules, self._tellings, within)
        current = rules.why(facts)
        before = rules.why(within) if len(within) > len(facts) else current
        for flag in sorted({*current, *(since if ever else ())}):
            when = since.get(flag)
            why = current.get(flag) or before.get(flag)
            cleared = when.cleared_at if when is not None and flag not in current else None
            self.rows.append(
                FlagRow(
                    self._linked.case_id,
                    flag,
                    scope,
                    name,
                    self._linked.force,
                    when.set_at if when is not None else None,
                    cleared,
                    int(flag in current),
                    why.rule if why is not None else f"{flag}/1", self._told(why.facts if why is not None else ()),
                )
            )

    def _told(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        found = self._evidence.get(facts)
        if found is None:
            found = self._evidence[facts] = tellers(self._tellings, facts)
        return found
