"""What was done on a pathway, by whom and when, from the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parchemin.core.words import number
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.models import Entry
from parchemin.records.journal.queries import entries_of
from parchemin.records.pathways.models import Training
from parchemin.records.people.models import Person
from parchemin.web.shared.events import words
from parchemin.web.shared.typesetting import instant

COUNTED = ("training_planned", "training_changed", "training_removed", "hours_justified")
"""What makes the pathway another one: its revision grows, approvals given before no longer hold."""
KINDS = (*COUNTED, "hours_told", "pathway_approved")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing done: what, on which action, by whom, when."""

    at: datetime
    who: str
    says: str
    about: str


def entries(row: Candidacy, kinds: Sequence[str] = KINDS) -> QuerySet[Entry]:
    """The entries about the pathway of that file, the last first."""
    return entries_of(row.pk).filter(kind__in=[f"candidacy.{kind}" for kind in kinds]).order_by("-number")


def changes(found: Sequence[Entry]) -> list[Change]:
    """These entries in words; two queries however many they are."""
    titles = _titles(found)
    ids = {entry.actor for entry in found if entry.actor}
    names = {one.pk: one.name for one in Person.objects.filter(pk__in=ids)} if ids else {}
    return [
        Change(
            entry.occurred_at,
            names.get(entry.actor, _("une personne effacée")) if entry.actor else "",
            words(entry.kind, entry.details),
            _about(entry.details, titles),
        )
        for entry in found
    ]


def since(row: Candidacy, count: int) -> list[str]:
    """The last changes that made the pathway another one, in one sentence each."""
    found = changes(list(entries(row, COUNTED)[: min(max(count, 1), 10)]))
    told = _("%(what)s — %(who)s, le %(when)s")
    return [
        told % {"what": f"{one.says} : {one.about}" if one.about else one.says, "who": one.who, "when": instant(one.at)}
        for one in found
    ]


def _titles(found: Sequence[Entry]) -> dict[int, str]:
    ids = {entry.details["training"] for entry in found if "training" in entry.details}
    return dict(Training.objects.filter(pk__in=ids).values_list("pk", "title")) if ids else {}


def _about(details: Mapping[str, Any], titles: Mapping[int, str]) -> str:
    parts = [titles.get(details.get("training", 0), ""), ", ".join(details.get("codes", ()))]
    if "hours" in details:
        parts.append(_("%(n)s h") % {"n": number(Fraction(details["hours"]))})
    return ", ".join(part for part in parts if part)
