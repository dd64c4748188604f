"""The minutes of a session, who signed them, and what is held since."""

import json
import uuid
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.juries.models.hearings import Hearing, Verdict
from parchemin.records.juries.models.sessions import JurySession, Member
from parchemin.records.people.models import Assurance, Person


class Minutes(models.Model):
    """What a session decided, written once; ``corrects`` are the earlier ones that these complete or put right.

    ``text`` is JSON, kept as the very text whose SHA-256 is ``digest``. The database refuses to change either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(JurySession, models.PROTECT, related_name="all_minutes")
    number = models.CharField(_("Numéro"), max_length=20, unique=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    reason = models.TextField(_("Ce qui est corrigé, et pourquoi"), blank=True, max_length=3000)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropping_reason = models.TextField(_("Pourquoi il est abandonné"), max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    closing_reason = models.TextField(_("Pourquoi une signature manque"), max_length=500, blank=True)

    class Meta:
        ordering = ["drawn_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(corrects__isnull=True, dropped_at__isnull=True),
                name="minutes_once_a_session",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False, dropped_at__isnull=True),
                name="minutes_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="minutes_correct_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(dropping_reason=""), name="minutes_dropped_with_reason"
            ),
            models.CheckConstraint(condition=Exact(Length("digest"), 64), name="minutes_digest_whole"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | (Q(closed_by__isnull=False) & Q(closed_at__gte=F("drawn_at"))),
                name="minutes_closed_by_somebody_after",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(dropped_at__isnull=True), name="minutes_closed_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_waiting(self) -> bool:
        """Whether they wait for signatures."""
        return self.closed_at is None and self.dropped_at is None

    @cached_property
    def told(self) -> dict[str, Any]:
        """What they say, in JSON types."""
        told: dict[str, Any] = json.loads(self.text)
        return told


class Signature(models.Model):
    """A member signed the minutes, with how sure one is that it was them; never changed."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures")
    member = models.ForeignKey(Member, models.PROTECT, related_name="signatures")
    assurance = models.CharField(max_length=20, choices=Assurance)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "member"], name="minutes_signed_once"),
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="minutes_assurance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.member_id}"


class Conclusion(models.Model):
    """What signed minutes say of one file: from then on the decision has effect; the last one of a hearing stands.

    The records freeze what the rules said of the jury and of the award. ``notify_until`` is the last day that they gave
    to tell its candidate. Never changed; the database refuses a row whose minutes are not closed.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="conclusions")
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="conclusions")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    jury_record = models.OneToOneField(DecisionRecord, models.PROTECT, null=True, blank=True, related_name="concludes")
    award_record = models.OneToOneField(DecisionRecord, models.PROTECT, null=True, blank=True, related_name="awards")
    concluded_on = models.DateField()
    notify_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["notify_until"], condition=Q(notify_until__isnull=False), name="conclusion_to_notify")
        ]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "hearing"], name="conclusion_once_a_minutes"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="conclusion_verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict__in=["full", "partial", "none"])
                | Q(jury_record__isnull=False, award_record__isnull=False),
                name="conclusion_decided_with_its_records",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.verdict}"


class Holding(models.Model):
    """A part that signed minutes grant, or take back when they correct others; the last row of a part stands.

    Its dates are those its validity may be counted from. Never changed; the database refuses a row whose minutes are
    not closed.
    """

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="holdings")
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="holdings")
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="holdings")
    code = models.CharField(max_length=60)
    is_held = models.BooleanField(default=True)
    assessed_on = models.DateField(null=True, blank=True)
    deliberated_on = models.DateField()
    signed_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "hearing", "code"], name="holding_once_a_minutes"),
            models.CheckConstraint(condition=Q(signed_on__gte=F("deliberated_on")), name="holding_signed_after"),
        ]
        indexes = [models.Index(fields=["candidacy", "code"], name="holding_of_file")]

    def __str__(self) -> str:
        return self.code


class SessionCounter(models.Model):
    """The last number given in a year, to a session (``J``) or to minutes (``PV``)."""

    kind = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.last}"
