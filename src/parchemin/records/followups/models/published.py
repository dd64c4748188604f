"""Figures of a year as the awarding body published them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Person


class PublishedFigures(models.Model):
    """What is told to everybody of one year; ``text`` is JSON whose SHA-256 is ``digest``. Never changed.

    Published again, the last one stands and those before stay.
    """

    certification = models.ForeignKey(Certification, models.PROTECT, related_name="published_figures")
    year = models.PositiveSmallIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["certification", "year"], name="figures_of_year")]
        constraints = [
            models.CheckConstraint(condition=Exact(Length("digest"), 64), name="figures_digest_whole"),
            models.CheckConstraint(condition=Q(year__gte=1900, year__lte=2200), name="figures_year_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.certification_id} {self.year}"
