"""How the certificates of a body would look: certificates of nobody, drawn as real ones, and what they lack."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.core.scheme import Scheme
from parchemin.edges.parchments import ParchmentRefusedError, linted, parchment_picture, registered
from parchemin.edges.parchments.linting import OWN_WORDS
from parchemin.edges.parchments.mentions import Mention
from parchemin.edges.parchments.telling import specimen_of
from parchemin.records.awards.models import House, Kind
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.specimen import NUMBER, specimens


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is shown of it: pictures under their titles, what was found, and why nothing could be drawn."""

    pictures: tuple[tuple[str, str], ...]
    mentions: tuple[Mention, ...]
    why: str = ""

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Each as the component of a finding draws it, the gravest first."""
        return [_finding(one) for one in self.mentions]

    @property
    def own(self) -> tuple[Mention, ...]:
        """Those about the words of the body, that it is refused until it chooses others."""
        return tuple(one for one in self.mentions if one.code in OWN_WORDS and one.severity == "blocking")


def drawn(scheme: Scheme, house: House, logo: bytes | None, at: datetime, on: date) -> Drawn:
    """The certificates of nobody that this body would issue that day, looked at as real ones are."""
    known, pictures, found = registered(scheme), [], []
    try:
        for told in specimens(scheme, house, on):
            page = specimen_of(told, _address(), logo)
            found += [one for one in linted(page, known) if one not in found]
            content = b64encode(parchment_picture(page, at)).decode()
            pictures.append((str(Kind(told["kind"]).label), f"data:image/png;base64,{content}"))
    except ParchmentRefusedError as refused:
        return Drawn((), tuple(found), str(refused))
    return Drawn(tuple(pictures), tuple(sorted(found, key=lambda one: one.severity != "blocking")))


def graves(scheme: Scheme, house: House, on: date) -> list[str]:
    """What would make the certificates of that body irregular that day, in sentences; nothing is drawn."""
    known, pages = registered(scheme), (specimen_of(told, _address(), None) for told in specimens(scheme, house, on))
    found = (one.sentence for page in pages for one in linted(page, known) if one.severity == "blocking")
    return list(dict.fromkeys(found))


def _address() -> str:
    return f"{settings.ADDRESS}{reverse('verification:answer', args=[grouped(NUMBER)])}"


def _finding(one: Mention) -> dict[str, Any]:
    is_grave = one.severity == "blocking"
    return {
        "tone": "not_met" if is_grave else "unknown",
        "icon": "circle-x" if is_grave else "triangle-alert",
        "label": _("Bloquant") if is_grave else _("À vérifier"),
        "effect_label": _("Bloquant") if is_grave else _("À vérifier"),
        "says": one.sentence,
        "source": one.source,
    }
