"""decide: the rules of one stage applied to one file on one date, every one of them answered."""

from collections.abc import Iterable
from datetime import date

from parchemin.core.case import Case, applies
from parchemin.core.decision import NOT_MET, UNKNOWN, Decision, Finding, Outcome, Override, Seen, Stage, verdict
from parchemin.core.facts import Facts
from parchemin.core.scheme import Rule, Scheme

NOT_SAID = Seen(UNKNOWN, "on ne sait pas si la règle s'applique : voie, répertoire ou début du parcours non renseigné")


def decide(stage: Stage, facts: Facts, scheme: Scheme, on: date) -> Decision:
    """The decision at ``stage`` on the day ``on``: one finding per rule that applies, in the order of the scheme.

    Total and pure: the same arguments give the same decision. Where no blocking rule applies it is UNKNOWN.
    """
    case = Case(facts, scheme, on)
    findings = tuple(_findings(scheme.rules.get(stage, ()), case))
    return Decision(stage, scheme.ref, on, verdict(findings), findings)


def examine(scheme: Scheme, on: date) -> tuple[Finding, ...]:
    """How the scheme itself stands to the rules on certifications in force on ``on``, whoever the candidate is."""
    return tuple(_findings(scheme.conformity, Case(Facts(), scheme, on)))


def _findings(rules: Iterable[Rule], case: Case) -> Iterable[Finding]:
    for rule in rules:
        applicable = applies(rule.when, case)
        if applicable is not NOT_MET:
            seen = NOT_SAID if applicable is UNKNOWN else rule.check.look(case)
            lifted = None if rule.is_firm or not case.facts.overrides else _override(rule.id, seen.outcome, case)
            yield Finding(
                rule.id, rule.effect, seen.outcome, rule.says, seen.words, rule.source, seen.values, seen.parts, lifted
            )


def _override(rule: str, outcome: Outcome, case: Case) -> Override | None:
    if outcome is not NOT_MET:
        return None
    recorded = (o for o in case.facts.overrides if o.rule == rule and o.decided_on <= case.on)
    return next(recorded, None)
