"""Who may evaluate or sit, and which provider may prepare or evaluate: from when, until when, on what proof."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.models.organisations import Organisation
from parchemin.records.people.models.persons import Person


class Accreditation(models.Model):
    """A person accredited for an actor of a certification, both days included; ``until_on`` None has no end."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="accreditations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="accreditations")
    scheme = models.CharField(_("Certification"), max_length=80)
    actor = models.CharField(_("Rôle dans la certification"), max_length=60)
    scope = models.CharField(_("Portée (blocs, territoire…)"), max_length=200, blank=True)
    training = models.CharField(_("Formation suivie"), max_length=200, blank=True)
    trained_on = models.DateField(_("Formé le"), null=True, blank=True)
    proof = models.FileField(_("Preuve de formation"), upload_to="accreditations/", blank=True, max_length=200)
    granted_on = models.DateField(_("Accordée le"))
    from_on = models.DateField(_("À partir du"))
    until_on = models.DateField(_("Jusqu’au"), null=True, blank=True)
    renews = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="renewed_by")
    withdrawn_on = models.DateField(_("Retirée le"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("Motif du retrait"), max_length=300, blank=True)

    class Meta:
        ordering = ["until_on", "person__family_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="accreditation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "scheme", "actor", "from_on"], name="accreditation_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawal_reason=""),
                name="accreditation_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.scheme} {self.actor}"


class PartnerAuthorisation(models.Model):
    """A provider authorised by an awarding body (code du travail, art. R6113-16 and R6113-16-2), days included."""

    class Scope(models.TextChoices):
        """What the provider may do, in the national register's words."""

        PREPARE = "prepare", _("Préparer")
        EVALUATE = "evaluate", _("Évaluer")
        BOTH = "both", _("Préparer et évaluer")

    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="authorisations")
    awarding_body = models.ForeignKey(Organisation, models.PROTECT, related_name="authorised")
    scheme = models.CharField(_("Certification"), max_length=80)
    scope = models.CharField(_("Portée"), max_length=10, choices=Scope)
    blocks = models.JSONField(_("Blocs"), default=list, blank=True)
    contract = models.CharField(_("Convention"), max_length=200, blank=True)
    from_on = models.DateField(_("À partir du"))
    until_on = models.DateField(_("Jusqu’au"), null=True, blank=True)
    renews = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="renewed_by")
    suspended_on = models.DateField(_("Suspendue le"), null=True, blank=True)
    reason = models.CharField(_("Motif"), max_length=300, blank=True)

    class Meta:
        ordering = ["scheme", "provider__name"]
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=["prepare", "evaluate", "both"]), name="partner_scope_known"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="partner_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["provider", "awarding_body", "scheme", "from_on"], name="partner_authorised_once"
            ),
            models.CheckConstraint(condition=~Q(provider=F("awarding_body")), name="partner_is_another"),
            models.CheckConstraint(
                condition=Q(suspended_on__isnull=True) | ~Q(reason=""), name="partner_suspended_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.scheme}"
