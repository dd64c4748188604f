"""What happened to a file, from the journal, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Person
from parchemin.web.shared.events import words
from parchemin.web.shared.typesetting import instant


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the journal: when, who, and what was done; ``has_decision`` when the rules' findings are in it."""

    number: int
    at: datetime
    who: str
    says: str
    has_decision: bool


def events(entries: Sequence[Entry]) -> list[Event]:
    """The entries in words, in the order given; one query for the names."""
    names = _names(entries)
    return [
        Event(
            number=entry.number,
            at=entry.occurred_at,
            who=_who(entry.actor, names),
            says=words(entry.kind, entry.details),
            has_decision=entry.decision_text is not None,
        )
        for entry in entries
    ]


def said(entries: Sequence[Entry]) -> list[str]:
    """One sentence for each: what, who, when."""
    return [
        _("%(what)s — %(who)s, le %(when)s") % {"what": one.says, "who": one.who, "when": instant(one.at)}
        for one in events(entries)
    ]


def _names(entries: Sequence[Entry]) -> dict[UUID, str]:
    ids = {entry.actor for entry in entries if entry.actor}
    return {one.pk: one.name for one in Person.objects.filter(pk__in=ids)} if ids else {}


def _who(actor: UUID | None, names: dict[UUID, str]) -> str:
    if actor is None:
        return _("sans personne : le temps ou un lien")
    return names.get(actor) or _("une personne effacée")
