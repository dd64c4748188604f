"""Was everything assessed that had to be, and only that, and is it acquired?"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.base import check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, all_of, truth
from parchemin.core.facts import Result
from parchemin.core.framework import Learning, Unit
from parchemin.core.terms import BlockId, Unknown

NO_RESULTS = Seen(UNKNOWN, "résultats non renseignés")


@check
class OnlyAssessed:
    """Results bear only on what the framework assesses."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the codes that are not assessed or do not exist; UNKNOWN where the framework is not known."""
        results = case.results
        if results is None:
            return NO_RESULTS
        if not results:
            return Seen(MET, "aucun résultat")
        known, competences = case.scheme.competences, case.scheme.framework.competences
        refused = [code for code in results if code in known and known[code].is_assessed is False]
        unsure = [code for code in results if code in known and isinstance(known[code].is_assessed, Unknown)]
        strange = [code for code in results if code not in case.scheme.codes_known]
        told = [
            *(f"{code} : ne fait pas partie des compétences évaluées" for code in refused),
            *(f"{code} : la source ne dit pas si elle est évaluée" for code in unsure),
            *(f"{code} : inconnue du référentiel" for code in strange),
        ]
        is_refused = bool(refused) or (bool(strange) and not isinstance(competences, Unknown))
        outcome = NOT_MET if is_refused else UNKNOWN if told else MET
        return Seen(
            outcome, " ; ".join(told) or f"{words.plural(len(results), 'résultat')} sur des compétences évaluées"
        )


@check
class AllAssessed:
    """Every assessed competence has a result, acquired or not."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the competences without a result."""
        return _each(case, lambda result: truth(result.is_acquired is not None), "évaluée", "sans résultat")


@check
class AllAcquired:
    """Every assessed competence is acquired."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with those that are not; the count is out of the assessed competences only."""
        return _each(case, lambda result: truth(result.is_acquired), "acquise", "manque")


def _each(case: Case, judge: Callable[[Result], Outcome], done: str, lacking: str) -> Seen:
    results, assessed = case.results, case.scheme.assessed
    if results is None:
        return NO_RESULTS
    if not assessed:
        return Seen(UNKNOWN, "compétences évaluées inconnues")
    states = {code: judge(results[code]) if code in results else NOT_MET for code in assessed}
    if case.scheme.doubtful:
        states = {code: case.asked(code, outcome) for code, outcome in states.items()}
    missing = [code for code, outcome in states.items() if outcome is NOT_MET]
    unsure = [code for code, outcome in states.items() if outcome is UNKNOWN]
    told = f"{words.plural(len(states) - len(missing) - len(unsure), done)} sur {len(states)}"
    told += f" ; {lacking} {words.several(missing)}" if missing else ""
    told += f" ; à établir {words.several(unsure)}" if unsure else ""
    return Seen(all_of(states.values()), told, {"missing": missing, "unsure": unsure})


@check
class EvidencePerResult:
    """Each result on an assessed competence rests on at least ``at_least`` pieces of evidence."""

    at_least: int

    def look(self, case: Case) -> Seen:
        """NOT_MET with the competences short of evidence, UNKNOWN when evidence is not counted."""
        results = case.results
        if results is None:
            return NO_RESULTS
        counts = {code: results[code].evidence for code in case.scheme.assessed if code in results}
        if not counts:
            return Seen(UNKNOWN, "aucun résultat")
        outcome = all_of(truth(None if count is None else count >= self.at_least) for count in counts.values())
        short = [code for code, count in counts.items() if count is None or count < self.at_least]
        told = f"preuves : {words.plural(len(counts) - len(short), 'résultat')} sur {len(counts)}"
        return Seen(outcome, told + (f" ; manque {words.several(short)}" if short else ""))


@check
class BlockAcquired:
    """A block is proposed as acquired by its course units, by its critical learnings, or by the jury's opinion alone.

    Each item needs ``threshold`` or to be acquired already; with compensation, their mean weighted by coefficient does.
    A unit that is part of another weighs through it. Critical learnings must have a known level first.
    """

    block: BlockId
    by: Literal["units", "learnings", "jury"]
    threshold: Fraction | None = None
    compensation: Literal["none", "block"] = "none"

    def look(self, case: Case) -> Seen:
        """NOT_MET with each item that is missing, and those of them whose result is awaited."""
        if self.by == "jury":
            return self._granted(case)
        if case.results is None:
            return NO_RESULTS
        frame = case.scheme.framework
        if self.by == "units":
            return self._judged([unit for unit in frame.units if self.block in unit.blocks], case.results)
        learnings = [learning for learning in frame.learnings if learning.block == self.block]
        silent = [learning.id for learning in learnings if isinstance(learning.levels, Unknown)]
        if silent:
            count = words.plural(len(silent), "apprentissage", "critique")
            return Seen(UNKNOWN, f"niveau à compléter pour {count} : {words.several(silent)}", {"to_complete": silent})
        return self._judged(learnings, case.results)

    def _granted(self, case: Case) -> Seen:
        granted = {opinion.code: opinion.is_granted for opinion in case.facts.opinions or ()}
        outcome = truth(granted.get(self.block))
        told = {MET: "avis favorable du jury", NOT_MET: "avis défavorable du jury", UNKNOWN: "avis du jury non rendu"}
        return Seen(outcome, f"{self.block} : {told[outcome]}")

    def _judged(self, items: Sequence[Learning | Unit], results: dict[str, Result]) -> Seen:
        if not items:
            return Seen(UNKNOWN, f"{self.block} : aucun élément relié à ce bloc")
        states = {item.id: self._reached(results.get(item.id)) for item in items}
        outcome = all_of(states.values())
        waiting = [id for id, state in states.items() if id not in results or state is UNKNOWN]
        if outcome is NOT_MET and self.compensation == "block":
            outcome, mean = self._mean(items, results)
            told = f"{self.block} : moyenne {mean}, seuil {words.number(self.threshold or 0)}"
            return Seen(outcome, told, {"waiting": waiting} if outcome is NOT_MET else {})
        missing = [id for id, state in states.items() if state is not MET]
        count = len(states) - len(missing)
        told = f"{self.block} : {count} sur {len(states)}" + (f" ; manque {words.several(missing)}" if missing else "")
        awaited = {"waiting": waiting} if outcome is NOT_MET else {}
        return Seen(outcome, told, {"missing": missing, **awaited})

    def _reached(self, result: Result | None) -> Outcome:
        if result is None:
            return NOT_MET
        if result.is_acquired is not None:
            return truth(result.is_acquired)
        if result.mark is None or self.threshold is None:
            return UNKNOWN
        return truth(result.mark >= self.threshold)

    def _mean(self, items: Sequence[Learning | Unit], results: dict[str, Result]) -> tuple[Outcome, str]:
        ids = {item.id for item in items}
        total, weights = Fraction(0), 0
        for item in items:
            if isinstance(item, Unit) and item.part_of in ids:
                continue
            mark, weight = results[item.id].mark if item.id in results else None, _weight(item)
            if mark is None or weight is None:
                return UNKNOWN, "non calculable (note ou coefficient inconnu)"
            total, weights = total + mark * weight, weights + weight
        if not weights or self.threshold is None:
            return UNKNOWN, "non calculable (note ou coefficient inconnu)"
        return truth(total >= self.threshold * weights), words.number(total / weights)


def _weight(item: Learning | Unit) -> int | None:
    if not isinstance(item, Unit):
        return 1
    return None if isinstance(item.coefficient, Unknown) else item.coefficient
