"""What a pathway must cover, what it plans, and what the rules would say once all of it is done."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from parchemin.core.checks.completeness import PathwayCovers, TrainingHours
from parchemin.core.deciding import decide
from parchemin.core.decision import Finding, Stage
from parchemin.core.scheme import Rule, Scheme
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.asked import to_position
from parchemin.records.pathways.facts import hours_of, pathway_of, positioning, trainings_of

CHECKS = (PathwayCovers, TrainingHours)


def positioned(judged: Judged) -> Mapping[str, bool] | None:
    """What the last interview concluded; None before any."""
    found: Mapping[str, bool] | None = judged.known(positioning)["positioning"]
    return found


def acquired_by(judged: Judged) -> tuple[str, ...]:
    """The competences that the last interview found acquired, in the order of the framework."""
    known = positioned(judged) or {}
    return tuple(code for code in to_position(judged.scheme, judged.candidacy.blocks) if known.get(code))


def to_acquire(judged: Judged) -> tuple[str, ...]:
    """The others: every one of them before any interview, as for somebody new."""
    acquired = acquired_by(judged)
    return tuple(code for code in to_position(judged.scheme, judged.candidacy.blocks) if code not in acquired)


def planned_hours(row: Candidacy) -> Fraction | None:
    """The hours of the actions of the pathway as planned; None where there is no pathway."""
    trainings = trainings_of(row)
    return None if trainings is None else sum((Fraction(one.hours_planned) for one in trainings), Fraction(0))


def as_done(judged: Judged) -> tuple[Finding, ...]:
    """What the rules about the pathway say of it today; they look at nothing else of the file, left unread."""
    return _findings(judged, hours_of(judged.candidacy))


def once_done(judged: Judged) -> tuple[Finding, ...]:
    """What they would say if every hour planned were done."""
    return _findings(judged, planned_hours(judged.candidacy))


def pathway_rules(scheme: Scheme) -> tuple[Rule, ...]:
    """The rules of the scheme that are about what the pathway covers or how long it lasts."""
    return tuple(rule for rule in scheme.rules.get(Stage.COMPLETENESS, ()) if isinstance(rule.check, CHECKS))


def hours_rules(scheme: Scheme) -> frozenset[str]:
    """Those that are about how long it lasts."""
    return frozenset(rule.id for rule in pathway_rules(scheme) if isinstance(rule.check, TrainingHours))


def _findings(judged: Judged, hours: Fraction | None) -> tuple[Finding, ...]:
    facts = replace(
        judged.bare,
        positioning=positioned(judged),
        pathway=pathway_of(judged.candidacy),
        training_hours=hours,
    )
    ids = {rule.id for rule in pathway_rules(judged.scheme)}
    decision = decide(Stage.COMPLETENESS, facts, judged.scheme, judged.on)
    return tuple(one for one in decision.findings if one.rule in ids)
