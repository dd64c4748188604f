"""Training in work situations as it was lived: the moments the law wants proved (code du travail, art. D6313-3-2)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person


class Moment(models.Model):
    """One moment, logged by whoever lived it; a situation or a reflective phase lasts from an hour to another."""

    class Kind(models.TextChoices):
        """What the moment is, in the order of a training."""

        ANALYSIS = "analysis", _("Analyse de l’activité de travail")
        DESIGNATION = "designation", _("Désignation du formateur")
        SITUATION = "situation", _("Situation de travail")
        REFLECTION = "reflection", _("Séquence réflexive")
        FEEDBACK = "feedback", _("Entretien de retour")
        HOT = "hot", _("Évaluation à chaud")
        COLD = "cold", _("Évaluation à froid")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="moments")
    kind = models.CharField(_("Nature"), max_length=12, choices=Kind)
    from_at = models.DateTimeField(_("Début"))
    until_at = models.DateTimeField(_("Fin"), null=True, blank=True)
    codes = models.JSONField(_("Compétences"), default=list, blank=True)
    words = models.TextField(_("Ce qui s’est passé"), max_length=5000, blank=True)
    trainer = models.CharField(_("Formateur"), max_length=120, blank=True)
    logged_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    logged_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["from_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["analysis", "designation", "situation", "reflection", "feedback", "hot", "cold"]),
                name="moment_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")), name="moment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["situation", "reflection"]) | Q(until_at__isnull=False),
                name="moment_has_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(kind="designation") | ~Q(trainer=""), name="moment_designates_somebody"
            ),
        ]
        indexes = [models.Index(fields=["candidacy", "from_at"], name="moment_of_file")]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_at}"
