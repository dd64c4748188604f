"""Addresses by which holders show more of a certificate than its number does, to whom they give them."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from parchemin.records.awards.models.certificates import Certificate


class Share(models.Model):
    """A secret address that its holder made for a certificate; only the fingerprint of its secret is kept.

    It shows nothing once it ``ends_at`` or was ``revoked_at``. It says nothing of whom it was given to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="shares")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Exact(Length("fingerprint"), 64), name="share_fingerprint_whole"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="share_ends_later"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")), name="share_revoked_after"
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint[:8]

    def is_open(self, at: datetime) -> bool:
        """Whether it shows something at that moment."""
        return self.revoked_at is None and at < self.ends_at
