"""Identifiers that facts mention: those that the certification does not declare are told, at their place.

Routes and the codes of results, opinions and holdings stay free: rules themselves tell those that are strange.
"""

from collections.abc import Iterator

from parchemin.catalogue.linting import declared_in
from parchemin.catalogue.problems import Mark, Problem, nearest, problem
from parchemin.catalogue.reading import Node
from parchemin.core.scheme import Jury, Scheme
from parchemin.core.terms import Unknown, listed

ITEMS, KEYS = "*", "**"
MENTIONS = {
    "blocks/*": "blocks",
    "statements/**": "statements",
    "steps/**": "steps",
    "overrides/*/rule": "rules",
    "experiences/*/about/*": "experience_tags",
    "documents/*/id": "documents",
    "assessments/*/method": "methods",
    "accommodations/*/methods/*": "methods",
    "members/*/seat": "seats",
    "members/*/college": "colleges",
    "previous_chair_college": "colleges",
    "positioning/**": "competences",
    "pathway/*": "competences",
}
"""Where facts name something of the scheme, and its section: ``*`` is each item of a list, ``**`` each key."""


def unknown_ids(facts: Node | None, scheme: Scheme) -> list[Problem]:
    """A problem for each identifier of facts written in a file that the scheme does not declare."""
    known = declared_in(scheme)
    known["rules"] = {rule.id for rules in scheme.rules.values() for rule in rules}
    juries = [jury for jury in scheme.juries.values() if isinstance(jury, Jury)]
    known["seats"] = {seat.id for jury in juries for seat in listed(jury.seats)}
    silent = {"seats", "colleges"} if _is_silent(scheme) else set()
    problems: list[Problem] = []
    for path, section in MENTIONS.items():
        for name, mark in _mentioned(facts, path.split("/")) if facts else ():
            if section not in silent and name not in known[section]:
                hints = nearest(name, known[section], len(problems))
                problems.append(problem("dangling", mark, name=name, section=section, **hints))
    return problems


def _is_silent(scheme: Scheme) -> bool:
    """Whether the composition of some jury is not known: any seat or college may be one of it."""
    juries = scheme.juries.values()
    return any(not isinstance(jury, Jury) or isinstance(jury.seats, Unknown) for jury in juries)


def _mentioned(node: Node, steps: list[str]) -> Iterator[tuple[str, Mark]]:
    if not steps:
        if isinstance(node.value, str):
            yield node.value, node.mark
    elif steps[0] == KEYS:
        yield from ((key, node.keys.get(key, child.mark)) for key, child in node.mapping.items())
    elif steps[0] == ITEMS:
        for child in node.items or [node]:
            yield from _mentioned(child, steps[1:])
    else:
        child_or_none = node.get(steps[0])
        if child_or_none:
            yield from _mentioned(child_or_none, steps[1:])
