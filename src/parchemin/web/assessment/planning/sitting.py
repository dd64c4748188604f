"""One sitting: when and where, who assesses, how it went off, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parchemin.core.decision import Stage
from parchemin.core.facts import Attendance, Link
from parchemin.core.grid import RESULTS, Kind
from parchemin.core.terms import title_of
from parchemin.records.assessments.actions.summoning import duration, summon
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.facts import standing
from parchemin.records.assessments.models import Evaluator
from parchemin.records.assessments.queries.calendar import Lack, lacks_of
from parchemin.records.assessments.queries.conflicts import Fit, fit_of
from parchemin.records.assessments.queries.planned import actors_missing, methods_to_plan, safeguards_of
from parchemin.records.assessments.sheets import sheet_of
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Status
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.planning.reaching import Seated, seated
from parchemin.web.assessment.planning.showing import LACKS, LINKS, line_title, state_of, told_of, value_of
from parchemin.web.shared.calendars import calendar_sent
from parchemin.web.shared.clock import now
from parchemin.web.shared.sittings import calendar_of


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who assesses, as shown: never what they rated, only whether they have signed."""

    row: Evaluator
    actor: str
    fit: Fit
    declared: list[object]
    known: list[object]


@needs(Action.PLAN_SITTINGS)
@require_GET
def planned(request: HttpRequest, id: UUID) -> HttpResponse:
    """The sitting, and what is left to do about it."""
    here = seated(request, id, is_whole=True)
    sitting, judged = here.sitting, here.found.judged
    people = assessors_of(here)
    is_open = here.found.candidacy.status == Status.ADMISSIBLE and not sitting.cancelled_at
    lacks = lacks_of(sitting, judged.scheme, now())
    context = {
        "here": here,
        "sitting": sitting,
        "whose": here.whose,
        "status": state_of(sitting, now()),
        "told": told_of(sitting) if sitting.attendance else [],
        "facts": _facts(here),
        "people": people,
        "asked": asked_of(here),
        "lacks": [LACKS[one] for one in lacks],
        "absent": actors_missing(judged.scheme, sitting) if is_open else (),
        "safeguards": safeguards_of(judged, sitting.place) if sitting.place else (),
        "is_to_come": is_open and not sitting.attendance,
        "may_tell": is_open and not sitting.attendance and sitting.starts_at is not None,
        "may_summon": is_open and Lack.SUMMONS in lacks,
        "may_retell": is_open and sitting.attendance not in ("", Attendance.VOID),
        "may_void": is_open and sitting.attendance == Attendance.HELD,
        "may_plan_again": is_open and bool(sitting.attendance) and sitting.method in methods_to_plan(judged),
        "results": _results(here),
        "may_correct": is_open and here.found.may(Action.CORRECT_RESULT),
        "decision": judged.decided(Stage.ASSESSMENT),
        "crumbs": here.crumbs(),
    }
    return render(request, "assessment/planning_sitting.html", context)


@needs(Action.PLAN_SITTINGS)
@require_POST
def summon_all(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everybody concerned is told when and where, once."""
    here = seated(request, id)
    try:
        summon(sitting=here.sitting, **here.found.signed)
    except AssessmentError as error:
        messages.error(request, sentence(error))
    except UnfitError as error:
        messages.error(request, sentence_of_file(error))
    else:
        messages.success(request, _("La convocation part au candidat et à ceux qui évaluent, avec l’agenda joint."))
    return redirect(here.url)


@needs(Action.SEE_ASSESSMENTS)
@require_GET
def agenda(request: HttpRequest, id: UUID) -> HttpResponse:
    """The calendar file of the sitting, for its candidate, those who assess it and those who plan it."""
    here = seated(request, id, Action.SEE_ASSESSMENTS)
    found = here.found
    is_concerned = found.is_own or found.may(Action.PLAN_SITTINGS)
    if not is_concerned and not here.sitting.evaluators.filter(person=found.viewer).exists():
        raise Http404
    file = calendar_of(here.sitting)
    if file is None:
        raise Http404
    return calendar_sent(file, "epreuve")


def assessors_of(here: Seated) -> list[Assessor]:
    """Those who assess, each with how the rules look at them on the day."""
    judged, scheme = here.found.judged, here.found.judged.scheme
    return [
        Assessor(
            row=one,
            actor=title_of(scheme.actors, one.actor),
            fit=fit_of(judged, here.sitting, one),
            declared=[LINKS[Link(link)] for link in one.links or ()],
            known=[LINKS[Link(link)] for link in one.known],
        )
        for one in here.sitting.evaluators.all()
    ]


def asked_of(here: Seated) -> list[dict[str, object]]:
    """How many of each actor the scheme asks, and how many are named."""
    wanted = here.method.evaluators if here.method else None
    if not isinstance(wanted, Mapping):
        return []
    actors, named = here.found.judged.scheme.actors, [one.actor for one in here.sitting.evaluators.all()]
    return [
        {
            "id": actor,
            "title": title_of(actors, actor),
            "count": count,
            "named": named.count(actor),
        }
        for actor, count in wanted.items()
    ]


def _facts(here: Seated) -> list[tuple[str, object]]:
    sitting = here.sitting
    return [
        (_("Jour et heure"), here.when),
        (_("Durée"), duration(sitting.minutes)),
        (_("Lieu"), here.place),
        (_("Adresse, salle ou lien"), sitting.room),
    ]


def _results(here: Seated) -> list[dict[str, object]]:
    """What was settled and stands, by line of the framework; nothing before everybody has signed."""
    scheme = here.found.judged.scheme
    rows = standing(row for row in here.found.candidacy.results.all() if row.sitting_id == here.sitting.pk)
    order = {line.code: rank for rank, line in enumerate(sheet_of(scheme, here.sitting.method))} if here.method else {}
    shown = [row for row in rows if row.kind in (*RESULTS, Kind.WHOLE)]
    shown.sort(key=lambda row: order.get(row.code, len(order)))
    return [{"row": row, "title": line_title(scheme, row), "value": value_of(row)} for row in shown]
