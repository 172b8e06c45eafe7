"""What prisons and probation tell: movements, recalls, supervision, and the people they hold. A movement names the
court case of its warrant, supervision the URN or the ASN; its end names nothing but the supervision."""

from typing import Any

from simulator.defects import doubled
from simulator.moments import DAY, HOUR, day, iso
from simulator.rates import rate
from simulator.story import PRISONS, PROBATION, Case, Suspect

PRISON_IDS = ("AAI", "BBI", "CCI", "DDI")
_REASONS = ("non_compliance", "further_charge", "failed_to_keep_in_touch", "failed_to_reside", "drugs_alcohol")


def prison_of(case: Case) -> str:
    """The prison that serves the case's area."""
    return PRISON_IDS[int(case.force) % len(PRISON_IDS)]


def _apart(case: Case, time: int) -> int:
    """A person with two cases has two states of one record: not at the same time, even if both are heard at once."""
    return time + case.serial % 1_199


def _movement(
    case: Case, suspect: Suspect, mark: str, movement: str, time: int, code: str, custody_type: str,
    sentence: dict[str, Any],
) -> None:  # fmt: skip
    ref = f"M{suspect.ref[1:]}-{mark}"
    case.tell(time + 1800, "hmpps.custody_movement", PRISONS, ref, {
        "movement_id": ref, "prison_number": suspect.who.prison_number, "movement": movement, "at": iso(time),
        "prison_id": prison_of(case), "movement_code": code, "custody_type": custody_type, "sentence": sentence,
    }, suspect.persons)  # fmt: skip


def _prisoner(case: Case, suspect: Suspect, time: int, inside: bool, status: str, legal: str) -> None:
    case.tell_apart(_apart(case, time + 2400), "hmpps.prisoner", PRISONS, suspect.who.prison_number, {
        "prison_number": suspect.who.prison_number, "person": suspect.who.at_prison, "status": status,
        "in_out_status": "IN" if inside else "OUT", "prison_id": prison_of(case), "legal_status": legal,
    }, suspect.persons)  # fmt: skip


def _warrant(case: Case, suspect: Suspect) -> dict[str, Any]:
    return {"court_case_id": case.court_case_id, "urn": case.urn} if case.serial % 2 else {
        "court_case_id": case.court_case_id
    }  # fmt: skip


def remanded(case: Case, suspect: Suspect, time: int) -> None:
    """Into custody before trial."""
    _movement(case, suspect, "R", "received", time, "N", "remand_untried", _warrant(case, suspect))
    _prisoner(case, suspect, time, True, "ACTIVE IN", "REMAND")


def freed(case: Case, suspect: Suspect, time: int) -> None:
    """Out of remand, since nothing was proved."""
    _movement(case, suspect, "F", "released", time, "CR", "remand_untried", _warrant(case, suspect))
    _prisoner(case, suspect, time, False, "INACTIVE OUT", "REMAND")


def sentenced(case: Case, suspect: Suspect, code: str, days: float, time: int) -> None:
    """What a sentence leads to: prison and licence, or supervision in the community, or nothing. Whoever was held on
    remand leaves it."""
    rng = case.rng
    if code != "1002":
        if suspect.custody:
            _movement(case, suspect, "F", "released", time, "CR", "remand_unsentenced", _warrant(case, suspect))
            _prisoner(case, suspect, time, False, "INACTIVE OUT", "REMAND")
        if code in ("1115", "1116"):
            kind = "suspended_sentence_order" if code == "1115" else "community_order"
            _supervise(case, suspect, kind, "O", time + DAY, 365, rate("order completed"), "revoked")
        return
    sentence = {**_warrant(case, suspect), "sentenced_on": day(time - 4 * HOUR)}
    _movement(case, suspect, "S", "received", time, "N", "sentenced", sentence)
    _prisoner(case, suspect, time, True, "ACTIVE IN", "SENTENCED")
    released = time + max(4 * DAY, int(days * 0.42 * DAY))
    _movement(case, suspect, "L", "released", released, "CR", "sentenced", sentence)
    _prisoner(case, suspect, released, False, "INACTIVE OUT", "SENTENCED")
    licence = max(60, int(days * 0.5))
    recall = rng.random() < rate("recalled")
    _supervise(case, suspect, "licence", "L", released + HOUR, licence, 0.0 if recall else 0.97, "recalled")
    if recall:
        _recall(case, suspect, released + 10 * DAY + rng.randrange(max(1, (licence - 20) * DAY)), sentence)


def _supervise(
    case: Case, suspect: Suspect, kind: str, mark: str, start: int, days: int, completed: float, otherwise: str,
) -> None:  # fmt: skip
    rng, who = case.rng, suspect.who
    ref = f"SV{suspect.ref[1:]}-{mark}"
    by_urn = rng.random() < rate("urn on supervision")
    state = {
        "supervision_id": ref, "crn": who.crn, "kind": kind, "started_at": iso(start),
        "expected_end_on": day(start + days * DAY), "region": f"R{int(case.force) % 12 + 1:02d}",
        "sentence": {"urn": case.urn} if by_urn else {"asn": suspect.asn},
    }  # fmt: skip
    _probation_case(case, suspect, start)
    if rng.random() < rate("held twice"):
        case.told += doubled(case.told[-1])  # two numbers of one person, merged later
    case.tell(start + 3600, "hmpps.supervision", PROBATION, ref, state, suspect.persons)
    if rng.random() < 0.3:
        _notice(case, suspect, start + 20 * DAY)
    done = rng.random() < completed
    ended = start + (days if done else rng.randrange(20, max(21, days))) * DAY
    case.tell(ended + 3600, "hmpps.supervision_end", PROBATION, ref, {
        "supervision_id": ref, "crn": who.crn, "ended_at": iso(ended),
        "termination_reason": "completed" if done else otherwise,
    }, suspect.persons)  # fmt: skip


def _probation_case(case: Case, suspect: Suspect, time: int) -> None:
    crn = suspect.who.crn
    case.tell_apart(_apart(case, time + 1800), "hmpps.probation_case", PROBATION, crn, {
        "crn": crn, "person": suspect.who.at_probation, "status": "CURRENT",
        "region": f"R{int(case.force) % 12 + 1:02d}",
    }, suspect.persons)  # fmt: skip


def _notice(case: Case, suspect: Suspect, time: int) -> None:
    name = "probation-case.registration.added"
    case.tell_apart(time, "hmpps.notice", PROBATION, f"{name}/N{suspect.ref[1:]}", {
        "notice": name, "crn": suspect.who.crn, "detail": "registration added",
    }, suspect.persons)  # fmt: skip


def _recall(case: Case, suspect: Suspect, time: int, sentence: dict[str, Any]) -> None:
    rng = case.rng
    ref = f"RC{suspect.ref[1:]}"
    fixed = rng.random() < 0.5
    state: dict[str, Any] = {
        "recall_id": ref, "prison_number": suspect.who.prison_number, "crn": suspect.who.crn, "recalled_at": iso(time),
        "kind": "fixed_term" if fixed else "standard", "reasons": rng.sample(_REASONS, rng.choice((1, 1, 2))),
        "sentence": sentence,
    }  # fmt: skip
    case.tell(time + HOUR, "hmpps.recall", PRISONS, ref, state, suspect.persons)
    back = time + int(rng.expovariate(1 / (3 * DAY))) + 2 * HOUR
    case.tell(back + HOUR, "hmpps.recall", PRISONS, ref, {**state, "returned_at": iso(back)}, suspect.persons)
    _movement(case, suspect, "B", "received", back, "24", "recall", sentence)
    _prisoner(case, suspect, back, True, "ACTIVE IN", "RECALL")
    out = back + (28 if fixed else rng.randrange(60, 200)) * DAY
    _movement(case, suspect, "E", "released", out, "CR", "recall", sentence)
    _prisoner(case, suspect, out, False, "INACTIVE OUT", "RECALL")
