"""Files opened to one person who has no other right on them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from parchemin.records.candidacies.models.files import Candidacy, Status
from parchemin.records.people.models import Invitation, Organisation, Person, Role


class FileAccess(models.Model):
    """A role on this file only, from a day to a day, both included: a companion, an evaluator, a professional.

    It was opened by the candidate, or for the ``organisation`` that handles the file and then only as long as it does.
    Without a ``person`` it waits for its ``invitation`` to be accepted. ``seen_at`` is when they first read the file.
    """

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="accesses")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="file_accesses")
    invitation = models.OneToOneField(Invitation, models.CASCADE, null=True, blank=True, related_name="access")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="accesses_opened")
    seen_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "person", "role"], condition=Q(closed_at__isnull=True), name="access_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["companion", "evaluator", "professional"]), name="access_role_fits"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="access_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(invitation__isnull=True), name="access_to_somebody_or_offered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.role}"

    @property
    def is_by_candidate(self) -> bool:
        """Whether the candidate opened it: they alone share what they have not handed in."""
        return self.organisation_id is None

    def is_running(self, on: date) -> bool:
        """Whether it holds that day, or will once it is accepted."""
        row = self.candidacy
        is_over = self.closed_at is not None or (self.until_on is not None and self.until_on < on)
        return not is_over and row.status != Status.WITHDRAWN and self.organisation_id in (None, row.organisation_id)

    @property
    def ended_on(self) -> date | None:
        """The day it was closed, or else its last."""
        return timezone.localdate(self.closed_at) if self.closed_at else self.until_on

    @property
    def email(self) -> str:
        """The address it was opened for."""
        holder = self.person or self.invitation
        return holder.email if holder else ""
