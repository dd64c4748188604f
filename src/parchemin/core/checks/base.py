"""What every check is, and how checks compose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast, dataclass_transform

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.decision import MET, NOTHING, UNKNOWN, Effect, Finding, Seen, all_of, any_of
from parchemin.core.scheme import Check

C = TypeVar("C", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def check(cls: C) -> C:
    """A check's parameters as a frozen dataclass with keyword arguments."""
    return cast(C, dataclass(frozen=True, kw_only=True)(cls))


@check
class Silent:
    """Stands for a check whose parameters the source does not give: always UNKNOWN, and says what is missing."""

    of: str
    missing: tuple[str, ...]
    known: Mapping[str, Any] = field(default_factory=dict)

    def look(self, case: Case) -> Seen:
        """UNKNOWN, naming the parameters the awarding body has to settle."""
        told = words.several(words.PARAMETERS.get(name, name) for name in self.missing)
        return Seen(
            UNKNOWN,
            f"la source ne le dit pas ({told}) : à fixer par une décision de l'organisme",
            {"missing": list(self.missing)},
        )


@check
class Part:
    """One member of a composed rule, with its own sentence and source."""

    says: str
    source: str
    check: Check


@check
class AnyOf:
    """Met when one part is."""

    parts: tuple[Part, ...]

    def look(self, case: Case) -> Seen:
        """MET if a part is, else UNKNOWN if one is, else NOT_MET; when it is met, only what meets it is told."""
        findings = tuple(_finding(part, case) for part in self.parts)
        outcome = any_of(finding.outcome for finding in findings)
        told = [finding.seen for finding in findings if outcome is not MET or finding.outcome is MET]
        return Seen(outcome, " ; ou bien : ".join(told), NOTHING, findings)


@check
class AllOf:
    """Met when every part is."""

    parts: tuple[Part, ...]

    def look(self, case: Case) -> Seen:
        """NOT_MET if a part is, else UNKNOWN if one is, else MET; every part is told."""
        findings = tuple(_finding(part, case) for part in self.parts)
        told = " ; ".join(finding.seen for finding in findings)
        return Seen(all_of(finding.outcome for finding in findings), told, NOTHING, findings)


def _finding(part: Part, case: Case) -> Finding:
    seen = part.check.look(case)
    return Finding("", Effect.BLOCKING, seen.outcome, part.says, seen.words, part.source, seen.values, seen.parts)
