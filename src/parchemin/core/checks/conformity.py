"""How a certification stands to the rules on certifications: stricter or looser is told, never changed."""

from collections.abc import Iterator
from typing import Any, Literal

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.award import MethodPassed
from parchemin.core.checks.base import AllOf, AnyOf, Check, Silent, check
from parchemin.core.checks.eligibility import ExperienceAtLeast
from parchemin.core.checks.validity import Lasts
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Seen, Stage, all_of, truth
from parchemin.core.durations import Duration, Stretch
from parchemin.core.scheme import Register, Unknown, listed


@check
class ComparedWithLaw:
    """The duration a rule of the scheme sets stands within what the law sets.

    ``of`` names the check whose rules are looked at, ``subject`` the clock; at most and at least are both included.
    """

    of: Literal["experience_at_least", "lasts"]
    subject: Literal["block", "competence", "certificate"] | None = None
    at_most: Duration | None = None
    at_least: Duration | Literal["unlimited"] | None = None

    def look(self, case: Case) -> Seen:
        """NOT_MET where the scheme is stricter or looser; MET when it sets no such duration."""
        found = [
            (rule.id, duration)
            for rules in case.scheme.rules.values()
            for rule in rules
            if not rule.when.route or case.facts.route is None or case.facts.route in rule.when.route
            for duration in self._durations(rule.check)
        ]
        outcome = all_of(UNKNOWN if d is None else truth(self._within(d)) for _, d in found)
        law = (
            "aucune durée"
            if self.at_most == Duration()
            else "au plus " + _told(self.at_most)
            if self.at_most is not None
            else "au moins " + _told(self.at_least)
        )
        told = words.several(f"{_told(duration)} ({id})" for id, duration in found)
        return Seen(outcome, f"dispositif : {told or 'aucune durée'} ; droit : {law}")

    def _durations(self, check: Check) -> Iterator[Any]:
        if isinstance(check, AnyOf | AllOf):
            for part in check.parts:
                yield from self._durations(part.check)
        elif isinstance(check, Silent):
            if check.of == self.of and self.subject in (None, check.known.get("subject")):
                yield check.known.get("lasts")
        elif (self.of == "lasts" and isinstance(check, Lasts) and self.subject in (None, check.subject)) or (
            self.of == "experience_at_least" and isinstance(check, ExperienceAtLeast)
        ):
            yield check.lasts

    def _within(self, duration: Duration | Literal["unlimited"]) -> bool:
        days = _days(duration)
        low, high = self.at_least, self.at_most
        return (high is None or days <= _days(high)) and (low is None or days >= _days(low))


def _days(duration: Duration | Literal["unlimited"]) -> float:
    return duration.most_days if isinstance(duration, Duration) else float("inf")


def _told(duration: Duration | str | None) -> str:
    if duration is None:
        return "durée inconnue"
    return duration.words if isinstance(duration, Duration) else "sans limite"


@check
class CompetencesPerBlock:
    """Each block holds at least ``least`` competences."""

    least: int

    def look(self, case: Case) -> Seen:
        """UNKNOWN when the source does not say which competences a block holds."""
        competences = listed(case.scheme.framework.competences)
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
            if rule.effect == "blocking" and any(_is_extra(one) for one in _leaves(rule.check))
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
        """NOT_MET with the blocks no method bears on."""
        covered = {block for method in case.scheme.methods.values() for block in method.blocks}
        bare = [id for id in case.scheme.blocks if id not in covered]
        return Seen(truth(not bare), f"sans épreuve : {words.several(bare)}" if bare else "chaque bloc a ses épreuves")


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
        competences = (*listed(frame.competences), *frame.capabilities)
        parts = {
            "activités": listed(frame.activities),
            "compétences": competences,
            "évaluation": tuple(case.scheme.methods),
        }
        lacking = [name for name, items in parts.items() if not items]
        return Seen(truth(not lacking), f"manque : {words.several(lacking)}" if lacking else "les trois parties y sont")


@check
class RegistrationsAtMost:
    """Each registration lasts at most ``lasts``, date to date."""

    lasts: Duration

    def look(self, case: Case) -> Seen:
        """NOT_MET with those that last longer; those with unknown bounds are left UNKNOWN."""
        outcomes, long = [MET], []
        for text in listed(case.scheme.registrations):
            if isinstance(text.from_, Unknown) or isinstance(text.until, Unknown) or text.until is None:
                outcomes.append(UNKNOWN)
            elif text.until > self.lasts.after(text.from_):
                outcomes.append(NOT_MET)
                long.append(f"{text.id} : {Stretch(text.from_, text.until).words}")
        told = words.several(long) or f"{self.lasts.words} au plus"
        return Seen(all_of(outcomes) if listed(case.scheme.registrations) else UNKNOWN, told)
