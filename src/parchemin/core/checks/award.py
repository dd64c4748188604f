"""What may be awarded: everything, the parts held, or nothing yet?"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.assessment import passed
from parchemin.core.checks.base import check
from parchemin.core.checks.eligibility import coverage
from parchemin.core.checks.validity import last_day
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, all_of, any_of, truth
from parchemin.core.facts import Attendance, Milestone
from parchemin.core.scheme import MethodId


def standing(case: Case, unit: str) -> dict[str, Outcome] | None:
    """Each part wanted, and whether it is held and still counts; None when holdings are not known."""
    if case.facts.holdings is None:
        return None
    held = {h.code: last_day(case, h, unit) for h in case.facts.holdings}
    if unit == "block":
        wanted = tuple(code for code in case.targets() if case.scheme.blocks[code].is_optional is not True)
    else:
        wanted = case.scheme.assessed
        known = case.scheme.competences
        held = {known[code].id if code in known else code: end for code, end in held.items()}
    return {code: _counts(held, code, case) for code in wanted}


def _counts(held: Mapping[str, date | None], code: str, case: Case) -> Outcome:
    if code not in held:
        return NOT_MET
    end = held[code]
    return UNKNOWN if end is None else truth(case.on <= end)


@check
class AllHeld:
    """Every block aimed at (or every assessed competence) is held and still counts on the date of the decision."""

    of: Literal["block", "competence"]

    def look(self, case: Case) -> Seen:
        """NOT_MET with what is missing and what has expired; UNKNOWN when validity is not settled."""
        states = standing(case, self.of)
        if states is None:
            return Seen(UNKNOWN, "acquis non renseignés")
        if not states:
            return Seen(UNKNOWN, "parties de la certification inconnues")
        codes = {holding.code for holding in case.facts.holdings or ()}
        by = {outcome: [code for code, o in states.items() if o is outcome] for outcome in (MET, UNKNOWN, NOT_MET)}
        expired = [code for code in by[NOT_MET] if code in codes]
        missing = [code for code in by[NOT_MET] if code not in codes]
        told = f"{len(by[MET])} acquis sur {len(states)}"
        for name, group in (("manque", missing), ("expiré", expired), ("validité à établir", by[UNKNOWN])):
            told += f" ; {name} {words.several(group)}" if group else ""
        values = {"held": by[MET], "missing": missing, "expired": expired, "unsure": by[UNKNOWN]}
        return Seen(all_of(states.values()), told, values)


@check
class MethodPassed:
    """A method is passed on every one of its points, and not before the parts in ``after`` are all held."""

    method: MethodId
    after: Literal["block", "competence"] | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET when it is missing, missed, failed or held too early; an absence is told as such."""
        if case.facts.assessments is None:
            return Seen(UNKNOWN, "évaluations non renseignées")
        method = case.scheme.methods[self.method]
        seen = passed(case, self.method)
        held = [
            s for s in case.assessments_of(self.method) if s.attendance is Attendance.HELD and s.is_passed is not False
        ]
        if seen.outcome is NOT_MET or not held:
            return seen
        last = held[-1]
        points = {point: (last.points or {}).get(point) for point in method.points}
        failed = [point for point, is_met in points.items() if is_met is not True]
        outcome = all_of((seen.outcome, *(truth(is_met) for is_met in points.values())))
        told = seen.words + (f" ; à établir : {words.several(failed)}" if failed else "")
        if self.after is None:
            return Seen(outcome, told)
        order, why = self._order(case, last.day)
        return Seen(all_of((outcome, order)), told + why)

    def _order(self, case: Case, day: date | None) -> tuple[Outcome, str]:
        states = standing(case, self.after or "block")
        if states is None:
            return UNKNOWN, " ; acquis non renseignés"
        gained = [
            holding.dates.get(Milestone.DELIBERATED) for holding in case.facts.holdings or () if holding.code in states
        ]
        if NOT_MET in states.values():
            return NOT_MET, " ; avant que tous les acquis soient réunis"
        if day is None or None in gained:
            return UNKNOWN, " ; dates non renseignées"
        late = [gain for gain in gained if gain and gain > day]
        return truth(not late), f" ; avant le dernier acquis du {words.day(max(late))}" if late else ""


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
            return Seen(UNKNOWN, "acquis non renseignés")
        held = [code for code, outcome in states.items() if outcome is MET]
        rest = [code for code, outcome in states.items() if outcome is not MET]
        outcome = MET if held else any_of(states.values())
        told = f"acquis : {words.several(held) or 'aucun'} ; reste : {words.several(rest) or 'rien'}"
        return Seen(outcome, told, {"held": held, "remains": rest})


@check
class RegisteredForAward:
    """The certification is registered on the day of the award, or was when the person entered.

    Source: code du travail, art. L6113-9.
    """

    entries: tuple[Milestone, ...] = (Milestone.ENTERED, Milestone.ANSWERED)

    def look(self, case: Case) -> Seen:
        """MET by either date; UNKNOWN when the texts or the entry date are not known."""
        now, texts = coverage(case.scheme, case.on, case.on)
        if now is MET:
            return Seen(MET, f"enregistrée au {words.day(case.on)} ({words.several(texts)})")
        days = [day for day in map(case.day, self.entries) if day]
        entered = any_of(coverage(case.scheme, day, case.on)[0] for day in days) if days else UNKNOWN
        outcome = any_of((now, entered))
        told = (
            f"non enregistrée au {words.day(case.on)}"
            if now is NOT_MET
            else f"enregistrement au {words.day(case.on)} inconnu"
        )
        if not days:
            return Seen(outcome, f"{told}, date d'entrée non renseignée")
        side = {
            MET: "entrée pendant l'enregistrement",
            NOT_MET: "entrée hors enregistrement",
            UNKNOWN: "entrée à établir",
        }
        return Seen(outcome, f"{told}, {side[entered]} ({words.day(min(days))})")


@check
class DifferencesReasoned:
    """Where the jury departs from the results, it gives a reason; the jury stays free to decide."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the parts decided otherwise without a reason."""
        results, opinions = case.results(), case.facts.opinions
        if results is None or opinions is None:
            return Seen(UNKNOWN, "résultats ou avis du jury non renseignés")
        proposed = self._proposed(case)
        differing = [o for o in opinions if proposed.get(o.code) not in (None, o.is_granted)]
        silent = [opinion.code for opinion in differing if not opinion.reason]
        if silent:
            return Seen(NOT_MET, f"écart sans motif : {words.several(silent)}")
        told = (
            f"{words.plural(len(differing), 'écart')} motivé{'s' * (len(differing) > 1)}"
            if differing
            else "aucun écart"
        )
        return Seen(MET, f"{told} avec les résultats")

    def _proposed(self, case: Case) -> dict[str, bool | None]:
        results = case.results() or {}
        proposed = {code: result.is_acquired for code, result in results.items()}
        groups: dict[str, list[bool | None]] = {}
        for code in case.scheme.assessed:
            block = case.scheme.competences[code].block
            if isinstance(block, str):
                groups.setdefault(block, []).append(proposed.get(code))
        for block, states in groups.items():
            known = None if None in states else all(states)
            proposed.setdefault(block, False if False in states else known)
        return proposed
