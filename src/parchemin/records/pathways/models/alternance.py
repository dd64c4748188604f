"""Training under a work contract: the contract, what its three sides write to one another, visits in the company."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Assurance, Link, Person


class Contract(models.Model):
    """One work contract; another may follow once it is over. ``state`` is the last of its dated states."""

    class Kind(models.TextChoices):
        """The two contracts of the code du travail, called as the routes of certifications are."""

        APPRENTICESHIP = "apprenticeship", _("Apprentissage")
        PROFESSIONALISATION = "professionalisation", _("Professionnalisation")

    class State(models.TextChoices):
        """Where it stands."""

        SIGNED = "signed", _("Signé")
        STARTED = "started", _("Commencé")
        SUSPENDED = "suspended", _("Suspendu")
        BROKEN = "broken", _("Rompu")
        ENDED = "ended", _("Terminé")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="contracts")
    kind = models.CharField(max_length=20, choices=Kind)
    employer = models.CharField(_("Employeur"), max_length=200)
    from_on = models.DateField(_("Début"))
    until_on = models.DateField(_("Fin prévue"), null=True, blank=True)
    tutor = models.CharField(max_length=120)
    tutor_post = models.CharField(max_length=120, blank=True)
    tutor_person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.SIGNED)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["apprenticeship", "professionalisation"]), name="contract_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["signed", "started", "suspended", "broken", "ended"]),
                name="contract_state_known",
            ),
            models.CheckConstraint(condition=~Q(employer=""), name="contract_has_employer"),
            models.CheckConstraint(condition=~Q(tutor=""), name="contract_has_tutor"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="contract_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["candidacy"],
                condition=Q(state__in=["signed", "started", "suspended"]),
                name="contract_running_once",
            ),
        ]

    def __str__(self) -> str:
        return self.employer

    @property
    def is_running(self) -> bool:
        """Whether it may still change."""
        return bool(NEXT[Contract.State(self.state)])

    @property
    def tutor_word(self) -> object:
        """What the workplace tutor is called under that contract (code du travail, art. L6223-5 and D6325-6)."""
        return _("Maître d’apprentissage") if self.kind == Contract.Kind.APPRENTICESHIP else _("Tuteur")


STATE = Contract.State
NEXT: dict[Contract.State, tuple[Contract.State, ...]] = {
    STATE.SIGNED: (STATE.STARTED, STATE.BROKEN),
    STATE.STARTED: (STATE.SUSPENDED, STATE.BROKEN, STATE.ENDED),
    STATE.SUSPENDED: (STATE.STARTED, STATE.BROKEN, STATE.ENDED),
    STATE.BROKEN: (),
    STATE.ENDED: (),
}
"""What may follow each state; a contract suspended starts again."""


class ContractState(models.Model):
    """From that day the contract is in that state."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="states")
    state = models.CharField(max_length=10, choices=Contract.State)
    on = models.DateField()
    words = models.TextField(max_length=1000, blank=True)
    told_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["signed", "started", "suspended", "broken", "ended"]),
                name="state_of_contract_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["suspended", "broken"]) | ~Q(words=""), name="stop_of_contract_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.on}"


class Liaison(models.Model):
    """What one side tells the others, or answers to an entry; signed the instant it is written.

    Signed by an ``author`` who has an account, or for the company by the bearer of a one-use ``link``.
    """

    class Side(models.TextChoices):
        """For whom its author writes."""

        CENTRE = "centre", _("Centre de formation")
        TUTOR = "tutor", _("Entreprise")
        APPRENTICE = "apprentice", _("Alternant")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="liaisons")
    side = models.CharField(max_length=10, choices=Side)
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.OneToOneField(Link, models.PROTECT, null=True, blank=True, related_name="+")
    bearer = models.CharField(max_length=120, blank=True)
    quality = models.CharField(max_length=120, blank=True)
    assurance = models.CharField(max_length=20, choices=Assurance)
    on = models.DateField()
    words = models.TextField(max_length=5000)
    about = models.JSONField(default=list, blank=True)
    answered = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    written_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=["centre", "tutor", "apprentice"]), name="liaison_side_known"),
            models.CheckConstraint(
                condition=Q(author__isnull=False, link__isnull=True, bearer="")
                | (Q(author__isnull=True, link__isnull=False, side="tutor") & ~Q(bearer="")),
                name="liaison_by_somebody",
            ),
            models.CheckConstraint(condition=Q(assurance__in=Assurance.values), name="liaison_assurance_known"),
            models.CheckConstraint(condition=~Q(words=""), name="liaison_says_something"),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True) | Q(corrected_at__gte=F("written_at")),
                name="liaison_corrected_after",
            ),
        ]
        indexes = [models.Index(fields=["candidacy", "-written_at"], name="liaison_of_file")]

    def __str__(self) -> str:
        return f"{self.side} {self.on}"

    @property
    def signer(self) -> str:
        """Who signed it: its author's name, or what the bearer of the link said of themselves."""
        return self.author.name if self.author else ", ".join(one for one in (self.bearer, self.quality) if one)


class Visit(models.Model):
    """A visit in the company: planned, then held and reported, or cancelled; ``sequence`` grows as it moves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="visits")
    planned_at = models.DateTimeField(_("Début"))
    minutes = models.PositiveSmallIntegerField(_("Durée en minutes"), default=60)
    place = models.CharField(_("Lieu"), max_length=200)
    purpose = models.CharField(_("Objet"), max_length=300, blank=True)
    planned_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    sequence = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    present = models.CharField(max_length=300, blank=True)
    report = models.TextField(max_length=5000, blank=True)
    reported_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    assurance = models.CharField(max_length=20, choices=Assurance, blank=True)

    class Meta:
        ordering = ["planned_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1) & Q(minutes__lte=720), name="visit_lasts_a_while"),
            models.CheckConstraint(condition=~Q(place=""), name="visit_has_place"),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, reported_at__isnull=True, present="", report="", assurance="")
                | (
                    Q(held_on__isnull=False, reported_at__isnull=False, assurance__in=Assurance.values)
                    & ~Q(present="")
                    & ~Q(report="")
                ),
                name="visit_held_is_reported",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(held_on__isnull=True), name="visit_cancelled_or_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.planned_at}"
