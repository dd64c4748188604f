"""The written works of a file: the documents that its candidate writes once admissible, and what they are made of."""

from dataclasses import dataclass

from parchemin.core.framework import Criterion
from parchemin.core.scheme import DocumentKind, Route, Scheme
from parchemin.core.terms import Unknown, listed
from parchemin.records.candidacies.judging import Judged

CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Part:
    """What one text of a work bears on: a competence, or a criterion, by code; ``title`` is empty when not known."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Written:
    """A work: the kind of its document and what it is made of; no part for a text in one piece."""

    id: str
    kind: DocumentKind
    parts: tuple[Part, ...]


def works_of(judged: Judged) -> tuple[Written, ...]:
    """The works asked of that file after admissibility, in the order they are asked for."""
    scheme, row = judged.scheme, judged.candidacy
    route = scheme.route_of(row.route)
    return tuple(
        Written(id, scheme.documents[id], parts_of(scheme, id, frozenset(row.blocks)))
        for id in _asked(judged, route)
        if id in scheme.documents and not is_made_by_others(route, id)
    )


def _asked(judged: Judged, route: Route | None) -> tuple[str, ...]:
    """What the rules and the later steps ask for, what the candidate's own steps make, what is assessed in writing."""
    scheme, aimed = judged.scheme, frozenset(judged.candidacy.blocks)
    own = [one for step in (listed(route.steps) if route else ()) if _owns(step.owner) for one in step.produces]
    assessed = [
        method.document
        for method in scheme.methods.values()
        if method.document and (not aimed or not method.blocks or aimed & set(method.blocks))
    ]
    found = dict.fromkeys((*judged.later.documents, *own, *assessed))
    return tuple(one for one in found if one not in judged.application.documents)


def is_made_by_others(route: Route | None, document: str) -> bool:
    """Whether a step of the route that is not the candidate's makes it."""
    steps = listed(route.steps) if route else ()
    makers = [step.owner for step in steps if document in step.produces]
    return bool(makers) and not any(_owns(owner) for owner in makers)


def _owns(owner: tuple[str, ...] | Unknown) -> bool:
    return CANDIDATE in listed(owner)


def parts_of(scheme: Scheme, document: str, aimed: frozenset[str] = frozenset()) -> tuple[Part, ...]:
    """What the work is made of: what its method assesses, or else every competence that is assessed.

    Blocks whose competences are not known are told by their criteria. ``aimed``: only these blocks, when some are.
    """
    methods = [one for one in scheme.methods.values() if one.document == document]
    if not methods:
        codes = [code for code in scheme.assessed if not aimed or scheme.competences[code].block in aimed]
        return tuple(_competence(scheme, code) for code in codes)
    found: dict[str, Part] = {}
    for method in methods:
        blocks = [block for block in method.blocks if not aimed or block in aimed]
        codes = list(method.competences) or [code for one in blocks for code in scheme.assessed_of.get(one, ())]
        parts = [_competence(scheme, code) for code in codes] or [
            Part(one.id, one.title) for one in _criteria(scheme, blocks)
        ]
        found |= {part.code: part for part in parts}
    return tuple(found.values())


def _competence(scheme: Scheme, code: str) -> Part:
    title = scheme.competences[code].title
    return Part(scheme.code_of(code), "" if isinstance(title, Unknown) else title)


def _criteria(scheme: Scheme, blocks: list[str]) -> list[Criterion]:
    return [one for one in listed(scheme.framework.criteria) if one.block in blocks]
