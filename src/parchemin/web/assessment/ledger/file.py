"""Where a file stands for the jury: its results with what they come from, what is missing, what may be sat again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.core.facts import Facts, Milestone
from parchemin.records.assessments.queries.ledger import ACQUIRED, MARKED, TO_ACQUIRE, TO_RATE, Held, Ledger
from parchemin.records.assessments.queries.sending import STAGES
from parchemin.records.assessments.queries.transmissions import sent_of
from parchemin.records.candidacies.actions.dating import told_of
from parchemin.records.candidacies.contributing import JOINED
from parchemin.records.candidacies.models import Status
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.ledger.showing import (
    looks,
    name_of_sitting,
    reader_of,
    state_of_sitting,
    told_lines,
    told_parts,
)
from parchemin.web.shared.reached import Reached, reached


@needs(Action.SEE_ASSESSMENTS)
@require_GET
def file(request: HttpRequest, file: UUID) -> HttpResponse:
    """The whole of it at a glance."""
    found = reached(request, file, Action.SEE_ASSESSMENTS)
    judged, ledger = found.judged, Ledger(found.judged)
    row, scheme = found.candidacy, judged.scheme
    is_open = row.status == Status.ADMISSIBLE
    sent = sent_of(row)
    reader = reader_of(found, row.results.all())
    context: dict[str, Any] = {
        "found": found,
        "row": row,
        "whose": whose(found),
        "sent": sent,
        "is_open": is_open,
        "may_send": is_open and sent.may_go and found.may(Action.TRANSMIT_FILE),
        "may_return": is_open and sent.is_with_jury and found.may(Action.RETURN_FROM_JURY),
        "may_enter": is_open and ledger.has_ledgers and found.may(Action.ENTER_LEDGER),
        "may_date": is_open and bool(dates_of(found)) and found.may(Action.ENTER_LEDGER),
        "counts": counts(ledger),
        "has_ledgers": ledger.has_ledgers,
        "parts": told_parts(ledger.competences, scheme, reader),
        "units": told_lines(ledger.units, scheme, reader),
        "learnings": told_parts(ledger.learnings, scheme, reader),
        "sittings": [
            {
                "row": one,
                "name": name_of_sitting(one, scheme),
                "state": state_of_sitting(one),
                "is_theirs": found.is_own or found.viewer.pk in {who.person_id for who in one.evaluators.all()},
            }
            for one in ledger.sittings
        ],
        "may_plan": is_open and found.may(Action.PLAN_SITTINGS),
        "may_correct": is_open and found.may(Action.CORRECT_RESULT),
        "crumbs": found.crumbs(_("Où en est le dossier")),
    }
    return render(request, "assessment/ledger_file.html", context)


@needs(Action.SEE_ASSESSMENTS)
@require_GET
def missing(request: HttpRequest, file: UUID) -> HttpResponse:
    """What is missing before the jury and what may be sat again: a page of its own, or a part of the page above."""
    found = reached(request, file, Action.SEE_ASSESSMENTS, *JOINED)
    is_open = found.candidacy.status == Status.ADMISSIBLE
    context = {
        "row": found.candidacy,
        "whose": whose(found),
        "decisions": [found.judged.decided(stage) for stage in STAGES] if is_open else [],
        "to_retry": Ledger(found.judged).to_retry if is_open else (),
        "crumbs": found.crumbs(page_of(found), _("Ce qui manque avant le jury")),
    }
    is_part = bool(getattr(request, "htmx", False))
    return render(request, f"assessment/ledger_missing{'_part' if is_part else ''}.html", context)


def dates_of(found: Reached) -> tuple[Milestone, ...]:
    """The dates of the year that some rule on this file looks at; no query."""
    row = found.candidacy
    facts = Facts(route=row.route, blocks=tuple(row.blocks), dates={Milestone.BEGAN: row.began_on})
    return told_of(found.judged.scheme, facts, found.on)


def whose(found: Reached) -> list[str]:
    """Whose file it is, in words."""
    row = found.candidacy
    route = found.judged.scheme.route_of(row.route)
    return [row.candidate.name, row.certification.title, route.title if route else row.route, row.number]


def page_of(found: Reached) -> tuple[str, str]:
    """The page where the file stands, for the breadcrumb."""
    return _("Où en est le dossier"), reverse("assessment:file", args=[found.candidacy.pk])


def counts(ledger: Ledger) -> list[dict[str, object]]:
    """How far each ledger is; without ledgers, how many of the competences that are assessed stand in each way."""
    if ledger.has_ledgers:
        learnings = tuple(one for part in ledger.learnings for one in part.lines)
        return [
            {"title": title, "value": sum(one.result is not None for one in lines), "note": _out_of(lines)}
            for title, lines in ((_("Unités notées"), ledger.units), (_("Apprentissages vus"), learnings))
            if lines
        ]
    known = ledger.counted
    if not any(known.values()):
        return []
    shown = [one for one in (ACQUIRED, TO_ACQUIRE, MARKED, TO_RATE) if known[one] or one != MARKED]
    return [{"title": looks()[one]["label"], "value": known[one]} for one in shown]


def _out_of(lines: tuple[Held, ...]) -> str:
    return " " + _("sur %(n)s") % {"n": len(lines)}
