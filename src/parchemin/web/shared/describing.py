"""A certification in plain words, for somebody who has not chosen yet or only reads: register, level, blocks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.framework import Competence
from parchemin.core.scheme import Register, Scheme
from parchemin.core.terms import Unknown, listed


@dataclass(frozen=True)
class Item:
    """A competence: the code that names it, and how it is shown."""

    code: str
    told: str


@dataclass(frozen=True)
class Part:
    """A block or an activity of the certification, and its competences."""

    code: str
    title: str
    items: tuple[Item, ...]

    @property
    def competences(self) -> tuple[str, ...]:
        """Its competences as they are shown."""
        return tuple(one.told for one in self.items)


def register_of(scheme: Scheme) -> str:
    """The register it is in, with its codes; nothing when the source does not say."""
    names = {
        Register.RNCP: _("Répertoire national des certifications professionnelles (RNCP)"),
        Register.RS: _("Répertoire spécifique (RS)"),
        Register.INVENTAIRE: _("ancien Inventaire de la CNCP"),
        Register.HOMOLOGATION: _("ancienne homologation"),
        Register.BRANCH: _("certification de branche"),
    }
    if isinstance(scheme.register, Unknown):
        return ""
    codes = sorted({text.code for text in listed(scheme.registrations) if text.code})
    return names[scheme.register] + (f", {', '.join(codes)}" if codes else "")


def level_of(scheme: Scheme) -> str:
    """Its level in the European framework, in words; nothing when the source does not say."""
    level = scheme.level
    if isinstance(level, Unknown) or level.eqf is None or isinstance(level.eqf, Unknown):
        return ""
    return _("niveau %(n)s") % {"n": level.eqf}


def made_of(scheme: Scheme) -> str:
    """How many blocks and competences, in words."""
    blocks, competences = len(scheme.blocks), len(listed(scheme.framework.competences))
    said = []
    if blocks:
        said.append(ngettext("%(n)s bloc de compétences", "%(n)s blocs de compétences", blocks) % {"n": blocks})
    if competences:
        said.append(ngettext("%(n)s compétence", "%(n)s compétences", competences) % {"n": competences})
    return ", ".join(said)


def parts_of(scheme: Scheme) -> Iterable[Part]:
    """Its blocks with their competences, then those of no block."""
    competences = listed(scheme.framework.competences)
    for block in scheme.blocks.values():
        own = tuple(_item(one) for one in competences if one.block == block.id)
        yield Part(block.id, titled("", block.title) or _("intitulé à fixer"), own)
    loose = tuple(_item(one) for one in competences if one.block not in scheme.blocks)
    if loose:
        yield Part("", _("Compétences"), loose)


def titled(code: str, title: str | Unknown) -> str:
    """The code and the title, or that the title is still to be settled."""
    named = _("intitulé à fixer") if isinstance(title, Unknown) and code else title
    said = "" if isinstance(named, Unknown) else named
    return f"{code} · {said}" if code else said


def _item(competence: Competence) -> Item:
    return Item(competence.id, titled(competence.id, competence.title))
