"""Decisions as they were frozen, derogations, and appeals against them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.core.decision import Outcome, Stage
from parchemin.records.candidacies.models.files import Candidacy
from parchemin.records.people.models import Person


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
    """A candidate contests a decision, once unless they give it up; it is answered, never erased."""

    class State(models.TextChoices):
        """What became of it."""

        FILED = "filed", _("Déposé")
        UPHELD = "upheld", _("Accueilli")
        REJECTED = "rejected", _("Rejeté")
        WITHDRAWN = "withdrawn", _("Retiré")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="appeals")
    grounds = models.TextField(_("Ce que vous contestez, et pourquoi"))
    state = models.CharField(max_length=10, choices=State, default=State.FILED)
    filed_at = models.DateTimeField()
    until_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["filed_at"]
        indexes = [models.Index(fields=["decision"], condition=Q(state="filed"), name="appeal_filed")]
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=~Q(state="withdrawn"), name="appeal_once"),
            models.CheckConstraint(condition=~Q(grounds=""), name="appeal_with_grounds"),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn"], answered_at__isnull=True)
                | (Q(state__in=["upheld", "rejected"], answered_at__isnull=False) & ~Q(answer="")),
                name="appeal_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("filed_at")), name="appeal_answered_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state}"
