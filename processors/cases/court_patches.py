"""Messages of the courts that change one thing: plea, verdict, markers, attendance, lists."""

from processors.cases.court_model import Cases, CourtCase, Offence, When
from processors.cases.court_tellings import say_verdict
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import canon
from processors.standardise.moments import london_day
from schemas import court

_OF_LISTS = frozenset({
    "hearing_listed", "hearing_extended", "hearing_day_cancelled", "hearing_deleted", "trial_type", "trial_vacated",
})


def take_patches(cases: Cases, patches: "list[tuple[RecordHistory, RecordState]] | tuple[()]") -> None:
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
