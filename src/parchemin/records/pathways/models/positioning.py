"""What the candidate already masters, competence by competence, told in an interview; repeated, each one stays."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person


class Positioning(models.Model):
    """One interview; open until whoever leads it closes it, never changed afterwards.

    ``revision`` grows with what the leader concludes, ``own_revision`` with what the candidate tells: both may write at
    once during the interview, and neither overtakes the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="positionings")
    number = models.PositiveSmallIntegerField()
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    held_on = models.DateField(_("Date de l’entretien"))
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    own_revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "number"], name="positioning_number_once"),
            models.UniqueConstraint(
                fields=["candidacy"], condition=Q(closed_at__isnull=True), name="positioning_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.number}"


class PositioningLine(models.Model):
    """One competence: what the leader concluded with an example, and beside it the candidate's own view."""

    positioning = models.ForeignKey(Positioning, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=60)
    is_acquired = models.BooleanField(_("Acquise"), null=True)
    example = models.TextField(_("Exemple"), max_length=2000, blank=True)
    own_view = models.BooleanField(_("Votre avis"), null=True)
    own_example = models.TextField(_("Votre exemple"), max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["positioning", "code"], name="positioned_once"),
            models.CheckConstraint(
                condition=Q(is_acquired__isnull=True) | ~Q(example=""), name="positioned_with_example"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Handover(models.Model):
    """A document that its holder keeps was handed on that day, to somebody in that role; whoever had it last has it."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="handovers")
    document = models.CharField(max_length=60)
    actor = models.CharField(_("Remis à"), max_length=60)
    name = models.CharField(_("Nom de la personne"), max_length=120, blank=True)
    handed_on = models.DateField(_("Le"))
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["handed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(document=""), name="handover_of_something"),
            models.CheckConstraint(condition=~Q(actor=""), name="handover_to_somebody"),
            models.UniqueConstraint(fields=["candidacy", "document", "actor", "handed_on"], name="handover_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.handed_on}"
