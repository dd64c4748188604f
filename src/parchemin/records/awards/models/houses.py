"""Who issues the certificates of a certification, and how they sign."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation

PRIMARY, ACCENT = "#1F4E79", "#8A5A00"
"""The colours of whoever chose none: a blue and a brown, both readable on white."""
COLOUR = 7
"""How many characters ``#1F4E79`` has."""


class Logo(models.Model):
    """A logo as it is printed, JPEG, under the SHA-256 of its bytes: kept as long as a certificate bears it."""

    digest = models.CharField(primary_key=True, max_length=64)
    content = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Exact(Length("digest"), 64), name="logo_digest_whole")]

    def __str__(self) -> str:
        return self.digest


class House(models.Model):
    """What certificates bear of a body: its name in law and in trade, the place, who signs, how they look.

    ``organisation`` handles the files; ``issuer`` issues, which a branch's committee may do where a jury decides.
    ``words`` is a sentence under the title; ``primary`` and ``accent`` are colours, ``#rrggbb``. ``revision`` grows
    each time it is changed, so that two people do not overwrite each other.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="houses")
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="houses")
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Délivré par"))
    trade_name = models.CharField(_("Nom commercial"), max_length=160, blank=True)
    place = models.CharField(_("Fait à"), max_length=80)
    signatory = models.CharField(_("Qui signe"), max_length=120)
    signatory_title = models.CharField(_("Qualité de qui signe"), max_length=160)
    words = models.CharField(_("Phrase de l’organisme"), max_length=200, blank=True)
    primary = models.CharField(_("Couleur principale"), max_length=COLOUR, default=PRIMARY)
    accent = models.CharField(_("Couleur secondaire"), max_length=COLOUR, default=ACCENT)
    logo = models.ForeignKey(Logo, models.PROTECT, null=True, blank=True, related_name="houses")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "certification"], name="house_once_a_certification"),
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(signatory="") & ~Q(signatory_title=""), name="house_signed"
            ),
            models.CheckConstraint(
                condition=Exact(Length("primary"), COLOUR) & Exact(Length("accent"), COLOUR), name="house_coloured"
            ),
        ]

    def __str__(self) -> str:
        return self.signatory
