"""Roles, and where they hold: everywhere, for an organisation, one of its certifications, or one of its centres."""

import uuid

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.models.organisations import Organisation
from parchemin.records.people.models.persons import Person

NOWHERE = Value(uuid.UUID(int=0), output_field=models.UUIDField())


class Role(models.TextChoices):
    """What somebody may be here; the same person may be several."""

    ADMINISTRATOR = "administrator", _("Administration")
    AWARDING_BODY = "awarding_body", _("Certificateur")
    SECRETARY = "secretary", _("Secrétariat")
    JURY_MEMBER = "jury_member", _("Membre de jury")
    EVALUATOR = "evaluator", _("Évaluateur externe")
    PROFESSIONAL = "professional", _("Professionnel du secteur")
    COMPANION = "companion", _("Formateur ou tuteur")
    CANDIDATE = "candidate", _("Candidat")

    @property
    def is_scoped(self) -> bool:
        """Whether the role only means something inside an organisation."""
        return self not in (Role.ADMINISTRATOR, Role.CANDIDATE)


class Grant(models.Model):
    """A role given to a person, from a day to a day, both included; the narrower scopes are optional."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(_("Rôle"), max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="grants")
    scheme = models.CharField(_("Certification"), max_length=80, blank=True)
    centre = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="centre_grants")
    from_on = models.DateField(_("Depuis"))
    until_on = models.DateField(_("Jusqu’au"), null=True, blank=True)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["role", "from_on"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["administrator", "candidate"], organisation__isnull=True)
                | (~Q(role__in=["administrator", "candidate"]) & Q(organisation__isnull=False)),
                name="grant_has_its_scope",
            ),
            models.UniqueConstraint(  # nowhere is a place too: two grants without an organisation are the same one
                "person",
                "role",
                Coalesce("organisation", NOWHERE),
                "scheme",
                Coalesce("centre", NOWHERE),
                condition=Q(revoked_at__isnull=True),
                name="grant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
