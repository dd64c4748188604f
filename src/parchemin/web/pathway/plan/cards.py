"""The parts of the middle of a file, as cards: only those that its scheme asks for, or where something is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.records.pathways.actions.contracting import kind_of
from parchemin.records.pathways.asked import PATHWAY, positioning_steps, step_of
from parchemin.records.pathways.facts import MOMENTS, TRAININGS, trainings_of
from parchemin.records.pathways.foreseeing import acquired_by, pathway_rules, to_acquire
from parchemin.records.pathways.models import Training
from parchemin.records.pathways.queries.evidence import zones_read_by
from parchemin.records.pathways.queries.working import work_rules
from parchemin.records.pathways.written import works_of
from parchemin.records.people.permissions import Action
from parchemin.web.pathway.plan.shown import summary
from parchemin.web.shared.reached import Reached
from parchemin.web.shared.typesetting import day


@dataclass(frozen=True, slots=True)
class Card:
    """One part: where it is, what it is, and where it stands."""

    url: str
    title: str
    says: str
    state: str
    icon: str


def cards_of(found: Reached) -> list[Card]:
    """The parts of that file, in the order they are gone through."""
    prefetch_related_objects([found.candidacy], "positionings", TRAININGS, MOMENTS)
    parts = (_positioning, _pathway, _alternance, _work, _evidence, _works, _assessment)
    return [card for part in parts for card in part(found)]


def _positioning(found: Reached) -> Iterator[Card]:
    row, rows = found.candidacy, list(found.candidacy.positionings.all())
    steps = positioning_steps(found.judged.scheme, row.route)
    if not steps and not rows:
        return
    closed = [one for one in rows if one.closed_at]
    if any(one.closed_at is None for one in rows):
        state = _("Un entretien est ouvert")
    elif closed:
        acquired, missing = len(acquired_by(found.judged)), len(to_acquire(found.judged))
        told = {"day": day(closed[-1].held_on), "acquired": acquired, "missing": missing}
        words = ngettext(
            "Fait le %(day)s : %(acquired)s acquise, %(missing)s à acquérir",
            "Fait le %(day)s : %(acquired)s acquises, %(missing)s à acquérir",
            acquired,
        )
        state = words % told
    else:
        state = _("À faire : conseillé") if all(step.is_optional for step in steps) else _("À faire")
    says = _("Ce qui est déjà acquis, compétence par compétence.")
    yield _card(found, "pathway:positionings", _("Repérage"), says, state, "list-checks")


def _pathway(found: Reached) -> Iterator[Card]:
    row, scheme = found.candidacy, found.judged.scheme
    trainings = trainings_of(row)
    if trainings is None and step_of(scheme, row.route, PATHWAY) is None and not _applies(found):
        return
    state = summary(trainings) if trainings else _("Aucune action encore")
    says = _("Les actions qui font acquérir le reste, leurs heures, qui les approuve.")
    yield _card(found, "pathway:plan", _("Parcours"), says, state, "layers")


def _alternance(found: Reached) -> Iterator[Card]:
    if kind_of(found.candidacy.route):
        contracts = list(found.candidacy.contracts.all())
        state = contracts[-1].get_state_display() if contracts else _("Aucun contrat noté")
        says = _("Le contrat, le carnet de liaison, les visites.")
        yield _card(found, "pathway:alternance", _("Alternance"), says, state, "briefcase")


def _work(found: Reached) -> Iterator[Card]:
    moments = [one for one in found.candidacy.moments.all() if one.removed_at is None]
    planned = any(one.kind == Training.Kind.WORK for one in trainings_of(found.candidacy) or ())
    if not (moments or planned or work_rules(found.judged.scheme)):
        return
    count = len(moments)
    state = ngettext("%(n)s moment noté", "%(n)s moments notés", count) % {"n": count} if count else _("Rien de noté")
    says = _("L’analyse, les situations, les séquences réflexives, leurs évaluations.")
    yield _card(found, "pathway:work", _("Situations de travail"), says, state, "clock")


def _evidence(found: Reached) -> Iterator[Card]:
    if found.judged.scheme.assessed:
        count = found.candidacy.evidences.filter(removed_at__isnull=True, zone__in=zones_read_by(found.roles)).count()
        state = ngettext("%(n)s preuve", "%(n)s preuves", count) % {"n": count} if count else _("Aucune preuve encore")
        says = _("Ce qui montre chaque compétence, déposé et commenté.")
        yield _card(found, "pathway:evidence", _("Preuves"), says, state, "file-check")


def _works(found: Reached) -> Iterator[Card]:
    works = works_of(found.judged)
    if not works:
        return
    given = {one.kind for one in found.candidacy.documents.all()}
    told = {"done": sum(one.id in given for one in works), "total": len(works)}
    state = ngettext("%(done)s déposé sur %(total)s", "%(done)s déposés sur %(total)s", told["done"]) % told
    says = _("Rapports, mémoires, dossiers : leurs limites et leurs versions.")
    yield _card(found, "pathway:works", _("Écrits"), says, state, "file-text")


def _assessment(found: Reached) -> Iterator[Card]:
    if found.judged.scheme.methods and found.may(Action.SEE_ASSESSMENTS):
        count = found.candidacy.sittings.filter(cancelled_at__isnull=True).count()
        told = ngettext("%(n)s épreuve prévue ou passée", "%(n)s épreuves prévues ou passées", count)
        state = told % {"n": count} if count else _("Aucune épreuve prévue")
        says = _("Les épreuves, leurs dates, leurs évaluateurs, les résultats.")
        yield _card(found, "assessment:file", _("Évaluations"), says, state, "scale")


def _applies(found: Reached) -> bool:
    """Whether a rule about the pathway applies to that file."""
    return any(
        not rule.when.route or found.candidacy.route in rule.when.route for rule in pathway_rules(found.judged.scheme)
    )


def _card(found: Reached, name: str, title: str, says: str, state: str, icon: str) -> Card:
    return Card(reverse(name, args=[found.candidacy.pk]), title, says, state, icon)
