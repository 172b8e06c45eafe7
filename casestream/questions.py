"""The questions that leaders ask most, each answered by a few measures and a picture."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from casestream.asking import DEFAULT_PERIOD, Answer, Narrowed, answered
from casestream.measuring import Figures, by_month
from casestream.offences import BURGLARY
from casestream.picture import Bar
from clickhouse.measures import Measure, measures
from clickhouse.store import Store
from processors.figures.rounding import shown

RASSO = ("rasso",)
_STAGES = (
    "recorded", "suspect_identified", "arrested", "referred", "charged", "first_hearing", "convicted", "custody",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars of one measure under a title."""

    title: str
    measure: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Reply:
    """A question's reply: pictures, then the measures with their definitions."""

    pictures: list[Picture]
    answers: list[Answer]


def _answer(store: Store, measure: str, narrowed: Narrowed) -> Answer:
    return answered(store, measures()[measure], narrowed)


def _bar(measure: Measure, label: str, one: Figures, value: str) -> Bar:
    figure = one.values[value]
    told = one.missing.get(value, "") if figure is None else shown(figure, measure.units[value])
    return Bar(label.replace("_", " "), figure, told)


def _months(store: Store, told: Answer, value: str) -> list[Bar]:
    measure = told.question.measure
    return [_bar(measure, f"{month:%b %Y}", one, value) for month, one in by_month(store, told.question)]


def burglary_attrition(store: Store, narrowed: Narrowed) -> Reply:
    """Where burglaries drop out, from the record to the conviction."""
    if not narrowed.offence:
        narrowed = replace(narrowed, offence=BURGLARY)
    funnel, stages, overall = (_answer(store, name, narrowed) for name in ("A01", "A02", "A03"))
    reached, each = funnel.question.measure, stages.question.measure
    return Reply(
        [
            Picture("Crimes that reached each stage", "A01", [
                _bar(reached, stage, funnel.figures[0], stage) for stage in _STAGES
            ]),
            Picture("Lost at each stage, of those that are not open there", "A02", [
                _bar(each, one.keys["stage"], one, "attrition") for one in stages.figures
            ]),
        ],
        [overall, stages, funnel],
    )  # fmt: skip


def report_to_arrest(store: Store, narrowed: Narrowed) -> Reply:
    """How long from the report of a crime to the first arrest."""
    wait, share = (_answer(store, name, narrowed) for name in ("P10", "P10c"))
    clocks = [
        _bar(wait.question.measure, label, wait.figures[0], value)
        for label, value in (("incident", "from_incident"), ("crime", "from_crime"), ("recording", "from_recording"))
    ]
    return Reply(
        [
            Picture("Median by month of the arrest", "P10", _months(store, wait, "median")),
            Picture("What the clock starts with", "P10", clocks),
        ],
        [wait, share],
    )


def victim_profile(store: Store, narrowed: Narrowed) -> Reply:
    """Who the victims are; of rape and serious sexual offences unless other offences or flags are asked for."""
    if not narrowed.offence and not narrowed.flag:
        narrowed = replace(narrowed, flag=RASSO)
    pictures = []
    for name, title in (("sex", "Sex"), ("age_band", "Age at the crime"), ("ethnicity", "Ethnicity"),
                        ("relationship", "Relationship to the suspect")):  # fmt: skip
        told = _answer(store, "V01", replace(narrowed, by=name))
        bars = [_bar(told.question.measure, one.keys[name], one, "victims") for one in told.figures]
        pictures.append(Picture(title, "V01", bars))
    return Reply(pictures, [_answer(store, "V01", narrowed)])


def trial_effectiveness(store: Store, narrowed: Narrowed) -> Reply:
    """How many trials go ahead on their day, and why the others do not."""
    trials, vacated, reasons = (_answer(store, name, narrowed) for name in ("T05", "T06", "T07"))
    measure, why = trials.question.measure, reasons.question.measure
    return Reply(
        [
            Picture("Trials in the list on their day", "T05", [
                _bar(measure, name, trials.figures[0], name) for name in ("effective", "cracked", "ineffective")
            ]),
            Picture("Effective by month", "T05", _months(store, trials, "effective")),
            Picture("Why they did not go ahead", "T07", [
                _bar(why, " ".join(one.keys.values()), one, "listings") for one in reasons.figures
            ]),
        ],
        [trials, vacated, reasons],
    )  # fmt: skip


def reoffending(store: Store, narrowed: Narrowed) -> Reply:
    """Who offends again, and how often; of the newest year whose cohorts are complete, unless a period is asked for."""
    if (narrowed.start, narrowed.end) == DEFAULT_PERIOD:
        narrowed = replace(narrowed, start="now-30M/M", end="now-19M/M")
    rate, often = (_answer(store, name, narrowed) for name in ("H07", "H08"))
    measure, figures = rate.question.measure, rate.figures[0]
    return Reply(
        [
            Picture("Reoffended within a year, by what came before", "H07", [
                _bar(measure, label, figures, value)
                for label, value in (
                    ("released from custody", "after_custody"), ("sentenced without custody", "after_other_sentences"),
                )
            ]),
            Picture("By month of the release or sentence", "H07", _months(store, rate, "rate")),
        ],
        [rate, often],
    )  # fmt: skip


QUESTIONS: dict[str, Callable[[Store, Narrowed], Reply]] = {
    "burglary-attrition": burglary_attrition,
    "report-to-arrest": report_to_arrest,
    "victim-profile": victim_profile,
    "trial-effectiveness": trial_effectiveness,
    "reoffending": reoffending,
}

PICTURED = {"P10": "report-to-arrest", "V01": "victim-profile", "T05": "trial-effectiveness", "H07": "reoffending"}
"""The question that shows more of a measure, by the measure's id."""
