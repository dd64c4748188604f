"""What a version says of its methods, documents, juries and so on, in words, so that two versions can be compared."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from parchemin.core import words
from parchemin.core.framework import Composition
from parchemin.core.scheme import Bounds, Jury, Scheme
from parchemin.core.terms import Unknown, listed

NOT_SAID = "not_said"
FOLLOWED = {
    "former_rule": "elles gardent leur version",
    "new_rule": "elles passent à cette version",
    "more_favourable": "elles suivent la version la plus favorable",
}
"""What a transition says of the files opened under another version."""
MODES = {"assesses": "il évalue", "interviews": "il s'entretient", "verifies": "il vérifie"}


class Said(NamedTuple):
    """One thing a version says: what it bears on, in words, and the bounds it sets to a candidate if it is a number.

    ``is_asked`` when it is something more to do for a candidate that it be there at all.
    """

    about: str
    name: str
    words: str
    least: int | None = None
    most: int | None = None
    is_asked: bool = False


def sayings(scheme: Scheme) -> Iterator[Said]:
    """Everything that is compared by its words, in the order of a scheme; each is named once."""
    yield Said("level", "niveau", _level(scheme))
    for one in listed(scheme.registrations):
        yield Said("registration", one.id, _listed(one.text, one.code, _span(one.from_, one.until)))
    yield from _documents(scheme)
    yield from _methods(scheme)
    yield from _juries(scheme)
    award = scheme.award
    for label, value in (
        ("décidé par", award.decided_by), ("délivré par", award.issued_by), ("certificat", award.certificate),
        ("certificat par bloc", award.block_certificates), ("acquisition partielle", award.partial),
        ("suite d'une acquisition partielle", award.continuation), ("renouvellement du certificat", award.renewal),
    ):  # fmt: skip
        yield Said("award", label, _said(value, {id: actor.title for id, actor in scheme.actors.items()}))
    for block in scheme.blocks.values():
        yield Said("block", f"{block.id}, épreuves", _composition(block.methods, scheme))
        yield Said("block", f"{block.id}, facultatif", _said(block.is_optional))
    rule = scheme.transition if isinstance(scheme.transition, Unknown) else scheme.transition.rule
    yield Said("transition", "candidatures déjà ouvertes", _said(rule, FOLLOWED))
    for id, text in scheme.statements.items():
        yield Said("statement", id, text, is_asked=True)


def equivalences(scheme: Scheme) -> Iterator[Said]:
    """What parts held under other versions give in this one, each under the parts and the version it is of."""
    for one in listed(scheme.equivalences):
        given = _said("les mêmes" if one.gives == "same" else one.gives)
        until = f"jusqu'au {words.day(one.until)}" if one.until else ""
        told = given if given == NOT_SAID else _listed(given, until)
        yield Said("equivalence", f"{words.several(one.held)} de la version {one.version}", told)


def _level(scheme: Scheme) -> str:
    if isinstance(scheme.level, Unknown):
        return NOT_SAID
    return _listed(
        *(f"{name} {_said(v)}" for name, v in (("1969 :", scheme.level.fr1969), ("CEC :", scheme.level.eqf)) if v)
    )


def _documents(scheme: Scheme) -> Iterator[Said]:
    actors = {id: actor.title for id, actor in scheme.actors.items()}
    for id, one in scheme.documents.items():
        yield Said("document", id, one.title, is_asked=True)
        for label, bounds in (("pages", one.pages), ("caractères", one.characters), ("minutes", one.minutes)):
            yield _bounded("document", f"{one.title}, {label}", bounds)
        yield Said("document", f"{one.title}, signataires", _said(one.signed_by, actors))
        yield Said("document", f"{one.title}, détenteur", _said(one.holder, actors))


def _methods(scheme: Scheme) -> Iterator[Said]:
    actors = {id: actor.title for id, actor in scheme.actors.items()}
    for id, one in scheme.methods.items():
        yield Said("method", id, one.title, is_asked=True)
        least = one.minutes if isinstance(one.minutes, int) else None
        yield Said("method", f"{one.title}, minutes", _said(one.minutes), least)
        yield Said("method", f"{one.title}, évaluateurs", _said(one.evaluators, actors))
        yield Said("method", f"{one.title}, lieux", _said(one.places, _places(scheme)))
        for point in one.points:
            yield Said("method", f"{one.title}, point {point}", "demandé", is_asked=True)


def _places(scheme: Scheme) -> Mapping[str, str]:
    return {**words.PLACES, **scheme.places}


def _juries(scheme: Scheme) -> Iterator[Said]:
    for id, jury in scheme.juries.items():
        if not isinstance(jury, Jury):
            yield Said("jury", id, NOT_SAID)
            continue
        yield Said("jury", id, jury.title)
        yield Said("jury", f"{jury.title}, rôle", _said(jury.mode, MODES))
        colleges = {} if isinstance(jury.colleges, Unknown) else jury.colleges
        if isinstance(jury.seats, Unknown) or isinstance(jury.colleges, Unknown):
            yield Said("jury", f"{jury.title}, composition", NOT_SAID)
        for seat in listed(jury.seats):
            told = _listed(f"au moins {seat.min}", "externe" if seat.is_external is True else "")
            yield Said("jury", f"{jury.title}, {seat.title}", told)
        for college in colleges.values():
            told = NOT_SAID if isinstance(college.min, Unknown) else f"au moins {college.min}"
            yield Said("jury", f"{jury.title}, collège {college.title}", told)


def _bounded(about: str, name: str, bounds: Bounds | Unknown | None) -> Said:
    if bounds is None or isinstance(bounds, Unknown):
        return Said(about, name, _said(bounds))
    limits = (
        f"au moins {bounds.min}" if bounds.min is not None else "",
        f"au plus {bounds.max}" if bounds.max is not None else "",
    )
    return Said(about, name, _listed(*limits, _said(bounds.counting)), bounds.min, bounds.max)


def _composition(value: Composition | Unknown, scheme: Scheme) -> str:
    if isinstance(value, Unknown):
        return NOT_SAID
    titles = {id: method.title for id, method in scheme.methods.items()}
    told = [
        f"{label} : {_said(ids, titles)}" for label, ids in (("toutes", value.all_of), ("l'une", value.any_of)) if ids
    ]
    if value.of:
        told.append(f"{value.at_least} parmi : {_said(value.of, titles)}")
    return " ; ".join(told)


def _span(first: Any, last: Any) -> str:
    return " ".join(f"{label} {_said(day)}" for label, day in (("du", first), ("au", last)) if isinstance(day, date))


def _said(value: Any, titles: Mapping[str, str] | None = None) -> str:
    """A value in words; identifiers under their titles."""
    if isinstance(value, Unknown):
        return NOT_SAID
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, Mapping):
        return _listed(*(f"{_said(key, titles)} : {_said(one)}" for key, one in value.items()))
    if isinstance(value, tuple):
        return _listed(*(_said(one, titles) for one in value))
    return "" if value is None else (titles or {}).get(str(value), str(value))


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
