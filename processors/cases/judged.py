"""How an offence stands: plea, verdict, conviction, result, whether it is complete, and the sentences on it."""

from typing import NamedTuple

from processors.cases.court_model import NEVER, Defendant, Offence, ToldResult, day_of
from processors.cases.flags.rule_set import Facts, RuleSet
from processors.cases.offences import Offence as Sort
from processors.cases.offences import OffenceList, of_cjs_code
from schemas.vocabulary import ACQUITTED_CODES, DIED_CODES, DROPPED_CODES, SENTENCE_CODES

HEAVIEST = ("custody", "suspended", "community", "fine", "discharge", "other")


class CurrentResult(NamedTuple):
    """A result that counts, and the feeds that tell it."""

    told: ToldResult
    sources: tuple[str, ...]


class Judged(NamedTuple):
    """A charged offence as it stands. `result` is convicted, acquitted, dropped, other or empty; days since 1970."""

    offence: Offence
    defendant: Defendant
    sort: Sort
    facts: Facts
    plea: str
    plea_on: int | None
    verdict: str
    verdict_on: int | None
    convicted_on: int | None
    completed_on: int | None
    complete: bool
    result: str
    results: tuple[CurrentResult, ...]
    sentences: tuple[tuple[str, CurrentResult], ...]
    occurred_from: str | None
    charge_on: int | None


_FEEDS = ("court.hearing", "police_result", "spi", "court.case")
"""By rank (`ToldResult.rank`)."""


def current_results(told: list[ToldResult]) -> tuple[CurrentResult, ...]:
    """Each result once (decisions, section 3): equal result ids of one feed are one; a result of the same code and
    day from several feeds is one, as the feed of the highest precedence tells it. Ordered by day and code."""
    if not told:
        return ()
    if len(told) == 1:
        return (CurrentResult(told[0], (_FEEDS[told[0].rank],)),)
    latest: dict[tuple[int, str], ToldResult] = {}
    for one in told:
        key = (one.rank, one.result.result_id)
        held = latest.get(key)
        if held is None or (one.day or 0) >= (held.day or 0):
            latest[key] = one
    groups: dict[tuple[str, int | None], list[ToldResult]] = {}
    for one in sorted(latest.values(), key=lambda one: (one.rank, one.ordered_on or 0, one.code, one.result.result_id)):
        group = (one.code, one.ordered_on)
        if one.ordered_on is None and group not in groups:
            group = next((held for held in groups if held[0] == one.code), group)
        groups.setdefault(group, []).append(one)
    found: list[CurrentResult] = []
    for same in groups.values():
        sources = tuple(_FEEDS[rank] for rank in sorted({one.rank for one in same}))
        found.extend(CurrentResult(one, sources) for one in same if one.rank == same[0].rank)
    found.sort(key=lambda one: (one.told.ordered_on or 0, one.told.code, one.told.result.result_id))
    return tuple(found)


def is_final(told: ToldResult) -> bool:
    """Whether a result ends the offence: as the feed says, else by its code."""
    if told.result.adjournment:
        return False
    if told.result.category is not None:
        return told.result.category == "final"
    if told.result.terminates is not None:
        return told.result.terminates
    code = told.code
    return code in SENTENCE_CODES or code in ACQUITTED_CODES or code in DROPPED_CODES or code in DIED_CODES


def sentence_type(told: ToldResult) -> str:
    """What sort of sentence a final result is; empty when it is none."""
    sort = SENTENCE_CODES.get(told.code, "")
    if sort or told.result.cjs_code:
        return sort
    label = told.code.lower()
    if "suspended" in label:
        return "suspended"
    if "imprisonment" in label or "detention" in label or "custody for life" in label:
        return "custody"
    if "community order" in label or "rehabilitation order" in label or "referral order" in label:
        return "community"
    if "conditional discharge" in label or "absolute discharge" in label:
        return "discharge"
    return "fine" if label == "fine" else ""


def guilty_plea(plea: str) -> bool:
    """Whether a plea admits the offence."""
    return plea.startswith(("guilty", "indicated_guilty", "change_to_guilty", "admits"))


def not_guilty_plea(plea: str) -> bool:
    """Whether a plea denies it."""
    return plea.startswith(("not_guilty", "denies", "autrefois", "indicated_not_guilty"))


def judge(defendant: Defendant, offence: Offence, listed: OffenceList, rules: RuleSet) -> Judged:
    """How one offence of a defendant stands."""
    told = offence.base or offence.charged
    code = offence.code
    sort = of_cjs_code(code, listed)
    results = current_results(offence.results)
    final = [one for one in results if is_final(one.told)]
    plea = offence.plea.value.lower()
    plea_on = day_of(offence.plea_on) if plea else None
    if plea and plea_on is None and offence.plea.when[0] > 0:
        plea_on = offence.plea.when[0]
    verdict = offence.verdict.value
    verdict_on = day_of(offence.verdict_on) if verdict else None
    if verdict and verdict_on is None and offence.verdict.when[0] > 0:
        verdict_on = offence.verdict.when[0]
    codes = {one.told.code for one in final}
    sentences = tuple(
        (kind, one) for one in final if (kind := sentence_type(one.told))
    ) if final else ()
    found_not_guilty = verdict.startswith(("not_guilty", "found_not_guilty", "acquitted"))
    result = ""
    convicted_on = None
    if codes & DIED_CODES:
        result = "other"
    elif found_not_guilty or codes & ACQUITTED_CODES:
        result = "acquitted"
    elif codes & DROPPED_CODES or (offence.base is not None and offence.base.discontinued):
        result = "dropped"
    elif (
        offence.conviction.value
        or verdict.startswith(("guilty", "proved", "found_guilty"))
        or guilty_plea(plea)
        or any(one.told.result.convicted for one in results)
        or sentences
    ):
        result = "convicted"
        convicted_on = day_of(offence.conviction.value or None)
        if convicted_on is None:
            convicted_on = verdict_on if verdict else plea_on if guilty_plea(plea) else None
        if convicted_on is None:
            days = [one.told.ordered_on for one in results if one.told.ordered_on is not None]
            convicted_on = min(days, default=None)
    concluded = offence.concluded or defendant.concluded
    complete = concluded[1] if concluded is not None else bool(final) or result in ("acquitted", "dropped", "other")
    completed_on = None
    if complete:
        days = [one.told.ordered_on for one in final if one.told.ordered_on is not None]
        if days:
            completed_on = max(days)
        elif verdict_on is not None and found_not_guilty:
            completed_on = verdict_on
        elif concluded is not None and concluded[0][0] > NEVER[0] + 9:
            completed_on = concluded[0][0]
        result = result or "other"
    charge_on = day_of(told.charge_on) if told is not None else None
    if charge_on is None and offence.charged is not None:
        charge_on = day_of(offence.charged.charge_on)
    return Judged(
        offence, defendant, sort, rules.of_code(code) | rules.of_sort(sort), plea, plea_on, verdict, verdict_on,
        convicted_on, completed_on, complete, result, results, sentences,
        told.occurred_from if told is not None else None, charge_on,
    )
