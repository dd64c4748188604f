"""The evidence file, assembled from what was logged: for each competence what bears on it, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from parchemin.core.terms import listed, title_of
from parchemin.records.pathways.asked import PATHWAY, step_of
from parchemin.records.pathways.models import Evidence, Moment, Observation, ObservationLine
from parchemin.records.pathways.queries.evidence import readable
from parchemin.records.pathways.queries.working import moments_of, observations_of, work_findings
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.borne import codes_of, zone_status
from parchemin.web.pathway.competences import titles_of
from parchemin.web.pathway.work.found import KIND, draw, mark_status
from parchemin.web.pathway.work.views import hours_of
from parchemin.web.shared.decisions import drawn_findings
from parchemin.web.shared.reached import Reached, reached


@dataclass(slots=True)
class Bearing:
    """A competence with all that bears on it."""

    code: str
    title: str
    situations: list[tuple[Moment, str]] = field(default_factory=list)
    reflections: list[tuple[Moment, str]] = field(default_factory=list)
    others: list[tuple[Moment, str]] = field(default_factory=list)
    observations: list[tuple[Observation, dict[str, str]]] = field(default_factory=list)
    evidence: list[tuple[Evidence, dict[str, str]]] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each thing that shows it."""
        kept: tuple[Sequence[object], ...] = (self.situations, self.reflections, self.observations, self.evidence)
        return [(name, len(found)) for name, found in zip(columns(), kept, strict=True)]

    @property
    def gaps(self) -> list[str]:
        """What nothing was kept of."""
        return [name for name, count in self.counts if not count]

    @property
    def has_any(self) -> bool:
        """Whether anything bears on it."""
        return bool(self.others) or any(count for _name, count in self.counts)


def columns() -> tuple[str, ...]:
    """What each competence is shown by."""
    return _("Situations"), _("Séquences réflexives"), _("Observations"), _("Preuves")


@needs(Action.SEE_PATHWAY)
@require_GET
def synthesis(request: HttpRequest, id: UUID) -> HttpResponse:
    """The whole file on one page, to be read or printed; what the candidate keeps private is not in it."""
    found = reached(request, id, Action.SEE_PATHWAY, "cold_date", "pathway")
    bearings = bearings_of(found)
    whole = [one for one in bearings if not one.gaps]
    title = title_in(found)
    context = {
        "title": title,
        "bearings": bearings,
        "columns": columns(),
        "ratio": 100 * len(whole) // len(bearings) if bearings else 0,
        "label": _told(len(whole), len(bearings)),
        "findings": drawn_findings(work_findings(found.judged)),
        "scheme": str(found.judged.scheme.ref),
    }
    return draw(found, "work_synthesis", context, title)


def title_in(found: Reached) -> str:
    """What the scheme calls the document that the pathway produces, or what it is."""
    scheme = found.judged.scheme
    step = step_of(scheme, found.candidacy.route, PATHWAY)
    produced = [title_of(scheme.documents, one) for one in listed(step.produces)] if step else []
    return produced[0] if produced else _("Synthèse des situations de travail")


def bearings_of(found: Reached) -> list[Bearing]:
    """Each competence with all that bears on it; a number of queries that does not grow."""
    row, scheme = found.candidacy, found.judged.scheme
    titles = titles_of(scheme)
    by_code = {code: Bearing(code, titles[code]) for code in codes_of(scheme, row)}
    for moment in moments_of(row):
        for code in moment.codes:
            if code in by_code:
                _of_kind(by_code[code], moment).append((moment, hours_of(moment)))
    for observation in observations_of(row):
        for line in observation.lines.all():
            if line.code in by_code and line.mark != ObservationLine.Mark.NOT_SEEN:
                by_code[line.code].observations.append((observation, mark_status(line.mark)))
    kept = readable(row, found.roles).exclude(zone=Evidence.Zone.PRIVATE).prefetch_related("codes")
    for evidence in kept.order_by("made_on", "added_at"):
        for borne in evidence.codes.all():
            if borne.code in by_code:
                by_code[borne.code].evidence.append((evidence, zone_status(evidence.zone)))
    return list(by_code.values())


def _told(done: int, total: int) -> str:
    words = ngettext(
        "%(done)s compétence sur %(total)s a situation, séquence réflexive, observation et preuve",
        "%(done)s compétences sur %(total)s ont situation, séquence réflexive, observation et preuve",
        done,
    )
    return words % {"done": done, "total": total}


def _of_kind(bearing: Bearing, moment: Moment) -> list[tuple[Moment, str]]:
    if moment.kind == KIND.SITUATION:
        return bearing.situations
    return bearing.reflections if moment.kind == KIND.REFLECTION else bearing.others
