"""A story: one case, or the cases of one person one after the other. Each chapter is a whole case, told at once."""

from typing import NamedTuple

from simulator import cps, police
from simulator.courts import Matter, hearing_time, open_matter, tell_hearing
from simulator.courts import Court as Hearing
from simulator.days import DAY, HOUR, MINUTE, at, day_of, moment, text
from simulator.dice import Dice, Weighted
from simulator.identifiers import Numbers
from simulator.people import Person, moved, someone, twin
from simulator.places import PLACES, PRISONS, Place
from simulator.plan import Plan
from simulator.proceedings import prosecute
from simulator.rates import BY_SHARE, OFFENCES, SPREADS, OffenceKind, share
from simulator.results import adjourn, plead
from simulator.telling import Case, Suspect, Told, Victim

_SHOP = next(kind for kind in OFFENCES if kind.ho_code == "46")
_CPS_ENDS = {"15": ("evidential", 0.2), "9": ("public_interest", 1.0), "16": ("evidential", 0.06)}


class Chapter(NamedTuple):
    """A case that is still to be told: when it begins, where, and who is already known from the chapter before."""

    day: int
    place: Place
    dice: Dice
    offender: Person | None
    victim: Victim | None
    before: OffenceKind | None


class Storyteller:
    """Tells chapters in the order of their days; what it has given out (numbers) is all it remembers."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.numbers = Numbers(plan.seed)
        self.cases = 0
        self._end = plan.end_s
        self._places: Weighted[Place] = Weighted([(PLACES[area], PLACES[area].weight) for area in plan.areas])

    def first_chapter(self, day: int, dice: Dice) -> Chapter:
        """The beginning of a story."""
        return Chapter(day, dice.of(self._places), dice, None, None, None)

    def _case(self, chapter: Chapter, told: list[Told]) -> Case:
        self.cases += 1
        return Case(
            str(self.cases), chapter.place, chapter.dice, self.numbers, self._end, text(chapter.day)[2:4], told,
            self.plan.defects.merges, returning=chapter.offender is not None,
        )

    def tell(self, chapter: Chapter, told: list[Told]) -> Chapter | None:
        """Tell one chapter into `told`; the next one of the story, if the person comes again."""
        dice = chapter.dice
        if chapter.offender is None:
            if dice.chance(share("stop and search, of all stories")):
                self._stop(chapter, told)
                return None
            if dice.chance(share("incident only")):
                police.tell_incident_only(self._case(chapter, told), chapter.day)
                return None
        case = self._case(chapter, told)
        kind = dice.of(BY_SHARE)
        if chapter.before is not None and dice.chance(0.6):
            kind = chapter.before
        end = police.draw_end(dice, kind, self.plan.charged_weight)
        if chapter.offender is not None and end in ("18", "14", "21", "20"):
            end = "1" if dice.chance(0.6) else "15"
        police.tell_crimes(case, kind, chapter.day, end, chapter.victim)
        if not case.crimes:
            return None
        if end in ("18", "14", "21", "20"):
            self._no_suspect(case, kind, end)
            return None
        free = self._suspects(case, chapter, kind, end)
        if free >= self._end:
            return None
        return self._again(case, chapter, kind, end, free)

    def _again(self, case: Case, chapter: Chapter, kind: OffenceKind, end: str, free: int) -> Chapter | None:
        dice = case.dice
        if not dice.chance(share("comes again")):
            return None
        person = case.suspects[0].person
        wait = dice.spell(SPREADS["disposal to next offence" if end == "1" else "pending to next offence"])
        if dice.chance(0.2):
            person = moved(dice, person, case.place.force)
        victim = None
        first = case.crimes[0]
        if first.domestic and first.victims and dice.chance(share("same victim again") * 2):
            victim = first.victims[0]
        place = chapter.place if dice.chance(0.9) else dice.of(self._places)
        return Chapter(day_of(free + wait) + 1, place, dice, person, victim, kind)

    def _no_suspect(self, case: Case, kind: OffenceKind, end: str) -> None:
        dice, crime = case.dice, case.crimes[0]
        if dice.chance(share("crime cancelled")):
            police.tell_cancelled(case)
            return
        spread = "recorded to closed, no suspect" if end == "18" else "recorded to closed, suspect"
        closed = crime.recorded + dice.spell(SPREADS[spread])
        if end == "14" and crime.victims:
            police.tell_support(case, crime, max(crime.recorded + HOUR, closed - 2 * DAY), "does_not_support", "police")
        for one in case.crimes:
            police.tell_outcome(case, one, closed, end)

    def _people(self, case: Case, chapter: Chapter, kind: OffenceKind) -> list[Suspect]:
        dice, force = case.dice, case.place.force
        people = [chapter.offender or someone(dice, self.numbers, force, chapter.day)]
        while len(people) < 3 and not case.crimes[0].domestic and dice.chance(share("co-defendant")):
            if dice.chance(share("twin")):
                people.append(twin(dice, self.numbers, people[0]))
            else:
                people.append(someone(dice, self.numbers, force, chapter.day))
        return [
            Suspect(self.numbers.next(f"SU{force}"), person, case.crimes if index == 0 else case.crimes[:1],
                    self.numbers.asn(force, case.year))
            for index, person in enumerate(people)
        ]

    def _suspects(self, case: Case, chapter: Chapter, kind: OffenceKind, end: str) -> int:
        """From suspects to the end of their case; the time from which the first is free to offend again."""
        dice = case.dice
        last = case.crimes[-1].recorded
        case.suspects = suspects = self._people(case, chapter, kind)
        charged = end == "1"
        case.shortcut = dice.chance(share("asn at court"))
        case.crime_refs_beyond = case.shortcut and dice.chance(share("crime reference beyond the police") / 0.35)
        sexual = kind.cps == "sexual"
        plea = "guilty plea, rape" if kind.ho_code == "19C" else \
            "guilty plea, Crown" if dice.chance(kind.crown) else "guilty plea, magistrates"
        for one in suspects:
            one.guilty = dice.chance(share(plea))
        self._early_victim_care(case, last)
        suspects[0].custody = charged and dice.chance(kind.remand)
        police.tell_suspects(case, suspects, "released_under_investigation" if dice.chance(0.4) else "bail")
        if suspects[0].custody and not suspects[0].arrested:
            suspects[0].custody = False
        seen = max(one.arrested or one.interviewed for one in suspects)
        if charged and dice.chance(share("outcome changes to charged")):
            seen = self._closed_too_soon(case, seen)
        if not charged:
            return self._not_charged(case, seen, end)
        first = suspects[0]
        split = len(suspects) > 1 and dice.chance(share("co-defendant under another URN"))
        groups = [[first], suspects[1:]] if split else [suspects]
        for group in groups:
            urn = self.numbers.urn(case.place.force, case.year)
            for one in group:
                one.urn = urn
        cps.open_proceedings(case, suspects)
        by_police = kind.crown < 0.1 and not sexual and dice.chance(share("charged by police, of summary charges"))
        if by_police:
            when = seen + dice.spell(SPREADS["arrest to charge, police"])
            if first.custody:
                when = seen + dice.whole(6, 22) * HOUR
        else:
            received = max(cps.custody_referral(case, first), seen + HOUR)
            decided = cps.refer(case, suspects, received, charge=True)
            when = decided.at + dice.whole(10, 240) * MINUTE
        for one in suspects:
            one.charged = when
            one.charge_initiation = "C" if first.arrested and (first.custody or dice.chance(0.4)) else "Q"
        for crime in case.crimes:
            tic = crime is not case.crimes[0] and crime.kind is kind and dice.chance(0.1)
            police.tell_outcome(case, crime, when + dice.whole(5, 2000) * MINUTE, "4" if tic else "1")
        if when >= self._end:
            return self._end
        return prosecute(case, groups, lambda suspect, day: self._side_case(case, suspect, day))

    def _early_victim_care(self, case: Case, last: int) -> None:
        dice, crime = case.dice, case.crimes[0]
        for victim in crime.victims:
            if "person" not in victim.data:
                continue
            if dice.chance(0.5):
                police.tell_support(case, crime, last + dice.whole(1, 40) * HOUR, "supports", "police")
            if dice.chance(0.35):
                police.tell_service(case, victim, "needs_assessment", last + HOUR, 5 * DAY, "", crime.ref)
            if dice.chance(0.15):
                police.tell_service(case, victim, "personal_statement_offered", last + DAY, 14 * DAY, "", crime.ref)

    def _closed_too_soon(self, case: Case, seen: int) -> int:
        """An outcome that is assigned and changes when the case is opened again."""
        closed = seen + case.dice.whole(20, 90) * DAY
        for crime in case.crimes:
            police.tell_outcome(case, crime, closed, "16" if crime.victims else "15")
        return closed + case.dice.whole(10, 120) * DAY

    def _not_charged(self, case: Case, seen: int, end: str) -> int:
        """Suspects who are not charged: some are referred to the CPS first."""
        dice, crime = case.dice, case.crimes[0]
        closed = max(crime.recorded + dice.spell(SPREADS["recorded to closed, suspect"]), seen + dice.whole(2, 90) * HOUR)
        reason, likely = _CPS_ENDS.get(end, ("", 0.0))
        if dice.chance(likely):
            urn = self.numbers.urn(case.place.force, case.year)
            for one in case.suspects:
                one.urn = urn
            cps.open_proceedings(case, case.suspects)
            received = max(cps.custody_referral(case, case.suspects[0]), seen + HOUR)
            decided = cps.refer(case, case.suspects, received, charge=False, reason=reason)
            closed = decided.at + dice.whole(60, 4000) * MINUTE
        if end == "16":
            police.tell_support(case, crime, closed - dice.whole(30, 60) * MINUTE, "does_not_support", "police")
        for one in case.crimes:
            police.tell_outcome(case, one, closed, end)
        return closed

    def _side_case(self, main: Case, suspect: Suspect, day: int) -> tuple[Matter, int] | None:
        """A theft on bail: charged by police, admitted at once, put off to the sentence of the main case."""
        chapter = Chapter(day, main.place, main.dice, suspect.person, None, None)
        if at(day, 0) + 5 * DAY >= self._end:
            return None
        case = self._case(chapter, main.told)
        case.shortcut = main.dice.chance(share("asn at court"))
        police.tell_crimes(case, _SHOP, day, "18", None)
        if not case.crimes:
            return None
        dice, force = main.dice, main.place.force
        one = Suspect(self.numbers.next(f"SU{force}"), suspect.person, case.crimes,
                      self.numbers.asn(force, case.year), guilty=True)
        one.urn = self.numbers.urn(force, case.year)
        case.suspects = [one]
        police.tell_suspects(case, [one], "charged")
        cps.open_proceedings(case, [one])
        one.charged = (one.arrested or one.interviewed) + 12 * HOUR
        police.tell_outcome(case, case.crimes[0], one.charged + HOUR, "1")
        heard = hearing_time(day_of(one.charged) + dice.whole(2, 14))
        received = police.tell_prosecution(case, [one], heard) + 30 * MINUTE
        if heard >= self._end:
            return None
        matter = open_matter(case, [one], received)
        hearing = Hearing(case, [matter], started=heard)
        plead(matter.defendants[0], day_of(heard), guilty=True)
        adjourn(hearing, day_of(heard), dice.uuid(), "Sentence", heard + 14 * DAY)
        tell_hearing(hearing, dice.uuid(), heard, "First hearing")
        return matter, heard

    def _stop(self, chapter: Chapter, told: list[Told]) -> None:
        """A stop and search: no crime, no case."""
        dice, force = chapter.dice, chapter.place.force
        when = at(chapter.day, dice.whole(8, 23) * HOUR + dice.whole(0, 59) * MINUTE)
        ref = self.numbers.next(f"ST{force}")
        found = dice.chance(0.28)
        self.aside(chapter, told).aside(when, "police.stop_search", police.source(force), ref, {
            "stop_ref": ref, "force": force, "stopped_at": moment(when), "kind": "Person search",
            "sex": "Male" if dice.chance(0.88) else "Female", "age_range": dice.pick(("10-17", "18-24", "25-34", "over 34")),
            "ethnicity_observed": dice.pick(("White", "White", "White", "Black", "Asian", "Other")),
            "legislation": "Misuse of Drugs Act 1971 (section 23)", "object_of_search": "Controlled drugs",
            "outcome": dice.pick(("Arrest", "Community resolution", "Penalty Notice for Disorder")) if found
            else "A no further action disposal",
            "outcome_linked_to_object": found,
        })

    def aside(self, chapter: Chapter, told: list[Told]) -> Case:
        """For what belongs to no case."""
        return Case("", chapter.place, chapter.dice, self.numbers, self._end, text(chapter.day)[2:4], told, 0.0)

    def tell_capacity(self, day: int, told: list[Told]) -> None:
        """What every prison can hold, told at the start of a month."""
        for index, prison in enumerate(PRISONS):
            room = 500 + index % 7 * 110
            when = at(day, 6 * HOUR + index * MINUTE)
            if when < self._end:
                self.aside(Chapter(day, next(iter(PLACES.values())), Dice(day), None, None, None), told).aside(
                    when, "hmpps.prison_capacity", "/hmpps/capacity", f"{prison}/{text(day)}", {
                        "prison_id": prison, "on": text(day), "operational_capacity": room + day % 5,
                        "certified_accommodation": room * 9 // 10, "operating_margin": room // 50,
                    },
                )
