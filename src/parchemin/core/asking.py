"""What a file is asked for, read from the rules themselves: documents, statements, experience. Nothing is decided."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from parchemin.core.case import Case, applies
from parchemin.core.checks.base import AllOf, AnyOf, Silent
from parchemin.core.checks.completeness import DocumentPresent, DocumentsWanted, DocumentWithin
from parchemin.core.checks.eligibility import Admissible, ExperienceAtLeast, Stated
from parchemin.core.decision import NOT_MET, Stage
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Check, Route, Rule, Scheme
from parchemin.core.terms import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the rules of some stages look at; identifiers in the order of the rules, each once.

    ``rules`` are those that apply; ``experience`` those of them that count activities; ``is_answered`` whether
    somebody must answer the request.
    """

    rules: tuple[Rule, ...]
    documents: tuple[str, ...]
    statements: tuple[str, ...]
    experience: tuple[Rule, ...]
    is_answered: bool


def asked(scheme: Scheme, facts: Facts, on: date, *stages: Stage) -> Asked:
    """What these stages ask of a file on that day, given its route and the blocks it aims at.

    A rule that may apply counts as applying: what it asks for is asked.
    """
    case = Case(facts, scheme, on)
    rules = tuple(
        rule for stage in stages for rule in scheme.rules.get(stage, ()) if applies(rule.when, case) is not NOT_MET
    )
    documents: dict[str, None] = {}
    statements: dict[str, None] = {}
    for rule in rules:
        documents |= dict.fromkeys(documents_of(rule.check, case.route))
        statements |= {check.statement: None for check in leaves(rule.check) if isinstance(check, Stated)}
    return Asked(
        rules=rules,
        documents=tuple(documents),
        statements=tuple(statements),
        experience=tuple(rule for rule in rules if any(isinstance(c, ExperienceAtLeast) for c in leaves(rule.check))),
        is_answered=any(isinstance(check, Admissible) for rule in rules for check in leaves(rule.check)),
    )


def leaves(check: Check) -> Iterator[Check]:
    """The named checks a check is made of, itself when it is not composed."""
    if isinstance(check, AllOf | AnyOf):
        for part in check.parts:
            yield from leaves(part.check)
    else:
        yield check


def uses(rules: Iterable[Rule], *checks: type[Check]) -> bool:
    """Whether one of these rules is one of these checks, or made of one."""
    return any(isinstance(leaf, checks) for rule in rules for leaf in leaves(rule.check))


def uses_only(rules: Iterable[Rule], *checks: type[Check]) -> bool:
    """Whether each of these rules is one of these checks, or made of nothing else that looks at anything."""
    return all(isinstance(leaf, (*checks, Silent)) for rule in rules for leaf in leaves(rule.check))


def wanted_by(route: Route | None, until: str | None = None) -> tuple[str, ...]:
    """The documents that the steps of a route want, each once; only up to the step ``until``, none without it."""
    steps = listed(route.steps) if route else ()
    if until is not None:
        ids = [step.id for step in steps]
        steps = steps[: ids.index(until) + 1] if until in ids else ()
    return tuple(dict.fromkeys(document for step in steps for document in listed(step.wants)))


def documents_of(check: Check, route: Route | None) -> tuple[str, ...]:
    """The documents a check looks at, on that route."""
    return tuple(document for leaf in leaves(check) for document in _documents(leaf, route))


def _documents(check: Check, route: Route | None) -> tuple[str, ...]:
    if isinstance(check, DocumentPresent | DocumentWithin):
        return (check.document,)
    if isinstance(check, DocumentsWanted) and route:
        return tuple(
            document for step in listed(route.steps) if step.id == check.step for document in listed(step.wants)
        )
    return ()


def milestones_of(check: Check) -> frozenset[Milestone]:
    """The dated events that a check counts from or waits for, as its parameters name them."""
    values = [getattr(leaf, one.name) for leaf in leaves(check) for one in fields(leaf)]  # type: ignore[arg-type]
    flat = (each for value in values for each in (value if isinstance(value, tuple) else (value,)))
    return frozenset(each for each in flat if isinstance(each, Milestone))
