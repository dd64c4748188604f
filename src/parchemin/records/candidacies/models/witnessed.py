"""What somebody without an account says of a file, by a one-use link: evidence for whoever decides, no decision."""

import uuid

from django.db import models
from django.db.models import Q

from parchemin.records.candidacies.models.experiences import Experience, fingerprint
from parchemin.records.candidacies.models.files import Candidacy
from parchemin.records.people.models import Assurance, Link


class ByLink(models.Model):
    """Who spoke, as they say, how sure one is of it, and their words; the address is the link's."""

    link = models.OneToOneField(Link, models.PROTECT, related_name="+")
    bearer = models.CharField(max_length=120, blank=True)
    quality = models.CharField(max_length=120, blank=True)
    assurance = models.CharField(max_length=20, choices=Assurance, default=Assurance.EMAIL)
    words = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.bearer}, {self.quality}" if self.quality else self.bearer


class Attestation(ByLink):
    """An activity confirmed or not as it was ``told`` to its bearer; it says nothing of what was written later."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="attestations")
    is_confirmed = models.BooleanField()
    told = models.JSONField()
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at"]
        constraints = [
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="attestation_assurance_known"),
            models.CheckConstraint(condition=Q(is_confirmed=True) | ~Q(words=""), name="attestation_denial_explained"),
        ]

    def stands_for(self, experience: Experience) -> bool:
        """Whether the activity still says what was read."""
        return fingerprint(self.told) == experience.fingerprint


class Endorsement(ByLink):
    """A word of support that was asked for; said once ``said_at`` is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="endorsements")
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["said_at"]
        constraints = [
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="endorsement_assurance_known"),
            models.CheckConstraint(
                condition=Q(said_at__isnull=True, words="") | (Q(said_at__isnull=False) & ~Q(words="")),
                name="endorsement_said_in_words",
            ),
        ]
