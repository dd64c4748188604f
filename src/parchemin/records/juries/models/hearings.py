"""One file before one session: who may decide on it, what is decided on each part, and how they voted."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.core.facts import Ballot
from parchemin.records.candidacies.models import Appeal, Candidacy
from parchemin.records.juries.models.sessions import JurySession, Member
from parchemin.records.people.models import Person


class Verdict(models.TextChoices):
    """What the jury decided of a file; the last four decide nothing of what was acquired."""

    FULL = "full", _("Certification délivrée")
    PARTIAL = "partial", _("Délivrance partielle")
    NONE = "none", _("Non délivrée")
    DEFERRED = "deferred", _("Décision reportée")
    ABSENT = "absent", _("Candidat absent")
    EXCUSED = "excused", _("Candidat excusé")
    VOID = "void", _("Annulée pour fraude")


DECIDED = (Verdict.FULL, Verdict.PARTIAL, Verdict.NONE)


class Hearing(models.Model):
    """A file on the agenda of a session, then what was decided of it; ``verdict`` empty until it is.

    ``blocks`` are those the jury is asked about, none for the whole certification. ``attested`` are the statements the
    rules want to hear from the jury. ``proposed`` is what the results proposed, ``ruled`` what the rules said of the
    jury and of the award, ``sat`` who deliberated and whether they chaired: all three frozen with the decision.
    ``reopened`` is what was decided before, each with why the jury took it up again. ``prior`` is the deliberation
    that this one takes up again, ``appeal`` the one upheld that asks for it, ``told`` what the candidate was told last.
    ``revision`` grows with every change, so that two people cannot overwrite each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(JurySession, models.CASCADE, related_name="hearings")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="hearings")
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(_("Heure de passage"), null=True, blank=True)
    summoned_at = models.DateTimeField(null=True, blank=True)
    blocks = models.JSONField(default=list, blank=True)
    attested = models.JSONField(default=list, blank=True)
    prior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, blank=True, related_name="hearings")
    removed_at = models.DateTimeField(null=True, blank=True)
    removal = models.TextField(_("Motif du retrait"), max_length=500, blank=True)
    proposed = models.JSONField(null=True, blank=True)
    ruled = models.JSONField(null=True, blank=True)
    sat = models.JSONField(null=True, blank=True)
    reopened = models.JSONField(default=list, blank=True)
    verdict = models.CharField(_("Décision"), max_length=10, blank=True, choices=Verdict)
    reason = models.TextField(_("Motif"), blank=True, max_length=3000)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    told = models.OneToOneField("juries.Conclusion", models.PROTECT, null=True, blank=True, related_name="+")
    notified_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["session", "position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "candidacy"], name="hearing_once"),
            models.UniqueConstraint(
                fields=["candidacy"], condition=Q(verdict="", removed_at__isnull=True), name="hearing_waits_once"
            ),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="hearing_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict="", decided_at__isnull=True, decided_by__isnull=True, sat__isnull=True)
                | (~Q(verdict="") & Q(decided_at__isnull=False, decided_by__isnull=False, sat__isnull=False)),
                name="hearing_decided_at_a_time_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["deferred", "void"]) | ~Q(reason=""), name="hearing_put_off_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | (Q(verdict="") & ~Q(removal="")),
                name="hearing_removed_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["full", "partial", "none"]) | Q(proposed__isnull=False, ruled__isnull=False),
                name="hearing_decided_on_a_proposal",
            ),
            models.CheckConstraint(
                condition=Q(told__isnull=True, notified_on__isnull=True)
                | Q(told__isnull=False, notified_on__isnull=False),
                name="hearing_told_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(appeal__isnull=True) | Q(prior__isnull=False), name="hearing_of_an_appeal_takes_up_another"
            ),
        ]
        indexes = [models.Index(fields=["candidacy", "decided_at"], name="hearing_of_file")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.candidacy_id}"

    @property
    def version(self) -> str | None:
        """The version it was decided under; None while it is not, for its file may still follow another."""
        return self.ruled["award"]["scheme"]["version"] if self.ruled else None

    @property
    def is_decided(self) -> bool:
        """Whether the jury decided what is acquired."""
        return self.verdict in DECIDED


class Tie(models.Model):
    """What ties a member to a candidate; ``links`` None until declared, ``known`` what the platform saw.

    Who is recused leaves the deliberation on that candidate alone.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="ties")
    member = models.ForeignKey(Member, models.CASCADE, related_name="ties")
    links = models.JSONField(null=True, blank=True)
    known = models.JSONField(default=list, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    is_recused = models.BooleanField(default=False)
    reason = models.TextField(_("Motif"), max_length=500, blank=True)
    recused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "member"], name="tie_once"),
            models.CheckConstraint(
                condition=Q(links__isnull=True, declared_at__isnull=True)
                | Q(links__isnull=False, declared_at__isnull=False),
                name="tie_declared_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(is_recused=False) | (Q(recused_at__isnull=False) & ~Q(reason="")),
                name="tie_recused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.member_id}"


class Opinion(models.Model):
    """What the jury decides on one part; a reason where it departs from what was proposed."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="opinions")
    code = models.CharField(max_length=60)
    is_granted = models.BooleanField()
    reason = models.TextField(_("Motif"), blank=True, max_length=2000)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["hearing", "code"], name="opinion_once")]

    def __str__(self) -> str:
        return self.code


class Vote(models.Model):
    """One member's voice on what is about to be decided; it is cast again when what is decided changes."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="votes")
    member = models.ForeignKey(Member, models.CASCADE, related_name="votes")
    ballot = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Ballot])
    cast_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "member"], name="vote_once"),
            models.CheckConstraint(condition=Q(ballot__in=[one.value for one in Ballot]), name="vote_ballot_known"),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.member_id}"
