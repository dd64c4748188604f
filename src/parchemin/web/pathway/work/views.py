"""What was lived at work: the moments by date, what the rules say of them, and what was observed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from parchemin.records.pathways.models import Moment, Observation
from parchemin.records.pathways.queries.linked import OBSERVE, links_of_pathway
from parchemin.records.pathways.queries.working import cold_date_of, moments_of, observations_of, work_findings
from parchemin.records.people.models import Link
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.work.found import ICONS, KIND, draw, mark_status, may_log, may_observe
from parchemin.web.shared.clock import now
from parchemin.web.shared.decisions import drawn_findings
from parchemin.web.shared.reached import Reached, reached


@dataclass(frozen=True, slots=True)
class Lived:
    """A moment as it is shown."""

    row: Moment
    icon: str
    hours: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Observed:
    """An observation as it is shown: its marks in groups."""

    row: Observation
    marks: tuple[tuple[str, dict[str, str]], ...]


@needs(Action.SEE_PATHWAY)
@require_GET
def work(request: HttpRequest, id: UUID) -> HttpResponse:
    """The log, live against the law."""
    found = reached(request, id, Action.SEE_PATHWAY, "cold_date", "pathway")
    scheme, moments = found.judged.scheme, moments_of(found.candidacy)
    context: dict[str, Any] = {
        "days": days_of(found, moments),
        "findings": drawn_findings(work_findings(found.judged)),
        "scheme": str(scheme.ref),
        "rules_url": reverse("shared:rules", args=[scheme.ref.id, scheme.ref.version]),
        "kinds": [(kind.value, kind.label, ICONS[kind]) for kind in KIND],
        "cold": cold_date_of(found.candidacy),
        "is_cold_held": any(one.kind == KIND.COLD for one in moments),
        "observed": [observed(one) for one in observations_of(found.candidacy)],
        "waiting": waiting(found),
        "may_log": may_log(found),
        "may_observe": may_observe(found),
    }
    return draw(found, "work", context)


def days_of(found: Reached, moments: Sequence[Moment]) -> list[tuple[Any, list[Lived]]]:
    """The moments of each day."""
    may = may_log(found)
    shown = [Lived(one, ICONS[KIND(one.kind)], hours_of(one), may and _is_mine(found, one)) for one in moments]
    return [(day, list(rows)) for day, rows in groupby(shown, lambda one: timezone.localdate(one.row.from_at))]


def hours_of(one: Moment) -> str:
    """From when to when it lasted; nothing for a moment told by its day alone."""
    if one.until_at is None:
        return ""
    return f"{timezone.localtime(one.from_at):%H:%M} – {timezone.localtime(one.until_at):%H:%M}"


def observed(row: Observation) -> Observed:
    """An observation with its marks."""
    return Observed(row, tuple((line.code, mark_status(line.mark)) for line in row.lines.all()))


def waiting(found: Reached) -> list[Link]:
    """The links by which somebody may still observe, that whoever looks may take back."""
    if not may_log(found):
        return []
    links = links_of_pathway(found.candidacy).filter(
        act=OBSERVE, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now()
    )
    return list(links if found.is_own else links.filter(created_by=found.person))


def _is_mine(found: Reached, one: Moment) -> bool:
    return one.logged_by_id == found.viewer.pk
