"""What the middle of a file asks of whoever looks at it: one thing at a time, and where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from parchemin.records.pathways.actions.contracting import kind_of
from parchemin.records.pathways.asked import PATHWAY, step_of
from parchemin.records.pathways.facts import trainings_of
from parchemin.records.people.permissions import Action
from parchemin.web.shared.reached import Reached
from parchemin.web.shared.typesetting import day


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, in a sentence, and the button that leads there."""

    words: str
    label: str
    url: str


def asked_of(found: Reached) -> Asked | None:
    """The first thing that waits for whoever looks, in the order of the file; None when nothing does."""
    if not found.candidacy.is_active:
        return None
    parts = (_own_view, _conclusions, _plan, _approval, _report)
    return next((asked for part in parts for asked in part(found)), None)


def _own_view(found: Reached) -> Iterator[Asked]:
    """An interview is open on which the candidate said nothing yet."""
    if not found.is_own:
        return
    for one in found.candidacy.positionings.all():
        if one.closed_at is None and not one.own_revision:
            words = _("Un entretien de repérage est ouvert : dites où vous pensez en être, avant de le passer.")
            yield Asked(words, _("Donner mon avis"), _url(found, "positioning", one.pk))


def _conclusions(found: Reached) -> Iterator[Asked]:
    """Whoever leads an interview concludes on each competence."""
    for one in found.candidacy.positionings.all():
        if one.closed_at is None and one.leader_id == found.viewer.pk and found.may(Action.POSITION):
            words = _("Vous menez l’entretien de repérage du %(day)s : il attend vos conclusions.")
            yield Asked(words % {"day": day(one.held_on)}, _("Conclure"), _url(found, "positioning", one.pk))


def _plan(found: Reached) -> Iterator[Asked]:
    """What an interview found to acquire is planned by those who accompany the candidate."""
    row = found.candidacy
    may_plan = found.may(Action.PLAN_PATHWAY) and found.may(Action.POSITION)
    is_positioned = any(one.closed_at for one in row.positionings.all())
    if may_plan and is_positioned and not trainings_of(row) and step_of(found.judged.scheme, row.route, PATHWAY):
        words = _("Le repérage est terminé : prévoyez les actions qui font acquérir le reste.")
        yield Asked(words, _("Ajouter une action"), _url(found, "add_training"))


def _approval(found: Reached) -> Iterator[Asked]:
    """The candidate approves the pathway as it is."""
    row = found.candidacy
    if not found.is_own or not trainings_of(row):
        return
    if not row.pathway.approvals.filter(person=found.viewer, revision=row.pathway.revision).exists():
        words = _("Le parcours prévu pour vous attend votre approbation.")
        yield Asked(words, _("Relire et approuver"), _url(found, "plan"))


def _report(found: Reached) -> Iterator[Asked]:
    """A visit in the company took place, and nobody wrote what came of it."""
    row = found.candidacy
    if not kind_of(row.route) or found.is_own or not found.may(Action.PLAN_PATHWAY):
        return
    for one in row.visits.filter(held_on__isnull=True, cancelled_at__isnull=True):
        if localdate(one.planned_at) < found.on:
            words = _("La visite en entreprise du %(day)s attend son compte rendu.")
            on = day(localdate(one.planned_at))
            yield Asked(words % {"day": on}, _("Faire le compte rendu"), f"{_url(found, 'alternance')}#visites")


def _url(found: Reached, name: str, *args: object) -> str:
    return reverse(f"pathway:{name}", args=[found.candidacy.pk, *args])
