"""Reminders as data: to whom, how long after what, in which words; and those that were sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models.files import Candidacy, Status
from parchemin.records.people.models import Organisation


class Reminder(models.Model):
    """Files that stay ``days`` in a state, or come within ``days`` of their due date, are reminded of once.

    A file in preparation is its candidate's alone: nobody else is told of it.
    """

    class Audience(models.TextChoices):
        """Who receives it."""

        CANDIDATE = "candidate", _("Le candidat")
        SECRETARIAT = "secretariat", _("Le secrétariat")

    class After(models.TextChoices):
        """What is counted."""

        WAITING = "waiting", _("jours passés dans cet état")
        DUE = "due", _("jours avant l’échéance")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="reminders")
    scheme = models.CharField(_("Certification"), max_length=80, blank=True)
    status = models.CharField(_("État du dossier"), max_length=12, choices=Status)
    audience = models.CharField(_("Destinataire"), max_length=12, choices=Audience)
    after = models.CharField(_("On compte"), max_length=8, choices=After)
    days = models.PositiveSmallIntegerField(_("Jours"))
    subject = models.CharField(_("Objet"), max_length=150)
    words = models.TextField(_("Message"))
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ["status", "days"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="reminder_status_known"),
            models.CheckConstraint(
                condition=Q(audience__in=["candidate", "secretariat"]), name="reminder_audience_known"
            ),
            models.CheckConstraint(condition=Q(after__in=["waiting", "due"]), name="reminder_after_known"),
            models.CheckConstraint(
                condition=~Q(status="draft") | Q(audience="candidate"), name="reminder_of_draft_to_candidate"
            ),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(words=""), name="reminder_has_words"),
        ]

    def __str__(self) -> str:
        return self.subject


class Reminded(models.Model):
    """A reminder sent about a file, for one stay in a state: never twice."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="sent")
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="reminded")
    since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reminder", "candidacy", "since"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.candidacy_id}"
