"""Short e-mails about a file, without paper: somebody wrote, or something waits."""

from django.db import models
from django.db.models import Q

from parchemin.records.candidacies.models.files import Candidacy
from parchemin.records.people.models import Person


class Notice(models.Model):
    """An e-mail due to one side of a file, or to one person who works on it; it is sent once, in the background.

    One to a member of a jury is about a session, and about no file.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message"
        REMINDER = "reminder"
        SITTING = "sitting"
        RETURNED = "returned"
        JURY = "jury"

    class Audience(models.TextChoices):
        CANDIDATE = "candidate"
        SECRETARIAT = "secretariat"
        PERSON = "person"

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, null=True, blank=True, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    audience = models.CharField(max_length=12, choices=Audience)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    values = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.EmailField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(sent_at__isnull=True), name="notice_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["message", "reminder", "sitting", "returned", "jury"]), name="notice_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="jury", candidacy__isnull=True, audience="person")
                | (~Q(kind="jury") & Q(candidacy__isnull=False)),
                name="notice_of_a_file_or_a_jury",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["candidate", "secretariat"], person__isnull=True)
                | Q(audience="person", person__isnull=False),
                name="notice_audience_known",
            ),
            models.UniqueConstraint(
                fields=["candidacy", "audience"],
                condition=Q(kind="message", sent_at__isnull=True),
                name="notice_of_messages_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.candidacy_id}"
