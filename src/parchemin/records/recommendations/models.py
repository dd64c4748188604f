"""What a body says in favour of a certification or of another body, the answer it was given, and its withdrawal."""

import uuid
from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from parchemin.records.awards.models import PLACES, IssuerKey
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.people.models import Organisation, Person

LONGEST = 1000
"""Characters of a recommendation: it is read on a page, among others."""


class Stand(StrEnum):
    """Where a recommendation stands on a day."""

    STANDING = "standing"
    TO_COME = "to_come"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Recommendation(models.Model):
    """A body puts its name to a version of a certification of ``endorsed``, or to that body itself; never changed.

    It is about the body when ``version`` is None. ``endorser_name`` and ``subject_name`` are the names of that day;
    ``place`` is its bit in the status list that the endorser keeps of them. It stands from ``from_on`` until
    ``until_on``, both included, unless it is withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endorser = models.ForeignKey(Organisation, models.PROTECT, related_name="recommendations")
    endorsed = models.ForeignKey(Organisation, models.PROTECT, related_name="recommendations_received")
    version = models.ForeignKey(PublishedVersion, models.PROTECT, null=True, blank=True, related_name="recommendations")
    endorser_name = models.CharField(max_length=160)
    subject_name = models.CharField(max_length=250)
    words = models.TextField(_("Ce que dit la recommandation"), max_length=LONGEST)
    place = models.PositiveIntegerField()
    from_on = models.DateField(_("Premier jour"))
    until_on = models.DateField(_("Dernier jour"), null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["made_at"], name="recommendation_made")]
        constraints = [
            models.CheckConstraint(condition=~Q(endorser=F("endorsed")), name="recommendation_of_another"),
            models.CheckConstraint(
                condition=~Q(words="") & Q(LessThanOrEqual(Length("words"), LONGEST)),
                name="recommendation_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(endorser_name="") & ~Q(subject_name=""), name="recommendation_names_both"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="recommendation_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(place__lt=PLACES), name="recommendation_place_in_list"),
            models.UniqueConstraint(fields=["endorser", "place"], name="recommendation_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.endorser_name} : {self.subject_name}"

    def stands(self, on: date) -> Stand:
        """Where it stands that day; what was withdrawn never comes back."""
        if getattr(self, "withdrawal", None) is not None:
            return Stand.WITHDRAWN
        if self.until_on and self.until_on < on:
            return Stand.ENDED
        return Stand.TO_COME if self.from_on > on else Stand.STANDING

    @property
    def answer(self) -> str:
        """What the endorsed body last said of it; empty while it said nothing."""
        acts = [one.act for one in self.replies.all()]
        return acts[-1] if acts else ""


class Reply(models.Model):
    """The endorsed body lets everybody read it, or no longer does; never changed, the last one stands."""

    class Act(models.TextChoices):
        """What it said."""

        ACCEPTED = "accepted", _("Acceptée")
        HIDDEN = "hidden", _("Masquée")

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="replies")
    act = models.CharField(max_length=8, choices=Act)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(act__in=["accepted", "hidden"]), name="reply_act_known")]

    def __str__(self) -> str:
        return self.act


class Withdrawal(models.Model):
    """The endorser takes it back, for good and with a reason; never changed."""

    recommendation = models.OneToOneField(Recommendation, models.PROTECT, primary_key=True, related_name="withdrawal")
    reason = models.TextField(_("Motif"), max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["at"], name="recommendation_withdrawn")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_with_reason")]

    def __str__(self) -> str:
        return str(self.recommendation_id)


class Proof(models.Model):
    """A recommendation as data its endorser signed: ``text`` is JSON whose SHA-256 is ``digest``; never changed."""

    recommendation = models.OneToOneField(Recommendation, models.PROTECT, primary_key=True, related_name="proof")
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="+")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Exact(Length("digest"), 64), name="proof_digest_whole")]

    def __str__(self) -> str:
        return self.digest
