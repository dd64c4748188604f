"""The file of one candidate for one certification, its dates, its routes and who handles it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.core.facts import Milestone
from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation, Person


class Status(models.TextChoices):
    """Where a file stands; each says who has it."""

    DRAFT = "draft", _("En préparation")
    RECEIVED = "received", _("Reçue, à vérifier")
    RETURNED = "returned", _("À compléter")
    COMPLETE = "complete", _("Complète, à décider")
    ADMISSIBLE = "admissible", _("Recevable")
    AWARDED = "awarded", _("Certification obtenue")
    REFUSED = "refused", _("Non recevable")
    LAPSED = "lapsed", _("Caduque")
    WITHDRAWN = "withdrawn", _("Retirée")


ACTIVE = (Status.DRAFT, Status.RECEIVED, Status.RETURNED, Status.COMPLETE, Status.ADMISSIBLE)
SUBMITTED = (Status.RECEIVED, Status.COMPLETE)


class Candidacy(models.Model):
    """One person applying to one certification by one route; it keeps the version in force when the path began.

    ``revision`` grows with every action, so that two people acting at once cannot overwrite each other.
    ``waiting_since`` is when the file came to whoever has it now; ``due_on`` the nearest date by which they must act.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Numéro"), max_length=20, unique=True)
    candidate = models.ForeignKey(Person, models.PROTECT, related_name="candidacies")
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="candidacies")
    version = models.CharField(max_length=20)
    route = models.CharField(_("Voie"), max_length=40)
    blocks = models.JSONField(_("Blocs visés"), default=list, blank=True)
    status = models.CharField(_("État"), max_length=12, choices=Status, default=Status.DRAFT)
    began_on = models.DateField(_("Début du parcours"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="candidacies")
    centre = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    provider = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    holder = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    identity = models.JSONField(null=True, blank=True)
    regulation_accepted_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("Candidature")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="candidacy_status_known"),
            models.CheckConstraint(condition=~Q(route=""), name="candidacy_route_given"),
            models.UniqueConstraint(
                fields=["candidate", "certification"],
                condition=Q(status__in=[status.value for status in ACTIVE]),
                name="candidacy_active_once",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(status="withdrawn") | Q(identity__isnull=False),
                name="candidacy_sent_with_identity",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["awarded", "lapsed", "withdrawn"]) | Q(closed_at__isnull=False),
                name="candidacy_closed_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "waiting_since"], name="candidacy_queue"),
            models.Index(fields=["organisation", "waiting_since", "number"], name="candidacy_list"),
            models.Index(
                fields=["organisation", "status", "certification", "waiting_since", "due_on"], name="candidacy_heaps"
            ),
            models.Index(fields=["organisation", "certification"], name="candidacy_of_body"),
            models.Index(fields=["certification", "status", "waiting_since"], name="candidacy_by_scheme"),
            models.Index(fields=["candidate", "-created_at"], name="candidacy_of_person"),
            models.Index(fields=["status", "due_on"], name="candidacy_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_with_candidate(self) -> bool:
        """Whether the candidate may change it: not sent yet, or sent back."""
        return self.status in (Status.DRAFT, Status.RETURNED)

    @property
    def is_active(self) -> bool:
        """Whether it goes on."""
        return self.status in ACTIVE


class CandidacyDate(models.Model):
    """When a milestone of the file was reached."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="dates")
    milestone = models.CharField(max_length=30, choices=[(one.value, one.value) for one in Milestone])
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "milestone"], name="date_once"),
            models.CheckConstraint(
                condition=Q(milestone__in=[one.value for one in Milestone if one is not Milestone.DECISION]),
                name="date_milestone_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.on}"


class Counter(models.Model):
    """The last number given to a file in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


class RouteChange(models.Model):
    """A route the file was on, from a day: the first is the one it was opened with."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="routes")
    route = models.CharField(max_length=40)
    from_on = models.DateField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [models.UniqueConstraint(fields=["candidacy", "route", "from_on"], name="route_from_once")]

    def __str__(self) -> str:
        return self.route


class VersionChange(models.Model):
    """The file follows another version of its certification from then on: why, and what says so."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="version_changes")
    from_version = models.CharField(max_length=20)
    to_version = models.CharField(max_length=20)
    reason = models.TextField()
    source = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(source=""), name="version_changed_with_reason_and_source"
            ),
            models.CheckConstraint(condition=~Q(from_version=F("to_version")), name="version_changed_to_another"),
        ]

    def __str__(self) -> str:
        return self.to_version


class Transfer(models.Model):
    """The file passed from an organisation to another, and why."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="transfers")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_with_reason"),
            models.CheckConstraint(condition=~Q(from_organisation=F("to_organisation")), name="transfer_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.at}"


class Confirmation(models.Model):
    """The candidate confirmed going on, that day (décret 2023-1275)."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="confirmations")
    on = models.DateField()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["candidacy", "on"], name="confirmation_once_a_day")]

    def __str__(self) -> str:
        return str(self.on)


class StepDone(models.Model):
    """A step of the route that was done, and when; the application and admissibility have their own dates."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="steps_done")
    step = models.CharField(max_length=60)
    done_on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["done_on"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "step"], name="step_done_once"),
            models.CheckConstraint(condition=~Q(step=""), name="step_given"),
        ]

    def __str__(self) -> str:
        return self.step
