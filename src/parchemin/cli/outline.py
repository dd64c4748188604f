"""A certification at a glance: what `scheme show` prints, section by section."""

from datetime import date
from typing import Any

from parchemin.catalogue.comparing import NOT_SAID, equivalences
from parchemin.cli.messages import Language, labelled, text
from parchemin.core import words
from parchemin.core.scheme import Jury, Level, Registration, Scheme
from parchemin.core.terms import Unknown, listed

Section = tuple[str, list[str]]


def outline(scheme: Scheme, language: Language) -> list[Section]:
    """The sections that have something to say, in the order a manager reads them."""
    sections = [
        (text("level", language), [_level(scheme.level, language)]),
        (text("register", language), [_said(scheme.register, language)]),
        (text("registrations", language), [_registration(one) for one in listed(scheme.registrations)]),
        (text("routes", language), [line for id in scheme.routes for line in _route(scheme, id, language)]),
        (text("blocks", language), [f"{b.id} — {_said(b.title, language)}" for b in scheme.blocks.values()]),
        (text("competences", language), _competences(scheme, language)),
        (text("methods", language), [f"{id} — {method.title}" for id, method in scheme.methods.items()]),
        (text("documents", language), [f"{id} — {kind.title}" for id, kind in scheme.documents.items()]),
        (text("juries", language), [_jury(id, jury, language) for id, jury in scheme.juries.items()]),
        (text("award", language), _award(scheme, language)),
        (text("equivalences", language), _equivalences(scheme, language)),
    ]
    return [(heading, lines) for heading, lines in sections if lines]


def _equivalences(scheme: Scheme, language: Language) -> list[str]:
    silent = f"? {text('not_said', language)}"
    return [f"{one.name} → {silent if one.words == NOT_SAID else one.words}" for one in equivalences(scheme)]


def _said(value: Any, language: Language) -> str:
    if isinstance(value, Unknown):
        return f"? {value.why or text('not_said', language)}"
    if isinstance(value, bool):
        return text("yes" if value else "no", language)
    return str(value)


def _level(level: Level | Unknown, language: Language) -> str:
    if isinstance(level, Unknown):
        return _said(level, language)
    shown = [_said(value, language) for value in (level.fr1969, level.eqf) if value is not None]
    return " / ".join(shown) or "—"


def _registration(one: Registration) -> str:
    return f"{one.id} — {one.text} : {_bound(one.from_)} → {_bound(one.until)}"


def _bound(value: date | Unknown | None) -> str:
    if value is None:
        return "…"
    return "?" if isinstance(value, Unknown) else words.day(value)


def _route(scheme: Scheme, id: str, language: Language) -> list[str]:
    route = scheme.route_of(id)
    if route is None:
        return []
    opening = route.is_open
    state = (
        _said(opening, language) if isinstance(opening, Unknown) else text("open" if opening else "closed", language)
    )
    steps = [f"    {index}. {step.title}" for index, step in enumerate(listed(route.steps), 1)]
    return [f"{id} — {route.title} ({state})", *steps]


def _competences(scheme: Scheme, language: Language) -> list[str]:
    competences = listed(scheme.framework.competences)
    if not competences:
        return []
    count = text("assessed", language, n=len(competences), assessed=len(scheme.assessed))
    return [count, *(f"{c.id} — {_said(c.title, language)}" for c in competences)]


def _jury(id: str, jury: Jury | Unknown, language: Language) -> str:
    if isinstance(jury, Unknown):
        return f"{id} — {_said(jury, language)}"
    seats = [seat.title for seat in listed(jury.seats)]
    colleges = [] if isinstance(jury.colleges, Unknown) else [college.title for college in jury.colleges.values()]
    return f"{id} — {jury.title}" + (f" : {', '.join(seats or colleges)}" if seats or colleges else "")


def _award(scheme: Scheme, language: Language) -> list[str]:
    named = ("decided_by", "issued_by", "certificate", "block_certificates", "partial")
    told = [labelled(text(name, language), _said(getattr(scheme.award, name), language), language) for name in named]
    return [scheme.award.title, *told]
