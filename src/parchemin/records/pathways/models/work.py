"""Training in work situations as it was lived: the moments the law wants proved, and what was observed.

Code du travail, art. D6313-3-2.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Assurance, Link, Person


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


class ColdDate(models.Model):
    """The day the cold assessment is planned for; whoever applies is reminded of it once, unless it was held."""

    candidacy = models.OneToOneField(Candidacy, models.CASCADE, primary_key=True, related_name="cold_date")
    on = models.DateField(_("Date prévue"))
    planned_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    planned_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.on}"


class Observation(models.Model):
    """Somebody watched the candidate at work and signed what they saw: evidence for whoever decides, no decision.

    Signed by a person who has an account, or by the bearer of a one-use ``link``; asked of that bearer, it waits until
    ``signed_at`` is known. It is never changed once signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="observations")
    moment = models.ForeignKey(Moment, models.SET_NULL, null=True, blank=True, related_name="observations")
    observer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.OneToOneField(Link, models.PROTECT, null=True, blank=True, related_name="+")
    bearer = models.CharField(max_length=120, blank=True)
    quality = models.CharField(max_length=120, blank=True)
    assurance = models.CharField(max_length=20, choices=Assurance, blank=True)
    observed_on = models.DateField(_("Date de l’observation"), null=True, blank=True)
    words = models.TextField(_("Commentaire"), max_length=2000, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(observer__isnull=True, link__isnull=False) | Q(observer__isnull=False, link__isnull=True),
                name="observation_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, observer__isnull=True, assurance="", words="")
                | Q(signed_at__isnull=False, observed_on__isnull=False, assurance__in=Assurance.values),
                name="observation_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bearer}, {self.quality}" if self.quality else self.bearer


class ObservationLine(models.Model):
    """What was seen of one competence; asked and not answered, its mark is empty."""

    class Mark(models.TextChoices):
        """What the observer saw."""

        SEEN = "seen", _("Vu")
        NOT_YET = "not_yet", _("Pas encore")
        NOT_SEEN = "not_seen", _("Pas observé")

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=60)
    mark = models.CharField(max_length=10, choices=Mark, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["observation", "code"], name="observed_once"),
            models.CheckConstraint(
                condition=Q(mark__in=["", "seen", "not_yet", "not_seen"]), name="observation_mark_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.mark}"
