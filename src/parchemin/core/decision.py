"""What the core answers: a Decision made of Findings, each with what was seen and the source of its rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

FORMAT = "parchemin/decision-1"


class Stage(StrEnum):
    """The six stages that name everything, in the order of a candidate's life."""

    ELIGIBILITY = "eligibility"
    COMPLETENESS = "completeness"
    ASSESSMENT = "assessment"
    JURY = "jury"
    AWARD = "award"
    VALIDITY = "validity"


class Outcome(StrEnum):
    """Three-valued: a missing fact is never a yes and never a silent no."""

    MET = "met"
    UNKNOWN = "unknown"
    NOT_MET = "not_met"


MET, UNKNOWN, NOT_MET = Outcome.MET, Outcome.UNKNOWN, Outcome.NOT_MET


class Effect(StrEnum):
    """What a rule does when it is not met: it blocks, it warns and asks for a justification, or it informs."""

    BLOCKING = "blocking"
    WARNING = "warning"
    INFORMATION = "information"


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """NOT_MET if one is, else UNKNOWN if one is, else MET (and MET for none)."""
    return _combined(outcomes, MET, NOT_MET)


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """MET if one is, else UNKNOWN if one is, else NOT_MET (and NOT_MET for none)."""
    return _combined(outcomes, NOT_MET, MET)


def _combined(outcomes: Iterable[Outcome], start: Outcome, end: Outcome) -> Outcome:
    found = start
    for outcome in outcomes:
        if outcome is end:
            return end
        if outcome is UNKNOWN:
            found = UNKNOWN
    return found


def enough(sure: int, maybe: int, least: int) -> Outcome:
    """Whether there are ``least`` of them, counting first those that surely are, then those that may be."""
    if sure >= least:
        return MET
    return UNKNOWN if sure + maybe >= least else NOT_MET


def truth(value: bool | None) -> Outcome:
    """The outcome of a fact that is true, false, or not known."""
    if value is None:
        return UNKNOWN
    return MET if value else NOT_MET


Values = Mapping[str, Any]
NOTHING: Values = {}


class Seen(NamedTuple):
    """What a check saw: its answer, the observation in French, the figures behind it, and its parts if composed."""

    outcome: Outcome
    words: str
    values: Values = NOTHING
    parts: tuple["Finding", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A derogation: somebody accepted that a rule is not met, for a reason and on a source. It edits no finding."""

    rule: str
    author: str
    reason: str
    source: str
    decided_on: date


class Finding(NamedTuple):
    """One rule, what was seen, and where the rule comes from; never rebuilt afterwards."""

    rule: str
    effect: Effect
    outcome: Outcome
    says: str
    seen: str
    source: str
    values: Values = NOTHING
    parts: tuple["Finding", ...] = ()
    override: Override | None = None

    @property
    def counts_as(self) -> Outcome:
        """The outcome that weighs in the verdict: MET when an override lifts the rule."""
        return MET if self.override else self.outcome


def is_settled(finding: Finding) -> bool:
    """Whether everything that rule waits for has its result, so that only a jury, or another try, may change it.

    Told by the checks on results, which name those they wait for; any other says nothing of it and is never settled.
    """
    if finding.outcome is not NOT_MET:
        return False
    if finding.parts:
        return all(is_settled(part) for part in finding.parts if part.outcome is not MET)
    return not finding.values.get("waiting", True)


class SchemeRef(NamedTuple):
    """Which files decided: the certification, its version and the digest of the resolved files.

    A version is named by its date of effect, or ``undated`` when its document gives none.
    """

    id: str
    version: str
    digest: str

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict at one stage on one date, with a finding for every rule that applied."""

    stage: Stage
    scheme: SchemeRef
    decided_on: date
    outcome: Outcome
    findings: tuple[Finding, ...]

    def those(self, outcome: Outcome, effect: Effect = Effect.BLOCKING) -> tuple[Finding, ...]:
        """The findings of that outcome and effect, in the order of the rules; lifted ones are counted as met."""
        return tuple(f for f in self.findings if f.counts_as is outcome and f.effect is effect)


def verdict(findings: Iterable[Finding]) -> Outcome:
    """The outcome of the blocking findings; UNKNOWN when there are none, for silence is not consent."""
    blocking = [finding.counts_as for finding in findings if finding.effect is Effect.BLOCKING]
    return all_of(blocking) if blocking else UNKNOWN
