"""The defendants of a court case and their offences, put together from every telling of them (decisions, section 3)."""

from processors.cases.court_model import (
    LEAST,
    NEVER,
    POLICE_RESULT,
    CourtCase,
    Defendant,
    Offence,
    Telling,
    ToldResult,
    When,
)
from processors.cases.ids import asn_of, canon
from processors.cases.same_person import Who, each_person
from processors.cases.who_is_who import find_offence, name_defendant, name_offences, new_offence
from processors.standardise.moments import london_day
from schemas import court, police
from schemas.person_facts import named_defendant, person_record_id


def tell_of(case: CourtCase) -> None:
    """Fill a court case with the defendants whom its tellings mean, and their offences."""
    for places in each_person([_who(telling) for telling in case.tellings]):
        theirs = [case.tellings[place] for place in places]
        defendant = Defendant("")
        for telling in theirs:
            _know(defendant, telling)
        name_defendant(defendant, case)
        case.defendants.append(defendant)
        for telling in _standing(theirs):
            _take(defendant, telling)
        _take_uncoded(defendant)
        name_offences(defendant)


def _standing(tellings: list[Telling]) -> list[Telling]:
    """Without police results that were shared again for the day, be it as another session's: the latest share of a
    defendant's day replaces the whole, as that of a hearing's day does (decisions, section 2)."""
    latest = {one.share.day: one for one in tellings if one.share is not None and one.rank == POLICE_RESULT}
    if not latest:
        return tellings
    return [
        one for one in tellings
        if one.share is None or one.rank != POLICE_RESULT or latest[one.share.day].message == one.message
    ]


def _who(telling: Telling) -> Who:
    told = telling.told
    of = told or telling.charged
    if of is None:
        return Who(("", "", "", ""), telling.message, None)
    return Who(
        (
            (told.defendant_id or "") if told is not None else "", asn_of(of.asn) if of.asn else "",
            canon(of.cps_defendant_id) if of.cps_defendant_id else "",
            (told.libra_defendant_id or "") if told is not None else "",
        ),
        telling.message, of.person, of.organisation,
    )


def _know(defendant: Defendant, telling: Telling) -> None:
    """What a telling says of who the defendant is."""
    hmcts_id, asn, cps_id, libra_id = _who(telling).ids
    defendant.hmcts_id = defendant.hmcts_id or hmcts_id or None
    defendant.libra_id = defendant.libra_id or libra_id or None
    if asn:
        defendant.asns.add(asn)
    if cps_id:
        defendant.cps_ids.add(cps_id)


def _take(defendant: Defendant, telling: Telling) -> None:
    defendant.sources.add(telling.feed)
    if telling.charged is not None:
        _take_charged(defendant, telling, telling.charged)
    elif telling.told is not None:
        _take_told(defendant, telling, telling.told)


def _take_charged(defendant: Defendant, telling: Telling, told: police.ChargedDefendant) -> None:
    defendant.charged = told
    if told.person:
        defendant.persons.append(told.person)
        defendant.person_keys.add((1, person_record_id(telling.source, "asn", told.asn)))
    used: set[int] = set()
    for charged in told.offences:
        told_as = (None, charged.sequence, charged.offence_code, charged.occurred_from)
        offence = find_offence(defendant, *told_as, used) or new_offence(defendant)
        used.add(id(offence))
        offence.charged = charged
        offence.crime_ref = offence.crime_ref or charged.crime_ref
        offence.sources.add(telling.feed)


def _take_told(defendant: Defendant, telling: Telling, told: court.CourtDefendant) -> None:
    when, snapshot = telling.when, telling.snapshot
    if told.person:
        defendant.persons.append(told.person)
        what, own_id = named_defendant(told.defendant_id, told.libra_defendant_id)
        if own_id is not None:
            defendant.person_keys.add((0, person_record_id(telling.source, what, own_id)))
    if telling.rank <= defendant.base_rank:
        defendant.base, defendant.base_rank = told, telling.rank
    if told.uncoded_offences:
        defendant.by_words = told
    if told.bail_status:
        defendant.remand.append((when, told.bail_status))
    if told.custody_time_limit_on:
        defendant.ctl = told.custody_time_limit_on
    defendant.attendance.say(told.attendance, when)
    if told.concluded is not None:
        defendant.concluded = max(defendant.concluded or (NEVER, False), (when, told.concluded))
    if snapshot is not None:
        defendant.days.add(snapshot.day)
    if telling.share is not None:
        defendant.shares.append(telling.share)
    for result in told.results:
        defendant.results.append(_told_result(result, telling))
    used: set[int] = set()
    for offence in told.offences:
        _take_offence(defendant, telling, offence, used)


def _take_offence(defendant: Defendant, telling: Telling, told: court.CourtOffence, used: set[int]) -> None:
    when = telling.when
    offence = find_offence(
        defendant, told.offence_id, told.sequence, told.offence_code, told.occurred_from, used
    ) or new_offence(defendant)
    used.add(id(offence))
    offence.sources.add(telling.feed)
    if telling.share is not None:
        offence.shares.append(telling.share)
    offence.id = offence.id or told.offence_id
    if telling.rank <= offence.base_rank and not (telling.rank == LEAST and offence.charged is not None):
        offence.base, offence.base_rank = told, telling.rank
    if told.crime_ref:
        offence.crime_ref = told.crime_ref
    if told.plea and when >= offence.plea.when:
        offence.plea.say(told.plea, when)
        offence.plea_on = told.plea_on
    if told.verdict is not None:
        say_verdict(offence, told.verdict, when)
    offence.conviction.say(told.conviction_on, when)
    if told.concluded is not None:
        offence.concluded = max(offence.concluded or (NEVER, False), (when, told.concluded))
    offence.jury_sworn = told.jury_sworn_at or offence.jury_sworn
    if told.custody_time_limit_on:
        offence.ctl = told.custody_time_limit_on
    if told.custody_time_limit_extended is not None:
        offence.ctl_extended = told.custody_time_limit_extended
    for result in told.results:
        offence.results.append(_told_result(result, telling))


def _take_uncoded(defendant: Defendant) -> None:
    """The offences that are known by their words, unless another tells the defendant's with their codes."""
    teller = defendant.by_words
    if teller is None or any(
        offence.charged is not None or all(offence.base is not own for own in teller.offences)
        for offence in defendant.offences
    ):
        return
    for told in teller.uncoded_offences:
        made = new_offence(defendant)
        made.uncoded = told
        made.sources.add("court.case")


def say_verdict(offence: Offence, verdict: court.Verdict, when: When) -> None:
    """Take a verdict, if none of a later day is known."""
    if verdict.category and when >= offence.verdict.when:
        offence.verdict.say(verdict.category.lower(), when)
        offence.verdict_on = verdict.on
        offence.alternative = verdict.alternative_offence_code or ""


def _told_result(result: court.Result, telling: Telling) -> ToldResult:
    if telling.snapshot is not None:
        hearing_id = telling.snapshot.data.hearing_id
        return told_result(result, 0, telling.feed, hearing_id, telling.snapshot.day, telling.when[1])
    return told_result(result, telling.rank, telling.feed, "", telling.day, telling.when[1])


def told_result(result: court.Result, rank: int, feed: str, hearing: str, day: int | None, at: int) -> ToldResult:
    """A result with its day: that of the order, else that of the sitting."""
    ordered = london_day(result.ordered_on) if result.ordered_on else day
    return ToldResult(result, rank, feed, hearing, day, ordered, result.cjs_code or result.label or "", at)
