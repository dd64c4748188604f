"""Certificates in words: where they stand, what they say, what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.awards.models import Certificate, Change, Kind
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.written import says_the_same
from parchemin.web.shared.typesetting import day

Look = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a certificate says."""

    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a certificate would say otherwise."""

    title: str
    now: str
    then: str


def look_of_act(act: str) -> Look:
    """What was decided of a certificate."""
    told = {
        Change.Act.REVOKED: ("not_met", "circle-x"),
        Change.Act.SUSPENDED: ("unknown", "hourglass"),
        Change.Act.REINSTATED: ("met", "circle-check"),
    }
    tone, icon = told[Change.Act(act)]
    return {"tone": tone, "icon": icon, "label": str(Change.Act(act).label)}


def holder_in(told: Mapping[str, Any]) -> str:
    """The holder as the certificate names them: first name, usage name or name at birth."""
    holder = told["holder"]
    return f"{holder['first_names'][0]} {holder['used_name'] or holder['birth_name']}"


def part_of(row: Certificate) -> str:
    """What it certifies: the whole, or a block under its code and title."""
    if row.kind == Kind.BLOCK:
        return _("Bloc %(code)s : %(title)s") % {"code": row.code, "title": row.told["title"]}
    return str(Kind(row.kind).label)


def lines_of(told: Mapping[str, Any], scheme: Scheme | None = None) -> list[Line]:
    """Everything that a certificate says but its number, in the order it is read."""
    body, holder, decision = told["body"], told["holder"], told["decision"]
    level = told["level"] or {}
    pairs = (
        (_("Nature"), str(Kind(told["kind"]).label)),
        (_("Intitulé"), " — ".join(one for one in (told["code"], told["title"]) if one)),
        (_("Certification"), told["certification"]),
        (_("Enregistrement"), " ; ".join(_registration(one) for one in told["registrations"])),
        (_("Niveau"), _level(level)),
        (_("Codes NSF"), ", ".join(told["nsf"])),
        (_("Titulaire"), _holder(holder)),
        (_("Né le"), _born(holder)),
        (_("Décision du jury"), _decision(decision)),
        (_("Voie d’accès"), title_of(scheme.routes, told["route"]) if scheme else told["route"]),
        (_("Délivré le"), _day(told["awarded_on"])),
        (_("Valable jusqu’au"), _day(told["valid_until"]) or _("sans limite")),
        (_("Renouvelle le certificat"), grouped(told["renews"])),
        (_("Délivré par"), " — ".join(one for one in (body["name"], body["trade_name"]) if one)),
        (_("SIRET"), body["siret"]),
        (_("Phrase de l’organisme"), told["words"]),
        (_("Fait à"), told["made_at"]),
        (_("Signé par"), f"{told['signatory']['name']}, {told['signatory']['title']}"),
        (_("Parties acquises"), _parts(told["parts"])),
        (_("Version du référentiel"), told["scheme"]),
    )
    return [Line(title, value) for title, value in pairs]


def differences(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[Difference]:
    """What the second text says otherwise than the first; an entry about the rest when it shows in no line."""
    pairs = zip(lines_of(now), lines_of(then), strict=True)
    found = [Difference(one.title, one.value, other.value) for one, other in pairs if one.value != other.value]
    if not found and not says_the_same(then, now):
        found.append(Difference(_("Empreinte du référentiel"), now["scheme_digest"][:16], then["scheme_digest"][:16]))
    return found


def _holder(holder: Mapping[str, Any]) -> str:
    names = f"{', '.join(holder['first_names'])} {holder['birth_name']}"
    if holder["used_name"] and holder["used_name"] != holder["birth_name"]:
        return _("%(names)s, nom d’usage %(used)s") % {"names": names, "used": holder["used_name"]}
    return names


def _born(holder: Mapping[str, Any]) -> str:
    if not holder["born_at"]:
        return _day(holder["born_on"])
    return _("%(day)s à %(place)s") % {"day": _day(holder["born_on"]), "place": holder["born_at"]}


def _decision(decision: Mapping[str, Any]) -> str:
    return _("procès-verbal %(number)s, jury du %(day)s, en vigueur le %(since)s") % {
        "number": decision["minutes"],
        "day": _day(decision["deliberated_on"]),
        "since": _day(decision["in_effect_on"]),
    }


def _registration(one: Mapping[str, Any]) -> str:
    return " — ".join(part for part in (one["code"], one["text"], _day(one["published_on"])) if part)


def _level(level: Mapping[str, Any]) -> str:
    known = {"fr1969": _("nomenclature de 1969"), "eqf": _("cadre européen")}
    return ", ".join(f"{level[key]} ({words})" for key, words in known.items() if level.get(key) is not None)


def _parts(parts: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{one['code']}" for one in parts if one["is_held"])


def _day(value: str | None) -> str:
    return day(date.fromisoformat(value)) if value else ""
