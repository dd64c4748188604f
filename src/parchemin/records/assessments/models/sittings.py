"""One candidate sits one method on one day, before evaluators."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.core.facts import Attendance
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Assurance, Person

ATTENDANCES = {
    Attendance.HELD: _("Tenue"),
    Attendance.ABSENT: _("Candidat absent"),
    Attendance.EXCUSED: _("Candidat excusé"),
    Attendance.ADJOURNED: _("Reportée"),
    Attendance.FRAUD: _("Fraude constatée"),
    Attendance.VOID: _("Nulle"),
}


class Sitting(models.Model):
    """A method as it is planned, then as it went off; ``attendance`` empty until it is told.

    ``minutes`` is the time given, accommodation included; ``is_passed`` what was settled of the method as a whole.
    ``summoned_at`` is when everybody was first told; one cancelled stays, with why, and counts for nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="sittings")
    method = models.CharField(_("Épreuve"), max_length=60)
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(_("Date et heure"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Durée en minutes"), null=True, blank=True)
    place = models.CharField(_("Lieu"), max_length=60, blank=True)
    room = models.CharField(_("Adresse, salle ou lien"), max_length=300, blank=True)
    attendance = models.CharField(
        _("Déroulement"),
        max_length=10,
        blank=True,
        choices=[(one.value, label) for one, label in ATTENDANCES.items()],
    )
    safeguards = models.JSONField(null=True, blank=True)
    incidents = models.TextField(_("Incidents"), blank=True, max_length=3000)
    summoned_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancellation = models.TextField(_("Motif de l’annulation"), blank=True, max_length=1000)
    is_passed = models.BooleanField(null=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    planned_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["starts_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "method", "number"], name="sitting_number_once"),
            models.CheckConstraint(condition=~Q(method=""), name="sitting_method_given"),
            models.CheckConstraint(
                condition=Q(attendance__in=["", *(one.value for one in Attendance)]), name="sitting_attendance_known"
            ),
            models.CheckConstraint(
                condition=Q(attendance="") | Q(starts_at__isnull=False), name="sitting_told_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(attendance="held"), name="sitting_settled_was_held"
            ),
            models.CheckConstraint(
                condition=Q(is_passed__isnull=True) | Q(settled_at__isnull=False), name="sitting_passed_is_settled"
            ),
            models.CheckConstraint(condition=~Q(attendance="void") | ~Q(incidents=""), name="sitting_void_has_reason"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | (Q(attendance="") & ~Q(cancellation="")),
                name="sitting_cancelled_before_it_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="sitting_by_day")]

    def __str__(self) -> str:
        return f"{self.method} {self.number}"


class Telling(models.Model):
    """How a sitting went off, as somebody told it that day; the last one stands, each after the first says why.

    ``away`` are those who did not sit, by person and actor: they assess it no more.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="tellings")
    attendance = models.CharField(max_length=10)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    safeguards = models.JSONField(null=True, blank=True)
    incidents = models.TextField(blank=True, max_length=3000)
    away = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True, max_length=1000)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attendance__in=[one.value for one in Attendance]), name="telling_attendance_known"
            ),
            models.UniqueConstraint(fields=["sitting"], condition=Q(reason=""), name="telling_again_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.attendance}"


class Evaluator(models.Model):
    """Who assesses a sitting, as which actor of the scheme; ``links`` None until declared, [] for none.

    ``known`` are those that the platform knew when they were named; ``assurance`` how sure one is of who signed.
    What they rated is theirs alone until everybody has signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="evaluators")
    person = models.ForeignKey(Person, models.PROTECT, related_name="sittings")
    actor = models.CharField(_("Rôle"), max_length=60)
    links = models.JSONField(null=True, blank=True)
    known = models.JSONField(default=list, blank=True)
    justification = models.CharField(_("Justification"), max_length=500, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    assurance = models.CharField(max_length=20, choices=Assurance, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["actor", "person__family_key"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "person"], name="evaluator_once"),
            models.CheckConstraint(condition=~Q(actor=""), name="evaluator_has_role"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(links__isnull=False), name="evaluator_signed_declared_links"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(assurance__in=Assurance.values),
                name="evaluator_signed_with_assurance",
            ),
        ]
        indexes = [models.Index(fields=["person", "signed_at"], name="evaluator_to_sign")]

    def __str__(self) -> str:
        return f"{self.actor} {self.person_id}"
