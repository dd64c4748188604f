"""How long each class of documents is kept, and what was done at the end of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models.files import Candidacy, Status
from parchemin.records.people.models import Organisation, Person


class RetentionRule(models.Model):
    """A class of documents, how many months it is kept after the file closed, and what follows.

    The law read gives no figure for private bodies: each body sets its own, and files of public bodies are archives
    that need an approval before anything is destroyed (code du patrimoine).
    """

    class Kind(models.TextChoices):
        """The classes of documents."""

        EVIDENCE = "evidence", _("Pièces et preuves déposées")
        PATHWAY = "pathway", _("Parcours et évaluations : ce qui y fut écrit")
        MESSAGES = "messages", _("Messages")
        ACCOMMODATION = "accommodation", _("Demandes d’aménagement")
        IDENTITY = "identity", _("Identité des candidats non certifiés")
        DRAFTS = "drafts", _("Brouillons et candidatures jamais envoyées")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="retention_rules")
    kind = models.CharField(_("Classe"), max_length=20, choices=Kind)
    months = models.PositiveSmallIntegerField(_("Mois de conservation"))
    basis = models.CharField(_("Fondement"), max_length=300)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="retention_once"),
            models.CheckConstraint(condition=Q(months__gte=1), name="retention_at_least_a_month"),
            models.CheckConstraint(condition=~Q(basis=""), name="retention_with_basis"),
        ]

    def __str__(self) -> str:
        return self.kind


class RetentionRun(models.Model):
    """What the rules would erase on a day, line by line, then what was erased of it.

    ``by`` confirmed it, and what was no longer due on ``confirmed_on`` is left; it was over ``at`` an instant.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="retention_runs")
    on = models.DateField()
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    counts = models.JSONField(default=dict)
    visa = models.CharField(_("Visa d’élimination"), max_length=200, blank=True)

    class Meta:
        ordering = ["-prepared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(at__isnull=True), name="retention_prepared_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_on__isnull=True, at__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_on__isnull=False),
                name="retention_confirmed_before_it_is_done",
            ),
        ]

    def __str__(self) -> str:
        return str(self.at or self.prepared_at)


class RetentionLine(models.Model):
    """One class of documents of one file, as it was when the run was prepared, then whether it was erased.

    ``ended_on`` is the last day of its time. The number stays when the file itself is erased: it names nobody.
    """

    run = models.ForeignKey(RetentionRun, models.CASCADE, related_name="lines")
    candidacy = models.ForeignKey(Candidacy, models.SET_NULL, null=True, related_name="+")
    number = models.CharField(_("Numéro"), max_length=20)
    kind = models.CharField(_("Classe"), max_length=20, choices=RetentionRule.Kind)
    status = models.CharField(_("État"), max_length=12, choices=Status)
    closed_on = models.DateField()
    ended_on = models.DateField()
    is_erased = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["number", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number", "kind"], name="retention_line_once"),
            models.CheckConstraint(condition=Q(kind__in=RetentionRule.Kind.values), name="retention_line_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
