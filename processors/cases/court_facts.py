"""Court cases with their defendants, offences and results, put together from what all feeds say of them.

Decisions, sections 2 and 3: one court case a prosecution case id, never merged; a defendant is known by the HMCTS
defendant id, else the ASN, else the CPS defendant id, else name and birth date where they are unique; an offence by
the HMCTS offence id, else its sequence number, else code and dates. What changes from day to day (plea, verdict,
conviction, remand) is that of the latest sitting day; results are the union over the current snapshots.
"""

from collections.abc import Iterator, Sequence

from processors.cases.court_model import LEAST, NEVER, POLICE_RESULT, SPI, Cases, CourtCase, Share, Snapshot, Telling
from processors.cases.court_patches import take_patches
from processors.cases.court_tellings import tell_of
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import asn_of
from processors.standardise.moments import london_day
from schemas import court, police
from schemas.flow import NO_TIME

Current = list[tuple[RecordHistory, RecordState]]
_KINDS = ("court.case", "court.hearing", "court.resulted_case", "police.prosecution")


def gather(by_kind: dict[str, Current]) -> list[CourtCase]:
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
    for history, state in _oldest_first(by_kind.get("court.case", ())):
        data: court.CourtCase = state.data
        case = cases.of(data.ids)
        if case is not None and data.ids.libra_case_number and not data.ids.court_case_id:
            items.append((case, history, state))
        elif case is not None:
            case.record = data
            _tell_case(case, history, state, 0)
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
            _tell_snapshot(case, snapshot)
    resulted = _oldest_first(by_kind.get("court.resulted_case", ()))
    _tell_resulted(cases, resulted, "police_result")  # before the charge file: they tell the courts' own ids
    _tell_charged(cases, _oldest_first(by_kind.get("police.prosecution", ())))
    _tell_resulted(cases, resulted, "spi")
    for case, history, state in items:
        case.record = case.record or state.data
        _tell_case(case, history, state, LEAST)
    for case in cases.by_id.values():
        tell_of(case)
    take_patches(cases, by_kind.get("court.patch", ()))
    return [cases.by_id[name] for name in sorted(cases.by_id)]


def _oldest_first(found: Sequence[tuple[RecordHistory, RecordState]]) -> Sequence[tuple[RecordHistory, RecordState]]:
    """Records of a kind as their sources told them, so that the latest has the last word."""
    if len(found) < 2:
        return found
    return sorted(found, key=lambda told: (told[1].order, told[0].record_id))


def _all_ids(by_kind: dict[str, Current], snapshots: list[Snapshot]) -> Iterator[court.CaseIds]:
    for kind in ("court.case", "court.resulted_case"):
        for _, state in by_kind.get(kind, ()):
            yield state.data.ids
    for snapshot in snapshots:
        for told in snapshot.data.cases:
            yield told.ids


def _snapshots(by_kind: dict[str, Current]) -> list[Snapshot]:
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


def _tell_case(case: CourtCase, history: RecordHistory, state: RecordState, rank: int) -> None:
    data: court.CourtCase = state.data
    case.sources.add("court.case")
    case.markers.update(data.markers)
    when = (london_day(data.received_at) if data.received_at else NEVER[0] + 1, state.order.time_us)
    message = len(case.tellings)
    for told in data.defendants:
        case.tellings.append(Telling(history.source, "court.case", message, told, when=when, rank=rank))


def _tell_snapshot(case: CourtCase, snapshot: Snapshot) -> None:
    case.sources.add("court.hearing")
    when = (snapshot.day, snapshot.state.order.time_us)
    source = snapshot.history.source
    for heard in snapshot.data.cases:
        case.markers.update(heard.markers)
        message = len(case.tellings)
        share = Share(0, *when, any(map(_resulted, heard.defendants)))
        for told in heard.defendants:
            case.tellings.append(
                Telling(source, "court.hearing", message, told, None, when, snapshot, 0, snapshot.day, share)
            )
    for application in snapshot.data.applications:
        case.applications[application.application_id] = (application, snapshot)


def _tell_resulted(cases: Cases, found: Sequence[tuple[RecordHistory, RecordState]], route: str) -> None:
    """What the courts send to the police by one route."""
    for history, state in found:
        data: court.ResultedCase = state.data
        if data.route != route:
            continue
        case = cases.of(data.ids, _asns(data.defendants))
        if case is None:
            continue
        case.sources.add("court.resulted_case")
        day = london_day(data.hearing_day) if data.hearing_day else None
        when = (day if day is not None else NEVER[0] + 2, state.order.time_us)
        rank = POLICE_RESULT if route == "police_result" else SPI
        message = len(case.tellings)
        for told in data.defendants:
            share = Share(rank, *when, _resulted(told)) if day is not None and data.sent_on is None else None
            case.tellings.append(
                Telling(history.source, "court.resulted_case", message, told, None, when, None, rank, day, share)
            )


def _tell_charged(cases: Cases, found: Sequence[tuple[RecordHistory, RecordState]]) -> None:
    """The charge files, one a defendant: what is said of the whole case is that of the latest."""
    for history, state in found:
        data: police.Prosecution = state.data
        case = cases.of_urn(data.urn, _asns(data.defendants))
        case.prosecution = data
        case.sources.add("police.prosecution")
        case.markers.update(data.markers)
        message = len(case.tellings)
        for charged in data.defendants:
            case.tellings.append(Telling(history.source, "police.prosecution", message, None, charged))


def _resulted(told: court.CourtDefendant) -> bool:
    return bool(told.results) or any(offence.results for offence in told.offences)


def _asns(defendants: "Sequence[court.CourtDefendant | police.ChargedDefendant]") -> frozenset[str]:
    return frozenset(asn_of(told.asn) for told in defendants if told.asn)
