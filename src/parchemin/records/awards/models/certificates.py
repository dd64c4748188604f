"""Certificates as they were issued, and what became of each since."""

import json
import uuid
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from parchemin.records.awards.numbers import LENGTH, grouped
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.models import Conclusion
from parchemin.records.people.models import Organisation, Person

PLACES = 131_072
"""Places of one status list: the fewest that Bitstring Status List 1.0 allows (section 2.2)."""


class Kind(models.TextChoices):
    """What a certificate says is held; a statement of results certifies nothing."""

    WHOLE = "whole", _("Certification entière")
    BLOCK = "block", _("Bloc de compétences")
    STATEMENT = "statement", _("Relevé de résultats")


class Standing(StrEnum):
    """Where a certificate stands on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"

    @property
    def is_over(self) -> bool:
        """Whether it never comes back: nothing is done of it any more, and it is no longer handed over."""
        return self in (Standing.REVOKED, Standing.REPLACED)


class Certificate(models.Model):
    """What a body awarded to somebody, written once; one that ``corrects`` another takes its place.

    One that ``renews`` another follows it: the same holder was judged anew, and the earlier stays good until its end.
    ``text`` is JSON, kept as the very text whose SHA-256 is ``digest``. ``salt`` makes what the public register keeps
    of it impossible to guess; ``place`` is its bit in the status lists. The database refuses any change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Numéro"), max_length=LENGTH, unique=True)
    kind = models.CharField(_("Nature"), max_length=10, choices=Kind)
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="certificates")
    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="certificates")
    code = models.CharField(_("Bloc"), max_length=60, blank=True)
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="certificates")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    place = models.PositiveIntegerField(unique=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")
    correction = models.TextField(_("Ce qui est corrigé"), max_length=1000, blank=True)
    awarded_on = models.DateField(_("Délivré le"))
    valid_until = models.DateField(_("Valable jusqu’au"), null=True, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["issued_at", "number"]
        indexes = [
            models.Index(fields=["issued_at"], name="certificate_issued"),
            models.Index(fields=["valid_until"], condition=Q(valid_until__isnull=False), name="certificate_ends"),
        ]
        constraints = [
            models.CheckConstraint(condition=Exact(Length("number"), LENGTH), name="certificate_number_whole"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="certificate_kind_known"),
            models.CheckConstraint(condition=Q(kind="block") ^ Q(code=""), name="certificate_block_named"),
            models.CheckConstraint(
                condition=Exact(Length("digest"), 64) & Exact(Length("salt"), 64), name="certificate_digest_whole"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("awarded_on")),
                name="certificate_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) ^ ~Q(correction=""), name="certificate_corrects_with_reason"
            ),
            models.CheckConstraint(condition=Q(renews__isnull=True) | Q(kind="whole"), name="certificate_renews_whole"),
            models.UniqueConstraint(
                fields=["conclusion", "kind", "code"],
                condition=Q(corrects__isnull=True) & ~Q(kind="statement"),
                name="certificate_once",
            ),
        ]

    def __str__(self) -> str:
        return grouped(self.number)

    @cached_property
    def told(self) -> dict[str, Any]:
        """What it says, in JSON types."""
        told: dict[str, Any] = json.loads(self.text)
        return told

    @property
    def is_suspended(self) -> bool:
        """Whether the last thing decided of it suspends it, were it past its last day."""
        acts = [one.act for one in self.changes.all()]
        return bool(acts) and acts[-1] == Change.Act.SUSPENDED

    def standing(self, on: date) -> Standing:
        """Where it stands that day; what was revoked or replaced never comes back."""
        acts = [one.act for one in self.changes.all()]
        if Change.Act.REVOKED in acts:
            return Standing.REVOKED
        if getattr(self, "corrected_by", None) is not None:
            return Standing.REPLACED
        if self.valid_until and self.valid_until < on:
            return Standing.EXPIRED
        return Standing.SUSPENDED if acts and acts[-1] == Change.Act.SUSPENDED else Standing.VALID


class Change(models.Model):
    """A certificate was revoked, suspended, or is valid again; never changed."""

    class Act(models.TextChoices):
        """What was decided of it."""

        REVOKED = "revoked", _("Retiré")
        SUSPENDED = "suspended", _("Suspendu")
        REINSTATED = "reinstated", _("Rétabli")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="changes")
    act = models.CharField(_("Ce qui est décidé"), max_length=10, choices=Act)
    reason = models.TextField(_("Motif"), max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="change_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=["revoked", "suspended", "reinstated"]), name="change_act_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="change_with_reason"),
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(act="revoked"), name="certificate_revoked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.act


class Duplicate(models.Model):
    """A certificate was printed again for its holder, whose identity was proved; never changed."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="duplicates")
    rank = models.PositiveSmallIntegerField()
    reason = models.TextField(_("Motif"), max_length=500)
    proof = models.CharField(_("Comment l’identité a été vérifiée"), max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "rank"], name="duplicate_numbered"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="duplicate_from_one"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(proof=""), name="duplicate_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.rank}"
