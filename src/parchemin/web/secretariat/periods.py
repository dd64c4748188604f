"""How an accreditation or an authorisation stands on a day: for a row, and as a filter for a list."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.records.people.models import Accreditation, PartnerAuthorisation
from parchemin.records.people.queries.accreditations import ALERT

IN_FORCE, ENDING, OVER, STOPPED = "in_force", "ending", "over", "stopped"


@dataclass(frozen=True)
class Periods:
    """What is told of those of one kind: the day they were stopped before their end, and how that is called."""

    stopped_on: str
    stopped: object

    @property
    def choices(self) -> list[tuple[str, object]]:
        """How they may stand, for a filter."""
        return [
            ("", gettext_lazy("Toutes")),
            (IN_FORCE, gettext_lazy("En vigueur")),
            (ENDING, gettext_lazy("Finissent bientôt")),
            (OVER, gettext_lazy("Terminées")),
            (STOPPED, self.stopped),
        ]

    def standing(self, asked: str, on: date) -> Q:
        """Those that stand so on that day; all of them for what is not understood."""
        is_stopped = Q(**{f"{self.stopped_on}__lte": on})
        holds = Q(**{f"{self.stopped_on}__isnull": True}) | Q(**{f"{self.stopped_on}__gt": on})
        known = {
            IN_FORCE: holds & Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on)),
            ENDING: holds & Q(until_on__gte=on, until_on__lte=on + ALERT, renewed_by__isnull=True),
            OVER: Q(until_on__lt=on),
            STOPPED: is_stopped,
        }
        return known.get(asked, Q())

    def state_of(self, row: Accreditation | PartnerAuthorisation, on: date) -> dict[str, str]:
        """How it stands on a day, as the components show it."""
        stopped_on = getattr(row, self.stopped_on)
        if stopped_on and stopped_on <= on:
            label = _("Retirée") if isinstance(row, Accreditation) else _("Suspendue")
            return {"label": label, "tone": "not_met", "icon": "circle-x"}
        if row.until_on and row.until_on < on:
            return {"label": _("Terminée"), "tone": "", "icon": "archive"}
        if row.from_on > on:
            return {"label": _("À venir"), "tone": "", "icon": "calendar"}
        if row.until_on and row.until_on <= on + ALERT and not hasattr(row, "renewed_by"):
            return {"label": _("Finit bientôt"), "tone": "unknown", "icon": "hourglass"}
        return {"label": _("En vigueur"), "tone": "met", "icon": "circle-check"}

    def is_renewable(self, row: Accreditation | PartnerAuthorisation) -> bool:
        """Whether a period may follow it: it ends, nothing follows it yet, and it was not stopped."""
        return bool(row.until_on) and not hasattr(row, "renewed_by") and getattr(row, self.stopped_on) is None


ACCREDITATIONS = Periods("withdrawn_on", gettext_lazy("Retirées"))
AUTHORISATIONS = Periods("suspended_on", gettext_lazy("Suspendues"))
