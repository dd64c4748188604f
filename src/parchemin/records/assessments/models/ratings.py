"""What each evaluator rated alone, and where each stands on what they rated differently."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.core.grid import Kind
from parchemin.records.assessments.models.sittings import Evaluator

KINDS = [kind.value for kind in Kind]


class Valued(models.Model):
    """A line of the grid with a value: acquired or not, or a mark."""

    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    is_acquired = models.BooleanField(null=True)
    mark = models.DecimalField(_("Note"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def value(self) -> tuple[object, object]:
        """What is compared from one evaluator to another."""
        return self.is_acquired, self.mark

    @property
    def has_value(self) -> bool:
        """Whether it says where they stand: a comment may come first."""
        return self.value != (None, None)


class Rating(Valued):
    """What one evaluator thinks of one line, with why; changed freely until they sign.

    ``comment`` is for those who judge, ``advice`` for the candidate once it is settled. ``evidence`` are the ids of the
    submitted pieces it rests on, ``seen`` what they saw elsewhere; ``revision`` that of the evaluator when last saved.
    """

    evaluator = models.ForeignKey(Evaluator, models.CASCADE, related_name="ratings")
    comment = models.TextField(_("Commentaire"), max_length=2000, blank=True)
    advice = models.TextField(_("Dit au candidat"), max_length=2000, blank=True)
    seen = models.TextField(_("Vu hors du dossier"), max_length=2000, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evaluator", "kind", "code"], name="rating_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="rating_kind_known"),
            models.CheckConstraint(
                condition=Q(is_acquired__isnull=False)
                | Q(mark__isnull=False)
                | ~Q(comment="")
                | ~Q(advice="")
                | ~Q(seen="")
                | ~Q(evidence=[]),
                name="rating_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def says_something(self) -> bool:
        """Whether there is anything to keep of it."""
        return self.has_value or bool(self.comment or self.advice or self.seen or self.evidence)


class Stand(Valued):
    """Where an evaluator stands, with a reason, on a line that was rated differently; settled when all stand alike."""

    evaluator = models.ForeignKey(Evaluator, models.CASCADE, related_name="stands")
    reason = models.TextField(_("Motif"), max_length=2000)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["evaluator", "kind", "code"], name="stand_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="stand_has_a_reason"),
            models.CheckConstraint(
                condition=Q(is_acquired__isnull=False) | Q(mark__isnull=False), name="stand_has_a_value"
            ),
        ]

    def __str__(self) -> str:
        return self.code
