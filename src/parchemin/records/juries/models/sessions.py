"""A session of a jury, and who was named to it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.certifications.models import Certification
from parchemin.records.juries.models.pool import Sitter
from parchemin.records.people.models import Organisation, Person


class Place(models.TextChoices):
    """Where a session is held, in the words of the national register."""

    ON_SITE = "on_site", _("Sur place")
    REMOTE = "remote", _("À distance")
    MIXED = "mixed", _("Sur place et à distance")


class State(models.TextChoices):
    """Where a session stands."""

    PREPARED = "prepared", _("En préparation")
    SUMMONED = "summoned", _("Convoquée")
    OPEN = "open", _("Ouverte")
    DRAWN = "drawn", _("Procès-verbal à signer")
    CLOSED = "closed", _("Procès-verbal signé")
    PUBLISHED = "published", _("Résultats publiés")
    CANCELLED = "cancelled", _("Annulée")


class JurySession(models.Model):
    """A jury composed as the certification says under ``jury``, called for one day.

    ``previous_college`` chaired last time, where that session was not held here. ``revision`` grows with every change
    of the session itself. ``opening`` is what the rules said of those present when it was opened. What it decided
    takes effect once its minutes are closed, and is told to candidates once it is published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Numéro"), max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="jury_sessions")
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="jury_sessions")
    jury = models.CharField(_("Jury"), max_length=60)
    starts_at = models.DateTimeField(_("Date et heure"))
    minutes = models.PositiveSmallIntegerField(_("Durée en minutes"), null=True, blank=True)
    place = models.CharField(_("Déroulement"), max_length=10, choices=Place, default=Place.ON_SITE)
    room = models.CharField(_("Adresse, salle ou lien"), max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(_("Candidats au plus"), null=True, blank=True)
    safeguards = models.JSONField(_("Précautions à distance"), null=True, blank=True)
    nomination = models.FileField(_("Acte de nomination"), upload_to="nominations/", blank=True, max_length=200)
    nomination_digest = models.CharField(max_length=64, blank=True)
    nominated_on = models.DateField(_("Nommé le"), null=True, blank=True)
    nominated_by = models.CharField(_("Autorité qui nomme"), max_length=160, blank=True)
    previous_college = models.CharField(_("Collège qui présidait la fois précédente"), max_length=60, blank=True)
    summoned_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opening = models.JSONField(null=True, blank=True)
    opening_reason = models.TextField(_("Justification"), blank=True, max_length=1000)
    drawn_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancellation = models.TextField(_("Motif de l’annulation"), blank=True, max_length=1000)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(jury=""), name="session_jury_given"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="session_place_known"),
            models.CheckConstraint(
                condition=Q(nominated_on__isnull=True) | ~Q(nominated_by=""), name="session_nominated_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opening__isnull=False), name="session_opened_on_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | Q(opened_at__isnull=False), name="session_drawn_was_open"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(closed_at__isnull=False), name="session_published_was_closed"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | (Q(opened_at__isnull=True) & ~Q(cancellation="")),
                name="session_cancelled_before_it_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("drawn_at"), drawn_at__isnull=False),
                name="session_closed_after_minutes",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-starts_at"], name="session_of_body"),
            models.Index(fields=["certification", "jury", "-closed_at"], name="session_before"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> State:
        """Where it stands."""
        reached = (
            (State.CANCELLED, self.cancelled_at),
            (State.PUBLISHED, self.published_at),
            (State.CLOSED, self.closed_at),
            (State.DRAWN, self.drawn_at),
            (State.OPEN, self.opened_at),
            (State.SUMMONED, self.summoned_at),
        )
        return next((state for state, at in reached if at), State.PREPARED)


class Presence(models.TextChoices):
    """Whether a member came."""

    PRESENT = "present", _("Présent")
    ABSENT = "absent", _("Absent")
    EXCUSED = "excused", _("Excusé")


class Expenses(models.TextChoices):
    """Where the expenses of a member stand."""

    NONE = "none", _("Sans frais")
    CLAIMED = "claimed", _("À rembourser")
    PAID = "paid", _("Remboursés")


class Member(Sitter):
    """Somebody named to a session, as what they were that day; ``presence`` empty until it is told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(JurySession, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="jury_seats")
    seat = models.CharField(_("Siège"), max_length=60, blank=True)
    substitutes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="substitute", verbose_name=_("Supplée")
    )
    is_chair = models.BooleanField(_("Préside"), default=False)
    presence = models.CharField(_("Présence"), max_length=10, blank=True, choices=Presence)
    told_at = models.DateTimeField(null=True, blank=True)
    expenses = models.CharField(_("Frais"), max_length=10, choices=Expenses, default=Expenses.NONE)

    class Meta:
        ordering = ["-is_chair", "college", "seat", "person__family_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="member_once"),
            models.UniqueConstraint(fields=["session"], condition=Q(is_chair=True), name="chair_once"),
            models.CheckConstraint(condition=Q(presence__in=["", *Presence.values]), name="member_presence_known"),
            models.CheckConstraint(condition=Q(gender__in=["", "f", "m"]), name="member_gender_known"),
            models.CheckConstraint(condition=Q(expenses__in=Expenses.values), name="member_expenses_known"),
            models.CheckConstraint(
                condition=Q(substitutes__isnull=True) | ~Q(substitutes=F("id")), name="member_substitutes_another"
            ),
        ]
        indexes = [models.Index(fields=["person", "session"], name="member_of_person")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"

    @property
    def is_present(self) -> bool:
        """Whether they came."""
        return self.presence == Presence.PRESENT


class Incident(models.Model):
    """What went wrong during a session, in the words of whoever tells it; it goes into the minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(JurySession, models.CASCADE, related_name="incidents")
    hearing = models.ForeignKey("juries.Hearing", models.CASCADE, null=True, blank=True, related_name="incidents")
    words = models.TextField(_("Ce qui s’est passé"), max_length=3000)
    is_fraud = models.BooleanField(_("Fraude ou tentative de fraude"), default=False)
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["told_at"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="incident_told")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.told_at}"
