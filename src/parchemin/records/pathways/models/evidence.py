"""Evidence attached to competences: what it is, who may read it, what is said of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.models.witnessed import ByLink
from parchemin.records.people.models import Assurance, Person


def stored_under(evidence: "Evidence", name: str) -> str:
    """Where its file is stored: by opaque ids only, never under the name it came with."""
    return f"candidacies/{evidence.candidacy_id}/{evidence.id}"


class Evidence(models.Model):
    """One piece of evidence; ``sha256`` is that of its file, or of its words and address when it has none.

    Submitted, it is never changed. ``revision`` grows with each change before that.
    """

    class Kind(models.TextChoices):
        """What it is."""

        DOCUMENT = "document", _("Document")
        PHOTO = "photo", _("Photo")
        VIDEO = "video", _("Vidéo ou son")
        LINK = "link", _("Lien vers une page")
        ACCOUNT = "account", _("Récit")

    class Zone(models.TextChoices):
        """Who may read it, from the fewest to the most."""

        PRIVATE = "private", _("Privée")
        SHARED = "shared", _("Partagée")
        SUBMITTED = "submitted", _("Soumise")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="evidences")
    title = models.CharField(_("Intitulé"), max_length=200)
    kind = models.CharField(_("Nature"), max_length=10, choices=Kind)
    author = models.CharField(_("Auteur"), max_length=120)
    made_on = models.DateField(_("Date"))
    words = models.TextField(_("Ce qu’elle montre"), max_length=5000, blank=True)
    url = models.URLField(_("Adresse de la page"), max_length=500, blank=True)
    content = models.FileField(upload_to=stored_under, max_length=200, blank=True)
    name = models.CharField(max_length=160, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    zone = models.CharField(_("Zone"), max_length=10, choices=Zone, default=Zone.PRIVATE)
    added_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_on", "-added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["document", "photo", "video", "link", "account"]), name="evidence_kind_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_title"),
            models.CheckConstraint(condition=~Q(author=""), name="evidence_has_author"),
            models.CheckConstraint(condition=~Q(sha256=""), name="evidence_has_fingerprint"),
            models.CheckConstraint(condition=~Q(kind="link") | ~Q(url=""), name="evidence_link_leads_somewhere"),
            models.CheckConstraint(condition=~Q(kind="account") | ~Q(words=""), name="evidence_account_is_told"),
            models.CheckConstraint(
                condition=Q(zone__in=["private", "shared"], submitted_at__isnull=True)
                | Q(zone="submitted", submitted_at__isnull=False),
                name="evidence_submitted_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(zone="submitted"), name="evidence_submitted_stays"
            ),
        ]
        indexes = [models.Index(fields=["candidacy", "-made_on"], name="evidence_of_file")]

    def __str__(self) -> str:
        return self.title


class EvidenceCode(models.Model):
    """The evidence bears on that competence, under its code in the framework."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "code"], name="evidence_bears_once"),
            models.CheckConstraint(condition=~Q(code=""), name="evidence_bears_on_something"),
        ]

    def __str__(self) -> str:
        return self.code


class EvidenceComment(models.Model):
    """What somebody who follows the candidate says of a piece of evidence; read by the two of them alone."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="evidence_comment_says_something")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.written_at}"


class EvidenceEndorsement(ByLink):
    """Somebody who saw it vouches for it; it stands for the ``fingerprint`` they read, and decides nothing."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="endorsements")
    fingerprint = models.CharField(max_length=64)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(assurance__in=Assurance.values), name="evidence_endorsement_assurance_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="evidence_endorsement_says_something"),
        ]
