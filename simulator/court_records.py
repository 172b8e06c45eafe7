"""The courts' records, one function each: case, hearing day, trial listing, patch, remand, warrant, session, match."""

from typing import Any

from simulator.moments import DAY, HOUR, day, iso
from simulator.story import COURTS, Case, Charge, Part, Suspect, Told

LABELS: dict[str, str] = {
    "1002": "Imprisonment", "1015": "Fine", "1017": "Absolute discharge", "1018": "Conditional discharge",
    "1115": "Suspended sentence order", "1116": "Community order", "2004": "Found not guilty", "2006": "Dismissed",
    "2050": "Withdrawn", "2051": "Discontinued", "4027": "Remanded on bail", "4028": "Remanded in custody",
    "4506": "Adjourned", "4558": "Sent to the Crown Court for trial",
}  # fmt: skip
_FINAL = frozenset({"1002", "1015", "1017", "1018", "1115", "1116", "2004", "2006", "2050", "2051"})


class Bench:
    """Cases before one court together: almost always one. Keeps where they are and how they go on."""

    __slots__ = ("cases", "court_name", "court_ou", "crown_ou", "ended", "jurisdiction", "received", "rng", "sent_at")

    def __init__(self, cases: list[Case], received: int = 0) -> None:
        self.received = self.ended = received
        lead = cases[0]
        self.cases, self.rng = cases, lead.rng
        number = lead.serial % 4
        self.court_ou = f"B{lead.force}{'ABCD'[number]}0"
        self.crown_ou = f"C{lead.force}{'AB'[number % 2]}0"
        self.court_name = f"Area {lead.force} Magistrates' Court {number + 1}"
        self.jurisdiction = "magistrates"
        self.sent_at: int | None = None

    def to_crown(self, time: int) -> None:
        """The case is sent to the Crown Court."""
        self.jurisdiction, self.sent_at, self.court_ou = "crown", time, self.crown_ou
        self.court_name = f"Crown Court of area {self.cases[0].force}"

    def suspects(self) -> list[tuple[Case, Suspect]]:
        """All defendants with their cases."""
        return [(case, suspect) for case in self.cases for suspect in case.suspects]


def result(case: Case, code: str, ordered_on: str, **more: Any) -> dict[str, Any]:
    """One judicial result."""
    return {
        "result_id": case.new_id(), "cjs_code": code, "label": LABELS[code], "ordered_on": ordered_on,
        "category": "final" if code in _FINAL else "intermediary", "level": "offence", **more,
    }  # fmt: skip


def _offence(charge: Charge, results: bool) -> dict[str, Any]:
    made = dict(charge.base)
    if charge.plea:
        made["plea"], made["plea_on"] = charge.plea, charge.plea_on
    if charge.verdict:
        made["verdict"] = charge.verdict
    if charge.conviction_on:
        made["conviction_on"] = charge.conviction_on
    if results:
        made["concluded"] = charge.concluded
        if charge.results:
            made["results"] = charge.results
    return made


def _defendants(case: Case, results: bool) -> list[dict[str, Any]]:
    told = []
    for suspect in case.suspects:
        made: dict[str, Any] = {
            "defendant_id": suspect.defendant_id, "master_defendant_id": f"MD{suspect.who.number:08d}",
            "person": suspect.who.at_court, "bail_status": "C" if suspect.custody else "U",
            "youth": suspect.who.birth_year > 2006,
            "offences": [_offence(charge, results) for charge in suspect.charges],
        }  # fmt: skip
        if case.asn_at_court:
            made["asn"] = suspect.asn
        if results:
            made["attendance"] = "by_video" if suspect.custody else "in_person"
        told.append(made)
    return told


def persons_of(case: Case) -> tuple[str, ...]:
    """The people of the case's defendants."""
    return tuple(suspect.who.label for suspect in case.suspects)


def court_case(bench: Bench, time: int, disposed: int | None = None) -> None:
    """The state of each case at court."""
    for case in bench.cases:
        state: dict[str, Any] = {
            "ids": {"court_case_id": case.court_case_id, "urn": case.urn}, "jurisdiction": bench.jurisdiction,
            "case_type": "for_trial" if bench.sent_at else "summary", "status": "INACTIVE" if disposed else "ACTIVE",
            "court_ou": bench.court_ou, "court_name": bench.court_name, "received_at": iso(bench.received),
            "defendants": _defendants(case, False),
        }  # fmt: skip
        if bench.sent_at:
            state["sent_at"] = iso(bench.sent_at)
            state["received_at_crown_court"] = iso(bench.sent_at)
        if disposed:
            state["disposed_at"] = iso(disposed)
        case.tell(time, "court.case", COURTS, case.court_case_id, state, persons_of(case))


def hearing(
    bench: Bench, hearing_id: str, sits: int, time: int, kind: str, trial: dict[str, Any] | None = None,
    reshare: bool = False,
) -> None:  # fmt: skip
    """The snapshot of a sitting day, with what was ordered: one event for all cases that were heard together."""
    cases = []
    parts = []
    for case in bench.cases:
        cases.append({
            "ids": {"court_case_id": case.court_case_id, "urn": case.urn}, "defendants": _defendants(case, True),
        })  # fmt: skip
        parts.append(Part(case.court_case_id, case.label, persons_of(case)))
    on = day(sits)
    data: dict[str, Any] = {
        "hearing_id": hearing_id, "hearing_day": on, "jurisdiction": bench.jurisdiction, "hearing_type": kind,
        "court_ou": bench.court_ou, "court_name": bench.court_name, "sitting_days": [iso(sits)], "cases": cases,
    }  # fmt: skip
    if trial is not None:
        data["trial"] = trial
        data["effective_trial"] = trial["status"] == "effective"
    if reshare:
        data["reshare"] = True
    bench.cases[0].told.append(Told(time, "court.hearing", COURTS, f"{hearing_id}/{on}", data, tuple(parts)))


def listing(
    bench: Bench, hearing_id: str, listed: int, time: int, trial: dict[str, Any] | None, vacated: int | None = None,
) -> None:  # fmt: skip
    """A trial in the list of a day: when it is listed, and again when the day has gone as it went."""
    case = bench.cases[0]
    data: dict[str, Any] = {
        "hearing_id": hearing_id, "listed_for": day(listed), "jurisdiction": bench.jurisdiction,
        "court_ou": bench.court_ou, "court_name": bench.court_name,
        "cases": [{"court_case_id": each.court_case_id, "urn": each.urn} for each in bench.cases],
    }  # fmt: skip
    if trial is not None:
        data["trial"] = trial
        data["effective_trial"] = trial["status"] == "effective"
    if vacated is not None:
        data["vacated_at"] = iso(vacated)
    if case.crimes[0].offence.flag == "rape":
        data["section_28"] = case.serial % 3 == 0
    case.tell(time, "court.trial_listing", COURTS, f"{hearing_id}/{day(listed)}", data, persons_of(case))


def vacate(bench: Bench, hearing_id: str, time: int, trial: dict[str, Any]) -> None:
    """A trial is taken out of the list: the message about the hearing, which names its case."""
    case = bench.cases[0]
    case.tell(time, "court.patch", COURTS, f"trial_vacated/{hearing_id}", {
        "patch": "trial_vacated", "hearing_id": hearing_id, "court_case_ids": [case.court_case_id],
        "at": iso(time - 60), "jurisdiction": bench.jurisdiction, "trial": trial,
    }, persons_of(case))  # fmt: skip


def plea_update(case: Case, suspect: Suspect, charge: Charge, hearing_id: str, time: int) -> None:
    """A plea told apart from its hearing."""
    offence_id = charge.base["offence_id"]
    case.tell(time, "court.patch", COURTS, f"plea/{offence_id}", {
        "patch": "plea", "ids": {"court_case_id": case.court_case_id}, "hearing_id": hearing_id,
        "defendant_id": suspect.defendant_id, "offence_id": offence_id, "plea": charge.plea, "plea_on": charge.plea_on,
    }, suspect.persons)  # fmt: skip


def remand(case: Case, suspect: Suspect, stage: str, time: int, until: int | None, court_ou: str) -> None:
    """Custody or bail from a stage on. Of the identifiers, only those of the courts."""
    ref = f"RM{suspect.ref[1:]}-{stage}"
    status = "custody" if suspect.custody else "conditional_bail" if case.serial % 3 else "unconditional_bail"
    data: dict[str, Any] = {
        "remand_id": ref, "defendant": {"defendant_id": suspect.defendant_id, "court_case_id": case.court_case_id},
        "status": status, "stage": stage, "from_at": iso(time), "court_ou": court_ou,
    }  # fmt: skip
    if status == "custody":
        data["custody_time_limit_on"] = day(time + (56 if stage == "first_hearing" else 182) * DAY)
    told = time
    if until is not None:
        data["until_at"] = iso(until)
        told = until
    case.tell(told + 900, "court.remand", COURTS, ref, data, suspect.persons)


def warrant(case: Case, suspect: Suspect, issued: int, executed: int, court_ou: str) -> None:
    """A bench warrant, issued and later executed."""
    ref = f"W{suspect.ref[1:]}"
    data: dict[str, Any] = {
        "warrant_id": ref, "defendant": {"defendant_id": suspect.defendant_id, "court_case_id": case.court_case_id},
        "kind": "bench", "issued_at": iso(issued), "court_ou": court_ou,
    }  # fmt: skip
    case.tell(issued + HOUR, "court.warrant", COURTS, ref, data, suspect.persons)
    done = {**data, "executed_at": iso(executed)}
    case.tell(executed + HOUR, "court.warrant", COURTS, ref, done, suspect.persons)


def session(bench: Bench, sits: int) -> None:
    """How long a court room sat on the day; of no case."""
    case = bench.cases[0]
    room = str(case.serial)
    case.tell_apart(sits + 9 * HOUR, "court.session", COURTS, f"{bench.court_ou}/{room}/{day(sits)}", {
        "court_ou": bench.court_ou, "court_room": room, "session_on": day(sits), "minutes_planned": 300,
        "minutes_sat": bench.rng.randrange(90, 330),
    })  # fmt: skip


def match(case: Case, suspect: Suspect, time: int) -> None:
    """The courts see that the defendant is a person they know; of no case."""
    case.tell_apart(time, "court.match", COURTS, suspect.defendant_id, {
        "matched": True, "defendant_id": suspect.defendant_id, "court_case_id": case.court_case_id,
        "master_defendant_id": f"MD{suspect.who.number:08d}",
    }, suspect.persons)  # fmt: skip
