"""Was everything assessed, by the right people, in the right way?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.base import check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, all_of, any_of, truth
from parchemin.core.facts import Accreditation, Assessment, Attendance, Evaluator, Link, Result
from parchemin.core.scheme import ActorId, BlockId, Composition, Learning, MethodId, Unit, Unknown

NO_ASSESSMENTS = Seen(UNKNOWN, "évaluations non renseignées")
NO_RESULTS = Seen(UNKNOWN, "résultats non renseignés")


def _sat(case: Case) -> list[Assessment]:
    return [sitting for sitting in case.facts.assessments or () if sitting.attendance is Attendance.HELD]


@check
class MethodsPassed:
    """Each block aimed at has passed its methods: all of them, any of them, or at least so many."""

    def look(self, case: Case) -> Seen:
        """Told block by block; UNKNOWN where the source does not say how the methods join."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        found = {id: _composed(case, case.scheme.blocks[id].methods) for id in case.targets()}
        lacking = [f"{id} : {seen.words}" for id, seen in found.items() if seen.outcome is not MET]
        told = " ; ".join(lacking) or f"épreuves réussies pour {words.several(found)}"
        return Seen(all_of(seen.outcome for seen in found.values()) if found else UNKNOWN, told)


def _composed(case: Case, methods: Composition | Unknown) -> Seen:
    if isinstance(methods, Unknown):
        return Seen(UNKNOWN, "la source ne dit pas quelles épreuves sont requises")
    wanted = methods.all_of or methods.any_of or methods.of
    states = {id: passed(case, id) for id in wanted}
    least = methods.at_least if methods.of and methods.at_least is not None else 1 if methods.any_of else len(wanted)
    sure = sum(seen.outcome is MET for seen in states.values())
    maybe = sum(seen.outcome is UNKNOWN for seen in states.values())
    outcome = MET if sure >= least else UNKNOWN if sure + maybe >= least else NOT_MET
    return Seen(outcome, words.several(seen.words for seen in states.values() if seen.outcome is not MET))


def passed(case: Case, method: str) -> Seen:
    """Whether one sitting of the method was passed, and what is known; an absence is told apart from a failure."""
    title = case.scheme.methods[method].title
    sittings = case.assessments_of(method)
    if not sittings:
        return Seen(NOT_MET, f"{title} : à passer")
    held = [sitting for sitting in sittings if sitting.attendance is Attendance.HELD]
    outcome = any_of(truth(sitting.is_passed) for sitting in held)
    if outcome is MET:
        return Seen(MET, f"{title} : réussie")
    if outcome is UNKNOWN:
        return Seen(UNKNOWN, f"{title} : résultat non établi")
    last = sittings[-1].attendance
    return Seen(NOT_MET, f"{title} : {'échec' if last is Attendance.HELD else words.ATTENDANCES[last]}")


@check
class EvaluatorsPresent:
    """Each sitting had the evaluators its method asks, by profile and number."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with who was missing; UNKNOWN where the source does not say who assesses."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        found = [seen for sitting in _sat(case) for seen in _pairs(case, sitting)]
        outcome = all_of(seen.outcome for seen in found)
        told = " ; ".join(seen.words for seen in found if seen.outcome is not MET)
        return Seen(outcome, told or f"{words.plural(len(_sat(case)), 'évaluation')} avec les évaluateurs prévus")


def _pairs(case: Case, sitting: Assessment) -> Iterator[Seen]:
    method = case.scheme.methods[sitting.method]
    if isinstance(method.evaluators, Unknown):
        yield Seen(UNKNOWN, f"{method.title} : la source ne dit pas qui évalue")
    elif method.evaluators and sitting.evaluators is None:
        yield Seen(UNKNOWN, f"{method.title} : évaluateurs non renseignés")
    else:
        for role, count in (method.evaluators or {}).items():
            present = sum(evaluator.role == role for evaluator in sitting.evaluators or ())
            title = case.scheme.actors[role].title
            yield Seen(truth(present >= count), f"{method.title} : {title} {present} sur {count}")


@check
class AccreditedOn:
    """Each evaluator with one of ``roles`` was accredited for it on the day of the assessment.

    One decided after that day does not count, unless ``retroactive``; with ``trained``, training is proved.
    """

    roles: tuple[ActorId, ...]
    trained: bool = False
    retroactive: bool = False

    def look(self, case: Case) -> Seen:
        """NOT_MET with who was not accredited and what they held."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        found = [
            self._accredited(case, evaluator, sitting.day)
            for sitting in _sat(case)
            for evaluator in sitting.evaluators or ()
            if evaluator.role in self.roles
        ]
        if not found:
            return Seen(UNKNOWN, "aucun évaluateur renseigné pour ce rôle")
        told = " ; ".join(seen.words for seen in found if seen.outcome is not MET)
        return Seen(all_of(seen.outcome for seen in found), told or "évaluateurs habilités le jour de l'évaluation")

    def _accredited(self, case: Case, evaluator: Evaluator, day: date | None) -> Seen:
        who = f"{evaluator.name} ({case.scheme.actors[evaluator.role].title})"
        if day is None or evaluator.accreditations is None:
            missing = "date d'évaluation" if day is None else "habilitation"
            return Seen(UNKNOWN, f"{who} : {missing} non renseignée")
        held = [a for a in evaluator.accreditations if a.role == evaluator.role]
        outcome = any_of(self._covers(accreditation, day) for accreditation in held)
        told = {MET: "habilité", UNKNOWN: "formation aux outils non renseignée", NOT_MET: "non habilité"}[outcome]
        ended = [a.until for a in held if a.until and a.until < day]
        since = f", habilitation finie le {words.day(max(ended))}" if ended and outcome is NOT_MET else ""
        return Seen(outcome, f"{who} : {told} le {words.day(day)}{since}")

    def _covers(self, accreditation: Accreditation, day: date) -> Outcome:
        late = accreditation.granted_on is not None and accreditation.granted_on > day and not self.retroactive
        within = accreditation.from_ <= day and (accreditation.until is None or day <= accreditation.until)
        return all_of((truth(within and not late), truth(accreditation.is_trained) if self.trained else MET))


@check
class NoLink:
    """No evaluator with one of ``roles`` (any role when empty) has one of ``links`` with the candidate."""

    links: tuple[Link, ...]
    roles: tuple[ActorId, ...] = ()

    def look(self, case: Case) -> Seen:
        """NOT_MET with each link; UNKNOWN when somebody has not declared."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        sat = [e for sitting in _sat(case) for e in sitting.evaluators or () if not self.roles or e.role in self.roles]
        return unlinked(((evaluator.name, evaluator.links) for evaluator in sat), self.links)


def unlinked(people: Iterable[tuple[str, tuple[Link, ...] | None]], refused: tuple[Link, ...]) -> Seen:
    """Whether nobody has a refused link with the candidate; UNKNOWN when somebody's are not declared."""
    found = dict(people)
    tied = [f"{name} : {words.LINKS[link]}" for name, links in found.items() for link in links or () if link in refused]
    silent = [f"{name} : liens non déclarés" for name, links in found.items() if links is None]
    outcome = NOT_MET if tied else UNKNOWN if silent else MET
    return Seen(outcome, " ; ".join(tied + silent) or "aucun lien déclaré")


@check
class OnlyAssessed:
    """Results bear only on what the framework assesses."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the codes that are not assessed or do not exist."""
        results = case.results()
        if results is None:
            return NO_RESULTS
        known = case.scheme.competences
        strange = [f"{code} : inconnue du référentiel" for code in results if code not in case.scheme.codes_known]
        refused = [
            f"{code} : ne fait pas partie des compétences évaluées"
            for code in results
            if code in known and known[code].is_assessed is False
        ]
        told = " ; ".join(refused + strange)
        return Seen(truth(not told), told or f"{len(results)} résultats sur des compétences évaluées")


@check
class AllAssessed:
    """Every assessed competence has a result, acquired or not."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the competences without a result."""
        return _each(case, lambda result: truth(result.is_acquired is not None), "évaluées", "sans résultat")


@check
class AllAcquired:
    """Every assessed competence is acquired."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with those that are not; the count is out of the assessed competences only."""
        return _each(case, lambda result: truth(result.is_acquired), "acquises", "manque")


@check
class EvidencePerResult:
    """Each result on an assessed competence rests on at least ``at_least`` pieces of evidence."""

    at_least: int

    def look(self, case: Case) -> Seen:
        """NOT_MET with the competences short of evidence, UNKNOWN when evidence is not counted."""
        results = case.results()
        if results is None:
            return NO_RESULTS
        judged = {code: result.evidence for code, result in results.items() if code in case.scheme.assessed}
        outcome = all_of(truth(None if n is None else n >= self.at_least) for n in judged.values())
        short = [code for code, n in judged.items() if n is None or n < self.at_least]
        told = f"preuves : {len(judged) - len(short)} résultats sur {len(judged)}"
        return Seen(outcome, told + (f" ; manque {words.several(short)}" if short else ""))


def _each(case: Case, judge: Callable[[Result], Outcome], done: str, lacking: str) -> Seen:
    results = case.results()
    if results is None:
        return NO_RESULTS
    assessed = case.scheme.assessed
    if not assessed:
        return Seen(UNKNOWN, "compétences évaluées inconnues")
    missing = [code for code in assessed if code not in results or judge(results[code]) is NOT_MET]
    unsure = [code for code in assessed if code in results and judge(results[code]) is UNKNOWN]
    outcome = NOT_MET if missing else UNKNOWN if unsure else MET
    count = len(assessed) - len(missing) - len(unsure)
    told = f"{count} {done} sur {len(assessed)}"
    told += f" ; {lacking} {words.several(missing)}" if missing else ""
    told += f" ; à établir {words.several(unsure)}" if unsure else ""
    return Seen(outcome, told, {"missing": missing, "unsure": unsure})


@check
class TimeAllowed:
    """Each sitting lasted the time its method sets, multiplied by the accommodation granted by that day."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the time given and the time due."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        found = [seen for sitting in _sat(case) if (seen := _timed(case, sitting))]
        told = " ; ".join(seen.words for seen in found)
        return Seen(all_of(seen.outcome for seen in found), told or "aucune durée fixée")


def _timed(case: Case, sitting: Assessment) -> Seen | None:
    method = case.scheme.methods[sitting.method]
    if method.minutes is None:
        return None
    if isinstance(method.minutes, Unknown) or sitting.minutes is None:
        return Seen(UNKNOWN, f"{method.title} : durée inconnue")
    granted = [
        accommodation.time
        for accommodation in case.facts.accommodations
        if sitting.method in accommodation.methods
        and accommodation.granted_on is not None
        and (sitting.day is None or accommodation.granted_on <= sitting.day)
    ]
    due = method.minutes * max(granted, default=Fraction(1))
    said = f"{method.title} : {sitting.minutes} minutes pour {words.number(due)}"
    return Seen(truth(sitting.minutes == due), said + (" (aménagement accordé)" if granted else ""))


@check
class PlaceAmong:
    """Each sitting was held in one of ``places``, or in one its method allows when none are given."""

    places: tuple[str, ...] = ()

    def look(self, case: Case) -> Seen:
        """NOT_MET with the sittings held elsewhere."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        found = [self._placed(case, sitting) for sitting in _sat(case)]
        told = " ; ".join(seen.words for seen in found if seen.outcome is not MET)
        return Seen(all_of(seen.outcome for seen in found), told or "lieux conformes")

    def _placed(self, case: Case, sitting: Assessment) -> Seen:
        method = case.scheme.methods[sitting.method]
        allowed = self.places or method.places
        if allowed is None:
            return Seen(MET, f"{method.title} : lieu libre")
        if isinstance(allowed, Unknown) or sitting.place is None:
            return Seen(UNKNOWN, f"{method.title} : lieu inconnu")
        return Seen(truth(sitting.place in allowed), f"{method.title} : lieu « {sitting.place} » non prévu")


@check
class SafeguardsKept:
    """Each sitting held in ``place`` kept every safeguard asked: identity check, supervision, incident log."""

    place: str
    safeguards: tuple[str, ...]

    def look(self, case: Case) -> Seen:
        """NOT_MET with what was not kept; MET when nothing was held there."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        there = [sitting for sitting in _sat(case) if sitting.place == self.place]
        missing = [one for sitting in there if sitting.safeguards is not None for one in self._missing(sitting)]
        unsaid = any(sitting.safeguards is None for sitting in there)
        outcome = NOT_MET if missing else UNKNOWN if unsaid else MET
        told = f"manque : {words.several(missing)}" if missing else "garanties non renseignées"
        return Seen(outcome, "garanties tenues" if outcome is MET else told)

    def _missing(self, sitting: Assessment) -> list[str]:
        return [safeguard for safeguard in self.safeguards if safeguard not in (sitting.safeguards or ())]


@check
class AttemptsAtMost:
    """A method is sat at most ``max`` times; an excused absence is not an attempt."""

    max: int
    method: MethodId | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET with the methods sat too often."""
        if case.facts.assessments is None:
            return NO_ASSESSMENTS
        counts: dict[str, int] = {}
        for sitting in case.facts.assessments:
            if self.method in (None, sitting.method) and sitting.attendance is not Attendance.EXCUSED:
                counts[sitting.method] = counts.get(sitting.method, 0) + 1
        over = [f"{case.scheme.methods[id].title} : {n} passages" for id, n in counts.items() if n > self.max]
        return Seen(truth(not over), " ; ".join(over) or f"{self.max} passages au plus")


@check
class BlockAcquired:
    """A block is proposed as acquired by its course units, by its critical learnings, or by the jury's opinion alone.

    Each item needs ``threshold`` or to be acquired already; with compensation, their mean weighted by coefficient does.
    Critical learnings must have a known level first.
    """

    block: BlockId
    by: Literal["units", "learnings", "jury"]
    threshold: Fraction | None = None
    compensation: Literal["none", "block"] = "none"

    def look(self, case: Case) -> Seen:
        """NOT_MET with each item that is missing."""
        if self.by == "jury":
            granted = {opinion.code: opinion.is_granted for opinion in case.facts.opinions or ()}
            return Seen(truth(granted.get(self.block)), f"{self.block} : avis du jury")
        results = case.results()
        if results is None:
            return NO_RESULTS
        frame = case.scheme.framework
        if self.by == "units":
            return self._judged([unit for unit in frame.units if self.block in unit.blocks], results)
        learnings = [learning for learning in frame.learnings if learning.block == self.block]
        silent = [learning.id for learning in learnings if isinstance(learning.levels, Unknown)]
        if silent:
            told = f"niveau à compléter pour {len(silent)} apprentissages critiques : {words.several(silent)}"
            return Seen(UNKNOWN, told, {"to_complete": silent})
        return self._judged(learnings, results)

    def _judged(self, items: Sequence[Learning | Unit], results: dict[str, Result]) -> Seen:
        states = {item.id: self._reached(results.get(item.id)) for item in items}
        outcome = all_of(states.values()) if states else UNKNOWN
        if outcome is NOT_MET and self.compensation == "block":
            outcome, mean = self._mean(items, results)
            return Seen(outcome, f"{self.block} : moyenne {mean}, seuil {words.number(self.threshold or 0)}")
        missing = [id for id, state in states.items() if state is not MET]
        count = len(states) - len(missing)
        told = f"{self.block} : {count} sur {len(states)}" + (f" ; manque {words.several(missing)}" if missing else "")
        return Seen(outcome, told, {"missing": missing})

    def _reached(self, result: Result | None) -> Outcome:
        if result is None:
            return NOT_MET
        if result.is_acquired is not None:
            return truth(result.is_acquired)
        if result.mark is None or self.threshold is None:
            return UNKNOWN
        return truth(result.mark >= self.threshold)

    def _mean(self, items: Sequence[Learning | Unit], results: dict[str, Result]) -> tuple[Outcome, str]:
        marks = [(results[item.id].mark if item.id in results else None, _weight(item)) for item in items]
        if self.threshold is None or any(mark is None or weight is None for mark, weight in marks):
            return UNKNOWN, "non calculable (note ou coefficient inconnu)"
        total = sum((mark or 0) * (weight or 0) for mark, weight in marks)
        mean = Fraction(total) / sum(weight or 0 for _, weight in marks)
        return truth(mean >= self.threshold), words.number(mean)


def _weight(item: Learning | Unit) -> int | None:
    if not isinstance(item, Unit):
        return 1
    return None if isinstance(item.coefficient, Unknown) else item.coefficient
