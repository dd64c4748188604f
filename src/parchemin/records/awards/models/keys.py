"""Keys that sign credentials and the public register, and the credentials that they signed."""

import uuid

from django.db import models
from django.db.models import F, Q, UUIDField, Value
from django.db.models.functions import Coalesce, Length
from django.db.models.lookups import Exact

from parchemin.records.awards.models.certificates import Certificate
from parchemin.records.people.encrypted import SealedTextField
from parchemin.records.people.models import Organisation

NOBODY = uuid.UUID(int=0)
"""Stands for the register, which is nobody's, where the database must find its key alone."""


class IssuerKey(models.Model):
    """An Ed25519 key of a body, or of the register where there is none; ``seed`` is sealed, in hexadecimal.

    What a key signed before it was ``retired_at`` stays good; one that is ``revoked_at`` may be in other hands.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="keys")
    public = models.CharField(max_length=60, unique=True)
    seed = SealedTextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("organisation", Value(NOBODY, UUIDField())),
                condition=Q(retired_at__isnull=True),
                name="issuer_key_one_in_use",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("made_at")), name="issuer_key_retired_after"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(retired_at__isnull=False), name="issuer_key_revoked_is_retired"
            ),
        ]

    def __str__(self) -> str:
        return self.public


class Credential(models.Model):
    """A certificate as data that its issuer signed: ``text`` is JSON whose SHA-256 is ``digest``; never changed."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, primary_key=True, related_name="credential")
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="+")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Exact(Length("digest"), 64), name="credential_digest_whole"),
        ]

    def __str__(self) -> str:
        return self.digest
