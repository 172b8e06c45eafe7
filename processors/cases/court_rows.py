"""Rows of the courts: court cases, defendants, offences, hearings and trial listings."""


from processors.cases.charge_links import crime_of_offence
from processors.cases.charging import Proceeding
from processors.cases.court_model import CourtCase, Defendant, day_of, ms_of
from processors.cases.current_results import CurrentResult
from processors.cases.hearings import hearing_class
from processors.cases.judged import HEAVIEST, Judged
from processors.cases.linked import Linked, defendant_of, gravity, traits
from processors.cases.offences import Offence as Sort
from processors.cases.pleas import plea_of, plea_on_day, plea_stage
from processors.standardise.moments import instant, ms_of_day
from schemas import court
from schemas.rows import CourtCaseRow, DefendantRow, OffenceRow
from schemas.vocabulary import BAIL_STATUSES

Spell = tuple[int | None, str, str, int | None, "court.Remand | None"]
"""From (milliseconds), status, stage, until (milliseconds), the courts' record of it."""


class Court:
    """A court case with what its rows have in common, worked out once."""

    __slots__ = ("case", "flags", "held", "judged", "jurisdiction", "linked", "ou", "ou_name", "record", "sort",
                 "warrants")

    def __init__(self, linked: Linked, case: CourtCase) -> None:
        self.linked, self.case, self.record = linked, case, case.record
        self.judged = linked.judged[case.id]
        self.held = linked.sittings[case.id]
        last = case.snapshots[-1].data if case.snapshots else None
        self.jurisdiction = (last.jurisdiction if last is not None else None) or (
            (case.record.jurisdiction if case.record is not None else None) or ""
        )
        self.ou = (last.court_ou if last is not None else None) or (
            case.record.court_ou if case.record is not None else None
        ) or (case.prosecution.court_ou if case.prosecution is not None else None) or ""
        self.ou_name = (last.court_name if last is not None else None) or (
            (case.record.court_name if case.record is not None else None) or ""
        )
        self.sort: Sort = min((one.sort for one in self.judged), key=gravity, default=linked.sort)
        if not self.sort.group:
            self.sort = linked.sort
        flags: set[str] = set()
        for defendant in case.defendants:
            flags.update(linked.defendant_flags[defendant.key])
        self.flags = tuple(sorted(flags))
        self.warrants: list[court.Warrant] = []
        for _, state in linked.by_kind.get("court.warrant", ()):
            if defendant_of(linked, state.data.defendant)[0] is case:
                self.warrants.append(state.data)

    def of(self, defendant: Defendant) -> list[Judged]:
        """The offences of one defendant."""
        return [one for one in self.judged if one.defendant is defendant]

    @property
    def live_warrants(self) -> list[court.Warrant]:
        """Bench warrants neither executed nor withdrawn."""
        return [one for one in self.warrants if one.kind == "bench" and not (one.executed_at or one.withdrawn_at)]


def spells(linked: Linked, case: CourtCase, defendant: Defendant) -> list[Spell]:
    """A defendant's remand statuses in order: by the courts' decisions, else as each sitting day left them."""
    if defendant.spells is None:
        defendant.spells = _spells(linked, case, defendant)
    return defendant.spells


def _spells(linked: Linked, case: CourtCase, defendant: Defendant) -> list[Spell]:
    decided = [
        state.data for _, state in linked.by_kind.get("court.remand", ())
        if defendant_of(linked, state.data.defendant) == (case, defendant)
    ]
    if decided:
        decided.sort(key=lambda one: (instant(one.from_at).ms, one.remand_id))
        found: list[Spell] = []
        for index, one in enumerate(decided):
            until = ms_of(one.until_at)
            if until is None and index + 1 < len(decided):
                until = instant(decided[index + 1].from_at).ms
            found.append((instant(one.from_at).ms, one.status, one.stage or "", until, one))
        return found
    changes: list[tuple[int | None, str]] = []
    for when, code in sorted(defendant.remand):
        status = BAIL_STATUSES.get(code.upper(), "")
        if status and (not changes or changes[-1][1] != status):
            changes.append((ms_of_day(when[0]) if when[0] > 0 else None, status))
    return [
        (at, status, "", changes[index + 1][0] if index + 1 < len(changes) else None, None)
        for index, (at, status) in enumerate(changes)
    ]


def court_case_row(court_case: Court) -> CourtCaseRow:
    """One prosecution case."""
    linked, case, record, judged = court_case.linked, court_case.case, court_case.record, court_case.judged
    open_offences = sum(not one.complete for one in judged)
    completed = None
    if judged and not open_offences:
        completed = max((one.completed_on for one in judged if one.completed_on is not None), default=None)
    disposed = ms_of(record.disposed_at) if record is not None else None
    transferred = ms_of(record.transferred_out_at) if record is not None else None
    if disposed is None and transferred is not None:
        disposed = transferred
    if disposed is None and completed is not None:
        disposed = ms_of_day(completed)
    received = record.received_at if record is not None else None
    if received is None:
        received = min(
            (d.base.proceedings_initiated_at for d in case.defendants if d.base and d.base.proceedings_initiated_at),
            key=lambda moment: instant(moment).ms, default=None,
        )
    principal = _principal_defendant(case)
    status = _remand_status(linked, case, principal) if principal is not None else ""
    held = [sitting for sitting in court_case.held if not sitting.listed]
    last = held[-1].day if held else -(1 << 40)
    receipt = gravest(judged)
    live = court_case.live_warrants
    ids = case.snapshots[-1].data.cases[0] if case.snapshots and case.snapshots[-1].data.cases else None
    return CourtCaseRow(
        linked.case_id, case.key, linked.force, court_case.jurisdiction,
        (record.case_type or "") if record is not None else "",
        (ids.status if ids is not None else None) or (record.status if record is not None else None) or "",
        (record.initiation if record is not None else None) or (ids.initiation if ids is not None else None)
        or (case.prosecution.initiation if case.prosecution is not None else ""),
        court_case.ou, court_case.ou_name,
        ms_of(received), instant(received).precision if received else "",
        ms_of(record.sent_at) if record is not None else None,
        ms_of(record.received_at_crown_court) if record is not None else None, disposed, transferred,
        int(open_offences > 0 and disposed is None), int(bool(live)),
        min((instant(one.issued_at).ms for one in live), default=None), int(status == "custody"), status,
        held[0].day if held else None,
        min((one.day for one in court_case.held if one.listed and one.day > last), default=None),
        min((one.convicted_on for one in judged if one.convicted_on is not None), default=None), completed,
        len(case.defendants), len(judged), open_offences, len(held), sum(sitting.adjournment for sitting in held),
        sum(case.id in listing.cases for listing in linked.listings), court_case.sort.ho_code,
        receipt.offence.code if receipt is not None else "", court_case.sort.group, court_case.sort.subgroup,
        tuple(sorted(case.markers)), court_case.flags, tuple(sorted(case.sources)),
    )


def _principal_defendant(case: CourtCase) -> Defendant | None:
    return case.defendants[0] if case.defendants else None


def _remand_status(linked: Linked, case: CourtCase, defendant: Defendant) -> str:
    found = spells(linked, case, defendant)
    return found[-1][1] if found else ""


def defendant_row(court_case: Court, defendant: Defendant) -> DefendantRow:
    """One defendant in one court case."""
    linked, case, record = court_case.linked, court_case.case, court_case.record
    judged = court_case.of(defendant)
    base, charged = defendant.base, defendant.charged
    statuses = spells(linked, case, defendant)
    occurred = charge_on = convicted = sworn = completed = extended = None
    open_offences = 0
    limits = [defendant.ctl] if defendant.ctl else []
    sentences: list[tuple[str, CurrentResult, Judged]] = []
    for told in judged:
        occurred = _least(occurred, ms_of(told.occurred_from))
        charge_on = _least(charge_on, told.charge_on)
        convicted = _least(convicted, told.convicted_on)
        sworn = _least(sworn, day_of(told.offence.jury_sworn))
        if told.completed_on is not None and (completed is None or told.completed_on > completed):
            completed = told.completed_on
        open_offences += not told.complete
        if told.offence.ctl:
            limits.append(told.offence.ctl)
        if extended is None:
            extended = told.offence.ctl_extended
        for kind, one in told.sentences:
            sentences.append((kind, one, told))
    concluded = defendant.concluded[1] if defendant.concluded is not None else None
    live = open_offences > 0 if concluded is None else not concluded
    if live:
        completed = None
    heaviest = heaviest_sentence(sentences)
    first = min(defendant.days, default=None)
    plea_result, plea_on = plea_of(judged)
    proceeding = next((held for held in linked.proceedings if held.defendant is defendant), None)
    suspect = next((held for held in linked.suspects if held.defendant is defendant), None)
    persons = defendant.persons + (suspect.persons if suspect is not None else [])
    who = traits(persons, charge_on if charge_on is not None else first)
    told_youth = base.youth if base is not None else None
    youth = int(who.age is not None and who.age < 18) if told_youth is None else int(told_youth)
    live_warrant = bool(court_case.warrants) and any(
        defendant_of(linked, one.defendant)[1] in (defendant, None) for one in court_case.live_warrants
    )
    receipt = gravest(judged)
    disposal = heaviest[2] if heaviest is not None else None
    sort = receipt.sort if receipt is not None and receipt.sort.group else linked.sort
    outcome = proceeding.outcome if proceeding is not None else None
    return DefendantRow(
        linked.case_id, case.key, defendant.key, linked.force, court_case.jurisdiction,
        (record.case_type or "") if record is not None else "", court_case.ou, youth,
        int(bool((base is not None and base.organisation) or (charged is not None and charged.organisation))),
        who.sex, who.birth_month, who.age, who.ethnicity_self, who.ethnicity_observed, occurred, charge_on,
        first, ms_of(record.sent_at) if record is not None else None,
        ms_of(record.received_at_crown_court) if record is not None else None, convicted,
        max((one.told.ordered_on for _, one, _ in sentences if one.told.ordered_on is not None), default=None),
        completed, int(live), plea_result, plea_on, plea_stage(linked, case, plea_result, plea_on, sworn),
        int(sworn is not None), plea_on_day(linked, defendant.key, first) if first is not None else "",
        _result(judged, live), _bail(defendant, charged.bail_status if charged is not None else None),
        statuses[-1][1] if statuses else "", _remanded_days(statuses, completed), day_of(min(limits, default=None)),
        None if extended is None else int(extended), int(live_warrant), defendant.attendance.value,
        heaviest[0] if heaviest is not None else "",
        heaviest[1].told.result.duration_days if heaviest is not None else None,
        _excluded(court_case, judged), len(judged), open_offences, receipt.offence.code if receipt is not None else "",
        disposal.offence.code if disposal is not None else "", sort.ho_code, sort.group, sort.subgroup,
        outcome.final_result if outcome is not None else "",
        (outcome.stop_reason or "") if outcome is not None else "",
        (outcome.nonconviction_reason or "") if outcome is not None else "",
        suspect.key if suspect is not None else "", proceeding.key if proceeding is not None else "",
        linked.defendant_flags[defendant.key],
        _sources(defendant, suspect.sources if suspect is not None else set(), proceeding), defendant.person_key,
    )


def gravest(judged: list[Judged]) -> Judged | None:
    """The gravest charge: the most serious at receipt."""
    if len(judged) < 2:
        return judged[0] if judged else None
    return min(judged, key=lambda one: (gravity(one.sort), one.offence.key))


def _least(known: int | None, told: int | None) -> int | None:
    if known is None or told is None:
        return told if known is None else known
    return min(known, told)


def _sources(defendant: Defendant, suspected: set[str], proceeding: Proceeding | None) -> tuple[str, ...]:
    found = defendant.sources | suspected
    if proceeding is not None:
        if proceeding.consultations:
            found.add("cps.consultation")
        if proceeding.decisions:
            found.add("cps.decision")
        if proceeding.outcome is not None:
            found.add("cps.defendant_outcome")
    return tuple(sorted(found))


def _bail(defendant: Defendant, at_charge: str | None) -> str:
    return max(defendant.remand)[1] if defendant.remand else at_charge or ""


def _result(judged: list[Judged], live: bool) -> str:
    """How it ended for the defendant: convicted of any, else acquitted, dropped or other."""
    found = {one.result for one in judged if one.result}
    if "convicted" in found:
        return "convicted"
    if live:
        return ""
    return "acquitted" if "acquitted" in found else "dropped" if "dropped" in found else "other" if found else ""


def _remanded_days(statuses: list[Spell], completed: int | None) -> int | None:
    """Days in custody in the spells that have ended, the last by completion; None when one is still running."""
    total = 0.0
    end = ms_of_day(completed) if completed is not None else None
    for start, status, _, until, _ in statuses:
        if status != "custody":
            continue
        ended = until if until is not None else end
        if start is None or ended is None:
            return None
        total += max(ended - start, 0) / 86_400_000
    return round(total)


def _excluded(court_case: Court, judged: list[Judged]) -> tuple[str, ...]:
    """Why a defendant is outside the durations from charge to completion (measure T12)."""
    record, found = court_case.record, []
    if record is not None:
        if record.case_type == "appeal":
            found.append("appeal")
        if record.transferred_out_at:
            found.append("transferred_out")
        if record.case_type == "for_sentence":
            found.append("for_sentence")
    if any(one.offence.base is not None and one.offence.base.category == "CB" for one in judged):
        found.append("breach")
    if any(one.kind == "bench" for one in court_case.warrants):
        found.append("bench_warrant")
    if not any(hearing_class(one.kind) in ("plea", "trial", "first", "sentence") for one in court_case.held):
        found.append("no_main_hearing")
    return tuple(sorted(found))


def heaviest_sentence(
    sentences: list[tuple[str, CurrentResult, Judged]],
) -> tuple[str, CurrentResult, Judged] | None:
    """The heaviest: custody without a fixed end, then the longest, then by type."""
    if len(sentences) < 2:
        return sentences[0] if sentences else None
    return min(
        sentences,
        key=lambda one: (
            HEAVIEST.index(one[0]), not indeterminate(one[1]), -(one[1].told.result.duration_days or 0),
            one[2].offence.key, one[1].told.result.result_id,
        ),
        default=None,
    )


def indeterminate(one: CurrentResult) -> bool:
    """Life and other sentences without a fixed end."""
    result = one.told.result
    if result.indeterminate is not None:
        return result.indeterminate
    label = (result.label or "").lower()
    return "life" in label or "pleasure" in label


def offence_row(court_case: Court, one: Judged) -> OffenceRow:
    """One charged offence."""
    linked, offence = court_case.linked, one.offence
    base, charged = offence.base, offence.charged
    crime, how = crime_of_offence(linked.links, one)
    facts = one.facts
    if crime and how != "case_level":
        facts |= linked.facts.crimes[crime]
    told = base or charged
    sort = one.sort
    return OffenceRow(
        linked.case_id, court_case.case.key, one.defendant.key, offence.key, linked.force, crime, how, offence.code,
        offence.title,
        (base.category or "") if base is not None else "", (base.mode_of_trial or "") if base is not None else "",
        sort.ho_code, sort.group, sort.subgroup, sort.victim_based, ms_of(one.occurred_from),
        ms_of(told.occurred_to) if told is not None else None,
        day_of(told.arrest_on) if told is not None else None, one.charge_on,
        day_of(base.laid_on) if base is not None else None, one.plea, one.plea_on,
        (base.indicated_plea or "").lower() if base is not None else "",
        (base.allocation or "") if base is not None else "", one.verdict, one.verdict_on, offence.alternative,
        one.convicted_on, ms_of(offence.jury_sworn), one.completed_on, int(one.complete), one.result,
        day_of(offence.ctl or one.defendant.ctl), None if offence.ctl_extended is None else int(offence.ctl_extended),
        linked.rules.flags(facts), tuple(sorted(offence.sources)), one.defendant.person_key,
    )
