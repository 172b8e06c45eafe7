"""What the courts tell: the case, each sitting day as a snapshot of all its cases, remand, warrants, results."""

from dataclasses import dataclass, field

from simulator.days import DAY, HOUR, MINUTE, at, day_of, day_text, moment, sitting, text
from simulator.people import facts
from simulator.rates import share
from simulator.telling import Case, Crime, Data, PersonTruth, Suspect, Told, TrueRecord

SOURCE = "/hmcts/common-platform"
_VIDEO = 0.12


@dataclass(slots=True)
class Offence:
    """An offence before the court as it stands, with its results of the day."""

    crime: Crime
    data: Data
    results: list[Data] = field(default_factory=list)


@dataclass(slots=True)
class Defendant:
    """A defendant before the court as they stand. `sentence`: custody, suspended, community or another once known."""

    suspect: Suspect
    data: Data
    offences: list[Offence]
    remand_id: str = ""
    remand: Data = field(default_factory=dict)
    in_custody: bool = False
    sentence: str = ""
    done: bool = False
    present: bool = True


@dataclass(slots=True)
class Matter:
    """One prosecution case at court: `record` is what court.case tells."""

    case: Case
    court_case_id: str
    urn: str
    defendants: list[Defendant]
    record: Data
    markers: list[str]

    @property
    def ids(self) -> Data:
        """How most messages call it; some courts leave the URN out."""
        return {"court_case_id": self.court_case_id, "urn": self.urn}

    @property
    def about(self) -> tuple[PersonTruth, ...]:
        return tuple(
            (one.suspect.defendant_id, "offender", one.suspect.person.true_id) for one in self.defendants
        )


@dataclass(slots=True)
class Court:
    """Cases that are heard together, and where."""

    case: Case
    matters: list[Matter]
    crown: bool = False
    started: int = 0

    @property
    def defendants(self) -> list[Defendant]:
        return [one for matter in self.matters for one in matter.defendants]

    @property
    def place(self) -> tuple[str, str]:
        """The court's code and name."""
        return self.case.place.crown if self.crown else self.case.place.magistrates

    @property
    def jurisdiction(self) -> str:
        return "crown" if self.crown else "magistrates"


def open_matter(case: Case, suspects: list[Suspect], received: int) -> Matter:
    """A prosecution case is created at the magistrates' court."""
    dice = case.dice
    court_case_id = dice.uuid()
    defendants = []
    for suspect in suspects:
        suspect.defendant_id = dice.uuid()
        suspect.court_facts = facts(suspect.person, dice, "hmcts")
        data: Data = {
            "defendant_id": suspect.defendant_id, "master_defendant_id": suspect.person.master_id,
            "cps_defendant_id": suspect.cps_defendant_id, "person": suspect.court_facts,
            "youth": (suspect.charged // DAY - suspect.person.born) < 6574, "bail_status": "A",
        }
        if case.shortcut:
            data["asn"] = suspect.asn
        offences = []
        for index, crime in enumerate(suspect.crimes, 1):
            told: Data = {
                "offence_id": dice.uuid(), "offence_code": crime.kind.cjs_code, "title": crime.kind.title,
                "order_index": index, "occurred_from": moment(crime.occurred),
                "charge_on": day_text(suspect.charged), "mode_of_trial": _mode(crime),
            }
            if case.shortcut:
                told["sequence"] = index
            if case.crime_refs_beyond:
                told["crime_ref"] = crime.ref
            offences.append(Offence(crime, told))
        defendants.append(Defendant(suspect, data, offences, in_custody=suspect.custody))
    kinds = {crime.kind.ho_code for one in suspects for crime in one.crimes}
    markers = ["DV"] if any(crime.domestic for one in suspects for crime in one.crimes) else []
    if "10D" in kinds:
        markers.append("WP")
    place = case.place
    record: Data = {
        "ids": {"court_case_id": court_case_id, "urn": suspects[0].urn}, "jurisdiction": "magistrates",
        "case_type": "summary", "status": "ACTIVE", "initiation": suspects[0].charge_initiation,
        "originating_organisation": f"0{place.force}SM00", "cps_organisation": place.cps_area,
        "court_ou": place.magistrates[0], "court_name": place.magistrates[1], "received_at": moment(received),
        "markers": markers,
    }
    matter = Matter(case, court_case_id, suspects[0].urn, defendants, record, markers)
    tell_case(matter, received)
    if case.returning and dice.chance(0.4):
        one = defendants[0]
        case.aside(received + 2 * HOUR, "court.match", SOURCE, one.suspect.defendant_id, {
            "matched": True, "defendant_id": one.suspect.defendant_id, "court_case_id": court_case_id,
            "master_defendant_id": one.suspect.person.master_id,
        }, ((one.suspect.defendant_id, "offender", one.suspect.person.true_id),))
    return matter


def _mode(crime: Crime) -> str:
    if crime.kind.crown >= 1:
        return "indictable_only"
    return "summary" if crime.kind.cjs_code in ("CJ88116", "PU86116") else "either_way"


def tell_case(matter: Matter, when: int, **change: object) -> None:
    """The case's own record, changed."""
    matter.record = {**matter.record, **change}
    told = {**matter.record, "defendants": [snapshot(one) for one in matter.defendants]}
    matter.case.tell(when, "court.case", SOURCE, matter.court_case_id, told, matter.about)


def snapshot(defendant: Defendant) -> Data:
    """A defendant as they stand."""
    return {
        **defendant.data, "concluded": defendant.done,
        "offences": [
            {**one.data, "results": list(one.results)} if one.results else dict(one.data)
            for one in defendant.offences
        ],
    }


def hearing_time(day: int, hour: int = 10) -> int:
    """When a court sits on a day, or on the next that it sits."""
    return at(sitting(day), hour * HOUR)


def tell_hearing(
    court: Court, hearing_id: str, when: int, kind: str, *, trial: Data | None = None, sitting_days: list[str] | None =
    None, also: list[Matter] | None = None, box: bool = False,
) -> int:
    """One sitting day, shared in the evening with the results of the day, now and then shared again or amended. The
    time of the first sharing. `also`: cases of other true cases that are heard together with these."""
    dice = court.case.dice
    matters = [*court.matters, *(also or ())]
    day = day_of(when)
    ou, name = court.place
    cases = []
    for matter in matters:
        told: Data = {
            "ids": {"court_case_id": matter.court_case_id}, "markers": matter.markers,
            "initiation": matter.record["initiation"], "defendants": [],
        }
        if dice.chance(0.7):
            told["ids"]["urn"] = matter.urn
        for one in matter.defendants:
            person = snapshot(one)
            person["attendance"] = (
                "not_present" if not one.present else "by_video" if dice.chance(_VIDEO) else "in_person"
            )
            told["defendants"].append(person)
        cases.append(told)
    data: Data = {
        "hearing_id": hearing_id, "hearing_day": text(day), "jurisdiction": court.jurisdiction, "hearing_type": kind,
        "court_ou": ou, "court_name": name, "sitting_days": sitting_days or [moment(when)], "cases": cases,
    }
    if trial is not None:
        data |= trial
    if box:
        data["box_hearing"] = True
    shared = at(day, 16 * HOUR) + dice.whole(0, 150) * MINUTE
    records = tuple(TrueRecord(matter.court_case_id, matter.case.number, matter.about) for matter in matters)
    subject = f"{hearing_id}/{text(day)}"

    def tell(time: int, told: Data) -> None:
        if time < court.case.end:
            court.case.told.append(Told(time, "court.hearing", SOURCE, subject, told, records, None))

    tell(shared, data)
    if dice.chance(share("hearing shared again")):
        tell(shared + dice.whole(20, 3000) * MINUTE, {**data, "reshare": True})
    elif dice.chance(share("hearing amended later")):
        later = shared + dice.whole(3, 45) * DAY
        tell(later, {**data, "reshare": True, "cases": [_amended(one, moment(later)) for one in cases]})
    for one in court.defendants:
        for offence in one.offences:
            offence.results = []
    for matter in also or ():
        for one in matter.defendants:
            for offence in one.offences:
                offence.results = []
    return shared


def _amended(case: Data, when: str) -> Data:
    """The same case with its results marked as amended."""
    return {
        **case, "defendants": [
            {**one, "offences": [
                {**offence, "results": [{**result, "amended_at": when} for result in offence["results"]]}
                if "results" in offence else offence
                for offence in one["offences"]
            ]}
            for one in case["defendants"]
        ],
    }  # fmt: skip


def listed(court: Court, matter: Matter, hearing_id: str, kind: str, told: int, day: int) -> None:
    """A hearing is listed for a day: a message of its own."""
    court.case.tell(told, "court.patch", SOURCE, f"hearing_listed/{hearing_id}", {
        "patch": "hearing_listed", "message": "hearing-listed", "hearing_id": hearing_id, "hearing_type": kind,
        "ids": {"court_case_id": matter.court_case_id}, "jurisdiction": court.jurisdiction,
        "court_ou": court.place[0], "court_name": court.place[1], "listed_for": [moment(hearing_time(day))],
    })


def tell_remand(court: Court, matter: Matter, one: Defendant, when: int, stage: str) -> None:
    """Custody or bail from a stage on; the spell before ends."""
    case = matter.case
    if one.remand_id:
        case.tell(when, "court.remand", SOURCE, one.remand_id, {**one.remand, "until_at": moment(when)})
    limit = 182 if court.crown or stage == "sending" else 56
    one.remand_id = case.dice.uuid()
    one.remand = {
        "remand_id": one.remand_id,
        "defendant": {"defendant_id": one.suspect.defendant_id, "court_case_id": matter.court_case_id},
        "status": "custody" if one.in_custody else "conditional_bail" if case.dice.chance(0.6) else "unconditional_bail",
        "stage": stage, "from_at": moment(when), "court_ou": court.place[0],
    }
    if one.in_custody:
        one.remand["custody_time_limit_on"] = day_text(when + limit * DAY)
        one.data = {**one.data, "bail_status": "C", "custody_time_limit_on": day_text(when + limit * DAY)}
    else:
        one.data = {**one.data, "bail_status": "B" if one.remand["status"] == "conditional_bail" else "U"}
    case.tell(when, "court.remand", SOURCE, one.remand_id, one.remand)


def end_remand(matter: Matter, one: Defendant, when: int) -> None:
    """The last spell ends with the case."""
    if one.remand_id:
        matter.case.tell(when, "court.remand", SOURCE, one.remand_id, {**one.remand, "until_at": moment(when)})
        one.remand_id = ""


def tell_warrant(court: Court, matter: Matter, one: Defendant, issued: int, executed: int) -> None:
    """A bench warrant, issued and then executed."""
    warrant_id = matter.case.dice.uuid()
    data: Data = {
        "warrant_id": warrant_id, "kind": "bench", "issued_at": moment(issued), "court_ou": court.place[0],
        "defendant": {"defendant_id": one.suspect.defendant_id, "court_case_id": matter.court_case_id},
    }
    matter.case.tell(issued, "court.warrant", SOURCE, warrant_id, data)
    matter.case.tell(executed, "court.warrant", SOURCE, warrant_id, {**data, "executed_at": moment(executed)})


def tell_results(court: Court, matter: Matter, results: dict[str, Data], when: int) -> None:
    """The results as they are sent to the police, under the URN and the ASN."""
    case = matter.case
    spi = case.dice.chance(0.4)
    defendants = []
    for one in matter.defendants:
        told: Data = {"asn": one.suspect.asn, "person": one.suspect.court_facts, "offences": []}
        if not spi:
            told["defendant_id"] = one.suspect.defendant_id
        else:
            told["cps_defendant_id"] = one.suspect.cps_defendant_id
        for index, offence in enumerate(one.offences, 1):
            final = results.get(offence.data["offence_id"])
            entry: Data = {
                "offence_code": offence.data["offence_code"], "sequence": index,
                "occurred_from": offence.data["occurred_from"], "results": [final] if final else [],
            }
            if not spi:
                entry["offence_id"] = offence.data["offence_id"]
            told["offences"].append(entry)
        defendants.append(told)
    ids: Data = {"urn": matter.urn} if spi else {"urn": matter.urn, "court_case_id": matter.court_case_id}
    resulted_id = case.dice.uuid()
    case.tell(when, "court.resulted_case", SOURCE if not spi else "/hmcts/spi", resulted_id, {
        "resulted_case_id": resulted_id, "ids": ids, "route": "spi" if spi else "police_result",
        "court_ou": court.place[0], "court_name": court.place[1], "hearing_day": day_text(when),
        "defendants": defendants,
    }, matter.about)
