"""What holders become: each asked at two moments after the decision, and what they answered, without their name."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.models import Certification


class Wave(models.IntegerChoices):
    """Months after the decision at which holders are asked, as the national register counts them."""

    SIX_MONTHS = 6, _("6 mois")
    TWO_YEARS = 24, _("2 ans")


class Followup(models.Model):
    """A holder asked once what they became; ``candidacy`` is let go of when its time has passed, with every date.

    ``year`` is that of the decision. They may answer until ``closes_on``; the link with their file is cut after
    ``kept_until``, and what is left names nobody.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("À envoyer")
        ASKED = "asked", _("Envoyée")
        ANSWERED = "answered", _("Répondue")
        REFUSED = "refused", _("Refusée")
        UNREACHABLE = "unreachable", _("Sans adresse")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="followups")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, null=True, blank=True, related_name="followups")
    wave = models.PositiveSmallIntegerField(_("Vague"), choices=Wave)
    year = models.PositiveSmallIntegerField(_("Année de la décision"))
    state = models.CharField(_("État"), max_length=12, choices=State, default=State.WAITING)
    due_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    kept_until = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["year", "wave", "pk"]
        indexes = [
            models.Index(fields=["certification", "year", "wave", "state"], name="followup_counted"),
            models.Index(fields=["state", "due_on"], condition=Q(state__in=["waiting", "asked"]), name="followup_due"),
            models.Index(fields=["kept_until"], condition=Q(kept_until__isnull=False), name="followup_kept"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(wave__in=Wave.values), name="followup_wave_known"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "asked", "answered", "refused", "unreachable"]),
                name="followup_state_known",
            ),
            models.UniqueConstraint(
                fields=["candidacy", "wave"], condition=Q(candidacy__isnull=False), name="followup_once_a_wave"
            ),
            models.CheckConstraint(
                condition=Q(
                    candidacy__isnull=False, due_on__isnull=False, closes_on__isnull=False, kept_until__isnull=False
                )
                | Q(
                    candidacy__isnull=True,
                    due_on__isnull=True,
                    closes_on__isnull=True,
                    kept_until__isnull=True,
                    asked_at__isnull=True,
                    reminded_at__isnull=True,
                    settled_at__isnull=True,
                ),
                name="followup_whole_or_detached",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(closes_on__gte=F("due_on"), kept_until__gte=F("closes_on")),
                name="followup_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True) | Q(reminded_at__gte=F("asked_at")),
                name="followup_asked_before_reminded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave} {self.state}"


class Answer(models.Model):
    """What a holder said of themselves, and nothing more; ``started`` is a month (2026-05), let go of with the file."""

    class Situation(models.TextChoices):
        """What they do; work is the first two."""

        EMPLOYED = "employed", _("En emploi salarié")
        OWN_BUSINESS = "own_business", _("À mon compte")
        STUDYING = "studying", _("En poursuite d’études ou en formation")
        SEEKING = "seeking", _("En recherche d’emploi")
        UNABLE = "unable", _("Dans l’incapacité de travailler")
        OTHER = "other", _("Autre situation")

    class Contract(models.TextChoices):
        """The contract of whoever is employed."""

        PERMANENT = "permanent", _("CDI ou titulaire de la fonction publique")
        FIXED_TERM = "fixed_term", _("CDD ou contractuel de la fonction publique")
        TEMPORARY = "temporary", _("Intérim")
        WORK_STUDY = "work_study", _("Apprentissage ou professionnalisation")
        OTHER = "other", _("Autre contrat")

    followup = models.OneToOneField(Followup, models.PROTECT, primary_key=True, related_name="answer")
    situation = models.CharField(_("Situation"), max_length=12, choices=Situation)
    is_target_job = models.BooleanField(_("Dans le métier visé"), null=True, blank=True)
    contract = models.CharField(_("Contrat"), max_length=12, choices=Contract, blank=True)
    started = models.CharField(_("Mois de début"), max_length=7, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(situation__in=["employed", "own_business", "studying", "seeking", "unable", "other"]),
                name="answer_situation_known",
            ),
            models.CheckConstraint(
                condition=Q(contract__in=["", "permanent", "fixed_term", "temporary", "work_study", "other"]),
                name="answer_contract_known",
            ),
            models.CheckConstraint(
                condition=Q(situation__in=["employed", "own_business"], is_target_job__isnull=False)
                | Q(~Q(situation__in=["employed", "own_business"]), is_target_job__isnull=True, started=""),
                name="answer_job_of_a_worker",
            ),
            models.CheckConstraint(condition=Q(contract="") | Q(situation="employed"), name="answer_contract_employed"),
            models.CheckConstraint(condition=Q(started="") | Q(Exact(Length("started"), 7)), name="answer_month_whole"),
        ]

    def __str__(self) -> str:
        return self.situation


AT_WORK = (Answer.Situation.EMPLOYED, Answer.Situation.OWN_BUSINESS)
NEUTRAL = (Answer.Situation.STUDYING, Answer.Situation.UNABLE)
"""Left out of what rates are counted over, as the national register asks."""
