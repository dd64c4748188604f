"""A certification and a year, reached by whoever answers for all of its files; not found for anybody else."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.certifications.models import Certification
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.shared.acting import Acting
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.clock import today

Crumb = tuple[str, str | None]
FIRST, LAST = 1900, 2200


@dataclass
class Counted(Acting):
    """One certification in one year, in front of whoever reads its figures."""

    request: HttpRequest
    row: Certification
    year: int
    on: date

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("figures:year", args=[self.row.pk, self.year])

    @property
    def may_publish(self) -> bool:
        """Whether whoever looks may say these figures to everybody."""
        body = self.row.awarding_body_id
        return self.standing.may(Action.PUBLISH_FIGURES, organisation=body, scheme=self.row.scheme)

    def crumbs(self, title: str = "") -> list[Crumb]:
        """Where the page stands; ``title`` is a page under that of the year."""
        named = (f"{self.row.title} ({self.year})", self.url if title else None)
        return crumbs(named, (title, None)) if title else crumbs(named)


def counted_by(standing: Standing, action: Action = Action.SEE_STATISTICS) -> QuerySet[Certification]:
    """The certifications whose figures this person reads: those of a body they answer for, all files together."""
    allowed = standing.scope_filter(action, organisation_field="awarding_body", scheme_field="scheme")
    return Certification.objects.filter(allowed, versions__isnull=False).distinct().order_by("title", "pk")


def counted(request: HttpRequest, id: UUID, year: int, action: Action = Action.SEE_STATISTICS) -> Counted:
    """The certification in that year; not found unless this person may do that on it."""
    row = counted_by(standing_of(request), action).select_related("awarding_body").filter(pk=id).first()
    if row is None or not FIRST <= year <= LAST:
        raise Http404
    stand_under(request, "secretariat:queue")
    return Counted(request, row, year, today())


def crumbs(*more: Crumb) -> list[Crumb]:
    """Where a page stands under the figures."""
    return [(_("Chiffres"), reverse("figures:home") if more else None), *more]
