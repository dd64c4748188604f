"""A recommendation, reached by whoever signs for the body that made it or answers what is said; nobody else."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.recommendations.models import Recommendation, Reply, Stand
from parchemin.records.recommendations.queries import SIGN, seen_by
from parchemin.web.shared.acting import Acting
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.clock import today

Crumb = tuple[str, str | None]
REFUSED = 422
PLACE = "award:home"
"""The place of the menu under which the room stands."""


@dataclass
class Shown(Acting):
    """One recommendation in front of whoever made it or answers it, on one day."""

    request: HttpRequest
    row: Recommendation
    on: date

    @property
    def stands(self) -> Stand:
        """Where it stands that day."""
        return self.row.stands(self.on)

    @property
    def may_withdraw(self) -> bool:
        """Whether whoever looks may take it back, and it is not yet."""
        return self.is_endorser and self.stands is not Stand.WITHDRAWN

    @property
    def may_accept(self) -> bool:
        """Whether whoever looks may let everybody read it."""
        is_over = self.stands in (Stand.WITHDRAWN, Stand.ENDED)
        return self.is_endorsed and not is_over and self.row.answer != Reply.Act.ACCEPTED

    @property
    def may_hide(self) -> bool:
        """Whether whoever looks may keep it from everybody."""
        return self.is_endorsed and self.stands is not Stand.WITHDRAWN and self.row.answer != Reply.Act.HIDDEN

    @property
    def is_endorser(self) -> bool:
        """Whether they sign for the body that made it."""
        return self.standing.may(SIGN, organisation=self.row.endorser_id)

    @property
    def is_endorsed(self) -> bool:
        """Whether they answer for what is recommended."""
        scheme = self.row.version.certification.scheme if self.row.version else ""
        return self.standing.may(SIGN, organisation=self.row.endorsed_id, scheme=scheme)

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("recommendation:one", args=[self.row.pk])

    def crumbs(self, title: str = "") -> list[Crumb]:
        """Where the page stands; ``title`` is the page of an act."""
        here = (self.row.subject_name, self.url if title else None)
        return crumbs(here, (title, None)) if title else crumbs(here)


def shown(request: HttpRequest, id: UUID, *, as_endorser: bool = False, as_endorsed: bool = False) -> Shown:
    """The recommendation; not found unless this person made it or answers it, as is asked here."""
    row = seen_by(standing_of(request)).filter(pk=id).first()
    if row is None:
        raise Http404
    stand_under(request, PLACE)
    found = Shown(request, row, today())
    if (as_endorser and not found.is_endorser) or (as_endorsed and not found.is_endorsed):
        raise Http404
    return found


def crumbs(*more: Crumb) -> list[Crumb]:
    """Where a page stands: the room goes on from certificates."""
    return [
        (_("Certificats"), reverse(PLACE)),
        (_("Recommandations"), reverse("recommendation:home") if more else None),
        *more,
    ]
