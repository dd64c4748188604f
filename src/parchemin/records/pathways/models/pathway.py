"""The individual pathway: what is done to acquire what is missing, planned and done, approved by those concerned."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Assurance, Person


class Pathway(models.Model):
    """The pathway of one file; ``revision`` grows with each change, and an approval holds for the one it saw."""

    candidacy = models.OneToOneField(Candidacy, models.CASCADE, primary_key=True, related_name="pathway")
    opened_at = models.DateTimeField()
    justification = models.TextField(_("Pourquoi ces heures"), max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.candidacy_id)


class Training(models.Model):
    """One action of a pathway, for these competences; removed, it stays to be read."""

    class Kind(models.TextChoices):
        """How one learns."""

        COURSE = "course", _("Action de formation")
        WORK = "work", _("Action en situation de travail")
        REMOTE = "remote", _("À distance")
        SIMULATION = "simulation", _("Simulation")
        CODEVELOPMENT = "codevelopment", _("Co-développement")

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="trainings")
    kind = models.CharField(_("Forme"), max_length=14, choices=Kind)
    title = models.CharField(_("Intitulé"), max_length=200)
    host = models.CharField(_("Où et avec qui"), max_length=200, blank=True)
    codes = models.JSONField(_("Compétences"), default=list)
    from_on = models.DateField(_("Du"), null=True, blank=True)
    until_on = models.DateField(_("Au"), null=True, blank=True)
    hours_planned = models.DecimalField(_("Heures prévues"), max_digits=6, decimal_places=2)
    hours_done = models.DecimalField(_("Heures faites"), max_digits=6, decimal_places=2, default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["course", "work", "remote", "simulation", "codevelopment"]),
                name="training_kind_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="training_has_title"),
            models.CheckConstraint(
                condition=Q(hours_planned__gte=0) & Q(hours_done__gte=0), name="training_hours_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="training_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Approval(models.Model):
    """Somebody concerned approved the pathway as it was at that revision, and how sure one is of who it was."""

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="approvals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    actor = models.CharField(max_length=60)
    revision = models.PositiveIntegerField()
    approved_at = models.DateTimeField()
    assurance = models.CharField(max_length=20, choices=Assurance)

    class Meta:
        ordering = ["approved_at"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "person", "revision"], name="approval_once_a_revision"),
            models.CheckConstraint(condition=~Q(actor=""), name="approval_has_role"),
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="approval_assurance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.pathway_id} {self.actor}"
