"""Court cases with their defendants, offences and results, put together from what all feeds say of them.

Decisions, sections 2 and 3: one court case a prosecution case id, never merged; a defendant is known by the HMCTS
defendant id, else the ASN, else the CPS defendant id, else name and birth date where they are unique; an offence by
the HMCTS offence id, else its sequence number, else code and dates. What changes from day to day (plea, verdict,
conviction, remand) is that of the latest sitting day; results are the union over the current snapshots.
"""

from collections.abc import Iterator

from processors.cases.court_model import NEVER, Cases, CourtCase, Defendant, Offence, Snapshot, ToldResult, When
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import asn_of, canon
from processors.cases.who_is_who import find_defendant, find_offence, new_defendant, new_offence
from processors.standardise.moments import london_day
from schemas import court, police
from schemas.flow import NO_TIME
from schemas.person_facts import named_defendant, person_record_id

_KINDS = ("court.case", "court.hearing", "court.resulted_case", "police.prosecution")


def gather(by_kind: dict[str, list[tuple[RecordHistory, RecordState]]]) -> list[CourtCase]:
    """The court cases of a linked case, in the order of their ids. `by_kind`: the current states by record kind."""
    if not any(kind in by_kind for kind in _KINDS):
        return []
    cases = Cases()
    snapshots = _snapshots(by_kind)
    every = list(_all_ids(by_kind, snapshots))
    for ids in every:
        if ids.court_case_id:  # named cases first, so that a URN alone finds the case that it means
            cases.of(ids)
    for ids in every:
        if ids.libra_case_number and (ids.urn or ids.prosecutor_reference):  # and then the number alone finds that too
            cases.of(ids)
    items = []
    for history, state in by_kind.get("court.case", ()):
        data: court.CourtCase = state.data
        case = cases.of(data.ids)
        if case is not None and data.ids.libra_case_number and not data.ids.court_case_id:
            items.append((case, history.source, state))
        elif case is not None:
            _take_case(case, history.source, state)
    for snapshot in snapshots:
        for told in snapshot.data.cases:
            case = cases.of(told.ids)
            if case is not None:
                case.snapshots.append(snapshot)
        if not snapshot.data.cases:
            for application in snapshot.data.applications:
                case = _of_application(cases, application)
                case.snapshots.append(snapshot)
                case.applications[application.application_id] = (application, snapshot)
    for case in cases.by_id.values():
        for snapshot in case.snapshots:
            _take_snapshot(case, snapshot)
    charge_files = by_kind.get("police.prosecution", [])
    if len(charge_files) > 1:  # one a defendant: what is said of the whole case is that of the latest
        charge_files = sorted(charge_files, key=lambda found: (found[1].order, found[0].record_id))
    for history, state in charge_files:
        prosecution: police.Prosecution = state.data
        asns = frozenset(asn_of(defendant.asn) for defendant in prosecution.defendants)
        _take_prosecution(cases.of_urn(prosecution.urn, asns), history.source, prosecution)
    for history, state in by_kind.get("court.resulted_case", ()):
        resulted: court.ResultedCase = state.data
        case = cases.of(resulted.ids)
        if case is not None:
            _take_resulted(case, history.source, state, resulted)
    for item in items:
        _take_case(*item, least=True)
    for case in cases.by_id.values():
        for defendant in case.defendants:
            _take_uncoded(defendant)
    _take_patches(cases, by_kind.get("court.patch", ()))
    return [cases.by_id[name] for name in sorted(cases.by_id)]


def _all_ids(
    by_kind: dict[str, list[tuple[RecordHistory, RecordState]]], snapshots: list[Snapshot]
) -> Iterator[court.CaseIds]:
    for kind in ("court.case", "court.resulted_case"):
        for _, state in by_kind.get(kind, ()):
            yield state.data.ids
    for snapshot in snapshots:
        for told in snapshot.data.cases:
            yield told.ids


def _snapshots(by_kind: dict[str, list[tuple[RecordHistory, RecordState]]]) -> list[Snapshot]:
    """The highest state of each hearing, day and case, oldest sitting day first; without hearings that were deleted
    or marked as duplicates after it."""
    removed: dict[str, int] = {}
    for _, state in by_kind.get("court.patch", ()):
        if state.data.patch in ("hearing_deleted", "duplicate_hearing"):
            for name in (state.data.hearing_id, *state.data.hearing_ids):
                if name:
                    removed[name] = max(removed.get(name, NO_TIME), state.order.time_us)
    best: dict[tuple[str, str, str], Snapshot] = {}
    for history, state in by_kind.get("court.hearing", ()):
        data: court.Hearing = state.data
        key = (data.hearing_id, data.hearing_day, history.part)
        held = best.get(key)
        if state.order.time_us < removed.get(data.hearing_id, NO_TIME):
            continue
        if held is None or state.order > held.state.order:
            best[key] = Snapshot(history, state, data, london_day(data.hearing_day))
    if len(best) < 2:
        return list(best.values())
    return sorted(best.values(), key=lambda found: (found.day, found.state.order, found.data.hearing_id))


def _of_application(cases: Cases, application: court.Application) -> CourtCase:
    for name in application.court_case_ids:
        if name in cases.by_id:
            return cases.by_id[name]
    for urn in application.urns:
        return cases.of_urn(urn)
    name = application.court_case_ids[0] if application.court_case_ids else f"application:{application.application_id}"
    return cases.by_id.setdefault(name, CourtCase(name))


def _take_case(case: CourtCase, source: str, state: RecordState, least: bool = False) -> None:
    """`least`: an item of a list, which says the least of a case and fills only what all others leave open."""
    data: court.CourtCase = state.data
    if case.record is None or not least:
        case.record = data
    case.sources.add("court.case")
    case.markers.update(data.markers)
    when = (london_day(data.received_at) if data.received_at else NEVER[0] + 1, state.order.time_us)
    taken: set[int] = set()
    for told in data.defendants:
        _take_defendant(case, source, told, "court.case", when, taken, None, least=least)


def _take_snapshot(case: CourtCase, snapshot: Snapshot) -> None:
    case.sources.add("court.hearing")
    when = (snapshot.day, snapshot.state.order.time_us)
    for told in snapshot.data.cases:
        case.markers.update(told.markers)
        taken: set[int] = set()
        for defendant in told.defendants:
            _take_defendant(case, snapshot.history.source, defendant, "court.hearing", when, taken, snapshot)
    for application in snapshot.data.applications:
        case.applications[application.application_id] = (application, snapshot)


def _take_resulted(case: CourtCase, source: str, state: RecordState, data: court.ResultedCase) -> None:
    feed = "court.resulted_case"
    case.sources.add(feed)
    day = london_day(data.hearing_day) if data.hearing_day else None
    when = (day if day is not None else NEVER[0] + 2, state.order.time_us)
    rank = 1 if data.route == "police_result" else 2
    taken: set[int] = set()
    for told in data.defendants:
        _take_defendant(case, source, told, feed, when, taken, None, rank, day)


def _take_prosecution(case: CourtCase, source: str, data: police.Prosecution) -> None:
    case.prosecution = data
    case.sources.add("police.prosecution")
    case.markers.update(data.markers)
    taken: set[int] = set()
    for told in data.defendants:
        defendant = find_defendant(case, None, told.asn, told.cps_defendant_id, told.person, taken, told.organisation)
        if defendant is None:
            defendant = new_defendant(case, None, told.asn, told.cps_defendant_id)
        taken.add(id(defendant))
        defendant.charged = told
        defendant.sources.add("police.prosecution")
        defendant.asn = defendant.asn or asn_of(told.asn)
        if told.person:
            defendant.persons.append(told.person)
            defendant.person_keys.add((1, person_record_id(source, "asn", told.asn)))
        used: set[int] = set()
        for charged in told.offences:
            told_as = (None, charged.sequence, charged.offence_code, charged.occurred_from)
            offence = find_offence(defendant, *told_as, used) or new_offence(defendant, *told_as)
            used.add(id(offence))
            offence.charged = charged
            offence.crime_ref = offence.crime_ref or charged.crime_ref
            offence.sources.add("police.prosecution")


def _take_defendant(
    case: CourtCase, source: str, told: court.CourtDefendant, feed: str, when: When, taken: set[int],
    snapshot: Snapshot | None, rank: int = 0, day: int | None = None, least: bool = False,
) -> None:
    defendant = find_defendant(
        case, told.defendant_id, told.asn, told.cps_defendant_id, told.person, taken, told.organisation,
        told.libra_defendant_id,
    ) or new_defendant(case, told.defendant_id, told.asn, told.cps_defendant_id, told.libra_defendant_id)
    taken.add(id(defendant))
    defendant.sources.add(feed)
    if told.defendant_id and not defendant.hmcts_id:
        defendant.hmcts_id = told.defendant_id
    if told.asn and not defendant.asn:
        defendant.asn = asn_of(told.asn)
    if told.cps_defendant_id and not defendant.cps_id:
        defendant.cps_id = canon(told.cps_defendant_id)
    defendant.libra_id = defendant.libra_id or told.libra_defendant_id
    if told.person:
        defendant.persons.append(told.person)
        what, own_id = named_defendant(told.defendant_id, told.libra_defendant_id)
        if own_id is not None:
            defendant.person_keys.add((0, person_record_id(source, what, own_id)))
    if defendant.base is None or not (least or feed == "court.resulted_case"):
        defendant.base = told
    if told.uncoded_offences:
        defendant.by_words = told
    if told.bail_status:
        defendant.remand.append((when, told.bail_status))
    if told.custody_time_limit_on:
        defendant.ctl = told.custody_time_limit_on
    defendant.attendance.say(told.attendance, when)
    if told.concluded is not None:
        defendant.concluded = max(defendant.concluded or (NEVER, False), (when, told.concluded))
    hearing = ""
    if snapshot is not None:
        hearing, day = snapshot.data.hearing_id, snapshot.day
        defendant.days.add(snapshot.day)
    for result in told.results:
        defendant.results.append(told_result(result, rank, feed, hearing, day))
    used: set[int] = set()
    for offence in told.offences:
        _take_offence(defendant, offence, feed, when, used, rank, hearing, day, least)


def _take_offence(
    defendant: Defendant, told: court.CourtOffence, feed: str, when: When, used: set[int], rank: int, hearing: str,
    day: int | None, least: bool,
) -> None:
    offence = find_offence(
        defendant, told.offence_id, told.sequence, told.offence_code, told.occurred_from, used
    ) or new_offence(defendant, told.offence_id, told.sequence, told.offence_code, told.occurred_from)
    used.add(id(offence))
    offence.sources.add(feed)
    offence.id = offence.id or told.offence_id
    known = offence.base is not None or (least and offence.charged is not None)
    if not known or not (least or feed == "court.resulted_case"):
        offence.base = told
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
        offence.results.append(told_result(result, rank, feed, hearing, day))


def _take_uncoded(defendant: Defendant) -> None:
    """The offences that are known by their words, unless another tells the defendant's with their codes."""
    teller = defendant.by_words
    if teller is None or any(
        offence.charged is not None or all(offence.base is not own for own in teller.offences)
        for offence in defendant.offences
    ):
        return
    for number, told in enumerate(teller.uncoded_offences, start=1):
        made = new_offence(defendant, None, None, "", str(number))
        made.uncoded = told
        made.sources.add("court.case")


def say_verdict(offence: Offence, verdict: court.Verdict, when: When) -> None:
    """Take a verdict, if none of a later day is known."""
    if verdict.category and when >= offence.verdict.when:
        offence.verdict.say(verdict.category.lower(), when)
        offence.verdict_on = verdict.on
        offence.alternative = verdict.alternative_offence_code or ""


def told_result(result: court.Result, rank: int, feed: str, hearing: str, day: int | None) -> ToldResult:
    """A result with its day: that of the order, else that of the sitting."""
    ordered = london_day(result.ordered_on) if result.ordered_on else day
    return ToldResult(result, rank, feed, hearing, day, ordered, result.cjs_code or result.label or "")


_OF_LISTS = frozenset({
    "hearing_listed", "hearing_extended", "hearing_day_cancelled", "hearing_deleted", "trial_type", "trial_vacated",
})


def _take_patches(cases: Cases, patches: "list[tuple[RecordHistory, RecordState]] | tuple[()]") -> None:
    """A patch counts unless a snapshot of its hearing was shared later (decisions, section 2). Of patches about lists
    and trials all states are kept: where a hearing was listed before it was moved is part of its story."""
    if not patches:
        return
    listed_in: dict[str, CourtCase] = {}
    for _, state in patches:
        if state.data.hearing_id and (named := _named_case(cases, state.data)) is not None:
            listed_in.setdefault(state.data.hearing_id, named)
    for history, state in sorted(patches, key=lambda found: (found[1].order, found[0].record_id)):
        patch: court.Patch = state.data
        case = _case_of_patch(cases, patch, listed_in)
        if case is None:
            continue
        if patch.patch in _OF_LISTS:
            case.listings.extend((one, one.data) for one in history.states if not one.deleted)
        about = [
            snapshot for snapshot in case.snapshots
            if patch.hearing_id is None or snapshot.data.hearing_id == patch.hearing_id
        ]
        if any(snapshot.state.order.time_us > state.order.time_us for snapshot in about):
            continue
        day = london_day(patch.at) if patch.at else about[-1].day if about else state.order.time_us // 86_400_000_000
        case.markers.update(patch.markers if patch.patch == "case_markers" else ())
        for defendant, offence in case.offences:
            if patch.defendant_id and defendant.hmcts_id and patch.defendant_id != defendant.hmcts_id:
                continue
            if patch.attendance:
                defendant.attendance.say(patch.attendance, (day, state.order.time_us))
            if patch.offence_id is None or patch.offence_id != offence.id:
                continue
            _patch_offence(offence, patch, (day, state.order.time_us))


def _patch_offence(offence: Offence, patch: court.Patch, when: When) -> None:
    offence.sources.add("court.patch")
    if patch.plea:
        pleaded = (london_day(patch.plea_on), when[1]) if patch.plea_on else when
        if pleaded >= offence.plea.when:
            offence.plea.say(patch.plea, pleaded)
            offence.plea_on = patch.plea_on
    if patch.verdict is not None:
        said = (london_day(patch.verdict.on), when[1]) if patch.verdict.on else when
        say_verdict(offence, patch.verdict, said)
    offence.conviction.say(patch.conviction_on, when)
    if patch.custody_time_limit_on:
        offence.ctl = patch.custody_time_limit_on
        offence.ctl_extended = True if patch.patch == "custody_time_limit" else offence.ctl_extended


def _named_case(cases: Cases, patch: court.Patch) -> CourtCase | None:
    ids = patch.ids
    for name in (ids.court_case_id, *patch.court_case_ids):
        if name and name in cases.by_id:
            return cases.by_id[name]
    for urn in (ids.urn, *patch.urns):
        if urn and canon(urn) in cases.by_urn:
            return cases.by_urn[canon(urn)][0]
    return cases.named(ids)


def _case_of_patch(cases: Cases, patch: court.Patch, listed_in: dict[str, CourtCase]) -> CourtCase | None:
    """The court case that a patch is about; patches make none. `listed_in`: the cases that messages name with a
    hearing, for those that name only the hearing."""
    if (named := _named_case(cases, patch)) is not None:
        return named
    for case in cases.by_id.values():
        if patch.hearing_id and any(found.data.hearing_id == patch.hearing_id for found in case.snapshots):
            return case
        for defendant, offence in case.offences:
            if (patch.offence_id and patch.offence_id == offence.id) or (
                patch.defendant_id and patch.defendant_id == defendant.hmcts_id
            ):
                return case
    if patch.hearing_id and patch.hearing_id in listed_in:
        return listed_in[patch.hearing_id]
    return next(iter(cases.by_id.values())) if len(cases.by_id) == 1 else None
