"""Two person records as people linking compares them: the keys by which they meet, levels and weights, and what comes
of it. For `casestream explain`: keys and levels by name, never the values of people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isinf

from casestream.people_decisions import DecisionsAtHand
from grafana.drawing import Drawing
from grafana.waterfalls import steps
from processors.people.blocking import BlockingRules
from processors.people.cleaning.clean import clean, strong_identifiers
from processors.people.clustering import LIMITS, Entry, Meeting, People, SharedKey
from processors.people.clustering.decisions import what_stands
from processors.people.clustering.verdicts import Verdict
from processors.people.scoring.pairs import PairScore
from processors.people.scoring.waterfall import render
from streams.look import NOW, Look
from streams.people_model import in_force, scorer_of
from streams.people_store import PeopleStore

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two person records: the model's score with its reasons, how they meet, and the verdict. `standing` is what was
    decided of them, empty for nothing; `given_up` the one that its service gave up for another, which is compared with
    nobody."""

    ids: Pair
    score: PairScore
    verdict: Verdict
    meeting: Meeting
    standing: str
    same_number: bool
    given_up: str = ""

    def outcome(self) -> str:
        """What the two are to each other."""
        told = self.verdict
        if self.given_up:
            return f"not compared: {self.given_up} is given up by its service for another"
        if told.apart == "excluded":
            return f"kept apart: {told.apart}"
        if not self.meeting.compared:
            return self._not_compared()
        if told.apart is not None:
            return f"kept apart: {told.apart}"
        if told.joined and isinf(told.weight):
            return "joined by a decision" if self.standing else "joined by a service's own number"
        if told.joined:
            return f"joined: {LIMITS.join:g} bits or more"
        return f"not joined by themselves: less than {LIMITS.join:g} bits"

    def _not_compared(self) -> str:
        if not self.meeting.keys:
            return "not compared: no shared key"
        return f"not compared: held out: on {min(key.records for key in self.meeting.keys):,} records"

    def lines(self) -> Iterator[str]:
        """For people: keys, levels, outcome."""
        yield from self._keys()
        yield from render(self.score.waterfall).splitlines()
        yield from self._ends()

    def _keys(self) -> Iterator[str]:
        """The shared keys, a line each; and by what else the two meet."""
        yield from (f"shared key: {_told(key)}" for key in self.meeting.keys)
        if self.meeting.how == "component":
            yield "no key that counts: compared because others join them"

    def _ends(self) -> Iterator[str]:
        """What comes of the weight."""
        if self.score.twins:
            yield f"possible twins: held at {self.score.match_weight:g} bits"
        yield self.outcome()

    def figures(self) -> dict[str, object]:
        """For machines; weights in bits."""
        chart = self.score.waterfall
        return {
            "keys": [{**key._asdict(), "on": list(key.on)} for key in self.meeting.keys],
            "meet_by": "given up" if self.given_up else self.meeting.how,
            "prior_weight": chart.prior_weight,
            "comparisons": [
                {"comparison": bar.comparison, "level": bar.level, "weight": bar.weight,
                 "frequency_adjustment": bar.frequency_adjustment}
                for bar in chart.bars
            ],
            "match_weight": self.score.match_weight, "match_probability": chart.match_probability,
            "possible_twins": self.score.twins, "same_number": self.same_number,
            "outcome": self.outcome(),
        }  # fmt: skip

    def drawn(self) -> Drawing:
        """The waterfall, with the keys and the outcome below."""
        chart = self.score.waterfall
        told = [("prior", chart.prior_weight, "two random records")]
        told += [(bar.comparison, bar.weight + bar.frequency_adjustment, bar.level) for bar in chart.bars]
        return steps(told, "bits", f"{self.ids[0]} and {self.ids[1]}", (*self._keys(), *self._ends()))


def _told(key: SharedKey) -> str:
    by = f"rule {key.rule}" if key.rule else "no rule of the model"
    out = f": held out, more than {LIMITS.key_records}" if key.held_out else ""
    return f"{by}: {', '.join(key.on)}; on {key.records:,} records{out}"


_NOT_AT_ALL = Meeting("no key")


class Comparing:
    """Person records under the scoring in force, as people linking has them now. Raises StoreError."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.scoring = in_force(look.store)
        self.scorer = scorer_of(look.store, self.scoring)
        self._known = PeopleStore(look.store)
        self._known.below, self._known.scoring = NOW, self.scoring.number
        self._people = People(self.scorer, BlockingRules.of(self.scorer.model), elsewhere=self._known)

    def entries(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Some person records, as far as there are any."""
        return dict(self._known.entries(sorted(set(ids))))

    def pairs(self, ids: Sequence[Pair]) -> dict[Pair, Compared]:
        """Pairs of person records. Those of which one is not told any more are left out."""
        entries = self.entries(one for pair in ids for one in pair)
        told = {one: entry.record for one, entry in entries.items() if entry.record is not None}
        at_hand = DecisionsAtHand(self._look, entries)
        ready = self._people.ready(told)
        given_up = {one for one in told if one not in ready and at_hand.decisions.merged_into(one) is not None}
        ready |= {
            one: self.scorer.prepare(one, clean(told[one], at_hand.decisions.override(one))) for one in given_up
        }
        numbers = {one: set(strong_identifiers(told[one])) for one in ready}
        pairs = [pair for pair in ids if pair[0] in ready and pair[1] in ready]
        meeting = [pair for pair in pairs if given_up.isdisjoint(pair)]
        meetings = dict(zip(meeting, self._people.meetings(meeting), strict=True))
        found = {}
        for pair in pairs:
            score = self.scorer.explain(*(ready[one] for one in pair))
            met = meetings.get(pair)
            found[pair] = Compared(
                pair, score,
                self._people.verdict(*pair) if met is not None else Verdict(score.match_weight, False, None, False),
                met or _NOT_AT_ALL, what_stands(at_hand.standing(*pair)) or "",
                not numbers[pair[0]].isdisjoint(numbers[pair[1]]),
                next((one for one in pair if one in given_up), ""),
            )  # fmt: skip
        return found
