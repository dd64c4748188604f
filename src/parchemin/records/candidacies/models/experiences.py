"""Activities a candidate counts on, and what is declared."""

import hashlib
import json
from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parchemin.core.facts import ExperienceKind
from parchemin.records.candidacies.models.files import Candidacy
from parchemin.records.people.models import Person

KINDS = {
    ExperienceKind.EMPLOYMENT: _("Emploi salarié"),
    ExperienceKind.SELF_EMPLOYMENT: _("Activité indépendante"),
    ExperienceKind.APPRENTICESHIP: _("Apprentissage"),
    ExperienceKind.VOLUNTEERING: _("Bénévolat"),
    ExperienceKind.ELECTED_OFFICE: _("Mandat électoral"),
    ExperienceKind.UNION_OFFICE: _("Mandat syndical"),
    ExperienceKind.SPORT: _("Sport de haut niveau"),
    ExperienceKind.INTERNSHIP: _("Stage"),
    ExperienceKind.IMMERSION: _("Période d’immersion"),
}


class Experience(models.Model):
    """An activity over a period, both days included; ``until_on`` None is still running.

    ``numerator`` over ``denominator`` is the share of full time. ``is_proved`` is what the secretariat found, with its
    reason, and None until it looked; what an employer says by a one-use link is an ``Attestation``.
    """

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="experiences")
    position = models.CharField(_("Fonction exercée"), max_length=120)
    employer = models.CharField(_("Employeur ou structure"), max_length=160, blank=True)
    tasks = models.TextField(_("Activités principales"), blank=True)
    kind = models.CharField(_("Nature"), max_length=20, choices=[(one.value, said) for one, said in KINDS.items()])
    from_on = models.DateField(_("Du"))
    until_on = models.DateField(_("Au"), null=True, blank=True)
    numerator = models.PositiveSmallIntegerField(null=True, blank=True)
    denominator = models.PositiveSmallIntegerField(null=True, blank=True)
    tags = models.JSONField(_("En rapport avec"), default=list, blank=True)
    proof = models.ForeignKey(
        "candidacies.DocumentVersion", models.SET_NULL, null=True, blank=True, related_name="proves"
    )
    is_proved = models.BooleanField(null=True, blank=True)
    proved_at = models.DateTimeField(null=True, blank=True)
    proved_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    proof_comment = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ExperienceKind]), name="experience_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="experience_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__gte=1, denominator__gte=F("numerator"), denominator__lte=10_000),
                name="experience_fraction_of_full_time",
            ),
            models.CheckConstraint(
                condition=Q(is_proved__isnull=True, proved_at__isnull=True)
                | Q(is_proved__isnull=False, proved_at__isnull=False),
                name="experience_proved_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.position

    @property
    def fraction(self) -> Fraction | None:
        """The share of full time; None when not given."""
        return Fraction(self.numerator, self.denominator) if self.numerator and self.denominator else None

    @property
    def told(self) -> dict[str, str]:
        """What is told of the activity to whoever is asked to attest it: they answer for these words and no others."""
        return {
            "position": self.position,
            "employer": self.employer,
            "kind": self.kind,
            "from_on": self.from_on.isoformat(),
            "until_on": self.until_on.isoformat() if self.until_on else "",
            "share": str(self.fraction or ""),
            "tasks": self.tasks,
        }

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of what is told, in hexadecimal."""
        return fingerprint(self.told)


def fingerprint(told: dict[str, str]) -> str:
    """The SHA-256 of what was told of an activity, in hexadecimal."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Statement(models.Model):
    """Something the certification asks to declare, under its code; it counts once verified by the secretariat."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="statements")
    code = models.CharField(max_length=80)
    declared = models.BooleanField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    verified = models.BooleanField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "code"], name="statement_once"),
            models.CheckConstraint(
                condition=Q(verified__isnull=True, verified_at__isnull=True)
                | Q(verified__isnull=False, verified_at__isnull=False),
                name="statement_verified_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.code
