"""CPS charging reviews -> cps.decision, one for each suspect of a review. A file may also hold what HMCTS notify the
CPS of, and ejected cases: `cps_notifications`.

The two-way interface between police and CPS has no public schema; the shape read here is the charging review that
the courts' staging service receives:

    {"reviews": [{"caseId", "reviewId", "version",
                  "suspects": [{"id", "suspectId", "codeTestAnalysis": {"codeTestLevel", "codeTestOutcome"},
                                "proposedCharges": [...], "authorisedCharges": [...]}]}]}

A review is reviewed again under the same id and a higher `version`, which is the event's `sequence`. It carries no
time: `time` is that of its envelope (`_metadata.createdAt`), else the source's `at`, else none.
"""

from collections.abc import Iterator

from pydantic import ValidationError

from processors.adapters.base import Refusal, SourceFile, content_digest
from processors.adapters.common_platform_shape import object_of, objects
from processors.adapters.cps_notifications import told_by_hmcts
from processors.adapters.documents import Document, canonical, documents
from processors.adapters.fields import on, part, text
from processors.adapters.refuse import UnreadableError, refusal_from_validation
from processors.adapters.sns import unwrap
from processors.adapters.times import moment
from processors.adapters.whole import some
from schemas.events import CpsDecisionEvent, Event

SOURCE = "cps/charging-review"

_LEVELS = {"FULL_CODE_TEST": "full_code", "THRESHOLD_TEST": "threshold"}
_PLEAS = {"GUILTY": "guilty", "NOT_GUILTY": "not_guilty"}


def cps(source: SourceFile) -> Iterator[Event | Refusal]:
    """The events of a CPS file or message.

    Refusals: `malformed-json`, `too-large`, `too-deep`, `unknown-message-type` (it names the type), `wrong-shape`,
    `missing-field`, `told-twice`, `invalid-<field>`; a suspect that cannot be used is refused alone."""
    if source.name.lower().endswith(".csv"):
        header = source.content[:200].decode("utf-8", "replace").partition("\n")[0].strip()
        yield Refusal("unknown-message-type", "header", header, "CPS send no CSV files", 0, source.content)
        return
    for document in documents(source):
        if isinstance(document, Refusal):
            yield document
        else:
            yield from _read(document, moment(source.at))


def _read(document: Document, at: str | None) -> Iterator[Event | Refusal]:
    try:
        payload, _, sent = unwrap(document.value)
        time = moment(text(part(payload, "_metadata"), "createdAt")) or sent or at
        reviews = payload.get("reviews") if isinstance(payload, dict) else None
        if not isinstance(reviews, list):
            yield from _notified(payload, time)
            return
    except UnreadableError as broken:
        yield broken.refusal(document.line, document.raw)
        return
    except ValidationError as error:
        yield refusal_from_validation(error, document.line, document.raw)
        return
    if not reviews:
        yield Refusal("invalid-reviews", "reviews", "", "has no review", document.line, document.raw)
    told: dict[str, str] = {}
    for review in reviews:
        try:
            suspects = _suspects(review)
        except UnreadableError as broken:
            yield broken.refusal(document.line, document.raw)
            continue
        for suspect in suspects:
            try:
                event = _decision(review, suspect, time)
                state = f"{event.subject}\x1f{event.sequence}"
                if told.setdefault(state, event.id) != event.id:
                    reason = "the message tells differently of one suspect in one version of a review"
                    raise UnreadableError("told-twice", "suspectId", event.data.proceeding.suspect_id, reason)
                yield event
            except UnreadableError as broken:
                yield broken.refusal(document.line, document.raw)
            except ValidationError as error:
                yield refusal_from_validation(error, document.line, document.raw)


def _notified(payload: object, time: str | None) -> list[Event]:
    """The events of a notification, all or none."""
    told = told_by_hmcts(payload, time) if isinstance(payload, dict) else None
    if told is None:
        raise UnreadableError("unknown-message-type", "reviews", "", "is no charging review and no notification")
    return some(told)


def _suspects(review: object) -> list[object]:
    if not isinstance(review, dict):
        raise UnreadableError("wrong-shape", "reviews", review, "a review is an object")
    suspects = review.get("suspects")
    if not isinstance(suspects, list | None):
        raise UnreadableError("wrong-shape", "suspects", suspects, "suspects is a list of objects")
    if not suspects:
        raise UnreadableError("missing-field", "suspects", None, "a review has at least one suspect")
    return suspects


def _decision(review: object, suspect: object, time: str | None) -> CpsDecisionEvent:
    """One suspect's decision. Subject: review and suspect, so that a later version is a later state of it. Charges in a
    shape that is not documented are refused: taken for none, they would make a charge a decision that is pending."""
    review_id = _need(review, "reviewId")
    if not isinstance(suspect, dict):
        raise UnreadableError("wrong-shape", "suspects", suspect, "a suspect is an object")
    suspect_id = _need(suspect, "suspectId", "id")
    case_id = text(review, "caseId")
    sequence = text(review, "version")
    decision_id = f"{review_id}/{suspect_id}"
    authorised = objects(suspect, "authorisedCharges")
    analysis = object_of(suspect, "codeTestAnalysis")
    met = _met(text(analysis, "codeTestOutcome"))
    data: dict[str, object] = {
        "decision_id": decision_id,
        "proceeding": {
            "proceeding_id": f"{case_id or review_id}/{suspect_id}", "cps_case_id": case_id, "suspect_id": suspect_id,
        },
        "decision": "charge" if authorised else "no_further_action" if met is False else "pending",
        "code_test": _LEVELS.get(text(analysis, "codeTestLevel") or ""),
        "code_test_met": met,
        "anticipated_plea": _plea([_PLEAS.get(text(charge, "anticipatedPlea") or "") for charge in authorised]),
        "proposed_charges": [_charge(charge) for charge in objects(suspect, "proposedCharges")],
        "authorised_charges": [_charge(charge) for charge in authorised],
    }
    return CpsDecisionEvent.model_validate({
        "id": content_digest("cps.decision", canonical(data), sequence or "", time or ""), "source": SOURCE,
        "subject": decision_id, "time": time, "sequence": sequence, "data": data,
    })


def _met(outcome: str | None) -> bool | None:
    """`FULL_CODE_TEST_MET`, `THRESHOLD_TEST_NOT_MET` ...; None for any other text."""
    if outcome is None or "_MET" not in outcome:
        return None
    return "NOT_MET" not in outcome


def _plea(pleas: list[str | None]) -> str | None:
    """The plea expected on all authorised charges; `not_known` where they differ or one is not told."""
    if not any(pleas):
        return None
    return pleas[0] if len(set(pleas)) == 1 else "not_known"


def _charge(charge: dict[str, object]) -> dict[str, object]:
    return {
        "charge_id": text(charge, "id"),
        "offence_code": text(charge, "cjsCode"),
        "title": text(charge, "description"),
        "category": text(charge, "category"),
        "occurred_from": on(charge, "fromDate"),
        "occurred_to": on(charge, "toDate"),
        "anticipated_plea": _PLEAS.get(text(charge, "anticipatedPlea") or ""),
    }


def _need(holder: object, *names: str) -> str:
    found = text(holder, *names)
    if found is None:
        raise UnreadableError(f"invalid-{names[0]}", names[0], "", "is required")
    return found
