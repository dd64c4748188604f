"""What evaluators rate in a method: lines of the framework, and those it does not assess, with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from parchemin.core.framework import Competence
from parchemin.core.scheme import Method, Scheme
from parchemin.core.terms import Unknown, listed


class Kind(StrEnum):
    """What a line is in the framework; WHOLE is the method itself, where the source details nothing."""

    COMPETENCE = "competence"
    CRITERION = "criterion"
    LEARNING = "learning"
    UNIT = "unit"
    POINT = "point"
    WHOLE = "whole"


class Refused(StrEnum):
    """Why a line cannot be rated."""

    NOT_ASSESSED = "not_assessed"
    PERHAPS_NOT = "perhaps_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a grid: ``title`` None where the source gives none; ``refused`` None where it may be rated."""

    code: str
    kind: Kind
    title: str | None = None
    block: str | None = None
    refused: Refused | None = None


RESULTS = (Kind.COMPETENCE, Kind.LEARNING, Kind.UNIT)
"""The lines that give a result under their own code; the others only help to judge, or pass the method."""


def grid_of(scheme: Scheme, method: str) -> tuple[Line, ...]:
    """The lines of that method, in the order of the framework; the method as a whole where there is nothing finer.

    KeyError when the scheme has no such method.
    """
    known = scheme.methods[method]
    lines = (*_competences(scheme, known), *_criteria(scheme, known), *_learnings(scheme, known), *_points(known))
    if any(line.refused is None for line in lines):
        return lines
    return (*lines, Line(code=method, kind=Kind.WHOLE, title=known.title))


def units_of(scheme: Scheme) -> tuple[Line, ...]:
    """The course units, each once however many blocks it feeds; they are a ledger of their own."""
    return tuple(
        Line(code=unit.id, kind=Kind.UNIT, block=unit.blocks[0] if len(unit.blocks) == 1 else None)
        for unit in scheme.framework.units
    )


def line_of(lines: tuple[Line, ...], scheme: Scheme, code: str) -> Line | None:
    """The line of that code, an assessed code leading to its competence; None when the grid has none."""
    wanted = scheme.code_of(code)
    return next((line for line in lines if line.code == wanted), None)


def _competences(scheme: Scheme, method: Method) -> Iterator[Line]:
    named = {scheme.code_of(code) for code in method.competences}
    for one in listed(scheme.framework.competences):
        block = one.block if isinstance(one.block, str) else None
        is_of_method = one.id in named or (not named and block in method.blocks)
        is_beside = bool(named) and one.is_assessed is False and not method.blocks
        if is_of_method or is_beside:
            yield Line(
                code=one.id,
                kind=Kind.COMPETENCE,
                title=one.title if isinstance(one.title, str) else None,
                block=block,
                refused=_refused(one),
            )


def _refused(one: Competence) -> Refused | None:
    if isinstance(one.is_assessed, Unknown):
        return Refused.PERHAPS_NOT
    return None if one.is_assessed else Refused.NOT_ASSESSED


def _criteria(scheme: Scheme, method: Method) -> Iterator[Line]:
    named = {scheme.code_of(code) for code in method.competences}
    for one in listed(scheme.framework.criteria):
        if one.block in method.blocks or named.intersection(one.competences):
            yield Line(code=one.id, kind=Kind.CRITERION, title=one.title, block=one.block)


def _learnings(scheme: Scheme, method: Method) -> Iterator[Line]:
    if method.competences:
        return
    for one in scheme.framework.learnings:
        if one.block in method.blocks:
            yield Line(code=one.id, kind=Kind.LEARNING, title=one.title, block=one.block)


def _points(method: Method) -> Iterator[Line]:
    for number, title in enumerate(method.points, 1):
        yield Line(code=f"{number}", kind=Kind.POINT, title=title)
