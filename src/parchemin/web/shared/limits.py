"""The limits of a document and who signs it, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.scheme import Bounds, DocumentKind, Scheme
from parchemin.core.terms import Unknown, title_of
from parchemin.typography import NARROW

CANDIDATE = "candidate"


def limits_of(kind: DocumentKind | None) -> list[str]:
    """Each limit in words; nothing when the kind has none."""
    if kind is None:
        return []
    pages = _said(kind.pages, _("nombre de pages non précisé par la source"), _pages)
    characters = _said(kind.characters, _("nombre de caractères non précisé par la source"), _characters)
    minutes = _said(kind.minutes, _("durée non précisée par la source"), _minutes)
    return [said for said in (pages, characters, minutes) if said]


def signers_of(scheme: Scheme, document: str) -> list[str] | None:
    """The actors who sign it, by id; None when the source does not say who does."""
    kind = scheme.documents.get(document)
    if kind is None:
        return []
    return None if isinstance(kind.signed_by, Unknown) else list(kind.signed_by)


def signed_words(scheme: Scheme, document: str) -> str:
    """Who signs it, in words; nothing when nobody does."""
    signers = signers_of(scheme, document)
    if signers is None:
        return _("la source ne dit pas qui signe")
    named = [_("vous") if one == CANDIDATE else title_of(scheme.actors, one).lower() for one in signers]
    return _("à signer : %(who)s") % {"who": ", ".join(named)} if named else ""


def thousands(count: int) -> str:
    """A number with its thousands apart."""
    return f"{count:,}".replace(",", NARROW)


def _said(bounds: Bounds | Unknown | None, unknown: str, words: object) -> str:
    if bounds is None:
        return ""
    if isinstance(bounds, Unknown):
        return unknown
    if bounds.min is None and bounds.max is None:
        return ""
    return words(bounds.min, bounds.max)  # type: ignore[operator, no-any-return]


def _pages(least: int | None, most: int | None) -> str:
    if least == most and most is not None:
        return ngettext("%(n)s page exactement", "%(n)s pages exactement", most) % {"n": most}
    if least and most:
        return _("de %(least)s à %(most)s pages") % {"least": least, "most": most}
    if most:
        return ngettext("%(n)s page au plus", "%(n)s pages au plus", most) % {"n": most}
    return ngettext("%(n)s page au moins", "%(n)s pages au moins", least or 0) % {"n": least}


def _characters(least: int | None, most: int | None) -> str:
    if least and most:
        return _("de %(least)s à %(most)s caractères, espaces compris") % {
            "least": thousands(least),
            "most": thousands(most),
        }
    if most:
        return _("%(n)s caractères au plus, espaces compris") % {"n": thousands(most)}
    return _("%(n)s caractères au moins, espaces compris") % {"n": thousands(least or 0)}


def _minutes(least: int | None, most: int | None) -> str:
    if least and most:
        return _("de %(least)s à %(most)s minutes") % {"least": least, "most": most}
    if most:
        return ngettext("%(n)s minute au plus", "%(n)s minutes au plus", most) % {"n": most}
    return ngettext("%(n)s minute au moins", "%(n)s minutes au moins", least or 0) % {"n": least}
