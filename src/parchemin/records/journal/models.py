"""The journal: one entry for every action, each holding the hash of the one before, and the head of the chain.

``chain`` writes down how an entry is hashed; the migrations make the database refuse any change.
"""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from parchemin.records.journal.chain import START, Content


class Entry(models.Model):
    """Who did what, when, on what, with the decision that was taken; never changed, never deleted.

    ``number`` runs 1, 2, 3… without holes. ``actor`` is the opaque id of a person, and nobody for the system.
    ``details_text`` and ``decision_text`` are JSON, kept as the very text that was hashed.
    """

    number = models.BigIntegerField(_("Numéro"), primary_key=True)
    recorded_at = models.DateTimeField(_("Inscrit le"))
    occurred_at = models.DateTimeField(_("Survenu le"))
    kind = models.CharField(_("Nature"), max_length=80)
    actor = models.UUIDField(_("Auteur"), null=True, blank=True)
    subject = models.UUIDField(_("Objet"), null=True, blank=True)
    details_text = models.TextField(db_column="details")
    decision_text = models.TextField(db_column="decision", null=True, blank=True)
    scheme_digest = models.CharField(max_length=128, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="entry_number_from_one"),
            models.CheckConstraint(condition=~Q(kind=""), name="entry_kind_given"),
            models.CheckConstraint(condition=Exact(Length("hash"), 64), name="entry_hash_whole"),
            models.CheckConstraint(condition=Exact(Length("previous"), 64), name="entry_previous_whole"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(previous=START), name="entry_only_first_starts"),
        ]
        indexes = [
            models.Index(fields=["subject", "number"], name="entry_subject_number"),
            models.Index(fields=["kind"], name="entry_kind"),
            models.Index(fields=["occurred_at"], name="entry_occurred"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    @property
    def details(self) -> dict[str, Any]:
        """What the action told of itself, in JSON types."""
        told: dict[str, Any] = json.loads(self.details_text)
        return told

    @property
    def decision(self) -> dict[str, Any] | None:
        """The decision as ``parchemin.core.plain.decision_to_plain`` wrote it."""
        told: dict[str, Any] | None = json.loads(self.decision_text) if self.decision_text is not None else None
        return told

    @property
    def content(self) -> Content:
        """What the hash covers."""
        return Content(
            number=self.number,
            recorded_at=self.recorded_at,
            occurred_at=self.occurred_at,
            kind=self.kind,
            actor=self.actor,
            subject=self.subject,
            details=self.details_text,
            decision=self.decision_text,
            scheme_digest=self.scheme_digest,
            previous=self.previous,
        )


class Head(models.Model):
    """The number and the hash of the last entry, in one row: what writers lock, and what shows that a tail was cut."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="head_is_alone"),
            models.CheckConstraint(condition=Q(number__gte=0), name="head_number_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"
