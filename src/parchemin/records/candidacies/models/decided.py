"""Decisions as they were frozen, derogations, and appeals against them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.core.decision import Outcome, Stage
from parchemin.records.candidacies.models.files import Candidacy
from parchemin.records.people.models import Person

REMEDIES = ["examined", "same_jury", "other_jury", "minutes"]


class DecisionRecord(models.Model):
    """What the rules said on one day, frozen whole, and what the person in charge answered; never changed.

    Without ``decided_by`` time decided: silence that accepts, a confirmation that did not come.
    """

    class Answer(models.TextChoices):
        """What was decided."""

        FAVOURABLE = "favourable", _("Recevable")
        UNFAVOURABLE = "unfavourable", _("Non recevable")
        COMPLETE = "complete", _("Complet")
        INCOMPLETE = "incomplete", _("À compléter")
        LAPSED = "lapsed", _("Caducité")
        RESTORED = "restored", _("Caducité levée")
        TRANSMITTED = "transmitted", _("Transmis au jury")
        FULL = "full", _("Certification délivrée")
        PARTIAL = "partial", _("Délivrance partielle")
        NONE = "none", _("Non délivrée")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="decisions")
    stage = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Stage])
    answer = models.CharField(_("Réponse"), max_length=12, choices=Answer)
    outcome = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Outcome])
    decision = models.JSONField()
    reason = models.TextField(_("Motif"), blank=True)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["decided_at"]
        indexes = [models.Index(fields=["candidacy", "decided_at"], name="decision_of_file")]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=[one.value for one in Stage]), name="decision_stage_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="decision_outcome_known"
            ),
            models.CheckConstraint(
                condition=~Q(answer="favourable") | ~Q(outcome="not_met") | Q(decided_by__isnull=True),
                name="decision_favourable_not_against_rules",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["unfavourable", "incomplete"]) | Q(outcome="not_met") | ~Q(reason=""),
                name="decision_against_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.answer}"


class OverrideRecord(models.Model):
    """A derogation: who accepted that a rule is not met, why and on what source; it edits no decision."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="overrides")
    rule = models.CharField(max_length=120)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField(_("Motif"))
    source = models.CharField(_("Source"), max_length=300)
    decided_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "rule"], name="override_once"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(source=""), name="override_with_reason_and_source"),
        ]

    def __str__(self) -> str:
        return self.rule


class Appeal(models.Model):
    """A candidate contests a decision, once at each level unless they give it up; it is answered, never erased.

    ``level`` is that of the certification, empty where it gives none; ``until_on`` was the last day to contest there,
    ``due_on`` the last day to answer where silence rejects. One lodged elsewhere is written down with its
    ``court`` and ``number``. Upheld, its ``remedy`` says what follows, and ``carried_out_at`` when that was done.
    """

    class State(models.TextChoices):
        """What became of it."""

        FILED = "filed", _("Déposé")
        UPHELD = "upheld", _("Accueilli")
        REJECTED = "rejected", _("Rejeté")
        WITHDRAWN = "withdrawn", _("Retiré")

    class Remedy(models.TextChoices):
        """What follows from an appeal upheld; the first where no jury decided, the others where one did."""

        EXAMINED = "examined", _("Le dossier est examiné de nouveau")
        SAME_JURY = "same_jury", _("Le même jury délibère de nouveau")
        OTHER_JURY = "other_jury", _("Un autre jury délibère")
        MINUTES = "minutes", _("Le procès-verbal est rectifié")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="appeals")
    level = models.CharField(max_length=40, blank=True)
    grounds = models.TextField(_("Ce que vous contestez, et pourquoi"), blank=True)
    court = models.CharField(_("Juridiction"), max_length=160, blank=True)
    number = models.CharField(_("Numéro de l’affaire"), max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.FILED)
    filed_at = models.DateTimeField()
    filed_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    remedy = models.CharField(max_length=10, choices=Remedy, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["filed_at"]
        indexes = [
            models.Index(
                fields=["decision"],
                condition=Q(state="filed") | Q(state="upheld", carried_out_at__isnull=True),
                name="appeal_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "level"], condition=~Q(state="withdrawn"), name="appeal_once_at_each_level"
            ),
            models.CheckConstraint(
                condition=~Q(grounds="") | (~Q(court="") & ~Q(number="")), name="appeal_with_grounds_or_a_court"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn"], answered_at__isnull=True, answered_on__isnull=True)
                | (
                    Q(state__in=["upheld", "rejected"], answered_at__isnull=False, answered_on__isnull=False)
                    & ~Q(answer="")
                ),
                name="appeal_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("filed_on")), name="appeal_answered_after"
            ),
            models.CheckConstraint(
                condition=Q(state="upheld", remedy__in=REMEDIES) | (~Q(state="upheld") & Q(remedy="")),
                name="appeal_upheld_with_a_remedy",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at__isnull=True) | Q(state="upheld"), name="appeal_carried_out_once_upheld"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state}"


def exhibit_stored_under(exhibit: "Exhibit", name: str) -> str:
    """Where its file is stored: by opaque ids only, never under the name it came with."""
    return f"candidacies/{exhibit.appeal.decision.candidacy_id}/{exhibit.id}"


class Exhibit(models.Model):
    """A document that a candidate attached to an appeal, as it came; read by them and by who answers, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="exhibits")
    content = models.FileField(upload_to=exhibit_stored_under, max_length=200, blank=True)
    name = models.CharField(max_length=160, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(sha256=""), name="exhibit_has_fingerprint")]

    def __str__(self) -> str:
        return self.name
