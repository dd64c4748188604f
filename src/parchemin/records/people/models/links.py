"""Links sent by e-mail: invitations to take a role, and one-use links to do one act without an account."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.models.organisations import Organisation
from parchemin.records.people.models.persons import Person
from parchemin.records.people.models.roles import Role


class Assurance(models.TextChoices):
    """How sure one is of who acted, from the least to the most."""

    NONE = "none", _("Identité déclarée")
    EMAIL = "email", _("Adresse e-mail contrôlée")
    PASSWORD = "password", _("Compte à mot de passe")
    SECOND_FACTOR = "second_factor", _("Compte à deux facteurs")
    FEDERATED = "federated", _("Identité fédérée")


class Invitation(models.Model):
    """A role offered to an address; only the fingerprint of its secret is kept.

    With a ``subject``, named by its opaque id, the role is offered on that one thing and gives no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("Adresse e-mail"))
    role = models.CharField(_("Rôle"), max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True)
    scheme = models.CharField(_("Certification"), max_length=80, blank=True)
    centre = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    subject = models.UUIDField(null=True, blank=True)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(role__in=["administrator", "candidate"], organisation__isnull=True)
                | (~Q(role__in=["administrator", "candidate"]) & Q(organisation__isnull=False)),
                name="invitation_has_its_scope",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_one_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"


class Link(models.Model):
    """One act on one subject by one bearer, once, before a date; only the fingerprint of its secret is kept.

    ``act`` names what it allows and ``subject`` what it is about, by opaque id; ``role`` is the one in which it is
    done, where an act is asked of several. One link waits at a time for an act on a subject in a role.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    act = models.CharField(max_length=40)
    subject = models.UUIDField(db_index=True)
    email = models.EmailField(_("Adresse e-mail"))
    bearer = models.CharField(_("Nom"), max_length=120)
    quality = models.CharField(_("Qualité"), max_length=120, blank=True)
    role = models.CharField(max_length=60, blank=True)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    assurance = models.CharField(max_length=20, choices=Assurance, default=Assurance.EMAIL)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(act=""), name="link_act_given"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="link_expires_later"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True), name="link_used_or_revoked"
            ),
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="link_assurance_known"),
            models.UniqueConstraint(
                fields=["act", "subject", "role"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="link_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.email}"
