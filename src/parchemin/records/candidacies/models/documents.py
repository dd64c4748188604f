"""Documents of a file, their versions as they were dropped, who signed them, and deposits that lock them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.core.decision import Stage
from parchemin.records.candidacies.models.files import Candidacy
from parchemin.records.people.models import Assurance, Link, Person


def stored_under(version: "DocumentVersion", name: str) -> str:
    """Where the content is stored: by opaque ids only, never under the name it came with."""
    return f"candidacies/{version.document.candidacy_id}/{version.id}"


class Document(models.Model):
    """One document of the file, of a kind the scheme names, or any other proof when ``kind`` is empty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("Intitulé"), max_length=160, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "kind"], condition=~Q(kind=""), name="document_kind_once"),
            models.CheckConstraint(condition=~Q(kind="") | ~Q(title=""), name="document_kind_or_title"),
        ]

    def __str__(self) -> str:
        return self.kind or self.title


class DocumentVersion(models.Model):
    """What was dropped, measured when it came; never changed, replaced by the next one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.FileField(upload_to=stored_under, max_length=200)
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True, blank=True)
    characters = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    is_readable = models.BooleanField(null=True, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    uploaded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
            models.CheckConstraint(condition=~Q(sha256=""), name="version_has_fingerprint"),
        ]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """Somebody signed a version in a role of the scheme, and how sure one is of who it was."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="signatures")
    actor = models.CharField(max_length=60)
    signer = models.CharField(max_length=120)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    link = models.ForeignKey(Link, models.SET_NULL, null=True, blank=True, related_name="+")
    assurance = models.CharField(max_length=20, choices=Assurance)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "actor"], name="signed_once_per_role"),
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="signature_assurance_known"),
        ]

    def __str__(self) -> str:
        return self.signer


class Deposit(models.Model):
    """What the candidate handed in for a stage: its versions are locked until it is sent back."""

    class Answer(models.TextChoices):
        """What became of it."""

        PENDING = "pending", _("En attente")
        ACCEPTED = "accepted", _("Acceptée")
        RETURNED = "returned", _("Renvoyée à compléter")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="deposits")
    stage = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Stage])
    number = models.PositiveSmallIntegerField()
    deposited_at = models.DateTimeField()
    deposited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.PENDING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reasons = models.TextField(blank=True)
    versions = models.ManyToManyField(DocumentVersion, through="DepositedVersion", related_name="deposits")

    class Meta:
        ordering = ["candidacy", "stage", "number"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "stage", "number"], name="deposit_number_once"),
            models.UniqueConstraint(
                fields=["candidacy", "stage"], condition=Q(answer="pending"), name="deposit_pending_once"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.ELIGIBILITY, Stage.COMPLETENESS]), name="deposit_stage_fits"
            ),
            models.CheckConstraint(
                condition=Q(answer="pending", answered_at__isnull=True)
                | (~Q(answer="pending") & Q(answered_at__isnull=False)),
                name="deposit_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer="returned") | ~Q(reasons=""), name="deposit_returned_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("deposited_at")),
                name="deposit_answered_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.stage} {self.number}"


class DepositedVersion(models.Model):
    """A version that a deposit holds; it cannot be removed while it does."""

    deposit = models.ForeignKey(Deposit, models.CASCADE)
    version = models.ForeignKey(DocumentVersion, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deposit", "version"], name="deposited_once")]

    def __str__(self) -> str:
        return f"{self.deposit_id} {self.version_id}"
