"""What was settled on each line; a row is never changed, another one that says why stands instead."""

import uuid

from django.db import models
from django.db.models import Q

from parchemin.records.assessments.models.ratings import KINDS, Valued
from parchemin.records.assessments.models.sittings import Sitting
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person


class Result(Valued):
    """A value settled by the evaluators of a sitting, entered in a ledger without one, or corrected later.

    The last row of a code that no other corrects stands. ``level`` is the one a critical learning was reached at.
    ``comment`` joins what evaluators wrote for those who judge, ``advice`` what they wrote for the candidate, and
    ``evidence`` the ids of the submitted pieces they named.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="results")
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="results")
    level = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["settled_at", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="result_kind_known"),
            models.CheckConstraint(
                condition=Q(is_acquired__isnull=False) | Q(mark__isnull=False), name="result_has_a_value"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | (~Q(reason="") & Q(settled_by__isnull=False)),
                name="result_corrected_with_reason",
            ),
            models.UniqueConstraint(
                fields=["sitting", "kind", "code"], condition=Q(corrects__isnull=True), name="result_once_a_sitting"
            ),
            models.UniqueConstraint(
                fields=["candidacy", "kind", "code"],
                condition=Q(sitting__isnull=True, corrects__isnull=True),
                name="result_entered_once",
            ),
            models.CheckConstraint(
                condition=Q(sitting__isnull=False) | Q(settled_by__isnull=False), name="result_entered_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["candidacy", "settled_at"], name="result_of_file")]

    def __str__(self) -> str:
        return self.code
