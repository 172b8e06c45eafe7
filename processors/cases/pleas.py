"""A defendant's plea, for the guilty plea rate and its stage (measures C11, T09 to T11)."""

from processors.cases.court_model import CourtCase
from processors.cases.judged import Judged, guilty_plea, not_guilty_plea
from processors.cases.linked import Linked


def plea_on_day(linked: Linked, defendant: str, day: int) -> str:
    """What a defendant pleaded, or indicated, on a day: guilty if to any offence."""
    said = ""
    for judged in linked.judged.values():
        for one in judged:
            if one.defendant.key != defendant:
                continue
            plea = one.plea if one.plea and one.plea_on == day else ""
            if not plea and one.offence.base is not None and one.offence.base.indicated_plea and one.plea_on is None:
                plea = one.offence.base.indicated_plea.lower()
            if plea and guilty_plea(plea):
                return "guilty"
            if plea and not_guilty_plea(plea):
                said = "not_guilty"
    return said


def plea_of(judged: list[Judged]) -> tuple[str, int | None]:
    """The defendant's plea for the guilty plea rate (measure T09), and its day. Guilty: to all; or to some, with no
    jury sworn on the rest; or to alternatives that were accepted with no jury sworn. Else dropped or not guilty."""
    guilty = [one for one in judged if guilty_plea(one.plea)]
    denied = [one for one in judged if not_guilty_plea(one.plea)]
    if guilty or denied:
        tried = [one for one in denied if one.offence.jury_sworn]
        accepted = [one for one in denied if one.offence.alternative and one.verdict.startswith("guilty")]
        if not tried and (guilty or accepted):
            days = [one.plea_on for one in guilty or accepted if one.plea_on is not None]
            return "guilty", max(days, default=None)
        if all(one.result == "dropped" for one in judged):
            return "dropped", None
        return "not_guilty", max((one.plea_on for one in denied if one.plea_on is not None), default=None)
    return ("dropped" if judged and all(one.result == "dropped" for one in judged) else "no_plea"), None


def plea_stage(linked: Linked, case: CourtCase, plea: str, plea_on: int | None, sworn: int | None) -> str:
    """When a guilty plea came: before_trial, cracked_trial or after_trial_start. `sworn`: the day of the jury."""
    if plea != "guilty" or plea_on is None:
        return ""
    if sworn is not None and sworn <= plea_on:
        return "after_trial_start"
    for listing in linked.listings:
        if case.id in listing.cases and listing.day <= plea_on and plea_on in {listing.day, *listing.days}:
            return "cracked_trial" if listing.status == "cracked" else "after_trial_start"
    return "before_trial"
