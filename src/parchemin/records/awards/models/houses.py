"""Who issues the certificates of a certification, and how they sign."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation


class House(models.Model):
    """What certificates bear of a body: its name in law and in trade, the place, who signs.

    ``organisation`` handles the files; ``issuer`` issues, which a branch's committee may do where a jury decides.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="houses")
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="houses")
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Délivré par"))
    trade_name = models.CharField(_("Nom commercial"), max_length=160, blank=True)
    place = models.CharField(_("Fait à"), max_length=80)
    signatory = models.CharField(_("Qui signe"), max_length=120)
    signatory_title = models.CharField(_("Qualité de qui signe"), max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "certification"], name="house_once_a_certification"),
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(signatory="") & ~Q(signatory_title=""), name="house_signed"
            ),
        ]

    def __str__(self) -> str:
        return self.signatory
