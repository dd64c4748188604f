"""Certifications offered here, the files of their published versions, and rulings that fill their silences."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.models import Organisation, Person


class Certification(models.Model):
    """A scheme offered by an awarding body; closed to newcomers unless ``is_open``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.CharField(_("Identifiant"), max_length=80, unique=True)
    title = models.CharField(_("Intitulé"), max_length=250)
    awarding_body = models.ForeignKey(Organisation, models.PROTECT, related_name="certifications")
    is_open = models.BooleanField(_("Candidatures ouvertes"), default=False)
    contact = models.EmailField(_("Adresse du secrétariat"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title"]
        constraints = [models.CheckConstraint(condition=~Q(scheme=""), name="certification_scheme_given")]

    def __str__(self) -> str:
        return self.title


class PublishedVersion(models.Model):
    """The files of one version as they were published; never changed afterwards."""

    certification = models.ForeignKey(Certification, models.PROTECT, related_name="versions")
    name = models.CharField(_("Version"), max_length=20)
    files = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["certification", "name"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "name"], name="version_published_once"),
        ]

    def __str__(self) -> str:
        return f"{self.certification_id}@{self.name}"


class PublishedRuling(models.Model):
    """A ruling of the awarding body for one version: its text as published."""

    version = models.ForeignKey(PublishedVersion, models.PROTECT, related_name="rulings")
    name = models.CharField(_("Nom"), max_length=80)
    text = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["version", "name"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="ruling_published_once")]

    def __str__(self) -> str:
        return self.name
