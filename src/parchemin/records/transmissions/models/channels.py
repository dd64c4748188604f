"""Under which numbers a body sends its awards."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.models import Organisation


class Channel(models.Model):
    """What the Caisse des Dépôts gave a body to sign its files with, and the version of the schema it takes."""

    class Version(models.TextChoices):
        """Versions of the schema; the first cannot withdraw."""

        OLD = "1.1.2", _("1.1.2")
        NEW = "1.1.5", _("1.1.5, qui sait aussi retirer")

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="channel")
    emitter = models.CharField(_("Matricule de l’émetteur"), max_length=8)
    certifier = models.CharField(_("Matricule du certificateur"), max_length=8)
    contract = models.CharField(_("Numéro de contrat"), max_length=20)
    version = models.CharField(_("Version du schéma"), max_length=8, choices=Version)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("emitter"), 8) & Exact(Length("certifier"), 8), name="channel_numbers_whole"
            ),
            models.CheckConstraint(condition=~Q(contract=""), name="channel_contract_given"),
            models.CheckConstraint(condition=Q(version__in=["1.1.2", "1.1.5"]), name="channel_version_known"),
        ]

    def __str__(self) -> str:
        return self.emitter

    @property
    def can_withdraw(self) -> bool:
        """Whether a file can ask to withdraw what was accepted."""
        return self.version == self.Version.NEW
