"""What a certificate says, as data: the same decision and the same holder always give the same text."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from parchemin.catalogue.birthplaces import commune, country
from parchemin.core.checks.eligibility import coverage
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed
from parchemin.records.awards.models import House, Kind
from parchemin.records.awards.queries.due import Due
from parchemin.records.journal.canonical import canonical, plain
from parchemin.records.juries.queries.written import day_of
from parchemin.records.people.models import CivilIdentity

FORMAT = "parchemin/certificate-1"


def text_of(
    due: Due, house: House, identity: CivilIdentity, number: str, awarded_on: date, valid_until: date | None
) -> str:
    """The JSON text: what is awarded, by whom, to whom, on which decision, under which registration, until when."""
    conclusion = due.conclusion
    decision = {
        "minutes": conclusion.minutes.number,
        "deliberated_on": day_of(conclusion.hearing),
        "in_effect_on": conclusion.concluded_on,
    }
    told = {
        **bearing(due.scheme, house, awarded_on),
        "number": number,
        "kind": due.kind.value,
        "title": due.title,
        "code": due.code,
        "holder": holder_of(identity),
        "decision": decision,
        "route": due.judged.candidacy.route,
        "awarded_on": awarded_on,
        "valid_until": valid_until,
        "renews": due.renews.number if due.renews else "",
        "parts": _parts(due),
    }
    return canonical(plain(told))


def bearing(scheme: Scheme, house: House, on: date) -> Mapping[str, Any]:
    """What every certificate of that certification bears when that body awards it that day, whoever holds it."""
    return {
        "format": FORMAT,
        "certification": scheme.title,
        "certificate": _known(scheme.award.certificate),
        "scheme": str(scheme.ref),
        "scheme_digest": scheme.ref.digest,
        "register": _known(scheme.register),
        "registrations": _registrations(scheme, on),
        "level": _level(scheme),
        "nsf": list(listed(scheme.codes.nsf)),
        "body": {"name": house.issuer.name, "trade_name": house.trade_name, "siret": house.issuer.siret},
        "signatory": {"name": house.signatory, "title": house.signatory_title},
        "made_at": house.place,
        "words": house.words,
        "look": {"primary": house.primary, "accent": house.accent, "logo": house.logo_id or ""},
    }


def digest_of(text: str) -> str:
    """The SHA-256 of the text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def says_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two certificates differ by their number and their look alone."""
    return {**one, "number": other["number"], "look": other["look"]} == other


def holder_of(identity: CivilIdentity) -> Mapping[str, Any]:
    """The holder as civil status names them, with the day and the place of birth."""
    return {
        "first_names": list(identity.first_names),
        "birth_name": identity.birth_name,
        "used_name": identity.used_name,
        "born_on": identity.born_on,
        "born_at": _birthplace(identity),
    }


def _birthplace(identity: CivilIdentity) -> str:
    if identity.birth_commune:
        found = commune(identity.birth_commune, identity.born_on)
        return found.label if found else identity.birth_commune
    known = country(identity.birth_country)
    place = known.name if known else identity.birth_country
    return f"{identity.birth_city} ({place})" if identity.birth_city else place


def _registrations(scheme: Scheme, on: date) -> list[Mapping[str, Any]]:
    """The texts that register the certification on that day, or may."""
    _outcome, ids = coverage(scheme, on, on)
    return [
        {"text": one.text, "code": one.code, "published_on": _known(one.published_on), "until": _known(one.until)}
        for one in listed(scheme.registrations)
        if one.id in ids
    ]


def _level(scheme: Scheme) -> Mapping[str, Any] | None:
    if isinstance(scheme.level, Unknown):
        return None
    return {"fr1969": _known(scheme.level.fr1969), "eqf": _known(scheme.level.eqf)}


def _parts(due: Due) -> list[Mapping[str, Any]]:
    """The parts that the decision was about, held or not, under their titles."""
    if due.kind is Kind.BLOCK:
        return []
    scheme = due.scheme
    record = due.conclusion.hearing
    granted = {one.code: one.is_granted for one in record.opinions.all()}
    known: Mapping[str, Any] = {**scheme.competences, **scheme.blocks}
    return [
        {"code": code, "title": _known(getattr(known.get(code), "title", None)), "is_held": is_held}
        for code, is_held in granted.items()
    ]


def _known(value: object) -> Any:
    return None if isinstance(value, Unknown) else value
