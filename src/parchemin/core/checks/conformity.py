"""How a certification stands to the rules on certifications: stricter or looser is told, never changed."""

from collections.abc import Iterator, Sized
from typing import Literal

from parchemin.core import words
from parchemin.core.case import Case, applies
from parchemin.core.checks.award import MethodPassed
from parchemin.core.checks.base import AllOf, AnyOf, Silent, check
from parchemin.core.checks.eligibility import ExperienceAtLeast
from parchemin.core.checks.validity import Lasts
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Effect, Seen, Stage, all_of, any_of, truth
from parchemin.core.durations import Duration, Stretch
from parchemin.core.framework import Composition
from parchemin.core.scheme import Check, Register, Registration
from parchemin.core.terms import Unknown, listed


@check
class ComparedWithLaw:
    """The duration a rule of the scheme sets stands within what the law sets.

    ``of`` names the check whose rules are looked at, ``subject`` the clock; at most and at least are both included.
    Experience is compared where it is asked to apply; of durations joined by any_of one within the law is enough.
    What packs of law ask (``<stage>.law.``) and what only informs is not compared.
    """

    of: Literal["experience_at_least", "lasts"]
    subject: Literal["block", "competence", "certificate"] | None = None
    at_most: Duration | None = None
    at_least: Duration | Literal["unlimited"] | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET where the scheme is stricter or looser; MET when it sets no such duration."""
        stage = Stage.VALIDITY if self.of == "lasts" else Stage.ELIGIBILITY
        rules = [
            rule
            for rule in case.scheme.rules.get(stage, ())
            if not rule.id.startswith(f"{stage.value}.law.")
            and rule.effect is not Effect.INFORMATION
            and applies(rule.when, case) is not NOT_MET
        ]
        found = [(rule.id, seen) for rule in rules if (seen := self._compared(rule.check))]
        told = words.several(f"{seen.words} ({id})" for id, seen in found)
        outcome = all_of(seen.outcome for _, seen in found)
        return Seen(outcome, f"dispositif : {told or 'aucune durée'} ; droit : {self._law()}")

    def _law(self) -> str:
        if self.at_most == Duration():
            return "aucune durée"
        bounds = (("au moins", self.at_least), ("au plus", self.at_most))
        return words.several(f"{side} {_told(bound)}" for side, bound in bounds if bound is not None)

    def _compared(self, check: Check) -> Seen | None:
        """How the durations a check sets stand to the law; None when it sets none."""
        if isinstance(check, AnyOf | AllOf):
            found = [seen for part in check.parts if (seen := self._compared(part.check))]
            combine, joint = (any_of, " ou ") if isinstance(check, AnyOf) else (all_of, " et ")
            return Seen(combine(s.outcome for s in found), joint.join(s.words for s in found)) if found else None
        if isinstance(check, Silent):
            bears = check.of == self.of and self.subject in (None, check.known.get("subject"))
            return self._judged(check.known.get("lasts")) if bears else None
        if isinstance(check, Lasts):
            bears = self.of == "lasts" and self.subject in (None, check.subject)
            return self._judged(check.lasts) if bears else None
        if isinstance(check, ExperienceAtLeast) and self.of == "experience_at_least":
            return self._judged(check.lasts)
        return None

    def _judged(self, duration: Duration | Literal["unlimited"] | None) -> Seen:
        if duration is None:
            return Seen(UNKNOWN, "durée inconnue")
        days, low, high = _days(duration), self.at_least, self.at_most
        within = (high is None or days <= _days(high)) and (low is None or days >= _days(low))
        return Seen(truth(within), _told(duration))


def _days(duration: Duration | Literal["unlimited"]) -> float:
    return duration.most_days if isinstance(duration, Duration) else float("inf")


def _told(duration: Duration | str) -> str:
    return duration.words if isinstance(duration, Duration) else "sans limite"


@check
class CompetencesPerBlock:
    """Each block holds at least ``least`` competences."""

    least: int

    def look(self, case: Case) -> Seen:
        """UNKNOWN when the source does not say which competences a block holds."""
        competences = listed(case.scheme.framework.competences)
        if isinstance(case.scheme.framework.blocks, Unknown):
            return Seen(UNKNOWN, "blocs non précisés par la source")
        if any(isinstance(competence.block, Unknown) for competence in competences):
            return Seen(UNKNOWN, "la source ne relie pas les compétences aux blocs")
        counts = {id: sum(c.block == id for c in competences) for id in case.scheme.blocks}
        short = [f"{id} : {count}" for id, count in counts.items() if count < self.least]
        if not competences and counts:
            return Seen(UNKNOWN, "compétences des blocs non numérotées dans la source")
        return Seen(truth(not short), words.several(short) or f"{self.least} au moins dans chaque bloc")


@check
class BlocksAllowed:
    """A certification in one of ``without`` registers has no blocks; one in ``having`` has some."""

    without: tuple[Register, ...]
    having: tuple[Register, ...]

    def look(self, case: Case) -> Seen:
        """UNKNOWN when the register or the blocks are not known."""
        register, blocks = case.scheme.register, case.scheme.framework.blocks
        if isinstance(register, Unknown) or isinstance(blocks, Unknown):
            return Seen(UNKNOWN, "répertoire ou blocs non précisés par la source")
        wrong = (register in self.without and len(blocks) > 0) or (register in self.having and not blocks)
        return Seen(truth(not wrong), f"{words.plural(len(blocks), 'bloc')}, répertoire {register.value}")


@check
class BlocksSuffice:
    """Acquiring every block is enough: no other condition of award."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the rules of award that ask for something more."""
        extra = [
            rule.id
            for rule in case.scheme.rules.get(Stage.AWARD, ())
            if rule.effect is Effect.BLOCKING and any(_is_extra(one) for one in _leaves(rule.check))
        ]
        return Seen(truth(not extra), f"conditions en plus des blocs : {words.several(extra) or 'aucune'}")


def _is_extra(check: Check) -> bool:
    of = check.of if isinstance(check, Silent) else ""
    return isinstance(check, MethodPassed | ExperienceAtLeast) or of in ("method_passed", "experience_at_least")


def _leaves(check: Check) -> Iterator[Check]:
    if isinstance(check, AnyOf | AllOf):
        for part in check.parts:
            yield from _leaves(part.check)
    else:
        yield check


@check
class EachBlockAssessed:
    """Each block is assessed by some method."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the blocks no method bears on; UNKNOWN when the source does not say which do."""
        if isinstance(case.scheme.framework.blocks, Unknown):
            return Seen(UNKNOWN, "blocs non précisés par la source")
        covered = {block for method in case.scheme.methods.values() for block in method.blocks}
        bare = {id: block.methods for id, block in case.scheme.blocks.items() if id not in covered}
        silent = [id for id, methods in bare.items() if isinstance(methods, Unknown)]
        lacking = [id for id, methods in bare.items() if methods == Composition()]
        told = [f"sans épreuve : {words.several(lacking)}"] * bool(lacking)
        told += [f"épreuves non précisées : {words.several(silent)}"] * bool(silent)
        outcome = UNKNOWN if silent and not lacking else truth(not lacking)
        return Seen(outcome, " ; ".join(told) or "chaque bloc a ses épreuves")


@check
class CodesAtMost:
    """No more codes of each nomenclature than the register takes."""

    nsf: int
    rome: int
    formacode: int

    def look(self, case: Case) -> Seen:
        """UNKNOWN for a nomenclature the source does not give."""
        codes = case.scheme.codes
        found = (
            ("NSF", codes.nsf, self.nsf),
            ("ROME", codes.rome, self.rome),
            ("Formacode", codes.formacode, self.formacode),
        )
        outcomes = [UNKNOWN if isinstance(given, Unknown) else truth(len(given) <= most) for _, given, most in found]
        told = words.several(f"{n} : {'?' if isinstance(g, Unknown) else len(g)} sur {most}" for n, g, most in found)
        return Seen(all_of(outcomes), told)


@check
class LevelStated:
    """A certification in one of ``registers`` states its level; any other may have none."""

    registers: tuple[Register, ...]

    def look(self, case: Case) -> Seen:
        """NOT_MET when a level is due and there is none; UNKNOWN when the register or the level is not known."""
        register, level = case.scheme.register, case.scheme.level
        if isinstance(register, Unknown) or isinstance(level, Unknown) or isinstance(level.eqf, Unknown):
            return Seen(UNKNOWN, "répertoire ou niveau non précisé par la source")
        due = register in self.registers
        told = f"niveau {level.eqf}" if level.eqf is not None else "aucun niveau"
        return Seen(truth(not due or level.eqf is not None), told)


@check
class PartsStated:
    """A certification in one of ``registers`` describes activities, competences and how they are assessed."""

    registers: tuple[Register, ...]

    def look(self, case: Case) -> Seen:
        """NOT_MET with what its document does not hold."""
        frame, register = case.scheme.framework, case.scheme.register
        if isinstance(register, Unknown):
            return Seen(UNKNOWN, "répertoire non précisé par la source")
        if register not in self.registers:
            return Seen(MET, "non exigé pour ce répertoire")
        parts: dict[str, Sized | Unknown] = {
            "activités": frame.activities,
            "compétences": frame.capabilities or frame.competences,
            "évaluation": case.scheme.methods,
        }
        silent = [name for name, items in parts.items() if isinstance(items, Unknown)]
        lacking = [name for name, items in parts.items() if not isinstance(items, Unknown) and not len(items)]
        told = [f"manque : {words.several(lacking)}"] * bool(lacking)
        told += [f"non précisé : {words.several(silent)}"] * bool(silent)
        outcome = UNKNOWN if silent and not lacking else truth(not lacking)
        return Seen(outcome, " ; ".join(told) or "les trois parties y sont")


@check
class RegistrationsAtMost:
    """Each registration, in one of ``registers`` when given, lasts at most ``lasts``, date to date."""

    lasts: Duration
    registers: tuple[Register, ...] = ()

    def look(self, case: Case) -> Seen:
        """NOT_MET with those that last longer or have no end; those with unknown bounds are left UNKNOWN."""
        texts = case.scheme.registrations
        if isinstance(texts, Unknown):
            return Seen(UNKNOWN, "enregistrements non précisés par la source")
        found = [self._within(text) for text in texts if not self.registers or text.register in self.registers]
        told = words.several(seen.words for seen in found if seen.outcome is not MET)
        return Seen(all_of(seen.outcome for seen in found), told or f"{self.lasts.words} au plus")

    def _within(self, text: Registration) -> Seen:
        if text.until is None:
            return Seen(NOT_MET, f"{text.id} : sans fin")
        if isinstance(text.from_, Unknown) or isinstance(text.until, Unknown):
            return Seen(UNKNOWN, f"{text.id} : dates inconnues")
        is_long = text.until > self.lasts.after(text.from_)
        return Seen(truth(not is_long), f"{text.id} : {Stretch(text.from_, text.until).words}")
