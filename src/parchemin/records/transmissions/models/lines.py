"""Each certificate as the skills passport has to know it: where it stands, or why it never goes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parchemin.records.awards.models import Certificate
from parchemin.records.people.models import Organisation


class State(models.TextChoices):
    """Where a certificate stands on its way to the skills passport."""

    READY = "ready", _("À transmettre")
    SENT = "sent", _("Dans un fichier")
    ACCEPTED = "accepted", _("Acceptée")
    REJECTED = "rejected", _("Refusée")
    TO_WITHDRAW = "to_withdraw", _("À retirer")
    WITHDRAWING = "withdrawing", _("Retrait dans un fichier")
    WITHDRAWN = "withdrawn", _("Retirée")
    EXCLUDED = "excluded", _("Écartée")
    CLOSED = "closed", _("Sans objet")
    BARRED = "barred", _("Jamais transmise")


class Bar(models.TextChoices):
    """Why a certificate never goes: the passport knows whole certifications of the national registers only."""

    BLOCK = "block", _("Un bloc : seule une certification entière est transmise.")
    STATEMENT = "statement", _("Un relevé de résultats : il ne certifie rien.")
    REGISTER = "register", _("La certification n’est inscrite ni au RNCP ni au répertoire spécifique.")
    CODE = "code", _("La certification n’a pas de code du RNCP ou du répertoire spécifique ce jour-là.")


WAITING = (State.READY, State.REJECTED)
"""What a file may take."""
PRESSING = models.Case(
    models.When(state__in=["ready", "rejected", "to_withdraw"], then=0),
    models.When(state__in=["sent", "withdrawing"], then=1),
    models.When(state__in=["barred", "closed"], then=3),
    default=2,
)
"""What somebody has to do comes first, then what waits for an answer, then the rest."""


class Line(models.Model):
    """One certificate on its way: ``code`` of the national register, ``due_on`` the last day to send it.

    ``reason`` is why somebody of the body set it aside. The database works out ``rank``, so that lists of any length
    are read in their order.
    """

    certificate = models.OneToOneField(Certificate, models.PROTECT, primary_key=True, related_name="line")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, blank=True)
    bar = models.CharField(max_length=10, choices=Bar, blank=True)
    state = models.CharField(_("État"), max_length=12, choices=State, default=State.READY)
    due_on = models.DateField(_("À transmettre avant le"))
    reason = models.TextField(_("Motif"), max_length=500, blank=True)
    rank = models.GeneratedField(expression=PRESSING, output_field=models.SmallIntegerField(), db_persist=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["organisation", "rank", "due_on", "certificate"], name="line_by_rank"),
            models.Index(fields=["organisation", "state", "due_on"], name="line_by_state"),
            models.Index(fields=["organisation", "state", "code", "certificate"], name="line_by_code"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="line_state_known"),
            models.CheckConstraint(condition=Q(bar__in=["", *Bar.values]), name="line_bar_known"),
            models.CheckConstraint(condition=Q(state="barred") ^ Q(bar=""), name="line_barred_for_a_reason"),
            models.CheckConstraint(condition=Q(state="barred") ^ ~Q(code=""), name="line_coded_or_barred"),
            models.CheckConstraint(condition=Q(state="excluded") ^ Q(reason=""), name="line_excluded_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.state}"
