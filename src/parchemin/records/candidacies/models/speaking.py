"""What is said around a file: messages, accommodation requests, drafts, and views people save."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models.files import Candidacy
from parchemin.records.people.encrypted import SealedJSONField, SealedTextField
from parchemin.records.people.models import Person


class Message(models.Model):
    """A message on the file, read by the other side or not yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    is_from_candidate = models.BooleanField()
    body = models.TextField(_("Message"), max_length=5000)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at"]
        indexes = [
            models.Index(fields=["candidacy", "sent_at"], name="message_of_file"),
            models.Index(
                fields=["candidacy"], condition=Q(is_from_candidate=True, read_at__isnull=True), name="message_unread"
            ),
        ]
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="message_not_empty")]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.sent_at}"


class Accommodation(models.Model):
    """A need told by the candidate, never a diagnosis, and what was decided (code du travail, art. L5211-4).

    The need is encrypted. ``numerator`` over ``denominator`` multiplies the time of ``methods``.
    """

    class State(models.TextChoices):
        """What became of it."""

        ASKED = "asked", _("Demandé")
        GRANTED = "granted", _("Accordé")
        REFUSED = "refused", _("Refusé")
        WITHDRAWN = "withdrawn", _("Retiré")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="accommodations")
    need = SealedTextField(_("Ce dont vous avez besoin"))
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    measures = models.TextField(_("Mesures accordées"), blank=True)
    methods = models.JSONField(default=list, blank=True)
    numerator = models.PositiveSmallIntegerField(default=1)
    denominator = models.PositiveSmallIntegerField(default=1)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused"]) | Q(decided_on__isnull=False),
                name="accommodation_decided_dated",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="accommodation_refused_reason"),
            models.CheckConstraint(
                condition=Q(denominator__gte=1, numerator__gte=F("denominator")), name="accommodation_never_less_time"
            ),
            models.UniqueConstraint(fields=["candidacy"], condition=Q(state="asked"), name="accommodation_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.state}"


class Draft(models.Model):
    """What somebody typed in a form and has not sent yet, encrypted: a need or an identity may be half told there."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, null=True, blank=True, related_name="drafts")
    form = models.CharField(max_length=120)
    fields = SealedJSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "form"], name="draft_once")]

    def __str__(self) -> str:
        return self.form


class SavedView(models.Model):
    """Filters and order of a list, under a name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="views")
    list = models.CharField(max_length=40)
    name = models.CharField(_("Nom de la vue"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "list", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name
