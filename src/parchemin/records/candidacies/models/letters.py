"""Letters written from decisions: what must be written, then the text and the PDF as they were sent."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models.decided import DecisionRecord
from parchemin.records.candidacies.models.files import Candidacy
from parchemin.records.people.models import Person

ABOUT_NEEDS = "accommodation"
"""How the kinds of letters start that answer a need."""


def letter_stored_under(letter: "Letter", name: str) -> str:
    """Where the PDF is stored, by opaque ids."""
    return f"letters/{letter.candidacy_id}/{letter.id}"


class Letter(models.Model):
    """A letter due to a candidate; it is written and posted once, in the background."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="letters")
    kind = models.CharField(_("Nature"), max_length=40)
    reference = models.CharField(_("Référence"), max_length=40, unique=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, blank=True, related_name="letters")
    values = models.JSONField(default=dict, blank=True)
    dated_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    pdf = models.FileField(upload_to=letter_stored_under, blank=True, max_length=200)
    written_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.EmailField(blank=True)
    failure = models.CharField(max_length=300, blank=True)
    unprintable = models.CharField(max_length=100, blank=True)
    """The characters that its paper shows as □."""

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(sent_at__isnull=True), name="letter_waiting"),
            models.Index(fields=["candidacy", "asked_at"], name="letter_of_file"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="letter_kind_given"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(written_at__isnull=False), name="letter_written_before_sent"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
