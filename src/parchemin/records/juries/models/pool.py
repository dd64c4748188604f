"""Who may be called to juries: what they are, since when, and when they are free."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.models import Organisation, Person

GENDERS = [("", _("Non renseigné")), ("f", _("Femme")), ("m", _("Homme"))]
"""As rules on the balance of a jury count them; nothing is asked of whoever does not say."""


class Sitter(models.Model):
    """What is known of somebody who sits: kept in the pool, and copied when they are named to a session."""

    college = models.CharField(_("Collège"), max_length=60, blank=True)
    profiles = models.JSONField(_("Profils"), null=True, blank=True)
    employer = models.CharField(_("Organisme ou employeur"), max_length=160, blank=True)
    is_external = models.BooleanField(_("Extérieur au certificateur et au centre de formation"), null=True, blank=True)
    is_qualified = models.BooleanField(_("Qualifié pour la certification visée"), null=True, blank=True)
    gender = models.CharField(_("Femme ou homme"), max_length=1, blank=True, choices=GENDERS)

    class Meta:
        abstract = True


class PoolMember(Sitter):
    """A person whom a body may call to the juries of a certification, until they leave.

    ``briefed_on`` is the day the role and the rules were explained to them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="jury_pool")
    scheme = models.CharField(_("Certification"), max_length=80)
    person = models.ForeignKey(Person, models.PROTECT, related_name="jury_pools")
    seats = models.JSONField(_("Sièges qu’il peut occuper"), default=list, blank=True)
    briefed_on = models.DateField(_("Informé de son rôle le"), null=True, blank=True)
    joined_on = models.DateField(_("Depuis le"))
    left_on = models.DateField(_("Jusqu’au"), null=True, blank=True)
    note = models.CharField(_("Remarque"), max_length=300, blank=True)

    class Meta:
        ordering = ["person__family_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "person"],
                condition=Q(left_on__isnull=True),
                name="pool_member_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="pool_member_leaves_after"
            ),
            models.CheckConstraint(condition=Q(gender__in=["", "f", "m"]), name="pool_member_gender_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.scheme}"


class Absence(models.Model):
    """Days, both included, on which somebody of a pool cannot sit."""

    member = models.ForeignKey(PoolMember, models.CASCADE, related_name="absences")
    from_on = models.DateField(_("Du"))
    until_on = models.DateField(_("Au"))

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="absence_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {self.until_on}"
