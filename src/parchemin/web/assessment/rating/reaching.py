"""A sitting reached by somebody named to assess it: theirs, and nothing of what the others rated."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parchemin.core.grid import Line
from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.assessments.actions.rating import lines_missing
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.assessments.queries.assigned import Asked, assigned_to
from parchemin.records.assessments.queries.evidence import submitted
from parchemin.records.assessments.queries.planned import place_title
from parchemin.records.assessments.sheets import mandatory, sheet_of_sitting
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.permissions import Action
from parchemin.web.assessment.rating.sheet import Piece
from parchemin.web.shared.asked import stand_under, viewer_of
from parchemin.web.shared.clock import now
from parchemin.web.shared.reached import Reached, reached
from parchemin.web.shared.typesetting import day


@dataclass
class Mine:
    """One sitting, through the eyes of one of those who assess it."""

    found: Reached
    evaluator: Evaluator

    @property
    def sitting(self) -> Sitting:
        """What is sat."""
        return self.evaluator.sitting

    @property
    def row(self) -> Candidacy:
        """The file it belongs to."""
        return self.found.candidacy

    @property
    def scheme(self) -> Scheme:
        """The certification, as it is in force for that file."""
        return self.found.judged.scheme

    @property
    def asked(self) -> Asked:
        """What it asks of them now."""
        return Asked(self.evaluator.asked)  # type: ignore[attr-defined]

    @cached_property
    def sheet(self) -> tuple[Line, ...]:
        """The lines of the grid; those acquired at an earlier sitting are not there."""
        return sheet_of_sitting(self.scheme, self.sitting)

    @cached_property
    def pieces(self) -> list[Piece]:
        """The evidence submitted in the file; two queries."""
        code_of = self.scheme.code_of
        return [
            Piece(
                id=one.pk.hex,
                title=one.title,
                url=reverse("pathway:one_evidence", args=[self.row.pk, one.pk]),
                codes=frozenset(code_of(each.code) for each in one.codes.all()),
            )
            for one in submitted(self.row).prefetch_related("codes")
        ]

    @cached_property
    def missing(self) -> list[Line]:
        """The lines they have still to rate."""
        return lines_missing(self.evaluator, self.sheet)

    @property
    def count(self) -> int:
        """How many lines they must rate."""
        return len(mandatory(self.sheet))

    @property
    def title(self) -> str:
        """What is sat, and which time it is."""
        title = title_of(self.scheme.methods, self.sitting.method)
        if self.sitting.number == 1:
            return title
        return _("%(title)s — passage n° %(n)s") % {"title": title, "n": self.sitting.number}

    @property
    def actor(self) -> str:
        """As whom they assess."""
        return title_of(self.scheme.actors, self.evaluator.actor)

    @property
    def day(self) -> date | None:
        """The day it is held, here."""
        return timezone.localdate(self.sitting.starts_at) if self.sitting.starts_at else None

    @property
    def when(self) -> str:
        """The day and the hour in words; nothing without a day."""
        if self.sitting.starts_at is None:
            return ""
        starts = timezone.localtime(self.sitting.starts_at)
        return _("%(day)s à %(hour)s") % {"day": day(starts.date()), "hour": f"{starts:%H:%M}"}

    @property
    def place(self) -> str:
        """The kind of place."""
        return place_title(self.scheme, self.sitting.place) if self.sitting.place else ""

    @property
    def whose(self) -> list[str]:
        """Whose sitting it is."""
        return [self.row.candidate.name, self.row.number, self.row.certification.title]

    @property
    def url(self) -> str:
        """The page of the sitting."""
        return reverse("assessment:sitting", args=[self.sitting.pk])

    @property
    def grid_url(self) -> str:
        """Their grid."""
        return reverse("assessment:grid", args=[self.sitting.pk])

    def crumbs(self, *titles: str) -> list[tuple[str, str | None]]:
        """Where the page stands, under the sitting; without a title the sitting itself."""
        here = f"{self.row.candidate.name} — {self.title}"
        start: list[tuple[str, str | None]] = [(_("Mes évaluations"), reverse("assessment:mine"))]
        if not titles:
            return [*start, (here, None)]
        return [*start, (here, self.url), *((one, None) for one in titles)]


def mine(request: HttpRequest, id: UUID) -> Mine:
    """The sitting, for somebody named to assess it whose access to the file still runs; not found for anybody else."""
    viewer = viewer_of(request)
    named = assigned_to(viewer, now()).filter(sitting=id).select_related("sitting", "person")
    if request.method != "POST":  # what is drawn, and what is sent does without
        named = named.prefetch_related("ratings", "person__accreditations")
    evaluator = named.first()
    if evaluator is None:
        raise Http404
    found = reached(request, evaluator.sitting.candidacy_id, Action.RATE)
    stand_under(request, "assessment:mine")  # under their own list, not under the file
    evaluator.sitting.candidacy = found.candidacy
    return Mine(found, evaluator)
