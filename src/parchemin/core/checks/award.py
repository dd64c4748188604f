"""What may be awarded: everything, the parts held, or nothing yet?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from parchemin.core import carrying, words
from parchemin.core.case import Case
from parchemin.core.checks.assessment import NO_ASSESSMENTS, block_sat, passed
from parchemin.core.checks.base import check
from parchemin.core.checks.eligibility import coverage
from parchemin.core.checks.validity import Validity
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, all_of, any_of, truth
from parchemin.core.facts import Assessment, Attendance, Milestone, Result
from parchemin.core.terms import MethodId, title_of

Unit = Literal["block", "competence"]
NO_HOLDINGS = Seen(UNKNOWN, "acquis non renseignés")
NO_PARTS = Seen(UNKNOWN, "parties de la certification inconnues")


def wanted(case: Case, unit: str) -> tuple[str, ...]:
    """The codes of the parts to hold: the blocks aimed at, or the competences assessed."""
    return case.targets if unit == "block" else case.scheme.assessed


def standing(case: Case, unit: str) -> dict[str, Outcome] | None:
    """Each part wanted, and whether it is held and still counts; None when holdings are not known."""
    held = case.holdings
    if held is None:
        return None
    validity = Validity(case, unit)
    states = {}
    for code in wanted(case, unit):
        outcome = _counts(validity.last_day(held[code]), case.on) if code in held else absent(case)
        states[code] = case.asked(code, outcome)
    return states


def absent(case: Case) -> Outcome:
    """What lacking a part amounts to: nobody knows where another version may give it, by an equivalence not settled."""
    return UNKNOWN if case.unsettled else NOT_MET


def _counts(end: date | None, on: date) -> Outcome:
    return UNKNOWN if end is None else truth(on <= end)


def _sorted(states: Mapping[str, Outcome]) -> dict[Outcome, list[str]]:
    return {outcome: [code for code, o in states.items() if o is outcome] for outcome in (MET, UNKNOWN, NOT_MET)}


def _doubts(unsure: list[str], case: Case) -> tuple[tuple[str, list[str]], ...]:
    """Parts in doubt: held, with a validity not settled; or lacking, where another version or the source may tell."""
    held, versions = case.holdings or {}, words.several(case.unsettled)
    lacking = [code for code in unsure if code not in held]
    return (
        ("validité à établir", [code for code in unsure if code in held]),
        (f"équivalence avec la version {versions} à établir", lacking if versions else []),
        ("exigé ou non", [] if versions else lacking),
    )


def _carried(case: Case, codes: Iterable[str]) -> str:
    """Where the parts come from that are held because others are under another version."""
    held = case.holdings or {}
    origins = {code: carrying.told(held[code][0]) for code in codes if code in held}
    return "".join(f" ; {code} {origin}" for code, origin in origins.items() if origin)


@check
class AllHeld:
    """Every block aimed at (or every assessed competence) is held and still counts on the date of the decision."""

    of: Unit

    def look(self, case: Case) -> Seen:
        """NOT_MET with what is missing and what has expired; UNKNOWN when validity is not settled."""
        states, held = standing(case, self.of), case.holdings or {}
        if states is None:
            return NO_HOLDINGS
        if not states:
            return NO_PARTS
        by = _sorted(states)
        expired = [code for code in by[NOT_MET] if code in held]
        missing = [code for code in by[NOT_MET] if code not in held]
        told = f"{len(by[MET])} acquis sur {len(states)}"
        for name, group in (("manque", missing), ("expiré", expired), *_doubts(by[UNKNOWN], case)):
            told += f" ; {name} {words.several(group)}" if group else ""
        told += _carried(case, states)
        values = {"held": by[MET], "missing": missing, "expired": expired, "unsure": by[UNKNOWN]}
        return Seen(all_of(states.values()), told, values)


@check
class MethodPassed:
    """A method is passed on every one of its points, and not before the parts in ``after`` are all acquired."""

    method: MethodId
    after: Unit | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET when it is missing, missed, failed or held too early; the sitting that serves best is told."""
        if case.assessments is None:
            return NO_ASSESSMENTS
        sat = case.assessments.get(self.method, [])
        held = [s for s in sat if s.attendance is Attendance.HELD and s.is_passed is not False]
        if not held:
            return passed(case, self.method)
        found = [self._sitting(case, sitting) for sitting in reversed(held)]
        best = any_of(seen.outcome for seen in found)
        return next(seen for seen in found if seen.outcome is best)

    def _sitting(self, case: Case, sitting: Assessment) -> Seen:
        method = case.scheme.methods.get(self.method)
        points = {point: (sitting.points or {}).get(point) for point in method.points} if method else {}
        failed = [point for point, is_met in points.items() if is_met is False]
        unsure = [point for point, is_met in points.items() if is_met is None]
        told = f"{title_of(case.scheme.methods, self.method)} : "
        told += "réussite" if sitting.is_passed else "résultat non établi"
        told += f" ; non satisfait : {words.several(failed)}" if failed else ""
        told += f" ; à établir : {words.several(unsure)}" if unsure else ""
        outcome = all_of((truth(sitting.is_passed), *(truth(is_met) for is_met in points.values())))
        if self.after is None:
            return Seen(outcome, told)
        order = self._order(case, self.after, sitting.day)
        return Seen(all_of((outcome, order.outcome)), told + order.words)

    def _order(self, case: Case, after: Unit, day: date | None) -> Seen:
        held, parts = case.holdings, wanted(case, after)
        if held is None:
            return Seen(UNKNOWN, " ; acquis non renseignés")
        if not parts:
            return Seen(UNKNOWN, " ; parties de la certification inconnues")
        states = [case.asked(code, MET if code in held else absent(case)) for code in parts]
        if all_of(states) is not MET:
            return Seen(all_of(states), " ; avant que tous les acquis soient réunis")
        gained = [[one.dates.get(Milestone.DELIBERATED) for one in held[code]] for code in parts]
        if day is None:
            return Seen(UNKNOWN, " ; dates non renseignées")
        awaited = [days for days in gained if not any(gain and gain <= day for gain in days)]
        late = [min(gain for gain in days if gain) for days in awaited if None not in days]
        if late:
            return Seen(NOT_MET, f" ; avant le dernier acquis du {words.day(max(late))}")
        return Seen(UNKNOWN, " ; dates non renseignées") if awaited else Seen(MET, "")


@check
class PartialAllowed:
    """A partial award is allowed by ``unit``, and at least one such part is held."""

    unit: Literal["block", "competence", "none"]

    def look(self, case: Case) -> Seen:
        """NOT_MET where partial awards are forbidden: a statement of results may be given, which is no certificate."""
        if self.unit == "none":
            return Seen(NOT_MET, "certification partielle interdite : un relevé de résultats ne vaut pas certification")
        states = standing(case, self.unit)
        if states is None:
            return NO_HOLDINGS
        if not states:
            return NO_PARTS
        by = _sorted(states)
        told = f"acquis : {words.several(by[MET]) or 'aucun'} ; reste : {words.several(by[NOT_MET]) or 'rien'}"
        for name, group in _doubts(by[UNKNOWN], case):
            told += f" ; {name} : {words.several(group)}" if group else ""
        told += _carried(case, states)
        return Seen(any_of(states.values()), told, {"held": by[MET], "remains": by[NOT_MET], "unsure": by[UNKNOWN]})


@check
class RegisteredForAward:
    """The certification is registered on the day of the award, or was when the person entered.

    An entry among ``entries`` that is not recorded is taken as not having happened, when another is.
    Source: code du travail, art. L6113-9.
    """

    entries: tuple[Milestone, ...] = (Milestone.ENTERED, Milestone.ANSWERED)

    def look(self, case: Case) -> Seen:
        """MET by either date; UNKNOWN when the texts or the entry date are not known."""
        now, texts = coverage(case.scheme, case.on, case.on)
        if now is MET:
            return Seen(MET, f"enregistrée au {words.day(case.on)} ({words.several(texts)})")
        told = f"non enregistrée au {words.day(case.on)}"
        if now is UNKNOWN:
            told = f"enregistrement au {words.day(case.on)} inconnu"
        found = {day: coverage(case.scheme, day, case.on)[0] for day in map(case.day, self.entries) if day}
        if not found:
            return Seen(UNKNOWN, f"{told}, date d'entrée non renseignée")
        entered = any_of(found.values())
        day = min(day for day, outcome in found.items() if outcome is entered)
        side = {
            MET: "entrée pendant l'enregistrement",
            NOT_MET: "entrée hors enregistrement",
            UNKNOWN: "entrée à établir",
        }
        return Seen(any_of((now, entered)), f"{told}, {side[entered]} ({words.day(day)})")


@check
class DifferencesReasoned:
    """Where the jury departs from the results, it gives a reason; the jury stays free to decide."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the parts decided otherwise without a reason."""
        if case.facts.opinions is None or (case.results is None and case.assessments is None):
            return Seen(UNKNOWN, "résultats ou avis du jury non renseignés")
        differing = [
            opinion for opinion in case.facts.opinions if _proposed(case, opinion.code) is truth(not opinion.is_granted)
        ]
        silent = [opinion.code for opinion in differing if not opinion.reason]
        if silent:
            return Seen(NOT_MET, f"écart sans motif : {words.several(silent)}")
        told = words.plural(len(differing), "écart", "motivé") if differing else "aucun écart"
        return Seen(MET, f"{told} avec les résultats")


def _is_past(case: Case, code: str, results: Iterable[Result]) -> bool:
    """Whether the part was held and counts no more, these results saying nothing sure of it since."""
    held = (case.holdings or {}).get(code)
    end = Validity(case, "block" if code in case.scheme.blocks else "competence").last_day(held) if held else None
    return end is not None and end < case.on and any(one.day is None or one.day <= end for one in results)


def _proposed(case: Case, code: str) -> Outcome:
    """What the results say of a part: its own, or that of every assessed competence of the block, else its methods."""
    code, results = case.scheme.code_of(code), case.results or {}
    competences = case.scheme.assessed_of.get(code, ())
    fed = (code,) if code in results else competences
    if _is_past(case, code, [results[one] for one in fed if one in results]):
        return UNKNOWN
    if code in results:
        return truth(results[code].is_acquired)
    if any(one in results for one in competences):
        return all_of(truth(results[one].is_acquired if one in results else None) for one in competences)
    return block_sat(case, code) or UNKNOWN
