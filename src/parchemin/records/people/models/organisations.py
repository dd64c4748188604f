"""Awarding bodies, committees, providers, companies and their centres, with the names they bore."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is here for."""

    AWARDING_BODY = "awarding_body", _("Certificateur")
    COMMITTEE = "committee", _("Commission paritaire")
    PROVIDER = "provider", _("Organisme de formation")
    COMPANY = "company", _("Entreprise")
    CENTRE = "centre", _("Centre")


class Organisation(models.Model):
    """An organisation; a centre belongs to another one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Nature"), max_length=20, choices=OrganisationKind)
    name = models.CharField(_("Nom"), max_length=160)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="centres")
    siret = models.CharField(
        _("SIRET"),
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"^\d{14}$", _("Le SIRET compte 14 chiffres, sans espace."))],
    )
    email = models.EmailField(_("Adresse e-mail de contact"), blank=True)
    address = models.CharField(_("Adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("Code postal"), max_length=10, blank=True)
    town = models.CharField(_("Ville"), max_length=80, blank=True)
    is_public = models.BooleanField(_("Ses dossiers sont des archives publiques"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_name_given"),
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="organisation_siret_unique"),
            models.CheckConstraint(
                condition=~Q(kind="centre") | Q(parent__isnull=False), name="organisation_centre_has_parent"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organisation_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name an organisation bears or bore, both days included; ``until`` None is still borne."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(_("Nom"), max_length=160)
    from_on = models.DateField(_("Depuis"), null=True, blank=True)
    until_on = models.DateField(_("Jusqu’au"), null=True, blank=True)

    class Meta:
        ordering = ["from_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="organisation_name_ends_after_start",
            ),
            models.UniqueConstraint(fields=["organisation", "name", "from_on"], name="organisation_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
